"""Feeds taken apart as far as a push needs it: components as bytes, and their lines as text.

Looks at bytes only, so that whatever another program wrote stays as it is. icalendar would read every
value, cost a hundred times as much, and give back other bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

EDGE = re.compile(rb"^(BEGIN|END):([A-Za-z0-9-]+)[ \t]*\r\n", re.MULTILINE | re.IGNORECASE)
FOLD = re.compile(rb"\r\n[ \t]")
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
CALENDAR = b"VCALENDAR"


class NotACalendar(ValueError):
    """The bytes are no calendar, or one that is cut or torn; says what is wrong with it."""


class Line(NamedTuple):
    """One content line (RFC 5545 3.1), unfolded."""

    name: str
    """In capitals."""
    params: str
    """With the semicolon before each; empty where there are none."""
    value: str

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Take an unfolded line apart, None where it is no content line."""
        name, colon, value = text.partition(":")
        if colon and '"' not in name:
            name, semicolon, params = name.partition(";")
            return cls(name.upper(), semicolon + params, value)
        found = LINE.fullmatch(text)
        return cls(found[1].upper(), found[2], found[3]) if found else None

    @property
    def text(self) -> str:
        """The value as TEXT (RFC 5545 3.3.11), its escapes undone."""
        return ESCAPED.sub(_meant, self.value) if "\\" in self.value else self.value


def _meant(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


@dataclass(frozen=True)
class Component:
    """A component with its bytes, from BEGIN to END with the line end, and with CRLF."""

    kind: str
    """In capitals, as VEVENT."""
    block: bytes

    @classmethod
    def of(cls, block: bytes) -> Self:
        """Return the component that these bytes are."""
        kind = block[6 : block.find(b"\r\n")].strip().upper().decode("ascii", "replace")
        return cls(kind, block)

    @cached_property
    def _texts(self) -> dict[str, list[str]]:
        """The lines by name, unfolded, without those of components within."""
        found: dict[str, list[str]] = {}
        for text in unfolded(own_lines(self.block)):
            name = text.partition(":")[0].partition(";")[0].upper()
            if name in found:
                found[name].append(text)
            else:
                found[name] = [text]
        return found

    def lines(self, name: str) -> list[Line]:
        """Return the lines of this name."""
        found = (Line.of(text) for text in self._texts.get(name, ()))
        return [line for line in found if line is not None]

    def line(self, name: str) -> Line | None:
        """Return the first line of this name."""
        found = self._texts.get(name)
        return Line.of(found[0]) if found else None

    def text(self, name: str) -> str:
        """Return the text of the first line of this name, empty where there is none."""
        line = self.line(name)
        return line.text if line else ""

    @cached_property
    def inner(self) -> list[bytes]:
        """The components within, alarms mostly."""
        return list(_within(self.block))


class Parts(NamedTuple):
    """A calendar taken apart."""

    head: bytes
    """Its own properties."""
    components: list[Component]


def unfolded(data: bytes) -> list[str]:
    """Return the lines of some bytes, unfolded."""
    return FOLD.sub(b"", data).decode("utf-8", "replace").split("\r\n")


def folded_lines(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the lines of some bytes as they are folded, each with its name in capitals and its line end."""
    for found in re.finditer(rb"[^ \t\r\n][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", data):
        name = re.match(rb"[A-Za-z0-9-]*", found[0])
        yield (name[0].upper().decode("ascii") if name else ""), found[0]


def normalised(data: bytes) -> bytes:
    """Return the bytes with CRLF at each line's end, as RFC 5545 wants it, and without a mark of order."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.count(b"\n") != data.count(b"\r\n"):
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def parts(data: bytes) -> Parts:
    """Take a normalised calendar apart; raises `NotACalendar` where it does not hold together."""
    head: list[bytes] = []
    components: list[Component] = []
    open_ones: list[bytes] = []
    start = end = 0
    for edge in EDGE.finditer(data):
        opens, kind = edge[1].upper() == b"BEGIN", edge[2].upper()
        if opens:
            if not open_ones and (end or edge.start() or kind != CALENDAR):
                raise NotACalendar("it does not begin as one calendar does")
            if len(open_ones) == 1:
                head.append(data[end : edge.start()])
                start = edge.start()
            open_ones.append(kind)
        elif not open_ones or open_ones.pop() != kind:
            raise NotACalendar(f"an END:{kind.decode('ascii')} has no beginning")
        elif len(open_ones) == 1:
            components.append(Component(kind.decode("ascii"), data[start : edge.end()]))
        elif not open_ones:
            head.append(data[end : edge.start()])
        if len(open_ones) <= 1:
            end = edge.end()
    if open_ones or not end or data[end:].strip():
        raise NotACalendar("it is cut off" if open_ones or not end else "something stands after its end")
    return Parts(b"".join(head), components)


def own_lines(block: bytes) -> bytes:
    """Return a component without its first and last line and without what stands within."""
    if block.count(b"BEGIN:") == 1:
        return block[block.find(b"\n") + 1 : block.rfind(b"\n", 0, -1) + 1]
    edges = list(EDGE.finditer(block))
    pieces = []
    depth = end = 0
    for edge in edges:
        if depth == 1:
            pieces.append(block[end : edge.start()])
        depth += 1 if edge[1].upper() == b"BEGIN" else -1
        end = edge.end()
    return b"".join(pieces)


def _within(block: bytes) -> Iterator[bytes]:
    depth, start = 0, 0
    for edge in EDGE.finditer(block):
        opens = edge[1].upper() == b"BEGIN"
        if opens and depth == 1:
            start = edge.start()
        depth += 1 if opens else -1
        if not opens and depth == 1:
            yield block[start : edge.end()]
