"""What comes again: sessions on weekdays, daily blocks, rates, time set aside, days of rest."""

import re

from sync.model import Kind, Role
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import (
    Bound,
    Clock,
    DayPart,
    Extent,
    Length,
    Offset,
    Ordinal,
    Rate,
    Unit,
    Weekdays,
    Written,
)
from sync.reading.grammar.phrase import Phrase
from sync.reading.nodes import Node, Shape
from sync.reading.placing import EDGE, in_front, place, title
from sync.reading.roadmap import Claim, Commitment

ROUTINE_TIMES = (Clock, Length, Weekdays, DayPart, Ordinal, Written, Offset, Extent)
NUMBERED = re.compile(r"(?:[^\W\d]+\s+)?(?P<word>[^\W\d]+)\s+#?(?P<number>\d{1,2})\b")
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def leading_days(phrase: Phrase) -> Weekdays | None:
    """The weekdays with which a line begins or which it gives in brackets."""
    hit = phrase.hit(Weekdays)
    if hit is None:
        return None
    before = phrase.text[: hit.begin]
    bracketed = before.rstrip().endswith(("(", "（"))
    return hit.value if (in_front(before) or bracketed) and isinstance(hit.value, Weekdays) else None


def leading_clock(phrase: Phrase) -> Clock | None:
    """The clock time with which a line begins, or that it gives in brackets or at its end."""
    hit = phrase.hit(Clock)
    if hit is None or not isinstance(hit.value, Clock) or hit.bound is Bound.BY:
        return None
    before = phrase.text[: hit.begin]
    rest = [each for each in phrase.found if each.end <= hit.begin]
    words = before
    for each in reversed(rest):
        words = words[: each.begin] + words[each.end :]
    at_front = in_front(words)
    bracketed = before.rstrip().endswith(("(", "（", "@", "-", "–", "—", ",", ":"))
    at_end = not phrase.text[hit.end :].strip(EDGE + ")]）")
    return hit.value if at_front or bracketed or at_end else None


def routine(desk: Desk, node: Node, context: Context, phrase: Phrase) -> bool:
    """Read a line that sets something recurring; False where it is none."""
    if context.quiet or (context.section in CONTEXT_SECTIONS and not leading_days(phrase)):
        return False
    own = leading_days(phrase)
    days = own.days if own is not None else context.days
    if days and desk.says("rest", node.text) and phrase.first(Length) is None and phrase.first(Clock) is None:
        return _rest(desk, node, context, days)
    if _is_conditional(desk, node, phrase):
        desk.note(node, context, Role.RULE)
        return True
    words = title(phrase, drop=ROUTINE_TIMES)
    if not desk.options.recurring and (days or phrase.first(Rate) is not None) and not _is_heading(node):
        desk.note(node, context)
        return True
    if context.cadence and _is_heading(node) and (number := session_number(desk, node.text)) is not None:
        return _numbered(desk, node, context, phrase, number)
    if _checklist(desk, node, context, phrase, own.days if own is not None else ()):
        return True
    if own is not None and not _says_when(phrase) and (node.shape is not Shape.ITEM or not words):
        return _days_heading(desk, node, context, own.days, words)
    return _session(desk, node, context, phrase, days, words)


def session_number(desk: Desk, text: str) -> int | None:
    """The number of "Session 2 – Build" or "Optional workout 5", where sessions of a week are counted."""
    match = NUMBERED.match(text)
    if match is None or not desk.is_only("numbered", match["word"]):
        return None
    return int(match["number"])


def _numbered(desk: Desk, node: Node, context: Context, phrase: Phrase, number: int) -> bool:
    """The k-th session of every week: on the k-th day that may hold one."""
    made = _draft(desk, node, context, phrase, node.text)
    made.rate = Rate(1, 1, Unit.WEEK)
    made.slot = number
    made.length = phrase.first(Length)
    desk.below(node, context.inside(owner=made, quiet=True))
    return True


