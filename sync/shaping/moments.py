"""Spans as RFC 5545 can hold them: zoned or whole days, never floating, never of length zero."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.errors import ConfigError
from sync.model import Block, Days, Span

Moment = date | datetime
"""A date for all-day things, else a date-time in a `ZoneInfo` or in `datetime.UTC`."""

UTC_NAMES = frozenset({"UTC", "Etc/UTC", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal"})
"""Zones that are written with a Z and need no VTIMEZONE."""

SHORTEST = timedelta(minutes=15)
"""What a block of no length becomes: readers disagree on zero (one skips it, one makes it an hour)."""

ONE_DAY = timedelta(days=1)


@cache
def zone(name: str) -> tzinfo:
    """Return the zone of an IANA name; UTC under all its names is `datetime.UTC`.

    Raises `ConfigError` where the name is not in the time zone database.
    """
    if name in UTC_NAMES:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise ConfigError(
            f"The time zone {name!r} is not known on this computer.",
            "Use an IANA name such as Africa/Nairobi, or update the tzdata package.",
        ) from cause


def zone_name(moment: datetime) -> str:
    """Return the IANA name under which `zone` gave this moment its zone."""
    return getattr(moment.tzinfo, "key", "UTC")


def placed(span: Span) -> tuple[Moment, Moment]:
    """Return begin and end, half-open, in a form that every reader understands in the same way.

    A block that would begin while the clock skips an hour begins after that, and keeps its length.
    It is given in UTC where the clock changes during it (readers count its length in two ways) and
    where it begins or ends in an hour that the clock shows twice (RFC 5545 3.3.5 means the first
    pass, some readers take the second).
    """
    if isinstance(span, Days):
        return span.first, max(span.until, span.first + ONE_DAY)
    home = zone(span.zone)
    begin = span.begin.replace(microsecond=0).astimezone(UTC)
    end = span.end.replace(microsecond=0).astimezone(UTC)
    here = begin.astimezone(home)
    if span.begin.tzinfo is home and _plain(here) != _plain(span.begin):
        end = begin + (_plain(span.end) - _plain(span.begin))
    if end <= begin:
        end = begin + SHORTEST
    there = end.astimezone(home)
    changes = here.utcoffset() != there.utcoffset() or _twice(here) or _twice(there)
    return (begin, end) if changes else (here, there)


def on_day(span: Span, day: date) -> Span:
    """Return the same span moved to begin on another day, at the same wall time."""
    if isinstance(span, Days):
        return Days(day, day + (span.until - span.first))
    home = zone(span.zone)
    begin, end = _wall(span.begin, home), _wall(span.end, home)
    moved = datetime.combine(day, begin.time(), home)
    return Block(moved, moved + (end - begin), span.zone)


def _wall(moment: datetime, home: tzinfo) -> datetime:
    """Return the wall time in `home`; one that is there already is kept even inside a gap."""
    return _plain(moment if moment.tzinfo is home else moment.astimezone(home))


def _twice(moment: datetime) -> bool:
    """Tell whether the clock shows this wall time twice."""
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def _plain(moment: Moment) -> datetime:
    assert isinstance(moment, datetime)
    return moment.replace(tzinfo=None, microsecond=0, fold=0)
