"""Signing in: the consent page, the token endpoint with PKCE, and everything that can end a grant.

What the pages look like and which redirects are allowed follows Google's rules for installed apps:
`https://developers.google.com/identity/protocols/oauth2/native-app`.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from sync.sandbox.chance import MIXED, Chance
from sync.sandbox.google.asking import Grant
from sync.sandbox.google.consent import consent_page, mistake_page
from sync.sandbox.google.quirks import Consent, Quirks
from sync.sandbox.google.refusals import NOT_SIGNED_IN, Refused
from sync.sandbox.wire import Answer, Request, html_answer, json_answer, redirect

Json = dict[str, Any]

CLIENT_ID = "1059-sandbox.apps.googleusercontent.com"
# Installed apps cannot keep a secret, and this one opens nothing but an emulator.
CLIENT_SECRET = "GOCSPX-sandbox"  # noqa: S105
CONSENT_PATHS = ("/o/oauth2/auth", "/o/oauth2/v2/auth")
LIFETIME = timedelta(seconds=3599)
TESTING_LIFETIME = timedelta(days=7)
CODE_LIFETIME = timedelta(minutes=10)
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Pending:
    """A code on its way back to the app."""

    scopes: list[str]
    redirect_uri: str
    challenge: str
    method: str
    expires: str


@dataclass(slots=True)
class Token:
    """An access or refresh token that was given out."""

    scopes: list[str]
    expires: str | None
    parent: str = ""
    """The refresh token behind an access token."""


class SignIn:
    """The grants of one person to the one app that is known here."""

    def __init__(self, quirks: Quirks, now: Callable[[], datetime], chance: Chance) -> None:
        self._quirks = quirks
        self._now = now
        self._chance = chance
        self._codes: dict[str, Pending] = {}
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, Token] = {}

    def claims(self, path: str) -> bool:
        """Whether a path belongs to signing in."""
        return path in (*CONSENT_PATHS, "/token", "/revoke")

    def answer(self, request: Request) -> Answer:
        """Answer a page or an exchange of tokens."""
        if request.path in CONSENT_PATHS:
            return self._consent(request)
        if request.method != "POST":
            return Answer(405)
        if request.path == "/revoke":
            return self._revoke(request.first("token") or request.form().get("token", ""))
        return self._token({**_basic(request.headers.get("authorization", "")), **request.form()})

    # what the API asks

    def grant(self, authorization: str | None) -> Grant:
        """What a bearer token allows; raises Refused (401) where it is unknown or has run out."""
        kind, _, word = (authorization or "").partition(" ")
        token = self._access.get(word.strip()) if kind.lower() == "bearer" else None
        if token is None or self._over(token.expires):
            raise Refused(NOT_SIGNED_IN)
        return Grant(CLIENT_ID, frozenset(token.scopes))

    def _over(self, expires: str | None) -> bool:
        return expires is not None and self._now() >= datetime.fromisoformat(expires)

    # the consent page

    def _consent(self, request: Request) -> Answer:
        asked = request.form() if request.method == "POST" else dict(request.query)
        mistake = _mistake(asked)
        if mistake:
            return html_answer(mistake_page(mistake), 400)
        if request.method == "POST":
            ticked = [value for name, value in request.form_pairs() if name == "granted"]
            return self._decide(asked, ticked if asked.get("decision") == "allow" else None)
        scopes = asked["scope"].split()
        if self._quirks.consent is Consent.ASKED:
            return html_answer(consent_page(asked, request.path))
        given = [scope for scope in scopes if scope not in self._quirks.unticked]
        return self._decide(asked, given if self._quirks.consent is Consent.GIVEN else None)

    def _decide(self, asked: Mapping[str, str], scopes: list[str] | None) -> Answer:
        state = {"state": asked["state"]} if "state" in asked else {}
        if not scopes:
            return _back(asked, {**state, "error": "access_denied"})
        code = self._chance.fresh(self._codes, "4/0{}".format, 70, MIXED)
        self._codes[code] = Pending(
            scopes=scopes,
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            method=asked.get("code_challenge_method", "plain"),
            expires=(self._now() + CODE_LIFETIME).isoformat(),
        )
        return _back(asked, {**state, "code": code, "scope": " ".join(scopes)})

    # the token endpoint

    def _token(self, form: Mapping[str, str]) -> Answer:
        known = form.get("client_id") == CLIENT_ID and form.get("client_secret") == CLIENT_SECRET
        if not known:
            return _no("invalid_client", "The OAuth client was not found.", 401)
        if form.get("grant_type") == "authorization_code":
            return self._redeem(form)
        if form.get("grant_type") == "refresh_token":
            return self._refreshed(form.get("refresh_token", ""))
        return _no("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")

    def _redeem(self, form: Mapping[str, str]) -> Answer:
        pending = self._codes.pop(form.get("code", ""), None)
        if pending is None or self._over(pending.expires):
            return _no("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri") != pending.redirect_uri:
            return _no("redirect_uri_mismatch", "Bad Request")
        if "code_verifier" not in form:
            return _no("invalid_grant", "Missing code verifier.")
        if not hmac.compare_digest(_challenge(form["code_verifier"], pending.method), pending.challenge):
            return _no("invalid_grant", "Invalid code verifier.")
        refresh = self.new_refresh_token(pending.scopes)
        answer = {**self._new_access(refresh), "refresh_token": refresh}
        if self._quirks.testing:
            answer["refresh_token_expires_in"] = int(TESTING_LIFETIME.total_seconds())
        return json_answer(answer)

    def _refreshed(self, word: str) -> Answer:
        token = self._refresh.get(word)
        if token is None or self._over(token.expires):
            return _no("invalid_grant", "Token has been expired or revoked.")
        return json_answer(self._new_access(word))

    def new_refresh_token(self, scopes: list[str]) -> str:
        """A refresh token for those scopes; in testing it lives seven days."""
        word = self._chance.fresh(self._refresh, "1//0{}".format, 60, MIXED)
        ends = (self._now() + TESTING_LIFETIME).isoformat() if self._quirks.testing else None
        self._refresh[word] = Token(scopes, ends)
        return word

    def _new_access(self, refresh: str) -> Json:
        word = self._chance.fresh(self._access, "ya29.{}".format, 80, MIXED)
        scopes = self._refresh[refresh].scopes
        self._access[word] = Token(scopes, (self._now() + LIFETIME).isoformat(), refresh)
        return {
            "access_token": word,
            "expires_in": int(LIFETIME.total_seconds()),
            "scope": " ".join(scopes),
            "token_type": "Bearer",
        }

    def _revoke(self, word: str) -> Answer:
        parent = self._access[word].parent if word in self._access else word
        if parent not in self._refresh:
            return _no("invalid_token", "Token expired or revoked")
        del self._refresh[parent]
        self._access = {name: token for name, token in self._access.items() if token.parent != parent}
        return json_answer({})

    # what tests and people do to it

    def access_token(self, refresh: str) -> tuple[str, datetime]:
        """A fresh access token and the moment when it ends."""
        word = self._new_access(refresh)["access_token"]
        return word, self._now() + LIFETIME

    def end_access(self) -> None:
        """Every access token runs out now; refreshing still works."""
        self._access.clear()

    def end_consent(self) -> None:
        """The person takes the consent back, or seven days of testing are over."""
        self._access.clear()
        self._refresh.clear()

    def snapshot(self) -> Json:
        """Every token, as JSON; codes do not outlive a restart."""
        return {
            "access": {word: asdict(token) for word, token in self._access.items()},
            "refresh": {word: asdict(token) for word, token in self._refresh.items()},
        }

    def restore(self, state: Json) -> None:
        """Know the tokens of a snapshot."""
        self._access = {word: Token(**token) for word, token in state["access"].items()}
        self._refresh = {word: Token(**token) for word, token in state["refresh"].items()}


def _mistake(asked: Mapping[str, str]) -> str:
    """What is wrong with a request for consent, in Google's words; nothing where all is well."""
    if asked.get("client_id") != CLIENT_ID:
        return "Error 401: invalid_client"
    goal = asked.get("redirect_uri", "")
    if not (goal.isascii() and goal.isprintable() and urlsplit(goal).hostname in LOCAL_HOSTS):
        return "Error 400: redirect_uri_mismatch"
    wrong_kind = asked.get("response_type") != "code" or not asked.get("scope")
    if wrong_kind or not asked.get("code_challenge"):
        return "Error 400: invalid_request"
    return ""


def _back(asked: Mapping[str, str], values: Mapping[str, str]) -> Answer:
    goal = asked["redirect_uri"]
    return redirect(f"{goal}{'&' if '?' in goal else '?'}{urlencode(values)}", 302)


def _basic(authorization: str) -> dict[str, str]:
    """The client's name and secret where they came in a header, as oauthlib sends them."""
    kind, _, word = authorization.partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(word).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote(name), "client_secret": unquote(secret)}


def _challenge(verifier: str, method: str) -> str:
    if method == "plain":
        return verifier
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _no(error: str, description: str, status: int = 400) -> Answer:
    return json_answer({"error": error, "error_description": description}, status)
