"""The port: what a calendar or a task list must be able to do, and the words spoken across it.

A target holds *items* made of named text *fields*. Which fields it has, and how it writes a date or
a title into one, is its own affair: nothing behind the port ever looks inside a value. Two values are
compared, shown, and that is all. Whatever we write carries a `Marker`, and only what carries one is
ever read, changed or deleted.

The port is asked in this order: `shape` (what would this item look like there?), `read` (what is
there?), `write` (carry this out, telling before each sending and after each answer).
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol, TypeVar, runtime_checkable

from sync.errors import OutOfReach, RetryLater, TargetError
from sync.model import Item

T = TypeVar("T")
Fields = Mapping[str, str]
"""Field name to its canonical text; a field that is not set is the empty text, never missing."""

DONE = "done"
"""The field under which a target that can tick has the tick that we wrote; empty while the item is open."""


_COUNT = re.compile("[0-9]{1,18}")  # a longer number was never a revision of ours


@lru_cache(maxsize=65_536)
def fingerprint(value: str) -> str:
    """Return 48 bits of a value as eight URL-safe characters: enough to see that it was edited."""
    return urlsafe_b64encode(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=6).digest()).decode()


def imprint(fields: Fields) -> str:
    """Return the fingerprints of all fields as one text, equal for equal fields whatever their order."""
    return ",".join(f"{name}={fingerprint(fields[name])}" for name in sorted(fields))


def read_imprint(text: str) -> dict[str, str]:
    """Take an imprint apart into field name and fingerprint; what is no such pair is passed over."""
    return dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)


@dataclass(frozen=True, slots=True)
class Marker:
    """What travels with an item on the other side: whose it is, and what we last wrote."""

    key: str
    revision: int
    """Counts our writes to this item, on whichever computer they were made."""
    imprint: str
    """Of the fields as last written by us; what differs from it was edited by somebody else."""

    def __str__(self) -> str:
        """Write it as one line without line breaks, the key last since it may hold anything."""
        return f"roadmap-sync:{self.revision}:{self.imprint}:{self.key}"

    @classmethod
    def parse(cls, line: str) -> "Marker | None":
        """Read what `str` wrote, or return None where the line is no marker."""
        name, _, rest = line.strip().partition(":")
        revision, _, rest = rest.partition(":")
        prints, _, key = rest.partition(":")
        if name != "roadmap-sync" or not _COUNT.fullmatch(revision) or not key:
            return None
        return cls(key, int(revision), prints)


@dataclass(frozen=True, slots=True)
class Remote:
    """An item as it is on the other side now."""

    id: str
    """The service's own name for it."""
    marker: Marker
    fields: Fields
    done: datetime | bool | None = None
    """When it was ticked there, True where only the tick is known, None while open."""
    version: str = ""
    """An etag or the like, handed back with a write so that a change in between is noticed."""
    imprint: str = ""
    """Of the fields; made from them where it is not given."""

    def __post_init__(self) -> None:
        if not self.imprint:
            object.__setattr__(self, "imprint", imprint(self.fields))


@dataclass(frozen=True, slots=True)
class Reading:
    """All that carries our marker on the other side, open and done."""

    items: tuple[Remote, ...]
    """One key may come twice: people copy events, and the marker is copied along."""
    removed: Mapping[str, int] = field(default_factory=dict)
    """Keys that the service positively says were deleted, by whomever, each with the revision that the
    item had, or 0 where that is not told any more; empty where the service keeps no such record."""
    memory: bytes = b""
    """The target's own notes (a sync token, a mirror), to be handed to the next `read`; may be lost."""


class Op(StrEnum):
    """What a write does."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Intent:
    """One write that was decided, numbered and put down before anything is sent."""

    op: Op
    marker: Marker
    """What the item carries afterwards."""
    command: str
    """A uuid of its own for this write, the same however often it is sent, never used for another."""
    uid: str = ""
    """The item's uid; empty for a deletion."""
    fields: Fields | None = None
    """All fields as they shall be afterwards; None for a deletion."""
    changed: tuple[str, ...] = ()
    """The fields an update writes; all others stay what they are there."""
    remote_id: str = ""
    version: str = ""
    """As read; empty for a creation."""
    payload: bytes | None = None
    """The very bytes of an earlier sending whose answer was lost; None where nothing was sent yet."""

    @property
    def key(self) -> str:
        """The item's key."""
        return self.marker.key


