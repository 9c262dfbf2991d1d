"""Time that a plan sets aside without saying for what: "Daily time: 2-3 hours on weekdays"."""

from sync.reading.desk import Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import Clock, Length, Unit, Weekdays
from sync.reading.grammar.phrase import Phrase
from sync.reading.lexer import plain
from sync.reading.nodes import Node
from sync.reading.roadmap import Claim, Commitment

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def commitment_minutes(phrase: Phrase, days: tuple[int, ...]) -> dict[int, int]:
    """Minutes for each weekday; a range books its upper end.

    A length counts for the days beside it: after it, or before it where the line begins with days.
    """
    minutes: dict[int, int] = {}
    hits = [hit.value for hit in phrase.found if isinstance(hit.value, Length | Weekdays)]
    sides = (-1, 1) if hits and isinstance(hits[0], Weekdays) else (1, -1)
    for at, length in enumerate(hits):
        if not isinstance(length, Length) or length.per is Unit.WEEK:
            continue
        beside = [hits[at + side] for side in sides if 0 <= at + side < len(hits)]
        named = next((each for each in beside if isinstance(each, Weekdays)), None)
        for day in named.days if named is not None else days or EVERY_DAY:
            minutes.setdefault(day, length.high)
    return minutes


def set_aside(
    desk: Desk, node: Node, phrase: Phrase, minutes: dict[int, int], entry: Draft | None = None
) -> None:
    """Keep the minutes of each weekday that a line sets aside, for a period or for the whole plan."""
    number = entry.number if entry is not None else None
    clocks = tuple(sorted(_hours(phrase, minutes).items(), key=lambda each: each[0]))
    made = Commitment(node.line, number, tuple(sorted(minutes.items())), node.text, clocks)
    desk.commitments.append(made)


def _hours(phrase: Phrase, minutes: dict[int, int]) -> dict[int, Clock]:
    """The hours of each weekday: "1.5 h on weekdays (7-8:30 pm), 4 h on Saturday (9 am-1 pm)"."""
    hours: dict[int, Clock] = {}
    days: tuple[int, ...] = tuple(minutes)
    for hit in phrase.found:
        if isinstance(hit.value, Weekdays):
            days = hit.value.days
        elif isinstance(hit.value, Clock):
            hours.update((day, hit.value) for day in days if day in minutes)
    return hours


def names_time(desk: Desk, node: Node) -> bool:
    """Whether the label of a line says that time is meant: "Study time: ..."."""
    label, colon, _ = plain(node.text).partition(":")
    return bool(colon) and desk.says("lead:time", label)


def total_claim(node: Node, length: object, context: Context) -> Claim:
    """A sum of hours that the text states, to be checked against the plan."""
    assert isinstance(length, Length)
    subject = "weekly-total" if length.per is Unit.WEEK else "daily-total"
    return Claim(node.line, subject, length.low, length.high, node.text, entry=context.period.number)
