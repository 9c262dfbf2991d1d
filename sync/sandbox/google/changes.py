"""The life of an event: created, replaced, merged, deleted, brought back; by an app or by hand."""

from base64 import urlsafe_b64encode
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.sandbox.google.account import Account, CalendarState, EventState, copied, etag
from sync.sandbox.google.quirks import Quirks, Revival
from sync.sandbox.google.recurrence import INSTANCE, occurrence, occurrences
from sync.sandbox.google.refusals import (
    DELETED,
    DUPLICATE,
    FORBIDDEN,
    NOT_FOUND,
    OLD_SEQUENCE,
    Refused,
    invalid,
)
from sync.sandbox.google.rules import check_event, check_id, tidied
from sync.sandbox.google.times import rendered, span

Json = dict[str, Any]

WRITABLE = (
    "status",
    "summary",
    "description",
    "location",
    "colorId",
    "start",
    "end",
    "recurrence",
    "transparency",
    "visibility",
    "attendees",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "anyoneCanAddSelf",
    "extendedProperties",
    "reminders",
    "source",
    "eventType",
)
"""What a body may change; anything else in it is read-only, or not emulated, and passed over."""
GIVEN = ("id", "created", "creator", "organizer", "iCalUID", "recurringEventId", "originalStartTime")
"""What stays with an event whatever is written."""


def draft(body: Json) -> Json:
    """The part of a body that may be written."""
    return {name: body[name] for name in WRITABLE if name in body}


def merged(old: Any, patch: Any) -> Any:
    """Patch semantics: objects merge member by member, null removes, lists and the rest are replaced."""
    if not isinstance(patch, dict):
        return patch
    base = old if isinstance(old, dict) else {}
    members = {**base, **{name: merged(base.get(name), value) for name, value in patch.items()}}
    return {name: value for name, value in members.items() if value is not None}


def when(event: Json) -> tuple[date | datetime, date | datetime, tuple[str, ...]]:
    """What must change for an event to count as moved."""
    return (*span(event), tuple(event.get("recurrence", ())))


