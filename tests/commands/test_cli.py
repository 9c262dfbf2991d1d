"""The command line: where options may stand, what goes to which stream, and how a command ends."""

import json
import os
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest

from sync import __version__
from sync.app import checking
from sync.cli import cli, main
from sync.commands import talking
from sync.commands.options import DAY, ROADMAP, Shared
from sync.errors import ConfigError
from tests.desk import Desk, at_desk
from tests.invented import BROKEN, DATED, EVENINGS, LANGUAGE, PHASED, WEEK

COMMANDS = ("add", "check", "export", "show")
"""The commands that end by themselves and take a file."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


# --- options ---


@pytest.mark.parametrize("words", [("--json", "check"), ("check", "--json")])
def test_a_shared_option_may_stand_before_and_after_the_command(desk, words):
    file = desk.write("dated.md", DATED)
    assert desk.run(*words, file).json["roadmaps"][0]["slug"] == "dated"


def test_an_option_after_the_command_wins_over_the_one_before(desk):
    file = desk.write("week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    before = desk.run("show", file, today=None).out
    said = desk.run("--today", "2026-01-01", "show", file, "--today", "2026-03-03", today=None)
    assert "Tue 3 Mar 2026  today" in said.out
    assert "today" not in before


@pytest.mark.parametrize("words", [("-v", "check"), ("check", "-v"), ("-v", "check", "-v")])
def test_every_line_is_shown_wherever_that_is_asked_for(desk, words):
    file = desk.write("dated.md", DATED)
    assert "Line by line" in desk.run(*words, file).out
    assert "Line by line" not in desk.run("check", file).out


def test_a_state_after_the_command_is_used(desk):
    file = desk.write("dated.md", DATED)
    assert desk.run("export", file, "--out", "out", "--state", desk.folder / "other").code == 0
    assert (desk.folder / "other" / "ledger.sqlite3").exists()
    assert not desk.state.exists()


def test_a_configuration_is_found_here_and_by_name(desk):
    desk.write("plans/dated.md", DATED)
    desk.write("config.toml", 'roadmaps = "plans"\n')
    desk.write("elsewhere/config.toml", 'roadmaps = "none"\n')
    assert desk.run("check", "--json").json["roadmaps"][0]["slug"] == "dated"
    assert desk.run("check", "--config", "elsewhere/config.toml").code == 5


def test_without_a_state_the_platforms_folder_is_used(desk, monkeypatch):
    file = desk.write("dated.md", DATED)
    with pytest.raises(SystemExit) as left:
        main(["export", str(file), "--out", "out"])
    assert left.value.code == 0
    assert (desk.folder / "data" / "roadmap-sync" / "ledger.sqlite3").exists()


def test_zones_have_the_rules_of_the_tzdata_package(desk):
    desk.run("check", desk.write("dated.md", DATED))
    (place,) = zoneinfo.TZPATH
    assert Path(place).parts[-2:] == ("tzdata", "zoneinfo")


# --- streams ---


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_one_document_and_nothing_else_on_stdout(desk, command):
    said = desk.run(command, desk.write("dated.md", DATED), "--json")
    assert said.code == 0
    assert isinstance(json.loads(said.out), dict)
    assert said.err == ""


@pytest.mark.parametrize("command", COMMANDS)
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


# --- exit codes ---


def test_a_sound_document_ends_with_0_and_a_doubtful_one_too(desk):
    assert desk.run("check", desk.write("dated.md", DATED)).code == 0
    assert desk.run("check", desk.write("week.md", WEEK)).code == 0


def test_warnings_end_with_3_where_they_are_forbidden(desk):
    assert desk.run("check", desk.write("week.md", WEEK), "--strict").code == 3
    assert desk.run("check", desk.write("dated.md", DATED), "--strict").code == 0


@pytest.mark.parametrize("command", COMMANDS)
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


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("title", BAD)
def test_a_file_that_is_no_document_is_one_clear_error(desk, command, title):
    said = desk.run(command, BAD[title](desk))
    assert said.code == 4
    assert said.err.startswith(title)
    assert len(said.err.splitlines()) == 2
    assert said.out == ""
    assert not desk.roadmaps.exists()
    assert not (desk.folder / "feeds").exists()


# --- help ---


def test_the_version_is_the_packages(desk):
    assert desk.run("--version").out == f"roadmap-sync, version {__version__}\n"


def test_without_a_command_the_help_is_shown(desk):
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2


def test_help_lists_the_commands_by_purpose(desk):
    told = desk.run("--help").out
    assert told.index("Roadmaps:") < told.index("check") < told.index("Feeds:") < told.index("export")


def test_help_of_a_command_ends_with_examples(desk):
    told = desk.run("check", "--help").out
    assert told.rstrip().endswith("for a script: exit 3 on any warning")
    assert "  roadmap-sync check plan.md -v\n      one file, line by line\n" in told


@pytest.mark.parametrize(
    ("typed", "hint"), [("shwo", "Did you mean `show`?"), ("zzz", "The commands are add, check, ")]
)
def test_a_command_that_does_not_exist_is_answered_with_those_that_do(desk, typed, hint):
    assert hint in desk.run(typed).err


def test_a_usage_error_points_at_the_help_of_its_command(desk):
    assert desk.run("show", "--bogus").err.endswith("See `roadmap-sync show --help`.\n")
    assert desk.run("--bogus").err.endswith("See `roadmap-sync --help`.\n")


# --- completion ---


def completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str) -> list[str]:
    monkeypatch.setenv("_ROADMAP_SYNC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    with pytest.raises(SystemExit):
        main([])
    return [line.partition(",")[2] for line in capsys.readouterr().out.splitlines()]


def test_the_shell_completes_commands(desk, monkeypatch, capsys):
    assert completed(monkeypatch, capsys, "roadmap-sync sh") == ["show"]


def test_the_shell_completes_roadmaps_of_the_folder_and_else_files(desk, monkeypatch, capsys):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/drawing.md", WEEK)
    assert completed(monkeypatch, capsys, "roadmap-sync check d") == ["dated", "drawing"]
    assert completed(monkeypatch, capsys, "roadmap-sync check x") == ["x"]


def test_the_shell_completes_from_the_configuration_that_is_named(desk, monkeypatch, capsys):
    desk.write("plans/dated.md", DATED)
    desk.write("mine.toml", 'roadmaps = "plans"\n')
    assert completed(monkeypatch, capsys, "roadmap-sync --config mine.toml check d") == ["dated"]
    assert completed(monkeypatch, capsys, "roadmap-sync check --config mine.toml d") == ["dated"]
    assert completed(monkeypatch, capsys, "roadmap-sync check --config none.toml d") == ["d"]


def test_a_completion_without_any_command_around_it_still_answers(desk):
    context = click.Context(click.Command("alone"))
    assert [each.value for each in ROADMAP.shell_complete(context, click.Argument(["x"]), "d")] == ["d"]


def test_a_day_that_is_one_already_stays_it():
    day = date(2026, 3, 2)
    assert DAY.convert(day, None, None) is day


# --- the commands say the same as their use cases ---


def test_two_roadmaps_that_overlap_are_told_in_three_lines(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.write("roadmaps/language.md", LANGUAGE)
    told = desk.run("check").out.partition("Between the roadmaps\n")[2].splitlines()
    assert told[:3] == [
        "  ! evenings and language overlap 24 times, first on 2 Mar 2026:",
        "    “practice the cello” and “vocabulary”, 20 times",
        "    and 1 other pair of items; -v lists them",
    ]


def test_an_agenda_names_what_is_wrong_on_stderr(desk):
    said = desk.run("show", desk.write("broken.md", BROKEN), "missing.md")
    assert "first rehearsal" in said.out
    first, second = said.err.splitlines()
    assert first.startswith("There is no file")
    assert second.startswith("1 error was found in the text")


def test_an_agenda_of_a_phase_runs_over_all_of_it(desk):
    file = desk.write("phased.md", PHASED)
    told = desk.run("show", file, today=date(2026, 1, 5)).out
    assert told == "Nothing from 5 Jan to 19 Jan 2026. The next thing is on Mon 2 Mar 2026.\n"
    assert "sow the beans" in desk.run("show", file, "--phase", "2", today=date(2026, 1, 5)).out


def test_a_command_of_the_group_that_is_not_there_is_none():
    context = click.Context(cli)
    assert cli.get_command(context, "bogus") is None


def test_completing_an_unknown_command_is_no_error():
    context = click.Context(cli, resilient_parsing=True)
    assert cli.resolve_command(context, ["bogus"])[1] is None
