"""Contents and stamps to bytes, by icalendar, one component at a time.

This module alone imports icalendar (64 ms), so it is itself imported only when there is something new to
write. Values are set as icalendar's own types: `add` guesses types, and guesses COMPLETED wrong.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from icalendar import (
    Calendar,
    Component,
    Event,
    Todo,
    vDatetime,
    vDDDLists,
    vDDDTypes,
    vDuration,
    vInt,
    vRecur,
    vText,
)

from sync.shaping.moments import Moment, zone_name
from sync.targets.ics import content
from sync.targets.ics.witness import HASH, PRODID, Stamps

REFRESH = timedelta(hours=6)
"""How often subscribers are asked to look; Google and most others decide for themselves."""


class Text(vText):
    r"""TEXT escaped as RFC 5545 3.3.11 says; vText makes a line end of the `\N` in `C:\New`."""

    def to_ical(self) -> bytes:
        r"""Return the value with `\`, `;`, `,` and line ends escaped."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def component(said: content.Content, stamps: Stamps, digest: str, ours: Mapping[str, str]) -> bytes:
    """Return the VEVENT or VTODO, folded, from BEGIN to END with its line end."""
    if isinstance(said, content.Event):
        return vevent(said, stamps, digest, ours)
    return vtodo(said, stamps, digest, ours)


def vevent(event: content.Event, stamps: Stamps, digest: str, ours: Mapping[str, str]) -> bytes:
    """Return the VEVENT, folded, from BEGIN to END with its line end."""
    component = Event()
    _describe(component, event, stamps, {HASH: digest, **ours})
    component["DTSTART"] = _moment(event.start)
    component["DTEND"] = _moment(event.end)
    component["TRANSP"] = vText("OPAQUE" if event.busy else "TRANSPARENT")
    if event.rule:
        component["RRULE"] = vRecur.from_ical(event.rule)
    if event.skipped:
        component["EXDATE"] = vDDDLists([_moment(each) for each in event.skipped])
        component["EXDATE"].params = _moment(event.start).params
    return _bytes(component)


def vtodo(todo: content.Todo, stamps: Stamps, digest: str, ours: Mapping[str, str]) -> bytes:
    """Return the VTODO, folded, from BEGIN to END with its line end.

    A task of which only a mark is known was completed when its present state was first written.
    """
    component = Todo()
    _describe(component, todo, stamps, {HASH: digest, **ours})
    if todo.start is not None:
        component["DTSTART"] = _moment(todo.start)
    if todo.end is not None:
        component["DUE"] = _moment(todo.end)
    if todo.parent:
        component["RELATED-TO"] = Text(todo.parent, params={"RELTYPE": "PARENT"})
    component["STATUS"] = vText("COMPLETED" if todo.done else "NEEDS-ACTION")
    if todo.done:
        at = todo.done if isinstance(todo.done, datetime) else stamps.modified
        component["PERCENT-COMPLETE"] = vInt(100)
        component["COMPLETED"] = vDatetime(at.astimezone(UTC))
    return _bytes(component)


def head(heading: content.Heading, modified: datetime) -> bytes:
    """Return the calendar's own properties: the opening line up to where its components begin."""
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODID)
    calendar["CALSCALE"] = vText("GREGORIAN")
    for name in ("NAME", "X-WR-CALNAME"):
        calendar[name] = Text(heading.title)
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar[name] = Text(content.ABOUT)
    for name, colour in zip(("COLOR", "X-APPLE-CALENDAR-COLOR"), heading.colour, strict=True):
        calendar[name] = vText(colour)
    calendar["LAST-MODIFIED"] = vDatetime(modified)
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH, {"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
    calendar[HASH] = vText(heading.digest())
    return _bytes(calendar).removesuffix(b"END:VCALENDAR\r\n")


def _describe(
    component: Component, said: content.Event | content.Todo, stamps: Stamps, ours: Mapping[str, str]
) -> None:
    """Set what a VEVENT and a VTODO have in common; `ours` are lines for this program alone."""
    component["UID"] = Text(said.uid)
    component["SUMMARY"] = Text(said.summary)
    if said.description:
        component["DESCRIPTION"] = Text(said.description)
    if said.category:
        component["CATEGORIES"] = Text(said.category)
    modified = vDatetime(stamps.modified)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = modified
    component["CREATED"] = vDatetime(stamps.created)
    component["SEQUENCE"] = vInt(stamps.sequence)
    for name, text in ours.items():
        component[name] = Text(text)


def _moment(moment: Moment) -> vDDDTypes:
    """Return a date, a UTC time, or a wall time with the name of its zone.

    Given the zone itself, icalendar writes Africa/Accra and others that keep to GMT as if they were UTC.
    """
    if not isinstance(moment, datetime) or moment.tzinfo is UTC:
        return vDDDTypes(moment)
    value = vDDDTypes(moment.replace(tzinfo=None))
    value.params["TZID"] = zone_name(moment)
    return value


def _bytes(component: Component) -> bytes:
    data: bytes = component.to_ical()
    return data
