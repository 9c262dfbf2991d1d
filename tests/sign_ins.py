"""What tests of signing in share: a keyring in memory, a browser in a thread, a service that says what it is told."""

import io
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click
import keyring
import pytest
import requests
from keyring.errors import KeyringError

from sync.app.run import Run
from sync.config.settings import load_config
from sync.sandbox import Sandbox
from sync.sandbox.google.quirks import Consent
from tests.desk import NOW, TODAY, Desk

APP = "https://www.googleapis.com/auth/calendar.app.created"
LIST = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
TODOIST_TOKEN = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Keyring:
    """A keyring in memory that can be absent, locked or full."""

    priority: float = 1
    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    locked: BaseException | None = None
    full: bool = False

    def get_password(self, service: str, entry: str) -> str | None:
        self._open()
        return self.entries.get((service, entry))

    def set_password(self, service: str, entry: str, secret: str) -> None:
        self._open()
        if self.full:
            raise KeyringError("Stub received bad data")
        self.entries[service, entry] = secret

    def delete_password(self, service: str, entry: str) -> None:
        self._open()
        del self.entries[service, entry]

    def _open(self) -> None:
        if self.locked is not None:
            raise self.locked


def with_keyring(monkeypatch: pytest.MonkeyPatch, ring: Keyring) -> Keyring:
    """Let the program find this keyring, and never the one of the person who runs the tests."""
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    return ring


class Clock:
    """A time that moves when it is told to."""

    def __init__(self, time: datetime = NOW) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **length: float) -> None:
        self.time += timedelta(**length)


@contextmanager
def google(clock: Clock | None = None) -> Iterator[Sandbox]:
    """Google on loopback, with a person who allows whatever is asked."""
    with Sandbox(now=clock) if clock else Sandbox() as box:
        box.google.quirks.consent = Consent.GIVEN
        yield box


def as_answer(body: Any) -> dict[str, Any]:
    """How `responses` wants a body that is JSON, and one that is not (or an exception to be raised)."""
    return {"json" if isinstance(body, dict | list) else "body": body}


class Browser:
    """Opens addresses, each in a thread, and goes where it is sent."""

    def __init__(self) -> None:
        self.pages: list[requests.Response] = []
        self._threads: list[threading.Thread] = []

    def open(self, address: str) -> bool:
        thread = threading.Thread(target=self._visit, args=(address,))
        self._threads.append(thread)
        thread.start()
        return True

    def _visit(self, address: str) -> None:
        self.pages.append(requests.get(address, timeout=10))

    def close(self) -> None:
        """Wait until every page is there."""
        for thread in self._threads:
            thread.join(10)


@contextmanager
def browsing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Put a browser in the place of the computer's own."""
    opened = Browser()
    monkeypatch.setattr("webbrowser.open", opened.open)
    yield opened
    opened.close()


def redirected(address: str) -> str:
    """Where a browser ends that has nothing at the address it is sent to."""
    return requests.get(address, timeout=10, allow_redirects=False).headers["Location"]


@dataclass
class Canned:
    """A service on loopback that gives one answer, whatever it is asked."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Method, path and Authorization of each request."""
    url: str = ""

    def says(self, status: int, body: Any, **headers: str) -> None:
        self.status, self.headers = status, headers
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()


@contextmanager
def canned() -> Iterator[Canned]:
    """Run such a service."""
    service = Canned()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append((self.command, self.path, self.headers["Authorization"]))
            self.send_response(service.status)
            for name, value in {"Content-Length": str(len(service.body)), **service.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(service.body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        loop = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        loop.start()
        service.url = f"http://127.0.0.1:{server.server_port}/"
        try:
            yield service
        finally:
            server.shutdown()
            loop.join()


def types(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Let a script give this on standard input."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[dict[str, Any]]:
    """Let a person at a terminal type this; returns how they were asked."""
    asked: list[dict[str, Any]] = []

    def prompt(text: str, **how: Any) -> str:
        asked.append({"text": text, **how})
        return answer

    types(monkeypatch, "")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    return asked


def standing(desk: Desk, service: str) -> dict[str, Any]:
    """What `auth status` says of a service."""
    found: list[dict[str, Any]] = desk.run("--json", "auth", "status", today=None).json["services"]
    return next(each for each in found if each["service"] == service)


def configured(desk: Desk) -> Run:
    """What a use case is given at this desk, its configuration included."""
    return Run(load_config(None, cwd=desk.folder, environ={}), desk.state, desk.folder, TODAY, NOW)
