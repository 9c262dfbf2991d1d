"""Fenced blocks: schedules, gantt charts and JSON are read, everything else is kept as it is."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from sync.model import Kind, Role
from sync.reading.desk import Context, Desk
from sync.reading.document import outline
from sync.reading.draft import Draft
from sync.reading.entries import hold
from sync.reading.expressions import Clock, PartialDate, Weekdays, Written
from sync.reading.inline import bare, clean
from sync.reading.nodes import Node, Shape
from sync.reading.placing import place
from sync.reading.roadmap import When

PLAIN = frozenset({"", "text", "txt", "md", "markdown", "plain", "plaintext"})
FEWEST = 2
"""Lines with a place in time from which a plain fence counts as a schedule."""
SEAM = re.compile(r"_|-|(?<=[a-z])(?=[A-Z])")
"""Where the name of a key has a blank in a column's heading: due_date, dueDate."""
FIRST = ("date", "start", "day")
LENGTHS = {"d": 1, "w": 7, "h": 0, "m": 0, "s": 0}
GANTT_TASK = re.compile(r"^\s*(?P<title>[^:]+?)\s*:\s*(?P<facts>.+)$")
LENGTH = re.compile(r"(?P<count>\d+(?:\.\d+)?)(?P<unit>[dwhms])(?:s|in)?")


def fence(desk: Desk, node: Node, context: Context) -> bool:
    """Read a fence that holds a plan; False for one that is to be kept as it is."""
    if desk.options.fences == "skip" or context.quiet:
        return False
    info = node.info.split()[0].casefold() if node.info else ""
    if info == "mermaid" and "gantt" in node.markup:
        return _gantt(desk, node, context)
    if info in {"json", "json5", "jsonc", *PLAIN} and node.markup.lstrip()[:1] in {"[", "{"}:
        return _json(desk, node, context)
    if desk.options.fences == "read" or info in PLAIN:
        return _schedule(desk, node, context)
    return False


def _frame(desk: Desk, node: Node) -> None:
    """The fence's own lines and all that nothing is made from."""
    desk.mark(node, Role.NOTE)


# --- a schedule in plain lines ---


def _schedule(desk: Desk, node: Node, context: Context) -> bool:
    lines = node.markup.split("\n")
    placed = sum(_is_placed(desk, line) for line in lines)
    if placed < FEWEST and desk.options.fences != "read":
        return False
    root = outline(lines, 0, lambda text: _is_placed(desk, text))
    for below in root.walk():
        below.line += node.line
        below.end += node.line
    desk.all(root.children, context)
    _frame(desk, node)
    return True


def _is_placed(desk: Desk, line: str) -> bool:
    phrase = desk.phrase(bare(clean(line.strip().lstrip("-*+• "))))
    head = phrase.found[0] if phrase.found else None
    if head is None or head.begin > 0:
        return False
    return isinstance(head.value, Weekdays | Clock) or bool(place(phrase) and not place(phrase).extent)


# --- mermaid gantt (https://mermaid.js.org/syntax/gantt.html) ---


def _gantt(desk: Desk, node: Node, context: Context) -> bool:
    ends: dict[str, date] = {}
    section, last = context.period, None
    for at, line in enumerate(node.markup.split("\n"), start=node.line + 1):
        words = line.strip()
        piece = Node(Shape.ITEM, at, at, markup=words, text=words)
        if words.startswith("section "):
            section = desk.draft(Kind.PERIOD, bare(clean(words[8:])), piece)
            hold(section, context.period)
            desk.mark(piece, Role.PERIOD, section)
            continue
        match = GANTT_TASK.match(words)
        if match is None or words.startswith(
            ("title", "dateFormat", "axisFormat", "excludes", "todayMarker", "tickInterval")
        ):
            continue
        last = _gantt_task(desk, piece, section, match, ends, last)
    _frame(desk, node)
    return True


