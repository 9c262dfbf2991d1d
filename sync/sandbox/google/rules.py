"""What Google accepts in an event beyond the shape of its JSON."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sync.sandbox.google.recurrence import check_recurrence
from sync.sandbox.google.refusals import BOTH_REMINDERS, Refused, invalid, required
from sync.sandbox.google.times import span

Json = dict[str, Any]

EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")
DESCRIPTION_MOST = 8192
KEY_MOST = 44
VALUE_MOST = 1024
PROPERTIES_MOST = 300
PROPERTIES_BYTES = 32 * 1024
OVERRIDES_MOST = 5
MINUTES = range(40_321)
WORDS = {
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
    "eventType": ("default",),
}
EVENT_COLOURS = frozenset(str(number) for number in range(1, 12))
DEFAULTS: Mapping[str, object] = {
    "transparency": "opaque",
    "visibility": "default",
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "anyoneCanAddSelf": False,
    "summary": "",
    "description": "",
    "location": "",
    "recurrence": [],
    "attendees": [],
}
"""Values that say nothing: answers leave them out."""


def check_id(name: str) -> None:
    """Refuse an id outside base32hex in lower case, or of a wrong length, as tersely as Google."""
    if not EVENT_ID.fullmatch(name):
        raise invalid("Invalid resource id value.")


def check_event(event: Json) -> None:
    """Raise Refused for anything that Google would not keep."""
    first, _ = span(event)
    for name, words in WORDS.items():
        if event.get(name, words[0]) not in words:
            raise invalid(f"Invalid value for: {name}")
    if event.get("colorId", "1") not in EVENT_COLOURS:
        raise invalid("Invalid value for: colorId")
    if len(event.get("description", "")) > DESCRIPTION_MOST:
        raise invalid(f"Invalid value for: description is longer than {DESCRIPTION_MOST} characters")
    if event.get("recurrence"):
        _check_zones(event, timed=isinstance(first, datetime))
        check_recurrence(event["recurrence"], first)
    _check_reminders(event.get("reminders", {}))
    _check_people(event.get("attendees", []))
    _check_source(event.get("source"))


def _check_zones(event: Json, *, timed: bool) -> None:
    for which in ("start", "end"):
        if timed and not event[which].get("timeZone"):
            raise required(f"Missing time zone definition for {which} time.")


def _check_reminders(reminders: Json) -> None:
    overrides = reminders.get("overrides") or []
    if overrides and reminders.get("useDefault"):
        raise Refused(BOTH_REMINDERS)
    if len(overrides) > OVERRIDES_MOST:
        raise invalid(f"Invalid value for: more than {OVERRIDES_MOST} reminder overrides")
    for override in overrides:
        if override.get("method") not in ("email", "popup"):
            raise invalid("Invalid value for: reminder method")
        if override.get("minutes") not in MINUTES:
            raise invalid("Invalid value for: reminder minutes")


def _check_people(attendees: list[Json]) -> None:
    for person in attendees:
        if "@" not in person.get("email", ""):
            raise invalid("Invalid attendee email.")


def _check_source(source: Json | None) -> None:
    if source and urlsplit(source.get("url", "")).scheme not in ("http", "https"):
        raise invalid("Invalid value for: source.url")


def kept_properties(properties: Json) -> Json:
    """Extended properties as they are stored: long names vanish and long values are cut, in silence.

    Raises Refused where they are too many, or too large in total.
    """
    kept: Json = {}
    for kind in ("private", "shared"):
        pairs = {name: text[:VALUE_MOST] for name, text in properties.get(kind, {}).items()}
        pairs = {name: text for name, text in pairs.items() if len(name) <= KEY_MOST}
        if pairs:
            kept[kind] = pairs
    every = [pair for pairs in kept.values() for pair in pairs.items()]
    if len(every) > PROPERTIES_MOST:
        raise invalid(f"Invalid value for: more than {PROPERTIES_MOST} extended properties")
    if sum(len(name.encode()) + len(text.encode()) for name, text in every) > PROPERTIES_BYTES:
        raise invalid("Invalid value for: extended properties are larger than 32 kB")
    return kept


def tidied(event: Json) -> Json:
    """The event without the values that say nothing, as answers show it."""
    kept = {name: value for name, value in event.items() if name not in DEFAULTS or value != DEFAULTS[name]}
    reminders = dict(kept.get("reminders") or {"useDefault": True})
    reminders.setdefault("useDefault", False)
    if not reminders.get("overrides"):
        reminders.pop("overrides", None)
    kept["reminders"] = reminders
    properties = kept_properties(kept.pop("extendedProperties", {}))
    if properties:
        kept["extendedProperties"] = properties
    return kept
