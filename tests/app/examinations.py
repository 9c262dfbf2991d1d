"""What the doctor says at a desk, and the services that it looks at."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sync.config.settings import FILE
from sync.sandbox import Sandbox
from tests.desk import Desk, Said
from tests.sign_ins import Keyring, with_keyring

Lines = dict[str, dict[str, Any]]


def nobody_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is signed in anywhere."""
    monkeypatch.delenv("TODOIST_API_TOKEN", raising=False)
    with_keyring(monkeypatch, Keyring())


def examined(desk: Desk) -> tuple[Lines, Said]:
    said = desk.run("doctor", "--json")
    assert said.err == ""
    return {check["name"]: check for check in said.json["checks"]}, said


def states(lines: Lines) -> dict[str, str]:
    return {name: check["state"] for name, check in lines.items()}


def configured(desk: Desk, endpoint: str, *services: str) -> None:
    desk.write(FILE, "".join(f'[{each}]\nenabled = true\nendpoint = "{endpoint}"\n' for each in services))


def signed_in(desk: Desk, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("state/google-token.json", json.dumps(box.google.authorized_user())).chmod(0o600)
    monkeypatch.setenv("TODOIST_API_TOKEN", box.todoist.token)


@contextmanager
def at_google(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Google on loopback, enabled and signed in to."""
    nobody_is_signed_in(monkeypatch)
    with Sandbox() as made:
        configured(desk, made.url, "google")
        signed_in(desk, made, monkeypatch)
        yield made


def calendar_with_events(box: Sandbox) -> tuple[str, int]:
    """The one calendar that a push made, and how many events it has."""
    ((name, made),) = [
        (name, each)
        for name, each in box.google.account.calendars.items()
        if each.made_by and not each.deleted
    ]
    return name, sum(not event.cancelled for event in made.events.values())
