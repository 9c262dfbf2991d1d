"""The request log: what was asked, what it cost, what was answered; never a token."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sync.sandbox.wire import Answer, Call, Request

HIDDEN = "[hidden]"
SECRET_FIELDS = frozenset(
    ("access_token", "oauth_token", "refresh_token", "token", "code", "code_verifier", "client_secret", "key")
)
SECRET_HEADERS = frozenset(("authorization", "cookie", "proxy-authorization"))
AUTHORIZATION_LINE = re.compile(rb"(?im)^(authorization:[ \t]*(?:bearer[ \t]+)?)[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and what became of it."""

    service: str
    door: str
    """`api`, or what else the service has: `sign-in`, `phone`."""
    method: str
    path: str
    """With its query; secrets are hidden."""
    headers: Mapping[str, str]
    body: bytes
    """Without authorization lines; empty at the doors where the body itself is a secret."""
    received: int
    """Bytes of the request's body."""
    status: int
    """Of the answer that was sent; 0 where the connection was cut."""
    sent: int
    """Bytes of the answer's body."""
    calls: tuple[Call, ...]
    """What was carried out, each call of a batch for itself."""
    fault: str
    """What went wrong on purpose, or nothing."""

    @property
    def units(self) -> int:
        """What it cost of the quota."""
        return sum(call.units for call in self.calls)


@dataclass(slots=True)
class Log:
    """Every exchange since the last `clear`, in order."""

    exchanges: list[Exchange] = field(default_factory=list)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self.exchanges)

    def __len__(self) -> int:
        return len(self.exchanges)

    def clear(self) -> None:
        """Forget what was recorded."""
        self.exchanges.clear()

    def add(self, exchange: Exchange) -> None:
        """Remember an exchange."""
        self.exchanges.append(exchange)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the log that one service's tests ask about."""

    log: Log
    service: str

    @property
    def requests(self) -> tuple[Exchange, ...]:
        """The HTTP requests to the API; signing in and the phone are not counted."""
        return tuple(e for e in self.log if (e.service, e.door) == (self.service, "api"))

    @property
    def sign_ins(self) -> tuple[Exchange, ...]:
        """The requests to the token and consent addresses."""
        return tuple(e for e in self.log if (e.service, e.door) == (self.service, "sign-in"))

    @property
    def calls(self) -> tuple[Call, ...]:
        """The API calls carried out, those inside batches one by one."""
        return tuple(call for exchange in self.requests for call in exchange.calls)

    @property
    def writes(self) -> tuple[Call, ...]:
        """The calls that may change something."""
        return tuple(call for call in self.calls if call.method != "GET")

    @property
    def units(self) -> int:
        """What all of it cost of the quota."""
        return sum(call.units for call in self.calls)

    def clear(self) -> None:
        """Forget the whole log, of all services."""
        self.log.clear()


def exchange(place: tuple[str, str], request: Request, answer: Answer, fault: str, *, cut: bool) -> Exchange:
    """What the log keeps of a request and its answer.

    `place` is the service and its door; `cut` says that the answer was not sent.
    """
    service, door = place
    return Exchange(
        service=service,
        door=door,
        method=request.method,
        path=_path(request),
        headers={k: HIDDEN if k in SECRET_HEADERS else v for k, v in request.headers.items()},
        body=AUTHORIZATION_LINE.sub(rb"\1" + HIDDEN.encode(), request.body) if door == "api" else b"",
        received=len(request.body),
        status=0 if cut else answer.status,
        sent=0 if cut else len(answer.body),
        calls=answer.calls,
        fault=fault,
    )


def _path(request: Request) -> str:
    if not request.query:
        return request.path
    pairs = [(k, HIDDEN if k in SECRET_FIELDS else v) for k, v in request.query]
    return f"{request.path}?{urlencode(pairs)}"
