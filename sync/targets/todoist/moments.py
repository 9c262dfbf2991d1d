"""When a task is due and how long it takes, as text that people read in a plan, and as Todoist takes it.

`2026-01-19` is a whole day, `2026-01-19 19:00` a time in the person's own zone. Times are sent as
instants with that zone, never floating, and never as words: Todoist would read those itself.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sync.model import Block, Days, Span
from sync.shaping.moments import zone_name
from sync.shaping.wording import AT, WAS_DONE, read_done

_TIME = "%Y-%m-%d %H:%M"
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_MINUTES = "min"
_LONGEST = timedelta(minutes=1439)
"""The apps show no duration of a day or more."""


def due_text(span: Span | None, home: tzinfo) -> str:
    """Return when an item is due: the last of its days, or the time at which it begins."""
    if span is None:
        return ""
    if isinstance(span, Days):
        return str(max(span.first, span.last))
    return f"{_at_home(span.begin, home):{_TIME}}"


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


def due_argument(text: str, home: tzinfo) -> dict[str, str] | None:
    """Return what `due` takes, None for no due date."""
    if " " not in text:
        return {"date": text} if text else None
    begin = datetime.strptime(text, _TIME).replace(tzinfo=home)
    return {"date": f"{begin.astimezone(UTC):{_INSTANT}}", "timezone": zone_name(begin)}


def duration_argument(text: str) -> dict[str, Any] | None:
    """Return what `duration` takes, None for none."""
    amount, _, unit = text.partition(" ")
    return {"amount": int(amount), "unit": "minute" if unit == _MINUTES else "day"} if text else None


def read_due(due: Mapping[str, Any] | None, home: tzinfo) -> str:
    """Return the text for what Todoist tells; a floating time is one in the person's zone.

    What somebody made recurring tells its rule, too: it is another thing than we wrote.
    """
    if not due:
        return ""
    told = str(due.get("date") or "")
    text = told
    if "T" in told:
        moment = datetime.fromisoformat(told)
        here = moment.replace(tzinfo=home) if moment.tzinfo is None else _at_home(moment, home)
        text = f"{here:{_TIME}}"
    return f"{text}, {due.get('string') or 'again and again'}" if due.get("is_recurring") else text


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


def _at_home(moment: datetime, home: tzinfo) -> datetime:
    # by way of UTC: a wall time that the clock skips is no time at all
    return moment.astimezone(UTC).astimezone(home)
