"""What comes again: sessions on weekdays, daily blocks, rates, time set aside, days of rest."""

import re
from dataclasses import replace

from sync.model import Kind, Role
from sync.reading.desk import CONTEXT_SECTIONS, Context, Desk
from sync.reading.draft import Draft
from sync.reading.expressions import (
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
from sync.reading.hours import commitment_minutes, names_time, set_aside, total_claim
from sync.reading.leading import (
    is_bounded_series,
    leading_clock,
    leading_days,
    leading_part,
    leading_rate,
    named_before_times,
)
from sync.reading.lexer import plain
from sync.reading.nodes import Node, Shape
from sync.reading.placing import EDGE, SET_OFF, around, in_front, is_single_day, place
from sync.reading.roadmap import NOWHEN
from sync.reading.titles import title

ROUTINE_TIMES = (Clock, Length, Weekdays, DayPart, Ordinal, Written, Offset, Extent)
NUMBERED = re.compile(r"(?:[^\W\d]+\s+)?(?P<word>[^\W\d]+)\s+#?(?P<number>\d{1,2})\b")


def routine(desk: Desk, node: Node, context: Context, phrase: Phrase) -> bool:
    """Read a line that sets something recurring; False where it is none."""
    silent = not (phrase.found or context.days or context.cadence)  # as most lines are
    if silent or context.quiet or (context.section in CONTEXT_SECTIONS and not leading_days(phrase)):
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
    bounded = bool(words) and is_bounded_series(phrase)
    if (
        own is not None
        and not (_says_when(phrase) or bounded)
        and (node.shape is not Shape.ITEM or not words)
    ):
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
    own = leading_days(phrase) is not None
    if not _is_heading(node) and (own or not days) and _set_aside(desk, node, context, phrase, days):
        return True
    clock, length, rate = leading_clock(phrase), phrase.first(Length), _rate(phrase)
    if rate is None and node.shape is Shape.ITEM:
        rate, length = _pace(phrase, length)
    part = phrase.first(DayPart)
    bounded = is_bounded_series(phrase)
    in_dates = bool(context.period.when) or context.section == "rhythm" or not desk.has_periods or bounded
    timed = (
        clock is not None
        or (length is not None and (own or _is_heading(node)))
        or (part is not None and own is False)
    )
    if days and (timed or (own and words and (bounded or node.shape in {Shape.ITEM, Shape.PARAGRAPH}))):
        name = words or title(phrase, drop=(Clock, Length, Written))
        made = _draft(desk, node, context, phrase, name or node.text)
        made.days, made.clock, made.length = days, clock, length
        made.part = part.name if part is not None and clock is None else None
    elif rate is not None and in_dates and words and _recurs(desk, node, context, phrase):
        made = _draft(desk, node, context, phrase, _called(phrase) or _beside_rate(phrase) or node.text)
        made.rate, made.clock, made.length = rate, clock, length
        made.days = rate.days
    elif _is_heading(node):
        return False
    else:
        return _set_aside(desk, node, context, phrase, days)
    desk.below(node, context.inside(owner=made, quiet=True))
    return True


def _rate(phrase: Phrase) -> Rate | None:
    """The rhythm of a line; one that names its days tells more than its name: "Daily - every weekday 9:30"."""
    return next((rate for rate in phrase.every(Rate) if rate.days), phrase.first(Rate))


def _called(phrase: Phrase) -> str:
    """The rhythm as a name: the Daily of "Daily - every weekday 9:30"."""
    head, others = phrase.found[0], phrase.found[1:]
    if not isinstance(head.value, Rate) or not in_front(phrase, phrase.text[: head.begin]):
        return ""
    apart = SET_OFF.match(phrase.text[head.end :]) is not None
    again = any(isinstance(hit.value, Rate | Weekdays) for hit in others)
    return phrase.text[head.begin : head.end] if apart and again else ""


def _pace(phrase: Phrase, length: Length | None) -> tuple[Rate | None, Length | None]:
    """The rhythm of a length with which a line begins or ends: "30 min a day vocabulary" is a session on each day."""
    hit = phrase.hit(Length)
    if hit is None or length is None or length.per is None:
        return None, length
    before, after = around(phrase, hit)
    if not in_front(phrase, before) and after.strip(EDGE):
        return None, length
    return Rate(1, 1, length.per), replace(length, per=None)


def _beside_rate(phrase: Phrase) -> str:
    """What is done, where the rhythm stands before it or is set off behind it; "" where it is part of a sentence."""
    hit = phrase.hit(Rate)
    whole = title(phrase, drop=ROUTINE_TIMES)
    if hit is None:
        return whole
    words = title(phrase, drop=(*ROUTINE_TIMES, Rate))
    return "" if words == whole else words or phrase.text[hit.begin : hit.end]


def _recurs(desk: Desk, node: Node, context: Context, phrase: Phrase) -> bool:
    """Whether a rate is work to be repeated rather than a word in a heading's name."""
    if _is_heading(node):
        return False
    led = leading_rate(phrase) is not None
    return context.period is not desk.root or context.section == "rhythm" or led


def _is_heading(node: Node) -> bool:
    return node.shape in {Shape.HEADING, Shape.STRONG}


def _draft(desk: Desk, node: Node, context: Context, phrase: Phrase, words: str) -> Draft:
    when = place(phrase) if phrase.first(Written) else NOWHEN
    made = desk.draft(Kind.SESSION, named_before_times(desk.phrase(words)), node, when)
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
    if not lengths or not names_time(desk, node):
        return False
    rest = _beside_times(desk.phrase(plain(node.text).partition(":")[2].strip()))
    if desk.says("lead:total", node.text) and not rest:
        desk.claims.append(total_claim(node, lengths[0].value, context))
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
    set_aside(desk, node, phrase, minutes, entry)
    desk.mark(node, Role.META, entry)
    return True


def _beside_times(phrase: Phrase) -> str:
    """What a line says besides its times and the little words between them: nothing in "2 hours on weekdays"."""
    words = re.findall(r"\w+", phrase.rest.casefold())
    if all(word in phrase.words.particles.articles for word in words):
        return ""
    return title(phrase, drop=(*ROUTINE_TIMES, Rate))


def block_of_time(desk: Desk, node: Node, context: Context) -> Context | None:
    """The context below a heading with clock times inside a dated day, or a part of it; its boxes take its hours."""
    phrase = desk.phrase(node.text)
    clock, part = leading_clock(phrase), leading_part(phrase)
    if context.period is desk.root or context.quiet:
        return None
    if clock is None and (part is None or not is_single_day(context.period.when)):
        return None
    words = title(phrase, drop=ROUTINE_TIMES)
    made = desk.draft(Kind.SESSION, words or node.text, node)
    made.clock, made.part = clock, part if clock is None else None
    context.period.children.append(made)
    desk.mark(node, Role.SESSION, made)
    return context.inside(owner=made, clock=clock, part=made.part, block=made)
