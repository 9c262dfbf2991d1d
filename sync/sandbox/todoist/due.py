"""Due dates: what is accepted, how it is written back, and when a recurring task comes again.

Three kinds: a full day, a time in whatever zone the person is in (floating), and a moment in a fixed
zone. Recurring ones come only out of words; the sandbox knows the commonest English ones.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.sandbox.todoist.refusals import BAD_DATE, Refused, invalid

Json = dict[str, Any]

AnyDay = TypeVar("AnyDay", bound=date)

ONE_DAY = timedelta(days=1)
YEARS = range(1970, 2200)
STRING_LIMIT = 150
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEAR = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d{1,6})?(Z?)")
CLOCK = re.compile(r"(?:\s+at)?\s+(\d{1,2}):(\d\d)$")
EVERY = re.compile(r"ev(?:ery)?!? (?:(other|\d{1,3}) )?(.+)")
UNITS = {"day": 1, "week": 7, "month": 30}


def parsed(value: Any, now: datetime, zone: ZoneInfo) -> Json | None:
    """A due object as it is kept, from one as it is sent; raises Refused (400) where it is none.

    `now` decides about `today`; `zone` is the person's.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise invalid("due", "Input should be a valid dictionary")
    words, lang = value.get("string"), value.get("lang") or "en"
    if not isinstance(words, str | None) or not isinstance(lang, str):
        raise invalid("due", "Input should be a valid string")
    if len(words or "") > STRING_LIMIT:
        raise invalid("due", f"String should have at most {STRING_LIMIT} characters")
    if value.get("date") is None:
        if not words:
            raise Refused(BAD_DATE)
        return _of_words(words, lang, now.astimezone(zone))
    day, fixed = _of_date(value["date"], value.get("timezone"), zone)
    rhythm, _ = _taken_apart(words or "")
    if EVERY.fullmatch(rhythm):
        _rhythm(rhythm)
        return _kept(day, fixed, words, lang)
    return _kept(day, fixed, None, lang)


def _kept(day: str, fixed: str | None, rhythm: str | None, lang: str) -> Json:
    """A due object as it is kept; `rhythm` are the words of a recurring one, others are put anew."""
    return {
        "date": day,
        "timezone": fixed,
        "string": rhythm or spoken(day, fixed),
        "lang": lang,
        "is_recurring": rhythm is not None,
    }


def _of_date(text: Any, zone_name: Any, zone: ZoneInfo) -> tuple[str, str | None]:
    """The date as it is kept and the fixed zone, if it has one.

    A zone beside a time without `Z` means nothing: the time stays floating.
    """
    found = MOMENT.fullmatch(text) if isinstance(text, str) else None
    try:
        if found is None:
            if not isinstance(text, str) or not DAY.fullmatch(text):
                raise Refused(BAD_DATE)
            return _in_reach(date.fromisoformat(text)).isoformat(), None
        moment = _in_reach(datetime.fromisoformat(found[1]))
    except ValueError:
        raise Refused(BAD_DATE) from None
    if not found[2]:
        return f"{moment:%Y-%m-%dT%H:%M:%S}", None
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z", _known(zone_name) if zone_name else zone.key


def _in_reach(day: AnyDay) -> AnyDay:
    if day.year not in YEARS:
        raise Refused(BAD_DATE)
    return day


def _known(zone_name: Any) -> str:
    try:
        return ZoneInfo(zone_name).key
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        raise invalid("due", "The timezone is unknown") from None


def spoken(day: str, zone_name: str | None) -> str:
    """A date in the service's own words, which are never those that were sent."""
    if "T" not in day:
        when = date.fromisoformat(day)
        return f"{when.day} {when:%b %Y}"
    moment = datetime.fromisoformat(day)
    local = moment.astimezone(ZoneInfo(zone_name)) if zone_name else moment
    return f"{local.day} {local:%b %Y %H:%M}"


