"""Small roadmaps to write feeds of."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.model import Block, Days, Item, Kind, Recurrence, Schedule, Source, Span
from sync.targets.ics import feed

NAIROBI = "Africa/Nairobi"
NEW_YORK = "America/New_York"
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 12, 30, 15, 250_000, tzinfo=UTC)
MUCH_LATER = datetime(2026, 3, 1, tzinfo=UTC)


def day(text: str, days: int = 1) -> Days:
    """A whole day given as ISO text, or as many in a row."""
    first = date.fromisoformat(text)
    return Days(first, first + timedelta(days=days))


def block(text: str, minutes: int = 60, zone: str = NAIROBI) -> Block:
    """A stretch of time that begins at an ISO wall time; its length is counted by the wall clock."""
    begin = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return Block(begin, begin + timedelta(minutes=minutes), zone)


def item(key: str = "plan/day-1/read", span: Span | None = None, **others: Any) -> Item:
    values: dict[str, Any] = {
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, key)),
        "roadmap": "plan",
        "phase": None,
        "path": (),
        "kind": Kind.TASK,
        "title": key.rpartition("/")[2],
        "notes": "",
        "source": Source("plan.md", 1, 1),
    }
    return Item(key=key, span=span, **(values | others))


def task(key: str = "plan/day-1/read", span: Span | None = None, **others: Any) -> Item:
    return item(key, span, **({"tick": True} | others))


def series(
    key: str, span: Span, rule: str, days: Iterable[date], *, until: date | None = None, **others: Any
) -> Item:
    """A series that takes place on these days, open where `until` is None."""
    occurrences = tuple(days)
    recurrence = Recurrence(rule, occurrences[0], until, occurrences, open_end=until is None)
    return item(key, span, **({"kind": Kind.SESSION, "recurrence": recurrence} | others))


def occurrence(routine: Item, when: date, **others: Any) -> Item:
    """One occurrence of a series, to be ticked."""
    assert routine.span is not None
    if isinstance(routine.span, Days):
        span: Span = Days(when, when + timedelta(days=1))
    else:
        begin = datetime.combine(when, routine.span.begin.timetz())
        span = Block(begin, begin + (routine.span.end - routine.span.begin), routine.span.zone)
    key = f"{routine.key}@{when}"
    return task(key, span, **({"title": routine.title, "parent": routine.key} | others))


def every(first: str, last: str, wanted: Callable[[date], bool] = lambda _: True) -> list[date]:
    """The days from first to last, both inclusive, that are wanted."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [begin + timedelta(days=distance) for distance in range((end - begin).days + 1)]
    return [each for each in days if wanted(each)]


def workday(when: date) -> bool:
    return when.weekday() < 5


def plan(*items: Item, slug: str = "plan", title: str = "My plan", **others: Any) -> Schedule:
    values: dict[str, Any] = {"timezone": NAIROBI, "start": date(2026, 1, 5), "end": None}
    return Schedule(
        slug=slug,
        title=title,
        file=f"{slug}.md",
        items=items,
        receipts=(),
        problems=(),
        **(values | others),
    )


def calendar(
    *schedules: Schedule, previous: bytes | None = None, now: datetime = LATER, title: str = "My plan"
) -> bytes:
    return feed.calendar_feed(schedules, title=title, previous=previous, first_stamp=FIRST, now=now)


def tasks(*schedules: Schedule, previous: bytes | None = None, now: datetime = LATER) -> bytes:
    return feed.tasks_feed(schedules, title="My plan", previous=previous, first_stamp=FIRST, now=now)


def reworded(schedule: Schedule, number: int = 0, **changes: Any) -> Schedule:
    """The same roadmap with one item changed."""
    items = list(schedule.items)
    items[number] = replace(items[number], **changes)
    return replace(schedule, items=tuple(items))


WORKDAYS = every("2026-01-05", "2026-01-23", workday)
THREE = plan(
    task("plan/a", day("2026-01-05"), notes="long " * 40),
    task("plan/b", block("2026-01-06T19:00")),
    series(
        "plan/c", block("2026-01-05T21:00"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", WORKDAYS, until=WORKDAYS[-1]
    ),
)
"""A day, a time and a series: one of each."""