@dataclass(frozen=True, slots=True)
class Landed:
    """The write is durable on the other side."""

    key: str
    id: str
    """The service's name for the item; for a deletion the name it had."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The write was refused: for now with `RetryLater`, for good with any other error."""

    key: str
    error: TargetError


@dataclass(frozen=True, slots=True)
class Sending:
    """These writes go out as soon as the target is asked for its next event."""

    payloads: Mapping[str, bytes]
    """Key to the final bytes; empty bytes where the target has nothing to keep."""


@dataclass(frozen=True, slots=True)
class Answered:
    """These writes have an answer; they become durable together, and this is when."""

    results: tuple[Landed | Failed, ...]


Event = Sending | Answered


class Target(Protocol):
    """A calendar, a task list or a file that a roadmap is written to."""

    @property
    def name(self) -> str:
        """The name of the target in commands, in the ledger and in messages; never changes."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, in the order in which people want to see them."""

    @property
    def times(self) -> frozenset[str]:
        """Those fields that say when: an edit of one of them is called a move."""

    @property
    def keeps_past(self) -> bool:
        """Whether what is over belongs there, as it does in a feed and not in a task list."""

    def shape(self, item: Item) -> Fields | None:
        """Return the item as this target can hold it, or None where it has no place for it.

        Must be pure, and must equal what `read` returns once these fields were created.
        """

    def read(self, memory: bytes) -> Reading:
        """Return everything of ours, in as few requests as the service allows.

        Must give the same items for lost (empty) and for kept memory. Must raise, and never return
        a part or nothing, where the answer is incomplete. Must return done items, too.
        """

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        """Carry out the intents in order, in groups told before they are sent and once they are durable.

        Must yield `Sending` before anything of a group leaves, and `Answered` once it is durable;
        each intent gets exactly one result. Must send `payload` unchanged where there is one. Must
        answer a creation that was carried out before with the item it made, and with `ItemVanished`
        where that item was removed since, as far as the service knows. Must answer a deletion of
        what is gone as landed, an update of it with `ItemVanished`. Must write the changed fields
        only, and `ItemChanged` where the service tells that the version is stale. May raise
        `RetryLater` where the fate of a group is unknown: it is sent again with the same bytes.
        Raises any other error where nothing further can succeed.
        """


# --- patience with what may be asked again ---


TELLING = 1.0
"""Seconds from which on a wait is told of, in one line as it begins."""


def unheard(_line: str) -> None:
    """Nobody listens."""


class Waiting(Protocol):
    """How patient to be with what is asked again."""

    def waits(self, attempt: int, later: RetryLater) -> bool:
        """Wait after so many attempts without an answer, as the last one asks for; False to give up."""


def patiently(waiting: Waiting, ask: Callable[[], T]) -> T:
    """Ask until there is an answer, or patience ends with the last `RetryLater`; for what writes nothing.

    Where no connection can be made it is asked once more and not oftener: somebody sits there and waits.
    """
    attempt = 0
    while True:
        try:
            return ask()
        except RetryLater as later:
            attempt += 1
            if isinstance(later, OutOfReach) and attempt > 1:
                raise
            if not waiting.waits(attempt, later):
                raise


# --- what a target may do beside ---


@runtime_checkable
class Tidied(Protocol):
    """A target that makes containers for its items, and can take them away: projects, sections, a calendar."""

    def tidy(self) -> tuple[str, ...]:
        """Delete the containers that held our items and hold nothing of anybody's now; return their names.

        Must be asked after the last write of a run, by those who have taken everything back.
        """


class Objection(Protocol):
    """Something that an account would not hold, known before anything is written."""

    @property
    def roadmap(self) -> str:
        """The slug; empty where several are meant."""

    @property
    def phase(self) -> str | None:
        """The key of the phase, None where the whole is meant."""

    @property
    def message(self) -> str:
        """What would not fit."""

    @property
    def suggestion(self) -> str:
        """What to do about it."""


@runtime_checkable
class Limited(Protocol):
    """A target whose account holds only so much."""

    def objections(self, keys: Sequence[str]) -> Sequence[Objection]:
        """Return what would not fit if these items were created now; asks nothing beyond the last `read`."""