class Changes:
    """Every write to an event goes through here, whoever makes it."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def find(self, calendar: CalendarState, event_id: str) -> EventState:
        """The event, tombstone or occurrence of that id; raises Refused (404) where there is none."""
        known = calendar.events.get(event_id)
        if known is not None and not known.faded:
            return known
        match = INSTANCE.fullmatch(event_id)
        series = calendar.events.get(match["series"]) if match and known is None else None
        if series is None or series.cancelled or "recurrence" not in series.resource:
            raise Refused(NOT_FOUND)
        resource = occurrence(series.resource, event_id)
        if resource is None:
            raise Refused(NOT_FOUND)
        return EventState(resource, series.order, series.revision)

    def create(self, calendar: CalendarState, body: Json, *, by_hand: bool = False) -> EventState:
        """Add an event; raises Refused (409) where its id is taken, also by a deleted one."""
        if "id" in body and "iCalUID" in body:
            raise invalid("Invalid value for: id and iCalUID exclude each other")
        name = body.get("id") or self._account.free_event_id(calendar)
        check_id(name)
        if name in calendar.events:
            raise Refused(DUPLICATE)
        now = self._account.stamp()
        given = {
            "id": name,
            "created": now,
            "updated": now,
            "creator": {"email": self._account.user, "self": True},
            "organizer": self._organizer(calendar),
            "iCalUID": body.get("iCalUID", f"{name}@google.com"),
            "sequence": body.get("sequence", 0),
        }
        fields = {"status": "confirmed", "eventType": "default", **draft(body)}
        check_event(fields)
        event = EventState({**given, **tidied(fields)}, order=self._account.revision, revision=0)
        self._commit(calendar, event, by_hand=by_hand)
        return event

    def _organizer(self, calendar: CalendarState) -> Json:
        if calendar.id == self._account.user:
            return {"email": calendar.id, "self": True}
        return {"email": calendar.id, "displayName": calendar.resource["summary"], "self": True}

    def replace(
        self, calendar: CalendarState, event: EventState, body: Json, *, by_hand: bool = False
    ) -> None:
        """Write the whole event anew: what the body leaves out is gone. Without `sequence` it counts as 0."""
        if body.get("id", event.resource["id"]) != event.resource["id"]:
            raise invalid("Invalid resource id value.")
        if event.cancelled and body.get("status") != "cancelled":
            self._demand_revival(event, body.get("status"))
        self._write(calendar, event, draft(body), body.get("sequence", 0), by_hand=by_hand)

    def merge(
        self, calendar: CalendarState, event: EventState, patch: Json, *, by_hand: bool = False
    ) -> None:
        """Change what the patch names; a tombstone stays one unless the patch says otherwise."""
        fields = merged(draft(copied(event.resource)), draft(patch))
        if event.cancelled and fields.get("status") != "cancelled":
            self._demand_revival(event, patch.get("status"))
        given = patch.get("sequence")
        sequence = event.resource["sequence"] if given is None else given
        self._write(calendar, event, fields, sequence, by_hand=by_hand)

    def _demand_revival(self, event: EventState, status: str | None) -> None:
        revival = self._quirks.revival
        refused = revival is Revival.REFUSED or (revival is Revival.REFUSED_AFTER_HAND and event.by_hand)
        if refused or status is None:
            raise Refused(FORBIDDEN)

    def _write(
        self, calendar: CalendarState, event: EventState, fields: Json, sequence: int, *, by_hand: bool
    ) -> None:
        old = event.resource
        if sequence < old["sequence"]:
            raise Refused(OLD_SEQUENCE)
        fields = {"status": "confirmed", "eventType": "default", **fields}
        check_event(fields)
        moved = when(fields) != when(old)
        if moved and sequence == old["sequence"]:
            sequence += 1
        given = {name: old[name] for name in GIVEN if name in old}
        new = {**given, "sequence": sequence, "updated": old["updated"], **tidied(fields)}
        if told(new, calendar.zone) != told(old, calendar.zone):
            new["updated"] = self._account.stamp()
        event.resource = new
        self._commit(calendar, event, by_hand=by_hand)
        if moved or event.cancelled:
            self._follow(calendar, event)

    def remove(self, calendar: CalendarState, event: EventState, *, by_hand: bool = False) -> None:
        """Leave a tombstone; raises Refused (410) where there is one already."""
        if event.cancelled:
            raise Refused(DELETED)
        event.resource = {**event.resource, "status": "cancelled", "updated": self._account.stamp()}
        self._commit(calendar, event, by_hand=by_hand)
        self._follow(calendar, event)

    def _commit(self, calendar: CalendarState, event: EventState, *, by_hand: bool) -> None:
        event.revision = self._account.touch()
        event.by_hand = by_hand
        calendar.events[event.resource["id"]] = event

    def _follow(self, calendar: CalendarState, series: EventState) -> None:
        """Let changed occurrences vanish with their series, or where it no longer has them."""
        name = series.resource["id"]
        own = [key for key, e in calendar.events.items() if e.resource.get("recurringEventId") == name]
        if not own:
            return
        alive = not series.cancelled and "recurrence" in series.resource
        kept = {one["id"] for one in occurrences(series.resource)} if alive else set()
        for key in own:
            if key not in kept:
                del calendar.events[key]


def points(resource: Json, zone: ZoneInfo) -> Json:
    """The times of an event as answers write them."""
    return {
        name: rendered(resource[name], name, zone)
        for name in ("originalStartTime", "start", "end")
        if name in resource
    }


def told(resource: Json, zone: ZoneInfo) -> Json:
    """What must differ for `updated` to move: reminders do not count."""
    return {**resource, "reminders": None, **points(resource, zone)}


def shown(calendar: CalendarState, event: EventState, *, zone_name: str = "", bare: bool = False) -> Json:
    """The event as answers carry it; `bare` leaves of a tombstone no more than is promised."""
    zone = ZoneInfo(zone_name) if zone_name else calendar.zone
    resource = event.resource
    head = {"kind": "calendar#event", "etag": etag(event.revision), "id": resource["id"]}
    times = points(resource, zone)
    if bare and event.cancelled:
        kept = {name: resource[name] for name in ("recurringEventId",) if name in resource}
        original = {name: time for name, time in times.items() if name == "originalStartTime"}
        return {**head, "status": "cancelled", **kept, **original}
    return {**head, "htmlLink": _link(calendar.id, resource["id"]), **copied(resource), **times}


def _link(calendar_id: str, event_id: str) -> str:
    word = urlsafe_b64encode(f"{event_id} {calendar_id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={word}"
