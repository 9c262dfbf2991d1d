"""One edition of a feed: what is copied from the one before, what is new, and its stamps.

A component whose content hash stands in the earlier feed is copied; icalendar is imported only for
the others. A change gives SEQUENCE + 1 and one new LAST-MODIFIED for all that changed in the run;
whatever did not change keeps the stamps that subscribers have seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sync.model import Item
from sync.remote import Marker, imprint
from sync.shaping.moments import zone, zone_name
from sync.targets.ics.content import Content, Event, Heading
from sync.targets.ics.facts import lines
from sync.targets.ics.fields import shape
from sync.targets.ics.timezones import vtimezone
from sync.targets.ics.witness import SUM, Checksum, Seen, Stamps, Trust, Witness, read_witness

OPEN_YEARS = 10
"""For how long a series without end gets exact zone data, where no rule covers it for ever."""

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Hand:
    """What a push knows beside the items: which markers it writes, and what people made that must stay."""

    witness: Witness
    """The earlier file, read with all that can be told apart in it."""
    markers: Mapping[str, Marker] = field(default_factory=dict)
    """Key to what each item carries afterwards."""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    """UID to the component that stays byte for byte; every other one is written anew."""
    head: bytes = b""
    """Properties of the calendar that are not ours."""
    others: Sequence[bytes] = ()
    """Components that are not ours."""
    mended: Callable[[Content, bytes], bytes] = lambda _, block: block
    """Puts back into a component what people added to it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the making of one feed is given, apart from its items; times in UTC and whole seconds."""

    heading: Heading
    zone: str
    """The zone to describe where there is no item: RFC 5545 3.6 wants at least one component."""
    previous: bytes | None
    made: Sequence[bytes]
    """Feeds of the same run from which components can be taken over."""
    first_stamp: datetime
    now: datetime
    hand: Hand | None = None
    """Given by a push; an export writes what the roadmap says and nothing else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A component of the new edition."""

    block: bytes | memoryview
    modified: datetime | None = None
    """Its LAST-MODIFIED, None where that of the earlier edition covers it."""


def assemble(contents: Iterable[Content], edition: Edition) -> bytes:
    """Return the feed: properties, checksum, time zones, components in the order of start and UID."""
    unique: dict[str, Content] = {}
    for content in contents:
        unique.setdefault(content.uid, content)
    ordered = sorted(unique.values(), key=_position)
    hand = edition.hand
    witness = hand.witness if hand else read_witness(edition.previous, edition.heading.component)
    tick = _tick(edition, witness)
    pieces = list(_merged(ordered, hand, tick) if hand else _pieces(ordered, witness, _twins(edition), tick))
    others = hand.others if hand else ()
    body = [*_zones(ordered, edition), *(piece.block for piece in pieces), *others, b"END:VCALENDAR\r\n"]
    checksum = Checksum(body)
    stamps = [
        witness.modified or edition.first_stamp,
        *(piece.modified for piece in pieces if piece.modified),
    ]
    if _moved(witness, checksum, edition.heading, unique):
        stamps.append(tick)
    head = _head(edition, witness, max(stamps))
    return b"".join([head, f"{SUM}:{checksum.over(head)}\r\n".encode(), *body])


def _position(content: Content) -> tuple[str, str]:
    """Order by wall time and UID, so that moving lines in the document moves nothing in the feed."""
    moment = content.start or content.end
    return moment.isoformat() if moment else "~", content.uid


def _tick(edition: Edition, witness: Witness) -> datetime:
    """Return the stamp of this run: later than any before it, whatever the clock says."""
    if witness.trust in {Trust.NONE, Trust.FOREIGN}:
        return edition.first_stamp
    return max(edition.now, witness.modified + SECOND) if witness.modified else edition.now


def _twins(edition: Edition) -> Mapping[bytes, Seen]:
    witnesses = [read_witness(feed, edition.heading.component) for feed in edition.made]
    return {
        uid: seen
        for witness in witnesses
        if witness.trust is Trust.INTACT
        for uid, seen in witness.seen.items()
    }


def _pieces(
    contents: Iterable[Content], witness: Witness, twins: Mapping[bytes, Seen], tick: datetime
) -> Iterator[Piece]:
    """Copy what can be copied, from this feed or a twin that is at least as far, and write the rest."""
    copies = witness.trust is Trust.INTACT
    for content in contents:
        uid, digest = content.uid.encode(), content.digest()
        seen, twin = witness.seen.get(uid), twins.get(uid)
        same = seen is not None and seen.digest == digest.encode()
        if seen is not None and same and copies and twin is None:
            yield Piece(seen.block)
            continue
        stamps = _revised(seen, tick, same=same)
        if twin is not None and twin.digest == digest.encode() and twin.sequence >= stamps.sequence:
            yield _taken_over(twin)
        elif seen is not None and same and copies:
            yield Piece(seen.block)
        else:
            yield Piece(_written(content, stamps, digest, _remembered(seen)), stamps.modified)


def _merged(contents: Iterable[Content], hand: Hand, tick: datetime) -> Iterator[Piece]:
    """Copy what a push leaves alone, and write the rest as the next revision."""
    for content in contents:
        kept = hand.kept.get(content.uid)
        if kept is not None:
            stamps_of = Seen(kept, 0, len(kept), b"").stamps()
            yield Piece(kept, stamps_of.modified if stamps_of else None)
            continue
        stamps = _revised(hand.witness.seen.get(content.uid.encode()), tick, same=False)
        block = _written(content, stamps, content.digest(), lambda item: hand.markers[item.key])
        yield Piece(hand.mended(content, block), stamps.modified)


def _remembered(seen: Seen | None) -> Callable[[Item], Marker]:
    """Return what gives an exported item its marker.

    It depends on the document and the earlier file alone: the revision moves when the fields do.
    """
    known = {marker.key: marker for marker in seen.markers()} if seen else {}

    def _marked(item: Item) -> Marker:
        prints = imprint(shape(item) or {})
        earlier = known.get(item.key)
        if earlier is None:
            return Marker(item.key, 1, prints)
        return earlier if earlier.imprint == prints else Marker(item.key, earlier.revision + 1, prints)

    return _marked


def _revised(seen: Seen | None, tick: datetime, *, same: bool) -> Stamps:
    old = seen.stamps() if seen else None
    if old is None:
        return Stamps(0, tick, tick)
    return old if same else Stamps(old.sequence + 1, old.created, tick)


def _taken_over(twin: Seen) -> Piece:
    stamps = twin.stamps()
    return Piece(twin.block, stamps.modified if stamps else None)


def _written(content: Content, stamps: Stamps, digest: str, marked: Callable[[Item], Marker]) -> bytes:
    from sync.targets.ics import serialise  # noqa: PLC0415  # brings icalendar, which copying does not need

    ours = lines(content.origin, content.carried, content.face, marked)
    return serialise.component(content, stamps, digest, ours)


def _head(edition: Edition, witness: Witness, modified: datetime) -> bytes:
    same = (witness.heading, witness.modified) == (edition.heading.digest(), modified)
    if same and witness.trust is Trust.INTACT and edition.hand is None:
        return witness.head
    from sync.targets.ics import serialise  # noqa: PLC0415  # brings icalendar, which copying does not need

    return serialise.head(edition.heading, modified) + (edition.hand.head if edition.hand else b"")


def _moved(witness: Witness, checksum: Checksum, heading: Heading, uids: Iterable[str]) -> bool:
    """Tell whether something went, or anything else differs, if only a zone or the title."""
    if witness.seen.keys() - {uid.encode() for uid in uids}:
        return True
    return witness.trust is Trust.INTACT and (
        witness.heading != heading.digest() or witness.told != checksum.over(witness.head)
    )


def _zones(contents: Sequence[Content], edition: Edition) -> list[bytes]:
    """Return a VTIMEZONE for each zone in use, by name, exact for the years in which something happens."""
    names: set[str] = set()
    years: set[int] = set()
    for content in contents:
        for moment in (content.start, content.end):
            if isinstance(moment, datetime):
                names.add(zone_name(moment))
                years.add(moment.year)
        if isinstance(content, Event) and content.last:
            years.add(content.last.year + (0 if "UNTIL=" in content.rule else OPEN_YEARS))
    names.discard("UTC")
    if names or contents:
        return [vtimezone(name, min(years), max(years)) for name in sorted(names)]
    zone(edition.zone)
    return [vtimezone(edition.zone, edition.first_stamp.year, edition.first_stamp.year)]
