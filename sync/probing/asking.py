"""The one request of a probe, and what can be told from its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sync.errors import TargetError
from sync.signin.addresses import is_loopback

if TYPE_CHECKING:
    import requests

PATIENCE = 5
"""Seconds to wait for a connection, and again for the answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back."""

    status: int
    seconds: float
    """From the question to the answer, opening the connection included."""
    ahead: timedelta | None
    """How far the clock here is ahead of the service's; None where the answer names no time."""
    told: Mapping[str, Any]
    """The JSON object of the answer; empty where it is none."""


def ask(
    address: str,
    clock: Callable[[], datetime],
    *,
    token: str = "",
    body: Mapping[str, Any] | None = None,
) -> Heard:
    """Ask an address, with the token where there is one: GET, or POST where there is a body.

    `clock` returns the zoned time. Redirects are not followed: the token is meant for this address.
    Raises TargetError where nobody answers in time.
    """
    import requests  # noqa: PLC0415 - 74 ms that only a probe owes

    def _bearer(prepared: "requests.PreparedRequest") -> "requests.PreparedRequest":
        # given as a function, because requests would put a password of ~/.netrc in the place of a header
        if token:
            prepared.headers["Authorization"] = f"Bearer {token}"
        return prepared

    with requests.Session() as session:
        # what stays on this machine has no business with a proxy
        session.trust_env = not is_loopback(address)
        method = "GET" if body is None else "POST"
        asked = clock()
        try:
            response = session.request(
                method, address, json=body, auth=_bearer, timeout=PATIENCE, allow_redirects=False
            )
        except requests.RequestException as error:
            raise _out_of_reach(address, error) from error
        heard = clock()
    return Heard(
        response.status_code,
        (heard - asked).total_seconds(),
        _ahead(response, asked, heard),
        _object(response),
    )


def _out_of_reach(address: str, error: "requests.RequestException") -> TargetError:
    """Say why, in words that hold nothing of what was sent."""
    import requests  # noqa: PLC0415

    host = urlsplit(address).netloc
    if isinstance(error, requests.exceptions.SSLError):
        return TargetError(
            f"{host} cannot prove who it is.",
            "Check this computer's clock, and whether a proxy or a network with a log-in stands in between.",
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return TargetError(
            f"The proxy on the way to {host} does not let us through.", "Check HTTPS_PROXY and NO_PROXY."
        )
    if isinstance(error, requests.Timeout):
        return TargetError(
            f"{host} did not answer within {PATIENCE} seconds.", "Check the connection, and try again later."
        )
    return TargetError(f"{host} cannot be reached.", "Check the connection, and `endpoint` in config.toml.")


def _ahead(response: "requests.Response", asked: datetime, heard: datetime) -> timedelta | None:
    """Compare the middle of the exchange with the answer's Date, which is cut to whole seconds (RFC 9110, 6.6.1)."""
    try:
        theirs = parsedate_to_datetime(response.headers["Date"])
    except (KeyError, ValueError):
        return None
    # -0000 stands for a time of unknown place, and every server means UTC
    theirs = theirs if theirs.tzinfo is not None else theirs.replace(tzinfo=UTC)
    return asked + (heard - asked) / 2 - theirs - timedelta(seconds=0.5)


def _object(response: "requests.Response") -> Mapping[str, Any]:
    try:
        told = response.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
