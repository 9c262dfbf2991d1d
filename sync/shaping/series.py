"""A recurrence as one rule and what departs from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from sync.model import Item

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def is_occurrence(item: Item) -> bool:
    """Tell whether it is one day of a series: its key is `SERIES@date` below that series."""
    return item.parent is not None and item.key.startswith(f"{item.parent}@")


@dataclass(frozen=True, slots=True)
class Course:
    """Which days of a series its rule gives, and which it does not."""

    kept: tuple[date, ...]
    """Days that the rule gives, the first of them the anchor; empty where the rule fits no day."""
    skipped: tuple[date, ...]
    """Days that the rule gives and the series leaves out."""
    strays: tuple[date, ...]
    """Days of the series that the rule does not give."""


def follow(rule: str, days: Sequence[date], until: date, fits: Callable[[date], bool]) -> Course:
    """Compare what a rule gives up to `until`, inclusive, with the days, in order, of the series.

    The anchor is the first day that itself obeys the rule, as RFC 5545 3.8.5.3 asks of DTSTART.
    A day for which `fits` is false (the clock changes then) is a stray.
    """
    anchor = next((day for day in days if fits(day) and expand(rule, day, day)), None)
    if anchor is None:
        return Course((), (), tuple(days))
    given = set(expand(rule, anchor, until))
    kept = [day for day in days if day in given and fits(day)]
    strays = [day for day in days if day not in given or not fits(day)]
    return Course(tuple(kept), tuple(sorted(given.difference(kept))), tuple(strays))


def expand(rule: str, first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, both inclusive, that an RRULE anchored at `first` yields.

    Rules by day and week, which nearly all are, cost no import; the others are given to dateutil.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    names = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    plain = parts.keys() <= {"FREQ", "INTERVAL", "BYDAY"} and set(names) <= set(WEEKDAYS)
    if plain and parts["FREQ"] in {"DAILY", "WEEKLY"}:
        return list(_by_day_and_week(parts, [WEEKDAYS.index(name) for name in names], first, last))
    from dateutil.rrule import rrulestr  # noqa: PLC0415  # an import of 18 ms that few exports need

    moments = rrulestr(rule, dtstart=datetime.combine(first, time()))
    return [moment.date() for moment in takewhile(lambda moment: moment.date() <= last, moments)]


def _by_day_and_week(parts: dict[str, str], weekdays: list[int], first: date, last: date) -> Iterator[date]:
    step = int(parts.get("INTERVAL", "1"))
    weekly = parts["FREQ"] == "WEEKLY"
    wanted = weekdays or ([first.weekday()] if weekly else range(7))
    for distance in range((last - first).days + 1):
        turn = (first.weekday() + distance) // 7 if weekly else distance
        day = first + timedelta(days=distance)
        if turn % step == 0 and day.weekday() in wanted:
            yield day
