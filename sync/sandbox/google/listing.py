"""Lists of events: filters, order, pages that may be short, and sync tokens that may die."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sync.sandbox.google.account import Account, CalendarState, EventState, etag
from sync.sandbox.google.changes import shown
from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.recurrence import occurrences
from sync.sandbox.google.refusals import (
    SYNC_TOKEN_DEAD,
    TIME_RANGE_EMPTY,
    UPDATED_MIN_TOO_OLD,
    Refused,
    invalid,
    unknown,
)
from sync.sandbox.google.times import instant, moment_of, span, zone_named

Json = dict[str, Any]

PAGE_USUAL = 250
PAGE_MOST = 2500
UPDATED_MIN_AGE = timedelta(days=30)
NOT_WITH_SYNC_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
NO_TOKEN_AFTER = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "updatedMin",
)
"""A list narrowed by one of these is no base for incremental ones."""
SAME_IN_EVERY_SYNC = ("singleEvents", "showHiddenInvitations", "eventTypes", "timeZone")
NOT_OF_THE_QUESTION = (
    "pageToken",
    "maxResults",
    "fields",
    "prettyPrint",
    "alt",
    "key",
    "quotaUser",
    "userIp",
)


def sealed(content: Json) -> str:
    """A token that means nothing to the caller."""
    return urlsafe_b64encode(json.dumps(content, sort_keys=True).encode()).decode().rstrip("=")


def unsealed(token: str, complaint: Refused) -> Json:
    """What a token holds; raises the complaint where it is none of ours."""
    try:
        content = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError as reason:
        raise complaint from reason
    if not isinstance(content, dict):
        raise complaint
    return content


def digest(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """A short word for some of the parameters, the same for the same values."""
    chosen = {name: values[name] for name in sorted(names) if name in values}
    return sha256(json.dumps(chosen).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Row:
    """An event or occurrence on its way into a list."""

    event: EventState
    begin: datetime
    end: datetime

    def key(self, order: str | None) -> list[Any]:
        """What orders the list and marks where a page ended."""
        tail = [self.event.order, self.event.resource["id"]]
        if order == "startTime":
            return [self.begin.isoformat(), *tail]
        return [self.event.resource["updated"], *tail] if order == "updated" else tail


class Listing:
    """Answers `events.list` and `events.instances`."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks
        self.oldest_token = 0
        """Sync tokens of revisions before this one are dead."""

    def events(self, calendar: CalendarState, values: Json) -> Json:
        """One page of a calendar's events."""
        self._check(values)
        since = self._since(calendar, values)
        found = {row.event.resource["id"]: row for row in self._rows(calendar, values, since)}
        rows = [row for row in found.values() if _wanted(row, values, calendar)]
        page = self._page(calendar, values, rows, bare=since is not None and not values.get("showDeleted"))
        if any(name in values for name in NO_TOKEN_AFTER):
            page.pop("nextSyncToken", None)
        return page

    def instances(self, calendar: CalendarState, series: EventState, values: Json) -> Json:
        """One page of the occurrences of a series, changed ones as they are now."""
        rows = [
            row
            for row in _expanded(calendar, series)
            if (values.get("showDeleted") or not row.event.cancelled) and _wanted(row, values, calendar)
        ]
        if "originalStart" in values:
            wanted = values["originalStart"]
            rows = [row for row in rows if wanted in row.event.resource["originalStartTime"].values()]
        page = self._page(calendar, values, rows, bare=False)
        page.pop("nextSyncToken", None)
        return page

    def between(self, calendar: CalendarState, low: datetime, high: datetime) -> list[Json]:
        """All events and occurrences of a stretch of time, in order, as a calendar's own app shows them."""
        found = self._rows(calendar, {"singleEvents": True}, None)
        rows = sorted((r for r in found if _between(r, low, high)), key=lambda row: row.key("startTime"))
        return [shown(calendar, row.event) for row in rows]

    def _check(self, values: Json) -> None:
        if "syncToken" in values:
            for name in NOT_WITH_SYNC_TOKEN:
                if name in values:
                    raise invalid(f"The parameter {name} cannot be used together with syncToken.", name)
            if values.get("showDeleted") is False:
                raise invalid("showDeleted cannot be false in an incremental sync.", "showDeleted")
        if values.get("orderBy") == "startTime" and not values.get("singleEvents"):
            raise unknown("The requested ordering is not available for the particular query.")
        low, high = _bound(values, "timeMin"), _bound(values, "timeMax")
        if low and high and high <= low:
            raise Refused(TIME_RANGE_EMPTY)
        oldest = _bound(values, "updatedMin")
        if oldest and oldest < self._account.now() - UPDATED_MIN_AGE:
            raise Refused(UPDATED_MIN_TOO_OLD)
        if "timeZone" in values:
            zone_named(values["timeZone"], "Invalid value for: timeZone")

    def _since(self, calendar: CalendarState, values: Json) -> int | None:
        """The revision that a sync token stands for; raises Refused (410) where the token is dead."""
        token = values.get("syncToken")
        if token is None:
            return None
        content = unsealed(token, Refused(SYNC_TOKEN_DEAD))
        if content.get("calendar") != calendar.id or content.get("at", -1) < self.oldest_token:
            raise Refused(SYNC_TOKEN_DEAD)
        if content["like"] != digest(values, SAME_IN_EVERY_SYNC):
            raise invalid("Sync token was made with other parameters.", "syncToken")
        revision: int = content["at"]
        return revision

    def _rows(self, calendar: CalendarState, values: Json, since: int | None) -> Iterator[Row]:
        tombstones = values.get("showDeleted") or since is not None or "updatedMin" in values
        for event in tuple(calendar.events.values()):
            if event.faded or (since is not None and event.revision <= since):
                continue
            series = event.resource.get("recurringEventId")
            if values.get("singleEvents") and "recurrence" in event.resource and not event.cancelled:
                yield from (r for r in _expanded(calendar, event) if tombstones or not r.event.cancelled)
            elif event.cancelled and not tombstones and (series is None or values.get("singleEvents")):
                continue
            elif not (values.get("singleEvents") and series and since is None):
                yield _row(event, calendar)

    def _page(self, calendar: CalendarState, values: Json, rows: list[Row], *, bare: bool) -> Json:
        order = values.get("orderBy")
        rows.sort(key=lambda row: row.key(order))
        question = digest(values, set(values) - set(NOT_OF_THE_QUESTION))
        place = self._place(values, question)
        rest = [row for row in rows if place["after"] is None or row.key(order) > place["after"]]
        size = min(values.get("maxResults", PAGE_USUAL), PAGE_MOST, self._quirks.page_limit or PAGE_MOST)
        if self._quirks.empty_pages and place["page"] % 2 == 0:
            size = 0
        items, more = rest[:size], rest[size:]
        if more or (size == 0 and self._quirks.empty_pages):
            after = items[-1].key(order) if items else place["after"]
            turn = {"after": after, "page": place["page"] + 1, "at": place["at"], "question": question}
            token = {"nextPageToken": sealed(turn)}
        else:
            like = digest(values, SAME_IN_EVERY_SYNC)
            token = {"nextSyncToken": sealed({"calendar": calendar.id, "at": place["at"], "like": like})}
        zone = values.get("timeZone", "")
        bare = bare or self._quirks.bare_tombstones
        shown_items = [shown(calendar, row.event, zone_name=zone, bare=bare) for row in items]
        return {**_head(calendar, values), **token, "items": shown_items}

    def _place(self, values: Json, question: str) -> Json:
        """Where a page begins; sync tokens stand for the time of the first page."""
        if "pageToken" not in values:
            return {"after": None, "page": 0, "at": self._account.revision}
        complaint = invalid("Invalid value for: pageToken", "pageToken")
        place = unsealed(values["pageToken"], complaint)
        if place.get("question") != question:
            raise complaint
        return place


