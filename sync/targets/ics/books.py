"""What the feeds of one roadmap say about themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from sync.model import Item, Schedule
from sync.shaping.wording import one_line
from sync.targets.ics.content import Heading
from sync.targets.ics.feed import UNDATED, midnight, opening_stamp, tasks_title


@dataclass(frozen=True, slots=True)
class Book:
    """A roadmap without its items."""

    slug: str
    title: str
    zone: str
    """Described where a feed holds nothing, since RFC 5545 3.6 wants at least one component."""
    opening: datetime
    """The stamp of the first edition."""

    @classmethod
    def of(cls, schedule: Schedule) -> Self:
        """Return the book of a roadmap."""
        return cls(schedule.slug, schedule.title, schedule.timezone or "UTC", opening_stamp(schedule))

    @classmethod
    def found(cls, slug: str, title: str) -> Self:
        """Return the book of feeds whose roadmap is not at hand; `title` is what they are called."""
        return cls(slug, title or slug, "UTC", midnight(UNDATED))

    @property
    def day(self) -> date:
        """The day on which it opens."""
        return self.opening.date()

    def heading(self, component: str) -> Heading:
        """Return what the feed of VEVENTs or of VTODOs says about itself."""
        title = self.title if component == "VEVENT" else tasks_title(self.title)
        return Heading(component, one_line(title))

    def with_items(self, items: Iterable[Item]) -> Schedule:
        """Return a roadmap of these items."""
        return Schedule(self.slug, self.title, "", self.zone, None, None, tuple(items), (), ())
