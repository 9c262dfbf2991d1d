"""Entries that have a place in time: periods, the topics of days, milestones and deadlines."""

from dataclasses import replace

from sync.model import Kind, Role
from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import Bound, Clock, Extent, Length, Offset, Ordinal, Unit, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import is_struck, is_ticked, plain_lead
from sync.reading.leading import leading_clock, opens_with_clock
from sync.reading.nodes import Node, Shape
from sync.reading.placing import is_day_range, is_single_day, place
from sync.reading.roadmap import Commitment, When
from sync.reading.titles import title

PLACE_WORDS = (Ordinal, Written, Offset, Extent)
TIMES = (*PLACE_WORDS, Length)
TIMED = 2
"""Lines with a clock time from which a day is a programme rather than a topic with notes."""
SAYING = frozenset({Shape.HEADING, Shape.STRONG, Shape.ITEM, Shape.PARAGRAPH})


def is_point(desk: Desk, phrase: Phrase, when: When) -> bool:
    """Whether a single day is a milestone by its words rather than a day of work."""
    if not is_single_day(when):
        return False
    rest = title(phrase, drop=PLACE_WORDS)
    return len(rest.split()) <= 6 and desk.says("milestone", rest)


def placed_entry(desk: Desk, node: Node, context: Context, phrase: Phrase, when: When) -> Draft:
    """A period, or a day's topic where a day has one."""
    topic = title(phrase, drop=TIMES)
    if _is_topic(desk, node, when, topic):
        made = _topic(desk, node, phrase, _date_in_body(desk, node, when), topic)
        hold(made, parent_for(when, context, node))
        desk.mark(node, Role.MILESTONE if made.kind is Kind.MILESTONE else Role.TASK, made)
        desk.below(node, context.inside(owner=made, quiet=True, section=None))
        return made
    made = desk.draft(Kind.PERIOD, period_title(phrase, when, topic), node, when)
    made.done = is_struck(node.markup)
    only = node.children[0].text if len(node.children) == 1 and not node.children[0].children else topic
    made.rest = any(desk.is_rest(words) for words in (topic, only))
    _time_inside(desk, node, made, phrase)
    hold(made, parent_for(when, context, node))
    desk.mark(node, Role.PERIOD, made)
    works = {"boxes": False, "items": True, "rows": False}.get(
        desk.options.tasks_from, not desk.has_boxes(node)
    )
    inside = context.inside(
        period=made,
        owner=made,
        section=None,
        items_are_work=works,
        days=(),
        clock=None,
        part=None,
        quiet=False,
        block=None,
    )
    desk.below(node, inside)
    return made


def _time_inside(desk: Desk, node: Node, made: Draft, phrase: Phrase) -> None:
    """Time that a period's heading sets aside: (15 min / day) for each day, (2×1h30) as a whole."""
    length = phrase.first(Length)
    if length is None:
        return
    if length.per is None:
        made.length = length
    elif length.per is Unit.DAY:
        minutes = tuple((day, length.high) for day in range(1, 8))
        desk.commitments.append(Commitment(node.line, made.number, minutes, node.text))


def _is_topic(desk: Desk, node: Node, when: When, topic: str) -> bool:
    """A day (or a run of days) with a topic and no boxes is one task; without a topic, what stands below is."""
    if not (is_single_day(when) or is_day_range(when)) or desk.has_boxes(node):
        return False
    if (when.ordinal is None and not is_single_day(when)) or _has_days(desk, node):
        return False
    if _hours(desk, node) >= TIMED:
        return False
    if desk.is_rest(topic):
        return False
    return bool(topic) or not node.children


def _has_days(desk: Desk, node: Node) -> bool:
    """Whether days of their own stand below a run of days."""
    below = (each for child in node.children for each in child.walk() if each.shape in SAYING)
    return any((found := place(desk.phrase(each.text)).ordinal) and found.unit is Unit.DAY for each in below)


def _date_in_body(desk: Desk, node: Node, when: When) -> When:
    """The place of a numbered day with the one full date that its text mentions: "Day 91 ... 2026-08-07"."""
    if when.written is not None or when.ordinal is None or when.ordinal.unit is not Unit.DAY:
        return when
    full = {
        written
        for below in node.walk()
        if below is not node
        for written in desk.phrase(below.text).every(Written)
        if written.first == written.last and written.first.year and written.first.month and written.first.day
    }
    return replace(when, written=full.pop()) if len(full) == 1 else when


