"""Who may do what: the tokens a person has given out."""

from collections.abc import Iterable
from typing import Any

from sync.sandbox.chance import Chance
from sync.sandbox.todoist.quirks import BadToken, Quirks
from sync.sandbox.todoist.refusals import (
    BAD_TOKEN,
    BAD_TOKEN_403,
    BAD_TOKEN_AS_403,
    NO_TOKEN,
    OUT_OF_SCOPE,
    Refused,
)

Json = dict[str, Any]

READ, WRITE, DELETE, ADD = "data:read", "data:read_write", "data:delete", "task:add"
EVERYTHING = (WRITE, DELETE, "project:delete")
REFUSALS = {
    BadToken.JSON: BAD_TOKEN,
    BadToken.TEXT: BAD_TOKEN,
    BadToken.SAYS_403: BAD_TOKEN_AS_403,
    BadToken.FORBIDDEN: BAD_TOKEN_403,
}


class Access:
    """The tokens that are good, with their scopes; a personal one may do everything and never ends."""

    def __init__(self, quirks: Quirks, chance: Chance) -> None:
        self._quirks = quirks
        self._chance = chance
        self.tokens: dict[str, list[str]] = {}

    def give(self, scopes: Iterable[str] = EVERYTHING) -> str:
        """A new token: 40 hexadecimal digits."""
        token = self._chance.fresh(self.tokens, str, 40, "0123456789abcdef")
        self.tokens[token] = list(scopes)
        return token

    def demand(self, header: str | None, *, reads: bool) -> None:
        """Raise Refused where the `Authorization` header does not allow what is asked."""
        kind, _, token = (header or "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise Refused(NO_TOKEN)
        scopes = self.tokens.get(token.strip())
        if scopes is None:
            raise Refused(REFUSALS[self._quirks.bad_token])
        if not {WRITE, *((READ,) if reads else ())} & set(scopes):
            raise Refused(OUT_OF_SCOPE)
