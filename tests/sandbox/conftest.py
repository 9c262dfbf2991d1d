"""A sandbox per test with a clock that stands still, and Google's own client library aimed at it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document

from sync.sandbox import Sandbox
from sync.sandbox.google.discovery import document_path

Json = dict[str, Any]


class Clock:
    """A time that moves when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **length: float) -> None:
        self.time += timedelta(**length)


class Raw:
    """The API without a client library: one request, one answer."""

    def __init__(self, box: Sandbox, session: requests.Session) -> None:
        self.box = box
        self.session = session
        self.token = box.google.authorized_user()["token"]

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        return self.session.request(
            method,
            self.box.url + path.lstrip("/"),
            data=body if isinstance(body, bytes) or body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            timeout=5,
            allow_redirects=False,
        )

    def events(self, calendar: str, rest: str = "") -> str:
        return f"/calendar/v3/calendars/{quote(calendar)}/events{rest}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(now=clock) as sandbox:
        yield sandbox


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


@pytest.fixture
def raw(box: Sandbox, session: requests.Session) -> Raw:
    return Raw(box, session)


@pytest.fixture
def calendar(box: Sandbox) -> str:
    """A calendar that the app has made."""
    return box.google.seed_calendar("Roadmaps", zone="Africa/Nairobi", by_app=True)


@pytest.fixture
def client(box: Sandbox) -> Iterator[Any]:
    """google-api-python-client, built from its own document with another root."""
    with connected(box, box.google.authorized_user()) as service:
        yield service


def connected(box: Sandbox, user: Json) -> Any:
    """A client for the API with the given credentials."""
    document = json.loads(document_path().read_text(encoding="utf-8"))
    document["rootUrl"] = box.url
    kept = ("token", "refresh_token", "token_uri", "client_id", "client_secret", "scopes")
    return build_from_document(document, credentials=Credentials(**{name: user[name] for name in kept}))


@pytest.fixture
def connect(box: Sandbox) -> Callable[[Json], Any]:
    return lambda user: connected(box, user)


@pytest.fixture
def timed() -> Callable[..., Json]:
    """A body for one hour on the fifth of January, with whatever else is said."""

    def body(**more: Any) -> Json:
        return {
            "summary": "Arrays",
            "start": {"dateTime": "2026-01-05T19:00:00", "timeZone": "Africa/Nairobi"},
            "end": {"dateTime": "2026-01-05T20:00:00", "timeZone": "Africa/Nairobi"},
            **more,
        }

    return body


@pytest.fixture
def whole_day() -> Callable[..., Json]:
    """A body for the whole fifth of January."""

    def body(**more: Any) -> Json:
        return {"summary": "Day", "start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}, **more}

    return body
