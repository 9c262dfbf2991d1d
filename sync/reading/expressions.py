"""What a roadmap can say about time, before anything is put on a calendar.

These are the values of the grammar: what the text says, nothing that would have to be computed
from a start date. Numbers are the text's own; ranges are inclusive at both ends, as people write them.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Unit(StrEnum):
    """The blocks in which roadmaps count, coarse ones first."""

    YEAR = "year"
    PHASE = "phase"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"

    @property
    def rank(self) -> int:
        """0 for the coarsest unit; a larger rank is a finer unit."""
        return RANK[self]


RANK = {unit: rank for rank, unit in enumerate(Unit)}


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A numbered unit or a run of them: Week 3, Days 28-30, Q1; `last` is None for an open run."""

    unit: Unit
    first: int
    last: int | None
    iso: bool = False
    """Whether the word itself says that calendar weeks are meant (CW 14)."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the text gives it; a missing year or month is for the scheduler to settle."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """ISO weekday, 1 for Monday."""
    numeric: tuple[int, int] | None = None
    """The two numbers of 03/04 in the order written, where day and month are not told apart."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date or a range of dates that stands in the text; one day has `first == last`."""

    first: PartialDate
    last: PartialDate


@dataclass(frozen=True, slots=True)
class Offset:
    """A countdown: from `far` to `near` units before (or after) the event; T-10 days has both equal."""

    unit: Unit
    far: int
    near: int | None
    after: bool = False


class Bound(StrEnum):
    """How a line leans on its date."""

    BY = "by"
    END = "end"
    BEGIN = "begin"
    MID = "mid"
    LATE = "late"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week by name, as ISO weekdays in the order of the week."""

    days: tuple[int, ...]
    plural: bool = False
    """Whether the word itself repeats (Mondays, weekends)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time, with an end where one is written and the zone word as it stands."""

    begin: time
    end: time | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day by name: morning, afternoon, evening."""

    name: str


@dataclass(frozen=True, slots=True)
class Length:
    """How long work takes, in minutes; a range keeps both ends, `times` counts repeated sittings."""

    low: int
    high: int
    times: int = 1
    per: Unit | None = None
    """The unit in which it recurs: 2 hours/day, 6-8 hours/week."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A span of whole units without a place: (8 weeks), 10 days."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Rate:
    """Work that recurs: `low`-`high` times in every `interval` units; (1, 1, DAY) is daily."""

    low: int
    high: int
    unit: Unit
    interval: int = 1
    days: tuple[int, ...] = ()
    """The weekdays on which it falls, where they are named."""
    nth: tuple[int, ...] = ()
    """Which of those weekdays in a month: 1 the first, -1 the last."""


Expression = Ordinal | Written | Offset | Weekdays | Clock | DayPart | Length | Extent | Rate


@dataclass(frozen=True, slots=True)
class Found:
    """An expression with the characters of the plain text that it took, half-open."""

    value: Expression
    begin: int
    end: int
    bound: Bound | None = None
