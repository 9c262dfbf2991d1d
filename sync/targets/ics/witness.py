"""What an earlier feed file tells: which revision of each item its subscribers have seen.

The file is the only memory that this target needs, so the revisions outlive the ledger.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from sync.remote import Marker
from sync.targets.ics.facts import MARKER, SERIES, read_series
from sync.targets.ics.parsing import Component

PRODID = "-//roadmap-sync//roadmap-sync//EN"
HASH = "X-ROADMAP-SYNC-HASH"
"""Names the content hash of a component, and of the calendar's own properties."""
SUM = "X-ROADMAP-SYNC-SUM"
"""Names the checksum over the whole file but its own line."""

HEAD_LIMIT = 4096
STAMP = re.compile(rb"\d{8}T\d{6}Z")
DIGITS = 10


class Trust(StrEnum):
    """How far an earlier file can be believed."""

    NONE = "none"
    """There is none."""
    INTACT = "intact"
    """Byte for byte what was written: its components can be copied."""
    TOUCHED = "touched"
    """Ours, but cut off, edited or converted: the revisions that can be read count, its bytes do not."""
    FOREIGN = "foreign"
    """Not written by this program: it says nothing."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """The revision of a component (RFC 5545 3.8.7); times are in UTC and whole seconds."""

    sequence: int
    created: datetime
    modified: datetime
    """LAST-MODIFIED, and DTSTAMP too, because the feed has no METHOD."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A component as an earlier file holds it."""

    data: bytes
    """The whole file, of which it is the part from `start` up to `end`."""
    start: int
    end: int
    digest: bytes

    @property
    def block(self) -> memoryview:
        """Its bytes, from BEGIN to END with the line end."""
        return memoryview(self.data)[self.start : self.end]

    @property
    def sequence(self) -> int:
        """The SEQUENCE; 0 where it is no INTEGER of RFC 5545 3.3.8, which has ten digits at most."""
        found = _value(self.data, b"SEQUENCE", self.start, self.end)
        return int(found) if found.isdigit() and len(found) <= DIGITS else 0

    def markers(self) -> Iterator[Marker]:
        """Yield the markers that it carries: its own, and that of a series it stands for."""
        said = Component.of(bytes(self.block))
        own, carried = Marker.parse(said.text(MARKER)), read_series(said.text(SERIES))
        if own is not None:
            yield own
        if carried is not None:
            yield carried[0]

    def stamps(self) -> Stamps | None:
        """Return the revision, None where one of its times cannot be read."""
        created = _moment(_value(self.data, b"CREATED", self.start, self.end))
        modified = _moment(_value(self.data, b"LAST-MODIFIED", self.start, self.end))
        return Stamps(self.sequence, created, modified) if created and modified else None


@dataclass(frozen=True, slots=True)
class Witness:
    """An earlier feed file, read."""

    trust: Trust
    head: bytes = b""
    """The calendar's own properties, as far as the checksum."""
    told: str = ""
    """The checksum that stands in the file."""
    modified: datetime | None = None
    """The latest change that the file tells of."""
    seen: dict[bytes, Seen] = field(default_factory=dict)
    """The components by UID; of two with the same one the last counts, as most readers have it."""

    @property
    def heading(self) -> str:
        """The content hash of the calendar's own properties."""
        return _value(self.head, HASH.encode()).decode("ascii", "replace")


def read_witness(data: bytes | None, component: str) -> Witness:
    """Read the components of one kind (VEVENT or VTODO) from an earlier feed; never raises."""
    if data is None:
        return Witness(Trust.NONE)
    if b"\r\n" not in data[:HEAD_LIMIT]:
        data = data.replace(b"\n", b"\r\n")
    if not is_ours(data):
        return Witness(Trust.FOREIGN)
    head, told, body = _divided(data)
    seen = dict(_components(data, component.encode()))
    modified = _moment(_value(head, b"LAST-MODIFIED"))
    if told == Checksum([memoryview(data)[body:]]).over(head):
        return Witness(Trust.INTACT, head, told, modified, seen)
    stamps = [each.modified for known in seen.values() if (each := known.stamps())]
    return Witness(Trust.TOUCHED, head, told, max(stamps, default=modified), seen)


def is_ours(data: bytes) -> bool:
    """Tell whether we wrote it, though another program may have written it anew since."""
    return f"\r\nPRODID:{PRODID}\r\n".encode() in data[:HEAD_LIMIT] or f"\r\n{MARKER}:".encode() in data


class Checksum:
    """The checksum over a file without its own line: first what follows that line, then the head."""

    def __init__(self, body: Iterable[bytes | memoryview]) -> None:
        self._body = blake2b(digest_size=12)
        for part in body:
            self._body.update(part)

    def over(self, head: bytes) -> str:
        """Return the checksum of the body below this head."""
        total = self._body.copy()
        total.update(head)
        return total.hexdigest()


def _divided(data: bytes) -> tuple[bytes, str, int]:
    """Return what stands before the checksum, the checksum, and where the rest begins."""
    mark = f"\r\n{SUM}:".encode()
    at = data.find(mark)
    end = data.find(b"\r\n", at + len(mark))
    if at < 0 or end < 0:
        return data, "", len(data)
    return data[: at + 2], data[at + len(mark) : end].decode("ascii", "replace"), end + 2


def _components(data: bytes, kind: bytes) -> Iterator[tuple[bytes, Seen]]:
    """Yield each complete component with its UID; looks for bytes only, so 10,000 take some 20 ms."""
    opening, closing = b"\r\nBEGIN:" + kind + b"\r\n", b"\r\nEND:" + kind + b"\r\n"
    start = data.find(opening)
    while start >= 0:
        end = data.find(closing, start)
        if end < 0:
            return
        end += len(closing)
        uid, digest = _value(data, b"UID", start, end), _value(data, HASH.encode(), start, end)
        yield uid, Seen(data, start + 2, end, digest)
        start = data.find(opening, end - 2)


def _value(data: bytes, name: bytes, start: int = 0, end: int | None = None) -> bytes:
    """Return what an unfolded line of this name says, empty where there is none."""
    mark = b"\r\n" + name + b":"
    at = data.find(mark, start, end)
    if at < 0:
        return b""
    at += len(mark)
    return data[at : data.find(b"\r\n", at)]


def _moment(text: bytes) -> datetime | None:
    if not STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.decode("ascii"))
    except ValueError:
        return None
