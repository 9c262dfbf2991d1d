"""One date as it is written: 4 May, May 4th 2026, 06.01., 2026-04-22, 4月22日(水), 5 de enero de 2026."""

from dataclasses import replace

from sync.reading.expressions import PartialDate
from sync.reading.grammar.numbers import connector, is_year, nth_mark, past_dot, year
from sync.reading.grammar.numeric_dates import Date, east_asian_day, in_figures
from sync.reading.ideographs import IDEOGRAPH
from sync.reading.lexer import Tokens

OPENING = frozenset({"", "(", ":", "|", ",", "/", "*", "·", "&", "+"})
CLOSING = frozenset({"", ")", ":", "(", "|", ",", "/", "*", "·", "&", "+"})
LEANING = ("of", "by", "end", "begin", "mid", "late", "from", "range")


def date(tokens: Tokens, i: int, *, led: bool = False) -> Date | None:
    """One date with the weekday before or behind it; `led` where something already announced a date."""
    weekday = tokens[i].features.get("weekday")
    if isinstance(weekday, tuple) and len(weekday) == 1 and not tokens[i].has("plural"):
        at = i + 1
        while tokens[at].text in {",", ".", "(", "·"} or tokens[at].has("of"):
            at += 1
        found = _date(tokens, at, led=True) or _lone_day(tokens, at)
        if found is not None and (found[0].day is not None or found[0].numeric is not None):
            return replace(found[0], weekday=weekday[0]), found[1]
        if not tokens[i].has("month"):
            return None
    found = _date(tokens, i, led=led)
    return _weekday_behind(tokens, *found) if found is not None else None


def _date(tokens: Tokens, i: int, *, led: bool) -> Date | None:
    """A date without its weekday."""
    if tokens[i].number is not None:
        return in_figures(tokens, i, led=led) or day_month(tokens, i)
    return _month_day(tokens, i, led=led) if tokens[i].has("month") else None


def _weekday_behind(tokens: Tokens, found: PartialDate, i: int) -> Date:
    """22 April (Wed), 4月22日(水), 4월 22일 수요일, 4 May, Monday: the weekday after the date."""
    opening = tokens[i].text
    at = i + 1 if opening in {"(", ","} else i
    weekday = tokens[at].features.get("weekday")
    if not isinstance(weekday, tuple) or len(weekday) != 1 or connector(tokens, at + 1) is not None:
        return found, i
    if found.day is None and found.numeric is None:
        return found, i
    dotless = past_dot(tokens, at + 1)
    if opening == "(":
        return (
            (replace(found, weekday=weekday[0]), dotless + 1) if tokens[dotless].text == ")" else (found, i)
        )
    closes = tokens[at + 1].text in CLOSING or tokens[at + 1].is_dash
    named = opening == "," and len(tokens[at].text) > 3 and closes
    if named or (IDEOGRAPH.match(tokens[at].text) is not None and not tokens[at].stuck):
        return replace(found, weekday=weekday[0]), at + 1
    return found, i


def day_month(tokens: Tokens, i: int) -> Date | None:
    """4 May, 4th of May 2026, 5 de enero de 2026, 4. Mai, 1er mai, 4-May."""
    day = tokens[i].number
    if day is None or not 1 <= day <= 31 or len(tokens[i].text) > 2:
        return None
    at = _past_day(tokens, i)
    month = tokens[at].features.get("month")
    if not isinstance(month, int):
        return None
    found = _with_year(tokens, _past_sign(tokens, at + 1), PartialDate(None, month, day))
    if found[0].year is None and _is_vague(tokens, at):
        # 3 set da 10, 4 may be: a word that means something else goes on with a word
        following = tokens[at + 1]
        joined = any(following.has(word) for word in ("range", "and", "at"))
        return found if joined or not following.text.isalpha() else None
    return found


def _past_day(tokens: Tokens, i: int) -> int:
    """The position of the month after a day and what joins the two."""
    at = nth_mark(tokens, i + 1) or i + 1
    sign = tokens[at]
    joined = sign.text in {".", "°"} or (sign.text in {"-", "/"} and not tokens[at + 1].spaced)
    if at == i + 1 and joined and not sign.spaced:
        at += 1
    while tokens[at].has("of"):
        at += 1
    return at


