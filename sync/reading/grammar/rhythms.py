"""What comes again: every other Friday, daily, twice a week, the last Friday of the month, 5 problems per day."""

from dataclasses import replace

from sync.reading.expressions import Rate, Unit
from sync.reading.grammar.numbers import connector, nth_mark, number, past_dot
from sync.reading.grammar.ordinals import unit
from sync.reading.grammar.weekdays import weekdays
from sync.reading.lexer import Tokens

REACH = 7
"""How many words may stand between a number and its "per week"."""
MOST_IN_MONTH = 5
"""No weekday comes oftener in a month."""
MANY = 1000
"""A larger number is a quantity of something else."""
CURRENCIES = frozenset("$€£¥")
Paced = tuple[Rate, int]


def rate(tokens: Tokens, i: int) -> Paced | None:
    """A rhythm that stands by itself: every Friday, every 2 weeks, daily, twice a week."""
    if tokens[i].number is not None:
        return _often(tokens, i) or _by_unit(tokens, i) or _nth_weekday(tokens, i) or alternate(tokens, i)
    return (
        _monthly(tokens, i)
        or _every(tokens, i)
        or _rhythm(tokens, i)
        or _often(tokens, i)
        or _by_unit(tokens, i)
        or _nth_weekday(tokens, i)
        or alternate(tokens, i)
    )


def _every(tokens: Tokens, i: int) -> Paced | None:
    """Every day, every 2nd week, every other Friday, 每两周, 每周三次."""
    if not tokens[i].has("every"):
        return None
    named = _nth_weekday(tokens, i + 1)
    if named is not None:
        return named
    at, interval = i + 1, 1
    if tokens[at].has("other"):
        at, interval = at + 1, 2
    elif (count := number(tokens, at)) is not None:
        interval, at = count
        at = nth_mark(tokens, at) or past_dot(tokens, at)
    if not 0 < interval < MANY:
        return None
    kind = unit(tokens, at)
    if kind is not None and not tokens[at + 1].has("before"):
        found = Rate(1, 1, kind, interval)
        return _count(tokens, at + 1, found) or (found, at + 1)
    days = weekdays(tokens, at)
    if days is not None:
        return Rate(1, 1, Unit.WEEK, interval, days[0].days), days[1]
    # the part of the day is read by itself, from "morning" on
    return (Rate(1, 1, Unit.DAY), at) if interval == 1 and tokens[at].has("part") else None


def _count(tokens: Tokens, i: int, found: Rate) -> Paced | None:
    """The rate with the 3次 that follows it."""
    numbers = _numbers(tokens, i + 1 if tokens[i].has("of") else i)
    if numbers is None or not tokens[numbers[2]].has("times"):
        return None
    low, high, after = numbers
    return replace(found, low=low, high=high), after + 1


