"""How many requests fit into a quarter of an hour: a sliding window for each kind of them."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import TOO_MANY_REQUESTS, Refused

WINDOW = timedelta(minutes=15)


class Rates:
    """Counts requests over the last 15 minutes of the given clock; what is refused does not count."""

    def __init__(self, quirks: Quirks, now: Callable[[], datetime]) -> None:
        self._quirks = quirks
        self._now = now
        self._spent: dict[str, deque[datetime]] = {}

    def spend(self, kind: str) -> None:
        """Count a request of a kind (a field of `Quirks`); raises Refused (429) where none is left."""
        limit: int | None = getattr(self._quirks, kind)
        spent = self._spent.setdefault(kind, deque())
        now = self._now()
        while spent and spent[0] <= now - WINDOW:
            spent.popleft()
        if limit is not None and len(spent) >= limit:
            left = spent[0] + WINDOW - now if spent else WINDOW
            raise Refused(TOO_MANY_REQUESTS.having(retry_after=max(1, ceil(left.total_seconds()))))
        spent.append(now)
