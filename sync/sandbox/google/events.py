"""`events.*`: the calls; what they do to an event stands in `changes`, what they accept in `rules`."""

from typing import Any

from sync.sandbox.google.account import Account, CalendarState, EventState, demand_match
from sync.sandbox.google.asking import Ask
from sync.sandbox.google.changes import Changes, draft, shown
from sync.sandbox.google.listing import Listing
from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.refusals import DELETED, NOT_FOUND, Refused, invalid

Json = dict[str, Any]


class Events:
    """One method per call of the API, named as there."""

    def __init__(self, account: Account, quirks: Quirks, changes: Changes, listing: Listing) -> None:
        self._account = account
        self._quirks = quirks
        self._changes = changes
        self._listing = listing

    def _both(self, ask: Ask) -> tuple[CalendarState, EventState]:
        calendar = ask.calendar(self._account)
        return calendar, self._changes.find(calendar, ask.name("eventId"))

    def _show(self, ask: Ask, calendar: CalendarState, event: EventState) -> Json:
        zone = ask.values.get("timeZone", "")
        return shown(calendar, event, zone_name=zone, bare=self._quirks.bare_tombstones)

    def insert(self, ask: Ask) -> Json:
        """Add an event; an id that comes along is the key of idempotency (409 where it is taken)."""
        calendar = ask.calendar(self._account)
        return self._show(ask, calendar, self._changes.create(calendar, ask.body))

    def import_(self, ask: Ask) -> Json:
        """Add a private copy of an event that exists elsewhere, or write that copy anew."""
        calendar = ask.calendar(self._account)
        uid = ask.body["iCalUID"]
        copy = next((e for e in calendar.events.values() if e.resource["iCalUID"] == uid), None)
        body = {name: value for name, value in ask.body.items() if name != "id"}
        if copy is None:
            copy = self._changes.create(calendar, body)
        else:
            self._changes.replace(calendar, copy, {"sequence": copy.resource["sequence"], **body})
        return self._show(ask, calendar, copy)

    def get(self, ask: Ask) -> Json:
        """Show an event, a tombstone too."""
        return self._show(ask, *self._both(ask))

    def list(self, ask: Ask) -> Json:
        """One page of a calendar."""
        return self._listing.events(ask.calendar(self._account), dict(ask.values))

    def instances(self, ask: Ask) -> Json:
        """One page of a series."""
        calendar, series = self._both(ask)
        if "recurrence" not in series.resource:
            raise invalid("The event is not recurring.", "eventId")
        if series.cancelled:
            raise Refused(NOT_FOUND)
        return self._listing.instances(calendar, series, dict(ask.values))

    def update(self, ask: Ask) -> Json:
        """Write an event anew."""
        calendar, event = self._both(ask)
        demand_match(ask.if_match, event.revision)
        self._changes.replace(calendar, event, ask.body)
        return self._show(ask, calendar, event)

    def patch(self, ask: Ask) -> Json:
        """Change what the body names; three units of the quota."""
        calendar, event = self._both(ask)
        demand_match(ask.if_match, event.revision)
        self._changes.merge(calendar, event, ask.body)
        return self._show(ask, calendar, event)

    def delete(self, ask: Ask) -> None:
        """Leave a tombstone."""
        calendar, event = self._both(ask)
        if event.cancelled:
            raise Refused(DELETED)
        demand_match(ask.if_match, event.revision)
        self._changes.remove(calendar, event)

    def move(self, ask: Ask) -> Json:
        """Carry an event into another calendar; the answer already shows what stays behind."""
        calendar, event = self._both(ask)
        goal = ask.calendar(self._account, ask.name("destination"))
        demand_match(ask.if_match, event.revision)
        self._changes.create(goal, {"id": event.resource["id"], **draft(event.resource)})
        self._changes.remove(calendar, event)
        return self._show(ask, calendar, event)
