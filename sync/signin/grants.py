"""What Google gave: an access token for an hour, and the refresh token that gets the next one.

Its text is that of `google.oauth2.credentials.Credentials.to_json`, so that other programs may read it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sync.errors import NotAuthorised
from sync.signin.addresses import is_trusted

EARLY = timedelta(minutes=3, seconds=45)
"""How long before its end an access token is no longer used; google-auth takes the same."""
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
PREFIX = "https://www.googleapis.com/auth/"
OWN_CALENDARS = f"{PREFIX}calendar.app.created"
CALENDAR_LIST = f"{PREFIX}calendar.calendarlist.readonly"
EVERYTHING = f"{PREFIX}calendar"
"""Holds the two others; this program never asks for it, but a token made elsewhere may have it."""
SIGN_IN = "Run `roadmap-sync auth google`."
TEXTS = ("token", "refresh_token", "token_uri", "client_id", "client_secret")
USUAL = {"universe_domain": "googleapis.com", "account": ""}


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """A consent that was given; it is never shown, and so has no representation of its own."""

    token: str
    """Empty where there is only the refresh token."""
    refresh_token: str
    """Empty where the grant ends with its access token."""
    token_uri: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] | None
    """What was granted; None where the text does not say."""
    expiry: datetime | None
    """When the access token ends, zoned; None where the text does not say."""
    rest: Mapping[str, Any] = field(default_factory=lambda: USUAL)
    """What else stands in the text, kept as it is."""

    @property
    def account(self) -> str:
        """Whose it is, empty where the text does not say, as is usual."""
        return str(self.rest.get("account") or "")

    def is_fresh(self, now: datetime) -> bool:
        """Whether the access token may be used; one without a known end only if there is no other way."""
        if self.expiry is None:
            return bool(self.token) and not self.refresh_token
        return bool(self.token) and now < self.expiry - EARLY

    def has(self, scope: str) -> bool:
        """Whether a scope was granted, by itself or in a wider one; True where the scopes are not known."""
        return self.scopes is None or scope in self.scopes or EVERYTHING in self.scopes

    def checked(self) -> Self:
        """The grant itself. Raises NotAuthorised where it does not cover calendars of our own."""
        if not self.has(OWN_CALENDARS):
            raise NotAuthorised(
                "Google gave access, but not to calendars that roadmap-sync makes for itself.",
                f"{SIGN_IN} Leave that box ticked on Google's page.",
            )
        return self

    def renewed(self, answer: Mapping[str, Any], now: datetime) -> "Grant":
        """The grant after the token endpoint has answered."""
        given = answer.get("scope")
        return replace(
            self,
            token=answer["access_token"],
            refresh_token=answer.get("refresh_token") or self.refresh_token,
            scopes=tuple(given.split()) if given else self.scopes,
            expiry=now.replace(microsecond=0) + timedelta(seconds=int(answer["expires_in"])),
        )

    def to_json(self) -> str:
        """What `Credentials.to_json` would write."""
        known: dict[str, Any] = {name: getattr(self, name) or None for name in TEXTS}
        known["scopes"] = None if self.scopes is None else list(self.scopes)
        known |= self.rest
        known["expiry"] = None if self.expiry is None else _written(self.expiry)
        return json.dumps({name: value for name, value in known.items() if value is not None})


def read_grant(text: str, where: object) -> Grant:
    """The grant in a text found at `where`. Raises NotAuthorised where it is none, or was tampered with."""
    try:
        grant = _parsed(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError):
        # without the cause: it may quote the text
        raise NotAuthorised(
            f"What lies in {where} is not a token of Google's.",
            f"{SIGN_IN} It is replaced by a new one then.",
        ) from None
    if not is_trusted(grant.token_uri):
        raise NotAuthorised(
            f"The token in {where} would be renewed at an address that is neither Google's nor this computer's.",
            f"Nothing was sent there. If you did not change its token_uri, ask who did; then: {SIGN_IN}",
        )
    return grant


def _parsed(data: dict[str, Any]) -> Grant:
    """The grant in a JSON object; raises one of a few errors for anything else."""
    token, refresh_token, token_uri, client_id, client_secret = (_text(data.get(name)) for name in TEXTS)
    if not (token or refresh_token):
        raise ValueError("neither kind of token")
    scopes = data.get("scopes") or ()
    rest = {name: value for name, value in data.items() if name not in {*TEXTS, "scopes", "expiry"}}
    return Grant(
        token,
        refresh_token,
        token_uri or TOKEN_URI,
        client_id,
        client_secret,
        tuple(map(_text, scopes.split() if isinstance(scopes, str) else scopes)) or None,
        _moment(_text(data.get("expiry"))),
        rest,
    )


def _text(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value or ""


def _moment(text: str) -> datetime | None:
    """A moment as google-auth writes it: UTC, with or without a fraction, ending in Z."""
    if not text:
        return None
    moment = datetime.fromisoformat(text.removesuffix("Z"))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
