"""What the components of a feed say of our items, hand edits included.

An item may have an event, a task, or both; it is there as long as one of them is. Where both say
different things, the one that is no longer as we wrote it was edited, and counts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from sync.errors import ConfigError
from sync.model import Kind
from sync.remote import Fields, Marker, Remote, fingerprint, imprint, read_imprint
from sync.shaping.moments import ONE_DAY, Moment, zone
from sync.shaping.spans import when_text
from sync.shaping.wording import DONE as CHECKED
from sync.shaping.wording import OPEN, SIGNS, TICKED, WAS_DONE, clean, one_line, read_done
from sync.targets.ics import facts
from sync.targets.ics.content import moment_text
from sync.targets.ics.fields import FIELDS
from sync.targets.ics.parsing import Component, Line, Parts
from sync.targets.ics.spans import length

LOOSE_DAY = re.compile(r"-\d{8}\Z")
"""Ends the UID of a day that the rule of a series does not give."""
MOMENT = re.compile(r"\d{8}T\d{6}Z?")
WHEN_LINES = ("DTSTART", "DTEND", "DURATION", "DUE")


@dataclass(slots=True)
class Held:
    """One of our items in the files of one roadmap."""

    key: str
    uid: str
    slug: str
    events: list[Component] = field(default_factory=list)
    tasks: list[Component] = field(default_factory=list)
    carried: tuple[Marker, Fields] | None = None
    """What a day of it tells of a series that has no event of its own."""

    def remote(self) -> Remote:
        """Return the item as the engine wants it; of two revisions the later one counts."""
        if self.carried is not None:
            marker, fields = self.carried
            return Remote(self.uid, marker, {name: fields.get(name, "") for name in FIELDS}, None, "carried")
        event, task = (each[0] if each else None for each in (self.events, self.tasks))
        markers = [_marker(each) for each in (event, task) if each is not None]
        fields = _merged(event, task)
        return Remote(
            self.uid,
            max(markers, key=lambda marker: marker.revision),
            fields,
            _done(event, task, fields["done"]),
            self._version(),
            imprint(fields),
        )

    def _version(self) -> str:
        digest = blake2b(digest_size=8)
        for component in (*self.events, *self.tasks):
            digest.update(component.block)
        return digest.hexdigest()


def held_items(slug: str, calendar: Parts | None, tasks: Parts | None) -> dict[tuple[str, str], Held]:
    """Return our items in a roadmap's two feeds by key and UID; a copy made by hand has a UID of its own."""
    found: dict[tuple[str, str], Held] = {}
    carried: list[tuple[Marker, str, Fields]] = []
    for component in of_kind(calendar, "VEVENT"):
        for held in _holders(slug, component, found):
            held.events.append(component)
        series = facts.read_series(component.text(facts.SERIES))
        carried += [] if series is None else [series]
    for component in of_kind(tasks, "VTODO"):
        for held in _holders(slug, component, found):
            held.tasks.append(component)
    for marker, uid, fields in carried:
        found.setdefault((marker.key, uid), Held(marker.key, uid, slug, carried=(marker, fields)))
    return found


def of_kind(feed: Parts | None, kind: str) -> Iterable[Component]:
    """Return the components of one kind."""
    return () if feed is None else (each for each in feed.components if each.kind == kind)


def _holders(slug: str, component: Component, found: dict[tuple[str, str], Held]) -> Iterator[Held]:
    marker = Marker.parse(component.text(facts.MARKER))
    if marker is not None:
        uid = item_uid(component)
        yield found.setdefault((marker.key, uid), Held(marker.key, uid, slug))


def item_uid(component: Component) -> str:
    """Return the UID of the item, which a day of a series has with its date behind it."""
    uid = component.text("UID")
    return LOOSE_DAY.sub("", uid) if component.line(facts.REPEATS) else uid


def _marker(component: Component) -> Marker:
    marker = Marker.parse(component.text(facts.MARKER))
    assert marker is not None  # only those with a marker are held
    return marker


def _merged(event: Component | None, task: Component | None) -> dict[str, str]:
    """Return the fields, from whichever component was edited."""
    said = [_said(each) for each in (event, task) if each is not None]
    if len(said) == 1 or said[0] == said[1]:
        return said[0]
    first, second = said
    assert event is not None
    written = read_imprint(_marker(event).imprint)
    return {
        name: second[name] if fingerprint(value) == written.get(name) else value
        for name, value in first.items()
    }


def _said(component: Component) -> dict[str, str]:
    """Return the fields as one component has them."""
    kind, done = component.text(facts.KIND), component.text(facts.DONE)
    when, repeats = _times(component)
    return {
        "title": _title(component, kind),
        "when": when,
        "repeats": repeats,
        "kind": kind,
        "part of": component.text(facts.PART_OF),
        "done": done,
        "notes": clean(component.text("DESCRIPTION")),
    }


