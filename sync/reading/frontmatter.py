"""The front matter of a roadmap: what is ours in it, and how it is changed.

Only keys under `roadmap:` are ours. Whatever else stands there belongs to other tools and is left
alone, readable or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.model import Problem, Severity
from sync.reading.options import DEFAULTS, Options

if TYPE_CHECKING:
    from sync.reading.frontmatter_fence import Fenced


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of one document says."""

    lines: int
    """How many source lines it takes, both fences included; 0 where there is none."""
    options: Options
    problems: tuple[Problem, ...]
    foreign: bool
    """Whether keys of other tools are there too."""


FENCES = ("---", "\ufeff---")
NONE = FrontMatter(0, DEFAULTS, (), foreign=False)


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter of a document from its lines, with or without their line ends.

    A key that is unknown or ill-typed is a problem with its line, and the other keys still count.
    """
    if not lines or not lines[0].startswith(FENCES):
        return NONE
    from sync.reading.frontmatter_fence import find  # noqa: PLC0415  # most documents have none

    fenced = find(lines)
    if fenced is None:
        return NONE
    options, problems = _ours(fenced)
    if fenced.key and fenced.repeated:
        message = "`roadmap:` is given twice; the last one counts."
        problems.append(_problem(fenced.key.start.line, message, "Put all keys below one of them."))
    return FrontMatter(fenced.close + 1, options, tuple(problems), fenced.foreign)


def _ours(fenced: "Fenced") -> tuple[Options, list[Problem]]:
    if fenced.broken:
        reason = f"The `roadmap:` block cannot be read: {fenced.broken.reason}."
        return DEFAULTS, [_unreadable(fenced.broken.line, reason)]
    if fenced.key is None or fenced.block is None or fenced.block.is_null:
        return DEFAULTS, []
    if fenced.block.kind != "mapping":
        return DEFAULTS, [_unreadable(fenced.key.start.line, "`roadmap:` should have keys below it.")]
    from sync.reading.frontmatter_model import read_block  # noqa: PLC0415  # only where there is a block

    return read_block(fenced.block)


def _unreadable(line: int, message: str) -> Problem:
    return _problem(line, message, "Write one `key: value` per line, two spaces to the right of `roadmap:`.")


def _problem(line: int, message: str, suggestion: str) -> Problem:
    return Problem(line + 1, Severity.ERROR, "front-matter", message, suggestion)


def with_options(text: str, changes: Mapping[str, object]) -> str:
    """Return the document with keys of ours set, and those removed whose value is None or empty.

    Values are what `Options` holds. Every byte that does not belong to a changed key stays; front
    matter is made where there is none. What is written reads back as it was given, with the built-in
    `rest_words` and `day_parts` below it. Raises UsageError for a value that no key takes, and
    RoadmapUnreadable where the front matter is written in a way that a person has to change.
    """
    from sync.reading.frontmatter_edit import edited  # noqa: PLC0415  # reading does not owe for writing

    return edited(text, changes)
