"""The lines of a component that are for this program alone: whose it is, and what its other lines cannot say.

RFC 5545 3.8.8.2 keeps names with X- for this; readers pass over them. The marker tells key, revision
and what was last written, so that the ledger can be made again from the files.
"""

import json
from collections.abc import Callable, Iterable

from sync.model import Item
from sync.remote import Fields, Marker, fingerprint
from sync.shaping.moments import Moment
from sync.shaping.spans import repeats, when, when_text
from sync.shaping.wording import done_text, kind_text
from sync.targets.ics.fields import shape

MARKER = "X-ROADMAP-SYNC"
KIND = "X-ROADMAP-SYNC-KIND"
DONE = "X-ROADMAP-SYNC-DONE"
PART_OF = "X-ROADMAP-SYNC-PART-OF"
WHEN = "X-ROADMAP-SYNC-WHEN"
REPEATS = "X-ROADMAP-SYNC-REPEATS"
FACE = "X-ROADMAP-SYNC-FACE"
"""Fingerprints of DTSTART with DTEND, and of RRULE with EXDATE, as written for a series."""
SERIES = "X-ROADMAP-SYNC-SERIES"
"""On the first day of a series of which every day stands apart: the series itself, as JSON."""
PIECE = "X-ROADMAP-SYNC-PIECE"
"""On a day of a series that is no item of its own: the key of the series."""

Marked = Callable[[Item], Marker]


def facts(item: Item) -> dict[str, str]:
    """Return the lines that are the same in all components of an item, but for its marker."""
    said = {KIND: kind_text(item), DONE: done_text(item), PART_OF: item.parent or ""}
    if item.recurrence and item.span:
        said |= {WHEN: when(item), REPEATS: repeats(item.recurrence)}
    return {name: text for name, text in said.items() if text}


def is_piece(item: Item) -> bool:
    """Tell whether its components stand for its series alone."""
    return shape(item) is None


def lines(item: Item, carried: Item | None, face: str, marked: Marked) -> dict[str, str]:
    """Return all lines of a component, by name."""
    if is_piece(item):
        said = {PIECE: item.parent or item.key}
    else:
        said = {MARKER: str(marked(item)), **facts(item)}
        if REPEATS in said:
            said[FACE] = face
    if carried:
        told = {"marker": str(marked(carried)), "uid": carried.uid, "fields": shape(carried)}
        said[SERIES] = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return said


def read_series(text: str) -> tuple[Marker, str, Fields] | None:
    """Return marker, uid and fields of a series that a day of it carries, None where it cannot be read."""
    try:
        told = json.loads(text)
        marker = Marker.parse(told["marker"])
        fields = {str(name): str(value) for name, value in told["fields"].items()}
        return None if marker is None else (marker, str(told["uid"]), fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def face_of(start: Moment | None, end: Moment | None, rule: str, skipped: Iterable[str]) -> str:
    """Return the fingerprints of what a component shows of a series, whatever the order of its parts."""
    shown = when_text(start, end) if start and end else str(start or end or "")
    return f"{fingerprint(shown)} {fingerprint(rule_text(rule, skipped))}"


def rule_text(rule: str, skipped: Iterable[str]) -> str:
    """Return a rule and the moments it leaves out, whatever their order."""
    return ";".join(sorted(rule.split(";"))) + "".join(f", not {moment}" for moment in sorted(skipped))
