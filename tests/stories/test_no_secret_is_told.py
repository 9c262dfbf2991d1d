"""Tokens stay in the files that are their owner's alone; every story ends with the same search for them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from sync.ledger.store import FILE
from sync.sandbox.google.quirks import Consent
from sync.sandbox.google.service import refusal as google_refusal
from sync.sandbox.todoist.service import refusal as todoist_refusal
from tests.desk import Said
from tests.pages import ROOT
from tests.sign_ins import Browser, browsing
from tests.stories.computers import Computer
from tests.stories.home import Home

SLUG = "system-design-week-1"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    with browsing(monkeypatch) as opened:
        yield opened


@pytest.fixture
def laptop(home: Home, browser: Browser) -> Computer:
    """A laptop on which somebody signed in to both services by the commands."""
    home.box.google.quirks.consent = Consent.GIVEN
    laptop = home.computer(SLUG)
    secret = laptop.folder / "client_secret.json"
    secret.touch(0o600)
    secret.write_text(json.dumps(home.box.google.client_secrets()))
    laptop.run("auth", "google")
    return laptop


def in_a_process(laptop: Computer, *words: str) -> Said:
    """Carry out a command in a process of its own, with the traceback of what goes wrong."""
    program = [
        sys.executable,
        "-m",
        "sync",
        "--config",
        str(laptop.config),
        "--state",
        str(laptop.state),
        "-vv",
    ]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*program, *words], env=environ, capture_output=True, text=True, check=False)
    said = Said(done.returncode, done.stdout, done.stderr)
    laptop.home.said.append(said)
    return said


def test_whatever_is_done_and_whatever_goes_wrong(home, laptop):
    for words in (("plan", "-v"), ("push", "--yes", "-v"), ("status", "-v"), ("doctor",), ("auth", "status")):
        laptop.run(*words)
    for words in (("pull", "--json"), ("auth", "status", "--json"), ("ledger", "export"), ("export",)):
        laptop.run(*words)
    home.box.todoist.faults.add(todoist_refusal("403 FORBIDDEN"))
    home.box.google.faults.add(google_refusal("403 accessNotConfigured"))
    laptop.run("push", "--yes", "-v", code=6)
    old = home.box.todoist.token, *home.box.google.sign_in.snapshot()["refresh"]
    home.secrets.update(old, home.box.google.sign_in.snapshot()["access"])
    home.box.todoist.end_tokens()
    home.box.google.sign_in.end_consent()
    laptop.run("pull", code=7)
    laptop.run("push", "--yes", "--target", "google", code=7)
    assert "Traceback" in in_a_process(laptop, "push", "--yes", "--target", "todoist").err
    assert "Traceback" in in_a_process(laptop, "pull", "--target", "google").err
    laptop.run("auth", "google", "--revoke")
    assert list(home.leaks()) == []


def test_the_search_finds_a_token_wherever_it_is(home, laptop):
    token = home.box.todoist.token
    note = laptop.folder / "note.txt"
    note.write_text(f"my token: {token}")
    home.said.append(Said(0, "", f"Bearer {token}"))
    home.heard.lines.append(token)
    assert list(home.leaks()) == ["what was printed", "a log", str(note)]
    note.unlink()
    home.said.pop()
    home.heard.lines.pop()
    assert home.heard.lines != []


def test_a_token_file_that_others_may_read_is_found(home, laptop):
    file = laptop.state / "todoist-token"
    file.chmod(0o644)
    with pytest.raises(AssertionError, match="is open to others"):
        list(home.leaks())
    file.chmod(0o600)


def test_the_ledger_and_the_sandboxs_own_log_hold_none(home, laptop):
    laptop.run("push", "--yes")
    secrets = [home.box.todoist.token, *home.box.google.sign_in.snapshot()["access"]]
    assert secrets[1:] != []
    written = "\n".join(str(each) for each in home.box.log)
    assert not [each for each in secrets if each in written]
    assert (laptop.state / FILE).exists()
