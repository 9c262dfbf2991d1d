"""A length of work led by its rhythm: 每天2小时, 毎日30分, 하루 2시간, every day 30 min."""

from dataclasses import replace

from sync.reading.expressions import Length, Unit
from sync.reading.grammar.lengths import length
from sync.reading.grammar.numbers import past_about
from sync.reading.grammar.ordinals import unit
from sync.reading.lexer import Tokens


def pace(tokens: Tokens, i: int) -> tuple[Length, int] | None:
    """A length that recurs in each unit, where nothing else stands between the two."""
    led = _led(tokens, i)
    if led is None:
        return None
    kind, at = led
    found = length(tokens, past_about(tokens, at + 1 if tokens[at].has("of") else at))
    return (replace(found[0], per=kind), found[1]) if found is not None and found[0].per is None else None


def _led(tokens: Tokens, i: int) -> tuple[Unit, int] | None:
    """The unit of every day, daily, 1日, 週, and the position after it."""
    at = i + 1 if tokens[i].number == 1 or tokens[i].features.get("number") == 1 else i
    name = tokens[at].features.get("per_unit")
    if isinstance(name, str) and not tokens[at].stuck:
        # 月 2時間 in a table is a Monday, 月2時間 is two hours a month
        return None if tokens[at].has("weekday") and tokens[at + 1].spaced else (Unit(name), at + 1)
    name = tokens[i].features.get("rhythm")
    if isinstance(name, str):
        return Unit(name), i + 1
    kind = unit(tokens, i + 1) if tokens[i].has("every") else None
    return (kind, i + 2) if kind is not None else None
