"""Calendars and the person's list of them: two resources with two etags for each calendar."""

from typing import Any

from sync.sandbox.google.account import Account, CalendarState, demand_match, etag
from sync.sandbox.google.asking import Ask
from sync.sandbox.google.changes import merged
from sync.sandbox.google.listing import digest, sealed, unsealed
from sync.sandbox.google.palette import CALENDAR_COLOURS
from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.refusals import NOT_FOUND, QUOTA_GONE, SYNC_TOKEN_DEAD, Refused, invalid
from sync.sandbox.google.times import zone_named

Json = dict[str, Any]

OWN = ("summary", "description", "location", "timeZone", "labelProperties")
"""What a body may change of a calendar."""
LISTED = (
    "colorId",
    "backgroundColor",
    "foregroundColor",
    "selected",
    "hidden",
    "summaryOverride",
    "defaultReminders",
    "notificationSettings",
)
"""What a body may change of an entry in the list."""
ENTRY_USUAL = {"colorId": "14", "selected": True, "defaultReminders": []}
PAGE_USUAL = 100
PAGE_MOST = 250
LIKE = ("minAccessRole",)


def calendar_shown(calendar: CalendarState) -> Json:
    """A calendar as `calendars.get` answers it."""
    head = {"kind": "calendar#calendar", "etag": etag(calendar.revision)}
    return {**head, **{k: v for k, v in calendar.resource.items() if k != "updated"}}


def entry_shown(calendar: CalendarState, user: str) -> Json:
    """A calendar as the person's list shows it."""
    head: Json = {
        "kind": "calendar#calendarListEntry",
        "etag": etag(calendar.entry_revision),
        "id": calendar.id,
    }
    if calendar.deleted or calendar.entry.get("deleted"):
        return {**head, "deleted": True}
    own = {name: calendar.resource[name] for name in OWN[:4] if name in calendar.resource}
    primary = {"primary": True} if calendar.id == user else {"dataOwner": user}
    palette = CALENDAR_COLOURS.get(calendar.entry["colorId"], ("", ""))
    colours = {"backgroundColor": palette[0], "foregroundColor": palette[1]}
    entry = {name: value for name, value in calendar.entry.items() if value not in (False, "")}
    return {**head, **own, **colours, **entry, "accessRole": "owner", **primary}


