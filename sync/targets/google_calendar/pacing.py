"""Staying below Google's quota of 600 calls a minute and person, those inside batches counted one by one.

https://developers.google.com/calendar/api/guides/quota
"""

from collections.abc import Callable

from sync.remote import TELLING, unheard

BURST = 100.0
"""Calls that go out at once; most pushes are smaller than that."""
RATE = 7.0
"""Calls a second after that: with the burst never more than 520 in any minute."""


class Pace:
    """A bucket that holds a burst and fills up steadily; `clock` is monotonic, in seconds.

    `tell` hears of the first wait in one line; those after it are of the same kind.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        tell: Callable[[str], None] = unheard,
        *,
        burst: float = BURST,
        rate: float = RATE,
    ) -> None:
        self._clock, self._sleep, self._tell = clock, sleep, tell
        self._burst, self._rate = burst, rate
        self._left, self._seen = burst, clock()

    def take(self, calls: int) -> None:
        """Wait until that many calls may go out; at most a burst at once."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        if calls > self._left:
            self._wait((calls - self._left) / self._rate)
            self._left, self._seen = float(calls), self._clock()
        self._left -= calls

    def _wait(self, seconds: float) -> None:
        if seconds >= TELLING:
            self._tell(
                f"Google Calendar takes {self._rate:.0f} changes a second; going on in {seconds:.0f} s, "
                "and at that pace from then on."
            )
            self._tell = unheard
        self._sleep(seconds)