def _head(calendar: CalendarState, values: Json) -> Json:
    changes = [event.resource["updated"] for event in calendar.events.values()]
    head = {
        "kind": "calendar#events",
        "etag": '"p' + etag(calendar.last_revision)[1:],
        "summary": calendar.resource["summary"],
        "description": calendar.resource.get("description"),
        "updated": max(changes, default=calendar.resource["updated"]),
        "timeZone": values.get("timeZone", calendar.resource["timeZone"]),
        "accessRole": "owner",
        "defaultReminders": calendar.entry["defaultReminders"],
    }
    return {name: value for name, value in head.items() if value is not None}


def _row(event: EventState, calendar: CalendarState) -> Row:
    first, last = span(event.resource)
    return Row(event, instant(first, calendar.zone), instant(last, calendar.zone))


def _expanded(calendar: CalendarState, series: EventState) -> Iterator[Row]:
    """The occurrences of a series, those changed or cancelled by hand as they are now."""
    for resource in occurrences(series.resource):
        changed = calendar.events.get(resource["id"])
        yield _row(changed or EventState(resource, series.order, series.revision), calendar)


def _bound(values: Json, name: str) -> datetime | None:
    text = values.get(name)
    return moment_of(text, None, "Bad Request").astimezone(UTC) if text else None


def _wanted(row: Row, values: Json, calendar: CalendarState) -> bool:
    """Whether the filters let an event through; a series counts by any of its occurrences."""
    resource = row.event.resource
    low, high = _bound(values, "timeMin"), _bound(values, "timeMax")
    if (low or high) and not any(_between(one, low, high) for one in _times(row, calendar)):
        return False
    oldest = _bound(values, "updatedMin")
    if oldest and datetime.fromisoformat(resource["updated"]) < oldest:
        return False
    if values.get("iCalUID", resource["iCalUID"]) != resource["iCalUID"]:
        return False
    if resource["eventType"] not in values.get("eventTypes", (resource["eventType"],)):
        return False
    return _found(resource, values.get("q")) and all(
        _has(resource.get("extendedProperties", {}).get(kind, {}), values.get(f"{kind}ExtendedProperty", ()))
        for kind in ("private", "shared")
    )


def _times(row: Row, calendar: CalendarState) -> Iterator[Row]:
    if "recurrence" in row.event.resource:
        yield from _expanded(calendar, row.event)
    else:
        yield row


def _between(row: Row, low: datetime | None, high: datetime | None) -> bool:
    return (low is None or row.end > low) and (high is None or row.begin < high)


def _found(resource: Json, words: str | None) -> bool:
    """Full-text search: each word stands somewhere in title, description or place."""
    text = " ".join(resource.get(name, "") for name in ("summary", "description", "location")).casefold()
    return all(word in text for word in (words or "").casefold().split())


def _has(properties: Json, pairs: Iterable[str]) -> bool:
    """Whether all the `name=value` pairs hold."""
    return all(properties.get(name) == value for name, _, value in (pair.partition("=") for pair in pairs))