def _numbers(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """How often at least and at most, as in 3-4, with the position after it."""
    head = number(tokens, i)
    if head is None:
        return None
    low, after = head
    joint = connector(tokens, after)
    tail = number(tokens, joint) if joint is not None else None
    return (low, max(low, tail[0]), tail[1]) if tail is not None else (low, low, after)


def _rhythm(tokens: Tokens, i: int) -> Paced | None:
    """Daily, fortnightly, 毎週3回, 隔週金曜."""
    interval = 1
    name = tokens[i].features.get("rhythm")
    if not isinstance(name, str):
        interval, name = 2, tokens[i].features.get("rhythm_two")
    if not isinstance(name, str):
        return None
    found = Rate(1, 1, Unit(name), interval)
    counted = _count(tokens, i + 1, found)
    if counted is not None:
        return counted
    days = weekdays(tokens, i + 1) if found.unit is Unit.WEEK else None
    return (replace(found, days=days[0].days), days[1]) if days is not None else (found, i + 1)


def _often(tokens: Tokens, i: int) -> Paced | None:
    """Once a week, 3x per week, 3-4 times a week, раз в две недели."""
    once = tokens[i].features.get("once")
    if isinstance(once, int):
        kind = _per_unit(tokens, i + 1)
        if kind is not None:
            return Rate(once, once, kind[0], kind[1]), kind[2]
    numbers = _numbers(tokens, i)
    if numbers is None:
        return None
    low, high, after = numbers
    if tokens[after].text == "-" and tokens[after + 1].has("times") and not tokens[after].spaced:
        after += 1
    if not (tokens[after].has("times") or tokens[after].text in {"x", "X"}):
        return None
    kind = _per_unit(tokens, after + 1)
    return (Rate(low, high, kind[0], kind[1]), kind[2]) if kind is not None else None


def _per_unit(tokens: Tokens, i: int) -> tuple[Unit, int, int] | None:
    """Per week, daily, /week, every 2 weeks: the unit, how many of them, and the position after it."""
    rhythm = tokens[i].features.get("rhythm")
    if isinstance(rhythm, str):
        return Unit(rhythm), 1, i + 1
    if not (tokens[i].has("per") or tokens[i].has("apiece") or tokens[i].text == "/"):
        return None
    kind = unit(tokens, i + 1)
    if kind is not None:
        return kind, 1, i + 2
    count = number(tokens, i + 1)
    kind = unit(tokens, count[1]) if count is not None else None
    return (
        (kind, count[0], count[1] + 1)
        if count is not None and kind is not None and 0 < count[0] < MANY
        else None
    )


def _by_unit(tokens: Tokens, i: int) -> Paced | None:
    """週3回, 1日2回, 一周三次, 주 3회: the unit first."""
    at = i + 1 if tokens[i].number == 1 or tokens[i].features.get("number") == 1 else i
    name = tokens[at].features.get("per_unit")
    if not isinstance(name, str) or tokens[at].stuck or (tokens[at].has("weekday") and tokens[at + 1].spaced):
        return None
    return _count(tokens, at + 1, Rate(1, 1, Unit(name)))


def _nth_weekday(tokens: Tokens, i: int) -> Paced | None:
    """First Monday of the month, last Friday of each month, 2nd and 4th Saturday, 第2・第4土曜."""
    found = _on_nth(tokens, i)
    if found is None:
        return None
    rate_, at = found
    end = at
    while tokens[at].has("of") or tokens[at].has("per") or tokens[at].has("every"):
        at += 1
    if unit(tokens, at) is Unit.MONTH or tokens[at].features.get("rhythm") == Unit.MONTH:
        return rate_, at + 1
    # several of them, and the Japanese second Saturday, are those of a month though nobody says so
    return (rate_, end) if len(rate_.nth) > 1 or tokens[i].has("ordinal_prefix") else None


def _monthly(tokens: Tokens, i: int) -> Paced | None:
    """毎月第1月曜, 每月第一个周一, 매월 첫째 월요일: the month first."""
    return _on_nth(tokens, i + 1) if tokens[i].features.get("rhythm") == Unit.MONTH else None


def _on_nth(tokens: Tokens, i: int) -> Paced | None:
    """One or several ordinals and the weekday that they count."""
    numbers: list[int] = []
    at = i
    while (found := _nth(tokens, at)) is not None and not (numbers and tokens[at].has("weekday")):
        numbers.append(found[0])
        at = found[1]
        if tokens[at].has("and") or tokens[at].text in {",", "&", "/", "+", "·"}:
            at += 1
    days = tokens[at].features.get("weekday")
    if not numbers or max(numbers) > MOST_IN_MONTH or not isinstance(days, tuple):
        return None
    return Rate(1, 1, Unit.MONTH, 1, days, tuple(numbers)), at + 1


def _nth(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """First, 2nd, 第2, 第一个, with the position after it."""
    nth = tokens[i].features.get("nth")
    if isinstance(nth, int):
        return nth, i + 1
    at = i + 1 if tokens[i].has("ordinal_prefix") else i
    count = tokens[at].number
    after = nth_mark(tokens, at + 1) or past_dot(tokens, at + 1)
    return (count, after) if count is not None and (at > i or after > at + 1) else None


def alternate(tokens: Tokens, i: int) -> Paced | None:
    """Une semaine sur deux, un viernes sí y otro no, 2週間ごと, 월요일마다: the rhythm behind its unit."""
    count, at = number(tokens, i) or (1, i)
    behind = tokens[at + 1]
    if not (behind.has("every_after") or (behind.has("other_after") and count == 1)) or not 0 < count < MANY:
        return None
    interval = 2 if behind.has("other_after") else count
    kind, days = unit(tokens, at), tokens[at].features.get("weekday")
    if kind is not None and not isinstance(days, tuple):
        return Rate(1, 1, kind, interval), at + 2
    return (Rate(1, 1, Unit.WEEK, interval, days), at + 2) if isinstance(days, tuple) else None


def quota(tokens: Tokens, i: int) -> Paced | None:
    """The per week of "5-10 relevant jobs per week", with the number that stands before it."""
    kind = unit(tokens, i + 1)
    if kind is None or tokens[i + 2].number is not None or not _shares(tokens, i):
        return None
    for at in range(i - 1, max(-1, i - REACH), -1):
        if tokens[at].text in {":", ";", "|"} or (tokens[at].text == "." and tokens[at + 1].spaced):
            return None
        if (count := number(tokens, at)) is None:
            continue
        if tokens[count[1]].has("measure") or tokens[at - 1].text in CURRENCIES:
            return Rate(1, 1, kind), i + 2  # 3 km per week is an amount, not three times
        if unit(tokens, at - 1) is not None or _in_number(tokens, at):
            return None
        low = high = count[0]
        if tokens[at - 1].is_dash and tokens[at - 2].number is not None and not tokens[at - 1].spaced:
            low = tokens[at - 2].number or low
        return (Rate(low, high, kind), i + 2) if 0 < low <= high <= MANY else None
    return None


def _shares(tokens: Tokens, i: int) -> bool:
    """Whether the word at `i` says per; a mere preposition (в день, w tygodniu) does so at the end of a clause."""
    token = tokens[i]
    return token.text == "/" or token.has("per") or (token.has("apiece") and not tokens[i + 2].text.isalnum())


def _in_number(tokens: Tokens, i: int) -> bool:
    """Whether the digits continue a longer number: the 500 of 1,500."""
    return tokens[i - 1].text in {".", ","} and not tokens[i].spaced and tokens[i - 2].number is not None