def _title(component: Component, kind: str) -> str:
    """Return the title without the marks of an event; where they could be part of it, the marker's print tells."""
    text = one_line(component.text("SUMMARY"))
    if component.kind == "VTODO":
        return text
    bare = _without(text, (OPEN, CHECKED))
    sign = SIGNS.get(Kind(kind.partition(" ")[0])) if kind.partition(" ")[0] in set(Kind) else None
    plain = _without(bare, (sign,)) if sign else bare
    written = read_imprint(_marker(component).imprint).get("title")
    candidates = dict.fromkeys((plain, bare, _without(text, (sign,)) if sign else text, text))
    if len(candidates) == 1:
        return plain
    return next((each for each in candidates if fingerprint(each) == written), plain)


def _without(text: str, marks: Iterable[str]) -> str:
    for mark in marks:
        if text.startswith(f"{mark} "):
            return text[len(mark) + 1 :]
    return text


def _times(component: Component) -> tuple[str, str]:
    """Return when and repeats: as the facts have them where the lines still show just that."""
    start, end, when = _shown(component)
    rule = component.line("RRULE")
    skipped = [text for line in component.lines("EXDATE") for text in _moments(line)]
    repeats = facts.rule_text(rule.value.upper(), skipped) if rule else ""
    if not component.line(facts.REPEATS):
        return when, repeats
    face = facts.face_of(start, end, rule.value.upper() if rule else "", skipped).split(" ")
    written = component.text(facts.FACE).split(" ")
    if len(written) != len(face):
        return when, repeats
    return (
        component.text(facts.WHEN) if face[0] == written[0] else when,
        component.text(facts.REPEATS) if face[1] == written[1] else repeats,
    )


def _shown(component: Component) -> tuple[Moment | None, Moment | None, str]:
    """Return start, end and the line that says both; where they cannot be understood, the lines themselves."""
    lines = {name: line for name in WHEN_LINES if (line := component.line(name))}
    if not lines:
        return None, None, ""
    moments = {name: moment(line) for name, line in lines.items() if name != "DURATION"}
    start, due = moments.get("DTSTART"), moments.get("DUE")
    end = due or moments.get("DTEND")
    if "DURATION" in lines and start is not None:
        end = _after(start, length(lines["DURATION"].value))
    if "DTSTART" in lines and len(lines) == 1 and start is not None:
        end = start if isinstance(start, datetime) else start + ONE_DAY
    if None in moments.values() or end is None or (start and type(start) is not type(end)):
        return None, None, " ".join(f"{name}{line.params}:{line.value}" for name, line in lines.items())
    until = end + ONE_DAY if due and not isinstance(end, datetime) else end
    return start, end, when_text(start or end, until)


def _after(start: Moment, duration: timedelta | None) -> Moment | None:
    """Return where a duration ends; hours and minutes are exact, so that of a moment is counted in UTC."""
    if duration is None:
        return None
    if isinstance(start, datetime):
        return (start.astimezone(UTC) + duration).astimezone(start.tzinfo)
    return start + duration


def moment(line: Line) -> Moment | None:
    """Return the moment of a line, None where it floats or its zone is not known here."""
    return _moment(line.value, line.params)


def _moment(value: str, params: str) -> Moment | None:
    try:
        if len(value) == 8:
            return date.fromisoformat(value)
        if not MOMENT.fullmatch(value):
            return None
        if value.endswith("Z"):
            return datetime.fromisoformat(value[:-1]).replace(tzinfo=UTC)
        name = re.search(r';TZID="?([^";]*)"?', params, re.IGNORECASE)
        return datetime.fromisoformat(value).replace(tzinfo=zone(name[1])) if name else None
    except (ValueError, ConfigError):
        return None


def _moments(line: Line) -> Iterator[str]:
    for value in line.value.split(","):
        found = _moment(value, line.params)
        yield value if found is None else moment_text(found)


def _done(event: Component | None, task: Component | None, written: str) -> datetime | bool | None:
    """Return whether it is done there: by its task, else by the check mark of its event.

    A mark of ours without a time is told as a field alone: it came from the text, and to report it as
    a tick made here would bring it back after it was taken back.
    """
    done = _completed(task) if task is not None else bool(written)
    if written:
        return read_done(written) if done and written != WAS_DONE else None
    if task is not None and done:
        line = task.line("COMPLETED")
        at = moment(line) if line else None
        return at if isinstance(at, datetime) else True
    return True if event is not None and _checked(event) else None


def _completed(task: Component) -> bool:
    """Any one of three properties says so; programs write one or the other."""
    status = task.text("STATUS").upper()
    if status:
        return status == "COMPLETED"
    return task.line("COMPLETED") is not None or task.text("PERCENT-COMPLETE") == "100"


def _checked(event: Component) -> bool:
    """Tell whether somebody put a check mark into the box that we wrote."""
    return event.text(facts.KIND).endswith(TICKED) and event.text("SUMMARY").startswith(CHECKED)
