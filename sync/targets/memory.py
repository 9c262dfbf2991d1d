"""The reference target: a service in memory that does what real ones do, and nothing of its own.

`Service` is the other side: it executes each command once however often it is sent, gives versions,
keeps ticks and deletions, and does not care whose items it holds. `MemoryTarget` is our side of it.
A new target is right when it behaves like this one (see the contract tests).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sync.errors import ItemChanged, ItemVanished, TargetError, TargetRefused
from sync.model import Days, Item
from sync.remote import (
    Answered,
    Event,
    Failed,
    Fields,
    Intent,
    Landed,
    Marker,
    Op,
    Reading,
    Remote,
    Sending,
)

FIELDS = ("title", "start", "end", "repeat", "notes")


@dataclass(frozen=True, slots=True)
class Thing:
    """One item of the service, ours if it carries a marker."""

    id: str
    fields: Fields
    marker: str = ""
    done: datetime | bool | None = None
    version: int = 1


def _fair(moment: str) -> None:
    """Let everything through."""


@dataclass(slots=True)
class Service:
    """The other side."""

    things: dict[str, Thing] = field(default_factory=dict)
    spent: dict[str, str] = field(default_factory=dict)
    """Command uuid to the id it made or touched."""
    names_deletions: bool = False
    """Whether a reading tells what was deleted, as Google's does."""
    deleted: dict[str, int] = field(default_factory=dict)
    """Keys of our items that were deleted, by whomever, with the revision they had."""
    refused: set[str] = field(default_factory=set)
    """Keys of items it will not take."""
    weather: Callable[[str], None] = _fair
    """Called `before` and `after` each request; may raise what a network raises."""
    requests: list[int] = field(default_factory=list)
    """How many commands each request held; 0 for a reading."""
    minted: int = 0

    def listing(self) -> tuple[Thing, ...]:
        """Answer one reading."""
        self.weather("before")
        self.requests.append(0)
        self.weather("after")
        return tuple(self.things.values())

    def execute(self, commands: Sequence[bytes]) -> list[str | TargetError]:
        """Answer one request: for each command the id it touched, or why it was refused."""
        self.weather("before")
        self.requests.append(len(commands))
        answers = [self._obeyed(json.loads(command)) for command in commands]
        self.weather("after")
        return answers

    def delete(self, ident: str) -> None:
        """Delete a thing, as we and people do."""
        marker = Marker.parse(self.things.pop(ident).marker)
        if marker is not None:
            self.deleted[marker.key] = marker.revision

    def _obeyed(self, order: Mapping[str, Any]) -> str | TargetError:
        if order["command"] in self.spent:
            return self.spent[order["command"]]
        answer = self._done(order)
        if isinstance(answer, str):
            self.spent[order["command"]] = answer
        return answer

    def _done(self, order: Mapping[str, Any]) -> str | TargetError:
        marker = Marker.parse(order["marker"])
        if marker is not None and marker.key in self.refused:
            return TargetRefused("The item was refused.", "Mend it in the roadmap and push again.")
        if order["op"] == Op.CREATE:
            self.minted += 1
            ident = f"thing-{self.minted}"
            self.things[ident] = Thing(ident, order["fields"], order["marker"])
            return ident
        thing = self.things.get(order["id"])
        if order["op"] == Op.DELETE:
            if thing is not None:
                self.delete(thing.id)
            return str(order["id"])
        if thing is None:
            return ItemVanished("The item is no longer there.", "Push again to see what is.")
        if order["version"] != str(thing.version):
            return ItemChanged("The item was changed at the same moment.", "Push again to merge.")
        fields = {**thing.fields, **{name: order["fields"][name] for name in order["changed"]}}
        self.things[thing.id] = replace(
            thing, fields=fields, marker=order["marker"], version=thing.version + 1
        )
        return thing.id


class MemoryTarget:
    """Our side of a `Service`; `group` is how many writes share a request, None for all at once."""

    def __init__(self, service: Service, *, group: int | None = 1, keeps_past: bool = False) -> None:
        self._service = service
        self._group = group
        self._keeps_past = keeps_past

    @property
    def name(self) -> str:
        """The name of the target."""
        return "memory"

    @property
    def fields(self) -> tuple[str, ...]:
        """Title and dates first."""
        return FIELDS

    @property
    def times(self) -> frozenset[str]:
        """The fields that say when."""
        return frozenset({"start", "end", "repeat"})

    @property
    def keeps_past(self) -> bool:
        """Whether what is over belongs here."""
        return self._keeps_past

    def shape(self, item: Item) -> Fields | None:
        """Return the item with its span half-open, as text; what is undated has no place."""
        if item.span is None:
            return None
        if isinstance(item.span, Days):
            start, end = item.span.first.isoformat(), item.span.until.isoformat()
        else:
            start = f"{item.span.begin.isoformat()} {item.span.zone}"
            end = f"{item.span.end.isoformat()} {item.span.zone}"
        repeat = "" if item.recurrence is None else item.recurrence.rule
        return {"title": item.title, "start": start, "end": end, "repeat": repeat, "notes": item.notes}

    def read(self, memory: bytes) -> Reading:
        """Return what carries a marker."""
        found = [(thing, Marker.parse(thing.marker)) for thing in self._service.listing()]
        items = tuple(_remote(thing, marker) for thing, marker in found if marker is not None)
        there = {remote.marker.key for remote in items}
        deleted = self._service.deleted if self._service.names_deletions else {}
        removed = {key: revision for key, revision in deleted.items() if key not in there}
        return Reading(items, removed, memory)

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Send the intents in groups."""
        size = self._group or len(intents)
        for first in range(0, len(intents), size):
            group = intents[first : first + size]
            payloads = [_payload(intent) if intent.payload is None else intent.payload for intent in group]
            keys = [intent.key for intent in group]
            yield Sending(dict(zip(keys, payloads, strict=True)))
            answers = self._service.execute(payloads)
            yield Answered(tuple(_result(key, answer) for key, answer in zip(keys, answers, strict=True)))


def _remote(thing: Thing, marker: Marker) -> Remote:
    return Remote(thing.id, marker, thing.fields, thing.done, str(thing.version))


def _payload(intent: Intent) -> bytes:
    order = {
        "op": intent.op,
        "command": intent.command,
        "marker": str(intent.marker),
        "fields": None if intent.fields is None else dict(intent.fields),
        "changed": intent.changed,
        "id": intent.remote_id,
        "version": intent.version,
    }
    return json.dumps(order, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _result(key: str, answer: str | TargetError) -> Landed | Failed:
    return Landed(key, answer) if isinstance(answer, str) else Failed(key, answer)
