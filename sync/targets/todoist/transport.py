"""Requests to Todoist: one address, one token, one connection for as long as it is needed."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sync.errors import ConfigError
from sync.targets.todoist.refusals import Complaint, not_signed_in, of_request, translating, unreadable

if TYPE_CHECKING:
    import httpx

ENDPOINT = "https://api.todoist.com/"

_PATH = "api/v1/"
_PLAIN = re.compile(r"[0-9A-Za-z.:\[\]-]+")
"""A host and its port; no user and no escapes, which leave open which host is meant."""
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when by the service's own clock."""

    told: dict[str, Any]
    at: datetime | None


class Service:
    """The way to Todoist; counts what is sent.

    Raises `ConfigError` for an endpoint that would carry the token in the clear, and `NotAuthorised`
    for a token that is none. `transport` carries the requests in the place of the network.
    """

    def __init__(self, endpoint: str, token: str, transport: "httpx.BaseTransport | None" = None) -> None:
        self._base, self._local = _checked(endpoint)
        self.endpoint = endpoint
        if not token:
            raise not_signed_in("Nobody is signed in to Todoist.")
        if not token.isascii() or not token.isprintable() or " " in token:
            # said here, since the library would repeat the token in its own words
            raise not_signed_in("The Todoist token holds a character that no token has.")
        self._token = token
        self._transport = transport
        self.requests = 0

    @contextmanager
    def line(self) -> Iterator["Line"]:
        """Open a connection, closed at the end."""
        import httpx  # noqa: PLC0415 - 60 ms, and only who speaks to Todoist needs it

        with httpx.Client(
            base_url=self._base,
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=httpx.Timeout(10, connect=5, read=60, write=60),
            transport=self._transport,
            trust_env=not self._local,
        ) as client:
            yield Line(self, client)


class Line:
    """An open connection; every error is one of ours."""

    def __init__(self, service: Service, client: "httpx.Client") -> None:
        self._service = service
        self._client = client

    def sync(self, body: bytes) -> Answer:
        """Send a body to /sync."""
        return self._ask("POST", "sync", content=body, headers=_JSON)

    def completed(self, asked: Mapping[str, str]) -> Answer:
        """Ask for a page of finished tasks."""
        return self._ask("GET", "tasks/completed/by_completion_date", params=dict(asked))

    def _ask(self, method: str, path: str, **more: Any) -> Answer:
        self._service.requests += 1
        with translating():
            response = self._client.request(method, path, **more)
        try:
            told = json.loads(response.content)
        except ValueError:
            told = None
        if response.status_code != 200:
            complaint = Complaint.read(told, response.status_code)
            hurried = _hurried(complaint, response.headers.get("Retry-After"))
            raise of_request(hurried, self._service.endpoint)
        if not isinstance(told, dict):
            raise unreadable()
        return Answer(told, _moment(response.headers.get("Date")))


def _hurried(complaint: Complaint, header: str | None) -> Complaint:
    """Let the longer of both wishes count."""
    if header is None or not header.strip().isdigit():
        return complaint
    wish = max(float(header), complaint.after or 0)
    return Complaint(complaint.status, complaint.tag, complaint.code, complaint.text, wish)


def _moment(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None


def _checked(endpoint: str) -> tuple[str, bool]:
    """Return the address of the API, and whether it is on this computer."""
    parts = urlsplit(endpoint)
    local = _loopback(parts.hostname or "")
    if not _PLAIN.fullmatch(parts.netloc) or parts.scheme not in ("https", "http"):
        raise ConfigError(
            f"The Todoist endpoint {endpoint!r} is no address.",
            f"Set `endpoint` under [todoist] to {ENDPOINT}, or to that of a sandbox.",
        )
    if parts.scheme == "http" and not local:
        raise ConfigError(
            f"The Todoist endpoint {endpoint!r} would carry the token unencrypted.",
            "Set `endpoint` under [todoist] to one with https, or to a sandbox on this computer.",
        )
    return f"{endpoint.rstrip('/')}/{_PATH}", local


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
