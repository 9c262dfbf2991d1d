"""List items: boxes, places in time, milestones, routines, plain work, or notes."""

import re

from sync.model import Kind, Role
from sync.reading.desk import CONTEXT_SECTIONS, SECTION_ROLE, Context, Desk
from sync.reading.draft import Draft
from sync.reading.entries import is_point, placed_entry, point
from sync.reading.expressions import Clock, DayPart, Extent, Length, Offset, Ordinal, Unit, Weekdays, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import is_struck, is_ticked, lead, plain_lead
from sync.reading.nodes import Node, Shape
from sync.reading.placing import is_single_day, own_length, place, title
from sync.reading.roadmap import Claim, When
from sync.reading.routines import leading_clock, leading_days, routine

PLACEHOLDER = re.compile(r"(?:[\s_./\-…]|\[[^\]]*\]|<[^>]*>)*")
DONE_WORD = re.compile(r"\s*(?:[-–—:]\s*|[(\[])(?P<word>[^\W\d]+(?: [^\W\d]+)?)[)\]]?[.!]?$")
"""A last word behind a dash or in brackets, as in "Read chapter 3 - done"."""
FORM = re.compile(r"_{2,}|\[\s*\]|\.{4,}|…{2,}")
PLACES = (Ordinal, Written, Offset, Extent)


def item(desk: Desk, node: Node, context: Context) -> None:
    """Read one list item with what stands below it."""
    if context.section == "checkin" or (context.quiet and FORM.search(node.text)):
        _checkin(desk, node, context)
    elif context.section == "chatter":
        desk.silence(node, Role.CHATTER)
    elif node.box is not None:
        _box(desk, node, context)
    elif context.quiet or not node.text or desk.options.tasks_from in {"rows", "headings"}:
        desk.note(node, context)
    elif desk.has_boxes(node):
        _container(desk, node, context)
    else:
        _plain(desk, node, context)


def _checkin(desk: Desk, node: Node, context: Context) -> None:
    """A form to fill in; it belongs to the day it names."""
    unit = desk.phrase(node.text).first(Ordinal)
    desk.mark(node, Role.CHECKIN, context.owner if unit is None else None, unit=unit)
    desk.below(node, context.inside(section="checkin", quiet=True))


def _box(desk: Desk, node: Node, context: Context) -> None:
    if PLACEHOLDER.fullmatch(node.text) or desk.options.tasks_from in {"rows", "headings"}:
        desk.mark(node, Role.NOTE, context.owner)
        desk.below(node, context)
    elif context.section in {"criteria", "template", "rules"}:
        _criterion(desk, node, context)
    else:
        _task(desk, node, context)


def _criterion(desk: Desk, node: Node, context: Context) -> None:
    """A box that measures success is context, not work."""
    role = SECTION_ROLE.get(context.section or "", Role.NOTE)
    desk.mark(node, role, context.owner)
    if context.owner is not None:
        context.owner.notes.append(f"- {node.text}")
    desk.below(node, context)


def _task(desk: Desk, node: Node, context: Context) -> None:
    phrase = desk.phrase(node.text)
    when = place(phrase) or context.due
    label = lead(node.markup)
    if label is not None and marks_point(desk, label[0]) and (when or context.period is not desk.root):
        announced_point(desk, node, context, label, tick=node.box is not None)
        return
    if desk.options.nested == "leaves" and any(child.box is not None for child in node.children):
        desk.mark(node, Role.HEADING)
        desk.below(node, context)
        return
    made = _work(desk, node, phrase, when)
    made.clock = made.clock or (context.clock if not made.when else None)
    _on_weekday(made, context, phrase)
    _container_of(context).children.append(made)
    desk.mark(node, Role.TASK, made)
    if context.section == "progress":
        desk.echoes.append(made.number)
    _parts(desk, node, context, made)


def _single_weekday(phrase: Phrase) -> int | None:
    """The one weekday with which a line begins."""
    days = leading_days(phrase)
    return days.days[0] if days is not None and len(days.days) == 1 and not days.plural else None


