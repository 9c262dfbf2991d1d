"""Tables: rows that are days, weeks or tasks; tables that only measure or explain stay context."""

import re
from collections.abc import Sequence

from sync.model import Kind, Role
from sync.reading.cells import clock, is_done, length, notes
from sync.reading.columns import PLACES, Columns, cell, read_columns
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.draft import Draft
from sync.reading.entries import hold, parent_for
from sync.reading.expressions import Extent, Ordinal, Unit, Weekdays
from sync.reading.grids import comes_again, grid
from sync.reading.inline import bare, box, clean, is_struck
from sync.reading.nodes import Node, Shape
from sync.reading.placing import is_day_range, is_single_day, place
from sync.reading.roadmap import When
from sync.reading.rows import row_place

BREAKS = re.compile(r"\s*<br\s*/?>\s*(?:[-•*]\s*)?", re.IGNORECASE)
ROLE = {
    Kind.PERIOD: Role.PERIOD, Kind.SESSION: Role.SESSION, Kind.TASK: Role.TASK,
    Kind.MILESTONE: Role.MILESTONE, Kind.DEADLINE: Role.DEADLINE,
}  # fmt: skip


def table(desk: Desk, node: Node, context: Context) -> None:
    """Read a table."""
    header = next((row for row in node.children if row.shape is Shape.HEADER), None)
    rows = [row for row in node.children if row.shape is Shape.ROW]
    if header is not None:
        desk.mark(header, Role.HEADING, context.owner)
    columns = read_columns(desk, header, rows)
    if not context.quiet and header is not None and grid(desk, header, rows, columns, context):
        return
    aside = context.section in CONTEXT_SECTIONS and not _is_overview(columns, context)
    if context.quiet or aside or not _is_plan(desk, rows, columns, context):
        for row in rows:
            desk.note(_as_text(row), context)
        return
    _rows(desk, rows, columns, context)


def _is_overview(columns: Columns, context: Context) -> bool:
    """Whether a table among tips and overviews is the plan itself: its rows are dated weeks or days."""
    talk = context.section in {"template", "chatter"}
    return not talk and bool({"week", "day", "date"} & set(columns.kinds))


def _as_text(row: Node) -> Node:
    row.text = " | ".join(clean(cell) for cell in row.cells if cell)
    return row


def _is_plan(desk: Desk, rows: Sequence[Node], columns: Columns, context: Context) -> bool:
    """Whether rows are work: they have a place or a time, or are the only work of a dated block."""
    if "title" not in columns.kinds or "measure" in columns.kinds:
        return False
    placed = any(kind in PLACES | {"start", "end"} for kind in columns.kinds)
    placed = placed or _has_extents(desk, rows, columns)
    timed = "time" in columns.kinds and bool(context.period.when)
    work = context.items_are_work and context.period is not desk.root and "title" in columns.kinds
    return placed or timed or work


def _has_extents(desk: Desk, rows: Sequence[Node], columns: Columns) -> bool:
    """Whether the durations are weeks or months, which put the rows one after another."""
    return any(desk.phrase(clean(cell(row, at))).first(Extent) for row in rows for at in columns.of("length"))


def _rows(desk: Desk, rows: Sequence[Node], columns: Columns, context: Context) -> None:
    stages = columns.of("date")
    if len(stages) > 1 and all(sum(bool(cell(row, at)) for row in rows) > len(rows) / 2 for at in stages):
        for row in rows:
            _stages(desk, row, columns, context, stages)
        return
    before = When()
    weekday: Weekdays | None = None
    for row in rows:
        when, day = row_place(desk, row, columns)
        places = columns.of(*PLACES)
        if not when and day is None and places and not any(cell(row, at) for at in places):
            when, day = before, weekday
        before, weekday = when, day
        _row(desk, row, columns, context, when, day)


def _stages(desk: Desk, row: Node, columns: Columns, context: Context, stages: Sequence[int]) -> None:
    """A row with a date for each of several stages: "Chapter 1 | first draft 29 May | revised 12 June"."""
    subject = next((cell(row, at) for at in columns.of("title") if cell(row, at)), "")
    made = []
    for at in stages:
        when = place(desk.phrase(bare(clean(cell(row, at)))))
        if when and subject:
            made.append(_piece(desk, row, columns, context, when, None, f"{subject}: {columns.names[at]}"))
    found = [draft for draft in made if draft is not None]
    if found:
        desk.mark(row, ROLE[found[0].kind], *found)
    else:
        desk.mark(row, Role.NOTE, context.owner)


