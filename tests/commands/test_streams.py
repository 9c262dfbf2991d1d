"""What goes to which stream, in which colours and how wide."""

import json
import os
import sys

import pytest

from sync.commands import talking
from sync.commands.options import Shared
from tests.invented import BROKEN, DATED


def test_json_is_one_document_and_nothing_else_on_stdout(desk, command):
    said = desk.run(command, desk.write("dated.md", DATED), "--json")
    assert said.code == 0
    assert isinstance(json.loads(said.out), dict)
    assert said.err == ""


def test_json_stays_alone_on_stdout_when_a_document_is_broken(desk, command):
    said = desk.run("-v", command, desk.write("broken.md", BROKEN), "--json")
    assert said.code == 4
    assert isinstance(json.loads(said.out), dict)


def test_an_error_goes_to_stderr_in_two_sentences(desk):
    said = desk.run("check", "missing.md")
    assert said.out == ""
    assert said.err.splitlines()[1] == "Check the spelling, or give the full path."


def test_an_error_as_json_is_a_document_with_code_title_and_hint(desk):
    said = desk.run("check", "missing.md", "--json")
    assert said.err == ""
    assert said.json["error"].keys() == {"code", "title", "hint"}
    assert said.json["error"]["code"] == "unreadable"


def test_a_usage_error_is_json_too_wherever_json_is_asked_for(desk):
    said = desk.run("check", "--bogus", "--json")
    assert (said.code, said.json["error"]["code"]) == (2, "usage")


def test_words_after_two_hyphens_are_no_options(desk):
    said = desk.run("check", "--", "--json", "-vv")
    assert said.code == 4
    assert said.out == ""
    assert "--json" in said.err


class Terminal:
    """A stream that a person looks at."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def isatty(self):
        return True

    def fileno(self):
        return 1


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_colours_are_for_terminals_that_want_them(monkeypatch, environ, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert talking.colours(Terminal(sys.stdout)) is coloured


@pytest.mark.parametrize(
    ("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"FORCE_COLOR": ""}, False)]
)
def test_colours_can_be_had_in_a_pipe_too(desk, monkeypatch, environ, coloured):
    for name, value in {"FORCE_COLOR": "1", **environ}.items():
        monkeypatch.setenv(name, value)
    said = desk.run("show", desk.write("dated.md", DATED))
    assert ("\x1b[" in said.out) is coloured


def test_a_pipe_gets_no_colours(desk):
    assert "\x1b" not in desk.run("check", desk.write("dated.md", DATED)).out


@pytest.mark.parametrize(
    ("columns", "width"), [("", 100), ("40", 60), ("72", 72), ("500", 120), ("0", 100), ("x", 100)]
)
def test_a_page_is_as_wide_as_asked_within_reason(desk, monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert talking.page(Shared()).columns == width


def test_on_a_terminal_a_page_has_its_columns(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "stdout", Terminal(sys.stdout))
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((84, 24)))
    assert talking.page(Shared()).columns == 84
