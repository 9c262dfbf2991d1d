"""The text that `add` writes: front matter of the document and of its earlier version, the plan without the talk."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from sync.model import Problem, Receipt, Role, Schedule
from sync.reading.decoding import split_lines
from sync.reading.frontmatter import FrontMatter, read_front_matter, with_options
from sync.reading.options import DEFAULTS

EMPTY = frozenset({Role.BLANK, Role.SEPARATOR})


def merged_header(lines: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """The front matter of a document, with the keys of ours that only its earlier version `before` says.

    Both are whole documents. A document without front matter gets the earlier one as it is.
    """
    own, known = read_front_matter(lines), read_front_matter(before)
    if not own.lines:
        return tuple(before[: known.lines])
    missing = {key: getattr(known.options, key) for key in sorted(_said(known) - _said(own))}
    return tuple(split_lines(with_options(joined(lines[: own.lines]), missing)))


def _said(front: FrontMatter) -> set[str]:
    """The keys that a front matter gives a value of its own."""
    names = {each.name for each in fields(front.options)}
    return {name for name in names if getattr(front.options, name) != getattr(DEFAULTS, name)}


def composed(header: Sequence[str], body: Sequence[str], options: Mapping[str, object]) -> str:
    """A document of front matter and text, with keys of ours set where they are not None."""
    given = {key: value for key, value in options.items() if value is not None}
    text = joined([*header, *body])
    return with_options(text, given) if given else text


def joined(lines: Sequence[str]) -> str:
    """The lines as a text, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def without_talk(lines: Sequence[str], roles: Sequence[Role]) -> list[str]:
    """The plan without the talk, and without the rulers and blanks that only held it apart."""
    kept: list[tuple[str, Role]] = []
    at_seam = False
    for line, role in zip(lines, roles, strict=True):
        if role is Role.CHATTER:
            at_seam = True
        elif not (at_seam and role in EMPTY and (not kept or kept[-1][1] in EMPTY)):
            kept.append((line, role))
            at_seam = at_seam and role in EMPTY
    while at_seam and kept and kept[-1][1] in EMPTY:
        kept.pop()
    return [line for line, _ in kept]


def numbered_as_before(made: Schedule, before: int, after: int) -> Schedule:
    """A schedule whose front matter takes `after` lines, numbered as where the front matter takes `before`."""
    shift = after - before
    if not shift:
        return made
    head = tuple(Receipt(line, Role.META) for line in range(1, before + 1))
    body = tuple(replace(each, line=each.line - shift) for each in made.receipts[after:])
    problems = tuple(_moved(each, shift, after) for each in made.problems)
    return replace(made, receipts=head + body, problems=problems)


def _moved(problem: Problem, shift: int, after: int) -> Problem:
    # a line of the new front matter is a line of no file yet
    return replace(problem, line=problem.line - shift if problem.line > after else 0)
