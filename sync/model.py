"""The words that every stage shares: roles, kinds, problems, dated items.

Spans are half-open inside the program; "inclusive" exists only where people read or write
(the renderer, the JSON, the roadmap's text). Every date-time is zoned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What one source line is for; every line has exactly one."""

    PERIOD = "period"
    HEADING = "heading"
    TASK = "task"
    MILESTONE = "milestone"
    DEADLINE = "deadline"
    SESSION = "session"
    NOTE = "note"
    CRITERION = "criterion"
    RULE = "rule"
    CHECKIN = "checkin"
    META = "meta"
    CHATTER = "chatter"
    SEPARATOR = "separator"
    BLANK = "blank"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What an item is to the person who follows the plan."""

    PERIOD = "period"
    SESSION = "session"
    TASK = "task"
    MILESTONE = "milestone"
    DEADLINE = "deadline"


class Severity(StrEnum):
    """How much a problem matters: an error costs something, a warning is a doubt, a note is told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the document that a person should know, with the line it stands on."""

    line: int
    """Source line, from 1; 0 where the whole document is meant."""
    severity: Severity
    code: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, from `first` up to but not including `until`; a date is never a moment."""

    first: date
    until: date

    @property
    def last(self) -> date:
        """The last day that belongs to the span."""
        return self.until - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time from `begin` up to but not including `end`, both in the IANA zone `zone`."""

    begin: datetime
    end: datetime
    zone: str


Span = Days | Block


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A series: the rule and the days it lives on."""

    rule: str
    """An RFC 5545 RRULE value without UNTIL and COUNT, for example `FREQ=WEEKLY;BYDAY=MO,WE`."""
    first: date
    """The day of the first occurrence."""
    until: date | None
    """The last day on which an occurrence may fall, inclusive; None where the series has no end."""
    occurrences: tuple[date, ...]
    """Every day on which it takes place, in order; where there is no end, those known so far."""
    open_end: bool = False
    """Whether the series goes on after the occurrences listed."""
    since: date | None = None
    """The first day on which an occurrence may fall; None where that is the first occurrence."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where in which file an item was read; lines from 1, `end_line` the last that belongs to it."""

    file: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the calendar or the task list, dated or not."""

    key: str
    """slug/place/name; stable when the text around it changes. An occurrence is `SERIES@date`."""
    uid: str
    """The bare uuid5 of the key; Google's event id and the ICS UID derive from it."""
    roadmap: str
    phase: str | None
    """The key of the phase it belongs to; a phase belongs to itself."""
    path: tuple[str, ...]
    """Titles of the periods above, outermost first."""
    kind: Kind
    title: str
    notes: str
    span: Span | None
    """None where the text gives no date and nothing was made up. For a series, its first occurrence."""
    source: Source
    minutes: int | None = None
    """Length of the work in minutes where the plan says so, also for all-day items."""
    recurrence: Recurrence | None = None
    tick: bool = False
    """Whether it is work to be ticked off."""
    done: datetime | bool | None = None
    """The time of completion, True where only a mark is known, None while it is open."""
    parent: str | None = None
    """The key of the task or series it is a part of."""
    guessed: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Field name to the reason why it was inferred."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one source line."""

    line: int
    role: Role
    items: tuple[str, ...] = ()
    """Keys of the items that the line made, describes or repeats."""
    sure: bool = True
    """False where the reader took a default that a person might not share."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A roadmap expanded into items, in the order of the text."""

    slug: str
    title: str
    file: str
    timezone: str
    start: date | None
    end: date | None
    """The last day of the plan, inclusive."""
    items: tuple[Item, ...]
    receipts: tuple[Receipt, ...]
    problems: tuple[Problem, ...]
