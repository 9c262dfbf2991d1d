"""What the phone shows: two weeks of one calendar, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.google.hand import DONE_COLOUR, DONE_MARK
from sync.sandbox.google.palette import EVENT_COLOURS

Json = dict[str, Any]

WINDOW = timedelta(days=14)
ONE_DAY = timedelta(days=1)
USUAL_COLOUR = "#9fc6e7"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event or occurrence, ready to be shown."""

    event_id: str
    title: str
    """Without the mark of completion."""
    done: bool
    first: date
    last: date
    """The last day on which it takes place, inclusive."""
    hours: str
    """When it takes place within its day; nothing for whole days."""
    colour: str
    place: str
    series: bool

    @property
    def lasts(self) -> bool:
        """Whether it goes over several days."""
        return self.last > self.first


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what begins on it or, on the first day shown, goes on."""

    day: date
    entries: tuple[Entry, ...]


def entry(event: Json, zone: ZoneInfo) -> Entry:
    """An event of the API as the phone shows it."""
    title = event.get("summary", "")
    first, last, hours = _when(event, zone)
    done = title.startswith(DONE_MARK.strip())
    colour = EVENT_COLOURS.get(event.get("colorId", ""), (USUAL_COLOUR, ""))[0]
    return Entry(
        event_id=event["id"],
        title=title.removeprefix(DONE_MARK.strip()).strip() or "(no title)",
        done=done,
        first=first,
        last=last,
        hours=hours,
        colour=EVENT_COLOURS[DONE_COLOUR][0] if done else colour,
        place=event.get("location", ""),
        series="recurringEventId" in event,
    )


def _when(event: Json, zone: ZoneInfo) -> tuple[date, date, str]:
    if "date" in event["start"]:
        first, until = (date.fromisoformat(event[name]["date"]) for name in ("start", "end"))
        return first, until - ONE_DAY, ""
    begin, end = (
        datetime.fromisoformat(event[name]["dateTime"]).astimezone(zone) for name in ("start", "end")
    )
    return begin.date(), end.date(), f"{begin:%H:%M} – {end:%H:%M}"


def days(entries: Iterable[Entry], start: date) -> list[Day]:
    """The days of the window that have something on them; long ones stand on the first day shown."""
    by_day: dict[date, list[Entry]] = {}
    for one in entries:
        by_day.setdefault(max(one.first, start), []).append(one)
    return [
        Day(day, tuple(sorted(found, key=lambda one: (not one.lasts, one.hours))))
        for day, found in sorted(by_day.items())
    ]


def bounds(start: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The window as two moments, the second exclusive."""
    low = datetime.combine(start, time(), zone)
    return low, datetime.combine(start + WINDOW, time(), zone)


def spoken(day: date) -> str:
    """A day as people say it, the year left out."""
    return f"{day:%a} {day.day} {day:%b}"


def heading(day: date, today: date) -> str:
    """What stands above a day."""
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((day - today).days)
    return (
        f"{near} · {spoken(day)}"
        if near
        else f"{spoken(day)}{'' if day.year == today.year else f' {day.year}'}"
    )
