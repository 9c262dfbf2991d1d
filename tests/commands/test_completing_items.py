"""What the shells are offered for items and targets, and the script that makes them ask."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from sync.cli import cli
from sync.commands.completion import SHELLS, VARIABLE
from tests.desk import Desk
from tests.invented import DATED, WEEK
from tests.pages import ROOT
from tests.pushes import snapshot

SERIES = """\
# Choir 2026

**Start:** 2 March 2026
**End:** 6 March 2026

- Monday to Friday, 18:00-19:00: practice scales, arpeggios & songs
"""
Complete = Callable[..., list[str]]


@pytest.fixture
def complete(desk: Desk) -> Complete:
    """What is offered after these words; the last one is begun."""

    def offered(*words: str) -> list[str]:
        *before, begun = words
        shell = BashComplete(cli, {}, "roadmap-sync", VARIABLE)
        given = ["--state", str(desk.state), "--today", "2026-03-03", *before]
        return [each.value for each in shell.get_completions(given, begun)]

    return offered


@pytest.fixture
def read(desk: Desk) -> Desk:
    """A desk whose roadmaps have been read, and on which two items are ticked."""
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    assert desk.run("done", "measure the plot").code == 0
    return desk


# --- items ---


def test_keys_are_completed_by_what_can_be_done_with_them(read, complete):
    assert complete("done", "dated/week-1") == ["dated/week-1/test-the-soil"]
    assert complete("undo", "dated/") == ["dated/week-1/measure-the-plot"]
    assert "dated/week-1/period" in complete("checkin", "dated/week-1")
    assert complete("undo", "week/") == ["week/day-2/draw-twenty-boxes"]


def test_without_a_word_begun_every_open_item_is_offered(read, complete):
    offered = complete("done", "")
    assert "week/day-1/fill-a-page-with-circles" in offered
    assert "dated/week-1/measure-the-plot" not in offered


def test_titles_are_completed_word_by_word(read, complete):
    assert complete("done", "fi") == ["Fill"]
    assert complete("done", "fill", "") == ["a"]
    assert complete("done", "page", "with", "c") == ["circles"]
    assert complete("done", "page", "fill", "") == []
    assert complete("checkin", "twenty", "b") == ["boxes"]


def test_what_the_completed_words_mean_can_be_ticked(read, complete):
    words = ["with"]
    words += complete("done", *words, "ci")
    assert read.run("done", *words).code == 0
    assert read.run("done", *complete("done", "week/day-1/fill-a-page-with-s")).code == 0


def test_of_a_series_the_day_nearest_to_today_is_offered(desk, complete):
    desk.write("roadmaps/choir.md", SERIES)
    desk.run("done", "nothing at all")
    (key,) = complete("done", "choir/")
    assert key.endswith("@2026-03-03")
    assert desk.run("done", key).code == 0
    (key,) = complete("undo", "choir/")
    assert key.endswith("@2026-03-03")


def test_words_that_a_shell_would_take_for_its_own_are_not_offered(desk, complete):
    desk.write("roadmaps/choir.md", SERIES)
    desk.run("done", "nothing at all")
    assert complete("done", "scales,", "") == ["arpeggios"]
    assert complete("done", "arpeggios", "") == []


def test_an_item_is_explained_by_its_title(read):
    shell = ZshComplete(cli, {}, "roadmap-sync", VARIABLE)
    (offer,) = shell.get_completions(["--state", str(read.state), "done"], "dated/week-1")
    assert offer.help == "Test the soil"


def test_completing_changes_nothing(read, complete):
    before = snapshot(read.folder)
    complete("done", "")
    after = snapshot(read.folder)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    "words", [("done", "x"), ("undo", "a", "x"), ("checkin", ""), ("plan", "--roadmap", "x")]
)
def test_where_there_is_nothing_nothing_is_offered_and_nothing_made(desk, complete, words):
    assert complete(*words) in ([], ["x"])
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize("damage", ["state/ledger.sqlite3", "config.toml"])
def test_what_is_damaged_offers_nothing(desk, complete, damage):
    desk.write(damage, "no = = such thing" * 500)
    assert complete("done", "x") == []


def test_an_item_without_any_command_around_it_is_completed_too(read):
    command = cli.get_command(click.Context(cli), "done")
    assert command is not None
    context = command.make_context("done", ["--state", str(read.state)], resilient_parsing=True)
    item = next(each for each in command.params if each.name == "item")
    assert [each.value for each in item.shell_complete(context, "dated/week-1")] == [
        "dated/week-1/test-the-soil"
    ]


def test_completing_items_loads_no_parser_and_no_library_of_a_service(read):
    """A person waits for it at every key."""
    program = """if True:
        import sys
        from click.shell_completion import BashComplete
        from sync.cli import cli
        offers = BashComplete(cli, {}, "roadmap-sync", "_").get_completions(sys.argv[1:-1], sys.argv[-1])
        assert offers
        print(*{name.partition(".")[0] for name in sys.modules})
    """
    words = ["--state", str(read.state), "done", "dated/"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=read.folder, env={**environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = {"markdown_it", "ftfy", "yaml", "pydantic", "icalendar", "requests", "httpx", "google", "keyring"}
    assert heavy.isdisjoint(done.stdout.split())


# --- targets ---


def test_targets_are_completed(complete):
    assert complete("push", "--target", "i") == ["ics"]
    assert "memory" not in complete("plan", "--target", "")


# --- the script ---


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script_that_asks_the_program(desk, shell):
    said = desk.run("completion", shell)
    assert said.code == 0
    assert f"{VARIABLE}={shell}_complete" in said.out
    assert desk.run("completion", shell, "--json").json == {
        "shell": shell,
        "script": said.out.removesuffix("\n"),
    }


def test_the_shell_of_the_person_is_found(desk, monkeypatch):
    monkeypatch.setenv("SHELL", "/usr/local/bin/fish")
    assert desk.run("completion", "--json").json["shell"] == "fish"
    monkeypatch.setenv("SHELL", "/bin/sh")
    said = desk.run("completion")
    assert (said.code, said.err) == (2, "Which shell is meant is not known.\nName it: bash, zsh, fish.\n")


def test_a_shell_that_nobody_has_is_a_usage_error(desk):
    assert desk.run("completion", "tcsh").code == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_itself_completes(read):
    """The program stands on PATH under its own name, as after an installation."""
    program = read.write("bin/roadmap-sync", f'#!/bin/sh\nexec {sys.executable} -m sync "$@"\n')
    program.chmod(0o755)
    script = """
        source <(roadmap-sync completion bash)
        COMP_WORDS=(roadmap-sync --state "$STATE" done fi) COMP_CWORD=4
        _roadmap_sync_completion roadmap-sync; echo "${COMPREPLY[@]}"
    """
    environ = {
        **os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "STATE": str(read.state),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=read.folder,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("Fill\n", "")


def test_the_answers_are_in_the_form_of_each_shell(read, monkeypatch, capsys):
    monkeypatch.setenv("COMP_WORDS", f"roadmap-sync --state {read.state} done dated/week-1")
    monkeypatch.setenv("COMP_CWORD", "dated/week-1")
    assert FishComplete(cli, {}, "roadmap-sync", VARIABLE).complete().startswith("plain")
    monkeypatch.setenv("COMP_CWORD", "4")
    key = "dated/week-1/test-the-soil"
    assert BashComplete(cli, {}, "roadmap-sync", VARIABLE).complete() == f"plain,{key}"
    assert ZshComplete(cli, {}, "roadmap-sync", VARIABLE).complete() == f"plain\n{key}\nTest the soil"


def test_the_script_lies_where_the_help_says(desk):
    told = desk.run("completion", "--help").out
    for shell in SHELLS:
        assert f"roadmap-sync completion {shell} >" in told
