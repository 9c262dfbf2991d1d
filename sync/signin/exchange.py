"""The token endpoint: a refresh token against an access token, and the end of a consent.

Asked directly and once: google-auth would wait and ask again by itself, and the caller knows better
whether that is worth it. No answer is ever quoted, because any of them may hold a token.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sync.errors import NotAuthorised, OutOfReach, RetryLater, RoadmapSyncError, TargetError
from sync.signin.addresses import is_loopback
from sync.signin.grants import SIGN_IN, Grant

if TYPE_CHECKING:
    import requests

CONNECTING, PATIENCE = 5, 10
"""Seconds to wait for a connection, and for an answer."""
REVOKE_URI = "https://oauth2.googleapis.com/revoke"
WORD = re.compile(r"[a-z_]{1,40}")
"""What an error code of OAuth looks like (RFC 6749, 5.2); anything else is not repeated to anybody."""
UNKNOWN_APP = {"invalid_client", "deleted_client", "disabled_client", "unauthorized_client"}


class ConsentEnded(NotAuthorised):
    """The refresh token is of no use any more, and will not be of any again."""


Refusal = Callable[[str], RoadmapSyncError]
"""Says what an error code of the endpoint means."""


def refreshed(grant: Grant, now: datetime) -> Grant:
    """The grant with a new access token. Raises NotAuthorised, RetryLater and TargetError."""
    if not grant.refresh_token:
        raise NotAuthorised("The access to Google has run out and cannot be renewed.", SIGN_IN)
    form = {
        "grant_type": "refresh_token",
        "refresh_token": grant.refresh_token,
        "client_id": grant.client_id,
        "client_secret": grant.client_secret,
    }
    return grant.renewed(tokens_in(_posted(grant.token_uri, form), refusal), now).checked()


def revoke(grant: Grant) -> None:
    """Take the consent back; one that has ended already is as good. Raises RetryLater and TargetError."""
    ours = f"{_root(grant.token_uri)}/revoke" if is_loopback(grant.token_uri) else REVOKE_URI
    # in the body: an address may end up in somebody's log
    response = _posted(ours, {"token": grant.refresh_token or grant.token})
    if response.status_code != 200 and _object(response).get("error") != "invalid_token":
        raise _misunderstood(response)


def _posted(address: str, form: Mapping[str, str]) -> "requests.Response":
    import requests  # noqa: PLC0415 - 74 ms that only a refresh owes

    with requests.Session() as session:
        # what stays on this machine has no business with a proxy
        session.trust_env = not is_loopback(address)
        try:
            return session.post(address, data=form, timeout=(CONNECTING, PATIENCE), allow_redirects=False)
        except requests.RequestException as error:
            raise out_of_reach(address) from error


def tokens_in(response: "requests.Response", refused: Refusal) -> dict[str, Any]:
    """The answer of a token endpoint, checked. Raises what `refused` makes of an error, or TargetError."""
    answer = _object(response)
    error = answer.get("error")
    if response.status_code == 429 or response.status_code >= 500:
        raise _misunderstood(response)
    if response.status_code != 200 and isinstance(error, str):
        raise refused(error if WORD.fullmatch(error) else "an unknown error")
    lasts = str(answer.get("expires_in"))
    texts = (answer.get("access_token"), answer.get("scope", ""), answer.get("refresh_token", ""))
    if response.status_code != 200 or not lasts.isdecimal() or not all(isinstance(t, str) for t in texts):
        raise _misunderstood(response)
    return answer


def refusal(error: str) -> RoadmapSyncError:
    """What it means that a refresh token was not taken."""
    return ended() if error == "invalid_grant" else refused_app(error)


def ended() -> ConsentEnded:
    """Say that a consent is over."""
    return ConsentEnded(
        "Google has ended this sign-in.",
        f"{SIGN_IN} An app whose consent screen is still in testing loses it after seven days: "
        "publish the app first, as docs/google.md shows.",
    )


def refused_app(error: str) -> RoadmapSyncError:
    """What the endpoint has against the app itself, or whatever else it says."""
    if error in UNKNOWN_APP:
        return NotAuthorised(
            f"Google does not know the app that asks ({error}).",
            "Download client_secret.json again from the Google Cloud console, then run `roadmap-sync auth google`.",
        )
    return NotAuthorised(f"Google refuses access ({error}).", SIGN_IN)


def out_of_reach(address: str) -> OutOfReach:
    """Say that nobody answers at the host of an address."""
    return OutOfReach(
        f"{urlsplit(address).netloc} cannot be reached.",
        "Check the connection and run the same command again; nothing is lost.",
    )


def _misunderstood(response: "requests.Response") -> TargetError:
    """What to make of an answer that is not Google's: a service in trouble, or something in between."""
    host = urlsplit(response.url).netloc
    if response.status_code == 429 or response.status_code >= 500:
        after = response.headers.get("Retry-After", "")
        return RetryLater(
            f"{host} is in trouble ({response.status_code}).",
            "Run the same command again in some minutes; nothing is lost.",
            float(after) if after.isdecimal() else None,
        )
    return TargetError(
        f"{host} does not answer as a sign-in service does ({response.status_code}).",
        "A proxy, or a network that wants a log-in of its own, may stand in between.",
    )


def _object(response: "requests.Response") -> dict[str, Any]:
    """The JSON object of an answer, empty where there is none."""
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _root(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