class Calendars:
    """`calendars.*`."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks

    def insert(self, ask: Ask) -> Json:
        """Make a calendar; asking twice makes two."""
        made = [c for c in self._account.calendars.values() if not c.deleted]
        if len(made) >= self._quirks.calendars_allowed:
            raise Refused(QUOTA_GONE)
        resource = {"timeZone": "UTC", **self._fields(ask.body), "updated": self._account.stamp()}
        calendar = self._account.add_calendar(resource, ask.grant.client, self._quirks.list_lag)
        return calendar_shown(calendar)

    def get(self, ask: Ask) -> Json:
        """Show a calendar."""
        return calendar_shown(ask.calendar(self._account))

    def update(self, ask: Ask) -> Json:
        """Write a calendar anew."""
        return self._write(ask, self._fields(ask.body))

    def patch(self, ask: Ask) -> Json:
        """Change what the body names."""
        resource = ask.calendar(self._account).resource
        old = {name: resource[name] for name in OWN if name in resource}
        return self._write(ask, self._fields(merged(old, ask.body)))

    def delete(self, ask: Ask) -> None:
        """Delete a calendar with all that is in it; the primary one cannot go."""
        calendar = ask.calendar(self._account)
        if calendar.id == self._account.user:
            raise invalid("Cannot delete the primary calendar.")
        demand_match(ask.if_match, calendar.revision)
        discard(self._account, calendar)

    def _write(self, ask: Ask, fields: Json) -> Json:
        calendar = ask.calendar(self._account)
        demand_match(ask.if_match, calendar.revision)
        kept: Json = {
            name: calendar.resource[name] for name in ("id", "timeZone") if name in calendar.resource
        }
        calendar.resource = {**kept, "summary": "", **fields, "updated": self._account.stamp()}
        calendar.revision = self._account.touch()
        return calendar_shown(calendar)

    def _fields(self, body: Json) -> Json:
        fields = {name: body[name] for name in OWN if name in body}
        if "timeZone" in fields:
            zone_named(fields["timeZone"], "Invalid time zone.")
        return fields


def discard(account: Account, calendar: CalendarState) -> None:
    """Delete a calendar for good; the list remembers that it was there."""
    calendar.deleted = True
    calendar.events.clear()
    calendar.revision = calendar.entry_revision = account.touch()


class CalendarList:
    """`calendarList.*`."""

    def __init__(self, account: Account, quirks: Quirks) -> None:
        self._account = account
        self._quirks = quirks
        self.oldest_token = 0

    def list(self, ask: Ask) -> Json:
        """One page of the person's calendars; new ones may be late."""
        since = self._since(ask)
        listed = [c for c in self._account.calendars.values() if _in_time(c) and self._wanted(c, ask, since)]
        start = self._start(ask)
        size = min(ask.values.get("maxResults", PAGE_USUAL), PAGE_MOST, self._quirks.page_limit or PAGE_MOST)
        revision = self._account.revision
        token = {"nextSyncToken": sealed({"list": revision, "like": digest(ask.values, LIKE)})}
        if start + size < len(listed):
            token = {"nextPageToken": sealed({"start": start + size})}
        items = [entry_shown(calendar, self._account.user) for calendar in listed[start : start + size]]
        return {"kind": "calendar#calendarList", "etag": f'"p{etag(revision)[1:]}', **token, "items": items}

    def _since(self, ask: Ask) -> int | None:
        if "syncToken" not in ask.values:
            return None
        dead = Refused(SYNC_TOKEN_DEAD)
        content = unsealed(ask.name("syncToken"), dead)
        if content.get("list", -1) < self.oldest_token:
            raise dead
        if content["like"] != digest(ask.values, LIKE) or False in (
            ask.values.get("showDeleted"),
            ask.values.get("showHidden"),
        ):
            raise invalid("The parameters do not go with this syncToken.", "syncToken")
        revision: int = content["list"]
        return revision

    def _start(self, ask: Ask) -> int:
        if "pageToken" not in ask.values:
            return 0
        complaint = invalid("Invalid value for: pageToken", "pageToken")
        start = unsealed(ask.name("pageToken"), complaint).get("start")
        if not isinstance(start, int):
            raise complaint
        return start

    def _wanted(self, calendar: CalendarState, ask: Ask, since: int | None) -> bool:
        if since is not None:
            return calendar.entry_revision > since
        if calendar.deleted or calendar.entry.get("deleted"):
            return bool(ask.values.get("showDeleted"))
        return bool(ask.values.get("showHidden")) or not calendar.entry.get("hidden")

    def get(self, ask: Ask) -> Json:
        """Show one entry."""
        return entry_shown(self._entry(ask), self._account.user)

    def insert(self, ask: Ask) -> Json:
        """Put a calendar that was taken off the list back on it."""
        calendar = ask.calendar(self._account, ask.body["id"])
        calendar.entry.pop("deleted", None)
        return self._write(calendar, {**calendar.entry, **self._fields(ask)})

    def update(self, ask: Ask) -> Json:
        """Write an entry anew."""
        return self._write(self._entry(ask), {**ENTRY_USUAL, **self._fields(ask)})

    def patch(self, ask: Ask) -> Json:
        """Change what the body names."""
        calendar = self._entry(ask)
        return self._write(calendar, {**ENTRY_USUAL, **merged(calendar.entry, self._fields(ask))})

    def delete(self, ask: Ask) -> None:
        """Take a calendar off the list; it lives on."""
        calendar = self._entry(ask)
        if calendar.id == self._account.user:
            raise invalid("Cannot remove the primary calendar.")
        self._write(calendar, {**calendar.entry, "deleted": True})

    def _entry(self, ask: Ask) -> CalendarState:
        calendar = ask.calendar(self._account)
        if calendar.entry.get("deleted"):
            raise Refused(NOT_FOUND)
        demand_match(ask.if_match, calendar.entry_revision)
        return calendar

    def _fields(self, ask: Ask) -> Json:
        fields = {name: ask.body[name] for name in LISTED if name in ask.body}
        if not ask.values.get("colorRgbFormat"):
            fields.pop("backgroundColor", None)
            fields.pop("foregroundColor", None)
        if fields.get("colorId", "1") not in (*CALENDAR_COLOURS, None):
            raise invalid("Invalid value for: colorId")
        return fields

    def _write(self, calendar: CalendarState, entry: Json) -> Json:
        calendar.entry = entry
        calendar.entry_revision = self._account.touch()
        return entry_shown(calendar, self._account.user)


def _in_time(calendar: CalendarState) -> bool:
    """Whether the list knows the calendar by now; each reading brings that nearer."""
    late = calendar.unlisted_for > 0
    calendar.unlisted_for -= late
    return not late
