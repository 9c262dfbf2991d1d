"""A calendar in the sandbox, our side of it, and the hands of the person it belongs to."""

from typing import Any

import requests

from sync.remote import Marker
from sync.sandbox import Sandbox
from sync.sandbox.faults import ANY_PART, RESET
from sync.sandbox.google.service import refusal
from sync.targets.google_calendar.pacing import Pace
from sync.targets.google_calendar.properties import marker_of
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.target import GoogleCalendarTarget
from tests.contract.worlds import patient

Json = dict[str, Any]

ZONE = "Africa/Nairobi"
WRITES = r"^(POST|PUT|DELETE) /(batch/)?calendar/v3"


class Tokens:
    """The sandbox's own token, and a new one whenever it is asked for."""

    def __init__(self, box: Sandbox, *scopes: str) -> None:
        self._box, self._scopes = box, scopes
        self.token = self._new()
        self.renewals = 0

    def bearer(self) -> str:
        return self.token

    def renewed(self) -> str:
        self.renewals += 1
        self.token = self._new()
        return self.token

    def _new(self) -> str:
        made = self._box.google.authorized_user(*([self._scopes] if self._scopes else []))
        return str(made["token"])


class GoogleWorld:
    """One calendar that the app has made, in a sandbox that is running."""

    def __init__(self, box: Sandbox, *, zone: str = ZONE, **choices: Any) -> None:
        box.google.quirks.quota = None
        self.box, self.google = box, box.google
        self.calendar = box.google.seed_calendar("Roadmaps", zone=zone, by_app=True)
        self.tokens = Tokens(box)
        self.choices: Json = {"calendar_id": self.calendar, "endpoint": box.url, **choices}
        self.found: list[str] = []
        self.slept: list[float] = []
        self.session: requests.Session | None = requests.Session()
        self.pace: Pace | None = None

    def close(self) -> None:
        if self.session is not None:
            self.session.close()

    def target(self) -> GoogleCalendarTarget:
        return GoogleCalendarTarget(
            Settings(**self.choices),
            self.tokens,
            zone=ZONE,
            patience=patient(self.slept),
            found=self.found.append,
            pace=self.pace,
            session=self.session,
        )

    # What the laws ask for.

    def tick(self, key: str) -> None:
        self.google.user_tick(self.calendar, self.id(key))

    def edit(self, key: str, field: str, value: str) -> None:
        if field == "notes":
            self.google.user_notes(self.calendar, self.id(key), value)
        else:
            self.change(key, {{"title": "summary"}[field]: value})

    def delete(self, key: str) -> None:
        self.google.user_delete(self.calendar, self.id(key))

    def add_foreign(self) -> None:
        body = {"summary": "Dentist", "start": {"date": "2026-01-07"}, "end": {"date": "2026-01-08"}}
        self.google.seed_event(self.calendar, body)

    def foreign(self) -> list[Json]:
        return [each for each in self.google.events(self.calendar, deleted=True) if marker_of(each) is None]

    def refuse(self, key: str) -> None:
        fault = refusal("403 forbiddenForNonOrganizer")
        self.google.faults.add(fault, part=ANY_PART, times=0, only=rf":{key}\"")

    def lose(self, requests: int) -> None:
        self.google.faults.add(RESET, times=requests, after=True, only=WRITES)

    # What tests of Google do beside.

    def change(self, key: str, changes: Json) -> None:
        """Change fields of the event itself by hand."""
        self.google.user_edit(self.calendar, self.id(key), changes)

    def event(self, key: str) -> Json:
        """The living event of an item, else the deleted one."""
        found = [each for each in self.marked() if marker_key(each) == key]
        return min(found, key=lambda each: each["status"] == "cancelled")

    def id(self, key: str) -> str:
        return str(self.event(key)["id"])

    def marked(self) -> list[Json]:
        """All events that carry a marker, deleted ones too."""
        return [each for each in self.google.events(self.calendar, deleted=True) if marker_of(each)]

    def asked(self) -> list[str]:
        """The requests so far, in the words of the API."""
        return [" ".join(sorted({call.name for call in each.calls})) for each in self.google.log.requests]


def marker_key(event: Json) -> str:
    marker = marker_of(event)
    assert isinstance(marker, Marker)
    return marker.key
