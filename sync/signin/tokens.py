"""Access tokens for the calendar, renewed as they end."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sync.errors import ConfigError, NotAuthorised
from sync.signin.exchange import ConsentEnded, refreshed
from sync.signin.grants import SIGN_IN, Grant, read_grant
from sync.signin.places import Place, Places


def stored_grant(places: Places) -> tuple[Grant, Place]:
    """The consent that was given, and where it lies. Raises NotAuthorised where there is none that can be used."""
    found = places.found()
    if found is None:
        raise NotAuthorised("Nobody is signed in to Google.", SIGN_IN)
    text, place = found
    return read_grant(text, place).checked(), place


class GoogleTokens:
    """Hands out access tokens, to any number of threads, and puts each new one where the old one was.

    `clock` returns the zoned time. `ended` is told the refresh token of a consent that turns out to be over.
    Making one raises NotAuthorised where nobody is signed in.
    """

    def __init__(
        self,
        places: Places,
        clock: Callable[[], datetime],
        ended: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._clock, self._ended = clock, ended
        self._lock = threading.Lock()
        self._grant, self._place = stored_grant(places)

    def bearer(self) -> str:
        """An access token that is still good for some minutes.

        Raises NotAuthorised where the consent has ended, RetryLater and TargetError (exit 6) where Google
        cannot be reached or understood.
        """
        with self._lock:
            return self._grant.token if self._grant.is_fresh(self._clock()) else self._renew()

    def renewed(self) -> str:
        """A new access token, for when the service did not take the last one; raises what `bearer` raises.

        Threads that ask together get the same one.
        """
        refused = self._grant
        with self._lock:
            return self._renew() if self._grant is refused else self._grant.token

    def _renew(self) -> str:
        old = self._grant
        try:
            self._grant = refreshed(old, self._clock())
        except ConsentEnded:
            self._ended(old.refresh_token)
            raise
        # one that cannot be put back still serves this run, and the next one asks for its own
        with suppress(ConfigError, NotAuthorised):
            self._put_back(old)
        return self._grant.token

    def _put_back(self, old: Grant) -> None:
        """Write the grant where it came from, unless somebody signed in anew in the meantime."""
        text = self._place.load()
        if text is not None and read_grant(text, self._place).refresh_token == old.refresh_token:
            self._place.save(self._grant.to_json())
