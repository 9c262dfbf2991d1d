"""A desk with a browser, and services on loopback that it is configured for."""

import json
from collections.abc import Iterator

import pytest

from sync.sandbox import Sandbox
from tests.desk import Desk
from tests.sign_ins import TODOIST_TOKEN, Browser, Canned, Keyring, browsing, canned, google, with_keyring


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """The keyring of this computer: absent, until a test gives it a priority; nor is there a token yet."""
    monkeypatch.delenv("TODOIST_API_TOKEN", raising=False)
    return with_keyring(monkeypatch, Keyring(priority=0))


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    with browsing(monkeypatch) as opened:
        yield opened


@pytest.fixture
def box(desk: Desk) -> Iterator[Sandbox]:
    with google() as sandbox:
        desk.write("config.toml", f'[google]\nenabled = true\nendpoint = "{sandbox.url}"\n')
        desk.write("client_secret.json", json.dumps(sandbox.google.client_secrets()))
        yield sandbox


@pytest.fixture
def service(desk: Desk) -> Iterator[Canned]:
    """Todoist as far as it is asked here."""
    with canned() as running:
        running.says(200, {"email": "me@example.com", "token": TODOIST_TOKEN})
        desk.write("config.toml", f'[todoist]\nenabled = true\nendpoint = "{running.url}"\n')
        yield running
