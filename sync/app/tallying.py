"""How far several targets have come together."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sync.app.run import Told


class Tally:
    """Counts what is done by several threads towards one total, and tells it."""

    def __init__(self, what: str, told: Told) -> None:
        self._what, self._told = what, told
        self._lock = Lock()
        self._done = self._total = 0

    @contextmanager
    def towards(self, total: int) -> Iterator[None]:
        """Tell from the first to the last of them; what is counted outside is told to nobody."""
        self._done, self._total = 0, total
        self._told(self._what, 0, total)
        yield
        with self._lock:
            self._total = 0
            self._told(self._what, total, total)

    def more(self, count: int) -> None:
        """Count some more as done."""
        with self._lock:
            # a write that comes twice, after a repair, is counted twice
            self._done = min(self._done + count, self._total)
            if self._done < self._total:
                self._told(self._what, self._done, self._total)
