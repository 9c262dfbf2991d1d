"""Lines of prose: what the document says of itself, dates of the period above, milestones, talk, notes."""

import re
from dataclasses import replace

from sync.model import Role
from sync.reading.announced import announced_point, claims, marks_point
from sync.reading.desk import CONTEXT_SECTIONS, SECTION_ROLE, Context, Desk
from sync.reading.entries import point
from sync.reading.events import keep_event
from sync.reading.expressions import Length, Rate, Unit, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.headings import dates_line
from sync.reading.hours import commitment_minutes, set_aside
from sync.reading.inline import bare, clean, lead, plain_lead
from sync.reading.items import item
from sync.reading.leading import opens_with_clock
from sync.reading.lexer import plain
from sync.reading.nodes import Node, Shape
from sync.reading.occasions import BRACKETED, appointed, appointment, occasion
from sync.reading.particles import ASIDE
from sync.reading.placing import SET_OFF, is_single_day, place
from sync.reading.roadmap import Claim, When
from sync.reading.routines import routine
from sync.reading.week_days import begins_with_weekday

SEVERAL = re.compile(r"\s+[|·•]\s+")
"""What stands between the labels of one line."""
OPENING = re.compile(r"[:(\[*]")
COLON = re.compile(r"[:：&]")
"""What a label ends in, also as an entity."""
BETWEEN = re.compile(r"\s+[|·•—–]\s+|(?<=[.!?])\s+")
"""What stands between statements that share a line."""


def paragraph(desk: Desk, node: Node, context: Context) -> None:
    """Read one line of prose."""
    if node.box is not None or context.section == "checkin":
        item(desk, node, context)
    elif context.section == "chatter" or (desk.says("chatter", node.text) and not node.quoted):
        if not tells_start(desk, node, context):
            desk.mark(node, Role.CHATTER)
    elif not (
        _statements(desk, node, context)
        or appointment(desk, node, context)
        or tells_start(desk, node, context)
        or _labelled(desk, node, context)
        or _dated(desk, node, context)
        or _in_its_period(desk, node, context)
        or _routine(desk, node, context)
    ):
        if context.section == "rules":
            claims(desk, node, desk.phrase(node.text))
        desk.note(node, context, _role(context))


def _role(context: Context) -> Role:
    return SECTION_ROLE.get(context.section or "", Role.NOTE)


def _statements(desk: Desk, node: Node, context: Context) -> bool:
    """Several statements in one line: "Start: 2 March 2026 — Exam: 11 April 2026"."""
    texts = BETWEEN.split(node.markup) if COLON.search(node.markup) is not None else ()
    if len(texts) < 2:
        return False
    pieces = [
        Node(Shape.PARAGRAPH, node.line, node.end, markup=text, text=bare(clean(text))) for text in texts
    ]
    stating = [piece for piece in pieces if _states(desk, piece) or appointed(desk, piece, context)]
    named = sum(plain_lead(piece.text) is not None for piece in pieces)
    if not stating or (named < 2 and stating == pieces[:1]):
        return False
    for piece in stating:
        if not appointment(desk, piece, context):
            _labelled(desk, piece, context)
    rest = " ".join(piece.text for piece in pieces if piece not in stating)
    if rest:
        desk.note(Node(Shape.PARAGRAPH, node.line, node.end, text=rest), context, _role(context))
    return True


def _states(desk: Desk, piece: Node) -> bool:
    """Whether a label says when the plan starts, ends or what it leads to."""
    label = lead(piece.markup) or plain_lead(piece.text)
    if label is None or desk.phrase(piece.text).first(Written) is None:
        return False
    return desk.labels(label[0], "start", "end", "exam")


def _in_its_period(desk: Desk, node: Node, context: Context) -> bool:
    """A line of a day that begins with its time, or of a week that begins with its weekday, as in a list."""
    if context.quiet or context.section in CONTEXT_SECTIONS:
        return False
    phrase, when = desk.phrase(node.text), context.period.when
    timed = is_single_day(when) and opens_with_clock(phrase)
    named = begins_with_weekday(phrase, when) and SET_OFF.match(phrase.text[phrase.found[0].end :])
    if timed or named:
        item(desk, node, context)
    return bool(timed or named)


def _routine(desk: Desk, node: Node, context: Context) -> bool:
    """Prose names a rhythm all the time; only time set aside or a labelled block is one."""
    label = lead(node.markup) or plain_lead(node.text)
    return label is not None and not context.quiet and routine(desk, node, context, desk.phrase(node.text))


def says_of_plan(desk: Desk, node: Node) -> bool:
    """Whether a line is nothing but labels and values that speak of the plan: "Start: ... | Finish: ..."."""
    labels = [plain_lead(part) for part in SEVERAL.split(node.text)]
    return all(label is not None and desk.labels(label[0], "start", "end", "info") for label in labels)


def _labelled(desk: Desk, node: Node, context: Context) -> bool:
    """A line with a label before a colon that tells what it is."""
    label = lead(node.markup) or plain_lead(node.text)
    if label is None:
        return False
    name = BRACKETED.sub("", label[0]).strip()
    phrase = desk.phrase(node.text)
    written = phrase.first(Written)
    says = desk.is_only
    if says("lead:start", name) and written is not None:
        _hours_beside(desk, node, phrase)
        return _start(desk, node, context, written)
    if says("lead:end", name) and written is not None:
        return _end(desk, node, written)
    if says("lead:exam", name) or says("milestone", name) or (lead(node.markup) and marks_point(desk, name)):
        return _milestone(desk, node, context, (name, label[1]))
    if says("lead:dates", name):
        return _dates(desk, node, context)
    if says("lead:info", name):
        desk.mark(node, Role.META)
        return True
    return occasion(desk, node, context, (name, label[1]))


def _hours_beside(desk: Desk, node: Node, phrase: Phrase) -> None:
    """Take in the time that the line of the start sets aside as well: "Start: 1 June, daily 30 minutes at 18:30"."""
    rate, length = phrase.first(Rate), phrase.first(Length)
    daily = (rate is not None and rate.unit is Unit.DAY) or (length is not None and length.per is Unit.DAY)
    if daily and (minutes := commitment_minutes(phrase, ())):
        set_aside(desk, node, phrase, minutes)


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


def tells_start(desk: Desk, node: Node, context: Context) -> bool:
    """Take in the start that a sentence gives in passing: "Here is your plan, starting 4 May 2026"."""
    hit = starting(desk, node.text)
    if hit is None or desk.start is not None or context.period is not desk.root:
        return False
    _hours_beside(desk, node, desk.phrase(node.text))
    return _whole_plan(desk, node, hit)


def starting(desk: Desk, text: str) -> Written | None:
    """The full date before which a text says that something starts."""
    phrase = desk.phrase(text)
    for hit in phrase.found:
        if isinstance(hit.value, Written) and hit.value.first.day and hit.value.first.year:
            before = OPENING.sub(" ", plain(phrase.text[: hit.begin])).split()[-2:]
            if any(desk.is_only("lead:start", " ".join(before[at:])) for at in range(len(before))):
                return hit.value
    return None


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
        if when.written is not None:
            keep_event(desk, node.line, when.written)
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
    """Keep "(today)" and "← you are here": a mark of where the author stood, never an anchor."""
    if ASIDE.search(node.text) is not None and desk.words.particles.here.search(node.text) is not None:
        desk.claims.append(Claim(node.line, "today", 0, 0, node.text))
