"""The bytes of feeds after a push: what it concerns is written anew, everything else stays as it is."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.remote import Marker
from sync.shaping.moments import zone_name
from sync.shaping.series import is_occurrence
from sync.targets.ics.books import Book
from sync.targets.ics.content import Content, Event, Heading, Todo
from sync.targets.ics.deciding import Change, State, is_made
from sync.targets.ics.edition import Edition, Hand, assemble
from sync.targets.ics.events import events
from sync.targets.ics.facts import MARKER
from sync.targets.ics.feed import ALL_TITLE, whole
from sync.targets.ics.fields import restored
from sync.targets.ics.folder import EVERYTHING, Feeds, names_of
from sync.targets.ics.mending import Mender, foreign_head
from sync.targets.ics.parsing import Component, Parts, parts
from sync.targets.ics.reading import item_uid, of_kind
from sync.targets.ics.todos import todos
from sync.targets.ics.witness import Seen, Witness, read_witness

KINDS = ("VEVENT", "VTODO")
ZONE = "VTIMEZONE"
NAMED_ZONE = re.compile(rb';TZID="?([^":;\r\n]+)')


@dataclass(frozen=True, slots=True)
class Said:
    """What the items of one roadmap say in its two feeds, by UID."""

    events: Mapping[str, Event]
    tasks: Mapping[str, Todo]
    odd: Mapping[str, frozenset[str]]
    """Key to the fields whose values only the file itself can tell."""

    def of_kind(self, kind: str) -> Mapping[str, Content]:
        """Return the contents of one of the feeds."""
        return self.events if kind == "VEVENT" else self.tasks


def said(book: Book, states: Iterable[State]) -> Said:
    """Return what these items say, in the words of an export."""
    found = [restored(each.key, each.uid, book.slug, each.fields, book.day) for each in states]
    items = [each.item for each in found]
    whole_plan, keys = book.with_items(items), {item.key for item in items}
    shown = book.with_items(item for item in items if not is_occurrence(item) or item.parent in keys)
    return Said(
        {event.uid: event for event in events(shown)},
        {todo.uid: todo for todo in todos(whole_plan)},
        {each.item.key: each.odd for each in found if each.odd},
    )


def rewritten(feeds: Feeds, change: Change, books: Mapping[str, Book], now: datetime) -> dict[str, bytes]:
    """Return the files that a push changes, by name, in the order in which they take their places."""
    files: dict[str, bytes] = {}
    plans: list[_Plan] = []
    for slug in sorted(set(feeds.slugs()) | change.slugs()):
        book = books.get(slug) or Book.found(slug, feeds.title(slug))
        before = said(book, (each for each in change.before.values() if each.slug == slug))
        after = said(book, (each for each in change.after.values() if each.slug == slug))
        plans.append(_Plan(book, before, after, concerned=slug in change.slugs()))
        for name, kind in zip(names_of(slug), KINDS, strict=True) if plans[-1].concerned else ():
            data = _Sheet(feeds, change, plans[-1], name, kind).rewritten(now)
            if data is not None:
                files[name] = data
    if files:
        data = _everything(feeds, files, plans, now)
        if data != feeds.data.get(EVERYTHING):
            files[EVERYTHING] = data
    return files


@dataclass(frozen=True, slots=True)
class _Plan:
    """One roadmap before and after the push."""

    book: Book
    before: Said
    after: Said
    concerned: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One feed of one roadmap."""

    feeds: Feeds
    change: Change
    plan: _Plan
    name: str
    kind: str

    def rewritten(self, now: datetime) -> bytes | None:
        """Return the feed after the push, None where nothing in it is concerned."""
        found = self.feeds.parts.get(self.name)
        there = {each.text("UID"): each for each in of_kind(found, self.kind) if is_made(each)}
        old = self.plan.before.of_kind(self.kind)
        wanted = {
            uid: content
            for uid, content in self.plan.after.of_kind(self.kind).items()
            # what we wrote before and is not there was taken out by hand
            if found is None or uid in there or uid not in old
        }
        kept = {
            uid: there[uid].block
            for uid, content in wanted.items()
            if uid in there and not self._is_concerned(content, old.get(uid))
        }
        gone = {uid for uid in there.keys() - wanted.keys() if uid in old or self._is_deleted(there[uid])}
        if found is not None and kept.keys() == wanted.keys() and not gone:
            return None
        others = [each for each in _components(found) if self._stays(each, there, wanted, kept, gone)]
        odd = [
            there[uid]
            for uid, each in wanted.items()
            if uid in there and each.origin.key in self.plan.after.odd
        ]
        mender = Mender(
            there, old, self.change.changed, self.plan.after.odd, self.feeds.title(self.plan.book.slug)
        )
        hand = Hand(
            witness=_witness(self.feeds.data.get(self.name), self.kind, there),
            markers={key: state.marker for key, state in self.change.after.items()},
            kept=kept,
            head=foreign_head(found.head) if found else b"",
            others=_blocks(found, [*others, *odd, *map(Component.of, kept.values())], others, wanted),
            mended=mender.mended,
        )
        book = self.plan.book
        return _assembled(book.heading(self.kind), book.zone, book.opening, now, hand, wanted)

    def _is_concerned(self, content: Content, old: Content | None) -> bool:
        if content.origin.key in self.change.changed:
            return True
        return old is None or old.digest() != content.digest()

    def _is_deleted(self, component: Component) -> bool:
        marker = Marker.parse(component.text(MARKER))
        if marker is None or marker.key in self.change.after or marker.key not in self.change.changed:
            return False
        return self.change.before[marker.key].uid == item_uid(component)

    def _stays(
        self,
        component: Component,
        there: Mapping[str, Component],
        wanted: Mapping[str, Content],
        kept: Mapping[str, bytes],
        gone: Collection[str],
    ) -> bool:
        """Tell whether a component stays that is none of those we wrote."""
        if component.kind != self.kind or not is_made(component):
            return True
        uid = component.text("UID")
        if uid in wanted:
            return uid in kept and component is not there[uid]
        return uid not in gone


