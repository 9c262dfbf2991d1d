"""Lines of prose: what the document says of itself, dates of the period above, milestones, talk, notes."""

from dataclasses import replace

from sync.model import Role
from sync.reading.desk import CONTEXT_SECTIONS, SECTION_ROLE, Context, Desk
from sync.reading.entries import point
from sync.reading.expressions import Written
from sync.reading.headings import dates_line
from sync.reading.inline import lead, plain_lead
from sync.reading.items import announced_point, claims, item, marks_point
from sync.reading.nodes import Node
from sync.reading.placing import SET_OFF, is_single_day, place
from sync.reading.roadmap import Claim, When
from sync.reading.routines import routine

TODAY = frozenset({"today"})


def paragraph(desk: Desk, node: Node, context: Context) -> None:
    """Read one line of prose."""
    if node.box is not None or context.section == "checkin":
        item(desk, node, context)
    elif context.section == "chatter" or (desk.says("chatter", node.text) and not node.quoted):
        desk.mark(node, Role.CHATTER)
    elif not (_labelled(desk, node, context) or _dated(desk, node, context) or _routine(desk, node, context)):
        if context.section == "rules":
            claims(desk, node, desk.phrase(node.text))
        desk.note(node, context, _role(context))


def _role(context: Context) -> Role:
    return SECTION_ROLE.get(context.section or "", Role.NOTE)


def _routine(desk: Desk, node: Node, context: Context) -> bool:
    """Prose names a rhythm all the time; only time set aside or a labelled block is one."""
    label = lead(node.markup) or plain_lead(node.text)
    return label is not None and not context.quiet and routine(desk, node, context, desk.phrase(node.text))


def _labelled(desk: Desk, node: Node, context: Context) -> bool:
    """A line with a label before a colon that tells what it is."""
    label = lead(node.markup) or plain_lead(node.text)
    if label is None:
        return False
    name = label[0]
    phrase = desk.phrase(node.text)
    written = phrase.first(Written)
    says = desk.is_only
    if says("lead:start", name) and written is not None:
        return _start(desk, node, context, written)
    if says("lead:end", name) and written is not None:
        return _end(desk, node, written)
    if says("lead:exam", name) or (lead(node.markup) is not None and marks_point(desk, name)):
        return _milestone(desk, node, context, label)
    if says("lead:dates", name):
        return _dates(desk, node, context)
    if says("lead:info", name):
        desk.mark(node, Role.META)
        return True
    return False


def _start(desk: Desk, node: Node, context: Context, written: Written) -> bool:
    first = desk.start is None and context.period in desk.root.children[:1]
    if context.period is desk.root or (first and context.period.when.written is None):
        return _whole_plan(desk, node, written)
    return _dates(desk, node, context)


def _whole_plan(desk: Desk, node: Node, written: Written) -> bool:
    if desk.start is None:
        desk.start, desk.start_line = written.first, node.line
        if written.last != written.first and desk.end is None:
            desk.end = written.last
    desk.mark(node, Role.META)
    return True


def _end(desk: Desk, node: Node, written: Written) -> bool:
    if desk.end is None:
        desk.end = written.last
    desk.mark(node, Role.META)
    return True


def _milestone(desk: Desk, node: Node, context: Context, label: tuple[str, str]) -> bool:
    """An exam date or a gate; without any date outside of a period it stays a note."""
    when = place(desk.phrase(node.text))
    if not when and context.period is desk.root:
        return False
    if desk.is_only("lead:exam", label[0]):
        made = point(desk, node, context, desk.phrase(node.text), when)
        made.title = label[0]
    else:
        announced_point(desk, node, context.inside(section=None), label, tick=False)
    return True


def _dates(desk: Desk, node: Node, context: Context) -> bool:
    """Dates of the period above, or of the whole plan where there is none."""
    found = dates_line(desk, node)
    label = lead(node.markup) or plain_lead(node.text)
    if found is None and label is not None:
        phrase = desk.phrase(node.text)
        found = When(written=phrase.first(Written)) if phrase.first(Written) else None
    desk.mark(node, Role.META, context.period if context.period is not desk.root else None)
    if found is None or found.written is None:
        return True
    if context.period is not desk.root:
        if context.period.when.written is None and not is_single_day(found):
            context.period.when = replace(context.period.when, written=found.written)
        return True
    if found.written.first != found.written.last and desk.start is None:
        desk.start, desk.start_line, desk.end = found.written.first, node.line, found.written.last
    return True


def _dated(desk: Desk, node: Node, context: Context) -> bool:
    """A line that begins with its date: a milestone by its words, else context."""
    phrase = desk.phrase(node.text)
    when = place(phrase)
    if context.quiet or not phrase.found or phrase.found[0].begin > 0 or not phrase.rest:
        return False
    if not when or context.section in CONTEXT_SECTIONS:
        return False
    if context.section == "milestones":
        point(desk, node, context, phrase, when)
        return True
    # prose begins with a date too ("Week 1 is about ..."); a line of the plan sets its place off
    if SET_OFF.match(phrase.text[phrase.found[0].end :]) is None:
        return False
    item(desk, node, context)
    return True


def today_claims(desk: Desk, node: Node) -> None:
    """Keep "(today)" and "(current)": a mark of where the author stood, never an anchor."""
    if any(f"({word})" in node.text.casefold() for word in TODAY):
        desk.claims.append(Claim(node.line, "today", 0, 0, node.text))
