"""The pieces of a document's outline."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum


class Shape(IntEnum):
    """What a piece of the document is made of."""

    ROOT = 0
    HEADING = 1
    STRONG = 2
    """A line that is bold from end to end, or a plain line that acts as a heading."""
    LABEL = 3
    """A line that ends in a colon and introduces a list."""
    ITEM = 4
    PARAGRAPH = 5
    TABLE = 6
    HEADER = 7
    ROW = 8
    FENCE = 9
    HTML = 10
    RULE = 11


@dataclass(slots=True)
class Node:
    """One piece of the document; built once by `outline`, then only read."""

    shape: Shape
    line: int
    """First source line, from 1."""
    end: int
    """Last source line, inclusive."""
    markup: str = ""
    """The text with its inline Markdown, without bullet and checkbox."""
    level: int = 0
    children: "list[Node]" = field(default_factory=list)
    box: bool | None = None
    """True and False for a ticked and an open checkbox, None where there is none."""
    quoted: bool = False
    cells: tuple[str, ...] = ()
    info: str = ""
    """The word after a fence's opening signs."""
    text: str = ""
    """The markup as a reader sees it, without decoration around it."""

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]
