"""How long to wait when a service asks for patience."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from sync.errors import RetryLater
from sync.remote import TELLING, unheard


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
    tell: Callable[[str], None] = unheard
    """Hears in one line why and for how long somebody has to wait, as the wait begins."""

    def telling(self, tell: Callable[[str], None]) -> Self:
        """The same patience, with somebody who listens."""
        return replace(self, tell=tell)

    def waits(self, attempt: int, later: RetryLater) -> bool:
        """Wait after this many attempts without progress, and say so; False to give up."""
        pause = self.pause(attempt, later.after)
        if pause is None:
            return False
        if pause >= TELLING:
            self.tell(f"{later.title.rstrip('.')}; asking again in {pause:.0f} s.")
        self.sleep(pause)
        return True

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
