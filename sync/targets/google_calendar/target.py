"""Google Calendar as a target."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import requests

from sync.model import Item
from sync.remote import Answered, Event, Fields, Intent, Op, Reading, Sending, Waiting, patiently
from sync.targets.google_calendar import batch, fields
from sync.targets.google_calendar.answers import Call
from sync.targets.google_calendar.calendars import Calendars
from sync.targets.google_calendar.client import Client
from sync.targets.google_calendar.errors import SyncTokenDead
from sync.targets.google_calendar.events import written
from sync.targets.google_calendar.ids import event_id
from sync.targets.google_calendar.mirror import Mirror
from sync.targets.google_calendar.pacing import Pace
from sync.targets.google_calendar.rounds import talked
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.transport import Http, Tokens
from sync.targets.google_calendar.writing import talk

T = TypeVar("T")
Json = dict[str, Any]


class GoogleCalendarTarget:
    """One calendar of its own at Google; nothing outside it is ever touched.

    `tokens` sign the requests. `zone` is the IANA zone for a new calendar. `found` is told the id of the
    calendar as soon as it was found or made, so that it can be put into the configuration, and the empty
    text once it is gone. `pace` keeps below the quota, None to go as fast as the line. `session` is the
    requests session to use.
    """

    def __init__(
        self,
        settings: Settings,
        tokens: Tokens,
        *,
        zone: str,
        patience: Waiting,
        found: Callable[[str], None],
        pace: Pace | None = None,
        session: requests.Session | None = None,
    ) -> None:
        self._settings, self._patience = settings, patience
        self._http = Http(tokens, session)
        self._client = Client(self._http, settings.endpoint, pace)
        self._calendars = Calendars(self._client, settings, zone, found)
        self._mirror = Mirror("", zone=zone)

    @property
    def name(self) -> str:
        """The name of the target."""
        return "google"

    @property
    def requests(self) -> int:
        """How many requests were sent so far, of every kind."""
        return self._http.requests

    @property
    def fields(self) -> tuple[str, ...]:
        """Title and time first."""
        return fields.FIELDS

    @property
    def times(self) -> frozenset[str]:
        """The fields that say when."""
        return fields.TIMES

    @property
    def keeps_past(self) -> bool:
        """What was over before it was first pushed stays out of a calendar that people look at."""
        return False

    def shape(self, item: Item) -> Fields | None:
        """Return the item as an event can hold it; undated items and single days of a series have no place."""
        return fields.shape(item, self._settings)

    def read(self, memory: bytes) -> Reading:
        """Return our events; nothing, where there is no calendar yet.

        Raises `NotAuthorised`, `ConfigError` where several calendars could be meant, and `TargetError`
        for everything else that Google says but the whole answer.
        """
        calendar = patiently(self._patience, self._calendars.find)
        if calendar is None:
            return Reading(())
        mirror = Mirror.load(memory, calendar)
        try:
            self._refresh(mirror)
        except SyncTokenDead:
            mirror.token = ""
            self._refresh(mirror)
        self._mirror = mirror
        return mirror.reading(mirror.dumped())

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Write in groups of up to 50, each of which is one batch unless something is in its way."""
        for first in range(0, len(intents), batch.MOST):
            group = intents[first : first + batch.MOST]
            calls = self._calls(group)
            yield Sending({key: bytes(call) for key, call in calls.items()})
            calendar = self._calendar()
            talks = {
                each.key: talk(each, calls[each.key], self._merged, again=each.payload is not None)
                for each in group
            }
            results, stop = talked(talks, partial(self._client.batch, calendar))
            if results:
                yield Answered(tuple(results))
            if stop is not None:
                raise stop

    def tidy(self) -> tuple[str, ...]:
        """Delete the calendar if it was made by us and nothing of anybody's is in it now; return its name."""
        gone = patiently(self._patience, self._calendars.drop_if_empty)
        return () if gone is None else (gone,)

    def _refresh(self, mirror: Mirror) -> None:
        """Bring a mirror up to date: by what changed, or from nothing where it has no token."""
        listing = patiently(self._patience, lambda: self._client.events(mirror.calendar, mirror.token))
        if not mirror.token:
            mirror.keep_only({event["id"] for event in listing.items})
        mirror.take(listing.items)
        mirror.token, mirror.zone = listing.token, listing.zone

    def _calendar(self) -> str:
        """Return the calendar to write to; made here, and only here, where there is none."""
        return patiently(self._patience, self._calendars.find) or self._calendars.make()

    def _calls(self, group: Sequence[Intent]) -> dict[str, Call]:
        """Return the first call of each write; what was sent before is said in the same words."""
        there = self._there(group)
        return {
            each.key: Call.parse(each.payload) if each.payload is not None else self._call(each, there)
            for each in group
        }

    def _call(self, intent: Intent, there: Mapping[str, Json]) -> Call:
        if intent.op is Op.DELETE:
            return Call("delete", intent.remote_id, intent.version)
        if intent.op is Op.CREATE:
            name = event_id(intent.uid)
            return Call("insert", name, body={"id": name, **self._merged(intent, {})})
        event = there.get(intent.remote_id, {})
        if "start" not in event:
            # it is gone, as Google is about to say itself
            return Call(
                "update", intent.remote_id, intent.version, self._merged(replace(intent, op=Op.CREATE), {})
            )
        return Call("update", intent.remote_id, intent.version, self._merged(intent, event))

    def _there(self, group: Sequence[Intent]) -> Mapping[str, Json]:
        """Return the whole events that are to be updated: as they were read, else asked for now."""
        wanted = [each.remote_id for each in group if each.op is Op.UPDATE and each.payload is None]
        missing = [name for name in wanted if name not in self._mirror.events]
        calendar = patiently(self._patience, self._calendars.find) if missing else None
        if calendar is None:
            return self._mirror.events
        asked = patiently(self._patience, lambda: self._client.look(calendar, missing))
        return {**self._mirror.events, **asked}

    def _merged(self, intent: Intent, event: Json) -> Json:
        return written(intent, event, self._settings, self._mirror.zone)
