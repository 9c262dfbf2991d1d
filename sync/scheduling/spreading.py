"""Tasks without a day of their own: spread over a week's working days, or kept open for a longer span."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sync.model import Days, Kind
from sync.reading.expressions import Unit
from sync.reading.roadmap import Roadmap
from sync.scheduling.calendar import DAY, WEEK, each_day
from sync.scheduling.dated import Dated

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
LONGEST_WEEK = 10 * DAY
"""Length up to which a period counts as a single week; authors write weeks of eight and nine days."""


def working_days(roadmap: Roadmap, dated: Sequence[Dated]) -> frozenset[int]:
    """Monday to Friday, plus the days to which the document gives work, minus its rest days."""
    if roadmap.options.workdays is not None:
        return frozenset(roadmap.options.workdays)
    given = set(MONDAY_TO_FRIDAY)
    for root in dated:
        for each in root.walk():
            if each.entry.kind is Kind.SESSION and not each.entry.optional:
                given.update(each.entry.days)
    for commitment in roadmap.commitments:
        given.update(day for day, minutes in commitment.minutes if minutes)
    return frozenset(given - set(roadmap.rest_days)) or MONDAY_TO_FRIDAY


def spread_all(dated: Sequence[Dated], working: frozenset[int], ranges: str) -> None:
    """Give days to every task that has none; `ranges` says what becomes of those of several weeks.

    `span` keeps the whole window, `spread` treats it like a single week, `repeat` asks for them every week.
    """
    for root in dated:
        for each in root.walk():
            if each.entry.kind is Kind.PERIOD and each.span is not None:
                _spread(each, each.span, working, ranges)
            elif each.entry.kind in {Kind.TASK, Kind.SESSION, Kind.MILESTONE} and each.span is not None:
                _share(each)


def _spread(period: Dated, span: Days, working: frozenset[int], ranges: str) -> None:
    loose = [
        child
        for child in period.children
        if child.span is None and child.entry.kind is Kind.TASK and not child.flawed
    ]
    run = _is_run_of_weeks(period)
    if (
        ranges != "spread"
        and not (run and ranges == "repeat")
        and (run or span.until - span.first > LONGEST_WEEK)
    ):
        for child in loose:
            child.span = span
            child.why["start"] = f"no day in the text: open over all of {period.entry.title}, due at its end"
            _share(child)
        return
    first = Days(span.first, span.first + WEEK) if run and ranges == "repeat" else span
    days = [day for day in each_day(first) if day.isoweekday() in working] or list(each_day(first))
    for at, child in enumerate(loose):
        day = days[-1] if child.entry.deliverable else days[at * len(days) // len(loose)]
        if first is not span:
            child.entry = replace(child.entry, kind=Kind.SESSION, days=(day.isoweekday(),))
            child.why["rrule"] = "once in each week of its range, as `ranges: repeat` says"
            continue
        child.span = Days(day, day + DAY)
        child.why["start"] = _how(child, period, span)
        _share(child)


def _how(child: Dated, period: Dated, span: Days) -> str:
    if span.until - span.first == DAY:
        return "the day that it stands under"
    if child.entry.deliverable:
        return f"a deliverable comes on the last working day of {period.entry.title}"
    return f"spread in order over the working days of {period.entry.title}"


def _is_run_of_weeks(period: Dated) -> bool:
    ordinal = period.entry.when.ordinal
    return ordinal is not None and ordinal.unit is Unit.WEEK and ordinal.first != ordinal.last


def _share(task: Dated) -> None:
    """The parts of a task have its days."""
    for child in task.children:
        if child.span is None and not task.entry.days:
            child.span = task.span
            child.why["start"] = "the days of the task it belongs to"
        _share(child)


def pace(
    dated: Sequence[Dated], working: frozenset[int], start: date, per_week: int | None, per_day: int | None
) -> None:
    """Put undated work of the whole plan on working days from the start on, so many a week or a day."""
    loose = [
        each for root in dated for each in root.walk()
        if each.span is None and each.entry.kind is Kind.TASK and (each.parent is None or each.parent.span is None)
    ]  # fmt: skip
    loose = [each for each in loose if each.parent is None or each.parent.entry.kind is Kind.PERIOD]
    days = sorted(working)
    for at, each in enumerate(loose):
        if per_day is not None:
            day = _nth_working(start, at // per_day, working)
        else:
            week, slot = divmod(at, per_week or 1)
            monday = start + week * 7 * DAY
            day = _nth_working(monday, slot * len(days) // max(per_week or 1, 1), working)
        each.span = Days(day, day + DAY)
        each.why["start"] = "an undated list at the pace that the front matter gives"
        _share(each)


def _nth_working(day: date, count: int, working: frozenset[int]) -> date:
    """The working day `count` working days after the first one on or after `day`."""
    day = first_working(day, working)
    for _ in range(count):
        day = first_working(day + DAY, working)
    return day


def first_working(day: date, working: frozenset[int]) -> date:
    """The first working day on or after a day."""
    while day.isoweekday() not in working:
        day += DAY
    return day
