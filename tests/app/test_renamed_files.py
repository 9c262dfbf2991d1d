"""A file renamed without a word to the ledger: its roadmap is not pushed once more under the new name."""

from pathlib import Path

import pytest

from tests.desk import Desk, at_desk
from tests.invented import WEEK

STARTED = f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = at_desk(tmp_path, monkeypatch)
    desk.write("roadmaps/week.md", STARTED)
    assert desk.run("push", "--yes").code == 0
    (desk.roadmaps / "week.md").rename(desk.roadmaps / "sketches.md")
    return desk


@pytest.mark.parametrize("command", [("plan",), ("push", "--yes")])
def test_a_renamed_file_is_told_before_anything_is_doubled(desk, command):
    said = desk.run(*command)
    assert said.code == 8
    assert "sketches looks like week under another name" in said.err
    assert "roadmap-sync ledger rename week sketches" in said.err


def test_once_the_rename_is_said_there_is_nothing_to_push(desk):
    assert desk.run("ledger", "rename", "week", "sketches").code == 0
    desk.run("export")
    assert "Nothing to do" in desk.run("push", "--yes").out


def test_force_pushes_it_as_another_roadmap(desk):
    assert desk.run("push", "--yes", "--force").code == 0


def test_a_roadmap_that_shares_nothing_with_one_that_vanished_is_pushed(desk):
    desk.write("roadmaps/sketches.md", "# Bread\n\n- [ ] Feed the starter by 3 March 2026\n")
    assert desk.run("push", "--yes").code == 0
