"""What the front matter decides about a roadmap; an absent key leaves the default here."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sync.model import Role

Weekdays = tuple[int, ...]
"""ISO weekdays in order, Monday 1 to Sunday 7."""

DAY_PARTS = (
    ("morning", (dt.time(9), dt.time(12))),
    ("afternoon", (dt.time(13), dt.time(17))),
    ("evening", (dt.time(18), dt.time(20))),
)
"""When a part of the day begins and ends where only its name is written."""

CHOOSABLE_ROLES = tuple(role for role in Role if role not in (Role.SEPARATOR, Role.BLANK, Role.UNKNOWN))
"""The roles that a person may give a line."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One numbered unit tied to a date: week 5 begins on 2 March."""

    unit: Literal["day", "week", "month"]
    number: int
    date: dt.date


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an undated list is worked through; exactly one of the two is set."""

    per_week: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What a person decided about one line that was read wrongly."""

    match: str
    """The text of the line."""
    line: int | None = None
    """Its number, where the same text stands more than once."""
    date: dt.date | None = None
    end: dt.date | None = None
    """The last day, inclusive; never without `date` and never before it."""
    skip: bool = False
    role: str | None = None
    """One of `CHOOSABLE_ROLES`."""


@dataclass(frozen=True, slots=True)
class Options:
    """The keys under `roadmap:`; None means that the document does not say."""

    slug: str | None = None
    title: str | None = None
    start: dt.date | None = None
    """Day 1 of day 1, week 1 and month 1."""
    end: dt.date | None = None
    """The last day of the plan, inclusive; never before `start`."""
    year: int | None = None
    event_date: dt.date | None = None
    """The zero of "before", "after" and T minus."""
    event: str | None = None
    anchor: Anchor | None = None
    week_numbering: Literal["plan", "iso"] | None = None
    week_start: Literal["start", "monday", "sunday", "saturday"] | None = None
    first_week: Literal["full", "partial"] = "full"
    month_length: Literal["auto", "calendar", 28, 30] = "auto"
    pace: Pace | None = None
    workdays: Weekdays | None = None
    day_counting: Literal["calendar", "workdays"] = "calendar"
    ranges: Literal["span", "spread", "repeat"] = "span"
    date_order: Literal["auto", "dmy", "mdy", "ymd"] = "auto"
    conflict: Literal["date", "weekday"] = "date"
    due: Literal["end", "start"] = "end"
    tasks_from: Literal["auto", "boxes", "items", "rows", "headings"] = "auto"
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    timezone: str | None = None
    """A zone of the IANA database."""
    duration: int | None = None
    """Minutes."""
    default_time: dt.time | None = None
    day_parts: tuple[tuple[str, tuple[dt.time, dt.time]], ...] = DAY_PARTS
    """Lower-case name to begin and end, the end exclusive; the document's own replace built-in ones."""
    rest_words: tuple[str, ...] = ()
    """Words for days without work, beside those that the languages have."""
    nested: Literal["subtasks", "flat", "leaves"] = "subtasks"
    dedupe: bool = True
    recurring: bool = True
    session_days: Weekdays | None = None
    fences: Literal["auto", "skip", "read"] = "auto"
    overrides: tuple[Override, ...] = ()


DEFAULTS = Options()
"""What holds for a document that says nothing."""
