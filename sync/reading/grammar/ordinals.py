"""Numbered units and spans of units: Week 3, Days 28-30, Q1 2026, CW 14, 第3周, 1주차, 8 weeks."""

from dataclasses import replace

from sync.reading.expressions import Extent, Ordinal, Unit
from sync.reading.grammar.numbers import (
    Run,
    connector,
    falling,
    is_year,
    nth_mark,
    number,
    past_dot,
    roman,
    run,
    year,
)
from sync.reading.ideographs import HANGUL, IDEOGRAPH
from sync.reading.lexer import Tokens

COUNTABLE = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR})
ROMAN_UNITS = frozenset({Unit.PHASE, Unit.QUARTER})
LAST_ISO_WEEK = 53
HALVES = {1: 1, 2: 2, -1: 2}
"""Which half an ordinal names; the last one is the second."""
Numbered = tuple[Ordinal, int]


def unit(tokens: Tokens, i: int) -> Unit | None:
    """The unit that a word names."""
    name = tokens[i].features.get("unit")
    return Unit(name) if isinstance(name, str) else None


def ordinal(tokens: Tokens, i: int) -> Numbered | None:
    """A unit with its number, in whichever order the language puts them, or a range of two such."""
    head = _yeared_quarter(tokens, i) or _single(tokens, i)
    if head is None:
        return None
    found, after = head
    joint = connector(tokens, after)
    tail = _single(tokens, joint) if joint is not None and found.first == found.last else None
    if tail is None or tail[0].unit is not found.unit or tail[0].last is None or tail[0].first <= found.first:
        return head
    return replace(found, last=tail[0].last, year=found.year or tail[0].year), tail[1]


def _single(tokens: Tokens, i: int) -> Numbered | None:
    if tokens[i].number is not None:
        return _calendar_week(tokens, i) or _counted(tokens, i) or _half_year(tokens, i)
    return (
        _named(tokens, i)
        or _short(tokens, i)
        or _calendar_week(tokens, i)
        or _counted(tokens, i)
        or roman_quarter(tokens, i)
        or _half_year(tokens, i)
    )


def _named(tokens: Tokens, i: int) -> Numbered | None:
    """Week 3, Weeks 3-4, Week #3, Semaine n° 3, Phase II."""
    kind = unit(tokens, i)
    if kind is None or (tokens[i - 1].number is not None and not tokens[i].spaced):
        return None
    east_asian = IDEOGRAPH.match(tokens[i].text) is not None
    if east_asian and len(tokens[i].text) == 1:
        return None
    at = i + 1
    if tokens[at].text in {"#", "-", ".", "№"} and (tokens[at].text in {"#", "№"} or not tokens[at].spaced):
        at += 1
    if tokens[at].has("number_sign"):
        at += 2 if tokens[at + 1].text in {".", "°"} else 1
    value = roman(tokens[at])
    if value is not None and kind in ROMAN_UNITS:
        return _with_year(tokens, Ordinal(kind, value, value), i, at + 1)
    found = run(tokens, at)
    if found is None or is_year(tokens, at):
        return None
    (first, last), after = _or_falling(tokens, *found)
    counts = east_asian and (tokens[after].has("times") or tokens[after].has("length"))
    if counts or (kind is Unit.DAY and _is_date(tokens, after)):
        return None
    if tokens[after].text == "/" and tokens[after + 1].number is not None and not tokens[after].spaced:
        after += 2
    return _with_year(tokens, Ordinal(kind, first, last), i, after)


def _or_falling(tokens: Tokens, numbers: Run, after: int) -> tuple[Run, int]:
    """The numbers of a unit, where a smaller one follows too: Day 10-8, or the turn of the year in KW 52-2."""
    first, last = numbers
    tail = falling(tokens, after, first) if first == last else None
    return ((first, tail[0]), tail[1]) if tail is not None else (numbers, after)


def _is_date(tokens: Tokens, i: int) -> bool:
    """Whether the number before belongs to a date: día 4 de mayo."""
    at = i
    while tokens[at].has("of"):
        at += 1
    return at > i and tokens[at].has("month")


