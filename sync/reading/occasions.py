"""Lines whose label names an occasion and whose rest says when: "Midterm: 14 Oct, 7-9 pm", "Standup: Mon-Fri 9:15"."""

from sync.model import Kind, Role
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.entries import PLACE_WORDS, hold, point
from sync.reading.expressions import Clock, DayPart, Length, Rate, Unit, Weekdays, Written
from sync.reading.grammar.phrase import Phrase
from sync.reading.nodes import Node
from sync.reading.placing import in_front, is_single_day
from sync.reading.roadmap import NOWHEN, When
from sync.reading.titles import title
from sync.reading.words import Vocabulary

TIMES = (*PLACE_WORDS, Clock, Length, Weekdays, DayPart, Rate)
PLACE_NAME = 4
"""Words that may follow a time and still say no more than where it is: Room 204, Café Central."""
NEVER = ("start", "end", "dates", "time", "total", "info")
"""Labels that speak of the plan as a whole."""


def recurring_occasion(desk: Desk, node: Node, context: Context, label: tuple[str, str]) -> bool:
    """Make the series of appointments that a labelled line names; False where it names none."""
    inside = desk.phrase(label[1])
    quiet = context.quiet or context.section in {"template", "chatter", "criteria"}
    if quiet or not _names_one(desk.words, label[0]) or not _recurs(inside):
        return False
    _series(desk, node, context, label[0], inside)
    return True


def occasion(desk: Desk, node: Node, context: Context, label: tuple[str, str]) -> bool:
    """Make the point or the series that a labelled line names; False where it names none."""
    if recurring_occasion(desk, node, context, label):
        return True
    name, said = label
    inside = desk.phrase(said)
    when = When(written=inside.first(Written))
    if context.quiet or context.section in CONTEXT_SECTIONS or not _names_one(desk.words, name):
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


def _names_one(words: Vocabulary, name: str) -> bool:
    return not any(words.is_only(f"lead:{group}", name) for group in NEVER)


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
