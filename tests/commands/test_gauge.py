"""The bar: when it is drawn, how, that it goes away, and who is spared it."""

import io
import os
import pty
import sys
from collections.abc import Iterator

import pytest

from sync.app.run import unheard
from sync.commands.gauge import Gauge, bar
from sync.commands.options import Shared, is_screen
from sync.commands.talking import talk

FRESH = "\r\x1b[K"


class Clock:
    """Seconds that pass when they are told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Screen:
    """A terminal that is written to, and what stands on it by then."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.inner, self.outer = pty.openpty()

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.outer

    @property
    def written(self) -> str:
        os.set_blocking(self.inner, False)
        try:
            return os.read(self.inner, 10_000).decode()
        except BlockingIOError:
            return ""


@pytest.fixture
def screen() -> Iterator[Screen]:
    made = Screen()
    yield made
    os.close(made.inner)
    os.close(made.outer)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gauge(screen: Screen, clock: Clock) -> Gauge:
    return Gauge(screen, clock)  # type: ignore[arg-type]  # as much of a stream as it needs


def test_a_bar_is_as_full_as_the_work_is_done():
    assert bar("Reading", 1, 4) == "Reading ██████░░░░░░░░░░░░░░░░░░ 1/4"
    assert bar("Reading", 0, 4, "#.") == "Reading ........................ 0/4"
    assert bar("Reading", 999, 1000).count("░") == 1


def test_what_takes_less_than_a_second_shows_none(gauge, screen, clock):
    gauge("Reading", 0, 2)
    clock.seconds = 0.99
    gauge("Reading", 1, 2)
    gauge("Reading", 2, 2)
    assert screen.written == ""


def test_what_takes_longer_shows_one_and_takes_it_away(gauge, screen, clock):
    gauge("Pushing", 0, 2)
    clock.seconds = 1
    gauge("Pushing", 1, 2)
    assert screen.written == FRESH + bar("Pushing", 1, 2)
    gauge("Pushing", 2, 2)
    assert screen.written == FRESH


def test_it_is_not_drawn_more_often_than_a_person_can_see(gauge, screen, clock):
    for done in range(100):
        clock.seconds = 1 + done / 100
        gauge("Pushing", done, 100)
    assert screen.written == ""
    clock.seconds = 2.0
    gauge("Pushing", 50, 100)
    clock.seconds = 2.05
    gauge("Pushing", 51, 100)
    assert screen.written.count(FRESH) == 1


def test_the_next_work_has_a_second_of_its_own(gauge, screen, clock):
    gauge("Reading", 0, 1)
    clock.seconds = 5
    gauge("Reading", 1, 1)
    gauge("Pushing", 0, 2)
    clock.seconds = 5.9
    gauge("Pushing", 1, 2)
    assert screen.written == ""


def test_it_stays_on_one_line_of_a_narrow_terminal(gauge, screen, clock, monkeypatch):
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((20, 5)))
    gauge("Pushing", 0, 2)
    clock.seconds = 1
    gauge("Pushing", 1, 2)
    assert screen.written == FRESH + bar("Pushing", 1, 2)[:19]


def test_a_terminal_without_its_signs_gets_plain_ones(gauge, screen, clock):
    screen.encoding = "ascii"
    gauge("Pushing", 0, 2)
    clock.seconds = 1
    gauge("Pushing", 1, 2)
    assert screen.written == f"{FRESH}Pushing ############............ 1/2"


# --- who sees it ---


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("options", "term", "seen"), [(Shared(), "xterm", True), (Shared(), "dumb", False)])
def test_it_is_for_a_person_at_a_terminal(desk, monkeypatch, options, term, seen):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert isinstance(options.run().told, Gauge) is seen
    assert Shared(as_json=True).run().told is unheard


def test_a_pipe_sees_none(desk, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert Shared().run().told is unheard
    assert not is_screen(sys.stderr)


def test_what_is_said_stands_in_the_place_of_a_bar(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    talk("Interrupted.")
    assert stream.getvalue() == f"{FRESH}Interrupted.\n"
