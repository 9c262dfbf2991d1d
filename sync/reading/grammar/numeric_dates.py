"""Dates in figures: 2026-04-22, 06.01., 03/04/2026, 04-05-2026, 2026年4月22日, 4월 22일."""

from dataclasses import replace

from sync.reading.expressions import PartialDate
from sync.reading.grammar.numbers import connector, is_year, past_dot, past_year_mark
from sync.reading.lexer import Token, Tokens

Date = tuple[PartialDate, int]
DAY_SIGNS = "日号號일"
EAST_ASIAN_SIGNS = (("年년", 9999), ("月월", 12), (DAY_SIGNS, 31))


def in_figures(tokens: Tokens, i: int, *, led: bool = False) -> Date | None:
    """A date without the name of its month; `led` where something before it already announced a date."""
    return (
        _iso(tokens, i)
        or _east_asian(tokens, i)
        or dotted(tokens, i, led=led)
        or _slashed(tokens, i)
        or _dashed(tokens, i)
    )


def _iso(tokens: Tokens, i: int) -> Date | None:
    """2026-04-22, 2026/04/22, 2026.04.22, 2026. 4. 22., 2026-04."""
    sign = tokens[i + 1].text
    if not is_year(tokens, i) or sign not in {"-", "/", "."} or tokens[i + 1].spaced:
        return None
    month, day = tokens[i + 2].number, tokens[i + 4].number
    loose = sign == "." and tokens[i + 2].spaced and tokens[i + 4].spaced
    if month is None or not 1 <= month <= 12 or (tokens[i + 2].spaced and not loose):
        return None
    if tokens[i + 3].text == sign and day is not None and tokens[i + 4].spaced is loose and 1 <= day <= 31:
        return PartialDate(tokens[i].number, month, day), past_dot(tokens, i + 5) if loose else i + 5
    if sign == "-" and len(tokens[i + 2].text) == 2:
        return PartialDate(tokens[i].number, month), i + 3
    return None


def _east_asian(tokens: Tokens, i: int) -> Date | None:
    """2026年4月22日, 4月22日, 2026년 4월 22일; 22日 only where its weekday follows in brackets."""
    parts: dict[str, int] = {}
    at = i
    for marks, limit in EAST_ASIAN_SIGNS:
        value, sign = tokens[at].number, tokens[at + 1].text
        if value is not None and sign and sign in marks and 1 <= value <= limit:
            parts[marks[0]] = value
            at += 2
    year, month, day = parts.get("年"), parts.get("月"), parts.get("日")
    if year is not None and not is_year(tokens, i):
        return None
    named = tokens[at].features.get("month")
    if year is not None and month is None and isinstance(named, int):
        return east_asian_day(tokens, at + 1, PartialDate(year, named))
    with_weekday = tokens[at].text == "(" and tokens[at + 1].has("weekday") and tokens[at + 2].text == ")"
    if month is None and (day is None or year is not None or not with_weekday):
        return None
    return PartialDate(year, month, day), at


def east_asian_day(tokens: Tokens, i: int, found: PartialDate) -> Date:
    """The date with the 22日 that may follow its month."""
    day, sign = tokens[i].number, tokens[i + 1].text
    if day is not None and sign and sign in DAY_SIGNS and 1 <= day <= 31:
        return replace(found, day=day), i + 2
    return found, i


def dotted(tokens: Tokens, i: int, *, led: bool = False) -> Date | None:
    """06.01., 06.01.2026, 6.1.26: day first, as everywhere where dots are used."""
    day, month = tokens[i].number, tokens[i + 2].number
    if day is None or month is None or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if tokens[i + 1].text != "." or tokens[i + 1].spaced or tokens[i + 2].spaced:
        return None
    found = PartialDate(None, month, day)
    if tokens[i + 3].text != "." or tokens[i + 3].spaced:
        return (found, i + 3) if _is_date(tokens, i, led=led) else None
    year = tokens[i + 4]
    if year.number is None or year.spaced:
        before = tokens[i - 1]
        sure = led or _is_padded(tokens, i) or not before.text.isalpha() or bool(before.features)
        return (found, i + 4) if sure else None
    if len(year.text) not in {2, 4} or _goes_on(tokens[i + 5], tokens[i + 6]):
        return None
    return replace(found, year=full_year(year.number)), past_year_mark(tokens, i + 5)


def _is_date(tokens: Tokens, i: int, *, led: bool) -> bool:
    """Whether 04.05 without a final dot is a date: in a range, after its weekday, or alone with a leading zero."""
    if not _is_padded(tokens, i):
        return False
    before, after = tokens[i - 1], tokens[i + 3]
    if led or before.has("by") or before.has("range") or before.has("from"):
        return True
    joint = connector(tokens, i + 3)
    if joint is not None and dotted(tokens, joint, led=True) is not None:
        return True
    zero = tokens[i].text[0] == "0" or tokens[i + 2].text[0] == "0"
    return (
        zero and before.text in {"", "(", "|"} and (after.text in {"", ":", ")", "|", "("} or after.is_dash)
    )


def _is_padded(tokens: Tokens, i: int) -> bool:
    return len(tokens[i].text) == len(tokens[i + 2].text) == 2


def _goes_on(sign: Token, digits: Token) -> bool:
    """Whether more digits follow: 06.12.34.56 is a telephone number."""
    return sign.text == "." and not sign.spaced and digits.number is not None and not digits.spaced


def _slashed(tokens: Tokens, i: int) -> Date | None:
    """03/04, 3/4/2026, 05/2026: which number is the day is decided once per document."""
    first, second, after = tokens[i].number, tokens[i + 2].number, tokens[i + 3]
    if first is None or second is None or tokens[i + 1].text != "/" or not 1 <= first <= 31:
        return None
    if tokens[i + 1].spaced or tokens[i + 2].spaced:
        return None
    if first <= 12 and is_year(tokens, i + 2) and after.text != "/":
        return PartialDate(second, first), i + 3
    if not 1 <= second <= 31 or min(first, second) > 12:
        return None
    year = tokens[i + 4]
    if after.text == "/" and not after.spaced and year.number is not None and len(year.text) in {2, 4}:
        return PartialDate(full_year(year.number), numeric=(first, second)), i + 5
    before = tokens[i - 1]
    alone = before.text in {"", "(", ":"} or before.is_dash or bool(before.features)
    if (first, second) == (24, 7) or not alone or after.text in {"/", "%"}:
        return None
    return PartialDate(numeric=(first, second)), i + 3


def _dashed(tokens: Tokens, i: int) -> Date | None:
    """04-05-2026: which number is the day is decided once per document."""
    first, second = tokens[i].number, tokens[i + 2].number
    if first is None or second is None or not tokens[i + 1].text == tokens[i + 3].text == "-":
        return None
    if any(tokens[at].spaced for at in range(i + 1, i + 5)) or not is_year(tokens, i + 4):
        return None
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    return PartialDate(tokens[i + 4].number, numeric=(first, second)), i + 5


def full_year(value: int) -> int:
    """The year that two digits mean."""
    return value if value >= 100 else 2000 + value
