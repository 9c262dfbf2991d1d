"""Feeds of roadmaps: bytes in, bytes out."""

import builtins
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sync.errors import ConfigError
from sync.model import Days, Schedule
from sync.shaping.wording import one_line
from sync.targets.ics.content import Heading
from sync.targets.ics.edition import Edition, assemble
from sync.targets.ics.events import events
from sync.targets.ics.todos import todos

ALL = "all"
"""The feed that holds every roadmap; no roadmap can have this slug."""

ALL_TITLE = "Roadmaps"

UNDATED = date(2000, 1, 1)
"""The first stamp of a roadmap that names no date at all."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One file to publish."""

    name: str
    """`<slug>.ics`, `<slug>.tasks.ics` or `all.ics`."""
    title: str
    bytes: builtins.bytes


def calendar_feed(
    schedules: Sequence[Schedule],
    *,
    title: str,
    previous: bytes | None,
    first_stamp: datetime,
    now: datetime,
    made: Sequence[bytes] = (),
) -> bytes:
    """Return the dated items as VEVENTs, in the order of start and UID.

    `previous` is the feed that subscribers have, `first_stamp` (from the document, so that the first
    feed is the same on every machine) dates its first edition and `now` what changed since. `made`
    are feeds of the same run with the same items: their components are taken over, revisions included.
    Items with a UID that came before are left out. Without any item the feed holds a VTIMEZONE alone.
    Raises `ConfigError` for an unknown zone.
    """
    heading = Heading("VEVENT", one_line(title))
    edition = Edition(heading, _zone_of(schedules), previous, made, whole(first_stamp), whole(now))
    return assemble([event for schedule in schedules for event in events(schedule)], edition)


def tasks_feed(
    schedules: Sequence[Schedule],
    *,
    title: str,
    previous: bytes | None,
    first_stamp: datetime,
    now: datetime,
) -> bytes:
    """Return the work as VTODOs, undated work last; in all else as `calendar_feed`."""
    heading = Heading("VTODO", one_line(title))
    edition = Edition(heading, _zone_of(schedules), previous, (), whole(first_stamp), whole(now))
    return assemble([todo for schedule in schedules for todo in todos(schedule)], edition)


def feeds(
    schedules: Sequence[Schedule],
    *,
    previous: Callable[[str], bytes | None],
    now: datetime,
    title: str = ALL_TITLE,
) -> Iterator[Feed]:
    """Yield the calendar and the tasks of each roadmap, then the calendar of all of them.

    `previous` gives the bytes of an earlier feed by name. An event has the same revision in its own
    feed and in the one of all. Raises `ConfigError` where two feeds would have the same name.
    """
    _refuse_twice(
        [f"{ALL}.ics", *(f"{each.slug}{end}" for each in schedules for end in (".ics", ".tasks.ics"))]
    )
    made = []
    for schedule in schedules:
        first, name = opening_stamp(schedule), f"{schedule.slug}.ics"
        data = calendar_feed(
            [schedule], title=schedule.title, previous=previous(name), first_stamp=first, now=now
        )
        made.append(data)
        yield Feed(name, schedule.title, data)
        tasks, name = tasks_title(schedule.title), f"{schedule.slug}.tasks.ics"
        data = tasks_feed([schedule], title=tasks, previous=previous(name), first_stamp=first, now=now)
        yield Feed(name, tasks, data)
    first, name = min(map(opening_stamp, schedules), default=midnight(UNDATED)), f"{ALL}.ics"
    data = calendar_feed(
        schedules, title=title, previous=previous(name), first_stamp=first, now=now, made=made
    )
    yield Feed(name, title, data)


def opening_stamp(schedule: Schedule) -> datetime:
    """Return the stamp of a roadmap's first edition: midnight UTC of the day it starts."""
    days = [
        item.span.first if isinstance(item.span, Days) else item.span.begin.date()
        for item in schedule.items
        if item.span
    ]
    return midnight(schedule.start or min(days, default=UNDATED))


def _refuse_twice(names: Sequence[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise ConfigError(f"Two feeds would be called {name}.", "Give one roadmap another `slug`.")


def _zone_of(schedules: Sequence[Schedule]) -> str:
    return next((schedule.timezone for schedule in schedules if schedule.timezone), "UTC")


def tasks_title(title: str) -> str:
    """Return what the tasks of a roadmap are called."""
    return f"{title} – tasks"


def midnight(day: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def whole(moment: datetime) -> datetime:
    """Return a moment in UTC and whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)
