"""A roadmap as read: a tree of entries, what each line is for, and what the document says of itself.

Nothing here is dated yet: places in time are kept as the text gives them.
"""

from dataclasses import dataclass

from sync.model import Kind, Problem, Role
from sync.reading.cycles import Turn
from sync.reading.expressions import (
    Bound,
    Clock,
    Extent,
    Length,
    Offset,
    Ordinal,
    PartialDate,
    Rate,
    Unit,
    Written,
)
from sync.reading.options import Options


@dataclass(frozen=True, slots=True)
class When:
    """Where in time an entry stands, in all the ways its text says it."""

    ordinal: Ordinal | None = None
    inner: Ordinal | None = None
    """A finer count beside the first: the days of "Week 4 (Days 22-30)"."""
    written: Written | None = None
    offset: Offset | None = None
    extent: Extent | None = None
    bound: Bound | None = None
    corrected: Written | None = None
    """The date that a person gave the line; it wins, and is no part of the entry's identity."""

    def __bool__(self) -> bool:
        """Whether anything at all is said."""
        return bool(self.corrected or self.ordinal or self.written or self.offset or self.extent)

    @property
    def unit(self) -> Unit | None:
        """The unit in which the place is counted."""
        return self.ordinal.unit if self.ordinal else self.offset.unit if self.offset else None


NOWHEN = When()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the plan asks for, with what stands below it."""

    number: int
    """Its place in the order of the text; receipts point at it."""
    kind: Kind
    title: str
    line: int
    end_line: int
    when: When = NOWHEN
    days: tuple[int, ...] = ()
    """ISO weekdays on which it comes again; empty where it does not."""
    clock: Clock | None = None
    part: str | None = None
    """The part of the day, where that is all the text says."""
    length: Length | None = None
    rate: Rate | None = None
    tick: bool = False
    done: bool = False
    optional: bool = False
    deliverable: bool = False
    notes: tuple[str, ...] = ()
    children: tuple["Entry", ...] = ()
    topic: bool = False
    """Whether it is a day's own topic rather than one of several tasks."""
    turn: Turn | None = None
    """Its turn of a rotation, where the plan has weeks A and B."""
    slot: int = 0
    """Which session of the week it is, from 1, where sessions are only counted; 0 where they are not."""

    @property
    def recurs(self) -> bool:
        """Whether it is a session that comes again rather than a single block of time."""
        return self.kind is Kind.SESSION and bool(self.days or self.rate)


@dataclass(frozen=True, slots=True)
class Commitment:
    """Time that the document sets aside: minutes for each weekday, from 1 for Monday."""

    line: int
    entry: int | None
    """The number of the entry within which it counts; None for the whole plan."""
    minutes: tuple[tuple[int, int], ...]
    label: str
    clocks: tuple[tuple[int, Clock], ...] = ()
    """When on a weekday, where the line says so."""


@dataclass(frozen=True, slots=True)
class LineRole:
    """What a source line is for, and which entries it made, describes or repeats."""

    role: Role
    entries: tuple[int, ...] = ()
    sure: bool = True
    unit: Ordinal | None = None
    """The unit that a check-in line belongs to."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the document says about itself that can be checked against the rest."""

    line: int
    subject: str
    """daily-total, weekly-total, meeting, day-count, today."""
    low: float
    high: float
    text: str
    days: tuple[int, ...] = ()
    clock: Clock | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A document read to the end."""

    title: str
    entries: tuple[Entry, ...]
    lines: tuple[LineRole, ...]
    """One for each source line, in order."""
    options: Options
    start: PartialDate | None
    end: PartialDate | None
    written_start_line: int
    year: int | None
    """The year the document names in its title or header."""
    commitments: tuple[Commitment, ...]
    rest_days: tuple[int, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    languages: tuple[str, ...]
    header_lines: int
    """How many lines of front matter come first."""
    event: PartialDate | None = None
    """The day to which the text counts down, where it names it."""
    event_line: int = 0
