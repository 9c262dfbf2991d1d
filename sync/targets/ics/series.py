"""A series with what the items of its single occurrences say about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self

from sync.model import Item, Recurrence, Schedule, Span
from sync.shaping.moments import on_day, placed

if TYPE_CHECKING:
    from sync.targets.ics.content import Event


@dataclass(frozen=True, slots=True)
class Routine:
    """A series, with what the items of its single occurrences say about it."""

    item: Item
    span: Span
    recurrence: Recurrence
    days: frozenset[date]
    apart: set[date] = field(default_factory=set)
    """Days that have an event of their own."""
    ticked: set[date] = field(default_factory=set)
    """Days that are work to be ticked off."""
    shown: "list[Event]" = field(default_factory=list)
    """The events of days that stand apart."""

    @classmethod
    def of(cls, schedule: Schedule) -> dict[str, Self]:
        """Return the series of a schedule by key."""
        return {
            item.key: cls(item, item.span, item.recurrence, frozenset(item.recurrence.occurrences))
            for item in schedule.items
            if item.recurrence and item.span
        }

    def differs(self, occurrence: Item, day: date) -> bool:
        """Tell whether an occurrence has something to show that the series does not: done, moved, extra."""
        if occurrence.done or day not in self.days or occurrence.span is None:
            return True
        return placed(occurrence.span) != placed(on_day(self.span, day))


def occurrence_day(item: Item, routines: Mapping[str, Routine]) -> date | None:
    """Return the day of an occurrence (key `SERIES@date` below its series), None for any other item."""
    if item.parent not in routines or not item.key.startswith(f"{item.parent}@"):
        return None
    try:
        return date.fromisoformat(item.key.rpartition("@")[2])
    except ValueError:
        return None
