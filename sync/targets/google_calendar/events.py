"""Our items as events, and events as our items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sync.remote import Fields, Intent, Op, Remote, read_imprint
from sync.shaping.wording import POINTS, TICKED, marked, read_done, read_kind
from sync.targets.google_calendar.fields import FIELDS, TIMES
from sync.targets.google_calendar.notes import description, read_description
from sync.targets.google_calendar.properties import (
    DONE,
    FACE,
    KIND,
    MARKER,
    REPEATS,
    WHEN,
    facts_of,
    marker_of,
    with_facts,
)
from sync.targets.google_calendar.recurrence import Shown, moved, times
from sync.targets.google_calendar.reminders import read_reminders, reminders
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.titles import read_summary

Json = dict[str, Any]
Event = Mapping[str, Any]

GIVEN = frozenset({"kind", "htmlLink", "created", "updated", "creator", "organizer", "iCalUID"})
"""What Google says of an event and nobody can write."""


def slim(event: Event) -> Json:
    """Return an event without what nobody can write."""
    return {name: value for name, value in event.items() if name not in GIVEN}


def read_event(event: Event, home: str) -> Remote | None:
    """Return what an event says of our item, None where it has no marker; `home` is the calendar's zone."""
    marker = marker_of(event)
    if marker is None:
        return None
    facts = facts_of(event)
    told, written = facts.get(KIND, ""), read_imprint(marker.imprint)
    title, checked = read_summary(event.get("summary", ""), read_kind(told)[0], written.get("title"))
    done = facts.get(DONE, "") if checked else ""
    when, repeats = _times(event, facts, home)
    fields = {
        "title": title,
        "when": when,
        "repeats": repeats,
        "kind": told,
        "done": done,
        "reminders": read_reminders(event),
        "notes": read_description(event.get("description", "")),
    }
    by_hand = checked and told.endswith(TICKED) and not done
    return Remote(event["id"], marker, fields, True if by_hand else _since(done), event["etag"])


def _since(done: str) -> datetime | None:
    """Return when it was done, as we wrote it.

    A mark of ours without a time came from the roadmap's text: told as a tick made here, it would come
    back after it was taken back.
    """
    read = read_done(done)
    return read if isinstance(read, datetime) else None


def _times(event: Event, facts: Mapping[str, str], home: str) -> tuple[str, str]:
    """Return when and repeats: as we wrote them where the event still shows just that."""
    shown = Shown.of(event, home)
    written, now = facts.get(FACE, "").split(" "), shown.face.split(" ")
    if len(written) != len(now):
        return shown.when, shown.repeats
    return (
        facts.get(WHEN, "") if now[0] == written[0] else shown.when,
        facts.get(REPEATS, "") if now[1] == written[1] else shown.repeats,
    )


def written(intent: Intent, event: Event, settings: Settings, home: str) -> Json:
    """Return the whole event as it shall be; `event` is what is there, empty for nothing.

    All that is not ours stays: guests, places, colours, reminders, properties of other programs.
    """
    assert intent.fields is not None  # deletions write nothing
    fields = intent.fields
    changed = frozenset(FIELDS if intent.op is Op.CREATE else intent.changed)
    facts = facts_of(event)
    body = {name: value for name, value in slim(event).items() if name != "etag"}
    if intent.op is Op.CREATE:
        body["status"] = "confirmed"
    new = {MARKER: str(intent.marker), KIND: fields["kind"], DONE: fields["done"]}
    writing = _Writing(body, {**facts, **new}, fields, changed, home)
    if changed & {"title", "kind", "done"}:
        body["summary"] = writing.summary(event)
    if "notes" in changed:
        body["description"] = description(fields["notes"])
    if "reminders" in changed:
        body["reminders"] = reminders(fields["reminders"])
    if "done" in changed and settings.done_color:
        writing.colour(settings.done_color)
    if changed & TIMES:
        writing.times()
    busy = _is_busy(body, fields["kind"])
    if not event or busy != _is_busy(event, facts.get(KIND, "")):
        body["transparency"] = "opaque" if busy else "transparent"
    body["extendedProperties"] = with_facts(event, writing.facts)
    return body


@dataclass(slots=True)
class _Writing:
    """An event on its way from what it is to what it shall be."""

    body: Json
    facts: dict[str, str]
    fields: Fields
    changed: Collection[str]
    home: str

    def summary(self, event: Event) -> str:
        """Return title and marks; a check mark that somebody put before what cannot be ticked stays."""
        before = facts_of(event)
        kind, tick = read_kind(self.fields["kind"])
        marker = marker_of(event)
        title = None if marker is None else read_imprint(marker.imprint).get("title")
        checked = read_summary(event.get("summary", ""), read_kind(before.get(KIND, ""))[0], title)[1]
        done = self.fields["done"] or (checked and not before.get(DONE))
        return marked(self.fields["title"], kind, tick=tick, done=done)

    def colour(self, done: str) -> None:
        """Give the event the colour of what is done, or take it away; a colour that somebody chose stays."""
        if self.fields["done"]:
            self.body.setdefault("colorId", done)
        elif self.body.get("colorId") == done:
            del self.body["colorId"]

    def times(self) -> None:
        """Write when it is; a rule that somebody edited stays as it is."""
        when, repeats = self.fields["when"], self.fields["repeats"]
        edited = "repeats" not in self.changed and repeats != self.facts.get(REPEATS, "")
        if edited and "recurrence" in self.body:
            self.body |= moved(when)
        else:
            self.body.pop("recurrence", None)
            self.body |= times(when, repeats)
        face = Shown.of(self.body, self.home).face if repeats else ""
        self.facts |= {WHEN: when if repeats else "", REPEATS: repeats, FACE: face}


def _is_busy(event: Event, kind: str) -> bool:
    return "dateTime" in event.get("start", ()) and read_kind(kind)[0] not in POINTS
