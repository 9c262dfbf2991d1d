"""Countdowns: T-10 days, J-7, Jour J-1, 4-6 weeks before, за 2 недели до, 2週間前, the day after, 前日."""

from sync.reading.expressions import Offset, Unit
from sync.reading.grammar.numbers import connector, number, run
from sync.reading.grammar.ordinals import unit
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.lexer import Tokens

MINUS = frozenset({"-", "−", "–"})


def offset(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    """How far before or after the event."""
    if tokens[i].number is not None:
        return _counted(tokens, i)
    return (
        _countdown(tokens, i)
        or _counted(tokens, i)
        or _glued_before(tokens, i)
        or _single(tokens, i)
        or _relative_day(tokens, i)
    )


def _countdown(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    """T-10 days, T-4w, T minus 10, J-7."""
    letter, sign = tokens[i], tokens[i + 1]
    if not letter.has("countdown") or not letter.capital:
        return None
    if sign.text not in MINUS and sign.text != "+" and not sign.has("minus"):
        return None
    found = run(tokens, i + 2)
    if found is None or (letter.text != "T" and (tokens[i + 2].spaced or sign.spaced)):
        return None
    (near, far), after = found
    kind, past = _unit_behind(tokens, after)
    return Offset(kind, far or near, near, after=sign.text == "+"), past


def _unit_behind(tokens: Tokens, i: int) -> tuple[Unit, int]:
    """The unit of a countdown, a day where none is written."""
    kind = unit(tokens, i)
    if kind is not None:
        return kind, i + 1
    short = tokens[i].features.get("unit_short")
    return (Unit(short), i + 1) if isinstance(short, str) and not tokens[i].spaced else (Unit.DAY, i)


def _counted(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    found = run(tokens, i)
    if found is None:
        return None
    (near, far), after = found
    joint = connector(tokens, after)
    falling = number(tokens, joint) if joint is not None and near == far else None
    if falling is not None and falling[0] < near:
        near, after = falling  # "8 to 4 weeks before" counts down
    kind = unit(tokens, after)
    if kind is None:
        return None
    side = _side(tokens, after + 1)
    if side is None:
        return None
    return Offset(kind, far or near, near, after=side[0]), side[1]


def _glued_before(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    """考试前2周: the word for before stands between the event and the number, without a blank."""
    event = tokens[i - 1].text
    if not tokens[i].has("before") or not event or not IDEOGRAPH.match(event) or tokens[i].spaced:
        return None
    found = run(tokens, i + 1)
    kind = unit(tokens, found[1]) if found is not None else None
    if found is None or kind is None:
        return None
    (near, far), after = found
    return Offset(kind, far or near, near), after + 1


def _single(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    """Week before, the day after: only at the beginning of a line."""
    kind = unit(tokens, i)
    if kind is None or i > 1 or (i == 1 and not (tokens[0].has("of") or tokens[0].has("from"))):
        return None
    side = _side(tokens, i + 1)
    return (
        (Offset(kind, 1, 0 if kind is not Unit.DAY else 1, after=side[0]), side[1])
        if side is not None
        else None
    )


def _relative_day(tokens: Tokens, i: int) -> tuple[Offset, int] | None:
    """前日, Vortag, la veille: one word for a day beside the event, or the event's own with a count: Jour J-3."""
    days, count = tokens[i].features.get("relative_day"), tokens[i + 2].number
    if not isinstance(days, int):
        return None
    if not days and count is not None and tokens[i + 1].text in {*MINUS, "+"} and not tokens[i + 2].spaced:
        return Offset(Unit.DAY, count, count, after=tokens[i + 1].text == "+"), i + 3
    return Offset(Unit.DAY, abs(days), abs(days), after=days > 0), i + 1


def _side(tokens: Tokens, i: int) -> tuple[bool, int] | None:
    """Whether the word at `i` says after (True) or before (False)."""
    if tokens[i].has("of"):
        i += 1
    if tokens[i].has("before"):
        return False, i + 1
    return (True, i + 1) if tokens[i].has("after") else None
