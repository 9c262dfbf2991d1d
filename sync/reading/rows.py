"""The place in time of a table's row, put together from the columns that give one."""

from dataclasses import replace

from sync.reading.columns import PLACES, Columns, cell, counted
from sync.reading.desk import Desk
from sync.reading.expressions import Extent, PartialDate, Unit, Weekdays, Written
from sync.reading.inline import bare, clean
from sync.reading.nodes import Node
from sync.reading.placing import place
from sync.reading.roadmap import When


def row_place(desk: Desk, row: Node, columns: Columns) -> tuple[When, Weekdays | None]:
    """The place of a row, put together from its place columns."""
    when, weekday = When(), None
    for at in columns.of(*PLACES):
        text = bare(clean(cell(row, at)))
        kind = columns.kinds[at]
        number = counted(kind, text)
        if number is not None:
            when = replace(when, ordinal=when.ordinal or number[0])
            text = text[number[1] :]
        phrase = desk.phrase(text)
        if kind == "weekday" and isinstance(phrase.first(Weekdays), Weekdays):
            weekday = phrase.first(Weekdays)
            continue
        found = place(phrase)
        when = replace(
            when,
            ordinal=when.ordinal or found.ordinal,
            written=when.written or found.written,
            offset=when.offset or found.offset,
        )
    when = _between(desk, row, columns, when)
    if when.written is not None and weekday is not None and len(weekday.days) == 1:
        when = replace(when, written=_with_weekday(when.written, weekday.days[0]))
    return when, weekday


def _between(desk: Desk, row: Node, columns: Columns, when: When) -> When:
    """The place that columns for start, end and duration give."""
    ends = [desk.phrase(clean(cell(row, at))).first(Written) for at in columns.of("start", "end")]
    dates = [written for written in ends if written is not None]
    if dates and when.written is None:
        when = replace(when, written=Written(dates[0].first, dates[-1].last))
    for at in columns.of("length"):
        extent = desk.phrase(clean(cell(row, at))).first(Extent)
        counted = when.ordinal is not None and when.ordinal.unit is not Unit.PHASE
        if extent is not None and not (counted or when.written or when.offset):
            when = replace(when, extent=extent)
    return when


def _with_weekday(written: Written, day: int) -> Written:
    first: PartialDate = replace(written.first, weekday=written.first.weekday or day)
    return Written(first, first if written.first == written.last else written.last)
