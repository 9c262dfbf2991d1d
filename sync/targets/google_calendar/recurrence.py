"""When an event is: `when` and `repeats` as start, end and recurrence lines, and back.

A series is one event with one rule. Days that the rule gives and the series has not are left out
(EXDATE), days that it does not give are added (RDATE); the lines hold no DTSTART and no DTEND.
https://developers.google.com/calendar/api/concepts/events-calendars#recurring_events
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from sync.errors import ConfigError
from sync.model import Days, Recurrence, Span
from sync.remote import fingerprint
from sync.shaping.moments import Moment, on_day, placed, zone, zone_name
from sync.shaping.series import follow
from sync.shaping.spans import read_repeats, read_when, when_text

Json = dict[str, Any]

LINE = re.compile(r"(RRULE|RDATE|EXDATE)[^:]*:(.*)", re.IGNORECASE)
STAMP = re.compile(r"\d{8}(?:T\d{6}Z?)?")


def times(when: str, repeats: str) -> Json:
    """Return start, end and recurrence for what `shape` says of an item."""
    span, recurrence = _span(when), read_repeats(repeats)
    return _points(*placed(span)) if recurrence is None else _series(span, recurrence)


def moved(when: str) -> Json:
    """Return start and end for a series whose rule stays as somebody made it."""
    return _points(*_wall(_span(when)))


def _span(when: str) -> Span:
    span = read_when(when)
    assert span is not None  # written by `when_text`: a field holds nothing else
    return span


def _points(begin: Moment, end: Moment) -> Json:
    return {"start": _point(begin), "end": _point(end)}


def _series(span: Span, recurrence: Recurrence) -> Json:
    days = sorted(recurrence.occurrences)
    course = follow(recurrence.rule, days, days[-1], lambda _: True)
    first, last = (course.kept[0], course.kept[-1]) if course.kept else (days[0], days[0])
    until = "" if recurrence.open_end else f";UNTIL={_stamp(_begin(span, last))}"
    lines = [f"RRULE:{recurrence.rule}{until}"] if course.kept else []
    lines += _dates("EXDATE", span, course.skipped)
    lines += _dates("RDATE", span, (day for day in course.strays if day != first))
    return _points(*_wall(on_day(span, first))) | ({"recurrence": lines} if lines else {})


def _begin(span: Span, day: date) -> Moment:
    return _wall(on_day(span, day))[0]


def _wall(span: Span) -> tuple[Moment, Moment]:
    """Return begin and end by the clock on the wall; a block of no length gets one, as everywhere."""
    if isinstance(span, Days) or span.begin == span.end:
        return placed(span)
    return span.begin, span.end


def _point(moment: Moment) -> Json:
    if isinstance(moment, datetime):
        return {"dateTime": moment.isoformat(), "timeZone": zone_name(moment)}
    return {"date": moment.isoformat()}


def _stamp(moment: Moment) -> str:
    """Return a moment as RFC 5545 writes it, in UTC where it has a time (3.3.10 asks that of UNTIL)."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"


def _dates(name: str, span: Span, days: Iterable[date]) -> list[str]:
    stamps = ",".join(_stamp(_begin(span, day)) for day in days)
    kind = ";VALUE=DATE" if isinstance(span, Days) else ""
    return [f"{name}{kind}:{stamps}"] if stamps else []


@dataclass(slots=True)
class Shown:
    """What an event shows of its times, in a form that is the same however Google writes it."""

    begin: Moment
    end: Moment
    rules: list[str] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    more: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, event: Mapping[str, Any], home: str) -> "Shown":
        """Read an event; `home` is the zone of times that name none."""
        begin, end = (_moment(event.get(name) or event["start"], home) for name in ("start", "end"))
        shown = cls(begin, end)
        for line in event.get("recurrence", ()):
            shown._take(line)
        return shown

    def _take(self, line: str) -> None:
        found = LINE.fullmatch(line)
        name, value = (found[1].upper(), found[2]) if found else ("RRULE", line)
        if name == "RRULE":
            self.rules.append(self._rule(value))
        else:
            days = {self._day(each) for each in value.split(",")}
            (self.without if name == "EXDATE" else self.more).update(days)

    def _rule(self, value: str) -> str:
        """Return a rule with its parts in one order, and with the day until which it holds."""
        parts = sorted(part for part in value.upper().split(";") if not part.startswith("WKST="))
        until = [self._day(part[6:]) for part in parts if part.startswith("UNTIL=")]
        return ";".join(part for part in parts if not part.startswith("UNTIL=")) + "".join(
            f" until {day}" for day in until
        )

    def _day(self, stamp: str) -> str:
        """Return the day of a stamp, where the event is."""
        if not STAMP.fullmatch(stamp):
            return stamp
        if stamp.endswith("Z") and isinstance(self.begin, datetime):
            moment = datetime.fromisoformat(stamp[:-1]).replace(tzinfo=UTC)
            return f"{moment.astimezone(self.begin.tzinfo).date()}"
        return f"{date.fromisoformat(stamp[:8])}"

    @property
    def when(self) -> str:
        """When it is, or when a series begins."""
        return when_text(self.begin, self.end)

    @property
    def repeats(self) -> str:
        """How it recurs, as a line for people; empty where it does not."""
        told = " and ".join(sorted(self.rules))
        without = f", not on {', '.join(sorted(self.without))}" if self.without else ""
        return told + without + (f", also on {', '.join(sorted(self.more))}" if self.more else "")

    @property
    def face(self) -> str:
        """Two fingerprints, by which an edit of either is seen."""
        return f"{fingerprint(self.when)} {fingerprint(self.repeats)}"


def _moment(point: Json, home: str) -> Moment:
    if "date" in point:
        return date.fromisoformat(point["date"])
    moment = datetime.fromisoformat(point["dateTime"])
    return moment.astimezone(_zone(point.get("timeZone") or home)).replace(microsecond=0)


def _zone(name: str) -> tzinfo:
    try:
        return zone(name)
    except ConfigError:
        # Google may know a zone that this computer does not; the moment is right in any
        return UTC
