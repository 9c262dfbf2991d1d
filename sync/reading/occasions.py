"""Lines whose label names an occasion and whose rest says when: "Midterm: 14 Oct, 7-9 pm", "Standup: Mon-Fri 9:15"."""

import re

from sync.model import Kind, Role
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.entries import PLACE_WORDS, hold, point
from sync.reading.expressions import Clock, DayPart, Length, Rate, Unit, Weekdays, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import lead, plain_lead
from sync.reading.nodes import Node
from sync.reading.placing import in_front, is_single_day
from sync.reading.roadmap import NOWHEN, When
from sync.reading.titles import title

TIMES = (*PLACE_WORDS, Clock, Length, Weekdays, DayPart, Rate)
PLACE_NAME = 4
"""Words that may follow a time and still say no more than where it is: Room 204, Café Central."""
BRACKETED = re.compile(r"\s*\([^()]*\)")
NEVER = ("start", "end", "dates", "time", "total", "info")
"""Labels that speak of the plan as a whole."""


def appointment(desk: Desk, node: Node, context: Context) -> bool:
    """Make the series of appointments that a labelled line names; False where it names none."""
    told = appointed(desk, node, context)
    if told is not None:
        _series(desk, node, context, *told)
    return told is not None


def appointed(desk: Desk, node: Node, context: Context) -> tuple[str, Phrase] | None:
    """The name and the times of the appointments that a labelled line names, if it names any."""
    label = lead(node.markup) or plain_lead(node.text)
    if label is None or context.quiet or context.section in {"template", "chatter", "criteria"}:
        return None
    name = BRACKETED.sub("", label[0]).strip()
    if desk.labels(name, *NEVER):
        return None
    inside = desk.phrase(label[1])
    return (name, inside) if _recurs(inside) else None


def occasion(desk: Desk, node: Node, context: Context, label: tuple[str, str]) -> bool:
    """Make the day or the stretch of days that a labelled line names; False where it names none."""
    name, said = label
    inside = desk.phrase(said)
    when = When(written=inside.first(Written))
    if context.quiet or context.section in CONTEXT_SECTIONS or desk.labels(name, *NEVER):
        return False
    head = inside.found[0] if inside.found else None
    if head is None or not isinstance(head.value, Written) or not in_front(inside, inside.text[: head.begin]):
        return False
    if len(inside.rest.split()) > PLACE_NAME:
        return False
    if not is_single_day(when):
        return _stretch(desk, node, context, name, when)
    made = point(desk, node, context, inside, when)
    made.title = name
    if inside.rest:
        made.notes.append(said)
    return True


def _stretch(desk: Desk, node: Node, context: Context, name: str, when: When) -> bool:
    """An occasion of several days: "Travel: 17-19 June"."""
    if when.written is None or when.written.last.day is None:
        return False
    made = desk.draft(Kind.PERIOD, name, node, when)
    hold(made, context.period)
    desk.mark(node, Role.PERIOD, made)
    return True


def _recurs(inside: Phrase) -> bool:
    """Whether the rest begins with its days or its rhythm and gives a time of day."""
    head = inside.found[0] if inside.found else None
    if head is None or not in_front(inside, inside.text[: head.begin]) or inside.first(Clock) is None:
        return False
    if isinstance(head.value, Rate):
        return bool(head.value.days) or head.value.unit in {Unit.DAY, Unit.WEEK}
    return isinstance(head.value, Weekdays)


def _series(desk: Desk, node: Node, context: Context, name: str, inside: Phrase) -> None:
    written = inside.first(Written)
    made = desk.draft(Kind.SESSION, name, node, When(written=written) if written is not None else NOWHEN)
    days, rate = inside.first(Weekdays), inside.first(Rate)
    made.rate = rate
    made.days = rate.days if rate is not None else days.days if days is not None else ()
    made.clock, made.length = inside.first(Clock), inside.first(Length)
    made.optional = desk.says("optional", node.text)
    made.tick = desk.options.recurring and not (made.optional or desk.says("meeting", node.text))
    where = title(inside, drop=TIMES)
    if where:
        made.notes.append(where)
    context.period.children.append(made)
    desk.mark(node, Role.SESSION, made)
    desk.below(node, context.inside(owner=made, quiet=True))
