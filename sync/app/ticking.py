"""Ticks and check-ins made by hand: they go into the log of the ledger, and no service is asked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple, NoReturn
from zoneinfo import ZoneInfo

from sync.app.keeping import Complaint, refresh
from sync.app.run import Run
from sync.errors import UsageError
from sync.ledger.facts import Facts
from sync.ledger.progress import Entry, Progress, Standing
from sync.ledger.schedules import Planned, Schedules
from sync.ledger.sights import ticked_on
from sync.ledger.store import Ledger, open_ledger

SOURCE = "cli"
LISTED = 8
"""How many candidates an error lists."""
FOR_TICKS = frozenset({"task", "milestone", "deadline"})
"""Kinds that can be done though they may not count as work; periods and sessions only where they do."""
LATER = timedelta(microseconds=1)
NOON = time(12)

Found = tuple[str, Planned]
"""The slug of a roadmap, and one of its items."""


class Ticked(NamedTuple):
    """An item, and how it stands now."""

    slug: str
    item: Planned
    standing: Standing | None
    """None where it was never ticked."""
    changed: bool
    """Whether it stood otherwise before."""
    progress: tuple[int, int]
    """How many items of its roadmap are done, and how many there are to be ticked."""
    milestones: tuple[int, int]
    """The same of the milestones and deadlines that are not work themselves."""
    ticked_on: Sequence[str]
    """The targets to which its tick was pushed, or on which it was seen."""
    zone: tzinfo
    """In which the person reads times."""
    unread: Sequence[Complaint]


class CheckIn(NamedTuple):
    """What a person says about work on an item."""

    hours: float | None = None
    energy: int | None = None
    """From 1 to 10."""
    note: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return self.hours is not None or self.energy is not None or bool(self.note)


class CheckedIn(NamedTuple):
    """A check-in that is in the log."""

    slug: str
    item: Planned
    entry: Entry
    unread: Sequence[Complaint]


# --- the use cases ---


def done(run: Run, words: str, at: str | None = None) -> Ticked:
    """Tick an item; `at` is a date or a date-time, in the configured zone where it names none.

    Raises UsageError for words that mean no item, or several, and for a time before the last untick.
    """
    when = moment(at, run) if at is not None else None
    unread = refresh(run)
    with open_ledger(run.state) as ledger:
        slug, item = _meant(ledger, words, run.today, to_tick=True)
        before = Progress(ledger).standing(item.key)
        changed = before is None or not before.done or (when is not None and when < before.since)
        if changed:
            _check_counts(item, before, when)
            Progress(ledger).record(Entry(item.key, "done", when or _last(ledger, item, run.now), SOURCE))
        return _ticked(ledger, slug, item, run, unread, changed=changed)


def undo(run: Run, words: str) -> Ticked:
    """Take the tick of an item back. Raises UsageError for words that mean no item, or several."""
    unread = refresh(run)
    with open_ledger(run.state) as ledger:
        slug, item = _meant(ledger, words, run.today, to_tick=True)
        before = Progress(ledger).standing(item.key)
        changed = before is not None and before.done
        if changed:
            Progress(ledger).record(Entry(item.key, "undone", _last(ledger, item, run.now), SOURCE))
        return _ticked(ledger, slug, item, run, unread, changed=changed)


def checkin(run: Run, words: str, said: CheckIn) -> CheckedIn:
    """Put a check-in into the log.

    Raises UsageError for words that mean no item, or several, where nothing is said, and for hours or an
    energy outside their scales.
    """
    if not said:
        raise UsageError(
            "Nothing to check in was said.", "Add `--hours H`, `--energy 1-10` or `--note TEXT`."
        )
    unread = refresh(run)
    with open_ledger(run.state) as ledger:
        slug, item = _meant(ledger, words, run.today, to_tick=False)
        entry = Entry(item.key, "checkin", run.now, SOURCE, said.hours, said.energy, said.note)
        Progress(ledger).record(entry)
        return CheckedIn(slug, item, entry, unread)


# --- when ---


def moment(said: str, run: Run) -> datetime:
    """The moment that a person wrote: a date alone is the noon of that day, and this moment if it is today.

    Raises UsageError for anything that is no date or date-time of ISO 8601.
    """
    zone = ZoneInfo(run.config.timezone)
    try:
        return _on(date.fromisoformat(said), zone, run.now)
    except ValueError:
        try:
            at = datetime.fromisoformat(said)
            at = at if at.tzinfo is not None else at.replace(tzinfo=zone)
            return at.astimezone(zone)
        except (ValueError, OverflowError):
            raise UsageError(
                f"{said!r} is not a time.", "Write it as 2026-01-31 or 2026-01-31T18:30."
            ) from None


def _on(day: date, zone: ZoneInfo, now: datetime) -> datetime:
    return now if day == now.astimezone(zone).date() else datetime.combine(day, NOON, zone)


def _last(ledger: Ledger, item: Planned, now: datetime) -> datetime:
    """Now, or just after the item's last tick or untick: the last one by time counts, and this one shall."""
    ticks = [entry.at for entry in Progress(ledger).entries(item.key) if entry.kind != "checkin"]
    return max([now, *(at + LATER for at in ticks[-1:])])


