"""Ctrl-C while a service lets a push wait for its answer: an end at once, and nothing is doubled by the next push."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from sync.sandbox import Sandbox
from sync.sandbox.faults import slow
from tests.app.examinations import configured, signed_in
from tests.desk import Desk
from tests.invented import PHASED
from tests.pages import ROOT
from tests.pushes import steps

PROGRAM = """
import signal
# a shell starts what runs in the background deaf to Ctrl-C, and with it the whole run of these tests
signal.signal(signal.SIGINT, signal.default_int_handler)
from sync.cli import main
main()
"""
LONG = 60.0
"""Seconds after which a test fails that would wait for ever."""
REQUESTS = {
    "a reading of the calendars": ("google", "^GET /calendar/v3/users/me/calendarList"),
    "a new calendar": ("google", "^POST /calendar/v3/calendars$"),
    "a batch of events": ("google", "^POST /batch"),
    "a reading of the tasks": ("todoist", "resource_types"),
    "new tasks": ("todoist", "item_add"),
}


@dataclass
class Tardy:
    """Services that keep an answer to themselves, once they have done the work, until they are let go."""

    asked: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def sleep(self, _seconds: float) -> None:
        self.asked.set()
        assert self.let_go.wait(LONG)


@pytest.fixture
def tardy() -> Iterator[Tardy]:
    made = Tardy()
    yield made
    made.let_go.set()


@pytest.fixture
def box(desk: Desk, tardy: Tardy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Both services on loopback, enabled and signed in to, and a roadmap to push."""
    with Sandbox(sleep=tardy.sleep) as made:
        made.google.quirks.quota = None
        configured(desk, made.url, "google", "todoist")
        signed_in(desk, made, monkeypatch)
        desk.write("roadmaps/phased.md", PHASED)
        yield made
        tardy.let_go.set()


def pushing(desk: Desk) -> "subprocess.Popen[str]":
    given = ["--state", str(desk.state), "--today", "2026-03-02", "push", "--yes"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *given],
        cwd=desk.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def titles(box: Sandbox) -> tuple[list[str], list[str]]:
    """Events in all calendars, and tasks."""
    with box.google.lock:
        living = [each for each in box.google.account.calendars.values() if not each.deleted]
        events = [event.resource for each in living for event in each.events.values() if not event.cancelled]
    return (
        sorted(each["summary"] for each in events),
        sorted(each["content"] for each in box.todoist.tasks(done=True)),
    )


@pytest.mark.parametrize("moment", REQUESTS)
def test_a_push_that_waits_for_an_answer_ends_at_once_and_the_next_one_doubles_nothing(
    desk, box, tardy, moment
):
    service, request = REQUESTS[moment]
    getattr(box, service).faults.add(slow(LONG), only=request)
    with pushing(desk) as process:
        assert tardy.asked.wait(LONG), process.communicate(timeout=LONG)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=LONG)
    assert process.returncode == 130
    assert said.endswith(
        "\nInterrupted.\nNothing is half-written: run it again, and it goes on where it stopped.\n"
    )
    tardy.let_go.set()
    again = desk.run("push", "--yes")
    assert again.code == 0, again
    assert titles(box) == (
        ["Phase 1: clearing", "☐ burn the cuttings", "☐ cut the brambles"],
        ["burn the cuttings", "cut the brambles"],
    )
    assert steps(desk.run("plan", "--json").json) == []
    assert len([each for each in box.google.account.calendars.values() if each.made_by]) == 1
