"""What the cells beside a row's title say: its done mark, its hours, how long it takes, and all the rest as notes."""

from collections.abc import Iterator
from dataclasses import replace

from sync.reading.columns import PLACES, Columns, cell
from sync.reading.desk import Desk
from sync.reading.expressions import Clock, Extent, Length
from sync.reading.inline import clean, is_ticked
from sync.reading.nodes import Node

DONE_CELLS = frozenset({"x", "✓", "✔", "✅", "☑", "[x]", "100%", "100 %"})
READ = PLACES | {"count"}
"""Columns that say where a row stands; they are no notes."""


def is_done(desk: Desk, row: Node, columns: Columns) -> bool:
    """Whether the cell of a status column says that the work is done."""
    return any(_says_done(desk, cell(row, at)) for at in columns.of("status"))


def _says_done(desk: Desk, markup: str) -> bool:
    text = markup.strip("* ")
    return text.casefold() in DONE_CELLS or is_ticked(markup) or desk.is_only("done", text)


def clock(desk: Desk, row: Node, columns: Columns) -> Clock | None:
    """The hours that one column gives, or one its beginning and another its end."""
    found = list(_clocks(desk, row, columns))
    if len(found) > 1 and found[0].end is None and found[0].begin < found[1].begin:
        return replace(found[0], end=found[1].begin, zone=found[0].zone or found[1].zone)
    return found[0] if found else None


def _clocks(desk: Desk, row: Node, columns: Columns) -> Iterator[Clock]:
    for at in columns.of("time", "end_time") or columns.of("date", "end"):
        told = desk.phrase(clean(cell(row, at))).first(Clock)
        if told is not None:
            yield told


def length(desk: Desk, row: Node, columns: Columns) -> Length | None:
    """How long the row's work takes, by its own column."""
    told = (desk.phrase(clean(cell(row, at))).first(Length) for at in columns.of("length"))
    return next((each for each in told if each is not None), None)


def notes(desk: Desk, row: Node, columns: Columns) -> list[str]:
    """Every cell that nothing else was read from, under the name of its column."""
    title = next((at for at in columns.of("title") if cell(row, at)), None)
    told = []
    for at, name in enumerate(columns.names):
        if at == title or columns.kinds[at] in READ or _is_read(desk, columns.kinds[at], cell(row, at)):
            continue
        lines = [
            clean(line) for line in cell(row, at).replace("<br>", "\n").replace("<br/>", "\n").split("\n")
        ]
        text = "\n".join(line for line in lines if line)
        if text:
            told.append(f"{name}: {text}" if name else text)
    return told


def _is_read(desk: Desk, kind: str, markup: str) -> bool:
    """Whether a cell of times, lengths or done marks was understood as such."""
    phrase = desk.phrase(clean(markup))
    if kind in {"time", "end_time"}:
        return phrase.first(Clock) is not None
    if kind == "length":
        return phrase.first(Length) is not None or phrase.first(Extent) is not None
    return kind == "status" and (_says_done(desk, markup) or not any(char.isalnum() for char in markup))
