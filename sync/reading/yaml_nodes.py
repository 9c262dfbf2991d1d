"""YAML text as nodes that know their place, every scalar as it was written.

Built from parser events, not from Python values: YAML 1.1 would turn `off` into False, `19:00` into
1140 and an impossible date into an exception without a line. Nesting is bounded here, because the
recursion of a composer over hostile input ends the whole process.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import yaml

DEEPEST = 40
NOT_PLAIN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What YAML refuses, or takes for a line break where the document has none."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class NotYamlError(ValueError):
    """The text is not one YAML document; `line` says where that shows, from 0."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Place(NamedTuple):
    """A position between characters; both numbers count from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A scalar, a sequence or a mapping, from `start` up to but not including `end`."""

    kind: Literal["scalar", "sequence", "mapping"]
    style: Literal["plain", "quoted", "block", "flow"]
    start: Place
    end: Place
    """For a block collection the beginning of whatever follows it; `last_line` is exact."""
    text: str = ""
    items: tuple["Node", ...] = ()
    entries: tuple[tuple["Node", "Node"], ...] = ()
    alias: bool = False
    """Whether only a reference stands here; the parts of the node then lie elsewhere."""

    @property
    def is_null(self) -> bool:
        """Whether nothing is said."""
        return self.kind == "scalar" and self.style == "plain" and self.text in NULLS

    @property
    def is_block(self) -> bool:
        """Whether it takes whole lines of its own."""
        return self.style == "block" and not self.alias

    def last_line(self, lines: Sequence[str]) -> int:
        """Return the last line that holds any of it, blank lines and comments after it left out."""
        if not self.is_block:
            return self.end.line
        if self.kind == "mapping":
            return self.entries[-1][1].last_line(lines)
        if self.kind == "sequence":
            return self.items[-1].last_line(lines)
        last = self.end.line - (self.end.column == 0)
        while last > self.start.line and not lines[last].strip():
            last -= 1
        return last


def nodes(lines: Sequence[str], first: int = 0) -> Node | None:
    """Read the lines as one YAML document; None where it is empty.

    `first` is the number of the first line, from 0. Raises NotYamlError.
    """
    import yaml  # noqa: PLC0415  # a document without front matter does not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = "\n".join(NOT_PLAIN.sub(" ", line.rstrip("\r\n")) for line in lines)
    try:
        return _Builder(first).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYamlError(
            first + min(mark.line, len(lines) - 1) if mark else first, str(error.problem)
        ) from error


class _Builder:
    """Stacks parser events into nodes."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.named: dict[str, Node] = {}
        self.open: list[yaml.CollectionStartEvent] = []
        self.parts: list[list[Node]] = [[]]
        """What has been read at each depth; the document itself is the only part at depth 0."""

    def build(self, events: Iterable["yaml.Event"]) -> Node | None:
        """Return the root of the only document, None where there is nothing in it."""
        import yaml  # noqa: PLC0415

        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.parts[0]:
                raise NotYamlError(self.places(event)[0].line, "a second document begins here")
            if isinstance(event, yaml.CollectionStartEvent):
                self.descend(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                start = self.open.pop()
                self.add(start.anchor, self.collection(start, event, self.parts.pop()))
            elif isinstance(event, yaml.ScalarEvent):
                self.add(event.anchor, self.scalar(event))
            elif isinstance(event, yaml.AliasEvent):
                self.add(None, self.reference(event))
        return next(iter(self.parts[0]), None)

    def places(self, event: "yaml.Event") -> tuple[Place, Place]:
        """Return where an event begins and ends in the document."""
        start, end = event.start_mark, event.end_mark
        assert start is not None, "events of a parsed text have marks"
        assert end is not None, "events of a parsed text have marks"
        return Place(self.first + start.line, start.column), Place(self.first + end.line, end.column)

    def add(self, anchor: str | None, node: Node) -> None:
        """Put a finished node where the parser stands."""
        self.parts[-1].append(node)
        if anchor:
            self.named[anchor] = node

    def descend(self, event: "yaml.CollectionStartEvent") -> None:
        """Open a collection, unless it would be one too deep."""
        if len(self.open) == DEEPEST:
            raise NotYamlError(self.places(event)[0].line, f"it is nested more than {DEEPEST} levels deep")
        self.open.append(event)
        self.parts.append([])

    def scalar(self, event: "yaml.ScalarEvent") -> Node:
        """Return a scalar with its text, quotes and escapes resolved."""
        style: Literal["plain", "block", "quoted"] = "quoted"
        if not event.style:
            style = "plain"
        elif event.style in "|>":
            style = "block"
        return Node("scalar", style, *self.places(event), event.value)

    def reference(self, event: "yaml.AliasEvent") -> Node:
        """Return the node that an alias names, at the alias's own place."""
        start, end = self.places(event)
        if event.anchor not in self.named:
            raise NotYamlError(start.line, f"nothing is named &{event.anchor}")
        named = self.named[event.anchor]
        return replace(named, start=start, end=end, alias=True)

    def collection(
        self, start: "yaml.CollectionStartEvent", end: "yaml.CollectionEndEvent", parts: list[Node]
    ) -> Node:
        """Return a sequence or a mapping with its parts."""
        import yaml  # noqa: PLC0415

        style: Literal["flow", "block"] = "flow" if start.flow_style else "block"
        places = self.places(start)[0], self.places(end)[1]
        if isinstance(start, yaml.SequenceStartEvent):
            return Node("sequence", style, *places, items=tuple(parts))
        return Node("mapping", style, *places, entries=tuple(zip(parts[::2], parts[1::2], strict=True)))
