"""Items to shape and events to read, without a service."""

from typing import Any

from sync.model import Item
from sync.remote import Intent, Marker, Op, Remote, fingerprint, imprint, read_imprint
from sync.targets.google_calendar.events import read_event, written
from sync.targets.google_calendar.fields import shape
from sync.targets.google_calendar.settings import Settings
from tests.targets.google.hands import ZONE

Json = dict[str, Any]
PLAIN = Settings()


def creation(made: Item, settings: Settings = PLAIN, revision: int = 1) -> Intent:
    fields = shape(made, settings)
    assert fields is not None
    marker = Marker(made.key, revision, imprint(fields))
    return Intent(Op.CREATE, marker, "command", made.uid, fields)


def event_of(made: Item, settings: Settings = PLAIN) -> Json:
    """The event as it is sent, with what Google adds to it."""
    return {"id": "rs", "etag": '"1"', **written(creation(made, settings), {}, settings, ZONE)}


def updated(event: Json, made: Item, settings: Settings = PLAIN) -> Json:
    """The event after a push of what became of its item."""
    there, wanted = read(event), shape(made, settings)
    assert wanted is not None
    before = read_imprint(there.marker.imprint)
    changed = tuple(name for name in wanted if fingerprint(wanted[name]) != before[name])
    fields = {**there.fields, **{name: wanted[name] for name in changed}}
    marker = Marker(made.key, there.marker.revision + 1, imprint(fields))
    intent = Intent(Op.UPDATE, marker, "command", made.uid, fields, changed, "rs", '"1"')
    return {"id": "rs", "etag": '"2"', **written(intent, event, settings, ZONE)}


def read(event: Json) -> Remote:
    found = read_event(event, ZONE)
    assert found is not None
    return found
