"""What the emulated Google remembers: one person's calendars and the events in them.

Every write takes the next number of one counter. That number is the etag, orders the changes for
sync tokens, and never comes twice, also after a restart from a store.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.chance import BASE32HEX, LOWER, Chance
from sync.sandbox.google.refusals import CHANGED, NOT_FOUND, Refused
from sync.sandbox.google.times import stamp

Json = dict[str, Any]
ETAG_BASE = 3_500_000_000_000_000


def etag(revision: int) -> str:
    """The etag of a revision: a quoted number that grows with every write."""
    return f'"{ETAG_BASE + 2 * revision}"'


def copied(value: Json) -> Json:
    """A copy of JSON that shares nothing with it."""
    copy: Json = json.loads(json.dumps(value))
    return copy


@dataclass(slots=True)
class EventState:
    """One event, living or a tombstone."""

    resource: Json
    """The fields as they are kept; start and end as they were sent."""
    order: int
    """Its place in the unspecified but stable order of lists."""
    revision: int
    by_hand: bool = False
    """Whether the last write was the person's own, in an app of Google's."""
    faded: bool = False
    """Whether a tombstone has disappeared; its id stays taken."""

    @property
    def cancelled(self) -> bool:
        """Whether it is deleted, or a deleted occurrence of a series."""
        return bool(self.resource["status"] == "cancelled")


@dataclass(slots=True)
class CalendarState:
    """One calendar: its own resource, its entry in the person's list, its events."""

    resource: Json
    """What `calendars.get` shows: id, summary, description, location, timeZone and so on."""
    entry: Json
    """What only the person's list shows: colours, selected, hidden, default reminders."""
    made_by: str | None
    """The client id of the app that made it; None where a person did."""
    revision: int
    entry_revision: int
    deleted: bool = False
    unlisted_for: int = 0
    """How many readings of the list still miss it: lists may be late."""
    events: dict[str, EventState] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its identifier."""
        return str(self.resource["id"])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which answers write its times."""
        return ZoneInfo(self.resource["timeZone"])

    @property
    def last_revision(self) -> int:
        """The newest revision of anything in it."""
        return max([self.revision, *(event.revision for event in self.events.values())])


class Account:
    """One person at Google; the primary calendar is theirs and no app made it."""

    def __init__(self, user: str, now: Callable[[], datetime], chance: Chance) -> None:
        self.user = user
        self.now = now
        self.chance = chance
        self.revision = 0
        self.calendars: dict[str, CalendarState] = {}
        own = {"id": user, "summary": user, "timeZone": "UTC", "updated": self.stamp()}
        self.add_calendar(own, made_by=None)

    def touch(self) -> int:
        """The number of the next write."""
        self.revision += 1
        return self.revision

    def stamp(self) -> str:
        """The time as `created` and `updated` write it."""
        return stamp(self.now())

    def add_calendar(self, resource: Json, made_by: str | None, unlisted_for: int = 0) -> CalendarState:
        """Put a calendar into the account; its creator is subscribed as owner."""
        revision = self.touch()
        resource.setdefault("id", self.free_calendar_id())
        calendar = CalendarState(
            resource=resource,
            entry={"colorId": "14", "selected": True, "defaultReminders": []},
            made_by=made_by,
            revision=revision,
            entry_revision=revision,
            unlisted_for=unlisted_for,
        )
        self.calendars[calendar.id] = calendar
        return calendar

    def free_calendar_id(self) -> str:
        """An id as the server mints them for calendars that are not primary."""
        return self.chance.fresh(self.calendars, "c_{}@group.calendar.google.com".format, 52, LOWER)

    def free_event_id(self, calendar: CalendarState) -> str:
        """An id as the server mints them for events that bring none."""
        return self.chance.fresh(calendar.events, str, 26, BASE32HEX)

    def calendar(self, name: str) -> CalendarState:
        """The calendar with that id, or the primary one; raises Refused (404) where it is gone."""
        found = self.calendars.get(self.user if name == "primary" else name)
        if found is None or found.deleted:
            raise Refused(NOT_FOUND)
        return found

    def snapshot(self) -> Json:
        """Everything, as JSON."""
        return {
            "revision": self.revision,
            "user": self.user,
            "calendars": [_calendar_json(calendar) for calendar in self.calendars.values()],
        }

    def restore(self, state: Json) -> None:
        """Become what a snapshot says."""
        self.revision = state["revision"]
        self.user = state["user"]
        calendars = [_calendar_from(part) for part in state["calendars"]]
        self.calendars = {calendar.id: calendar for calendar in calendars}


def _calendar_json(calendar: CalendarState) -> Json:
    return {
        "resource": calendar.resource,
        "entry": calendar.entry,
        "made_by": calendar.made_by,
        "revision": calendar.revision,
        "entry_revision": calendar.entry_revision,
        "deleted": calendar.deleted,
        "unlisted_for": calendar.unlisted_for,
        "events": [
            [event.resource, event.order, event.revision, event.by_hand, event.faded]
            for event in calendar.events.values()
        ],
    }


def _calendar_from(state: Json) -> CalendarState:
    events = [EventState(*fields) for fields in state["events"]]
    return CalendarState(**{**state, "events": {event.resource["id"]: event for event in events}})


def demand_match(if_match: str | None, current: int) -> None:
    """Raise Refused (412) where a write names an etag that is no longer the current one."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag(current) not in [name.strip().removeprefix("W/") for name in if_match.split(",")]:
        raise Refused(CHANGED)
