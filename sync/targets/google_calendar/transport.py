"""Google's client library over a `requests` session, with the interface of httplib2 that it asks for.

httplib2 itself sends a POST again where an answer is lost, and mixes up the answers of threads. A
session does neither, keeps connections open, and can be mocked.
"""

from collections.abc import Mapping
from ssl import SSLCertVerificationError
from typing import Protocol

import httplib2
import requests
from requests.auth import AuthBase
from urllib3.exceptions import NewConnectionError

from sync.errors import RetryLater
from sync.targets.google_calendar.answers import Answer
from sync.targets.google_calendar.errors import cut_off, is_unauthorised, unproven, unreachable

TIMEOUT = (5.0, 60.0)
"""Seconds to connect, and between two bytes of an answer."""

Response = tuple[httplib2.Response, bytes]


class Tokens(Protocol):
    """Who we are to Google."""

    def bearer(self) -> str:
        """Return an access token. Raises `NotAuthorised` where there is none."""

    def renewed(self) -> str:
        """Return a new access token, for the last one was not accepted. Raises `NotAuthorised`."""


class _Bearer(AuthBase):
    """Signs a request; as `auth` of its own it also keeps a .netrc out of it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Http:
    """What googleapiclient takes for an `httplib2.Http`: signs, sends once, never follows a redirect."""

    def __init__(self, tokens: Tokens, session: requests.Session | None = None) -> None:
        self._tokens = tokens
        self._session = session or requests.Session()
        self.requests = 0
        """How many were sent so far, of every kind."""

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,
        connection_type: object = None,
    ) -> Response:
        """Return headers with the status, and the body; what was refused for its token goes out once more.

        Raises `OutOfReach` where nothing was sent, `FateUnknown` where no whole answer came, and what
        `Tokens` raises.
        """
        del redirections, connection_type
        found = self._sent(uri, method, body, headers, self._tokens.bearer())
        if found[0].status == 401 and is_unauthorised(Answer.of(401, found[0], found[1])):
            return self._sent(uri, method, body, headers, self._tokens.renewed())
        return found

    def renew(self) -> None:
        """Take a new token, because calls inside a batch were refused for theirs."""
        self._tokens.renewed()

    def _sent(
        self, uri: str, method: str, body: bytes | str | None, headers: Mapping[str, str] | None, token: str
    ) -> Response:
        data = body.encode() if isinstance(body, str) else body
        self.requests += 1
        try:
            answer = self._session.request(
                method, uri, data=data, headers=dict(headers or {}), auth=_Bearer(token),
                timeout=TIMEOUT, allow_redirects=False,
            )  # fmt: skip
            return _as_httplib2(answer), answer.content
        except requests.RequestException as cause:
            failure = _failure(cause)
        # raised here, where the failed request and its token are no part of the story any more
        raise failure


def _failure(cause: requests.RequestException) -> RetryLater:
    """Return what it means for a request that no answer came."""
    # requests wraps what urllib3 raised in an error of its own, and hands that over as an argument
    reason = getattr(cause.args[0], "reason", None) if cause.args else None
    if isinstance(reason, NewConnectionError) or isinstance(
        cause, requests.ConnectTimeout | requests.exceptions.ProxyError
    ):
        return unreachable()
    if any(isinstance(each, SSLCertVerificationError) for each in getattr(reason, "args", ())):
        return unproven()
    return cut_off(late=isinstance(cause, requests.Timeout))


def _as_httplib2(answer: requests.Response) -> httplib2.Response:
    named = {name.lower(): value for name, value in answer.headers.items()}
    # the body is unpacked already
    named.pop("content-encoding", None)
    made = httplib2.Response({**named, "status": str(answer.status_code)})
    made.reason = answer.reason
    return made