def _past_sign(tokens: Tokens, i: int) -> int:
    """The position of the year in 4-May-2026."""
    return i + 1 if tokens[i].text in {"-", "/"} and not tokens[i].spaced and is_year(tokens, i + 1) else i


def _is_vague(tokens: Tokens, i: int) -> bool:
    """Whether a month's name in small letters means something else just as well (may, set)."""
    return tokens[i].has("doubtful") and not tokens[i].capital


def _month_day(tokens: Tokens, i: int, *, led: bool) -> Date | None:
    """May 4, May 4th, 2026, May 2026, and the bare month where it can only be one."""
    month = tokens[i].features["month"]
    assert isinstance(month, int)
    if IDEOGRAPH.match(tokens[i].text):
        found, at = east_asian_day(tokens, i + 1, PartialDate(None, month))
        return _with_year(tokens, at, found)
    at = past_dot(tokens, i + 1)
    if tokens[at].has("of") and tokens[at + 1].number is not None:
        at += 1
    token = tokens[at]
    if (
        token.number is not None
        and len(token.text) <= 2
        and 1 <= token.number <= 31
        and not _is_vague(tokens, i)
    ):
        following = tokens[at + 1]
        clock = following.text == ":" and not following.spaced and tokens[at + 2].number is not None
        if not clock and not (following.has("am") or following.has("pm") or following.has("clock_word")):
            return _with_year(
                tokens, nth_mark(tokens, at + 1) or at + 1, PartialDate(None, month, token.number)
            )
    named = year(tokens, at)
    if named is not None:
        return PartialDate(named[0], month), named[1]
    return _bare_month(tokens, i, month, led=led)


def _bare_month(tokens: Tokens, i: int, month: int, *, led: bool) -> Date | None:
    """A month by itself: a word that means more than a month must stand alone or after the end of, by."""
    token = tokens[i]
    if token.has("unit") or token.has("weekday"):
        return None
    before, after = tokens[i - 1], tokens[past_dot(tokens, i + 1)]
    sure = (before.text in OPENING or before.is_dash) and (after.text in CLOSING or after.is_dash)
    if token.capital:  # April to May, May to June
        joint = connector(tokens, past_dot(tokens, i + 1))
        sure = sure or led or (joint is not None and tokens[joint].has("month"))
    if token.has("doubtful"):
        sure = sure or _is_bounded(tokens, i - 1)
    else:
        sure = sure or token.capital or any(before.has(word) for word in LEANING)
    return (PartialDate(None, month), i + 1) if sure else None


def _is_bounded(tokens: Tokens, i: int) -> bool:
    """Whether the words before an article say the end of, the week of, by."""
    while tokens[i].has("of"):
        i -= 1
    return any(tokens[i].has(word) for word in ("end", "begin", "mid", "late", "by", "unit"))


def _lone_day(tokens: Tokens, i: int) -> Date | None:
    """The 4 of "Tue 4": a day whose month is said elsewhere."""
    token, following = tokens[i], tokens[i + 1]
    if token.number is None or len(token.text) > 2 or not 1 <= token.number <= 31:
        return None
    clock = following.text == ":" and tokens[i + 2].number is not None and not tokens[i + 2].spaced
    if clock or following.text in {"%", "h", "x", "+"}:
        return None
    if (
        following.is_dash
        and following.spaced
        and tokens[i + 2].text[:1].isalpha()
        and not tokens[i + 2].features
    ):
        return PartialDate(day=token.number), i + 1
    if following.is_dash:
        joint = connector(tokens, i + 1)
        weekday = joint is not None and tokens[joint].has("weekday") and tokens[joint + 1].number is not None
        return (PartialDate(day=token.number), i + 1) if weekday else None
    if any(following.has(word) for word in ("length", "am", "pm", "unit", "clock_word")):
        return None
    if following.text in {".", ","} and tokens[i + 2].number is not None and not tokens[i + 2].spaced:
        return None
    after = nth_mark(tokens, i + 1) or i + 1
    if tokens[after].text and tokens[after].text not in {":", ")", "|", ".", "("}:
        return None
    return PartialDate(day=token.number), after


def _with_year(tokens: Tokens, i: int, found: PartialDate) -> Date:
    at = i
    while tokens[at].text in {",", "."} or tokens[at].has("of"):
        at += 1
    found_year = year(tokens, at)
    return (replace(found, year=found_year[0]), found_year[1]) if found_year is not None else (found, i)
