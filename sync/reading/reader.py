"""From the bytes of a file to a roadmap: decode, repair, front matter, outline, interpretation."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from sync.model import Role
from sync.reading.decoding import decode, split_lines
from sync.reading.document import outline
from sync.reading.expressions import Clock, Offset, Ordinal, Written
from sync.reading.frontmatter import read_front_matter
from sync.reading.grammar.phrase import Parsed, may_begin
from sync.reading.interpreter import interpret, title_of, year_of
from sync.reading.placing import SET_OFF
from sync.reading.repair import Repair, repair
from sync.reading.roadmap import LineRole, Roadmap
from sync.reading.telling import languages_of
from sync.reading.words import vocabulary

LONGEST_PLACE = 80
"""Characters within which a line has said whether it begins with a place in time."""


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
    """Read text that has been decoded and repaired; letters with their accents apart are read as one."""
    lines = tuple(line if is_normalized("NFC", line) else normalize("NFC", line) for line in lines)
    front = read_front_matter(lines)
    phrases = Parsed(vocabulary(languages_of(lines[front.lines :])))
    root = outline(lines, front.lines, lambda text: begins_with_place(text, phrases))
    desk = interpret(root, lines, phrases, front.options)
    roles = [role or LineRole(Role.NOTE) for role in desk.roles]
    roles[: front.lines] = [LineRole(Role.META)] * front.lines
    problems = [*front.problems, *desk.problems]
    year = front.options.year or year_of(desk, root)
    return Roadmap(
        title=front.options.title or title_of(desk, root, name),
        entries=tuple(child.entry() for child in desk.root.children if child.repeats is None),
        lines=tuple(roles),
        options=front.options,
        start=desk.start,
        end=desk.end,
        written_start_line=desk.start_line,
        year=year,
        commitments=tuple(desk.commitments),
        rest_days=tuple(sorted(desk.rest_days)),
        claims=tuple(desk.claims),
        problems=tuple(problems),
        languages=phrases.words.languages,
        header_lines=front.lines,
        event=desk.event,
        event_line=desk.event_line,
    )


def begins_with_place(text: str, phrases: Parsed) -> bool:
    """Whether a line begins with a numbered unit, a date, a countdown or a clock time."""
    if not may_begin(text, phrases.words):
        return False
    said = phrases[text[:LONGEST_PLACE]]
    if not said.found or said.found[0].begin > 1:
        return False
    head = said.found[0]
    if isinstance(head.value, Offset):
        return not said.rest or SET_OFF.match(text[head.end :]) is not None
    return isinstance(head.value, Ordinal | Written | Clock)
