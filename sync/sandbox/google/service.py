"""Google as one service of the sandbox: API, sign-in, faults, and what people do by hand."""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sync.sandbox.chance import Chance
from sync.sandbox.faults import RESET, TRUNCATED, TWICE, Fault, Faults, answering, html, slow
from sync.sandbox.google.account import Account
from sync.sandbox.google.asking import SCOPES
from sync.sandbox.google.front import Front
from sync.sandbox.google.hand import ByHand
from sync.sandbox.google.quirks import Quirks
from sync.sandbox.google.refusals import BY_NAME
from sync.sandbox.google.signin import CLIENT_ID, CLIENT_SECRET, SignIn
from sync.sandbox.record import Log, View
from sync.sandbox.wire import Answer, Request, json_answer

Json = dict[str, Any]

API_PATHS = r" /(batch/)?calendar/v3"
USUAL_SCOPES = (f"{SCOPES}calendar.app.created", f"{SCOPES}calendar.calendarlist.readonly")


def refusal(name: str, *, retry_after: int | None = None) -> Fault:
    """A fault that answers one of Google's refusals, named as in `429 rateLimitExceeded`."""
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return answering(BY_NAME[name].answer(*headers), name)


class Google(ByHand):
    """The state object that tests hold: `seed_calendar`, `user_edit`, `user_delete`, `log`, `faults` ..."""

    name = "google"

    def __init__(
        self,
        user: str,
        now: Callable[[], datetime],
        chance: Chance,
        log: Log,
    ) -> None:
        self.lock = threading.RLock()
        self.quirks = Quirks()
        self.faults = Faults(API_PATHS)
        self.account = Account(user, now, chance)
        self.sign_in = SignIn(self.quirks, now, chance)
        self.front = Front(self.account, self.sign_in, self.quirks, self.faults, chance)
        self.changes = self.front.changes
        self.log = View(log, self.name)
        self.colours_before = {}
        self.written = _nothing
        self.url = ""
        """Where the sandbox can be reached, known once it runs."""

    def door(self, path: str) -> str | None:
        """Which of its doors a path leads to, None where it is not Google's."""
        if self.front.claims(path):
            return "api"
        if self.sign_in.claims(path):
            return "sign-in"
        return "file" if path in ("/google/client_secret.json", "/google/token.json") else None

    def answer(self, request: Request) -> Answer:
        """Answer a request that came to one of the doors."""
        door = self.door(request.path)
        if door == "api":
            return self.front.answer(request)
        if door == "sign-in":
            return self.sign_in.answer(request)
        made = self.client_secrets() if "client" in request.path else self.authorized_user()
        return json_answer(made)

    def client_secrets(self) -> Json:
        """The file that the Google console offers for an installed app, with addresses of the sandbox."""
        return {
            "installed": {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "project_id": "sandbox",
                "auth_uri": f"{self.url}o/oauth2/auth",
                "token_uri": f"{self.url}token",
                "redirect_uris": ["http://localhost"],
            }
        }

    def authorized_user(self, scopes: tuple[str, ...] = USUAL_SCOPES) -> Json:
        """A consent already given: the JSON that `google.oauth2.credentials.Credentials.to_json` writes."""
        with self.lock:
            refresh = self.sign_in.new_refresh_token(list(scopes))
            access, ends = self.sign_in.access_token(refresh)
            self.written()
        return {
            "token": access,
            "refresh_token": refresh,
            "token_uri": f"{self.url}token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scopes": list(scopes),
            "universe_domain": "googleapis.com",
            "account": "",
            "expiry": ends.replace(tzinfo=None).isoformat() + "Z",
        }

    def end_sync_tokens(self) -> None:
        """Every sync token given out so far is dead."""
        with self.lock:
            oldest = self.account.touch()
            self.front.listing.oldest_token = self.front.calendar_list.oldest_token = oldest
            self.written()

    def mishaps(self) -> dict[str, Fault]:
        """The faults that a person may order by name."""
        own = {name: refusal(name) for name in BY_NAME}
        common = (RESET, TRUNCATED, html(503), slow(3), TWICE)
        return {fault.name: fault for fault in common} | own

    def snapshot(self) -> Json:
        """Everything that a restart must not lose, as JSON that shares nothing with the state."""
        state: Json = {
            "account": self.account.snapshot(),
            "sign_in": self.sign_in.snapshot(),
            "oldest_token": self.front.listing.oldest_token,
            "colours_before": self.colours_before,
        }
        copy: Json = json.loads(json.dumps(state))
        return copy

    def restore(self, state: Json) -> None:
        """Become what a snapshot says."""
        self.account.restore(state["account"])
        self.sign_in.restore(state["sign_in"])
        self.front.listing.oldest_token = self.front.calendar_list.oldest_token = state["oldest_token"]
        self.colours_before = state["colours_before"]


def _nothing() -> None:
    """No store is kept."""
