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
    before = {path.name: path.read_bytes() for path in (desk.folder / "feeds").glob("*.ics")}
    assert desk.run("ledger", "rename", "week", "sketches").code == 0
    assert "Nothing to do" in desk.run("push", "--yes").out
    assert {path.name for path in (desk.folder / "feeds").glob("*.ics")} == {
        name.replace("week", "sketches") for name in before
    }
    desk.run("export")
    assert "Nothing to do" in desk.run("push", "--yes").out


def test_a_feed_that_was_exported_under_the_new_name_already_stays(desk):
    desk.run("export")
    newer = (desk.folder / "feeds" / "sketches.ics").read_bytes()
    assert desk.run("ledger", "rename", "week", "sketches").code == 0
    assert (desk.folder / "feeds" / "sketches.ics").read_bytes() == newer


def test_feeds_that_cannot_be_renamed_leave_the_ledger_as_it_was(desk, monkeypatch):
    def refused(path: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as closed:
        closed.setattr(Path, "rename", refused)
        said = desk.run("ledger", "rename", "week", "sketches")
    assert said.code == 5
    assert said.err.startswith("The feeds of week cannot be renamed: Permission denied.\n")
    assert desk.run("plan").code == 8


def test_force_pushes_it_as_another_roadmap(desk):
    assert desk.run("push", "--yes", "--force").code == 0


def test_a_roadmap_that_shares_nothing_with_one_that_vanished_is_pushed(desk):
    desk.write("roadmaps/sketches.md", "# Bread\n\n- [ ] Feed the starter by 3 March 2026\n")
    assert desk.run("push", "--yes").code == 0


# --- the former name ---


@pytest.fixture
def renamed(desk: Desk) -> Desk:
    """The file renamed, the ledger told, one item done, and all of it pushed."""
    desk.run("ledger", "rename", "week", "sketches")
    desk.run("done", "twenty boxes")
    desk.run("push", "--yes", "--all")
    return desk


def test_a_former_name_is_given_to_nothing_that_is_added(renamed):
    pasted = renamed.write("pasted.md", STARTED)
    said = renamed.run("add", pasted, "--slug", "week", "--yes")
    assert said.code == 2
    assert said.err.splitlines() == [
        "week is the former name of sketches, and its items are known by it.",
        "Add `--slug sketches --replace` if this is a newer version of it, else `--slug NAME`.",
    ]


def test_a_file_that_comes_under_a_former_name_takes_no_keys_away(renamed):
    """Both would read as the same items, and the renamed one would lose its ticks and be pushed anew."""
    renamed.write("roadmaps/week.md", STARTED)
    said = renamed.run("check", "week")
    assert said.code == 4
    assert "would be called week, which is the former name of sketches" in said.out + said.err
    renamed.run("export")
    plans = renamed.run("plan", "--all", "--json").json["plans"]
    assert [(each["roadmap"], each["counts"]["create"]) for each in plans] == [("sketches", 0)]
    assert renamed.run("status", "--json").json["roadmaps"][0]["done"] == 1


def test_a_name_that_was_given_back_is_free_again(renamed):
    (renamed.roadmaps / "sketches.md").rename(renamed.roadmaps / "week.md")
    assert renamed.run("ledger", "rename", "sketches", "week").code == 0
    assert renamed.run("check", "week").code == 0
