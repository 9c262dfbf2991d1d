"""What recurs: the days on which a session takes place, and its rule in the words of RFC 5545."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sync.model import Days, Recurrence
from sync.reading.expressions import Rate, Unit
from sync.scheduling.calendar import DAY, each_day

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MANY = 3
"""Up to this many times a week each time is an occurrence; a larger number is a quota, ticked once a week."""
HORIZON = timedelta(weeks=12)
"""How far a series without an end is laid out."""


def weekly(
    span: Days, days: Iterable[int], interval: int = 1, *, open_end: bool = False
) -> Recurrence | None:
    """A series on weekdays; None where no such day lies in the span."""
    chosen = sorted(set(days))
    all_days = [day for day in each_day(span) if day.isoweekday() in chosen]
    if not all_days:
        return None
    first = all_days[0]
    monday = first - (first.isoweekday() - 1) * DAY
    dates = tuple(day for day in all_days if ((day - monday).days // 7) % interval == 0)
    if interval == 1 and len(chosen) == 7:
        rule = "FREQ=DAILY"
    else:
        every = f";INTERVAL={interval}" if interval > 1 else ""
        rule = f"FREQ=WEEKLY{every};BYDAY={','.join(BYDAY[day - 1] for day in chosen)}"
    return Recurrence(rule, dates[0], None if open_end else span.last, dates, open_end, span.first)


def every_days(span: Days, interval: int, *, open_end: bool = False) -> Recurrence:
    """A series on every so many days."""
    dates = tuple(each_day(span))[::interval]
    rule = "FREQ=DAILY" + (f";INTERVAL={interval}" if interval > 1 else "")
    return Recurrence(rule, dates[0], None if open_end else span.last, dates, open_end, span.first)


def monthly(span: Days, rate: Rate, working: frozenset[int], *, open_end: bool = False) -> Recurrence | None:
    """A series on a day of each month: a weekday by its number, else the first working day's date."""
    if rate.nth and rate.days:
        weekday = rate.days[0]
        dates = [
            day
            for day in each_day(span)
            if day.isoweekday() == weekday and any(_is_nth(day, nth) for nth in rate.nth)
        ]
        rule = "FREQ=MONTHLY;BYDAY=" + ",".join(f"{nth}{BYDAY[weekday - 1]}" for nth in rate.nth)
    else:
        start = next((day for day in each_day(span) if day.isoweekday() in working and day.day <= 28), None)
        dates = [day for day in each_day(span) if start is not None and day.day == start.day and day >= start]
        rule = f"FREQ=MONTHLY;BYMONTHDAY={start.day}" if start is not None else ""
    step = {Unit.QUARTER: 3, Unit.YEAR: 12}.get(rate.unit, 1) * rate.interval
    chosen = tuple(day for day in dates if _months(dates[0], day) % step == 0)
    if not chosen:
        return None
    if step > 1:
        rule = rule.replace("FREQ=MONTHLY", f"FREQ=MONTHLY;INTERVAL={step}")
    return Recurrence(rule, chosen[0], None if open_end else span.last, chosen, open_end, span.first)


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _is_nth(day: date, nth: int) -> bool:
    if nth < 0:
        return (day + 7 * DAY).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def at_rate(span: Days, rate: Rate, working: frozenset[int], *, open_end: bool = False) -> Recurrence | None:
    """The series of an open quantity: so many a day, a week, a month."""
    if rate.unit is Unit.DAY:
        return every_days(span, rate.interval, open_end=open_end)
    if rate.unit is Unit.WEEK:
        days = rate.days or _spaced(rate.high if rate.high <= MANY else 1, sorted(working))
        return weekly(span, days, rate.interval, open_end=open_end)
    return monthly(span, rate, working, open_end=open_end)


def _spaced(count: int, working: Sequence[int]) -> tuple[int, ...]:
    """So many working days with room between them."""
    count = min(count, len(working))
    return tuple(working[at * len(working) // count] for at in range(count))
