"""Every entry gets its days: written ones first, then counted ones, then those of what stands below."""

from collections.abc import Iterable, Sequence
from datetime import date

from sync.model import Days, Kind, Problem, Severity
from sync.reading.expressions import Bound, Extent, Ordinal, Unit
from sync.reading.roadmap import Entry
from sync.scheduling.calendar import DAY, POINTS, Frame, Impossible, add_months, each_day, impossible
from sync.scheduling.dated import Dated
from sync.scheduling.siblings import agree, span_below

THIRD = {Bound.BEGIN: 0, Bound.MID: 1, Bound.LATE: 2}
PARTS = len(THIRD)
IN_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
IN_MONTHS = {Unit.QUARTER: 3, Unit.YEAR: 12}


def date_all(frame: Frame, entries: Iterable[Entry]) -> list[Dated]:
    """Date a document's entries."""
    dated = _date_each(frame, entries, None)
    for each in dated:
        _settle(each)
    return dated


def _date_each(frame: Frame, entries: Iterable[Entry], parent: Dated | None) -> list[Dated]:
    """Date siblings in their order: periods that only have a length, or numbers of their own, follow one another."""
    made: list[Dated] = []
    at = begin_of(frame, parent)
    previous, frame.previous = frame.previous, {}
    for entry in entries:
        each = _date(frame, entry, parent, at)
        made.append(each)
        if each.span is not None and entry.kind is Kind.PERIOD:
            at = each.span.until
    frame.previous = previous
    agree(frame, made)
    return made


def begin_of(frame: Frame, parent: Dated | None) -> date | None:
    """Where the first period below a parent begins, as far as one knows before it is read."""
    while parent is not None:
        if parent.span is not None:
            return parent.span.first
        if parent.begins is not None:
            return parent.begins
        parent = parent.parent
    return frame.start


def _date(frame: Frame, entry: Entry, parent: Dated | None, at: date | None) -> Dated:
    """The entry's own place, then its children within it, then its place by theirs."""
    within = _around(parent)
    made = Dated(entry, parent)
    made.span = _own(frame, made, within)
    if made.span is None and entry.kind is Kind.PERIOD:
        made.begins = at
        if entry.when.extent is not None and at is not None:
            made.span = Days(at, _after(at, entry.when.extent))
            made.why["start"] = f"{_length(entry.when.extent)} in sequence from {at}"
    made.explicit = made.span is not None
    if (
        made.span is None
        and within is not None
        and entry.kind is Kind.SESSION
        and not entry.recurs
        and (within.until - within.first).days == 1
    ):
        made.span = within
    if made.span is None and within is not None and entry.days and entry.kind is not Kind.SESSION:
        made.span = _weekdays_in(within, entry.days)
        made.why |= {"start": "the weekday of its column, inside its week"} if made.span is not None else {}
    made.children = _date_each(frame, entry.children, made)
    if entry.kind is Kind.PERIOD:
        _by_children(entry, made)
    return made


def _weekdays_in(within: Days, weekdays: Sequence[int]) -> Days | None:
    """From the first day of a span that is the first of some weekdays to the last of them behind it."""
    first = next((day for day in each_day(within) if day.isoweekday() == weekdays[0]), None)
    if first is None:
        return None
    until = first + (weekdays[-1] - weekdays[0] + 1) * DAY
    return Days(first, max(first + DAY, min(until, within.until)))


def _around(parent: Dated | None) -> Days | None:
    while parent is not None and parent.span is None:
        parent = parent.parent
    return parent.span if parent is not None else None


def _own(frame: Frame, made: Dated, within: Days | None) -> Days | None:
    """The place that the entry's own text gives it."""
    when, due = made.entry.when, frame.roadmap.options.due
    if when.corrected is not None:
        made.why["start"] = "the date that the front matter gives this line"
        return frame.resolve(when.corrected, None)
    if when.written is not None:
        span = _written(frame, made, within)
        if span is not None:
            return _lasting(made.entry, span)
    if when.offset is not None and (span := frame.countdown(when.offset)) is not None:
        side = "counted from" if when.offset.after else "counted back from"
        made.why["start"] = f"{side} the date of {frame.why_event}"
        return _bounded(made.entry, span, when.bound, due)
    for ordinal in (when.inner, when.ordinal):
        span = _numbered(frame, made, ordinal) if ordinal is not None else None
        if span is not None:
            bound = when.bound or (Bound.END if made.entry.kind in POINTS and not made.entry.topic else None)
            return _bounded(made.entry, span, bound, due)
    return None


def _lasting(entry: Entry, span: Days) -> Days:
    """What has only its first day written lasts as long as it says: a row of a grid, the week of 4 May, 3 days."""
    extent, ordinal = entry.when.extent, entry.when.ordinal
    if extent is None and entry.kind is Kind.PERIOD and ordinal is not None and ordinal.unit is Unit.WEEK:
        weeks = (ordinal.last or ordinal.first) - ordinal.first + 1
        extent = Extent(weeks, Unit.WEEK) if weeks > 0 else None
    if entry.kind in POINTS or extent is None or span.until - span.first != DAY:
        return span
    return Days(span.first, _after(span.first, extent))


