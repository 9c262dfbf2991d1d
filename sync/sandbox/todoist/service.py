"""Todoist as one service of the sandbox: API, tokens, faults, and what people do by hand."""

import json
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sync.sandbox.chance import Chance
from sync.sandbox.faults import RESET, TRUNCATED, TWICE, Fault, Faults, answering, html, slow
from sync.sandbox.record import Log, View
from sync.sandbox.todoist.access import EVERYTHING, Access
from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.front import Front
from sync.sandbox.todoist.hand import ByHand
from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import BY_NAME, WAIT_PLACES
from sync.sandbox.wire import Answer, Request

Json = dict[str, Any]

API_PATHS = r" /api/v1/"
INCIDENT = "0123456789abcdef0123456789abcdef"


def refusal(name: str, *, retry_after: int | None = None, told_in: frozenset[str] = WAIT_PLACES) -> Fault:
    """A fault that answers one of Todoist's refusals, named as in `429 LIMITS_REACHED`.

    `told_in` says where the seconds to wait stand: `header` (of a 429 only), `body`, both or neither.
    """
    said = BY_NAME[name] if retry_after is None else BY_NAME[name].having(retry_after=retry_after)
    return answering(said.answer(INCIDENT, told_in), name)


class Todoist(ByHand):
    """The state object that tests hold: `token`, `seed_project`, `user_tick`, `log`, `faults` ..."""

    name = "todoist"

    def __init__(self, user: str, now: Callable[[], datetime], chance: Chance, log: Log) -> None:
        self.lock = threading.RLock()
        self.quirks = Quirks()
        self.faults = Faults(API_PATHS)
        self.account = Account(user, now, chance)
        self.access = Access(self.quirks, chance)
        self.front = Front(self.account, self.access, self.quirks, self.faults, chance)
        self.commands = self.front.commands
        self.log = View(log, self.name)
        self.token = self.access.give()
        """The personal token from the settings of the account."""
        self.written = _nothing
        self.url = ""
        """Where the sandbox can be reached, known once it runs."""

    def door(self, path: str) -> str | None:
        """Which of its doors a path leads to, None where it is not Todoist's."""
        return "api" if self.front.claims(path) else None

    def answer(self, request: Request) -> Answer:
        """Answer a request that came to one of the doors."""
        return self.front.answer(request)

    def new_token(self, scopes: Iterable[str] = EVERYTHING) -> str:
        """Another token, as an app gets one by OAuth: with scopes such as `data:read`."""
        with self.lock:
            token = self.access.give(scopes)
            self.written()
        return token

    def end_tokens(self) -> str:
        """The person makes a new personal token: all earlier ones are dead. Returns the new one."""
        with self.lock:
            self.access.tokens.clear()
            self.token = self.access.give()
            self.written()
        return self.token

    def end_sync_tokens(self) -> None:
        """Every sync token given out so far is dead."""
        with self.lock:
            self.front.reading.generation += 1
            self.written()

    def mishaps(self) -> dict[str, Fault]:
        """The faults that a person may order by name."""
        own = {name: refusal(name) for name in BY_NAME}
        common = (RESET, TRUNCATED, html(503), slow(3), slow(15), TWICE)
        return {fault.name: fault for fault in common} | own

    def snapshot(self) -> Json:
        """Everything that a restart must not lose, as JSON that shares nothing with the state."""
        state: Json = {
            "account": self.account.snapshot(),
            "tokens": self.access.tokens,
            "token": self.token,
            "generation": self.front.reading.generation,
        }
        copy: Json = json.loads(json.dumps(state))
        return copy

    def restore(self, state: Json) -> None:
        """Become what a snapshot says."""
        self.account.restore(state["account"])
        self.access.tokens = state["tokens"]
        self.token = state["token"]
        self.front.reading.generation = state["generation"]


def _nothing() -> None:
    """No store is kept."""
