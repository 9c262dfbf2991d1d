"""What one VEVENT or VTODO says, stamps aside, and the hash over it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b

from sync.targets.ics.moments import Moment, zone_name

FORMAT = "1"
"""Goes up when the same item is to be written differently, so that subscribers take the new form."""


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT; every text is clean, every moment placed."""

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

    def digest(self) -> str:
        """Return the content hash: equal ones are written with equal bytes."""
        return digest(
            self.uid,
            self.summary,
            self.description,
            self.category,
            moment_text(self.start),
            moment_text(self.end),
            "busy" if self.busy else "",
            self.rule,
            *map(moment_text, self.skipped),
        )


@dataclass(frozen=True, slots=True)
class Todo:
    """A VTODO; every text is clean, every moment placed."""

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

    def digest(self) -> str:
        """Return the content hash: equal ones are written with equal bytes."""
        done = self.done.astimezone(UTC).isoformat() if isinstance(self.done, datetime) else str(self.done)
        return digest(
            self.uid,
            self.summary,
            self.description,
            self.category,
            moment_text(self.start),
            moment_text(self.end),
            done,
            self.parent,
        )


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
