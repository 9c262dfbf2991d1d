"""Dates and moments as Google reads and writes them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.sandbox.google.refusals import TIME_RANGE_EMPTY, Refused, invalid, required

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?")
YEARS = range(1000, 9000)
"""Far enough from the ends of the calendar for any zone and any list."""
Json = dict[str, Any]


def zone_named(name: str, complaint: str) -> ZoneInfo:
    """The IANA zone of that name; raises Refused with the complaint where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as reason:
        raise invalid(complaint) from reason


def stamp(moment: datetime) -> str:
    """A moment as `created` and `updated` write it: UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _within_reach(year: int, complaint: str) -> None:
    if year not in YEARS:
        raise invalid(complaint)


def moment_of(text: str, zone: ZoneInfo | None, complaint: str) -> datetime:
    """A zoned moment to the second; `zone` counts where the text has no offset of its own."""
    try:
        moment = datetime.fromisoformat(text.upper()).replace(microsecond=0)
    except ValueError as reason:
        raise invalid(complaint) from reason
    _within_reach(moment.year, complaint)
    if moment.tzinfo is not None:
        return moment
    if zone is None:
        raise required(complaint)
    return moment.replace(tzinfo=zone)


def edge(point: Json, which: str) -> date | datetime:
    """What `start` or `end` of an event says: a date, or a moment in its zone.

    `which` is the word for messages. Raises Refused where it says nothing, both, or nonsense.
    """
    day, text, name = point.get("date"), point.get("dateTime"), point.get("timeZone")
    if (day is None) == (text is None):
        raise invalid(f"Invalid {which} time.") if day else required(f"Missing {which} time.")
    zone = zone_named(name, f"Invalid time zone definition for {which} time.") if name else None
    if day is not None:
        return day_of(day, which)
    missing = f"Missing time zone definition for {which} time."
    moment = moment_of(str(text), zone, missing)
    return moment.astimezone(zone) if zone else moment


def day_of(text: str, which: str) -> date:
    """A calendar day; raises Refused where there is no such day."""
    try:
        day = date.fromisoformat(text)
    except ValueError as reason:
        raise invalid(f"Invalid {which} time.") from reason
    _within_reach(day.year, f"Invalid {which} time.")
    return day


def span(event: Json) -> tuple[date | datetime, date | datetime]:
    """First and last edge of an event, the last exclusive; raises Refused where they do not fit."""
    first, last = edge(event.get("start") or {}, "start"), edge(event.get("end") or {}, "end")
    if isinstance(first, datetime) != isinstance(last, datetime):
        raise invalid("Start and end times must either both be date or both be dateTime.")
    empty = last < first if isinstance(first, datetime) else last <= first
    if empty:
        raise Refused(TIME_RANGE_EMPTY)
    return first, last


def duration(event: Json) -> timedelta:
    """How long an event lasts, in real time."""
    first, last = span(event)
    if isinstance(first, datetime) and isinstance(last, datetime):
        return last.astimezone(UTC) - first.astimezone(UTC)
    return instant(last, ZoneInfo("UTC")) - instant(first, ZoneInfo("UTC"))


def rendered(point: Json, which: str, zone: ZoneInfo) -> Json:
    """`start` or `end` as answers write it: moments in `zone`, whatever offset they came with."""
    moment = edge(point, which)
    if not isinstance(moment, datetime):
        return {"date": moment.isoformat()}
    return {
        "dateTime": written(moment, zone),
        "timeZone": point.get("timeZone") or zone.key,
    }


def written(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in that zone with its offset, or Z for UTC."""
    return moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def instant(point: date | datetime, zone: ZoneInfo) -> datetime:
    """When a day or moment begins, in UTC; days begin at midnight of the calendar's zone."""
    if isinstance(point, datetime):
        return point.astimezone(UTC)
    return datetime.combine(point, time(), zone).astimezone(UTC)


def lengthened(point: date | datetime, length: timedelta) -> date | datetime:
    """The edge that far after another; moments move in real time, as an event's length does."""
    if isinstance(point, datetime):
        return (point.astimezone(UTC) + length).astimezone(point.tzinfo)
    return point + length
