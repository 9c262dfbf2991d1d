"""`status` for a person: a block for each roadmap that is understood at a glance, and a line for all."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from sync.app.status import Survey
from sync.ledger.facts import CheckIns, Said
from sync.ledger.schedules import Planned
from sync.reporting.columns import count, cut, plain, width, wrap
from sync.reporting.dates import day_month, full, with_weekday
from sync.reporting.page import Page
from sync.reporting.status.facts import Account, Phase, Tally, Totals, accounts, totals

DAY = timedelta(days=1)
WEEK = 7
LABEL = 9
INDENT = 8
"""Columns before a note, as wide as the day above it."""
NARROWEST, WIDEST = 10, 24
"""Columns of a bar."""

Mood = Literal["good", "slow", "plain"]


def status_text(survey: Survey, page: Page) -> str:
    """Where the person stands in each roadmap, and in all of them together."""
    if not survey.roadmaps:
        return f"No roadmaps in {survey.folder} yet. Add one with `roadmap-sync add FILE`."
    told = accounts(survey)
    blocks = ["\n".join(_block(each, survey, page)) for each in told]
    if len(told) > 1:
        blocks.append("\n".join(_together(totals(survey, told), len(told), page)))
    return "\n\n".join(blocks)


def _block(account: Account, survey: Survey, page: Page) -> Iterator[str]:
    today = survey.today
    yield page.paint.bold(cut(account.title, page.columns))
    if account.tally.total:
        yield _bar(account.tally, _counts(account.tally, page), page)
        yield from _phases(account, page)
    state, mood = _state(account, today)
    first, *others = _packed([state, *_asides(account)], page)
    painted = {"good": page.paint.green, "slow": page.paint.yellow}.get(mood, str)(state)
    yield from [first.replace(state, painted, 1), *others]
    yield from _listed("today", account.today, account.tally.due_today, today, page)
    yield from _listed("late", account.late, account.tally.late, today, page)
    step = next((each for each in account.coming if each not in account.today), None)
    for label, item in (
        ("next", step),
        (account.milestone.kind if account.milestone else "", account.milestone),
    ):
        if item is not None:
            yield _row(label, _with_day(item, today, page), page)
    if account.checkins is not None:
        yield _row("check-ins", _added_up(account.checkins, page), page)
        yield from _said(account.said, survey.zone, page)


def _together(everything: Totals, number: int, page: Page) -> Iterator[str]:
    yield page.paint.bold(count(number, "roadmap", "roadmaps"))
    if everything.tally.total:
        yield _bar(everything.tally, _counts(everything.tally, page), page)
    yield from _packed([*_in_a_row(everything.streak), *_removed(everything.removed)], page)


# --- bars and counts ---


def _bar(tally: Tally, text: str, page: Page) -> str:
    room = _bar_width(page)
    full, empty = ("█", "░") if page.unicode else ("#", "-")
    # a first tick shall be seen, and only what is done in full shall look full
    filled = max(room * tally.done // tally.total, 1 if tally.done else 0) if tally.total else 0
    drawn = page.paint.green(full * filled) + page.paint.dim(empty * (room - filled))
    return f"  {drawn} {tally.percent:>3} %  {text}"


def _bar_width(page: Page) -> int:
    return max(NARROWEST, min(WIDEST, page.columns // 5))


def _counts(tally: Tally, page: Page) -> str:
    told = [f"{tally.done} of {tally.total} done"]
    told += [page.paint.red(f"{tally.late} late")] if tally.late else []
    told += [page.paint.bold(f"{tally.due_today} due today")] if tally.due_today else []
    return ", ".join(told)


def _phases(account: Account, page: Page) -> Iterator[str]:
    """The phase that counts now; each of them where every line is wanted."""
    if len(account.phases) > 1:
        for phase in account.phases if page.full else [account.phase]:
            yield _bar(phase.tally, _phase(phase, page, now=phase is account.phase and page.full), page)


def _phase(phase: Phase, page: Page, *, now: bool) -> str:
    told = f"{phase.tally.done} of {phase.tally.total}"
    late = f", {phase.tally.late} late" if phase.tally.late and page.full else ""
    title = cut(phase.title, page.columns - _bar_width(page) - len(told) - len(late) - 14)
    return f"{told} in {page.paint.bold(title) if now else title}{page.paint.red(late)}"


# --- how it goes ---


def _packed(facts: Iterable[str], page: Page) -> list[str]:
    """The facts one after another, in as many lines as they need."""
    lines: list[str] = []
    for fact in facts:
        if lines and width(lines[-1]) + width(fact) + 2 <= page.columns:
            lines[-1] += f", {fact}"
        else:
            lines.append(f"  {fact}")
    return lines


def _state(account: Account, today: date) -> tuple[str, Mood]:
    """The words that fit best, and whether they are good news."""
    tally = account.tally
    if not tally.total:
        return f"Nothing to tick here; `roadmap-sync show {account.slug}` lists what happens", "plain"
    if tally.done == tally.total:
        return "All done, congratulations", "good"
    if account.pace is None:
        return f"No dates so far; `roadmap-sync check {account.slug}` says what is missing", "plain"
    if account.first is not None and today < account.first:
        return f"Starts on {with_weekday(account.first)}, {_in_days(account.first, today)}", "plain"
    if account.last is not None and today > account.last:
        return f"Ended on {with_weekday(account.last)} with {tally.total - tally.done} open", "slow"
    return _pace(account.pace.days)


def _pace(days: int) -> tuple[str, Mood]:
    if days < 0:
        return f"{_long(-days)} behind plan", "slow"
    return f"{_long(days)} ahead of plan" if days else "On plan", "good"


def _long(days: int) -> str:
    """A number of days as people say it; from three weeks on, the nearest number of weeks."""
    if days % WEEK == 0 or days > 3 * WEEK:
        return count(round(days / WEEK), "week", "weeks")
    return count(days, "day", "days")


def _asides(account: Account) -> Iterator[str]:
    yield from _in_a_row(account.streak)
    if account.tally.undated and account.pace is not None:
        yield f"{account.tally.undated} without a date"
    yield from _removed(account.removed)


def _in_a_row(streak: int) -> Iterator[str]:
    if streak > 1:
        yield f"{streak} days in a row"


def _removed(number: int) -> Iterator[str]:
    if number:
        yield f"{number} removed by hand and not counted"


# --- items ---


def _row(label: str, text: str, page: Page) -> str:
    return f"  {page.paint.dim(f'{label:<{LABEL}}')}  {text}"


def _listed(label: str, items: Sequence[Planned], number: int, today: date, page: Page) -> Iterator[str]:
    """A line that names the first few; a line for each where every line is wanted."""
    if not items:
        return
    if page.full:
        for at, item in enumerate(items):
            yield _row("" if at else label, _with_day(item, today, page), page)
        if number > len(items):
            yield _row("", f"and {number - len(items)} more", page)
        return
    room = page.columns - LABEL - 4
    named = [cut(_named(item, label, today), room - len(_more(number - 1))) for item in items]
    shown = max((at for at in range(1, len(named) + 1) if _fits(named[:at], number, room)), default=1)
    yield _row(label, "; ".join(named[:shown]) + _more(number - shown), page)


def _fits(named: Sequence[str], number: int, room: int) -> bool:
    return width("; ".join(named) + _more(number - len(named))) <= room


def _more(number: int) -> str:
    return f" and {number} more" if number else ""


def _named(item: Planned, label: str, today: date) -> str:
    """A title; with its time where it is due today, else with the day it was due."""
    if label == "today":
        return f"{item.start:%H:%M} {item.title}" if isinstance(item.start, datetime) else item.title
    return f"{item.title} ({_date(_last(item), today)})"


def _with_day(item: Planned, today: date, page: Page) -> str:
    when = _day(_last(item), today, f" {item.start:%H:%M}" if isinstance(item.start, datetime) else "")
    return f"{cut(item.title, page.columns - LABEL - len(when) - 7)}, {page.paint.cyan(when)}"


def _last(item: Planned) -> date:
    assert item.until is not None  # only what has a date is late, due or to come
    return item.until - DAY


def _day(day: date, today: date, clock: str = "") -> str:
    near = {today - DAY: "yesterday", today: "today", today + DAY: "tomorrow"}.get(day)
    if near is not None:
        return f"{near}{clock}"
    return f"{day:%a} {_date(day, today)}{clock}" + (f", {_in_days(day, today)}" if day > today else "")


def _date(day: date, today: date) -> str:
    return day_month(day) if day.year == today.year else full(day)


def _in_days(day: date, today: date) -> str:
    return f"in {_long((day - today).days)}"


# --- check-ins ---


def _added_up(checkins: CheckIns, page: Page) -> str:
    told = [f"{checkins.recent:g} h this week", f"{checkins.hours:g} h in all"] if checkins.hours else []
    told = told or [count(checkins.number, "check-in", "check-ins")]
    told += [f"energy {checkins.energy:.1f}"] if checkins.energy is not None else []
    text = ", ".join(told)
    room = page.columns - LABEL - len(text) - 8
    return f"{text}, {_quoted(checkins.note, room, page)}" if checkins.note and room > NARROWEST else text


def _said(said: Sequence[Said], zone: tzinfo, page: Page) -> Iterator[str]:
    """Each check-in with its whole note."""
    room = page.columns - LABEL - 4
    for each in said:
        at = datetime.fromisoformat(each.at).astimezone(zone)
        told = [f"{each.hours:g} h"] if each.hours is not None else []
        told += [f"energy {each.energy}"] if each.energy is not None else []
        yield _row("", f"{day_month(at)}  {', '.join([cut(each.title, room // 2), *told])}", page)
        for line in wrap(each.note, room - INDENT):
            yield _row("", f"{'':{INDENT}}{cut(line, room - INDENT)}", page)


def _quoted(text: str, room: int, page: Page) -> str:
    opening, closing = "“”" if page.unicode else '""'
    return f"{opening}{cut(plain(text), room)}{closing}"
