"""What one VEVENT or VTODO says, stamps aside, and the hash over it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from sync.model import Item
from sync.shaping.moments import Moment, zone_name
from sync.shaping.wording import done_text, kind_text
from sync.targets.ics.facts import face_of, facts
from sync.targets.ics.fields import shape

FORMAT = "1"
"""Goes up when the same item is to be written differently, so that subscribers take the new form."""


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT; every text is clean, every moment placed."""

    origin: Item
    """The item that it shows."""
    uid: str
    summary: str
    description: str
    category: str
    start: Moment
    end: Moment
    """Half-open, of the same type as `start`."""
    busy: bool
    rule: str = ""
    """The whole RRULE, with UNTIL."""
    skipped: tuple[Moment, ...] = ()
    """EXDATE: moments that the rule gives and the series leaves out."""
    last: date | None = None
    """The last known day of a series."""
    carried: Item | None = None
    """The series of which every day stands apart, on the first of them: it has no event of its own."""

    @property
    def face(self) -> str:
        """What it shows of a series, as fingerprints."""
        return face_of(self.start, self.end, self.rule, map(moment_text, self.skipped))

    def digest(self) -> str:
        """Return the content hash: equal ones are written with equal bytes."""
        return digest(
            *_shown(self),
            "busy" if self.busy else "",
            self.rule,
            *map(moment_text, self.skipped),
            *_told(self.origin),
            *(_told_whole(self.carried) if self.carried else ()),
        )


@dataclass(frozen=True, slots=True)
class Todo:
    """A VTODO; every text is clean, every moment placed."""

    origin: Item
    """The item that it shows."""
    uid: str
    summary: str
    description: str
    category: str
    start: Moment | None
    """None where it would say no more than `end`."""
    end: Moment | None
    """DUE: the last day, inclusive, or the end of the block; None where the plan gives no date."""
    done: datetime | bool
    """When it was completed; True where only that is known."""
    parent: str
    """The UID of the task it is a part of, if that is in the same file."""

    @property
    def carried(self) -> None:
        """No task carries a series."""

    @property
    def face(self) -> str:
        """What it shows of a series, as fingerprints."""
        return face_of(self.start, self.end, "", ())

    def digest(self) -> str:
        """Return the content hash: equal ones are written with equal bytes."""
        return digest(*_shown(self), self.parent, *_told(self.origin))


Content = Event | Todo


def _shown(said: Content) -> tuple[str, ...]:
    """Return what both kinds of components say to everybody."""
    start, end = moment_text(said.start), moment_text(said.end)
    return said.uid, said.summary, said.description, said.category, start, end


def _told(item: Item) -> tuple[str, ...]:
    """Return what only the lines of our own say, done marks included."""
    if item.recurrence is None:
        return item.key, kind_text(item), done_text(item), item.parent or ""
    return item.key, *(f"{name}={text}" for name, text in facts(item).items())


def _told_whole(item: Item) -> tuple[str, ...]:
    return item.uid, item.key, *(shape(item) or {}).values()


ABOUT = "Written by roadmap-sync from your roadmap. Changes made here do not go back to it."
"""For the people who find the subscription in their list; without commas, at which one reader cuts it."""

PALETTE = (
    ("steelblue", "#4682B4"),
    ("seagreen", "#2E8B57"),
    ("darkorange", "#FF8C00"),
    ("mediumpurple", "#9370DB"),
    ("indianred", "#CD5C5C"),
    ("darkcyan", "#008B8B"),
    ("goldenrod", "#DAA520"),
    ("slategray", "#708090"),
)
"""CSS names, which RFC 7986 5.9 asks for, each with the hexadecimal form that Apple reads."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the calendar says about itself."""

    component: str
    """VEVENT or VTODO."""
    title: str

    @property
    def colour(self) -> tuple[str, str]:
        """A colour of its own for each title, by name and in hexadecimal."""
        return PALETTE[int(digest(self.title), 16) % len(PALETTE)]

    def digest(self) -> str:
        """Return the content hash of the calendar's own properties."""
        return digest(self.component, self.title)


def digest(*parts: str) -> str:
    """Return a hash of texts that is the same in every process; no part holds a control character."""
    return blake2b("\x1f".join((FORMAT, *parts)).encode(), digest_size=12).hexdigest()


def moment_text(moment: Moment | None) -> str:
    """Return a text that says all of a moment, its zone by name."""
    if isinstance(moment, datetime):
        return f"{moment.isoformat()}[{zone_name(moment)}]"
    return moment.isoformat() if moment else ""
