"""How long to wait when a service asks for patience."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Jittered exponential back-off; all times in seconds."""

    sleep: Callable[[float], None]
    random: Callable[[], float]
    """Returns a number from 0 up to 1."""
    tries: int = 6
    """Attempts in a row without any progress before giving up."""
    first: float = 1.0
    longest: float = 64.0
    """The most to wait where the service names no time."""
    limit: float = 180.0
    """The most to wait because the service says so; a longer wish means: come back later."""

    def pause(self, attempt: int, after: float | None) -> float | None:
        """Return how long to wait after this many attempts without progress, or None to give up.

        The service's own wish is never cut short; the jitter only adds to it, so that two computers
        told the same do not come back at the same moment.
        """
        if attempt >= self.tries or (after is not None and after > self.limit):
            return None
        if after is not None:
            return after * (1 + self.random() / 10)
        return min(self.longest, self.first * 2.0**attempt) * (1 + self.random()) / 2
