"""Items as VEVENTs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from sync.model import Item, Kind, Schedule
from sync.shaping.moments import Moment, on_day, placed
from sync.shaping.series import Course, follow
from sync.shaping.wording import clean, one_line
from sync.targets.ics.content import Event
from sync.targets.ics.moments import regular
from sync.targets.ics.series import Routine, occurrence_day
from sync.targets.ics.wording import summary

POINTS = frozenset({Kind.PERIOD, Kind.MILESTONE, Kind.DEADLINE})
"""Kinds that never make a person busy, even where they have a clock time."""


def events(schedule: Schedule) -> Iterator[Event]:
    """Yield the dated items as events, series last.

    An occurrence is shown by its series. One that differs from it is an event of its own, and the
    series leaves that day out: EXDATE and a second UID, because readers ignore RECURRENCE-ID.
    """
    category = one_line(schedule.title)
    routines = Routine.of(schedule)
    for item in schedule.items:
        if item.span is None or item.key in routines:
            continue
        day = occurrence_day(item, routines) if item.parent else None
        if day is None or _stands_apart(item, day, routines):
            single = _single(item, category, placed(item.span), tick=item.tick)
            if day is None:
                yield single
            else:
                routines[item.parent or ""].shown.append(single)
    for routine in routines.values():
        yield from _series(routine, category)


def _stands_apart(item: Item, day: date, routines: dict[str, Routine]) -> bool:
    """Note an occurrence in its series, and tell whether it needs an event of its own."""
    assert item.parent is not None
    routine = routines[item.parent]
    if item.tick:
        routine.ticked.add(day)
    if routine.differs(item, day):
        routine.apart.add(day)
    return day in routine.apart


def _single(item: Item, category: str, span: tuple[Moment, Moment], *, tick: bool) -> Event:
    start, end = span
    busy = isinstance(start, datetime) and item.kind not in POINTS
    return Event(item, item.uid, summary(item, tick=tick), clean(item.notes), category, start, end, busy)


def _series(routine: Routine, category: str) -> Iterator[Event]:
    """Yield the series as one event, then an event for each day that its rule does not give.

    Where every day stands apart there is none, and the first of those days tells of the series.
    """
    item, span = routine.item, routine.span
    known = routine.days or {routine.recurrence.first}
    days = sorted(known - routine.apart)
    if not days:
        first, *others = sorted(routine.shown, key=lambda event: event.origin.key)
        yield replace(first, carried=item)
        yield from others
        return
    yield from routine.shown
    tick = item.tick or bool(routine.ticked)
    course = follow(routine.recurrence.rule, days, max(known), lambda day: regular(span, day))
    if course.kept:
        plain = _single(item, category, placed(on_day(span, course.kept[0])), tick=tick)
        yield _recurring(plain, routine, course)
    for day in course.strays:
        stray = _single(item, category, placed(on_day(span, day)), tick=tick)
        yield replace(stray, uid=f"{item.uid}-{day:%Y%m%d}")


def _recurring(event: Event, routine: Routine, course: Course) -> Event:
    """Give an event its rule: up to the last day kept, for ever where the series has no end."""
    last = course.kept[-1]
    if routine.recurrence.open_end:
        rule, skipped = routine.recurrence.rule, course.skipped
    elif len(course.kept) == 1:
        return event
    else:
        rule = f"{routine.recurrence.rule};UNTIL={_until(placed(on_day(routine.span, last))[0])}"
        skipped = tuple(day for day in course.skipped if day < last)
    without = tuple(_at(event.start, day) for day in skipped)
    return replace(event, rule=rule, skipped=without, last=last)


def _at(start: Moment, day: date) -> Moment:
    """Return what the rule gives on a day: the same wall time in the same zone."""
    return datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day


def _until(start: Moment) -> str:
    """UNTIL has the type of DTSTART, and is in UTC where that is zoned (RFC 5545 3.3.10)."""
    if isinstance(start, datetime):
        return f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{start:%Y%m%d}"
