"""How long work takes: 90 min, 2-3 hours, 1h30, 2×1h30, 2 hr 15, half an hour, 15 min/day, 2時間半."""

from sync.reading.expressions import Length, Unit
from sync.reading.grammar.numbers import connector, decimal, past_dot
from sync.reading.grammar.ordinals import unit
from sync.reading.lexer import Tokens

TIMES = frozenset({"x", "X", "*"})
MANY = 20
"""So many sittings are none: it is a size or a multiplication."""
LONGEST = 60_000
"""Minutes; more is no length of work."""
Body = tuple[tuple[int, int], int]


def length(tokens: Tokens, i: int) -> tuple[Length, int] | None:
    """A length of work, with the unit in which it recurs where that is said."""
    times, at = _times(tokens, i)
    body = None if tokens[at].number is not None else _half_hour(tokens, at) or _named(tokens, at)
    body = body or _colon(tokens, at) or _compound(tokens, at) or _simple(tokens, at)
    if body is None:
        return None
    (low, high), after = body
    if tokens[after].has("half_after"):
        low, high, after = low + 30, high + 30, after + 1
    count = tokens[after + 1].number
    if times == 1 and tokens[after].text in TIMES and count is not None and 1 < count < MANY:
        times, after = count, after + 2
    per, after = _per(tokens, after)
    return Length(low, high, times, per), after


def _times(tokens: Tokens, i: int) -> tuple[int, int]:
    """The 3 of 3 x 40 min."""
    count = tokens[i].number
    if (
        count is not None
        and tokens[i + 1].text in TIMES
        and tokens[i + 2].number is not None
        and count < MANY
    ):
        return count, i + 2
    return 1, i


def _half_hour(tokens: Tokens, i: int) -> Body | None:
    """Half an hour, eine halbe Stunde."""
    at = i if tokens[i].has("half_hour") else i + 1
    if not tokens[at].has("half_hour") or (at > i and tokens[i].features.get("number") != 1):
        return None
    at += 2 if tokens[at + 1].has("per") else 1
    return ((30, 30), at + 1) if tokens[at].features.get("length") == 60 else None


def _named(tokens: Tokens, i: int) -> Body | None:
    """Words for a length as a whole: полчаса, demi-heure, Dreiviertelstunde."""
    at = i if tokens[i].has("length_word") else i + 1
    minutes = tokens[at].features.get("length_word")
    if not isinstance(minutes, int) or (at > i and tokens[i].features.get("number") != 1):
        return None
    return (minutes, minutes), at + 1


def _colon(tokens: Tokens, i: int) -> Body | None:
    """1:30 h."""
    hours, sign, minutes = tokens[i].number, tokens[i + 1], tokens[i + 2]
    if hours is None or sign.text != ":" or sign.spaced or minutes.number is None or len(minutes.text) != 2:
        return None
    if minutes.spaced or minutes.number > 59 or tokens[i + 3].features.get("length") != 60:
        return None
    total = hours * 60 + minutes.number
    return ((total, total), i + 4) if total <= LONGEST else None


def _compound(tokens: Tokens, i: int) -> Body | None:
    """1h30, 1h 30m, 2 hr 15, 1 hour and 20 minutes, 1小时30分."""
    hours = tokens[i].number
    if hours is None or tokens[i + 1].features.get("length") != 60:
        return None
    at = past_dot(tokens, i + 2)
    if (tokens[at].text == "," or tokens[at].has("and")) and _is_minute(tokens, at + 2):
        at += 1
    minutes = tokens[at].number
    if minutes is None or minutes > 59 or len(tokens[at].text) > 2:
        return None
    named = _is_minute(tokens, at + 1)
    glued = not tokens[at].spaced and len(tokens[at].text) == 2
    loose = tokens[at].spaced and tokens[at + 1].text in {"", ")", ",", "."}
    total = hours * 60 + minutes
    if not (named or glued or loose) or total > LONGEST:
        return None
    return (total, total), at + (2 if named else 1)


def _is_minute(tokens: Tokens, i: int) -> bool:
    return tokens[i].features.get("length") == 1 or tokens[i].has("minute_word")


def _simple(tokens: Tokens, i: int) -> Body | None:
    """90 min, 2-3 hours, 1.5–2 hrs, 90-minute, 2h-3h."""
    head = decimal(tokens, i)
    if head is None:
        return None
    low, after = head
    factor, at = _factor(tokens, after)
    joint = connector(tokens, at if factor else after)
    tail = decimal(tokens, joint) if joint is not None else None
    if tail is not None and tail[0] >= low:
        tail_factor, end = _factor(tokens, tail[1])
        if tail_factor and 0 < tail[0] * tail_factor <= LONGEST:
            return (round(low * (factor or tail_factor)), round(tail[0] * tail_factor)), end
    if not factor or not 0 < low * factor <= LONGEST:
        return None
    return (round(low * factor), round(low * factor)), at


def _factor(tokens: Tokens, i: int) -> tuple[int, int]:
    """Minutes in the unit named at `i` (0 where none is) and the position after it."""
    at = i + 1 if tokens[i].text == "+" or (tokens[i].text == "-" and not tokens[i].spaced) else i
    value = tokens[at].features.get("length")
    if not isinstance(value, int) or (tokens[at].text in {"m", "M"}):
        return 0, i
    return value, at + 1


def _per(tokens: Tokens, i: int) -> tuple[Unit | None, int]:
    """The day of 15 min/day, 2 hours per day, 30 min daily, 2 Std. pro Tag."""
    at = past_dot(tokens, i)
    rhythm = tokens[at].features.get("rhythm")
    if isinstance(rhythm, str):
        return Unit(rhythm), at + 1
    if tokens[at].text == "/" or tokens[at].has("per") or tokens[at].has("apiece"):
        kind = unit(tokens, at + 1)
        if kind is not None and tokens[at + 2].number is None:
            return kind, at + 2
    return None, i
