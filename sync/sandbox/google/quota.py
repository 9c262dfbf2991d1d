"""The quota of a minute: a sliding window of what one person's requests have cost."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.refusals import USER_RATE_LIMIT, Refused

WINDOW = timedelta(minutes=1)
PATCH_UNITS = 3


def cost(method: str) -> int:
    """Units that a call costs: reading, changing and writing back in one is three."""
    return PATCH_UNITS if method == "PATCH" else 1


class Quota:
    """Counts units over the last minute of the given clock; what is refused costs nothing."""

    def __init__(self, quirks: Quirks, now: Callable[[], datetime]) -> None:
        self._quirks = quirks
        self._now = now
        self._spent: deque[tuple[datetime, int]] = deque()

    @property
    def used(self) -> int:
        """Units spent within the last minute."""
        horizon = self._now() - WINDOW
        while self._spent and self._spent[0][0] <= horizon:
            self._spent.popleft()
        return sum(units for _, units in self._spent)

    def spend(self, units: int) -> None:
        """Take units; raises Refused (403 userRateLimitExceeded) where the minute has too few left."""
        limit = self._quirks.quota
        if limit is not None and self.used + units > limit:
            raise Refused(USER_RATE_LIMIT)
        self._spent.append((self._now(), units))
