"""The requests that are made of Google Calendar."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError

from sync.errors import RoadmapSyncError
from sync.targets.google_calendar.answers import Answer, Call
from sync.targets.google_calendar.batch import Part, decoded, encoded
from sync.targets.google_calendar.errors import GONE, about_calendar, is_unauthorised, lost, trouble
from sync.targets.google_calendar.mirror import CANCELLED
from sync.targets.google_calendar.pacing import Pace
from sync.targets.google_calendar.transport import Http

Json = dict[str, Any]
Meaning = Callable[[Answer], RoadmapSyncError]
"""Says what a refusal means."""

EVENTS_A_PAGE = 2500
CALENDARS_A_PAGE = 250


@dataclass(frozen=True, slots=True)
class Listing:
    """All that a list has, of however many pages."""

    items: list[Json]
    token: str
    """With it, the next list tells only what changed since."""
    zone: str
    """Of the calendar."""


class Client:
    """Google's own client library, aimed at an endpoint; `pace` is None where nobody counts."""

    def __init__(self, http: Http, endpoint: str, pace: Pace | None) -> None:
        self._http, self._endpoint, self._pace = http, endpoint, pace

    @cached_property
    def _description(self) -> Json:
        """The API's own description, with all of its addresses below the endpoint, that of batches too."""
        description: Json = json.loads(get_static_doc("calendar", "v3"))
        description["rootUrl"] = self._endpoint
        return description

    @cached_property
    def _service(self) -> Any:
        return build_from_document(self._description, http=self._http)

    @cached_property
    def _events(self) -> Any:
        return self._service.events()

    def events(self, calendar: str, token: str = "") -> Listing:
        """List a calendar with its deleted events, or only what changed since a token was given.

        Raises `SyncTokenDead` where that cannot be told any more, else what `trouble` says. Never
        returns a part.
        """
        more = {"syncToken": token} if token else {}
        ask: Json = {"calendarId": calendar, "showDeleted": True, "maxResults": EVENTS_A_PAGE, **more}
        pages = list(self._pages(self._events.list, ask, about_calendar))
        items = [item for page in pages for item in page.get("items", ())]
        last = pages[-1]
        return Listing(items, str(last.get("nextSyncToken", "")), str(last.get("timeZone", "UTC")))

    def calendars(self) -> list[Json]:
        """List the person's calendars, hidden ones too."""
        ask: Json = {"showHidden": True, "maxResults": CALENDARS_A_PAGE}
        pages = self._pages(self._service.calendarList().list, ask)
        return [entry for page in pages for entry in page.get("items", ())]

    def new_calendar(self, body: Json) -> str:
        """Make a calendar and return its id. Asking twice makes two: whoever asks must search first."""
        return str(self._executed(self._service.calendars().insert(body=body))["id"])

    def calendar(self, name: str) -> Json:
        """Show a calendar. Raises `CalendarGone`."""
        return self._executed(self._service.calendars().get(calendarId=name), about_calendar)

    def is_empty(self, calendar: str) -> bool:
        """Tell whether no event is in a calendar, of anybody's; deleted ones do not count."""
        pages = self._pages(self._events.list, {"calendarId": calendar, "maxResults": EVENTS_A_PAGE})
        return all(event["status"] == CANCELLED for page in pages for event in page.get("items", ()))

    def delete_calendar(self, name: str) -> None:
        """Delete a calendar with all that is in it."""
        self._executed(self._service.calendars().delete(calendarId=name), about_calendar)

    def _pages(self, method: Any, ask: Json, means: Meaning = trouble) -> Iterator[Json]:
        page = self._executed(method(**ask), means)
        yield page
        while "nextPageToken" in page:
            page = self._executed(method(**ask, pageToken=page["nextPageToken"]), means)
            yield page

    def _executed(self, request: Any, means: Meaning = trouble) -> Json:
        self._take(1)
        try:
            body = request.execute()
        except HttpError as refused:
            answer = Answer.of(refused.resp.status, refused.resp, refused.content)
        except UnicodeDecodeError:
            answer = Answer(200, garbled=True)
        else:
            if isinstance(body, dict):
                return body
            if body == "":
                return {}  # what the library makes of an answer that has no body, as that to a deletion
            answer = Answer(200, garbled=True)
        raise means(answer)

    def look(self, calendar: str, names: Sequence[str]) -> dict[str, Json]:
        """Return events by id, at most a batch of them; those that are gone are missing.

        Raises what keeps any of the others from being seen.
        """
        answers = self.batch(calendar, [Call("get", name) for name in names])
        for answer in answers:
            if answer is None:
                raise lost()
            if not answer.ok and answer.reason not in GONE:
                raise trouble(answer)
        return {name: each.body for name, each in zip(names, answers, strict=True) if each and each.ok}

    def batch(self, calendar: str, calls: Sequence[Call]) -> list[Answer | None]:
        """Send calls in one request and return their answers, None for one that is missing.

        Those that were refused for a token that has run out are sent once more, with a new one.
        Raises what stands in the way of all of them.
        """
        parts = [self._part(calendar, call) for call in calls]
        answers = self._posted(parts)
        again = [number for number, each in enumerate(answers) if each and is_unauthorised(each)]
        if again:
            self._http.renew()
            for number, answer in zip(again, self._posted([parts[each] for each in again]), strict=True):
                answers[number] = answer
        return answers

    def _posted(self, parts: Sequence[Part]) -> list[Answer | None]:
        self._take(len(parts))
        kind, body = encoded(parts)
        uri = f"{self._endpoint}{self._description['batchPath']}"
        head, content = self._http.request(uri, "POST", body, {"Content-Type": kind})
        answers = decoded(head.get("content-type", ""), content, len(parts))
        if head.status < 300 and answers is not None:
            return answers
        answer = Answer.of(head.status, head, content)
        raise trouble(Answer(answer.status, garbled=True) if answer.ok else answer)

    def _part(self, calendar: str, call: Call) -> Part:
        request = self._request(calendar, call)
        where = urlsplit(request.uri)
        headers = {"If-Match": call.match} if call.match else {}
        return Part(request.method, f"{where.path}?{where.query}", request.body or "", headers)

    def _request(self, calendar: str, call: Call) -> Any:
        if call.verb == "insert":
            return self._events.insert(calendarId=calendar, body=call.body, sendUpdates="none")
        place = {"calendarId": calendar, "eventId": call.event}
        if call.verb == "update":
            return self._events.update(**place, body=call.body, sendUpdates="none")
        if call.verb == "delete":
            return self._events.delete(**place, sendUpdates="none")
        return self._events.get(**place)

    def _take(self, calls: int) -> None:
        if self._pace is not None:
            self._pace.take(calls)
