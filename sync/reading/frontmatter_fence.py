"""Where the front matter of a document lies, and whether it is one.

An opening `---` may also be a ruler. It opens front matter where a closing `---` or `...` follows and
YAML keys stand between them: ours, or what other tools write there, a block of one-word keys that
begins right below the fence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sync.reading.words import day_names
from sync.reading.yaml_nodes import Node, NotYamlError, nodes

OURS = "roadmap"
OPENING = re.compile(r"\ufeff?---[ \t]*[\r\n]*")
CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*[\r\n]*")
OUR_KEY = re.compile(r"""(["']?)roadmap\1[ \t]*:(?:[ \t\r\n]|$)""")
INSIDE = re.compile(r"[ \t#}\]]|-[ \t]|[\r\n]*$")
"""A line that still belongs to the key above it."""
FOREIGN_KEY = re.compile(r"""(["']?)[^\W\d][\w.$-]*\1[ \t]*:(?:[ \t\r\n]|$)""")
ONE_WORD = re.compile(r"[^\W\d][\w.$-]*")


@dataclass(frozen=True, slots=True)
class Fenced:
    """The front matter of a document, its lines counted from 0."""

    close: int
    """The closing fence."""
    root: Node | None
    """All its keys; None where only our block could be read, or nothing."""
    key: Node | None
    """Our key; None where the document has none."""
    block: Node | None
    """What stands under our key; None without it, and where it is not YAML."""
    broken: NotYamlError | None
    """Why our block cannot be read."""
    foreign: bool
    """Whether keys of other tools are there."""
    repeated: bool = False
    """Whether our key stands there more than once; the last is the one that counts."""


def find(lines: Sequence[str]) -> Fenced | None:
    """Return the front matter, None where the document has none."""
    close = _closing_fence(lines)
    if close is None:
        return None
    inside = lines[1:close]
    try:
        root = nodes(inside, 1)
    except NotYamlError as error:
        return _cut_out(lines, close, error)
    if root is None or root.kind != "mapping":
        return None
    ours = [(key, value) for key, value in root.entries if key.text == OURS]
    if not ours and not _is_foreign(inside, root):
        return None
    key, block = ours[-1] if ours else (None, None)
    foreign = len(root.entries) > len(ours)
    return Fenced(close, root, key, block, None, foreign, repeated=len(ours) > 1)


def _closing_fence(lines: Sequence[str]) -> int | None:
    if not lines or not OPENING.fullmatch(lines[0]):
        return None
    return next((at for at in range(1, len(lines)) if CLOSING.fullmatch(lines[at])), None)


def _is_foreign(inside: Sequence[str], root: Node) -> bool:
    """Tell other tools' keys from prose between two rulers that happens to be YAML ("Week 1: loops")."""
    names = [key.text for key, _ in root.entries]
    return (
        bool(names)
        and bool(inside[0].strip())
        and ONE_WORD.fullmatch(names[0]) is not None
        and not any(name.casefold() in day_names() for name in names)
    )


def _cut_out(lines: Sequence[str], close: int, error: NotYamlError) -> Fenced | None:
    """Read our block alone, where the rest of the front matter is not YAML."""
    ours = [at for at in range(1, close) if OUR_KEY.match(lines[at])]
    if not ours:
        foreign = all(INSIDE.match(line) or FOREIGN_KEY.match(line) for line in lines[1:close])
        if not foreign or not FOREIGN_KEY.match(lines[1]):
            return None
        return Fenced(close, None, None, None, None, foreign=True)
    first = ours[0]
    last = first + 1
    while last < close and INSIDE.match(lines[last]):
        last += 1
    alone = first == 1 and last == close
    try:
        root = None if alone else nodes(lines[first:last], first)
    except NotYamlError as ours_too:
        return Fenced(close, None, None, None, ours_too, foreign=True)
    if root is None or root.kind != "mapping":
        return Fenced(close, None, None, None, error, foreign=not alone)
    return Fenced(close, None, *root.entries[0], None, foreign=True)
