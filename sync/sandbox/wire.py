"""What crosses the wire: requests in, answers out, whatever the service."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import parse_qsl

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, or one call inside a batch."""

    method: str
    path: str
    """As sent: percent-encoded, with its leading slash, without the query."""
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names are lower-case."""
    body: bytes = b""

    @classmethod
    def at(cls, method: str, target: str, headers: Mapping[str, str], body: bytes) -> "Request":
        """Split the target of a request line into path and query."""
        path, _, query = target.partition("?")
        return cls(method, path, _pairs(query), headers, body)

    def first(self, name: str) -> str | None:
        """The first value of a query parameter."""
        return next((value for key, value in self.query if key == name), None)

    def form(self) -> dict[str, str]:
        """The fields of a form body; of repeated names the last one counts."""
        return dict(self.form_pairs())

    def form_pairs(self) -> tuple[tuple[str, str], ...]:
        """The fields of a form body with repeated names, in order."""
        return _pairs(self.body.decode("utf-8", "replace"))

    def unmasked(self) -> "Request":
        """The request that was meant: a long GET may travel as POST with `X-HTTP-Method-Override`."""
        meant = self.headers.get("x-http-method-override")
        if meant is None or self.method != "POST":
            return self
        return replace(self, method=meant.upper(), query=self.query + self.form_pairs(), body=b"")


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(text, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Call:
    """One API call, alone or inside a batch, as the log remembers it."""

    method: str
    path: str
    status: int
    name: str = ""
    """The method's id in the service's own words, for example `calendar.events.insert`."""
    units: int = 1
    """What it cost of the quota."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: status, headers and body; `calls` tells the log what was done for it."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    calls: tuple[Call, ...] = ()

    def having(self, *headers: tuple[str, str]) -> "Answer":
        """The same answer with more headers."""
        return replace(self, headers=self.headers + headers)

    def head(self) -> bytes:
        """Status line and headers, up to and including the empty line."""
        lines = [f"HTTP/1.1 {self.status} {phrase(self.status)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def phrase(status: int) -> str:
    """The reason phrase of a status."""
    return HTTPStatus(status).phrase


def json_answer(value: object, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Pretty JSON with an indent of one space, as Google's back end writes it."""
    return _json(json.dumps(value, indent=1, ensure_ascii=False) + "\n", status, headers)


def terse_answer(value: object, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """JSON without blanks."""
    return _json(json.dumps(value, separators=(",", ":"), ensure_ascii=False), status, headers)


def _json(text: str, status: int, headers: Iterable[tuple[str, str]]) -> Answer:
    return Answer(
        status, (("Content-Type", "application/json; charset=UTF-8"), *headers), text.encode("utf-8")
    )


def html_answer(text: str, status: int = 200) -> Answer:
    """A page."""
    return Answer(
        status,
        (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")),
        text.encode("utf-8"),
    )


def redirect(location: str, status: int = 303) -> Answer:
    """Send the browser elsewhere."""
    return Answer(status, (("Location", location),))
