"""When something is, as one line that people read in a plan and that can be read back exactly.

2026-01-19
2026-01-19 to 2026-01-25
2026-01-19 21:00-22:00 Africa/Nairobi
2026-01-19 21:00 to 2026-01-20 01:00 Africa/Nairobi
FREQ=WEEKLY;BYDAY=MO from 2026-01-05 until 2026-03-30, not on 2026-02-02, also on 2026-02-03
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from sync.errors import ConfigError
from sync.model import Block, Days, Item, Recurrence, Span
from sync.shaping.moments import ONE_DAY, Moment, placed, zone, zone_name
from sync.shaping.series import expand, follow

DAY = r"\d{4}-\d\d-\d\d"
DAYS = rf"{DAY}(?:, {DAY})*"
CLOCK = r"\d\d:\d\d(?::\d\d)?"
WHOLE_DAYS = re.compile(rf"({DAY})(?: to ({DAY}))?")
TIMES = re.compile(rf"({DAY}) ({CLOCK})(?:-| to ({DAY}) )({CLOCK}) (\S+)")
SERIES = re.compile(
    rf"(\S+?)(?: from ({DAY}) (until|known until) ({DAY}))?(?:, not on ({DAYS}))?(?:, (?:also )?on ({DAYS}))?"
)
BEYOND = "known until"
"""Stands for `until` where the series goes on after the last day that is known."""


def when(item: Item) -> str:
    """Return when the item is, empty where it is undated; for a series, its first occurrence.

    Times are those that a feed shows (see `placed`), but for a series, whose wall time is what counts.
    """
    if item.span is None:
        return ""
    if item.recurrence is None or isinstance(item.span, Days):
        return when_text(*placed(item.span))
    home = zone(item.span.zone)
    begin, end = (each.astimezone(home).replace(microsecond=0) for each in (item.span.begin, item.span.end))
    return when_text(begin, end)


def when_text(begin: Moment, end: Moment) -> str:
    """Return the line for a span, given half-open, in the zone of its begin."""
    if not isinstance(begin, datetime) or not isinstance(end, datetime):
        last = end - ONE_DAY
        return f"{begin}" if last <= begin else f"{begin} to {last}"
    end = end.astimezone(begin.tzinfo)
    until = f"-{_clock(end)}" if end.date() == begin.date() else f" to {end.date()} {_clock(end)}"
    return f"{begin.date()} {_clock(begin)}{until} {zone_name(begin)}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def read_when(text: str) -> Span | None:
    """Return the span of a line, None where it is not one that `when_text` writes."""
    try:
        if found := WHOLE_DAYS.fullmatch(text):
            first, last = found.groups()
            return Days(date.fromisoformat(first), date.fromisoformat(last or first) + ONE_DAY)
        if found := TIMES.fullmatch(text):
            day, begin, last, end, name = found.groups()
            return Block(_moment(day, begin, name), _moment(last or day, end, name), name)
    except (ValueError, ConfigError):
        return None
    return None


def _moment(day: str, clock: str, name: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone(name))


def repeats(recurrence: Recurrence | None) -> str:
    """Return rule and days of a series, empty where there is none."""
    if recurrence is None:
        return ""
    days = sorted(set(recurrence.occurrences)) or [recurrence.first]
    course = follow(recurrence.rule, days, days[-1], lambda _: True)
    text = recurrence.rule
    if course.kept:
        text += f" from {course.kept[0]} {BEYOND if recurrence.open_end else 'until'} {days[-1]}"
    text += _listed("not on", course.skipped)
    return text + _listed("also on" if course.kept else "on", course.strays)


def _listed(word: str, days: Iterable[date]) -> str:
    named = ", ".join(map(str, days))
    return f", {word} {named}" if named else ""


def read_repeats(text: str) -> Recurrence | None:
    """Return the series of a line, None where it is not one that `repeats` writes."""
    found = SERIES.fullmatch(text)
    if found is None:
        return None
    rule, first, word, last, without, more = found.groups()
    try:
        days = set(expand(rule, date.fromisoformat(first), date.fromisoformat(last))) if first else set()
        days = days.difference(_dates(without)).union(_dates(more))
    except (ValueError, KeyError):
        return None
    if not days:
        return None
    known = tuple(sorted(days))
    beyond = word == BEYOND
    return Recurrence(rule, known[0], None if beyond else known[-1], known, open_end=beyond)


def _dates(text: str | None) -> Iterable[date]:
    return map(date.fromisoformat, text.split(", ")) if text else ()