def _numbered(frame: Frame, made: Dated, ordinal: Ordinal) -> Days | None:
    """The days of a numbered unit, as far as the numbers run forward."""
    try:
        span = frame.count(ordinal, begin_of(frame, made.parent))
    except Impossible as problem:
        made.flawed = True
        frame.problems.append(impossible(made.entry.line, str(problem)))
        return None
    if span is not None and span.until <= span.first:
        made.flawed = True
        told = f"The range runs backwards, from {ordinal.unit} {ordinal.first} to {ordinal.last}."
        frame.problems.append(_backwards(made.entry.line, told, "Swap or correct the two numbers."))
        return None
    if span is None:
        return None
    made.why["start"] = _counted(frame, ordinal)
    return _clipped(frame, ordinal, span, made.parent)


def _clipped(frame: Frame, ordinal: Ordinal, span: Days, parent: Dated | None) -> Days:
    """A counted span never runs past the written end of what it stands in: the last week is not stretched."""
    while parent is not None and (parent.span is None or parent.entry.when.written is None):
        parent = parent.parent
    end = frame.end + DAY if frame.end is not None else None
    until = parent.span.until if parent is not None and parent.span is not None else end
    ends = [
        end
        for run, end in frame.limits
        if run.unit is ordinal.unit and run.first <= ordinal.first <= (run.last or 0)
    ]
    for end in [*ends, *([until] if until is not None else [])]:
        if span.first < end < span.until:
            span = Days(span.first, end)
    return span


def _written(frame: Frame, made: Dated, within: Days | None) -> Days | None:
    entry, written = made.entry, made.entry.when.written
    assert written is not None
    try:
        span = frame.resolve(written, within, entry.kind)
    except Impossible as problem:
        made.flawed = True
        frame.problems.append(impossible(entry.line, str(problem)))
        return None
    if span is None:
        return None
    if span.until <= span.first:
        made.flawed = True
        told = f"The range ends on {span.last} before it starts on {span.first}."
        frame.problems.append(_backwards(entry.line, told, "Swap or correct the two dates."))
        return None
    if written.first.year is None and written.last.year is None:
        made.why["start"] = f"the year {span.first.year} is not written here; it follows from the text around"
    made.named = span
    return _bounded(entry, _by_weekday(frame, made, span), entry.when.bound, frame.roadmap.options.due)


def _backwards(line: int, told: str, mend: str) -> Problem:
    return Problem(line, Severity.ERROR, "end-before-start", told, mend)


def _by_weekday(frame: Frame, made: Dated, span: Days) -> Days:
    """The nearest day with the weekday that is written, where the front matter lets weekdays win."""
    weekday = made.entry.when.written.first.weekday if made.entry.when.written is not None else None
    if weekday is None or frame.roadmap.options.conflict != "weekday":
        return span
    shift = (weekday - span.first.isoweekday() + 3) % 7 - 3
    if shift:
        made.why["start"] = "moved to the weekday that is written, as `conflict: weekday` says"
    return Days(span.first + shift * DAY, span.until + shift * DAY)


def _bounded(entry: Entry, span: Days, bound: Bound | None, due: str) -> Days:
    """A span that its words narrow: "by May" to its last day (its first with `due: start`), "mid-May" to its middle.

    A part of the plan that lies early, in the middle or late in a span is a third of it.
    """
    if bound in {None, Bound.SINCE}:
        return span
    if bound is Bound.BY:
        return Days(span.first, span.first + DAY) if due == "start" else Days(span.last, span.until)
    days = (span.until - span.first).days
    if entry.kind is Kind.PERIOD and bound in THIRD and days >= PARTS:
        at = THIRD[bound]
        until = span.first + days * (at + 1) // PARTS * DAY
        return Days(span.first + days * at // PARTS * DAY, until)
    middle = span.first + max(days // 2 - 1, 0) * DAY
    day = {Bound.BEGIN: span.first, Bound.MID: middle}.get(bound, span.last)
    return Days(day, day + DAY)


def _counted(frame: Frame, ordinal: Ordinal) -> str:
    unit = f"{ordinal.unit} {ordinal.first}"
    if ordinal.iso or (ordinal.unit is Unit.WEEK and frame.iso):
        return f"calendar {unit} of {frame.year or ''}".rstrip()
    if ordinal.unit in frame.restarting:
        return f"{unit} counted from the beginning of its period"
    return (
        f"{unit} counted from {frame.start} ({frame.why_start})" if frame.start else f"{unit} of the calendar"
    )


def _by_children(entry: Entry, made: Dated) -> None:
    """The finest unit with content wins over a coarser count; written dates stay."""
    if entry.when.written is not None and made.span is not None:
        return
    union = span_below(made)
    if union is None:
        return
    if made.span is None:
        made.span = union
        made.why["start"] = "from what stands below it"
    elif union.first < made.span.first or union.until > made.span.until:
        made.span = union
        made.why["start"] = "from the days that are numbered below it"


def _length(extent: Extent) -> str:
    return f"{extent.count} {extent.unit}{'' if extent.count == 1 else 's'}"


def _after(begin: date, extent: Extent) -> date:
    if extent.unit in IN_DAYS:
        return begin + extent.count * IN_DAYS[extent.unit] * DAY
    return add_months(begin, extent.count * IN_MONTHS.get(extent.unit, 1))


def _settle(dated: Dated) -> None:
    """Points without a date close their period; parts of a task share its days."""
    for child in dated.children:
        if (
            child.span is None
            and not child.flawed
            and dated.span is not None
            and child.entry.kind in {Kind.MILESTONE, Kind.DEADLINE}
        ):
            child.span = Days(dated.span.last, dated.span.until)
            child.why["start"] = "the last day of its period"
        _settle(child)
