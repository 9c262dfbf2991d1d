"""Series: which rules are accepted, when they take place, how an occurrence is called."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from sync.sandbox.google.refusals import invalid
from sync.sandbox.google.times import duration, edge, lengthened

Json = dict[str, Any]

RULE_LINE = re.compile(r"(RRULE|EXRULE):([A-Z0-9=;,+-]+)")
DATE_LINE = re.compile(r"(RDATE|EXDATE)((?:;[A-Z]+=[A-Za-z0-9_/+-]+)*):([0-9TZ,]+)")
DAY = re.compile(r"\d{8}")
LOCAL = re.compile(r"\d{8}T\d{6}")
UTC_TIME = re.compile(r"\d{8}T\d{6}Z")
INSTANCE = re.compile(r"(?P<series>[a-v0-9]{5,1024})_(?P<stamp>\d{8}(?:T\d{6}Z)?)")
OCCURRENCES_MOST = 1000
"""How far a series without an end is followed."""
BAD_RULE = "Invalid recurrence rule."


def check_recurrence(lines: list[str], first: date | datetime) -> None:
    """Raise Refused for lines that are no recurrence of an event that begins at `first`.

    DTSTART and DTEND have no place in them; UNTIL and the dates must be of the kind that the start is.
    """
    timed = isinstance(first, datetime)
    for line in lines:
        rule, dates = RULE_LINE.fullmatch(line), DATE_LINE.fullmatch(line)
        if rule:
            _check_rule(rule[2], timed=timed)
        elif dates:
            _check_dates(dates[2], dates[3].split(","), timed=timed)
        else:
            raise invalid(BAD_RULE)
    try:
        takes_place = next(_starts(lines, first), None)
    except ValueError as reason:
        raise invalid(BAD_RULE) from reason
    if takes_place is None:
        raise invalid(BAD_RULE)


def _check_rule(rule: str, *, timed: bool) -> None:
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if "FREQ" not in parts or len(parts) != len(rule.split(";")) or {"COUNT", "UNTIL"} <= parts.keys():
        raise invalid(BAD_RULE)
    until = parts.get("UNTIL")
    if until is not None and not (UTC_TIME if timed else DAY).fullmatch(until):
        raise invalid(BAD_RULE)


def _check_dates(parameters: str, values: list[str], *, timed: bool) -> None:
    zoned = "TZID=" in parameters
    pattern = DAY if not timed else LOCAL if zoned else UTC_TIME
    if not all(pattern.fullmatch(value) for value in values) or (not timed and zoned):
        raise invalid(BAD_RULE)


def _starts(lines: list[str], first: date | datetime) -> Iterator[date | datetime]:
    """When the occurrences begin; wall-clock arithmetic in the zone of `first`."""
    timed = isinstance(first, datetime)
    begin = first if isinstance(first, datetime) else datetime.combine(first, time())
    # dateutil knows this parameter of EXDATE, but not of RDATE; that these are days was checked before
    told = "\n".join(lines).replace(";VALUE=DATE:", ":")
    rules = rrulestr(told, dtstart=begin, forceset=True, tzids=ZoneInfo)
    for moment in islice(rules, OCCURRENCES_MOST):
        yield moment if timed else moment.date()


def stamp_of(start: date | datetime) -> str:
    """What the id of an occurrence adds to that of its series: its original start, moments in UTC."""
    if isinstance(start, datetime):
        return start.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return start.strftime("%Y%m%d")


def occurrences(series: Json) -> Iterator[Json]:
    """The occurrences of a series as event resources, in order, none yet changed or cancelled."""
    length = duration(series)
    first = edge(series["start"], "start")
    zones = {which: series[which].get("timeZone") for which in ("start", "end")}
    shared = {name: value for name, value in series.items() if name != "recurrence"}
    for start in _starts(series["recurrence"], first):
        yield {
            **shared,
            "id": f"{series['id']}_{stamp_of(start)}",
            "start": _point(start, zones["start"]),
            "end": _point(lengthened(start, length), zones["end"]),
            "recurringEventId": series["id"],
            "originalStartTime": _point(start, zones["start"]),
        }


def occurrence(series: Json, instance_id: str) -> Json | None:
    """The occurrence with that id, or None where the series has none."""
    return next((one for one in occurrences(series) if one["id"] == instance_id), None)


def _point(edge: date | datetime, zone: str | None) -> Json:
    if not isinstance(edge, datetime):
        return {"date": edge.isoformat()}
    return {"dateTime": edge.isoformat(timespec="seconds"), "timeZone": zone}
