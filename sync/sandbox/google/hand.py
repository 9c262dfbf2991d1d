"""What people do by hand, in an app of Google's: no token, no quota, the same events.

An edit by hand moves etag, `updated` and `sequence` just as one through the API does.
"""

import html
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sync.sandbox.google.account import Account, copied
from sync.sandbox.google.calendars import discard
from sync.sandbox.google.changes import Changes, shown
from sync.sandbox.google.front import Front
from sync.sandbox.google.signin import CLIENT_ID

Json = dict[str, Any]

DONE_MARK = "✅ "
DONE_COLOUR = "8"
"""Graphite."""


class ByHand:
    """The person's own doings, and what a test wants to see or bring about."""

    account: Account
    front: Front
    changes: Changes
    lock: threading.RLock
    """Held while anything is read or written."""
    written: Callable[[], None]
    """Called after each change, so that a store can be brought up to date."""
    colours_before: dict[str, str | None]
    """The colour that an event had when it was ticked, by calendar and id."""

    def seed_calendar(
        self,
        summary: str,
        *,
        zone: str = "UTC",
        description: str = "",
        by_app: bool = False,
        id: str | None = None,  # noqa: A002  # the service's word
    ) -> str:
        """Add a calendar, made by a person or by the app, and return its id."""
        resource = {"summary": summary, "timeZone": zone, "updated": self.account.stamp()}
        resource |= {"description": description} if description else {}
        resource |= {"id": id} if id else {}
        with self.lock:
            calendar = self.account.add_calendar(resource, CLIENT_ID if by_app else None)
            self.written()
        return calendar.id

    def seed_event(self, calendar_id: str, body: Mapping[str, Any]) -> str:
        """Add an event by hand and return its id."""
        with self.lock:
            calendar = self.account.calendar(calendar_id)
            event = self.changes.create(calendar, copied(dict(body)), by_hand=True)
            self.written()
        return str(event.resource["id"])

    def user_edit(self, calendar_id: str, event_id: str, changes: Mapping[str, Any]) -> Json:
        """Change fields of an event by hand, as a patch would, and return the event."""
        with self.lock:
            calendar = self.account.calendar(calendar_id)
            event = self.changes.find(calendar, event_id)
            self.changes.merge(calendar, event, copied(dict(changes)), by_hand=True)
            self.written()
            return shown(calendar, event)

    def user_notes(self, calendar_id: str, event_id: str, notes: str) -> Json:
        """Rewrite the notes in the web interface, which turns them into HTML."""
        text = html.escape(notes, quote=False).replace("\r\n", "\n").replace("\n", "<br>")
        return self.user_edit(calendar_id, event_id, {"description": text or None})

    def user_tick(self, calendar_id: str, event_id: str, *, done: bool = True) -> Json:
        """Mark an event as done in title and colour, or take the mark away."""
        event = self.event(calendar_id, event_id)
        title = event.get("summary", "").removeprefix(DONE_MARK.strip()).lstrip()
        place = f"{calendar_id}/{event_id}"
        if done:
            if event.get("colorId") != DONE_COLOUR:
                self.colours_before[place] = event.get("colorId")
            change = {"summary": DONE_MARK + title, "colorId": DONE_COLOUR}
        else:
            change = {"summary": title, "colorId": self.colours_before.pop(place, None)}
        return self.user_edit(calendar_id, event_id, change)

    def user_delete(self, calendar_id: str, event_id: str) -> None:
        """Delete an event or one occurrence by hand."""
        with self.lock:
            calendar = self.account.calendar(calendar_id)
            self.changes.remove(calendar, self.changes.find(calendar, event_id), by_hand=True)
            self.written()

    def user_delete_calendar(self, calendar_id: str) -> None:
        """Delete a whole calendar by hand."""
        with self.lock:
            discard(self.account, self.account.calendar(calendar_id))
            self.written()

    def event(self, calendar_id: str, event_id: str) -> Json:
        """An event as the API shows it; raises Refused where there is none."""
        with self.lock:
            calendar = self.account.calendar(calendar_id)
            return shown(calendar, self.changes.find(calendar, event_id))

    def events(self, calendar_id: str, *, deleted: bool = False) -> list[Json]:
        """The events of a calendar as the API shows them, with tombstones where they are wanted."""
        with self.lock:
            calendar = self.account.calendar(calendar_id)
            states = [e for e in calendar.events.values() if deleted or not e.cancelled]
            return [shown(calendar, event) for event in states]

    def agenda(self, calendar_id: str, low: datetime, high: datetime) -> list[Json]:
        """What takes place between two moments, occurrences of series one by one, in order."""
        with self.lock:
            return self.front.listing.between(self.account.calendar(calendar_id), low, high)

    def forget_tombstones(self) -> None:
        """Let deleted events disappear, as they do after some weeks; their ids stay taken."""
        with self.lock:
            for calendar in self.account.calendars.values():
                for event in calendar.events.values():
                    event.faded = event.faded or event.cancelled
            self.written()
