"""Asking a person for consent: the page at Google, and the exchange of what comes back.

An installed app with PKCE, as https://developers.google.com/identity/protocols/oauth2/native-app describes.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from sync.errors import NotAuthorised, RoadmapSyncError, UsageError
from sync.signin.addresses import is_loopback
from sync.signin.clients import Client
from sync.signin.exchange import CONNECTING, PATIENCE, out_of_reach, refused_app, tokens_in
from sync.signin.grants import CALENDAR_LIST, OWN_CALENDARS, SIGN_IN, Grant

if TYPE_CHECKING:
    import requests

SCOPES = (OWN_CALENDARS, CALENDAR_LIST)
PASTED_BACK = "http://127.0.0.1:49321/"
"""Where the browser of another computer is sent: nothing is there, so the address stays for copying."""


class Given(NamedTuple):
    """A consent, and when it ends by itself."""

    grant: Grant
    ends: datetime | None
    """Known where Google tells it, which it does for apps in testing."""


class Consent:
    """One question to a person; a context manager that lets go of its connections."""

    def __init__(self, client: Client, back: str) -> None:
        from google_auth_oauthlib.flow import Flow  # noqa: PLC0415 - 140 ms that only this command owes

        # it writes tokens into its log, and nobody may ask it to
        logging.getLogger("requests_oauthlib").setLevel(logging.INFO)
        self._client = client
        self._flow = Flow.from_client_config({"installed": asdict(client)}, list(SCOPES), redirect_uri=back)
        self._session = self._flow.oauth2session
        self._session.trust_env = not is_loopback(client.token_uri)
        self._session.register_compliance_hook("access_token_response", self._understood)
        self._answer: Mapping[str, Any] = {}
        # asked anew each time, so that a box that was left empty can be ticked now
        with _as_oauthlib_wants_it(insecure=is_loopback(client.auth_uri)):
            self.address, self.state = self._flow.authorization_url(prompt="consent")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def given(self, came_back: str, now: datetime) -> Given:
        """What the person allowed, by the address with which the browser came back.

        Raises NotAuthorised where access was denied or is not enough, UsageError for an address of something
        else, RetryLater and TargetError where Google cannot be reached or understood.
        """
        import requests  # noqa: PLC0415

        code = self._code(dict(parse_qsl(urlsplit(came_back.strip()).query)))
        with _as_oauthlib_wants_it(insecure=is_loopback(self._client.token_uri)):
            try:
                self._flow.fetch_token(code=code, timeout=(CONNECTING, PATIENCE))
            except requests.RequestException as error:
                raise out_of_reach(self._client.token_uri) from error
        return self._checked(now)

    def _code(self, told: Mapping[str, str]) -> str:
        if told.get("state") != self.state:
            raise UsageError(
                "That is not the address to which Google sent the browser after this question.",
                "Copy the whole address line of the page that could not be shown; it begins with "
                f"{PASTED_BACK}.",
            )
        if "error" in told or "code" not in told:
            raise _denied(told.get("error", ""))
        return told["code"]

    def _understood(self, response: "requests.Response") -> "requests.Response":
        self._answer = tokens_in(response, _refused_code)
        return response

    def _checked(self, now: datetime) -> Given:
        client, answer = self._client, self._answer
        empty = Grant("", "", client.token_uri, client.client_id, client.client_secret, SCOPES, None)
        grant = empty.renewed(answer, now).checked()
        if not grant.refresh_token:
            raise NotAuthorised("Google gave access for an hour only.", f"{SIGN_IN} Use a desktop client.")
        lasts = str(answer.get("refresh_token_expires_in"))
        return Given(grant, now + timedelta(seconds=int(lasts)) if lasts.isdecimal() else None)


@contextmanager
def _as_oauthlib_wants_it(*, insecure: bool) -> Iterator[None]:
    """Let oauthlib, which listens to the environment alone, take fewer scopes than asked, and loopback.

    Which scopes were given is checked afterwards, with words of our own.
    """
    wanted = {"OAUTHLIB_RELAX_TOKEN_SCOPE": "1"} | ({"OAUTHLIB_INSECURE_TRANSPORT": "1"} if insecure else {})
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _denied(error: str) -> RoadmapSyncError:
    if error == "access_denied":
        return NotAuthorised(
            "The access was not allowed.",
            f"{SIGN_IN} Press Allow on Google's page; where that page says that the app is being tested, "
            "publish the app or add yourself to its test users (docs/google.md).",
        )
    return NotAuthorised("Google sent the browser back without a code.", SIGN_IN)


def _refused_code(error: str) -> RoadmapSyncError:
    """What it means that the code was not taken."""
    if error == "invalid_grant":
        return NotAuthorised(
            "Google no longer takes this code.",
            f"A code lives ten minutes and works once. {SIGN_IN}",
        )
    return refused_app(error)