def _everything(feeds: Feeds, files: Mapping[str, bytes], plans: Sequence[_Plan], now: datetime) -> bytes:
    """Return the feed of all roadmaps: what those concerned say now, and what the others said before."""
    found = feeds.parts.get(EVERYTHING)
    made = {each.text("UID"): each for each in of_kind(found, "VEVENT") if is_made(each)}
    wanted: dict[str, Content] = {}
    kept: dict[str, bytes] = {}
    gone: set[str] = set()
    for plan in plans:
        blocks = made
        if plan.concerned or found is None:
            name = names_of(plan.book.slug)[0]
            own = parts(files[name]) if name in files else feeds.parts.get(name)
            blocks = {each.text("UID"): each for each in of_kind(own, "VEVENT")}
            gone |= plan.before.events.keys()
        wanted |= {uid: event for uid, event in plan.after.events.items() if uid in blocks}
        kept |= {uid: blocks[uid].block for uid in plan.after.events.keys() & blocks.keys()}
    ours = wanted.keys() | gone
    others = [each for each in _components(found) if not is_made(each) or each.text("UID") not in ours]
    hand = Hand(
        witness=_witness(feeds.data.get(EVERYTHING), "VEVENT", made),
        kept=kept,
        head=foreign_head(found.head) if found else b"",
        others=_blocks(found, [*others, *map(Component.of, kept.values())], others, wanted),
    )
    opening = min(plan.book.opening for plan in plans)
    return _assembled(Heading("VEVENT", ALL_TITLE), plans[0].book.zone, opening, now, hand, wanted)


def _assembled(
    heading: Heading, zone: str, opening: datetime, now: datetime, hand: Hand, wanted: Mapping[str, Content]
) -> bytes:
    return assemble(wanted.values(), Edition(heading, zone, None, (), whole(opening), whole(now), hand))


def _components(found: Parts | None) -> list[Component]:
    """Return all but the zones, which are written from what is in use."""
    return [each for each in found.components if each.kind != ZONE] if found else []


def _witness(data: bytes | None, kind: str, there: Mapping[str, Component]) -> Witness:
    """Return what the earlier file tells of stamps, each component under its true UID."""
    seen = {uid.encode(): Seen(each.block, 0, len(each.block), b"") for uid, each in there.items()}
    return replace(read_witness(data, kind), seen=seen)


def _blocks(
    found: Parts | None,
    staying: Iterable[Component],
    others: Iterable[Component],
    wanted: Mapping[str, Content],
) -> list[bytes]:
    """Return the bytes of what is not ours, and before it the zones that only what stays makes use of."""
    used = {name for each in staying for name in NAMED_ZONE.findall(each.block)}
    described = {
        zone_name(each.start).encode() for each in wanted.values() if isinstance(each.start, datetime)
    }
    described |= {zone_name(each.end).encode() for each in wanted.values() if isinstance(each.end, datetime)}
    zones = [each for each in found.components if each.kind == ZONE] if found else []
    named = [(each.text("TZID").encode(), each.block) for each in zones]
    return [
        *(block for name, block in named if name in used - described),
        *(each.block for each in others),
    ]