def _checklist(desk: Desk, node: Node, context: Context, phrase: Phrase, days: tuple[int, ...]) -> bool:
    """A daily or weekly checklist is one routine; its boxes say what it consists of."""
    rate = phrase.first(Rate) or (Rate(1, 1, Unit.WEEK, 1, days) if days else None)
    if rate is None or not _is_heading(node) or not desk.has_boxes(node):
        return False
    if rate.unit is not Unit.DAY and desk.section(node.text) != "rhythm":
        return False
    made = _draft(desk, node, context, phrase, node.text)
    made.rate, made.days, made.length = rate, rate.days, phrase.first(Length)
    desk.below(node, context.inside(owner=made, quiet=True, section="template"))
    return True


def _says_when(phrase: Phrase) -> bool:
    return any(phrase.first(kind) is not None for kind in (Clock, Length, DayPart))


def _is_conditional(desk: Desk, node: Node, phrase: Phrase) -> bool:
    return phrase.first(Rate) is not None and desk.says("conditional", node.text)


def _rest(desk: Desk, node: Node, context: Context, days: tuple[int, ...]) -> bool:
    """A day off: nothing is put on it, and working days leave it out."""
    desk.rest_days.update(days)
    desk.note(node, context, Role.NOTE)
    return True


def _days_heading(desk: Desk, node: Node, context: Context, days: tuple[int, ...], words: str) -> bool:
    """WEEKDAYS (Mon-Fri), SUNDAY: what stands below happens on these days."""
    if _rests_below(desk, node):
        desk.rest_days.update(days)
        desk.mark(node, Role.HEADING)
        desk.below(node, context.inside(quiet=True))
        return True
    if node.shape is Shape.ITEM or (words and not node.children):
        return False
    desk.mark(node, Role.HEADING)
    desk.below(node, context.inside(days=days, section=context.section or "rhythm"))
    return True


def _rests_below(desk: Desk, node: Node) -> bool:
    texts = [child.text for child in node.children if child.text]
    return bool(texts) and len(texts) <= 2 and desk.says("rest", texts[0])


def _session(
    desk: Desk, node: Node, context: Context, phrase: Phrase, days: tuple[int, ...], words: str
) -> bool:
    """A block of time that recurs, where the line gives enough to know it by."""
    if not _is_heading(node) and not days and _set_aside(desk, node, context, phrase, days):
        return True
    clock, length, rate = leading_clock(phrase), phrase.first(Length), phrase.first(Rate)
    part = phrase.first(DayPart)
    own = leading_days(phrase) is not None
    in_dates = bool(context.period.when) or context.section == "rhythm" or not desk.has_periods
    timed = (
        clock is not None
        or (length is not None and (own or _is_heading(node)))
        or (part is not None and own is False)
    )
    if days and (timed or (own and node.shape in {Shape.ITEM, Shape.PARAGRAPH} and words)):
        made = _draft(desk, node, context, phrase, words or title(phrase, drop=(Clock, Length)) or node.text)
        made.days, made.clock, made.length = days, clock, length
        made.part = part.name if part is not None and clock is None else None
    elif rate is not None and in_dates and words and _recurs(desk, node, context):
        head = phrase.found[0]
        front = isinstance(head.value, Rate) and in_front(phrase.text[: head.begin])
        short = title(phrase, drop=(*ROUTINE_TIMES, Rate)) if front else ""
        made = _draft(desk, node, context, phrase, short or node.text)
        made.rate, made.clock, made.length = rate, clock, length
        made.days = rate.days
    elif _is_heading(node):
        return False
    else:
        return _set_aside(desk, node, context, phrase, days)
    desk.below(node, context.inside(owner=made, quiet=True))
    return True


def _recurs(desk: Desk, node: Node, context: Context) -> bool:
    """Whether a rate is work to be repeated rather than a word in a heading's name."""
    if _is_heading(node):
        return False
    return context.period is not desk.root or context.section == "rhythm"


