"""When a task is due and how long it takes, as text that people read in a plan, and as Todoist takes it.

`2026-01-19` is a whole day, `2026-01-19 19:00 Africa/Nairobi` a time in the zone of the roadmap: the same
text whatever zone is configured. Times are sent as instants with that zone, never floating, and never as
words: Todoist would read those itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain
from typing import Any

from sync.errors import ConfigError
from sync.model import Block, Days, Span
from sync.remote import fingerprint
from sync.shaping.moments import zone, zone_name
from sync.shaping.wording import AT, WAS_DONE, read_done

_TIME = "%Y-%m-%d %H:%M"
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_MINUTES = "min"
_LONGEST = timedelta(minutes=1439)
"""The apps show no duration of a day or more."""


def due_text(span: Span | None) -> str:
    """Return when an item is due: the last of its days, or the time at which it begins."""
    if span is None:
        return ""
    if isinstance(span, Days):
        return str(max(span.first, span.last))
    return _time_text(span.begin, zone(span.zone))


def window_text(span: Span | None) -> str:
    """Return the days of an item that has several, since a due date tells the last of them only."""
    if not isinstance(span, Days) or span.last <= span.first:
        return ""
    return f"{span.first} to {span.last}"


def duration_text(span: Span | None) -> str:
    """Return how long a timed item takes, empty where it takes no time or a day and more."""
    if not isinstance(span, Block) or not timedelta(minutes=1) <= span.end - span.begin <= _LONGEST:
        return ""
    return f"{(span.end - span.begin) // timedelta(minutes=1)} {_MINUTES}"


def due_argument(text: str) -> dict[str, str] | None:
    """Return what `due` takes, None for no due date."""
    wall, _, name = text.rpartition(" ")
    if not wall:
        return {"date": text} if text else None
    begin = datetime.strptime(wall, _TIME).replace(tzinfo=zone(name))
    return {"date": instant_text(begin), "timezone": name}


def duration_argument(text: str) -> dict[str, Any] | None:
    """Return what `duration` takes, None for none."""
    amount, _, unit = text.partition(" ")
    return {"amount": int(amount), "unit": "minute" if unit == _MINUTES else "day"} if text else None


def zones_of(account: str, home: tzinfo) -> tuple[tzinfo, ...]:
    """Return the account's zone, in which floating times are meant, and the configured one, which stands in for it."""
    known = _zone_or_none(account)
    return (home,) if known is None else (known, home)


def read_due(due: Mapping[str, Any] | None, written: str, zones: Sequence[tzinfo]) -> str:
    """Return the text for what Todoist tells; `written` is the fingerprint of the one that we wrote.

    What somebody made recurring tells its rule, too: it is another thing than we wrote.
    """
    if not due:
        return ""
    told = str(due.get("date") or "")
    if "T" in told:
        spellings = _spellings(datetime.fromisoformat(told), str(due.get("timezone") or ""), zones)
        usual = next(spellings)
        told = next((text for text in chain([usual], spellings) if fingerprint(text) == written), usual)
    return f"{told}, {due.get('string') or 'again and again'}" if due.get("is_recurring") else told


def _spellings(moment: datetime, fixed: str, zones: Sequence[tzinfo]) -> Iterator[str]:
    """Yield the texts that one moment may have had when we wrote it; the first is for those we did not write.

    A zone may come back under another name. The last is that of former releases, without a zone.
    """
    known = _zone_or_none(fixed)
    likely = zones if known is None else (known, *zones)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zones[0])
    yield from (_time_text(moment, each) for each in likely)
    yield f"{moment.astimezone(UTC).astimezone(likely[0]):{_TIME}}"


def _time_text(moment: datetime, home: tzinfo) -> str:
    """Return a moment in a zone; in UTC where the clock there shows that time twice."""
    # by way of UTC: a wall time that the clock skips is no time at all
    here = moment.astimezone(UTC).astimezone(home)
    if here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset():
        here = here.astimezone(UTC)
    return f"{here:{_TIME}} {zone_name(here)}"


def _zone_or_none(name: str) -> tzinfo | None:
    try:
        return zone(name)
    except ConfigError:
        return None  # a name that only Todoist knows


def read_duration(duration: Mapping[str, Any] | None) -> str:
    """Return the text for what Todoist tells."""
    if not duration:
        return ""
    return f"{duration['amount']} {_MINUTES if duration['unit'] == 'minute' else 'days'}"


def done_text(done: datetime | bool | None) -> str:  # noqa: FBT001 - a tick may have no time
    """Return whether something is done and since when, in whole seconds; empty while it is open."""
    if isinstance(done, datetime):
        return f"{done.astimezone(UTC):{AT}}"
    return WAS_DONE if done else ""


def done_argument(text: str) -> dict[str, str]:
    """Return what `item_complete` takes beside the id: when, where that is known."""
    done = read_done(text)
    return {"date_completed": instant_text(done)} if isinstance(done, datetime) else {}


def instant(told: str) -> datetime:
    """Return a moment as Todoist writes it; one without a zone is in UTC."""
    moment = datetime.fromisoformat(told)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """Return a moment as Todoist takes it, in whole seconds."""
    return f"{moment.astimezone(UTC):{_INSTANT}}"