def _of_words(words: str, lang: str, now: datetime) -> Json:
    """A due object from words alone; raises Refused (400) where they are not understood."""
    rest, hour = _taken_apart(words)
    recurring = EVERY.fullmatch(rest) is not None
    day = _first(rest, now.date(), passed=hour is not None and hour <= now.time())
    text = day.isoformat() if hour is None else f"{datetime.combine(day, hour):%Y-%m-%dT%H:%M:%S}"
    return _kept(text, None, words if recurring else None, lang)


def _taken_apart(words: str) -> tuple[str, time | None]:
    """Words in lower case without the time of day at their end, and that time."""
    plain = " ".join(words.lower().split())
    clock = CLOCK.search(plain)
    if clock is None:
        return plain, None
    try:
        return plain[: clock.start()], time(int(clock[1]), int(clock[2]))
    except ValueError:
        raise Refused(BAD_DATE) from None


def _first(words: str, today: date, *, passed: bool) -> date:
    """The day that words mean; `passed` says that today's hour for it is over."""
    if words in NEAR:
        return today + NEAR[words] * ONE_DAY
    if EVERY.fullmatch(words):
        _, days, months = _rhythm(words)
        if months or not days:
            return today + ONE_DAY if passed else today
        return _on_one_of(days, today + ONE_DAY if passed else today)
    if words[:3] in WEEKDAYS:
        return _on_one_of(frozenset((WEEKDAYS.index(words[:3]),)), today + ONE_DAY)
    try:
        return _in_reach(date.fromisoformat(words))
    except ValueError:
        raise Refused(BAD_DATE) from None


def _rhythm(words: str) -> tuple[int, frozenset[int], int]:
    """Days from one time to the next, the weekdays it keeps to, and months from one to the next."""
    found = EVERY.fullmatch(words)
    assert found is not None, "only such words are kept as a rhythm"
    count = {None: 1, "other": 2}.get(found[1]) or int(found[1])
    if count == 0:
        raise Refused(BAD_DATE)
    unit = found[2].rstrip("s")
    if unit == "month":
        return 0, frozenset(), count
    if unit in UNITS:
        return count * UNITS[unit], frozenset(), 0
    if unit in ("weekday", "workday"):
        return 1, frozenset(range(5)), 0
    names = [name.strip()[:3] for name in re.split(r",|\band\b", found[2])]
    if not all(name in WEEKDAYS for name in names):
        raise Refused(BAD_DATE)
    return 1 + 7 * (count - 1), frozenset(WEEKDAYS.index(name) for name in names), 0


def _on_one_of(days: frozenset[int], day: date) -> date:
    """The first day from this one on that is such a weekday."""
    return next(day + n * ONE_DAY for n in range(7) if (day + n * ONE_DAY).weekday() in days)


def following(due: Json, now: datetime, zone: ZoneInfo) -> Json:
    """The due object of the next occurrence: later than this one, and not before today."""
    fixed = ZoneInfo(due["timezone"]) if due["timezone"] else None
    moment = datetime.fromisoformat(due["date"])
    local = moment.astimezone(fixed) if fixed else moment
    today = now.astimezone(zone).date()
    rhythm, _ = _taken_apart(due["string"])
    day = _after(local.date(), rhythm)
    while day < today:
        day = _after(day, rhythm)
    if "T" not in due["date"]:
        return {**due, "date": day.isoformat()}
    later = datetime.combine(day, local.time())
    if fixed is None:
        return {**due, "date": f"{later:%Y-%m-%dT%H:%M:%S}"}
    return {**due, "date": f"{later.replace(tzinfo=fixed).astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"}


def _after(day: date, words: str) -> date:
    step, days, months = _rhythm(words)
    if months:
        count = day.month - 1 + months
        first = date(day.year + count // 12, count % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
        return first.replace(day=min(day.day, last.day))
    return _on_one_of(days, day + step * ONE_DAY) if days else day + step * ONE_DAY


def begins(due: Json, zone: ZoneInfo) -> datetime:
    """The moment at which something is due; a whole day counts from its midnight in the person's zone."""
    moment = datetime.fromisoformat(due["date"])
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
