"""A date or a range of dates: Aug 3, 2026 - Jan 17, 2027; 22. bis 25. April; del 4 al 10 de mayo; 4月1日〜7日."""

from dataclasses import replace

from sync.reading.expressions import Extent, PartialDate, Unit, Written
from sync.reading.grammar.dates import date, day_month
from sync.reading.grammar.numbers import connector, is_year, nth_mark, year
from sync.reading.grammar.numeric_dates import Date, dotted, east_asian_day
from sync.reading.grammar.ordinals import half, unit
from sync.reading.lexer import Tokens

MIDDLE = 15
"""The last day of the first half of a month."""
UNTIL = {"begin": 10, "mid": MIDDLE, "late": None, "end": None}
"""The last day of a part of a month; None for the month's own."""


def written(tokens: Tokens, i: int) -> tuple[Written, int] | None:
    """A date or a range of dates."""
    short = _days_before_month(tokens, i) or _half_of_month(tokens, i)
    if short is not None:
        return short
    head = date(tokens, i)
    if head is None:
        return None
    first, after = head
    days = _days_after_month(tokens, after, first)
    if days is not None:
        return days
    tail = _range_end(tokens, after, first)
    if tail is None:
        return Written(first, first), after
    last, after = tail
    return Written(_share(first, last), _carried(first, last)), after


def _half_of_month(tokens: Tokens, i: int) -> tuple[Written, int] | None:
    """The second half of May 2026."""
    found = half(tokens, i)
    month = tokens[found[1]].features.get("month") if found is not None else None
    if found is None or not isinstance(month, int):
        return None
    which, at = found
    named = year(tokens, at + 1)
    whole, after = PartialDate(named[0] if named else None, month), named[1] if named else at + 1
    if which == 1:
        return Written(replace(whole, day=1), replace(whole, day=MIDDLE)), after
    return Written(replace(whole, day=MIDDLE + 1), whole), after


def _days_before_month(tokens: Tokens, i: int) -> tuple[Written, int] | None:
    """22-25 April, 22. bis 25. April, 4.-10.05.2026, 4 and 5 May: the month stands only at the end."""
    day = tokens[i].number
    if day is None or not 1 <= day <= 31 or len(tokens[i].text) > 2:
        return None
    at = nth_mark(tokens, i + 1) or i + 1
    if tokens[at].text == "." and not tokens[at].spaced:
        at += 1
    joint = connector(tokens, at)
    listed = joint is None and (tokens[at].has("and") or tokens[at].text == "&")
    if joint is None and not listed:
        return None
    joint = at + 1 if joint is None else joint
    while tokens[joint].has("of"):
        joint += 1
    tail = day_month(tokens, joint) or dotted(tokens, joint)
    if tail is None or tail[0].day is None or day >= tail[0].day:
        return None
    if listed and tail[0].day != day + 1 and not _is_opened(tokens, i - 1):
        return None
    return Written(replace(tail[0], day=day), tail[0]), tail[1]


def _is_opened(tokens: Tokens, i: int) -> bool:
    """Whether between, entre stands before a date and its article."""
    while tokens[i].has("of") and not tokens[i].has("from"):
        i -= 1
    return tokens[i].has("from")


def _days_after_month(tokens: Tokens, i: int, found: PartialDate) -> tuple[Written, int] | None:
    """4月1-7日, 4월 1~7일: the sign for the day stands only at the end."""
    first = tokens[i].number
    if first is None or found.month is None or found.day is not None or is_year(tokens, i):
        return None
    joint = connector(tokens, i + 1)
    if joint is None:
        return None
    last, after = east_asian_day(tokens, joint, found)
    if last.day is None or not 1 <= first < last.day:
        return None
    return Written(replace(last, day=first), last), after


def _range_end(tokens: Tokens, i: int, first: PartialDate) -> Date | None:
    at = i + 1 if tokens[i].text == ")" else i
    joint = connector(tokens, at)
    if joint is None:
        return None
    full = _part_of_month(tokens, joint) or date(tokens, joint, led=True)
    if full is not None and (_has_day(full[0]) or first.day is None):
        return _in_same_month(first, full[0]), full[1]
    day = tokens[joint].number
    if first.day is None or day is None or len(tokens[joint].text) > 2 or not first.day < day <= 31:
        return None
    following = tokens[joint + 1]
    if following.text == ":" and tokens[joint + 2].number is not None and not tokens[joint + 2].spaced:
        return None
    if following.has("length") or following.has("am") or following.has("pm") or following.has("clock_word"):
        return None
    found, at = east_asian_day(tokens, joint, replace(first, weekday=None))
    return (found, at) if at > joint else _plain_day(tokens, joint, replace(first, weekday=None, day=day))


def _part_of_month(tokens: Tokens, i: int) -> Date | None:
    """The mid-August of July to mid-August: the day until which a part of a month goes."""
    part = next((part for part in UNTIL if tokens[i].has(part)), None)
    at = i + 1
    while tokens[at].has("of") or (tokens[at].is_dash and not tokens[at].spaced):
        at += 1
    found = date(tokens, at, led=True) if part is not None and tokens[at].has("month") else None
    if found is None or part is None or found[0].day is not None:
        return None
    return replace(found[0], day=UNTIL[part]), found[1]


def _in_same_month(first: PartialDate, last: PartialDate) -> PartialDate:
    """The Fri 8 of Mon 4 May - Fri 8."""
    if last.month is not None or last.numeric is not None or (last.day or 0) < (first.day or 0):
        return last
    return replace(last, month=first.month)


def _plain_day(tokens: Tokens, i: int, found: PartialDate) -> Date:
    """The 25 of May 22-25, with the year that may follow."""
    at = nth_mark(tokens, i + 1) or i + 1
    year = at + 1 if tokens[at].text == "," else at
    return (replace(found, year=tokens[year].number), year + 1) if is_year(tokens, year) else (found, at)


def _share(first: PartialDate, last: PartialDate) -> PartialDate:
    """The first date with the year and month that stand only at the last one.

    Two dates in figures wait until the document tells their days from their months: 28/12 - 3/1/2027 turns the year.
    """
    if first.numeric is not None and last.numeric is not None:
        return first
    month = first.month or (last.month if first.numeric is None else None)
    year = first.year
    if year is None and last.year is not None:
        turns = month is not None and last.month is not None and month > last.month
        year = last.year - 1 if turns else last.year
    return replace(first, month=month, year=year)


def _carried(first: PartialDate, last: PartialDate) -> PartialDate:
    """The last date with the year that stands only at the first one; from December to January it turns."""
    if first.year is None or last.year is not None or last.day is None or first.month is None:
        return last
    return replace(last, year=first.year + (last.month is not None and last.month < first.month))


def week_of(tokens: Tokens, i: int) -> tuple[Extent, int] | None:
    """The week of 15 June: a week before the date with which it begins."""
    at = i + 1
    while tokens[at].has("of") or tokens[at].has("from"):
        at += 1
    found = date(tokens, at, led=True) if at > i + 1 and unit(tokens, i) is Unit.WEEK else None
    return (Extent(1, Unit.WEEK), at) if found is not None and _has_day(found[0]) else None


def _has_day(found: PartialDate) -> bool:
    return found.day is not None or found.numeric is not None
