"""Readers of iCalendar that nobody here wrote, brought to one shape: (uid, start, end)."""

import re
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import icalendar
import recurring_ical_events
from icalevents import icalparser

icalendar.use_zoneinfo()  # importing icalevents switches icalendar to pytz for the whole process

Seen = tuple[str, str, str]

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
END = datetime(2032, 1, 1, tzinfo=UTC)


def text(moment: date | datetime) -> str:
    """A date as it is, a moment in UTC."""
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def by_recurring_ical_events(data: bytes, begin: datetime = BEGIN, end: datetime = END) -> list[Seen]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(begin, end)
    return sorted((str(each["UID"]), text(each.start), text(each.end)) for each in found)


def by_icalevents(data: bytes, begin: datetime = BEGIN, end: datetime = END) -> list[Seen]:
    icalendar.use_pytz()
    try:
        found = icalparser.parse_events(data.decode(), start=begin, end=end, strict=True)
    finally:
        icalendar.use_zoneinfo()
    return sorted((each.uid, text(each.start), text(each.end)) for each in found)


READERS = [by_recurring_ical_events, by_icalevents]


def components(data: bytes, name: str = "VEVENT") -> list[Any]:
    """The components of a feed, which icalendar must have read without a complaint."""
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    found = calendar.walk(name)
    assert [each.errors for each in [calendar, *found] if each.errors] == []
    return found


def unfolded(data: bytes) -> list[str]:
    """The content lines of a feed (RFC 5545 3.1)."""
    return data.decode().replace("\r\n ", "").split("\r\n")


class Revision(NamedTuple):
    """The revision of a component, as it stands in a feed."""

    sequence: int
    created: datetime
    modified: datetime
    stamp: datetime


def revisions(data: bytes, name: str = "VEVENT") -> dict[str, Revision]:
    return {
        str(each["UID"]): Revision(
            int(each["SEQUENCE"]), each["CREATED"].dt, each["LAST-MODIFIED"].dt, each["DTSTAMP"].dt
        )
        for each in components(data, name)
    }


def modified(data: bytes) -> datetime:
    head = data.decode().split("BEGIN:V", 2)[1]
    found = re.search(r"LAST-MODIFIED:(\w+)\r\n", head)
    assert found
    return datetime.fromisoformat(found[1])