def is_one_week(period: Draft) -> bool:
    """Whether a period is a single week, in which a weekday names a day."""
    ordinal = period.when.ordinal
    return ordinal is not None and ordinal.unit is Unit.WEEK and ordinal.last in {None, ordinal.first}


def _on_weekday(made: Draft, context: Context, phrase: Phrase) -> None:
    """Put a task on the weekday it begins with, inside its week."""
    weekday = _single_weekday(phrase)
    if weekday is None or made.when or not is_one_week(context.period):
        return
    made.days, made.topic = (weekday,), True
    made.title = title(phrase, drop=(Weekdays, Clock, Length, DayPart)) or made.title


def _container_of(context: Context) -> Draft:
    """What a task belongs to: the task or the block of time it stands under, else the period."""
    owner = context.owner if context.nested else context.period
    return owner if owner is not None and owner.kind in {Kind.TASK, Kind.SESSION} else context.period


def _work(desk: Desk, node: Node, phrase: Phrase, when: When) -> Draft:
    """A task, with its place, its length and its done mark."""
    day = when.ordinal is not None and when.ordinal.unit is Unit.DAY and when.bound is None
    timed = leading_clock(phrase)
    drop = (Length, *(PLACES if when else ()), *((Clock,) if timed is not None else ()))
    words = title(phrase, drop=drop, sentence=True) or node.text
    made = desk.draft(Kind.TASK, words, node, when)
    made.tick = True
    made.topic = day or (when.written is not None and is_single_day(when))
    made.length, made.clock = own_length(phrase), timed
    made.done = bool(node.box) or is_struck(node.markup) or (is_ticked(node.markup) and node.box is None)
    said = DONE_WORD.search(made.title)
    if said is not None and desk.is_only("done", said["word"]):
        made.title, made.done = made.title[: said.start()].rstrip(" :-–—("), True
    made.optional = desk.says("optional", node.text)
    label = lead(node.markup)
    made.deliverable = label is not None and desk.is_only("deliverable", label[0])
    return made


def _parts(desk: Desk, node: Node, context: Context, made: Draft) -> None:
    """What stands below a task: boxes are its parts, everything else describes it."""
    below = context.inside(owner=made, nested=desk.options.nested == "subtasks")
    for child in node.children:
        boxes = child.box is not None or desk.has_boxes(child)
        parts = boxes or (
            node.text.rstrip().endswith((":", "：")) and context.items_are_work and not child.children
        )
        desk.visit(desk, child, below if parts else below.inside(quiet=True))


def _container(desk: Desk, node: Node, context: Context) -> None:
    """A bullet without a box above boxes: a period where it has a place, else a heading."""
    phrase = desk.phrase(node.text)
    when = place(phrase)
    if when and not (when.ordinal is not None and when.ordinal.last is None):
        placed_entry(desk, node, context, phrase, when)
        return
    desk.mark(node, Role.HEADING, context.owner)
    desk.below(node, context.inside(section=desk.section(node.text) or context.section))


def _plain(desk: Desk, node: Node, context: Context) -> None:
    """A list item without a box anywhere."""
    phrase = desk.phrase(node.text)
    when = place(phrase)
    if _announced(desk, node, context, phrase, when):
        return
    if when and not when.extent and not (when.ordinal is not None and when.ordinal.last is None):
        if is_point(desk, phrase, when):
            point(desk, node, context, phrase, when)
        else:
            _dated(desk, node, context, phrase, when)
    elif is_one_week(context.period) and _single_weekday(phrase) is not None:
        _list_work(desk, node, context, phrase)
    elif routine(desk, node, context, phrase):
        return
    elif context.items_are_work and (context.period is not desk.root or not desk.has_periods):
        _list_work(desk, node, context, phrase)
    else:
        desk.note(node, context)


