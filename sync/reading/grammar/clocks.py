"""Clock times: 9:00 PM - 10:00 PM EAT, 10:00 → 12:00, 2-4 PM, 18h - 20h, 22 Uhr, 午後3時半."""

import re
from datetime import time
from typing import NamedTuple

from sync.reading.expressions import Clock
from sync.reading.grammar.numbers import connector, past_dot
from sync.reading.lexer import Tokens

ZONE_WORD = re.compile(r"[A-Z]{2,5}")
ZONES = frozenset(
    {
        "UTC",
        "GMT",
        "WET",
        "WEST",
        "BST",
        "CET",
        "CEST",
        "MEZ",
        "MESZ",
        "EET",
        "EEST",
        "MSK",
        "WAT",
        "CAT",
        "EAT",
    }
    | {"SAST", "ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "AKST", "AKDT"}
    | {
        "HST",
        "BRT",
        "ART",
        "CLT",
        "COT",
        "PET",
        "PKT",
        "IST",
        "GST",
        "ICT",
        "WIB",
        "SGT",
        "HKT",
        "JST",
        "KST",
    }
    | {"PHT", "AEST", "AEDT", "ACST", "AWST", "NZST", "NZDT"}
)
"""Zone words that count even where another word follows."""
COUNTED = frozenset({"unit", "length", "times"})
"""What a number before such a word counts."""
AFTERNOON = 13
"""From this hour on 18h is no length of work."""
SHORT = 6
"""Hours up to which 9-12:30 is a time of day."""
EARLIEST = 5
"""An hour before it is more likely a length: 1:30 h, 2h-3h."""


class Moment(NamedTuple):
    """A time on a clock, AM or PM where that is written, and the position after it."""

    time: time
    half: str | None
    after: int


def clock(tokens: Tokens, i: int) -> tuple[Clock, int] | None:
    """A clock time or a range of them; AM or PM at the end counts for the beginning too."""
    if tokens[i - 1].has("ordinal_prefix"):
        return None
    at = past_dot(tokens, i + 1) if tokens[i].has("at") else i
    prefix, at = _prefix(tokens, at)
    begin = _moment(tokens, at, said=at > i, hour=tokens[i].has("hour_mark") and at > i)
    joint = connector(tokens, begin.after if begin is not None else at + 1)
    end, end_prefix = _end(tokens, joint) if joint is not None else (None, None)
    if begin is None:
        begin = _bare_hour(tokens, at, end)
        if begin is None or end is None:
            return None
    if end is None:
        zone, after = _zone(tokens, begin.after)
        return Clock(_on_clock(begin.time, begin.half or prefix), None, zone), after
    if prefix is not None or end_prefix is not None:
        begin, end = _with_prefixes(begin, end, prefix, end_prefix)
    zone, after = _zone(tokens, end.after)
    halves = _halves(begin, end)
    return Clock(_on_clock(begin.time, halves[0]), _on_clock(end.time, halves[1]), zone), after


def _prefix(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """午前, 下午, 오전 before a number."""
    half = "am" if tokens[i].has("am_prefix") else "pm" if tokens[i].has("pm_prefix") else None
    return (half, i + 1) if half is not None and tokens[i + 1].number is not None else (None, i)


def _end(tokens: Tokens, i: int) -> tuple[Moment | None, str | None]:
    """The end of a range, with the half of the day that stands before it."""
    hour = tokens[i - 1].has("hour_mark") or tokens[i].has("hour_mark")
    prefix, at = _prefix(tokens, i + 1 if tokens[i].has("at") else i)
    return _moment(tokens, at, said=True, hour=hour), prefix


def _bare_hour(tokens: Tokens, i: int, end: Moment | None) -> Moment | None:
    """The 2 of 2-4 PM, 18-20 Uhr, de 9 a 11 h: a time only because of what follows the second number."""
    hour = tokens[i].number
    if end is None or hour is None or not 0 <= hour <= 24 or len(tokens[i].text) > 2:
        return None
    named = end.half is not None or tokens[end.after - 1].has("clock_word")
    # 9-9:30 is a time from one clock to the next; 3-12:30 would be a chapter and a verse
    close = tokens[end.after - 2].text == ":" and 0 <= end.time.hour - hour <= SHORT
    marked = tokens[end.after - 1].has("clock_tail") or tokens[i + 1].has("hour_mark")
    hours = marked and tokens[i - 1].has("from") and hour < end.time.hour
    return Moment(time(hour % 24), None, i + 1) if named or hours or close else None


def _halves(begin: Moment, end: Moment) -> tuple[str | None, str | None]:
    """AM or PM of both ends, where one of them may be written only once; 11-12 AM ends at noon."""
    if begin.half is not None:
        return begin.half, end.half or (begin.half if _before(begin.time, end.time) else _other(begin.half))
    if end.half is None:
        return None, None
    if end.time.hour == 12:
        return ("pm" if begin.time.hour == 12 else "am"), "pm"
    return (end.half if _before(begin.time, end.time) else _other(end.half)), end.half


def _with_prefixes(
    begin: Moment, end: Moment, first: str | None, second: str | None
) -> tuple[Moment, Moment]:
    return begin._replace(half=begin.half or first), end._replace(half=end.half or second)


def _moment(tokens: Tokens, i: int, *, said: bool, hour: bool = False) -> Moment | None:
    """One time; `said` where a word already announced a clock time, `hour` where it announced a bare hour."""
    token = tokens[i]
    noon = token.features.get("clock")
    if isinstance(noon, str):
        return Moment(time.fromisoformat(noon), None, i + 1)
    if token.number is None or token.number > 24 or (len(token.text) > 2 and token.text.isdecimal()):
        return None
    hours = token.number % 24
    exact = _with_minutes(tokens, i, hours, said=said)
    value, after = exact if exact is not None else (time(hours), i + 1)
    worded = tokens[after].has("clock_word")
    half = _half(tokens, after + 1 if worded or tokens[after].has("clock_tail") else after)
    if half is not None and 1 <= value.hour <= 12:
        return Moment(value, half[0], half[1])
    sure = said or hour or (exact is not None and hours >= EARLIEST)
    if worded or (sure and tokens[after].has("clock_tail")):
        return _minutes_word(tokens, after + 1, value)
    if exact is not None:
        return _unless_length(tokens, Moment(value, None, after), said=said)
    sign = tokens[after]
    if (
        sign.text in {"h", "H"}
        and not sign.spaced
        and (said or _hour_range(tokens, i) or _follows_day(tokens, i))
    ):
        return Moment(value, None, after + 1)
    return Moment(value, None, after) if hour and _ends_hour(tokens, i) else None


def _with_minutes(tokens: Tokens, i: int, hours: int, *, said: bool) -> tuple[time, int] | None:
    """9:30, 18h30, 18.30 Uhr."""
    sign, digits = tokens[i + 1], tokens[i + 2]
    if sign.spaced or digits.spaced or digits.number is None or len(digits.text) != 2 or digits.number > 59:
        return None
    after = i + 3
    if sign.text == ":":
        seconds = (
            tokens[after].text == ":" and not tokens[after].spaced and tokens[after + 1].number is not None
        )
        return None if seconds else (time(hours, digits.number), after)
    if sign.text in {"h", "H", "u"}:
        return (
            (time(hours, digits.number), after)
            if said or hours >= AFTERNOON or _hour_range(tokens, i)
            else None
        )
    worded = tokens[after].has("clock_word") or (tokens[after].has("clock_tail") and hours >= EARLIEST)
    dotted = sign.text == "." and tokens[after].text != "." and (said or worded)
    return (time(hours, digits.number), after) if dotted else None


def _unless_length(tokens: Tokens, found: Moment, *, said: bool) -> Moment | None:
    """The time, unless it is the 1:30 of 1:30 h; an hour word behind a later time belongs to it."""
    if tokens[found.after].features.get("length") != 60:
        return found
    if found.time.hour < EARLIEST and not said:
        return None
    return found._replace(after=found.after + 1)


def _minutes_word(tokens: Tokens, i: int, value: time) -> Moment:
    """The 30分 or 半 after 10時, the 30 after 18 Uhr."""
    if tokens[i].has("half_after"):
        return Moment(value.replace(minute=30), None, i + 1)
    minute = tokens[i].number
    if minute is not None and minute < 60 and value.minute == 0:
        if tokens[i + 1].has("minute_word"):
            return Moment(value.replace(minute=minute), None, i + 2)
        closes = not tokens[i + 1].text.isalnum() and tokens[i + 1].text not in {":", ".", "%", "/", "-"}
        if len(tokens[i].text) == 2 and closes:
            return Moment(value.replace(minute=minute), None, i + 1)
    return Moment(value, None, i)


def _hour_range(tokens: Tokens, i: int) -> bool:
    """Whether 18h is the start of 18h - 20h, where 2h alone would be a length."""
    at = i + 3 if tokens[i + 2].number is not None and not tokens[i + 2].spaced else i + 2
    joint = connector(tokens, at)
    first, second = tokens[i].number, tokens[joint].number if joint is not None else None
    return (
        joint is not None
        and first is not None
        and second is not None
        and tokens[joint + 1].text in {"h", "H"}
        and EARLIEST <= first < second <= 24
    )


def _follows_day(tokens: Tokens, i: int) -> bool:
    """Whether 18h stands beside a weekday or a month; a smaller number there is a length (Sat 2h)."""
    before = tokens[i - 2] if tokens[i - 1].text == "," else tokens[i - 1]
    return (tokens[i].number or 0) >= AFTERNOON and (before.has("weekday") or before.has("month"))


def _ends_hour(tokens: Tokens, i: int) -> bool:
    """Whether a bare number after a word such as alle, ore, a las can be an hour."""
    following, value = tokens[i + 1], tokens[i].number or 0
    counts = following.text[:1].islower() and not (following.features.keys() - COUNTED)
    return EARLIEST < value <= 24 and not counts


def _half(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """AM or PM, also as a.m. and p.m.; a preposition such as German am is AM only in capitals."""
    token = tokens[i]
    if (token.has("am") or token.has("pm")) and not (token.has("of") and token.text.islower()):
        return ("am" if token.has("am") else "pm"), i + 1
    letters = token.text.casefold()
    if letters in {"a", "p"} and tokens[i + 1].text == "." and tokens[i + 2].text.casefold() == "m":
        return letters + "m", i + (4 if tokens[i + 3].text == "." else 3)
    return None


def _zone(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """The zone word after a time, as written; only capitals count (EAT is a zone, eat is not)."""
    at = i + 1 if tokens[i].text == "(" else i
    token = tokens[at]
    if not ZONE_WORD.fullmatch(token.text) or token.features:
        return None, i
    sign, hours = tokens[at + 1], tokens[at + 2]
    if (
        token.text in {"UTC", "GMT"}
        and sign.text in {"+", "-", "−"}
        and hours.number is not None
        and not sign.spaced
    ):
        return f"{token.text}{'+' if sign.text == '+' else '-'}{hours.number}", at + 3
    if token.text not in ZONES and sign.text.isalnum():
        return None, i
    return token.text, at + 1


def _on_clock(value: time, half: str | None) -> time:
    if half == "pm" and value.hour < 12:
        return value.replace(hour=value.hour + 12)
    if half == "am" and value.hour == 12:
        return value.replace(hour=0)
    return value


def _before(begin: time, end: time) -> bool:
    return (begin.hour % 12, begin.minute) < (end.hour % 12, end.minute)


def _other(half: str) -> str:
    return "pm" if half == "am" else "am"
