"""From the bytes of a file to a roadmap: decode, repair, front matter, outline, interpretation."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sync.model import Role
from sync.reading.decoding import decode, split_lines
from sync.reading.document import outline
from sync.reading.expressions import Ordinal, Written
from sync.reading.frontmatter import read_front_matter
from sync.reading.grammar.phrase import phrase
from sync.reading.interpreter import interpret, title_of, year_of
from sync.reading.repair import Repair, repair
from sync.reading.roadmap import LineRole, Roadmap
from sync.reading.words import Vocabulary, languages_of, vocabulary

VERSION = 1
"""The reader's version: it moves when the same text is read differently than before."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file read to the end: the repaired lines and the roadmap in them."""

    lines: tuple[str, ...]
    codec: str | None
    repairs: tuple[Repair, ...]
    roadmap: Roadmap


def read(raw: bytes, name: str) -> Document:
    """Read a file; `name` is its stem, which names the roadmap where the text does not.

    Raises RoadmapUnreadable for bytes that are no text at all.
    """
    with _uncollected():
        repaired = repair(split_lines(decode(raw, name)))
        return Document(repaired.lines, repaired.codec, repaired.repairs, read_lines(repaired.lines, name))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the cyclic garbage collector out of the way.

    All that reading makes lives to its end; the collector would walk it again and again, which made large
    documents cost more than in proportion to their size.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_lines(lines: tuple[str, ...], name: str) -> Roadmap:
    """Read text that has been decoded and repaired."""
    front = read_front_matter(lines)
    words = vocabulary(languages_of(lines[front.lines :]))
    root = outline(lines, front.lines, lambda text: begins_with_place(text, words))
    desk = interpret(root, lines, words, front.options)
    roles = [role or LineRole(Role.NOTE) for role in desk.roles]
    roles[: front.lines] = [LineRole(Role.META)] * front.lines
    problems = [*front.problems, *desk.problems]
    return Roadmap(
        title=front.options.title or title_of(root, name),
        entries=tuple(child.entry() for child in desk.root.children if child.repeats is None),
        lines=tuple(roles),
        options=front.options,
        start=desk.start,
        end=desk.end,
        written_start_line=desk.start_line,
        year=front.options.year or year_of(desk, root),
        commitments=tuple(desk.commitments),
        rest_days=tuple(sorted(desk.rest_days)),
        claims=tuple(desk.claims),
        problems=tuple(problems),
        languages=words.languages,
        header_lines=front.lines,
    )


def begins_with_place(text: str, words: Vocabulary) -> bool:
    """Whether a line begins with a numbered unit or a date."""
    found = phrase(text, words).found
    return bool(found) and found[0].begin <= 1 and isinstance(found[0].value, Ordinal | Written)