def _announced(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> bool:
    """An item whose label or section says what it is: a sum, a milestone, a key date, a rule."""
    label = lead(node.markup) or _deadline_label(desk, node)
    aside = _aside(desk, node)
    if aside is not None and not (when and not when.extent):
        desk.note(node, context, aside)
    elif label is not None and marks_point(desk, label[0]) and (when or context.period is not desk.root):
        announced_point(desk, node, context, label, tick=False)
    elif context.section == "milestones" and when:
        _milestone(desk, node, context, phrase, when)
    elif context.section in CONTEXT_SECTIONS:
        _context(desk, node, context, phrase)
    else:
        return False
    return True


def _deadline_label(desk: Desk, node: Node) -> tuple[str, str] | None:
    """A plain label that is a word for a deadline: "Deadline: 31 July, hand in the return"."""
    label = plain_lead(node.text)
    return label if label is not None and desk.is_only("deadline", label[0]) else None


def _aside(desk: Desk, node: Node) -> Role | None:
    """The role of an item whose label says that it measures or sums up: "Total: 8 h", "Target score: 65 %"."""
    label = lead(node.markup) or plain_lead(node.text)
    if label is None or len(label[0].split()) > 3:
        return None
    if desk.is_only("lead:total", label[0]):
        return Role.META
    return Role.CRITERION if desk.says("sections:criteria", label[0]) else None


def _dated(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> None:
    """An item with a place: a unit of the plan, or a task on its date."""
    if when.ordinal is not None or when.offset is not None or not is_single_day(when):
        placed_entry(desk, node, context, phrase, when)
        return
    made = _work(desk, node, phrase, when)
    context.period.children.append(made)
    desk.mark(node, Role.TASK, made)
    desk.below(node, context.inside(owner=made, quiet=True))


def _list_work(desk: Desk, node: Node, context: Context, phrase: Phrase) -> None:
    """A plain bullet that is work because nothing here is drawn as a box."""
    made = _work(desk, node, phrase, When())
    made.clock = made.clock or context.clock
    _on_weekday(made, context, phrase)
    _container_of(context).children.append(made)
    desk.mark(node, Role.TASK, made, sure=False)
    _parts(desk, node, context, made)


def _milestone(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> None:
    """A line of a list of key dates; a range among them is a period."""
    if when.written is not None and not is_single_day(when) and when.written.first != when.written.last:
        placed_entry(desk, node, context.inside(section=None), phrase, when)
    else:
        point(desk, node, context, phrase, when)


def _context(desk: Desk, node: Node, context: Context, phrase: Phrase) -> None:
    """A rule, a criterion or a resource; what it claims about times is kept to be checked."""
    claims(desk, node, phrase)
    desk.note(node, context)


def claims(desk: Desk, node: Node, phrase: Phrase) -> None:
    """Keep the meeting times and totals that a rule mentions in passing."""
    day: Weekdays | None = None
    for hit in phrase.found:
        if isinstance(hit.value, Weekdays):
            day = hit.value
        elif isinstance(hit.value, Clock) and day is not None:
            desk.claims.append(Claim(node.line, "meeting", 0, 0, node.text, days=day.days, clock=hit.value))
        elif isinstance(hit.value, Length) and hit.value.per is Unit.WEEK:
            desk.claims.append(Claim(node.line, "weekly-total", hit.value.low, hit.value.high, node.text))


def marks_point(desk: Desk, label: str) -> bool:
    """Whether a bold label announces a milestone or a deadline: MILESTONE, DEPLOY DEADLINE, Real exam."""
    if desk.is_only("milestone", label) or desk.is_only("lead:exam", label):
        return True
    last = label.rpartition(" ")[2]
    return desk.is_only("deadline", last) or desk.is_only("milestone", last)


def announced_point(desk: Desk, node: Node, context: Context, label: tuple[str, str], *, tick: bool) -> None:
    """A milestone or deadline announced by its label; its name is what follows, or the label itself."""
    phrase = desk.phrase(node.text)
    inside = desk.phrase(label[1])
    made = point(desk, node, context, phrase, place(phrase) or place(inside))
    inner = title(inside, drop=PLACES)
    generic = desk.is_only("milestone", label[0]) or desk.is_only("deadline", label[0])
    if inner and generic and not desk.is_only("lead:exam", label[0]):
        made.title = inner
    elif not inner:
        made.title = label[0]
    else:
        made.title = f"{label[0]}: {inner}"
    made.tick = tick
    made.done = bool(node.box) or (is_ticked(node.markup) and node.shape is Shape.ITEM)
