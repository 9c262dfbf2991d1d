"""Tables: rows that are days, weeks or tasks; tables that only measure or explain stay context."""

import re
from collections.abc import Sequence

from sync.model import Kind, Role
from sync.reading.columns import PLACES, Columns, cell, read_columns
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.draft import Draft
from sync.reading.entries import hold, parent_for
from sync.reading.expressions import Clock, Extent, Length, Unit, Weekdays
from sync.reading.grids import grid
from sync.reading.inline import bare, box, clean, is_struck, is_ticked
from sync.reading.nodes import Node, Shape
from sync.reading.placing import is_single_day
from sync.reading.roadmap import When
from sync.reading.rows import row_place

BREAKS = re.compile(r"\s*<br\s*/?>\s*(?:[-•*]\s*)?", re.IGNORECASE)
ROLE = {
    Kind.PERIOD: Role.PERIOD, Kind.SESSION: Role.SESSION, Kind.TASK: Role.TASK,
    Kind.MILESTONE: Role.MILESTONE, Kind.DEADLINE: Role.DEADLINE,
}  # fmt: skip
DONE_CELLS = frozenset({"x", "✓", "✔", "✅", "☑", "[x]"})


def table(desk: Desk, node: Node, context: Context) -> None:
    """Read a table."""
    header = next((row for row in node.children if row.shape is Shape.HEADER), None)
    rows = [row for row in node.children if row.shape is Shape.ROW]
    if header is not None:
        desk.mark(header, Role.HEADING, context.owner)
        _ruler(desk, header, rows)
    columns = read_columns(desk, header, rows)
    if not context.quiet and header is not None and grid(desk, header, rows, columns, context):
        return
    if context.quiet or context.section in CONTEXT_SECTIONS or not _is_plan(desk, rows, columns, context):
        for row in rows:
            desk.note(_as_text(row), context)
        return
    _rows(desk, rows, columns, context)


def _ruler(desk: Desk, header: Node, rows: Sequence[Node]) -> None:
    """Mark the line of dashes below a header; a table in HTML has none."""
    if rows and rows[0].line == header.line + 1:
        return
    if desk.roles[header.line : header.line + 1] == [None]:
        desk.mark(Node(Shape.RULE, header.line + 1, header.line + 1), Role.SEPARATOR)


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
    before = When()
    weekday: Weekdays | None = None
    for row in rows:
        when, day = row_place(desk, row, columns)
        if not when and day is None and not any(cell(row, at) for at in columns.of(*PLACES)):
            when, day = before, weekday
        before, weekday = when, day
        _row(desk, row, columns, context, when, day)


def _row(
    desk: Desk, row: Node, columns: Columns, context: Context, when: When, weekday: Weekdays | None
) -> None:
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
    if not words or (desk.says("rest", words) and (len(words.split()) <= 4 or desk.is_only("rest", words))):
        return None
    made = _draft(desk, row, context, when, weekday, words, markup)
    made.done = _is_done(row, columns) or bool(marked and marked.done) or is_struck(markup)
    made.clock = _clock(desk, row, columns)
    made.length = _length(desk, row, columns)
    made.notes.extend(_notes(row, columns))
    return made


def _draft(
    desk: Desk, row: Node, context: Context, when: When, weekday: Weekdays | None, words: str, markup: str
) -> Draft:
    """The entry of a row: a week is a period, a weekday a routine or a day of its week, else a task."""
    strong = markup.strip().startswith("**") or len(words.split()) <= 4
    if strong and desk.says("milestone", words):
        kind = Kind.MILESTONE
    elif when and not (is_single_day(when) or when.unit is Unit.DAY or _is_dated_run(when)):
        kind = Kind.PERIOD
    elif weekday is not None and not when and not context.period.when:
        kind = Kind.SESSION
    else:
        kind = Kind.TASK
    made = desk.draft(kind, words, row, when)
    made.tick = kind in {Kind.TASK, Kind.SESSION}
    made.topic = bool(when)
    if weekday is not None and not when:
        made.days = weekday.days
        made.turn = context.turn
    hold(made, parent_for(when, context, row) if when else context.period)
    return made


def _is_dated_run(when: When) -> bool:
    """Whether a row has just a first and a last date: one piece of work over several days."""
    return when.written is not None and when.ordinal is None and when.written.last.day is not None


def _is_done(row: Node, columns: Columns) -> bool:
    return any(
        cell(row, at).strip("* ").casefold() in DONE_CELLS or is_ticked(cell(row, at))
        for at in columns.of("status")
    )


def _clock(desk: Desk, row: Node, columns: Columns) -> Clock | None:
    for at in columns.of("time"):
        found = desk.phrase(clean(cell(row, at))).first(Clock)
        if found is not None:
            return found
    return None


def _length(desk: Desk, row: Node, columns: Columns) -> Length | None:
    for at in columns.of("length"):
        found = desk.phrase(clean(cell(row, at))).first(Length)
        if found is not None:
            return found
    return None


def _notes(row: Node, columns: Columns) -> list[str]:
    """Every other cell, under the name of its column."""
    told = []
    for at, name in enumerate(columns.names):
        text = cell(row, at).replace("<br>", "\n").replace("<br/>", "\n")
        lines = [clean(line) for line in text.split("\n")]
        if columns.kinds[at] not in PLACES | {"title", "status", "count", "time", "length"} and any(lines):
            told.append(f"{name}: " + "\n".join(line for line in lines if line) if name else "\n".join(lines))
    return told
