"""List items: boxes, places in time, milestones, routines, plain work, or notes."""

import re
from dataclasses import replace

from sync.model import Kind, Role
from sync.reading.announced import announced_point, aside, claims, deadline_label, marks_point
from sync.reading.desk import CONTEXT_SECTIONS, SECTION_ROLE, Context, Desk
from sync.reading.draft import Draft
from sync.reading.entries import PLACE_WORDS, is_point, placed_entry, point
from sync.reading.expressions import (
    Bound,
    Clock,
    DayPart,
    Length,
    Ordinal,
    Unit,
    Weekdays,
    Written,
)
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import is_struck, is_ticked, lead, plain_lead
from sync.reading.leading import (
    dates_only_bound,
    is_bounded_series,
    leading_clock,
    leading_part,
    led_by,
    named_before_times,
)
from sync.reading.nodes import Node
from sync.reading.occasions import appointment
from sync.reading.placing import in_front, is_one_week, is_only_length, is_single_day, own_length, place
from sync.reading.roadmap import When
from sync.reading.routines import routine
from sync.reading.titles import closing_date, title
from sync.reading.week_days import days_of_week, on_weekday

PLACEHOLDER = re.compile(r"(?:[\s_./\-…]|\[[^\]]*\]|<[^>]*>)*")
DONE_SIGN = re.compile(r"[-–—:(\[]")
"""What sets a last word off from a title."""
DONE_WORD = re.compile(r"\s*(?:[-–—:]\s*|[(\[])(?P<word>[^\W\d]+(?: [^\W\d]+)?)[)\]]?[.!]?$")
"""A last word behind a dash or in brackets, as in "Read chapter 3 - done"."""
TICK_AND_WORDS = re.compile(r"\s(?:✅|☑|✔|✓)\ufe0f?\s*(?P<words>[^✅☑✔✓]{1,30})$")
HAS_DIGIT = re.compile(r"\d")
FORM = re.compile(r"_{2,}|\[\s*\]|\.{4,}|…{2,}")


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
    made = _work(desk, node, context, phrase, when)
    on_weekday(desk, made, context, phrase)
    _container_of(context).children.append(made)
    desk.mark(node, Role.TASK, made)
    if context.section == "progress":
        desk.echoes.append(made.number)
    _parts(desk, node, context, made)


def _container_of(context: Context) -> Draft:
    """What a task belongs to: the task or the block of time it stands under, else the period."""
    owner = context.owner if context.nested else context.period
    return owner if owner is not None and owner.kind in {Kind.TASK, Kind.SESSION} else context.period


