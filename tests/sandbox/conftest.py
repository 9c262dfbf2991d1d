"""A sandbox per test with a clock that stands still, and the services' own client libraries aimed at it."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from todoist_api_python.api import TodoistAPI

from sync.sandbox import Sandbox
from sync.sandbox.google.discovery import document_path
from tests.sandbox.browser import Phone

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


class Todo:
    """Todoist's API without a client library: one request, one answer."""

    def __init__(self, box: Sandbox, client: httpx.Client) -> None:
        self.box = box
        self.client = client
        self.numbers = itertools.count(1)

    def __call__(self, method: str, path: str, **rest: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.box.todoist.token}", **rest.pop("headers", {})}
        return self.client.request(method, f"{self.box.url}api/v1/{path}", headers=headers, **rest)

    def sync(self, *commands: Json, **fields: Any) -> Json:
        """One request to `/sync` as a form, which must be answered with 200."""
        form = {"commands": json.dumps(commands)} if commands else {}
        form |= {name: json.dumps(v) if isinstance(v, list) else v for name, v in fields.items()}
        answer = self("POST", "sync", data=form)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    def full(self, *types: str) -> Json:
        """Everything of some kinds, anew."""
        return self.sync(sync_token="*", resource_types=list(types or ("items",)))

    def command(self, kind: str, temp_id: str = "", **args: Any) -> Json:
        """A command with a uuid of its own."""
        told = {"type": kind, "uuid": f"uuid-{next(self.numbers)}", "args": args}
        return told | ({"temp_id": temp_id} if temp_id else {})

    def do(self, kind: str, **args: Any) -> Any:
        """Carry one command out, which must be accepted, and return the id it made."""
        told = self.sync(self.command(kind, "temp-id", **args))
        assert list(told["sync_status"].values()) == ["ok"], told
        return told["temp_id_mapping"].get("temp-id")

    def refused(self, kind: str, **args: Any) -> tuple[int, str]:
        """Carry one command out, which must be refused: status and tag."""
        (word,) = self.sync(self.command(kind, **args))["sync_status"].values()
        assert word != "ok"
        return word["http_code"], word["error_tag"]


@pytest.fixture
def todo(box: Sandbox) -> Iterator[Todo]:
    with httpx.Client(timeout=5) as client:
        yield Todo(box, client)


@pytest.fixture
def sdk(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[TodoistAPI]:
    """Todoist's own client library, aimed at the sandbox."""
    monkeypatch.setattr("todoist_api_python._core.endpoints.API_URL", f"{box.url}api/v1")
    with TodoistAPI(box.todoist.token) as api:
        yield api


@pytest.fixture
def project(box: Sandbox) -> str:
    """A project in Todoist."""
    return box.todoist.seed_project("Roadmaps")


@pytest.fixture
def phone(box: Sandbox, session: requests.Session) -> Phone:
    """The calendar on the phone."""
    return Phone(box, session)


@pytest.fixture
def task_phone(box: Sandbox, session: requests.Session) -> Phone:
    """The tasks on the phone."""
    return Phone(box, session, "phone/tasks")
