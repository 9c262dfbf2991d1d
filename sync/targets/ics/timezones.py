"""VTIMEZONE from the time zone database: RRULE where a rule holds, RDATE where none does.

icalendar's own generator puts onsets an hour late, lists dates where Outlook needs a rule, and
orders zones by hash seed. This one writes plain ASCII lines.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

HORIZON = 29
"""Years looked at beyond the last one needed: in 28 the weekdays have gone through every month's days."""

EARLIEST, LATEST = 1901, 2100
"""Years outside are not looked at: what holds in 2100 holds for ever in the database."""

STEP = timedelta(days=7)
"""No zone changes its offset and back within a week; the shortest stretch is Morocco's Ramadan."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Onset:
    """The moment at which another offset begins."""

    wall: datetime
    """In the wall time of the offset before, as RFC 5545 3.6.5 wants DTSTART; without a zone."""
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, bool]:
        """What onsets of one STANDARD or DAYLIGHT part have in common."""
        return self.before, self.after, self.name, self.daylight


@cache
def vtimezone(name: str, first_year: int, last_year: int) -> bytes:
    """Return the VTIMEZONE of an IANA zone, exact from `first_year` to `last_year`, both inclusive.

    Parts are in the order of their first onset; the bytes depend on nothing but the arguments and
    the database. Raises `ZoneInfoNotFoundError` for a name that is not in it.
    """
    begin = min(max(first_year, EARLIEST), LATEST) - 1
    needed = min(max(last_year, begin + 1), LATEST)
    onsets = _onsets(ZoneInfo(name), begin, needed + HORIZON)
    parts = sorted(_parts(onsets, needed, needed + HORIZON - 1))
    if not onsets or onsets[0].wall.year > begin:
        parts.insert(0, _opening(ZoneInfo(name), begin))
    lines = [f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n", *(text for _, text in parts), "END:VTIMEZONE\r\n"]
    return "".join(lines).encode("ascii")


def _onsets(zone: ZoneInfo, begin: int, end: int) -> list[Onset]:
    """Return every change from the start of year `begin` up to that of year `end`, in UTC."""
    changes = [change for year in range(begin, end) for change in _changes(zone, year)]
    lowest = min((saving for _, *states in changes for _, _, saving in states), default=timedelta())
    return [
        Onset((moment + before[0]).replace(tzinfo=None), before[0], after[0], after[1], after[2] > lowest)
        for moment, before, after in changes
    ]


State = tuple[timedelta, str, timedelta]
"""Offset, name and the part of the offset that is daylight saving (negative in Ireland's winter)."""


@cache
def _changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, State, State]]:
    """Return the changes within one year of UTC, each with the states before and after."""
    edge, stop = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    changes = []
    state = _state(zone, edge)
    while edge < stop:
        following = min(edge + STEP, stop)
        if (new := _state(zone, following)) != state:
            changes.append((_bisect(zone, edge, following), state, new))
        edge, state = following, new
    return changes


def _state(zone: ZoneInfo, moment: datetime) -> State:
    local = moment.astimezone(zone)
    offset, name, saving = local.utcoffset(), local.tzname(), local.dst()
    assert offset is not None
    assert name is not None
    assert saving is not None
    return offset, name, saving


