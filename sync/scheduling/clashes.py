"""Several roadmaps in one life: timed items that overlap, and days booked beyond what a day holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sync.model import Block, Item, Kind, Problem, Schedule, Severity

FULL_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Booked:
    """One stretch of time that one item takes."""

    begin: datetime
    end: datetime
    day: date
    """The day in the item's own zone."""
    slug: str
    item: Item


def booked(schedule: Schedule) -> Iterator[Booked]:
    """Every timed stretch of a schedule; occurrences of a series come from the series itself."""
    series = {item.key for item in schedule.items if item.recurrence is not None}
    for item in schedule.items:
        if not isinstance(item.span, Block) or item.done is not None or item.parent in series:
            continue
        if _shares_its_parents_time(item, schedule):
            continue
        length = item.span.end - item.span.begin
        days = item.recurrence.occurrences if item.recurrence is not None else (item.span.begin.date(),)
        for day in days:
            begin = item.span.begin.replace(year=day.year, month=day.month, day=day.day)
            yield Booked(begin.astimezone(UTC), begin.astimezone(UTC) + length, day, schedule.slug, item)


def _shares_its_parents_time(item: Item, schedule: Schedule) -> bool:
    """Whether an item lies in the block of the session it belongs to."""
    return item.parent is not None and any(
        other.key == item.parent and other.kind is Kind.SESSION and other.span == item.span
        for other in schedule.items
    )


def overlaps(schedules: Sequence[Schedule]) -> Iterator[tuple[Booked, Booked]]:
    """Every two stretches of different roadmaps that share a moment, the one that begins first before the other.

    They come in the order in which the later one begins.
    """
    stretches = [each for schedule in schedules for each in booked(schedule)]
    open_now: list[Booked] = []
    for each in sorted(stretches, key=lambda each: (each.begin, each.end, each.item.key)):
        open_now = [other for other in open_now if other.end > each.begin]
        yield from ((other, each) for other in open_now if other.slug != each.slug)
        open_now.append(each)


def clashes(schedules: Sequence[Schedule]) -> dict[str, list[Problem]]:
    """Overlaps between different roadmaps, one problem for each pair of items, by the slug it is told at."""
    found: dict[str, list[Problem]] = defaultdict(list)
    pairs: dict[tuple[str, str], tuple[Booked, Booked, int]] = {}
    for one, other in overlaps(schedules):
        names = one.item.key, other.item.key
        first = pairs.get(names, (one, other, 0))
        pairs[names] = (first[0], first[1], first[2] + 1)
    for one, other, count in pairs.values():
        found[other.slug].append(_clash(one, other, count))
    return dict(found)


def _clash(one: Booked, other: Booked, count: int) -> Problem:
    times = f"{count} times, first" if count > 1 else "once,"
    return Problem(
        other.item.source.line, Severity.WARNING, "clash",
        f"“{other.item.title}” overlaps “{one.item.title}” of {one.slug} {times} on {other.day}.",
        "Move one of them: another slot in the configuration, or clock times in the text.",
    )  # fmt: skip


def overbooked(schedules: Sequence[Schedule], limit: timedelta) -> list[Problem]:
    """Days on which all roadmaps together book more than the limit, or more than a day has; one problem for a run."""
    load: dict[date, timedelta] = defaultdict(timedelta)
    for schedule in schedules:
        for each in booked(schedule):
            load[each.day] += each.end - each.begin
    limit = min(limit, FULL_DAY)
    over = sorted(day for day, total in load.items() if total > limit)
    if not over:
        return []
    worst = max(over, key=lambda day: (load[day], -day.toordinal()))
    hours = load[worst] / timedelta(hours=1)
    count = f"{len(over)} days are" if len(over) > 1 else "One day is"
    told = f"{count} booked beyond {limit / timedelta(hours=1):g} hours; the fullest is {worst} with {hours:g} hours."
    mend = "Start one roadmap later, or raise `daily_hours` under `[limits]` in the configuration."
    return [Problem(0, Severity.WARNING, "overbooked", told, mend)]
