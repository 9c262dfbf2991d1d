"""What a person corrected: overrides of the front matter, each tied to its line by the line's own text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sync.model import Kind, Role
from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.entries import TIMES, hold, period_title
from sync.reading.expressions import Clock, PartialDate, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.leading import leading_clock
from sync.reading.nodes import Node
from sync.reading.options import Override
from sync.reading.placing import own_length, place
from sync.reading.roadmap import When
from sync.reading.titles import title

MADE = {
    Role.TASK: Kind.TASK, Role.MILESTONE: Kind.MILESTONE, Role.DEADLINE: Kind.DEADLINE,
    Role.SESSION: Kind.SESSION, Role.PERIOD: Kind.PERIOD,
}  # fmt: skip


def collapsed(text: str) -> str:
    """A line with its white space as single blanks; so the front matter keeps it."""
    return " ".join(text.split())


def by_line(lines: Sequence[str], first: int, overrides: Sequence[Override]) -> Mapping[int, Override]:
    """The override of each line, from 1; where a text stands more than once, the number settles which is meant."""
    found: dict[int, Override] = {}
    texts = [collapsed(line) for line in lines]
    for override in overrides:
        wanted = collapsed(override.match)
        at = [number for number, text in enumerate(texts, start=1) if number > first and text == wanted]
        at = at or [
            number
            for number, text in enumerate(texts, start=1)
            if number > first and wanted and wanted in text
        ]
        if override.line is not None and len(at) > 1:
            at = [min(at, key=lambda number: abs(number - (override.line or 0)))]
        found.update(dict.fromkeys(at, override))
    return found


def corrected(desk: Desk, node: Node, context: Context) -> bool:
    """Read a node the way its override says; False where it has none, or one that only dates it."""
    override = desk.overrides.get(node.line)
    if override is None:
        return False
    if override.skip:
        desk.note(node, context.inside(quiet=True), Role.NOTE)
        return True
    if override.role is None:
        return False
    role = Role(override.role)
    if role in MADE:
        _make(desk, node, context, role)
    elif role is Role.CHATTER:
        desk.silence(node, role)
    else:
        desk.mark(node, role, context.owner)
        if context.owner is not None and role in {Role.NOTE, Role.RULE, Role.CRITERION}:
            context.owner.notes.append(node.text)
        desk.below(node, context)
    return True


def _make(desk: Desk, node: Node, context: Context, role: Role) -> None:
    kind, phrase = MADE[role], desk.phrase(node.text)
    when = place(phrase) or context.due
    made = desk.draft(kind, _named(phrase, kind, when) or node.text or "?", node, when)
    made.clock, made.length = leading_clock(phrase), own_length(phrase)
    made.tick = kind in {Kind.TASK, Kind.SESSION}
    made.done = bool(node.box)
    hold(made, context.period)
    desk.mark(node, role, made)
    below = context.inside(owner=made, quiet=kind is not Kind.PERIOD)
    desk.below(node, below.inside(period=made) if kind is Kind.PERIOD else below)


def _named(phrase: Phrase, kind: Kind, when: When) -> str:
    """The title of a corrected line: its words without the times that say when."""
    if kind is Kind.PERIOD:
        return period_title(phrase, when, title(phrase, drop=TIMES))
    return title(phrase, drop=(*TIMES, *((Clock,) if leading_clock(phrase) else ())))


def redate(desk: Desk) -> None:
    """Give the entries of corrected lines the dates that a person gave them."""
    for draft in desk.drafts:
        override = desk.overrides.get(draft.line)
        if override is not None and override.date is not None and not _made_elsewhere(desk, draft):
            first = override.date
            given = Written(_whole(first), _whole(override.end or first))
            draft.when = replace(draft.when, corrected=given, bound=None)


def _made_elsewhere(desk: Desk, draft: Draft) -> bool:
    """Whether another entry of the same line comes first; the date is meant for the line's own."""
    return any(other.line == draft.line and other.number < draft.number for other in desk.drafts)


def _whole(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