def _bisect(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second at which the state is no longer the one of `before`."""
    old = _state(zone, before)
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _state(zone, before + timedelta(seconds=middle)) == old:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def _parts(onsets: list[Onset], needed: int, final: int) -> Iterator[tuple[datetime, str]]:
    """Yield each part with the moment it starts: one per rule, and one for the onsets without any."""
    for _, group in groupby(
        sorted(onsets, key=lambda onset: (onset.kind, onset.wall)), lambda onset: onset.kind
    ):
        loose: list[Onset] = []
        for run in _runs(list(group)):
            if run[0].wall.year > needed:
                continue
            rule = _rule(run)
            if rule and run[-1].wall.year == final:
                yield run[0].wall, _part(run[0], _line(f"RRULE:{rule}"))
            elif rule and len(run) > 2:
                yield run[0].wall, _part(run[0], _line(f"RRULE:{rule};UNTIL={_until(run[-1])}"))
            else:
                loose += [onset for onset in run if onset.wall.year <= needed]
        if loose:
            yield loose[0].wall, _part(loose[0], _dates(loose))


def _runs(onsets: list[Onset]) -> Iterator[list[Onset]]:
    """Cut onsets of one kind into the longest runs of consecutive years that follow one rule."""
    if _rule(onsets) and len(onsets) == onsets[-1].wall.year - onsets[0].wall.year + 1:
        yield onsets
        return
    run: list[Onset] = []
    for onset in onsets:
        if run and (onset.wall.year != run[-1].wall.year + 1 or not _rule([*run, onset])):
            yield run
            run = []
        run.append(onset)
    yield run


def _rule(run: Sequence[Onset]) -> str:
    """Return the yearly rule that all onsets obey, empty where there is none."""
    walls = [onset.wall for onset in run]
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) > 1:
        return ""
    month, weekday = walls[0].month, DAYS[walls[0].weekday()]
    days = [wall.day for wall in walls]
    if all(wall.day + 7 > monthrange(wall.year, month)[1] for wall in walls):
        return f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1{weekday}"
    if len(weeks := {(day - 1) // 7 + 1 for day in days}) == 1:
        return f"FREQ=YEARLY;BYMONTH={month};BYDAY={weeks.pop()}{weekday}"
    if max(days) - min(days) > 6:
        return ""
    window = ",".join(str(day) for day in range(min(days), min(days) + 7))
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={window};BYDAY={weekday}"


def _opening(zone: ZoneInfo, year: int) -> tuple[datetime, str]:
    """Return the part for the time before the first onset; it changes nothing itself."""
    offset, name, _ = _state(zone, datetime(year, 1, 1, tzinfo=UTC))
    start = datetime(1970, 1, 1)  # noqa: DTZ001  # RFC 5545 wants it without a zone
    return start, _part(Onset(min(start, datetime(year, 1, 1)), offset, offset, name, daylight=False), "")  # noqa: DTZ001


def _part(onset: Onset, rule: str) -> str:
    kind = "DAYLIGHT" if onset.daylight else "STANDARD"
    return (
        f"BEGIN:{kind}\r\nDTSTART:{onset.wall:%Y%m%dT%H%M%S}\r\n"
        f"TZOFFSETFROM:{_offset(onset.before)}\r\nTZOFFSETTO:{_offset(onset.after)}\r\n"
        f"TZNAME:{onset.name}\r\n{rule}END:{kind}\r\n"
    )


def _offset(offset: timedelta) -> str:
    """Return ±HHMM, with seconds where the database has them."""
    total = int(offset.total_seconds())
    hours, rest = divmod(abs(total), 3600)
    seconds = f"{rest % 60:02}" if rest % 60 else ""
    return f"{'-' if total < 0 else '+'}{hours:02}{rest // 60:02}{seconds}"


def _until(last: Onset) -> str:
    """UNTIL is in UTC, and a day late: dateutil takes it for wall time and would lose the last onset."""
    return f"{last.wall - last.before + timedelta(days=1):%Y%m%dT%H%M%SZ}"


def _dates(onsets: Sequence[Onset]) -> str:
    """List the first onset too, though DTSTART says it: where there are dates, ical.js reads only those."""
    if len(onsets) == 1:
        return ""
    return "".join(f"RDATE:{onset.wall:%Y%m%dT%H%M%S}\r\n" for onset in onsets)


def _line(text: str) -> str:
    """Fold once: the longest rule with an UNTIL has 93 octets."""
    return f"{text}\r\n" if len(text) <= 75 else f"{text[:75]}\r\n {text[75:]}\r\n"
