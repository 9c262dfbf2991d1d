"""What `add` asks, and whom."""

import os
import pty
import sys
from collections.abc import Iterator
from datetime import date

import click
import pytest
from click.testing import CliRunner

from sync.app.adding import Answers, Question, draft, questions
from sync.cli import cli
from sync.commands import asking
from sync.commands.options import DAY
from tests.app.additions import START
from tests.desk import Desk
from tests.invented import COUNTDOWN, DATED, WEEK


def test_only_what_decides_where_items_go_is_asked(desk):
    run = desk.world()

    def asked(text: str, answers: Answers) -> list[str]:
        made = draft(run, desk.write("pasted.txt", text), answers, replace_old=False)
        return [each.name for each in questions(made)]

    zoned = "# Calls\n\n- [ ] 3 March 2026, 18:00 CST: call home\n"
    assert asked(DATED, Answers()) == []
    assert asked(WEEK, Answers()) == ["start"]
    assert asked(WEEK, Answers(start=START)) == []
    assert "event_date" in asked(COUNTDOWN, Answers())
    assert "event_date" not in asked(COUNTDOWN, Answers(event_date=START))
    assert asked(zoned, Answers()) == ["timezone"]


class Asked:
    """A terminal with prepared answers."""

    def __init__(self, answers: Iterator[str]) -> None:
        self.answers = answers
        self.questions: list[str] = []

    def __call__(self, text, *, value_proc, **_):
        self.questions.append(text)
        return value_proc(next(self.answers))


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """Someone at the terminal who gives these answers in turn."""

    def sits_down(*answers: str) -> Asked:
        said = Asked(iter(answers))
        monkeypatch.setattr(click, "prompt", said)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        return said

    return sits_down


def test_an_answer_is_written_into_the_front_matter(desk, person):
    person("2026-03-02")
    out = desk.run("add", desk.write("pasted.txt", WEEK)).out
    assert "2 Mar to 5 Mar 2026" in out
    assert (
        (desk.roadmaps / "sketching-in-a-week.md")
        .read_text("utf-8")
        .startswith("---\nroadmap:\n  start: 2026-03-02\n")
    )


@pytest.mark.parametrize(("said", "start"), [("today", "2026-03-02"), (" Tomorrow ", "2026-03-03")])
def test_a_near_day_may_be_said_by_its_name(desk, person, said, start):
    person(said)
    assert desk.run("add", desk.write("pasted.txt", WEEK), today=date(2026, 3, 2)).code == 0
    assert f"start: {start}" in (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8")


def test_an_empty_answer_leaves_the_question_open(desk, person):
    said = person(" ")
    assert desk.run("add", desk.write("pasted.txt", WEEK)).code == 0
    assert said.questions == ["When does this plan start? (YYYY-MM-DD, empty to leave it open)"]
    assert (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8") == WEEK


@pytest.mark.parametrize("words", [("--yes",), ("--json",)])
def test_a_script_is_asked_nothing(desk, person, words):
    said = person()
    assert desk.run("add", desk.write("pasted.txt", WEEK), *words).code == 0
    assert said.questions == []


def test_three_questions_are_the_most(desk, person, monkeypatch):
    said = person("", "", "", "")
    names = ("start", "event_date", "timezone", "slug")
    monkeypatch.setitem(asking.KINDS, "slug", DAY)
    monkeypatch.setattr(asking, "questions", lambda _: [Question(name, f"{name}?") for name in names])
    desk.run("add", desk.write("pasted.txt", WEEK))
    assert [each.partition("?")[0] for each in said.questions] == ["start", "event_date", "timezone"]


def test_no_question_is_asked_where_nobody_sits(desk):
    file = desk.write("pasted.txt", WEEK)
    words = ["--state", str(desk.state), "--config", os.devnull, "add", str(file)]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 0
    assert "When does" not in told.output


def typed_at_a_terminal(desk: Desk, answers: bytes) -> tuple[int, str]:
    """Add a document on a terminal of its own, answer the questions, and give back all that was shown."""
    desk.write("pasted.txt", WEEK)
    words = ["--state", "state", "--config", os.devnull, "add", "pasted.txt"]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(desk.folder)
        os.execv(sys.executable, [sys.executable, "-m", "sync", *words])
    os.write(terminal, answers)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break  # Linux says so when the other end has gone
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_on_a_real_terminal_an_unreadable_answer_is_asked_again(desk):
    code, shown = typed_at_a_terminal(desk, b"someday\n2026-03-02\n")
    assert code == 0
    assert "'someday' is not a date; write it as 2026-01-31." in shown
    assert shown.count("When does this plan start?") == 2
    assert "\x1b[1m" in shown
    assert "start: 2026-03-02" in (desk.roadmaps / "sketching-in-a-week.md").read_text("utf-8")


def test_leaving_at_a_question_writes_nothing(desk):
    code, shown = typed_at_a_terminal(desk, b"\x04")
    assert code == 130
    assert "Interrupted." in shown
    assert not desk.roadmaps.exists()
    assert not desk.state.exists()
