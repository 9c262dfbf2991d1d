"""How a command ends: the exit code, and the one sentence that goes with it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from sync.app import checking
from sync.cli import main
from sync.errors import ConfigError
from tests.desk import Desk
from tests.invented import BROKEN, DATED, WEEK


def test_a_sound_document_ends_with_0_and_a_doubtful_one_too(desk):
    assert desk.run("check", desk.write("dated.md", DATED)).code == 0
    assert desk.run("check", desk.write("week.md", WEEK)).code == 0


def test_warnings_end_with_3_where_they_are_forbidden(desk):
    assert desk.run("check", desk.write("week.md", WEEK), "--strict").code == 3
    assert desk.run("check", desk.write("dated.md", DATED), "--strict").code == 0


def test_errors_in_a_document_end_with_4_after_its_good_part(desk, command):
    said = desk.run(command, desk.write("broken.md", BROKEN))
    assert said.code == 4
    assert said.out


def test_errors_outweigh_warnings_under_strict(desk):
    assert (
        desk.run("check", desk.write("broken.md", BROKEN), desk.write("week.md", WEEK), "--strict").code == 4
    )


@pytest.mark.parametrize(
    "words",
    [
        ("bogus",),
        ("check", "--bogus"),
        ("check", "--today", "yesterday"),
        ("check", "--today"),
        ("show", "--from", "1.1.2026"),
        ("plan", "--phase", ""),
        ("push", "--yes", "--phase", " "),
        ("add",),
        ("add", "x.md", "--timezone", "Mars/Olympus"),
        ("serve", "--port", "99999"),
        ("--json",),
        (),
    ],
)
def test_a_wrong_call_ends_with_2(desk, words):
    said = desk.run(*words)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_configuration_that_is_wrong_ends_with_5(desk):
    desk.write("config.toml", '[slots]\nweekday = "25:00"\n')
    said = desk.run("check", "--json")
    assert (said.code, said.json["error"]["code"]) == (5, "config")


def test_a_state_that_cannot_be_written_ends_with_11(desk):
    file, state = desk.write("dated.md", DATED), desk.write("state-file", "")
    said = desk.run("export", file, "--state", state, "--json")
    assert (said.code, said.json["error"]["code"]) == (11, "ledger")


def raising(error: BaseException) -> Callable[..., None]:
    def use_case(*_: object) -> None:
        raise error

    return use_case


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.exceptions.Abort()])
def test_an_interruption_ends_with_130(desk, monkeypatch, error):
    monkeypatch.setattr(checking, "check", raising(error))
    said = desk.run("check")
    assert (said.code, said.err.split("\n")[-3]) == (130, "Interrupted.")


def test_what_nobody_foresaw_is_one_sentence_and_ends_with_1(desk, monkeypatch):
    monkeypatch.setattr(checking, "check", raising(ValueError("seven")))
    said = desk.run("check", "-v")
    assert said.code == 1
    assert said.err.splitlines() == [
        "Something unexpected happened: ValueError: seven",
        "Run it again with -vv and report what it prints.",
    ]


@pytest.mark.parametrize("asked", [("-vv",), ("-v", "-v"), ("-vvv",)])
@pytest.mark.parametrize("error", [ValueError("seven"), ConfigError("a", "b")])
def test_the_traceback_is_for_who_asks_twice(desk, monkeypatch, asked, error):
    monkeypatch.setattr(checking, "check", raising(error))
    with pytest.raises(type(error)):
        main(["check", *asked])


def test_a_reader_that_has_gone_is_no_error(desk):
    file = desk.write("dated.md", DATED)
    program = f"from sync.cli import main; import sys; sys.stdin.read(); main(['check', {str(file)!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(b"")
        assert (process.returncode, err) == (0, b"")


# --- bad files ---


def directory(desk: Desk) -> Path:
    path = desk.folder / "folder"
    path.mkdir()
    return path


def pipe(desk: Desk) -> Path:
    path = desk.folder / "pipe.md"
    os.mkfifo(path)
    return path


def large(desk: Desk) -> Path:
    path = desk.write("large.md", "# Large\n")
    with path.open("r+b") as file:
        file.truncate(50_000_000)
    return path


BAD: dict[str, Callable[[Desk], Path]] = {
    "There is no file": lambda desk: desk.folder / "missing.md",
    "folder is a folder.": directory,
    "binary.md is not a text file.": lambda desk: desk.write("binary.md", bytes(range(256)) * 8),
    "empty.md is empty.": lambda desk: desk.write("empty.md", ""),
    "blank.md is empty.": lambda desk: desk.write("blank.md", " \n\n"),
    "pipe.md is a device or a pipe": pipe,
    "large.md is larger than 20 MB.": large,
}


@pytest.mark.parametrize("title", BAD)
def test_a_file_that_is_no_document_is_one_clear_error(desk, command, title):
    said = desk.run(command, BAD[title](desk))
    assert said.code == 4
    assert said.err.startswith(title)
    assert len(said.err.splitlines()) == 2
    assert said.out == ""
    assert not desk.roadmaps.exists()
    assert not (desk.folder / "feeds").exists()
