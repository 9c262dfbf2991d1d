"""A source of feeds that does as it is told, and a client that needs no socket."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from wsgiref.types import WSGIApplication
from wsgiref.util import setup_testing_defaults

import pytest

from sync.errors import RoadmapSyncError
from sync.serving.feeds import feed_app

TOKEN = "Zm9yLXRlc3RzLW9ubHktbm90LWEtcmVhbC1zZWNyZXQ"

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\n"
    "LAST-MODIFIED:20260105T080000Z\r\nNAME:Plan für Müller\r\n"
    "BEGIN:VEVENT\r\nUID:1\r\nLAST-MODIFIED:20260301T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


@dataclass
class Source:
    """Counts its refreshes, and fails where `error` is set."""

    shown: dict[str, bytes] = field(default_factory=lambda: {"all.ics": CALENDAR})
    error: Exception | None = None
    refreshes: int = 0

    def refresh(self) -> None:
        self.refreshes += 1
        if self.error is not None:
            raise self.error

    def feeds(self) -> Mapping[str, bytes]:
        return dict(self.shown)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Client:
    """Asks a WSGI application; header names as in HTTP."""

    app: WSGIApplication
    token: str = TOKEN

    def __call__(self, target: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for a request target, handed on undecoded as waitress does."""
        return self.environ({"REQUEST_URI": target}, method, **headers)

    def feed(self, name: str = "all.ics", method: str = "GET", **headers: str) -> Reply:
        return self(f"/f/{self.token}/{name}", method, **headers)

    def environ(self, environ: dict[str, str], method: str = "GET", **headers: str) -> Reply:
        asked: dict[str, object] = {"HTTP_HOST": "example.org:8080", "QUERY_STRING": "", **environ}
        asked["REQUEST_METHOD"] = method
        asked |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(asked)
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, sent: list[tuple[str, str]], exc_info: object = None) -> Callable[..., object]:
            started.append((status, sent))
            return lambda data: data

        chunks = self.app(asked, start)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        (status, sent) = started[0]
        assert len({name.lower() for name, _ in sent}) == len(sent), "a header was sent twice"
        return Reply(int(status.split()[0]), dict(sent), body)


@dataclass
class Clock:
    """Seconds that pass only when told."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ask(source: Source, said: list[str], clock: Clock) -> Client:
    """A client of an application whose source is `source`, in the year 2033."""
    return Client(feed_app(source, TOKEN, say=said.append, now=clock, clock=lambda: 2e9))


@pytest.fixture
def make_client(source: Source, said: list[str]) -> Callable[..., Client]:
    return lambda **options: Client(feed_app(source, TOKEN, say=said.append, **options))


@pytest.fixture
def trouble() -> RoadmapSyncError:
    return RoadmapSyncError("The roadmap thesis.md is empty.", "Paste it again.")