def _gantt_task(
    desk: Desk, piece: Node, section: Draft, match: re.Match[str], ends: dict[str, date], last: date | None
) -> date | None:
    """Make a task from its facts (tags, id, start, end or length); the day after it is remembered for "after"."""
    facts = [fact.strip() for fact in match["facts"].split(",")]
    tags = {fact for fact in facts if fact in {"done", "active", "crit", "milestone", "vert"}}
    rest = [fact for fact in facts if fact not in tags]
    start, until, name = _gantt_span(rest, ends, last)
    made = desk.draft(
        Kind.MILESTONE if "milestone" in tags else Kind.TASK, bare(clean(match["title"])), piece
    )
    made.tick, made.done = made.kind is Kind.TASK, "done" in tags
    if start is not None and until is not None:
        made.when = When(written=Written(_part(start), _part(max(start, until - timedelta(days=1)))))
        if name:
            ends[name] = until
    section.children.append(made)
    desk.mark(piece, Role.MILESTONE if made.kind is Kind.MILESTONE else Role.TASK, made)
    return until or last


def _gantt_span(
    rest: list[str], ends: dict[str, date], last: date | None
) -> tuple[date | None, date | None, str]:
    """First day, the day after the last one, and the id; a task without a start follows the one above."""
    name, start, until = "", None, None
    for fact in rest:
        found, length = _iso(fact), LENGTH.fullmatch(fact)
        if fact.startswith("after "):
            known = [ends[each] for each in fact.split()[1:] if each in ends]
            start = max(known) if known else start
        elif found is not None:
            start, until = (found, until) if start is None else (start, found)
        elif length is not None:
            start = start or last
            days = round(float(length["count"]) * LENGTHS[length["unit"]])
            until = start + timedelta(days=max(days, 0)) if start else None
        elif not name:
            name = fact
    start = start or last
    return start, (until if until is not None and start is not None else start), name


# --- JSON with date keys ---


def _json(desk: Desk, node: Node, context: Context) -> bool:
    try:
        data = json.loads(node.markup)
    except ValueError:
        return False
    lines = node.markup.split("\n")
    records = [_Record.of(desk, record) for record in _objects(data)]
    found = [record for record in records if record.first is not None]
    for record in found:
        words, first, last = record.title, record.first, record.last
        if not words or first is None:
            continue
        at = next(
            (
                number
                for number, line in enumerate(lines, start=node.line + 1)
                if json.dumps(words)[1:-1] in line or words in line
            ),
            node.line,
        )
        piece = Node(Shape.ITEM, at, at, text=words)
        made = desk.draft(
            Kind.TASK,
            bare(clean(words)),
            piece,
            When(written=Written(_part(first), _part(max(first, last or first)))),
        )
        made.tick = made.topic = True
        made.done = record.done
        context.period.children.append(made)
        desk.mark(piece, Role.TASK, made)
    if found:
        _frame(desk, node)
    return bool(found)


@dataclass(frozen=True, slots=True)
class _Record:
    """An object in the data, read like the row of a table: its keys are the names of columns."""

    title: str
    first: date | None
    last: date | None
    done: bool

    @classmethod
    def of(cls, desk: Desk, data: Mapping[str, object]) -> "_Record":
        """Read an object; of several keys for one thing the one counts that its list has first."""
        titles = [str(value) for value in _under(desk, data, "title") if isinstance(value, str | int)]
        ends = _days(_under(desk, data, "end"))
        starts = _days(value for kind in FIRST for value in _under(desk, data, kind))
        done = any(value is True for value in _under(desk, data, "status"))
        return cls(next(iter(titles), ""), next(iter([*starts, *ends]), None), next(iter(ends), None), done)


def _under(desk: Desk, data: Mapping[str, object], kind: str) -> list[object]:
    """The values whose keys name one kind of column."""
    names = desk.words.phrases[f"column:{kind}"]
    ranked = [(names.rank(SEAM.sub(" ", key)), value) for key, value in data.items() if value]
    return [
        value
        for _, value in sorted(
            ((rank, value) for rank, value in ranked if rank is not None), key=itemgetter(0)
        )
    ]


def _days(values: Iterable[object]) -> list[date]:
    return [day for value in values if (day := _iso(str(value))) is not None]


def _objects(data: object) -> Iterator[dict[str, object]]:
    """All objects in the data, outer ones first."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _objects(value)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _part(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