def _short(tokens: Tokens, i: int) -> Numbered | None:
    """W3, D17, Q1, Q1 2026, 2026 Q1."""
    name = tokens[i].features.get("unit_short")
    digit = tokens[i + 1]
    if not isinstance(name, str) or digit.number is None or digit.spaced or tokens[i].text.islower():
        return None
    if tokens[i].has("doubtful") and (i > 0 or tokens[i + 2].text.isalpha()):
        return None
    kind = Unit(name)
    if kind is Unit.QUARTER and not 1 <= digit.number <= 4:
        return None
    found = run(tokens, i + 1)
    assert found is not None
    (first, last), after = found
    joint = connector(tokens, i + 2)
    if (
        joint is not None
        and tokens[joint].features.get("unit_short") == name
        and tokens[joint + 1].number is not None
    ):
        last, after = tokens[joint + 1].number, joint + 2
    return _with_year(tokens, Ordinal(kind, first, last), i, after)


def _with_year(tokens: Tokens, found: Ordinal, i: int, after: int) -> Numbered:
    """The ordinal with the year that stands beside it, where it is a quarter."""
    if found.unit is not Unit.QUARTER:
        return found, after
    at = after + 1 if tokens[after].text in {"/", ",", "-"} or tokens[after].has("of") else after
    behind = year(tokens, at)
    if behind is not None:
        return replace(found, year=behind[0]), behind[1]
    return (replace(found, year=tokens[i - 1].number), after) if is_year(tokens, i - 1) else (found, after)


def _yeared_quarter(tokens: Tokens, i: int) -> Numbered | None:
    """2026 Q1, 2026年第1四半期: the year first."""
    if not is_year(tokens, i):
        return None
    at = i + 2 if tokens[i + 1].has("year_mark") or tokens[i + 1].text in {"年", "-", "/"} else i + 1
    found = _single(tokens, at)
    if found is None or found[0].unit is not Unit.QUARTER:
        return None
    return replace(found[0], year=tokens[i].number), found[1]


def _calendar_week(tokens: Tokens, i: int) -> Numbered | None:
    """CW 14, KW 14-15, KW 14/2026, and 14. KW."""
    if tokens[i].has("iso_week"):
        found = run(tokens, past_dot(tokens, i + 1))
        if found is None or not 1 <= found[0][0] <= LAST_ISO_WEEK:
            return None
        (first, last), after = _or_falling(tokens, *found)
        if tokens[after].text == "/" and is_year(tokens, after + 1):
            return Ordinal(Unit.WEEK, first, last, iso=True, year=tokens[after + 1].number), after + 2
        return Ordinal(Unit.WEEK, first, last, iso=True), after
    first_week, mark = tokens[i].number, nth_mark(tokens, i + 1) or past_dot(tokens, i + 1)
    if first_week is None or mark == i + 1 or not tokens[mark].has("iso_week"):
        return None
    return (
        (Ordinal(Unit.WEEK, first_week, first_week, iso=True), mark + 1)
        if 1 <= first_week <= LAST_ISO_WEEK
        else None
    )


def _counted(tokens: Tokens, i: int) -> Numbered | None:
    """1st week, third week, 2. Woche, 1re et 2e semaines, 第1周, 3日目, 1주차."""
    prefixed = tokens[i].has("ordinal_prefix") and not (tokens[i].stuck and HANGUL.match(tokens[i].text))
    at = i + 1 if prefixed else i
    nth = tokens[at].features.get("nth")
    if isinstance(nth, int) and nth > 0 and not prefixed:
        after = nth_mark(tokens, at + 1) or at + 1
        kind = unit(tokens, after)
        return _with_year(tokens, Ordinal(kind, nth, nth), i, after + 1) if kind is not None else None
    found = run(tokens, at)
    if found is None:
        return None
    (first, last), after = found
    mark = _mark(tokens, after)
    if mark is not None:
        after = mark
        second = _second(tokens, after, first)
        if second is not None:
            last, after = second
    counter = tokens[after].features.get("unit_nth")
    if isinstance(counter, str):
        return _with_year(tokens, Ordinal(Unit(counter), first, last), i, after + 1)
    kind = unit(tokens, after)
    of_year = kind is Unit.QUARTER and first == last and first <= 4 and is_year(tokens, after + 1)
    if kind is None or not (prefixed or mark is not None or of_year):
        return None
    return _with_year(tokens, Ordinal(kind, first, last), i, after + 1)


