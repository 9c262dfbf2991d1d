"""What the columns of a table hold: by their headings, and by what stands in them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.reading.desk import Desk
from sync.reading.expressions import Clock, Expression, Extent, Length, Ordinal, Unit, Weekdays, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import bare, clean
from sync.reading.nodes import Node

COLUMN_ORDER = (
    "date", "weekday", "week", "day", "month", "phase", "start", "end", "time", "end_time", "length", "status", "count",
    "output", "title", "note", "measure",
)  # fmt: skip
PLACES = frozenset({"date", "weekday", "week", "day", "month", "phase", "place"})
COUNTED = {"week": Unit.WEEK, "day": Unit.DAY, "month": Unit.MONTH, "phase": Unit.PHASE}
TOLD_BY_CONTENT = frozenset({"", "title", "time", "length", "start", "end", *PLACES})
COUNT = re.compile(r"[#.\s]*(?P<first>\d{1,4})(?:\s*[-–—]\s*(?P<last>\d{1,4}))?[#.)\s]*(?=[(\[（:：,]|$)")
"""The number of a row in a column that counts, alone or before its dates: 3, 3 (Feb 2-8)."""
MOST = 0.6
"""The share of filled cells that must agree on what a column holds."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table holds, by its index."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    subjects: tuple[int, ...] = ()
    """Columns that stand side by side, none of them the title: Maths, Physics, Philosophy."""

    def of(self, *kinds: str) -> list[int]:
        """The indexes of the columns of some kinds."""
        return [at for at, kind in enumerate(self.kinds) if kind in kinds]


def cell(row: Node, at: int) -> str:
    """The markup of a cell; empty where the row is too short."""
    return row.cells[at] if at < len(row.cells) else ""


def counted(kind: str, text: str) -> tuple[Ordinal, int] | None:
    """The numbered unit with which a cell of a column that counts begins, and how many characters tell it."""
    number = COUNT.match(text) if kind in COUNTED else None
    if number is None:
        return None
    first = int(number["first"])
    return Ordinal(COUNTED[kind], first, int(number["last"] or first)), number.end()


def read_columns(desk: Desk, header: Node | None, rows: Sequence[Node]) -> Columns:
    """Name the columns by their headings, and by what stands in them where the heading tells nothing."""
    names = tuple(bare(clean(text)) for text in header.cells) if header is not None else ()
    kinds = [_kind(desk, name, [cell(row, at) for row in rows]) for at, name in enumerate(names)]
    subjects: list[int] = []
    if "title" not in kinds:
        subjects = [at for at, kind in enumerate(kinds) if kind == "" and _is_filled(rows, at)]
        free = _most_telling([at for at, kind in enumerate(kinds) if kind == ""], rows)
        if free is None:
            free = next((at for at, kind in enumerate(kinds) if kind in {"output", "note", "phase"}), None)
        if free is not None:
            kinds[free] = "title"
    return Columns(names, tuple(kinds), tuple(subjects) if len(subjects) > 1 else ())


def _is_filled(rows: Sequence[Node], at: int) -> bool:
    return sum(bool(cell(row, at)) for row in rows) > len(rows) / 2


def _kind(desk: Desk, name: str, cells: Sequence[str]) -> str:
    order = COLUMN_ORDER if desk.is_only("column", name) else ()
    named = next((kind for kind in order if desk.is_only(f"column:{kind}", name)), "")
    filled = [desk.phrase(bare(clean(text))) for text in cells if text.strip()]
    if not filled or named not in TOLD_BY_CONTENT:
        return named
    return _by_content(named, filled)


def _most_telling(columns: Sequence[int], rows: Sequence[Node]) -> int | None:
    """The column whose cells differ most; the first where several do."""
    if not columns:
        return None
    return max(columns, key=lambda at: (len({cell(row, at) for row in rows}), -at))


def _by_content(named: str, filled: Sequence[Phrase]) -> str:
    """Check a column's kind against its cells: a Day column may hold weekdays, dates or numbers."""

    def mostly(holds: Callable[[Phrase], bool]) -> bool:
        """Whether enough of the filled cells agree."""
        return sum(map(holds, filled)) >= MOST * len(filled)

    def told(kind: type[Expression], most: int) -> bool:
        """Whether most cells are an expression of a kind with fewer than so many characters beside it."""
        return mostly(lambda each: each.first(kind) is not None and len(each.rest) < most)

    if mostly(_is_weekday):
        return "weekday"
    if named in COUNTED and mostly(lambda each: COUNT.match(each.text) is not None):
        return named
    if told(Written, 12):
        return named if named in {"start", "end"} else "date"
    if told(Ordinal, 4):
        return named if named in COUNTED else "place"
    if told(Clock, 12):
        return "time"
    if mostly(lambda each: (each.first(Length) or each.first(Extent)) is not None and len(each.rest) < 8):
        return "length"
    return _untold(named, mostly)


def _untold(named: str, mostly: Callable[[Callable[[Phrase], bool]], bool]) -> str:
    """The kind of a column whose cells hold no times."""
    if named == "weekday" and mostly(lambda each: each.text.strip("#. ").isdigit()):
        return "day"
    if named in COUNTED:
        return "title" if named == "phase" else ""
    return "" if named in {"weekday", "date", "time", "length", "start", "end"} else named


def _is_weekday(phrase: Phrase) -> bool:
    return len(phrase.found) == 1 and isinstance(phrase.found[0].value, Weekdays)
