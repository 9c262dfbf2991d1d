"""What the document says that does not fit together; found by rule, never fixed in silence."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress

from sync.model import Item, Kind, Problem, Severity
from sync.reading.expressions import Clock, Unit
from sync.reading.roadmap import Claim, Roadmap
from sync.scheduling.calendar import POINTS, Frame, Impossible
from sync.scheduling.dated import Dated
from sync.scheduling.dating import begin_of

NEAR = 0.05
"""How far a stated total may be off before it is called wrong."""
WEEKDAY = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def contradictions(
    roadmap: Roadmap, frame: Frame, roots: Sequence[Dated], items: Sequence[Item], keys: Mapping[int, str]
) -> list[Problem]:
    """All contradictions of one document."""
    everything = [each for root in roots for each in root.walk()]
    found = [
        *_weekdays(frame, everything),
        *_weeks(everything),
        *_after_end(frame, roots),
        *_off_count(frame, everything),
    ]
    for claim in roadmap.claims:
        if claim.subject == "daily-total":
            found += _daily_total(claim, _within(claim, roots, items, keys))
        elif claim.subject == "meeting":
            found += _meeting(claim, everything)
        elif claim.subject == "today":
            found.append(_today(claim))
    return found


def _weekdays(frame: Frame, everything: Sequence[Dated]) -> list[Problem]:
    """A weekday that is not the one of its date; many of them are one problem with a count."""
    wrong = [(each, day) for each in everything if (day := _wrong_weekday(each)) is not None]
    if not wrong:
        return []
    first, (said, really) = wrong[0]
    count = f"{len(wrong)} weekdays do" if len(wrong) > 1 else "The weekday does"
    line = first.entry.line
    used, other = (
        ("weekdays", "date") if frame.roadmap.options.conflict == "weekday" else ("dates", "weekday")
    )
    told = f"{count} not fit the date: line {line} says {said} where the date is a {really}. The {used} are used."
    mend = f"Correct the lines, or set `conflict: {other}` to let the {other}s win."
    return [Problem(line, Severity.WARNING, "weekday-mismatch", told, mend)]


def _wrong_weekday(each: Dated) -> tuple[str, str] | None:
    written = each.entry.when.written
    if written is None or written.first.weekday is None or each.named is None:
        return None
    if each.named.first.isoweekday() == written.first.weekday:
        return None
    return WEEKDAY[written.first.weekday - 1], WEEKDAY[each.named.first.isoweekday() - 1]


def _weeks(everything: Sequence[Dated]) -> list[Problem]:
    """A week that has more or fewer days than seven, by its own numbers or dates."""
    found = []
    for each in everything:
        ordinal, span = each.entry.when.ordinal, each.span
        if (
            each.entry.kind is not Kind.PERIOD
            or ordinal is None
            or ordinal.unit is not Unit.WEEK
            or span is None
        ):
            continue
        weeks = (ordinal.last or ordinal.first) - ordinal.first + 1
        days = (span.until - span.first).days
        if weeks < 1:  # weeks 52-2 turn the year
            continue
        if days > 7 * weeks or (days < 7 * weeks and each.entry.when.written is not None):
            said = f"{weeks} weeks" if weeks > 1 else "One week"
            told = f"{said} here {'have' if weeks > 1 else 'has'} {days} days: {span.first} to {span.last}."
            mend = "Nothing to do if that is meant; else correct the numbers."
            found.append(Problem(each.entry.line, Severity.WARNING, "week-length", told, mend))
    return found


def _off_count(frame: Frame, everything: Sequence[Dated]) -> list[Problem]:
    """A numbered unit whose written date is not the one its number gives."""
    found = []
    for each in everything:
        when = each.entry.when
        if when.ordinal is None or when.written is None or each.span is None or when.bound is not None:
            continue
        if when.ordinal.unit not in {Unit.DAY, Unit.WEEK} or each.entry.kind in POINTS:
            continue
        counted = None
        with suppress(Impossible):
            counted = frame.count(when.ordinal, begin_of(frame, each.parent))
        if counted is not None and counted.first != each.span.first:
            unit = f"{when.ordinal.unit.capitalize()} {when.ordinal.first}"
            told = (
                f"{unit} would begin on {counted.first}, the text says {each.span.first}; the date is used."
            )
            mend = "Correct the number or the date."
            found.append(Problem(each.entry.line, Severity.WARNING, "count-and-date", told, mend))
    return found


def _after_end(frame: Frame, roots: Sequence[Dated]) -> list[Problem]:
    """Work after the stated end."""
    found = []
    for each in roots:
        if each.entry.kind in POINTS:
            continue  # the exam on the day after the last week of study
        if frame.end is not None and each.span is not None and each.span.first > frame.end:
            told = f"“{each.entry.title}” begins on {each.span.first}, after the stated end {frame.end}."
            mend = "Move the end, or leave it as an epilogue."
            found.append(Problem(each.entry.line, Severity.WARNING, "after-end", told, mend))
    return found


def _within(
    claim: Claim, roots: Sequence[Dated], items: Sequence[Item], keys: Mapping[int, str]
) -> list[Item]:
    """The items below the entry for which something is claimed; all of them where it is the whole plan."""
    every = {keys[each.entry.number] for root in roots for each in root.walk()}
    below = {
        keys[part.entry.number]
        for root in roots
        for each in root.walk()
        if each.entry.number == claim.entry
        for part in each.walk()
    }
    return [item for item in items if "/".join(item.key.split("/")[:3]) in (below or every)]


def _daily_total(claim: Claim, items: Sequence[Item]) -> list[Problem]:
    """A stated total of a day against the sum of its sessions."""
    by_weekday: Counter[int] = Counter()
    for item in items:
        if item.recurrence is not None and item.minutes:
            for weekday in {day.isoweekday() for day in item.recurrence.occurrences}:
                by_weekday[weekday] += item.minutes
    low, high = (1 - NEAR) * claim.low, (1 + NEAR) * claim.high
    off = {day: minutes for day, minutes in sorted(by_weekday.items()) if not low <= minutes <= high}
    if not off:
        return []
    sums: dict[int, list[str]] = defaultdict(list)
    for day, minutes in off.items():
        sums[minutes].append(WEEKDAY[day - 1][:3])
    told = ", ".join(f"{_hours(minutes)} on {'/'.join(days)}" for minutes, days in sums.items())
    message = f"The text says {_hours(int(claim.high))} a day; its parts add up to {told}."
    mend = "Nothing to do if the total is a rough one; the parts are used."
    return [Problem(claim.line, Severity.WARNING, "total", message, mend)]


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def _meeting(claim: Claim, everything: Sequence[Dated]) -> list[Problem]:
    """A meeting mentioned in passing on other days than the ones it is planned for."""
    for each in everything:
        entry = each.entry
        if (
            entry.kind is not Kind.SESSION
            or not _same_time(entry.clock, claim.clock)
            or not set(claim.days) <= set(entry.days)
        ):
            continue
        if set(claim.days) != set(entry.days):
            said = "/".join(WEEKDAY[day - 1][:3] for day in claim.days)
            planned = "/".join(WEEKDAY[day - 1][:3] for day in entry.days)
            told = f"“{entry.title}” is on {planned} in line {entry.line}, and on {said} here;"
            mend = "Correct the line that is wrong."
            message = f"{told} line {entry.line} is used."
            return [Problem(claim.line, Severity.WARNING, "said-differently", message, mend)]
    return []


def _same_time(one: Clock | None, other: Clock | None) -> bool:
    return one is not None and other is not None and one.begin == other.begin


def _today(claim: Claim) -> Problem:
    told = "The text marks this place as today; that is not taken as an anchor."
    mend = "Set `anchor:` in the front matter to tie it to a date."
    return Problem(claim.line, Severity.NOTE, "you-are-here", told, mend)