def _check_counts(item: Planned, before: Standing | None, when: datetime | None) -> None:
    if before is not None and not before.done and when is not None and when <= before.since:
        raise UsageError(
            f"“{item.title}” was unticked after that, at {before.since:%Y-%m-%d %H:%M} UTC, and the last one counts.",
            "Leave `--at` away, or give a later time.",
        )


# --- what is meant ---


def _meant(ledger: Ledger, words: str, today: date, *, to_tick: bool) -> Found:
    """The one item that the words mean."""
    found = Facts(ledger).find(words.strip()) if words.strip() else []
    fit = [each for each in found if _can_be_ticked(each[1])] if to_tick else found
    if not fit:
        _refuse(ledger, words, found)
    for narrower in (fit, _of_that_title(fit, words), _of_today(fit, today)):
        if len(narrower) == 1:
            return narrower[0]
    raise _ambiguous(words, fit)


def _can_be_ticked(item: Planned) -> bool:
    return item.tick or item.kind in FOR_TICKS


def _of_that_title(found: Sequence[Found], words: str) -> Sequence[Found]:
    wanted = words.strip().casefold()
    return [each for each in found if each[1].title.casefold() == wanted]


def _of_today(found: Sequence[Found], today: date) -> Sequence[Found]:
    """Of the days of one series, today's."""
    if len({(slug, item.parent or item.key) for slug, item in found}) > 1:
        return ()
    return [each for each in found if "@" in each[1].key and _first_day(each[1]) == today]


def _first_day(item: Planned) -> date | None:
    return item.start.date() if isinstance(item.start, datetime) else item.start


def _refuse(ledger: Ledger, words: str, found: Sequence[Found]) -> NoReturn:
    from sync.reading.spelling import did_you_mean  # noqa: PLC0415 - for mistakes only

    if found:
        item = found[0][1]
        raise UsageError(
            f"“{item.title}” is a {item.kind} and not to be ticked.",
            "Tick what is in it; `roadmap-sync show` lists that.",
        )
    snapshots = [Schedules(ledger).load(slug) for slug in Schedules(ledger).stamps()]
    items = [item for each in snapshots if each is not None for item in each.items]
    near = did_you_mean(words, [*(item.title for item in items), *(item.key for item in items)])
    raise UsageError(
        f"No item is called “{words}”.",
        near or "`roadmap-sync show` lists the items, with --json their keys.",
    )


def _ambiguous(words: str, found: Sequence[Found]) -> UsageError:
    shown = [f"  {item.key}  {item.title}" for _, item in found[:LISTED]]
    more = [f"  and {len(found) - LISTED} more"] if len(found) > LISTED else []
    return UsageError(
        f"“{words}” may mean {len(found)} items.", "\n".join(["Say which by its key:", *shown, *more])
    )


def _ticked(
    ledger: Ledger, slug: str, item: Planned, run: Run, unread: Sequence[Complaint], *, changed: bool
) -> Ticked:
    facts, standing = Facts(ledger), Progress(ledger).standing(item.key)
    counts = facts.done_of(slug, work=True), facts.done_of(slug, work=False)
    zone = ZoneInfo(run.config.timezone)
    return Ticked(slug, item, standing, changed, *counts, ticked_on(ledger, item.key), zone, unread)
