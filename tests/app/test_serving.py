"""`serve` as a process: its addresses, what it serves, and how it ends."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from sync.commands.options import Shared
from sync.commands.talking import open_doors
from sync.serving.welcome import welcome
from tests.desk import ZONE, Desk
from tests.invented import BROKEN, DATED


class Serving:
    """`serve` in a process of its own."""

    def __init__(self, desk: Desk, *words: str) -> None:
        program = [sys.executable, "-m", "sync", "--state", str(desk.state), "serve", "--port", "0", *words]
        self.process = subprocess.Popen(
            program, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TZ": ZONE},
        )  # fmt: skip
        self.watchdog = threading.Timer(60, self.process.kill)
        self.watchdog.start()

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def talk(self) -> str:
        """What it has said on stderr since it was last asked."""
        assert self.process.stderr is not None
        os.set_blocking(self.process.stderr.fileno(), False)
        try:
            return os.read(self.process.stderr.fileno(), 65536).decode()
        except BlockingIOError:
            return ""

    def get(self, address: str, **headers: str) -> tuple[int, str, bytes]:
        parts = urlsplit(address)
        assert parts.hostname is not None
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        try:
            connection.request("GET", parts.path, headers=headers)
            reply = connection.getresponse()
            return reply.status, reply.headers["ETag"] or "", reply.read()
        finally:
            connection.close()

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        self.watchdog.cancel()
        return self.process.returncode, out, err


@pytest.fixture
def serving(desk) -> Iterator[list[Serving]]:
    started: list[Serving] = []
    yield started
    for each in started:
        each.process.kill()
        each.process.communicate()
        each.watchdog.cancel()


def test_the_feeds_are_served_follow_the_documents_and_stop_cleanly(desk, serving):
    path = desk.write("roadmaps/dated.md", DATED)
    server = Serving(desk)
    serving.append(server)
    addresses = [server.line() for _ in range(3)]
    assert [each.rpartition("/")[2] for each in addresses] == ["all.ics", "dated.ics", "dated.tasks.ics"]
    assert all(each.startswith("webcal://127.0.0.1:") for each in addresses)
    everything = addresses[0].replace("webcal", "http")
    status, tag, body = server.get(everything)
    assert status == 200
    assert b"SUMMARY:" in body
    assert server.get(everything, **{"If-None-Match": tag})[0] == 304
    path.write_text(DATED.replace("Measure the plot", "Survey the orchard"), "utf-8")
    # the server looks again at most every two seconds; the client asks until it has
    while server.get(everything)[1] == tag:
        pass
    assert b"Survey the orchard" in server.get(everything)[2]
    code, _, err = server.end()
    assert code == 0
    assert err.startswith("Subscribe to a feed")
    assert "Only programs on this computer can read the feeds" in err
    assert "Google can reach" in err
    assert err.endswith("Stop with Ctrl-C.\nStopped.\n")


def test_a_program_gets_the_addresses_as_json(desk, serving):
    desk.write("roadmaps/dated.md", DATED)
    server = Serving(desk, "--json")
    serving.append(server)
    text = ""
    while not text.endswith("\n}\n"):
        assert server.process.stdout is not None
        text += server.process.stdout.readline()
    told = json.loads(text)
    assert [each["name"] for each in told["feeds"]] == ["all.ics", "dated.ics", "dated.tasks.ics"]
    assert server.get(told["feeds"][0]["http"])[0] == 200
    assert server.get(told["index"])[0] == 200
    code, out, _ = server.end(signal.SIGINT)
    assert (code, out) == (0, "")


def test_a_document_that_breaks_is_told_and_its_last_feed_served(desk, serving):
    path = desk.write("roadmaps/dated.md", DATED)
    server = Serving(desk)
    serving.append(server)
    everything = server.line().replace("webcal", "http")
    _, tag, body = server.get(everything)
    path.write_bytes(b"\0\1" * 99)
    said = ""
    while "The feeds stay as they were" not in said:
        assert server.get(everything) == (200, tag, body)
        said += server.talk()
    assert "dated.md is not a text file." in said
    assert server.end()[0] == 0


def test_a_server_says_that_there_are_errors_in_the_text(desk, serving):
    desk.write("roadmaps/broken.md", BROKEN)
    server = Serving(desk)
    serving.append(server)
    assert server.line().endswith("all.ics")
    code, _, err = server.end()
    assert code == 0
    assert "There are errors in the text of the roadmaps; `roadmap-sync check` names them." in err


def test_a_server_without_roadmaps_ends_with_the_reason(desk):
    said = desk.run("serve", "--port", "0")
    assert (said.code, said.err.splitlines()[0]) == (5, f"There is no folder of roadmaps at {desk.roadmaps}.")


def test_on_a_terminal_the_addresses_are_not_said_twice(desk, monkeypatch, capsys):
    told = welcome("http://127.0.0.1:1", "127.0.0.1", "t" * 43, ["all.ics"])
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    open_doors(Shared(), told)
    said = capsys.readouterr()
    assert said.out == ""
    assert "▄▄▄▄▄" in said.err