def _is_heading(node: Node) -> bool:
    return node.shape in {Shape.HEADING, Shape.STRONG}


def _draft(desk: Desk, node: Node, context: Context, phrase: Phrase, words: str) -> Draft:
    made = desk.draft(
        Kind.SESSION, words, node, place(phrase) if phrase.first(Written) else context.period.when.__class__()
    )
    made.optional = desk.says("optional", node.text)
    made.tick = not (made.optional or desk.says("meeting", node.text))
    made.turn = context.turn
    made.tick = made.tick and desk.options.recurring
    context.period.children.append(made)
    desk.mark(node, Role.SESSION, made)
    return made


def _set_aside(desk: Desk, node: Node, context: Context, phrase: Phrase, days: tuple[int, ...]) -> bool:
    """Time without a task of its own: "Daily time: 2-3 hours on weekdays, 4-5 on weekends"."""
    lengths = [hit for hit in phrase.found if isinstance(hit.value, Length)]
    if not lengths or not _names_time(desk, node):
        return False
    words = title(phrase, drop=(*ROUTINE_TIMES, Rate))
    rest = title(desk.phrase(words.partition(":")[2].strip()), drop=ROUTINE_TIMES)
    if desk.says("lead:total", node.text) and not rest:
        desk.claims.append(_total(node, lengths[0].value, context))
        desk.mark(node, Role.META)
        return True
    minutes = commitment_minutes(phrase, days)
    if not minutes:
        return False
    if days and rest:
        made = _draft(desk, node, context, phrase, rest[0].upper() + rest[1:])
        made.days, made.length = days, phrase.first(Length)
        made.tick = False
        return True
    entry = context.period if context.period is not desk.root else None
    desk.commitments.append(
        Commitment(node.line, entry.number if entry else None, tuple(sorted(minutes.items())), node.text)
    )
    desk.mark(node, Role.META, entry)
    return True


def _names_time(desk: Desk, node: Node) -> bool:
    label, colon, _ = node.text.partition(":")
    return bool(colon) and desk.says("lead:time", label)


def _total(node: Node, length: object, context: Context) -> Claim:
    assert isinstance(length, Length)
    subject = "weekly-total" if length.per is Unit.WEEK else "daily-total"
    return Claim(node.line, subject, length.low, length.high, node.text, entry=context.period.number)


def commitment_minutes(phrase: Phrase, days: tuple[int, ...]) -> dict[int, int]:
    """Minutes for each weekday; a range books its upper end, a length counts for the days named after it."""
    minutes: dict[int, int] = {}
    hits = list(phrase.found)
    for at, hit in enumerate(hits):
        if not isinstance(hit.value, Length) or hit.value.per is Unit.WEEK:
            continue
        named = next((each.value for each in hits[at + 1 : at + 2] if isinstance(each.value, Weekdays)), None)
        if named is None:
            named = next(
                (each.value for each in hits[max(0, at - 1) : at] if isinstance(each.value, Weekdays)), None
            )
        for day in named.days if named is not None else days or EVERY_DAY:
            minutes.setdefault(day, hit.value.high)
    return minutes


def block_of_time(desk: Desk, node: Node, context: Context) -> Context | None:
    """The context below a heading with clock times inside a dated day; its boxes take its hours."""
    phrase = desk.phrase(node.text)
    clock = leading_clock(phrase)
    if clock is None or context.period is desk.root or context.quiet:
        return None
    words = title(phrase, drop=ROUTINE_TIMES)
    made = desk.draft(Kind.SESSION, words or node.text, node)
    made.clock = clock
    context.period.children.append(made)
    desk.roles[node.line - 1] = None  # marked as a heading a moment ago
    desk.mark(node, Role.SESSION, made)
    return context.inside(owner=made, clock=clock, block=made)
