"""Which items a person means: those of a phase, those of some days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sync.errors import UsageError
from sync.model import Days, Item, Kind, Schedule

COUNTED = re.compile(r"-(\d+)$")
AGENDA = timedelta(days=14)
"""How far beyond its first day an agenda goes unless it is told otherwise."""
LISTED = 8
"""How many phases a hint lists."""


def in_phase(schedules: Sequence[Schedule], phase: str | None) -> list[Item]:
    """The items of a phase named by key, title or number; all where none is named.

    A number is the one that the text gives its phases, else their place in the text; words may be the
    beginning of a title. Raises UsageError for a phase that none of the schedules has.
    """
    if phase is None:
        return [item for schedule in schedules for item in schedule.items]
    chosen = [item for schedule in schedules for item in _of_phase(schedule, phase.casefold().strip())]
    if not chosen:
        titles = [head.title for schedule in schedules for head in _heads(schedule)]
        more = ", and more" if len(titles) > LISTED else ""
        known = (
            f"Phases here: {'; '.join(titles[:LISTED])}{more}." if titles else "No roadmap here has phases."
        )
        raise UsageError(f"There is no phase {phase}.", known)
    return chosen


def _heads(schedule: Schedule) -> list[Item]:
    return [item for item in schedule.items if item.key == item.phase]


def _of_phase(schedule: Schedule, wanted: str) -> Iterator[Item]:
    heads = _heads(schedule)
    if not heads:
        # a document without phases is one
        whole = wanted in {schedule.slug.casefold(), schedule.title.casefold(), "1"}
        yield from schedule.items if whole else ()
        return
    chosen = next((keys for keys in _readings(heads, wanted) if keys), set())
    yield from (item for item in schedule.items if item.phase in chosen)


def _readings(heads: Sequence[Item], wanted: str) -> Iterator[set[str]]:
    """What the words may mean, the plainest reading first."""
    yield {head.key for head in heads if wanted in {head.key.casefold(), head.title.casefold()}}
    yield {head.key for head in heads if _number(head) == wanted}
    yield {head.key for at, head in enumerate(heads, start=1) if str(at) == wanted}
    yield {head.key for head in heads if head.title.casefold().startswith(wanted)}


def _number(head: Item) -> str | None:
    """The number that the text gives a phase, from the place in its key."""
    place = head.key.split("/")[1] if head.kind is Kind.PERIOD and "/" in head.key else ""
    counted = COUNTED.search(place)
    return counted[1] if counted and not place[:1].isdigit() else None


def in_window(items: Iterable[Item], first: date | None, last: date | None) -> list[Item]:
    """The items that touch the days from `first` to `last`, inclusive; None is open.

    Undated items are inside only where both are open. Raises UsageError where `last` is before `first`.
    """
    if first is None and last is None:
        return list(items)
    if first is not None and last is not None and last < first:
        raise UsageError(f"{last} is before {first}.", "Give --from the earlier day and --to the later one.")
    return [item for item in items if any(_touches(days, first, last) for days in _days(item))]


def _touches(days: tuple[date, date], first: date | None, last: date | None) -> bool:
    return (last is None or days[0] <= last) and (first is None or days[1] >= first)


def _days(item: Item) -> Iterator[tuple[date, date]]:
    """First and last day of everything that an item puts on a calendar."""
    if item.recurrence is not None:
        yield from ((day, day) for day in item.recurrence.occurrences)
    elif item.span is not None:
        yield first_day(item), last_day(item)


def first_day(item: Item) -> date:
    """The day on which a dated item begins."""
    assert item.span is not None
    return item.span.first if isinstance(item.span, Days) else item.span.begin.date()


def last_day(item: Item) -> date:
    """The last day that a dated item touches; one that ends at midnight does not touch the day after."""
    assert item.span is not None
    if isinstance(item.span, Days):
        return item.span.last
    return (item.span.end - timedelta.resolution).date()


def agenda_days(
    items: Iterable[Item], today: date, first: date | None, last: date | None, *, whole: bool
) -> tuple[date, date]:
    """First and last day of an agenda, inclusive: as asked, else today and the next two weeks.

    With `whole` and no day asked for, it runs over everything that the items put on a calendar.
    """
    days = (
        [days for item in items for days in _days(item)] if whole and first is None and last is None else []
    )
    if days:
        return min(begin for begin, _ in days), max(end for _, end in days)
    if first is None:
        first = today if last is None or last >= today else last - AGENDA
    return first, last or first + AGENDA
