"""The options that every command takes: where they may stand, and which of two counts."""

import zoneinfo
from datetime import date
from pathlib import Path

import pytest

from sync.cli import main
from sync.commands.options import DAY
from tests.invented import DATED, WEEK


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


def test_a_day_that_is_one_already_stays_it():
    day = date(2026, 3, 2)
    assert DAY.convert(day, None, None) is day