def _topic(desk: Desk, node: Node, phrase: Phrase, when: When, topic: str) -> Draft:
    checkpoint = any(desk.says("checkpoint", each.text) for each in node.walk())
    clock = leading_clock(phrase)
    words = topic if clock is None else title(phrase, drop=(*TIMES, Clock))
    made = desk.draft(Kind.MILESTONE if checkpoint else Kind.TASK, words or topic or node.text, node, when)
    made.topic = made.tick = True
    made.length = phrase.first(Length)
    made.clock = clock or phrase.first(Clock)
    made.done = is_struck(node.markup) or is_ticked(node.markup)
    made.optional = desk.says("optional", topic)
    return made


def period_title(phrase: Phrase, when: When, topic: str) -> str:
    """The unit with its topic ("Week 1: Python Basics"), or the words beside the dates."""
    if when.offset is not None and when.ordinal is None and len(topic) <= 3:
        return phrase.text.rstrip(":： ")  # "The week after" has no other name
    hit = phrase.hit(Ordinal)
    if when.ordinal is None or hit is None:
        whole_month = (
            when.written is not None and when.written.first.day is None and when.written.first.numeric is None
        )
        return phrase.text.rstrip(" :：") if whole_month or not topic else topic
    unit = phrase.text[hit.begin : hit.end]
    named = topic.casefold().startswith(unit.casefold())
    return f"{unit}: {topic}" if topic and not named else topic or unit


def point(
    desk: Desk, node: Node, context: Context, phrase: Phrase, when: When, *, delivered: bool = False
) -> Draft:
    """A milestone or a deadline; what is to be delivered is ticked."""
    # "End of week 1" is a name; "Exam: 4 May" has one beside its date
    named = when.bound not in {None, Bound.BY} and when.ordinal is not None
    clock = leading_clock(phrase)
    timed = (Clock,) if clock is not None else ()
    words = title(phrase, drop=(*((Written, Offset, Extent) if named else PLACE_WORDS), *timed))
    label = plain_lead(words)
    if (
        label is not None
        and label[1]
        and (desk.is_only("deadline", label[0]) or desk.is_only("milestone", label[0]))
    ):
        words = label[1]
    due = delivered or when.bound is Bound.BY or desk.says("deadline", node.text)
    made = desk.draft(Kind.DEADLINE if due else Kind.MILESTONE, words or node.text, node, when)
    made.tick = delivered
    made.done = is_ticked(node.markup) or is_struck(node.markup)
    made.clock = clock or phrase.first(Clock)
    hold(made, context.period)
    desk.mark(node, Role.DEADLINE if due else Role.MILESTONE, made)
    course = _hours(desk, node) > 0
    if desk.has_boxes(node) or course:
        # the day of the exam has things to do of its own
        desk.below(node, context.inside(period=made, owner=made, section=None, items_are_work=course))
        return made
    desk.below(
        node,
        context.inside(
            owner=made, quiet=True, section=context.section if context.section == "rules" else None
        ),
    )
    return made


def _hours(desk: Desk, node: Node) -> int:
    """How many lines below begin with their hour: the course of the day."""
    return sum(opens_with_clock(desk.phrase(child.text)) for child in node.children)


def hold(made: Draft, parent: Draft) -> None:
    """Put an entry under its period."""
    parent.children.append(made)
    if made.kind is Kind.PERIOD:
        parent.latest = made


def parent_for(when: When, context: Context, node: Node) -> Draft:
    """The period that a new place belongs to, where headings of one level hide the order of units."""
    parent = context.period
    while (last := parent.latest) is not None:
        if not node.level or last.level != node.level or not _holds(last.when, when):
            break
        parent = last
    return parent


def _holds(outer: When, inner: When) -> bool:
    """Whether a place lies inside another by its unit or by its numbers."""
    if outer.ordinal is None or inner.ordinal is None:
        return False
    a, b = outer.ordinal, inner.ordinal
    if a.unit is b.unit:
        last = a.last if a.last is not None else a.first
        return (a.first, last) != (b.first, b.last) and a.first <= b.first and (b.last or b.first) <= last
    if a.unit.rank >= b.unit.rank:
        return False
    return not (outer.inner is not None and outer.inner.unit is b.unit and not _within(outer.inner, b))


def _within(outer: Ordinal, inner: Ordinal) -> bool:
    return outer.last is None or outer.first <= inner.first <= outer.last
