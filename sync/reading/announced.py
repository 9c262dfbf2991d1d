"""Lines whose label says what they are: a milestone, a deadline, a sum, a measure of success."""

from sync.model import Role
from sync.reading.desk import Context, Desk
from sync.reading.entries import PLACE_WORDS, point
from sync.reading.expressions import Clock, Length, Unit, Weekdays
from sync.reading.grammar.phrase import Phrase
from sync.reading.inline import is_ticked, lead, plain_lead
from sync.reading.nodes import Node, Shape
from sync.reading.placing import place
from sync.reading.roadmap import Claim
from sync.reading.titles import title


def deadline_label(desk: Desk, node: Node) -> tuple[str, str] | None:
    """A plain label that is a word for a deadline: "Deadline: 31 July, hand in the return"."""
    label = plain_lead(node.text)
    return label if label is not None and desk.is_only("deadline", label[0]) else None


def aside(desk: Desk, node: Node) -> Role | None:
    """The role of an item whose label says that it measures or sums up: "Total: 8 h", "Target score: 65 %"."""
    label = lead(node.markup) or plain_lead(node.text)
    if label is None or len(label[0].split()) > 3:
        return None
    if desk.is_only("lead:total", label[0]):
        return Role.META
    return Role.CRITERION if desk.says("sections:criteria", label[0]) else None


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
    inner = title(inside, drop=(*PLACE_WORDS, Clock))
    generic = desk.is_only("milestone", label[0]) or desk.is_only("deadline", label[0])
    if inner and generic and not desk.is_only("lead:exam", label[0]):
        made.title = inner
    elif not inner:
        made.title = label[0]
    else:
        made.title = f"{label[0]}: {inner}"
    made.tick = tick
    made.done = bool(node.box) or (is_ticked(node.markup) and node.shape is Shape.ITEM)
