"""Tables whose columns are times: weekdays, parts of the day, or units marked with a cross."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sync.model import Kind, Role
from sync.reading.columns import PLACES, Columns, cell, counted
from sync.reading.desk import Context, Desk
from sync.reading.draft import WORK, Draft
from sync.reading.entries import hold, parent_for
from sync.reading.expressions import Clock, DayPart, Extent, Length, Ordinal, Unit, Weekdays, Written
from sync.reading.inline import bare, clean
from sync.reading.nodes import Node
from sync.reading.placing import is_one_week, place
from sync.reading.roadmap import When
from sync.reading.rows import row_place
from sync.reading.titles import title

FEWEST = 3
"""Columns from which weekdays or units in the header make a grid; fewer may be chance."""
PARTS = 2
"""Columns from which parts of the day do."""
FEW_WORDS = 4
POINTS = frozenset({Kind.MILESTONE, Kind.DEADLINE})
BULLET = re.compile(r"^[-•*]\s+")
PIECES = re.compile(r"\s*(?:<br\s*/?>|\n)\s*", re.IGNORECASE)
MARK = re.compile(r"[xX✓✔✅●■█▓#*=+-]+")


def grid(desk: Desk, header: Node, rows: Sequence[Node], columns: Columns, context: Context) -> bool:
    """Read a table as a grid; False where its header names no times."""
    names = [desk.phrase(bare(clean(text))) for text in header.cells]
    days = {
        at: day.days for at, name in enumerate(names) if (day := name.first(Weekdays)) and len(name.rest) < 4
    }
    parts = {
        at: part.name
        for at, name in enumerate(names)
        if (part := name.first(DayPart)) and len(name.rest) < 12
    }
    units = {at: unit for at, name in enumerate(names) if at and (unit := place(name)) and not unit.extent}
    alone = len(days) == sum(bool(name.text) for name in names)
    if len(days) >= FEWEST or (len(days) > 1 and (alone or columns.of(*PLACES))):
        _by_weekday(desk, rows, columns, context, days)
    elif len(parts) >= PARTS:
        _by_part(desk, rows, columns, context, parts)
    elif len(units) >= FEWEST and _is_marked(rows, units):
        _by_mark(desk, rows, context, units)
    else:
        return False
    return True


def _by_weekday(
    desk: Desk, rows: Sequence[Node], columns: Columns, context: Context, days: dict[int, tuple[int, ...]]
) -> None:
    """Each row is a week (or every week, where it has no place), each cell the work of one weekday."""
    for row in rows:
        when, _ = row_place(desk, row, columns)
        period = _week(desk, row, columns, context, when) if when else context.period
        weekly = not when and comes_again(period.when)
        made = [
            draft
            for at, weekdays in days.items()
            for draft in _cell(desk, row, at, period, Kind.SESSION if weekly else Kind.TASK, weekdays)
        ]
        if when and any(cell(row, at) for at in days):
            period.rest = not any(draft.kind in WORK for draft in made)  # its cells are the work, or days off
        role = Role.PERIOD if when else Role.SESSION if weekly else Role.TASK
        desk.mark(row, role if made or when else Role.NOTE, *([period] if when else []), *made)


def comes_again(when: When, days: tuple[int, ...] = ()) -> bool:
    """Whether work on weekdays comes again within a place: in a week one day does not, elsewhere all do."""
    return len(days) > 1 or not is_one_week(when)


def _week(desk: Desk, row: Node, columns: Columns, context: Context, when: When) -> Draft:
    """The week that a row is; a single date begins it."""
    at = next(iter(columns.of(*PLACES)), 0)
    text = bare(clean(cell(row, at)))
    number = counted(columns.kinds[at], text)
    name = f"{columns.names[at]} {_figures(number[0])}" if number is not None else text
    if when.written is not None and when.written.first == when.written.last:
        when = replace(when, extent=Extent(1, Unit.WEEK))
    made = desk.draft(Kind.PERIOD, name or columns.names[at], row, when)
    hold(made, parent_for(when, context, row))
    return made


def _figures(ordinal: Ordinal) -> str:
    return f"{ordinal.first}" if ordinal.last == ordinal.first else f"{ordinal.first}-{ordinal.last}"


def _cell(
    desk: Desk,
    row: Node,
    at: int,
    period: Draft,
    kind: Kind,
    days: tuple[int, ...] = (),
    part: str | None = None,
) -> list[Draft]:
    """The tasks of one cell, one for each line in it."""
    made = []
    for piece in PIECES.split(cell(row, at)):
        words = bare(clean(BULLET.sub("", piece)))
        if not any(char.isalnum() for char in words) or desk.is_rest(words, 2) or desk.is_only("rest", words):
            continue
        phrase = desk.phrase(words)
        draft = desk.draft(_marked(desk, kind, words), title(phrase, drop=(Length, Clock)) or words, row)
        draft.tick, draft.days, draft.part = draft.kind not in POINTS, days, part
        draft.length, draft.clock = phrase.first(Length), phrase.first(Clock)
        hold(draft, period)
        made.append(draft)
    return made


def _marked(desk: Desk, kind: Kind, words: str) -> Kind:
    """A task of few words that name a point of the plan is one: Midterm, Paper 1 due."""
    if kind is not Kind.TASK or len(words.split()) > FEW_WORDS:
        return kind
    if desk.says("deadline", words):
        return Kind.DEADLINE
    return Kind.MILESTONE if desk.says("milestone", words) else kind


def _by_part(
    desk: Desk, rows: Sequence[Node], columns: Columns, context: Context, parts: dict[int, str]
) -> None:
    """Each row is a day, each cell the work of a part of it."""
    for row in rows:
        when, weekdays = row_place(desk, row, columns)
        made: list[Draft] = []
        for at, part in parts.items():
            kind = Kind.TASK if when or weekdays is None else Kind.SESSION
            days = weekdays.days if weekdays is not None and not when else ()
            for draft in _cell(desk, row, at, context.period, kind, days, part):
                draft.when = when
                made.append(draft)
        desk.mark(
            row,
            (Role.SESSION if made and made[0].kind is Kind.SESSION else Role.TASK) if made else Role.NOTE,
            *made,
        )


def _is_marked(rows: Sequence[Node], units: dict[int, When]) -> bool:
    """Whether the cells under the units are crosses and blanks."""
    texts = [bare(clean(cell(row, at))) for row in rows for at in units]
    return any(texts) and all(not text or MARK.fullmatch(text) for text in texts)


def _by_mark(desk: Desk, rows: Sequence[Node], context: Context, units: dict[int, When]) -> None:
    """Each row is one piece of work, from its first marked column to its last."""
    for row in rows:
        words = bare(clean(row.cells[0])) if row.cells else ""
        marked = [units[at] for at in units if at < len(row.cells) and row.cells[at].strip()]
        if not words or not marked:
            desk.mark(row, Role.NOTE, context.owner)
            continue
        made = desk.draft(Kind.TASK, words, row, _joined(marked[0], marked[-1]))
        made.tick = made.topic = True
        hold(made, context.period)
        desk.mark(row, Role.TASK, made)


def _joined(first: When, last: When) -> When:
    """From the beginning of one place to the end of another."""
    if first.ordinal is not None and last.ordinal is not None:
        return replace(first, ordinal=Ordinal(first.ordinal.unit, first.ordinal.first, last.ordinal.last))
    if first.written is not None and last.written is not None:
        return replace(first, written=Written(first.written.first, last.written.last))
    return first