def _work(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> Draft:
    """A task, with its place, its hours and its done mark; where it has no hours, those of the block above."""
    closing = closing_date(phrase) if not when or when is context.due else None
    if closing is not None:
        when = When(written=closing)
    day = when.ordinal is not None and when.ordinal.unit is Unit.DAY and when.bound is None
    timed = leading_clock(phrase)
    part = leading_part(phrase) if is_single_day(when or context.period.when) else None
    drop = (
        Length,
        *(PLACE_WORDS if when else ()),
        *((Clock,) if timed else ()),
        *((DayPart,) if part else ()),
    )
    words = title(phrase, drop=drop, sentence=True, closing=closing) or node.text
    made = desk.draft(Kind.TASK, words, node, when)
    made.tick = True
    made.topic = day or (when.written is not None and is_single_day(when))
    made.length, made.clock, made.part = own_length(phrase), timed, None if timed else part
    if not (timed or part or when):
        made.clock, made.part = context.clock, context.part
    made.done = bool(node.box) or is_struck(node.markup) or (is_ticked(node.markup) and node.box is None)
    _done_in_words(desk, made)
    made.optional = desk.says("optional", node.text)
    label = lead(node.markup)
    made.deliverable = label is not None and desk.is_only("deliverable", label[0])
    return made


def _done_in_words(desk: Desk, made: Draft) -> None:
    """A done mark at the end of a title is none of its words: "- done", "✅ finished Jan 9"."""
    said = DONE_WORD.search(made.title) if DONE_SIGN.search(made.title) is not None else None
    if said is not None and desk.is_only("done", said["word"]):
        made.title, made.done = made.title[: said.start()].rstrip(" :-–—("), True
    tick = TICK_AND_WORDS.search(made.title)
    if tick is None or not (HAS_DIGIT.search(tick["words"]) or desk.says("done", tick["words"])):
        return
    rest = desk.phrase(tick["words"]).rest
    if not rest or desk.is_only("done", rest):
        made.notes.append(tick["words"])
        made.title, made.done = made.title[: tick.start()], True


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
    if is_bounded_series(phrase) and routine(desk, node, context, phrase):
        return
    if dates_only_bound(phrase) and appointment(desk, node, context):
        return
    if when and not is_only_length(when) and not (when.ordinal is not None and when.ordinal.last is None):
        if is_point(desk, phrase, when) or led_by(phrase) is Bound.BY:
            point(desk, node, context, phrase, when)
        elif when.written is not None and (
            when.bound in {Bound.BY, Bound.END} or _says_deadline(desk, phrase)
        ):
            # to be delivered by a date, and ticked like the work it is
            point(desk, node, context, phrase, when, delivered=True)
        else:
            _dated(desk, node, context, phrase, when)
    elif is_one_week(context.period.when) and days_of_week(phrase):
        _list_work(desk, node, context, phrase)
    elif appointment(desk, node, context) or routine(desk, node, context, phrase):
        return
    elif context.listed or _is_work(desk, context):
        _list_work(desk, node, context, phrase)
    else:
        desk.note(node, context)


def _is_work(desk: Desk, context: Context) -> bool:
    """Whether plain items are work here: in a part of a plan without boxes, or in its backlog."""
    if context.section == "backlog" and not desk.has_any_box:
        return True
    return context.items_are_work and (context.period is not desk.root or not desk.has_periods)


def _announced(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> bool:
    """An item whose label or section says what it is: a sum, a milestone, a key date, a rule."""
    label = lead(node.markup) or deadline_label(desk, node)
    role = aside(desk, node)
    if role is not None and (not when or is_only_length(when)):
        desk.note(node, context, role)
    elif label is not None and marks_point(desk, label[0]) and (when or context.period is not desk.root):
        announced_point(desk, node, context, label, tick=False)
    elif context.section == "milestones" and when:
        _milestone(desk, node, context, phrase, when)
    elif context.section in CONTEXT_SECTIONS:
        _context(desk, node, context, phrase)
    else:
        return False
    return True


def _dated(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> None:
    """An item with a place: a unit of the plan, or a task on its date."""
    narrowed = when.bound not in {None, Bound.SINCE} and not node.children  # the end of June is a day
    if not narrowed and (when.ordinal is not None or when.offset is not None or not is_single_day(when)):
        placed_entry(desk, node, context, phrase, when)
        return
    if desk.is_rest(title(phrase, drop=(*PLACE_WORDS, Clock))):
        desk.note(node, context)
        return
    made = [_work(desk, node, context, phrase, each) for each in _each_date(phrase, when)]
    for each in made if len(made) > 1 else ():
        each.title = named_before_times(phrase)
    context.period.children.extend(made)
    desk.mark(node, Role.TASK, *made)
    desk.below(node, context.inside(owner=made[0], quiet=True))


def _says_deadline(desk: Desk, phrase: Phrase) -> bool:
    """Whether a word for a deadline comes behind the date: "30 Sep - deadline: register"."""
    label = plain_lead(title(phrase, drop=PLACE_WORDS))
    return label is not None and desk.is_only("deadline", label[0])


def _each_date(phrase: Phrase, when: When) -> list[When]:
    """The days of a line that names several: "Refinement: Wed 4 March & Wed 11 March, 14:00"."""
    several = [replace(when, written=each) for each in phrase.every(Written)]
    listed = len(several) > 1 and all(is_single_day(each) for each in several)
    first = phrase.hit(Written)
    apart = first is not None and in_front(phrase, phrase.text[: first.begin])
    return several if listed and not apart else [when]


def _list_work(desk: Desk, node: Node, context: Context, phrase: Phrase) -> None:
    """A plain bullet that is work because nothing here is drawn as a box; a day or an evening off is none."""
    said = plain_lead(node.text)
    if desk.is_only("rest", said[1] if said else title(phrase, drop=(Clock, DayPart, Length, Weekdays))):
        desk.note(node, context)
        return
    made = _work(desk, node, context, phrase, When())
    on_weekday(desk, made, context, phrase)
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
