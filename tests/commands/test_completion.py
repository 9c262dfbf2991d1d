"""What the shell completes."""

import click
import pytest

from sync.cli import cli, main
from sync.commands.options import ROADMAP
from tests.invented import DATED, WEEK


def completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str) -> list[str]:
    with monkeypatch.context() as shell:
        shell.setenv("_ROADMAP_SYNC_COMPLETE", "bash_complete")
        shell.setenv("COMP_WORDS", words)
        shell.setenv("COMP_CWORD", str(words.count(" ")))
        with pytest.raises(SystemExit):
            main([])
    return [line.partition(",")[2] for line in capsys.readouterr().out.splitlines() if line]


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


def test_the_shell_completes_the_file_of_a_line_that_is_to_be_corrected(desk, monkeypatch, capsys):
    desk.write("roadmaps/dated.md", DATED)
    assert completed(monkeypatch, capsys, "roadmap-sync fix da") == ["dated"]
    assert completed(monkeypatch, capsys, "roadmap-sync fix roadmaps/da") == ["roadmaps/da"]


def test_the_shell_completes_the_names_of_a_renaming_old_ones_without_a_file_first(desk, monkeypatch, capsys):
    state = f"--state {desk.state}"
    assert completed(monkeypatch, capsys, f"roadmap-sync {state} ledger rename d") == []
    file = desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/drawing.md", WEEK)
    desk.run("export")
    assert completed(monkeypatch, capsys, f"roadmap-sync {state} ledger rename d") == []
    file.rename(desk.roadmaps / "days.md")
    desk.run("export")
    assert completed(monkeypatch, capsys, f"roadmap-sync {state} ledger rename d") == ["dated"]
    assert completed(monkeypatch, capsys, f"roadmap-sync {state} ledger rename dated d") == [
        "days",
        "drawing",
    ]
    assert completed(monkeypatch, capsys, "roadmap-sync --config none.toml ledger rename d") == []


def test_a_completion_without_any_command_around_it_still_answers(desk):
    context = click.Context(click.Command("alone"))
    assert [each.value for each in ROADMAP.shell_complete(context, click.Argument(["x"]), "d")] == ["d"]


def test_completing_an_unknown_command_is_no_error():
    context = click.Context(cli, resilient_parsing=True)
    assert cli.resolve_command(context, ["bogus"])[1] is None
