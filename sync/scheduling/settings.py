"""What the person's configuration decides about a schedule."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Settings:
    """Where work without a clock time goes, and in which zone the person lives."""

    timezone: str = "UTC"
    """An IANA name."""
    weekday: time = time(19)
    saturday: time = time(10)
    sunday: time = time(10)

    def slot(self, day: date) -> time:
        """When work without a clock time begins on a day."""
        return {6: self.saturday, 7: self.sunday}.get(day.isoweekday(), self.weekday)
