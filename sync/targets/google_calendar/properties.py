"""What travels with an event and is shown to nobody: our marker, and what its other fields cannot say.

https://developers.google.com/calendar/api/guides/extended-properties: names up to 44 characters and
values up to 1024, beyond which Google cuts in silence. A longer text goes on under `name.2`, `name.3`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sync.remote import Marker

Json = dict[str, Any]

MARKER = "roadmap-sync"
KIND = "roadmap-sync-kind"
DONE = "roadmap-sync-done"
WHEN = "roadmap-sync-when"
REPEATS = "roadmap-sync-repeats"
FACE = "roadmap-sync-face"
"""Of a series: a fingerprint of what we made its times and rules show."""

MOST_BYTES = 1000
"""Of UTF-8 in one value; whether Google counts bytes or characters is written nowhere."""


def private(event: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the private properties of an event, ours and others'."""
    found: Mapping[str, str] = (event.get("extendedProperties") or {}).get("private") or {}
    return found


def facts_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Return our own properties, each put together again."""
    held = private(event)
    return {name: "".join(_following(held, name)) for name in held if _is_ours(name) and "." not in name}


def marker_of(event: Mapping[str, Any]) -> Marker | None:
    """Return our marker, None where the event has none."""
    return Marker.parse("".join(_following(private(event), MARKER)))


def with_facts(event: Mapping[str, Any], facts: Mapping[str, str]) -> Json:
    """Return the extended properties of an event with these facts as ours; other people's stay."""
    kept = {name: value for name, value in private(event).items() if not _is_ours(name)}
    ours = {part: piece for name, text in facts.items() for part, piece in _spread(name, text)}
    return {**(event.get("extendedProperties") or {}), "private": {**kept, **ours}}


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in (MARKER, KIND, DONE, WHEN, REPEATS, FACE)


def _spread(name: str, text: str) -> Iterator[tuple[str, str]]:
    data, number = text.encode("utf-8", "replace"), 1
    while data:
        piece = data[:MOST_BYTES].decode("utf-8", "ignore")
        yield (name if number == 1 else f"{name}.{number}"), piece
        data, number = data[len(piece.encode()) :], number + 1


def _following(held: Mapping[str, str], name: str) -> Iterator[str]:
    part, number = name, 1
    while part in held:
        yield held[part]
        number += 1
        part = f"{name}.{number}"