def _mark(tokens: Tokens, i: int) -> int | None:
    """The position after what makes a number an ordinal before its unit, a plain dot included."""
    return nth_mark(tokens, i) or (i + 1 if tokens[i].text == "." and not tokens[i].spaced else None)


def _second(tokens: Tokens, i: int, first: int) -> tuple[int, int] | None:
    """The other end of 1. - 2. Woche, 3ª y 4ª semana."""
    joint = connector(tokens, i)
    listed = joint is None and tokens[i].has("and")
    joint = i + 1 if joint is None else joint
    found = number(tokens, joint) if listed or tokens[i].is_dash or tokens[i].has("range") else None
    if found is None or found[0] <= first or (listed and found[0] != first + 1):
        return None
    mark = _mark(tokens, found[1])
    return (found[0], mark) if mark is not None else None


def roman_quarter(tokens: Tokens, i: int) -> Numbered | None:
    """II trimestre 2026, IV квартал."""
    value, kind = roman(tokens[i]), unit(tokens, i + 1)
    if value is None or kind is not Unit.QUARTER:
        return None
    return _with_year(tokens, Ordinal(kind, value, value), i, i + 2)


def _half_year(tokens: Tokens, i: int) -> Numbered | None:
    """H1 2026, first half of 2026, 2. Halbjahr, 上半期: two quarters."""
    named = tokens[i].features.get("half_of_year")
    if isinstance(named, int):
        return _with_year(tokens, _quarters_of(named), i, i + 1)
    if tokens[i].has("half_short"):
        return _short_half(tokens, i)
    found = half(tokens, i)
    if found is None:
        return None
    which, after = found
    if unit(tokens, after) is Unit.YEAR:
        return _quarters_of(which), after + 1
    sure = any(each.has("half_year") for each in tokens[i:after])
    dated = _with_year(tokens, _quarters_of(which), i, after)
    return dated if sure or dated[0].year is not None else None


def _quarters_of(which: int) -> Ordinal:
    return Ordinal(Unit.QUARTER, 2 * which - 1, 2 * which)


def _short_half(tokens: Tokens, i: int) -> Numbered | None:
    """H1 2026, 2026 H2; without a year only where a line begins with it (H1: build), for H1 is a heading in HTML."""
    digit, sign = tokens[i + 1], tokens[i + 2].text
    if digit.number not in {1, 2} or digit.spaced or len(digit.text) > 1 or tokens[i].text.islower():
        return None
    dated = _with_year(tokens, _quarters_of(digit.number), i, i + 2)
    return dated if dated[0].year is not None or (i == 0 and sign in {"", ":", "("}) else None


def half(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """First half, 2. Halbjahr, I półrocze, with the position after the article that may follow."""
    token, at = tokens[i], i + 1
    nth = token.number if token.number is not None else token.features.get("nth", roman(token))
    which = HALVES.get(nth) if isinstance(nth, int) else None
    if token.number is not None and which is not None:
        at = _mark(tokens, at) or i
    if which is None or not (tokens[at].has("half") or tokens[at].has("half_year")):
        return None
    at += 1
    while tokens[at].has("of"):
        at += 1
    return which, at


def extent(tokens: Tokens, i: int) -> tuple[Extent, int] | None:
    """8 weeks, 10 days, 3-month: a span without a place."""
    found = number(tokens, i)
    if found is None:
        return None
    count, after = found
    joint = connector(tokens, after)
    if joint is not None and (tail := number(tokens, joint)) is not None and tail[0] > count:
        count, after = tail
    elif tokens[after].text == "-" and unit(tokens, after + 1) is not None:
        after += 1
    kind = unit(tokens, after)
    return (Extent(count, kind), after + 1) if kind in COUNTABLE and 0 < count < 1000 else None