def _row(
    desk: Desk, row: Node, columns: Columns, context: Context, when: When, weekday: Weekdays | None
) -> None:
    if (
        columns.subjects
        and when
        and not (is_single_day(when) or when.unit is Unit.DAY or _is_dated_run(when))
    ):
        _subjects(desk, row, columns, context, when)
        return
    markup = next((cell(row, at) for at in columns.of("title") if cell(row, at)), "")
    # a day's cell may list several tasks; a week's or a routine's is one thing with parts
    day = bool(when) and (is_single_day(when) or when.unit is Unit.DAY)
    pieces = [piece for piece in BREAKS.split(markup) if piece.strip()] if day else [BREAKS.sub(", ", markup)]
    made = [
        draft
        for piece in pieces
        if (draft := _piece(desk, row, columns, context, when, weekday, piece)) is not None
    ]
    if not made:
        desk.mark(row, Role.NOTE, context.owner)
        return
    desk.mark(row, ROLE[made[0].kind], *made)


def _subjects(desk: Desk, row: Node, columns: Columns, context: Context, when: When) -> None:
    """A week with the work of each subject: "Week 1 | Maths: sequences | Physics: waves"."""
    at = next(iter(columns.of(*PLACES)), 0)
    text = bare(clean(cell(row, at)))
    phrase = desk.phrase(text)
    week = desk.draft(
        Kind.PERIOD, text if phrase.first(Ordinal) else f"{columns.names[at]} {text}", row, when
    )
    hold(week, parent_for(when, context, row))
    inside = context.inside(period=week, owner=week)
    made = [
        draft
        for at in columns.subjects
        if cell(row, at)
        and (
            draft := _piece(desk, row, columns, inside, When(), None, f"{columns.names[at]}: {cell(row, at)}")
        )
    ]
    for draft in made:
        draft.notes.clear()
    desk.mark(row, Role.PERIOD, week, *made)


def _piece(
    desk: Desk,
    row: Node,
    columns: Columns,
    context: Context,
    when: When,
    weekday: Weekdays | None,
    markup: str,
) -> Draft | None:
    """The entry of one piece of a title cell; None for a blank one and for rest."""
    marked = box(markup)
    words = bare(clean(marked.rest if marked else markup))
    if not words or desk.is_rest(words, 4) or desk.is_only("rest", words):
        return None
    made = _draft(desk, row, context, when, weekday, words, markup)
    made.done = is_done(desk, row, columns) or bool(marked and marked.done) or is_struck(markup)
    made.clock = clock(desk, row, columns)
    made.length = length(desk, row, columns)
    made.notes.extend(notes(desk, row, columns))
    return made


def _draft(
    desk: Desk, row: Node, context: Context, when: When, weekday: Weekdays | None, words: str, markup: str
) -> Draft:
    """The entry of a row: a week is a period, a weekday a routine or a day of its week, else a task."""
    strong = markup.strip().startswith("**") or len(words.split()) <= 4
    again = weekday is not None and not when and comes_again(context.period.when, weekday.days)
    if strong and not again and desk.says("milestone", words):
        kind = Kind.MILESTONE
    elif when and not (is_single_day(when) or when.unit is Unit.DAY or _is_dated_run(when)):
        kind = Kind.PERIOD
    elif again:
        kind = Kind.SESSION
    else:
        kind = Kind.TASK
    made = desk.draft(kind, words, row, when)
    made.tick = kind in {Kind.TASK, Kind.SESSION}
    made.topic = bool(when) or (weekday is not None and kind is Kind.TASK)
    if weekday is not None and not when:
        made.days = weekday.days
        made.turn = context.turn
    hold(made, parent_for(when, context, row) if when else context.period)
    return made


def _is_dated_run(when: When) -> bool:
    """Whether a row has just a first and a last date: one piece of work over several days."""
    return when.ordinal is None and is_day_range(when)
