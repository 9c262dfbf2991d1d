"""Days of the week by name, Mon-Fri, lunes a viernes, 周一至周五, and the parts of a day."""

from sync.reading.expressions import DayPart, Weekdays
from sync.reading.grammar.numbers import connector, past_dot
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.lexer import Tokens

SURE_LENGTH = 4
"""A shorter name of a day means other things too, in some language: sat, mon, do, so, mar."""
CLOSING = frozenset({":", "|", ")", "(", "*", "_", "·"})
SHORT_NUMERALS = frozenset("一二三四五六")
"""The 三 of 周一、三、五."""
TIMELY = ("weekday", "month", "part", "clock", "at", "am_prefix", "pm_prefix", "rhythm")
RECURRING = ("every", "rhythm", "rhythm_two")
LEADING = ("weekday", "every", "from", "range", "by", "of", "and", "after", "rhythm", "rhythm_two")


def weekdays(tokens: Tokens, i: int) -> tuple[Weekdays, int] | None:
    """One weekday, a list or a range of them."""
    head = _weekday(tokens, i)
    if head is None:
        return None
    days, after = list(head), _past_dot(tokens, i + 1)
    while True:
        joint = _joint(tokens, after)
        tail = _weekday(tokens, joint[0], listed=True) if joint is not None else None
        if joint is None or tail is None:
            break
        days.extend(_between(days[-1], tail[0]) if joint[1] else tail)
        after = _past_dot(tokens, joint[0] + 1)
    return Weekdays(tuple(sorted(set(days))), plural=len(head) > 1 or tokens[i].has("plural")), after


def _past_dot(tokens: Tokens, i: int) -> int:
    return i + 1 if tokens[i].text == "." and _joint(tokens, i + 1) is not None else i


def _weekday(tokens: Tokens, i: int, *, listed: bool = False) -> tuple[int, ...] | None:
    """The days that a word names, where it is meant as a day; `listed` where it follows another one."""
    token = tokens[i]
    days = token.features.get("weekday")
    if listed and token.number is not None and token.text in SHORT_NUMERALS:
        return (token.number,)
    if not isinstance(days, tuple):
        return None
    brief = len(token.text) < (2 if IDEOGRAPH.match(token.text) else SURE_LENGTH)
    if not (brief or token.has("doubtful")) or listed:
        return None if token.stuck and brief else days
    return days if not token.stuck and _is_evident(tokens, i) else None


def _is_evident(tokens: Tokens, i: int) -> bool:
    """Whether what stands beside a short name makes it a day: another day, a time, a colon, or nothing at all."""
    token, before, at = tokens[i], tokens[i - 1], past_dot(tokens, i + 1)
    joint = _joint(tokens, at)
    if not (before.text or tokens[at].text) or (joint is not None and tokens[joint[0]].has("weekday")):
        return True
    if not token.capital and len(token.text) < SURE_LENGTH:
        return not before.text and _closes(tokens, at, terse=True)
    if before.text.isalpha() and not any(before.has(word) for word in LEADING):
        return False
    if not tokens[at].text:
        return not (token.has("doubtful") and before.has("of"))
    return _closes(tokens, at, terse=len(token.text) < 3) or any(before.has(word) for word in RECURRING)


def _closes(tokens: Tokens, i: int, *, terse: bool) -> bool:
    """Whether what follows a short name leaves it by itself; a comma does so only after three letters (So, ...)."""
    following = tokens[i]
    if following.text in CLOSING or any(following.has(word) for word in TIMELY):
        return True
    if following.is_dash:
        return following.spaced or tokens[i + 1].number is not None
    at = i + 1 if following.text == "," else i
    if tokens[at].number is not None:
        sign = tokens[at + 1]
        # Sat 9:00 and Sat 2h are times, Do 3 exercises is none
        return not sign.text.isalpha() or (bool(sign.features) and not sign.has("unit"))
    return at > i and not terse


def _joint(tokens: Tokens, i: int) -> tuple[int, bool] | None:
    """Where the next weekday would stand, and whether a range leads to it."""
    token = tokens[i]
    if token.has("weekday") and IDEOGRAPH.match(token.text) and not token.spaced:
        return i, False
    if token.text in {",", "/", "&", "+", "|", "·"}:
        at = i + 2 if tokens[i + 1].has("range") or tokens[i + 1].has("and") else i + 1
        return at, False
    if token.has("and"):
        return i + 1, False
    joint = connector(tokens, i)
    return (joint, True) if joint is not None else None


def _between(first: int, last: int) -> list[int]:
    """The weekdays after `first` up to `last`, around the end of the week where need be."""
    steps = (last - first) % 7
    return [(first + step - 1) % 7 + 1 for step in range(1, steps + 1)]


def part_of_day(tokens: Tokens, i: int) -> tuple[DayPart, int] | None:
    """Morning, afternoon, evening."""
    token = tokens[i]
    name = token.features.get("part")
    if not isinstance(name, str) or (token.stuck and len(token.text) == 1):
        return None
    return DayPart(name), i + 1
