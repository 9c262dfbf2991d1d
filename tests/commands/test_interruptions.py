"""Ctrl-C and SIGTERM in the middle of a push: a clean end at once, and the next run goes on where it stopped."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import wait

import pytest

from sync import cli
from sync.applying import abreast
from tests.desk import Desk
from tests.invented import PHASED
from tests.pages import ROOT
from tests.pushes import feed, steps

SLOW = """
import sys
from sync.remote import Answered, Sending
from sync.targets.ics.target import IcsTarget

class Slow(IcsTarget):
    '''Holds its breath at a moment of a write until somebody speaks to it.'''

    def write(self, intents):
        for event in super().write(intents):
            if isinstance(event, MOMENT):
                yield from self.waiting(event)
            else:
                yield event

    def waiting(self, event):
        if isinstance(event, Sending):
            yield event
        print("waiting", flush=True)
        sys.stdin.readline()
        if isinstance(event, Answered):
            yield event
"""
PROGRAM = """
import signal, sys
# a shell starts what runs in the background deaf to Ctrl-C, and with it the whole run of these tests
signal.signal(signal.SIGINT, signal.default_int_handler)
from sync.targets import registry
registry._PLACES["ics"] = "slow:Slow"
from sync.cli import main
main()
"""


def started(desk: Desk, moment: str, *words: str) -> "subprocess.Popen[str]":
    """A push that has come to a moment of its first write, and waits there."""
    desk.write("slow.py", SLOW.replace("MOMENT", moment))
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(desk.folder)])}
    given = ["--state", str(desk.state), "--today", "2026-03-02", *words]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *given],
        cwd=desk.folder, env=environ, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line == "waiting\n":
            return process
    raise AssertionError(said + process.communicate()[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["Sending", "Answered"])
def test_a_push_that_is_interrupted_ends_at_once_and_the_next_one_goes_on(desk, moment, number):
    """Nobody speaks to the target any more: were it waited for, this would never end."""
    desk.write("roadmaps/phased.md", PHASED)
    with started(desk, moment, "push", "--yes") as process:
        process.send_signal(number)
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait() == 130
    # on a terminal the line on which Ctrl-C was typed ends first
    assert said == (
        "\nInterrupted.\nNothing is half-written: run it again, and it goes on where it stopped.\n"
    )
    told = desk.run("push", "--yes", "--json")
    assert told.code == 0
    assert feed(desk) == ["Phase 1: clearing", "cut the brambles", "burn the cuttings"]
    assert steps(desk.run("plan", "--json").json) == []


def test_an_interruption_as_json_is_one_document(desk):
    desk.write("roadmaps/phased.md", PHASED)
    with started(desk, "Sending", "push", "--yes", "--json") as process:
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        said = process.stdout.read()
        assert process.wait() == 130
    assert '"code": "interrupted"' in said


def test_a_process_of_its_own_leaves_without_waiting_for_threads(monkeypatch, capsys):
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    with pytest.raises(SystemExit):
        cli._interrupted([], at_once=True)
    assert left == [130]
    with pytest.raises(SystemExit):
        cli._interrupted([], at_once=False)
    assert left == [130]
    with pytest.raises(KeyboardInterrupt):
        cli._as_ctrl_c(signal.SIGTERM, None)


def test_a_process_of_its_own_takes_sigterm_like_ctrl_c(monkeypatch):
    taken: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", taken.__setitem__)
    monkeypatch.setattr(sys, "argv", ["roadmap-sync", "--version"])
    with pytest.raises(SystemExit):
        cli.main()
    assert taken == {signal.SIGTERM: cli._as_ctrl_c}


def test_a_long_wait_hears_an_interruption(monkeypatch):
    """A wait with an end comes round again, so that a signal is heard on every system."""
    gate, rounds = threading.Event(), []

    def waited(running, timeout):
        rounds.append(timeout)
        if len(rounds) > 1:
            gate.set()
            return wait(running)
        return wait(running, timeout=0)

    monkeypatch.setattr("sync.applying.abreast.wait", waited)
    assert abreast.abreast({"a": gate.wait}) == {"a": True}
    assert rounds == [abreast.HEARING] * 2
