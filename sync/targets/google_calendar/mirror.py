"""What is remembered of a calendar between two readings, so that the next one asks only what changed.

The whole event is kept and not our fields alone: a change is written as the whole event, and so costs
no reading of its own. All of it may be lost.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.remote import Marker, Reading
from sync.targets.google_calendar.events import read_event, slim
from sync.targets.google_calendar.ids import is_minted
from sync.targets.google_calendar.properties import marker_of

Json = dict[str, Any]

FORMAT = 1
CANCELLED = "cancelled"


@dataclass(slots=True)
class Mirror:
    """Our events in one calendar, deleted ones too, as of a sync token."""

    calendar: str
    token: str = ""
    zone: str = "UTC"
    events: dict[str, Json] = field(default_factory=dict)
    kept: bytes = b""
    """The events as bytes, empty once they are out of date."""

    @classmethod
    def load(cls, memory: bytes, calendar: str) -> "Mirror":
        """Read what `dumped` wrote; an empty mirror where that is lost, or of another calendar."""
        head, _, kept = memory.partition(b"\n")
        try:
            told = json.loads(head)
            if (told["format"], told["calendar"]) != (FORMAT, calendar):
                return cls(calendar)
            events = json.loads(zlib.decompress(kept))
            return cls(calendar, told["token"], told["zone"], events, kept)
        except (ValueError, KeyError, TypeError, zlib.error):
            return cls(calendar)

    def dumped(self) -> bytes:
        """Return it as bytes; the events are packed anew only where one of them changed."""
        if not self.kept:
            self.kept = zlib.compress(json.dumps(self.events, separators=(",", ":")).encode(), 1)
        head = {"format": FORMAT, "calendar": self.calendar, "token": self.token, "zone": self.zone}
        return json.dumps(head).encode() + b"\n" + self.kept

    def take(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Take in what a list tells. What is not ours is passed over: other ids, and days of a series."""
        for event in items:
            name = event["id"]
            if not is_minted(name) or "recurringEventId" in event:
                continue
            self.kept = b""
            if marker_of(event) is not None:
                self.events[name] = slim(event)
            elif event["status"] == CANCELLED and name in self.events:
                # of a deleted event nothing but its id is promised
                self.events[name]["status"] = CANCELLED
            else:
                self.events.pop(name, None)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget what a whole list does not name; what it barely names is still known from before."""
        self.kept = b""
        self.events = {name: event for name, event in self.events.items() if name in names}

    def reading(self, memory: bytes) -> Reading:
        """Return all of ours in the order of the ids, and what was deleted."""
        living = [event for _, event in sorted(self.events.items()) if event["status"] != CANCELLED]
        items = tuple(each for event in living if (each := read_event(event, self.zone)) is not None)
        there = {item.marker.key for item in items}
        removed: dict[str, int] = {}
        for marker in map(_deleted, self.events.values()):
            if marker is not None and marker.key not in there:
                removed[marker.key] = max(marker.revision, removed.get(marker.key, 0))
        return Reading(items, removed, memory)


def _deleted(event: Mapping[str, Any]) -> Marker | None:
    return marker_of(event) if event["status"] == CANCELLED else None
