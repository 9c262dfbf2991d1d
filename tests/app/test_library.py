"""The roadmaps on disk: how they are called, found and read."""

import errno
import os
from pathlib import Path

import pytest

from sync.app.library import find, in_folder, known_names, load, of_slug, shown
from sync.errors import ConfigError, RoadmapUnreadable
from tests.desk import Desk
from tests.invented import DATED, PHASED, UNTITLED, WEEK, damaged


def found(desk: Desk, *names: str) -> list[str]:
    run = desk.world()
    return [shown(path, run.cwd) for path in find(run.config, names, run.cwd)]


# --- finding ---


def test_without_a_name_every_document_of_the_folder_is_meant_in_order(desk):
    for name in ("b.md", "a.txt", "c.markdown", "d.MD", ".hidden.md", "notes.pdf"):
        desk.write(f"roadmaps/{name}", WEEK)
    (desk.roadmaps / "folder.md").mkdir()
    assert found(desk) == ["roadmaps/a.txt", "roadmaps/b.md", "roadmaps/c.markdown", "roadmaps/d.MD"]
    assert known_names(desk.world().config) == ["a", "b", "c", "d"]


def test_a_roadmap_is_called_by_path_file_name_or_slug(desk):
    desk.write("roadmaps/drawing.md", WEEK)
    desk.write("roadmaps/garden.md", f"---\nroadmap: {{slug: orchard}}\n---\n{DATED}")
    desk.write("notes", PHASED)
    assert found(desk, "roadmaps/drawing.md") == ["roadmaps/drawing.md"]
    assert found(desk, "drawing", "garden", "orchard") == ["roadmaps/drawing.md", "roadmaps/garden.md"]
    assert found(desk, "notes") == ["notes"]
    assert found(desk, "not/there", "gone.md") == ["not/there", "gone.md"]


def test_a_roadmap_goes_before_a_folder_of_its_name(desk):
    desk.write("roadmaps/drawing.md", WEEK)
    (desk.folder / "drawing").mkdir()
    (desk.folder / "painting").mkdir()
    assert found(desk, "drawing") == ["roadmaps/drawing.md"]
    assert found(desk, "painting") == ["painting"]


def test_an_unreadable_neighbour_does_not_stop_the_search_for_a_slug(desk):
    desk.write("roadmaps/a.md", b"\0\1" * 99)
    desk.write("roadmaps/garden.md", f"---\nroadmap: {{slug: orchard}}\n---\n{DATED}")
    assert of_slug(desk.world().config, "orchard") == desk.roadmaps / "garden.md"
    assert of_slug(desk.world().config, "other") is None


@pytest.mark.parametrize(("closed", "names"), [("iterdir", ()), ("iterdir", ("drawing",)), ("is_file", ())])
def test_a_folder_that_may_not_be_looked_into_is_a_matter_of_the_configuration(
    desk, monkeypatch, closed, names
):
    """It may not be listed, or it may be listed and what is in it not be seen."""
    desk.write("roadmaps/drawing.md", WEEK)

    def refused(path: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    config = desk.world().config
    monkeypatch.setattr(Path, closed, refused)
    with pytest.raises(ConfigError, match="cannot be looked into: Permission denied") as caught:
        find(config, names, desk.folder)
    assert caught.value.exit_code == 5
    assert "`roadmaps`" in caught.value.hint


def test_a_file_that_may_not_be_looked_at_is_not_taken_for_gone(desk, monkeypatch):
    desk.write("roadmaps/drawing.md", WEEK)
    assert desk.run("done", "circles").code == 0
    stat = Path.stat

    def refused(path: Path, **how: bool) -> os.stat_result:
        if path.suffix == ".md" or path.name == "notes":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refused)
    said = desk.run("undo", "circles")
    assert said.code == 5
    assert "cannot be looked into: Permission denied." in said.err
    assert desk.run("check", "notes").err.startswith("notes may not be read.\n")


def test_a_document_that_is_named_twice_is_read_once(desk):
    desk.write("roadmaps/drawing.md", WEEK)
    assert found(desk, "drawing", "roadmaps/drawing.md", "roadmaps/../roadmaps/drawing.md") == [
        "roadmaps/drawing.md"
    ]


@pytest.mark.parametrize(
    ("names", "name", "hint"),
    [
        (["drawing"], "drawin", "Did you mean `drawing`?"),
        (["drawing", "garden"], "zzz", "Known here: drawing, garden."),
        (list("abcdefghijklmn"), "zzz", "Known here: a, b, c, d, e, f, g, h, i, j, k, l, and more."),
        ([], "zzz", "Add it with `roadmap-sync add FILE`."),
    ],
)  # fmt: skip
def test_a_name_that_nobody_has_is_answered_with_those_there_are(desk, names, name, hint):
    for each in names:
        desk.write(f"roadmaps/{each}.md", WEEK)
    with pytest.raises(RoadmapUnreadable, match=f"There is no roadmap called {name}") as refused:
        found(desk, name)
    assert refused.value.hint == hint


def test_a_folder_that_is_missing_or_empty_is_told_with_what_to_do(desk):
    assert in_folder(desk.world().config) == []
    with pytest.raises(ConfigError, match="There is no folder of roadmaps"):
        found(desk)
    desk.roadmaps.mkdir()
    with pytest.raises(RoadmapUnreadable, match="holds no roadmap"):
        found(desk)


def test_a_path_is_shown_from_where_one_stands(desk, tmp_path_factory):
    run = desk.world()
    assert shown(desk.folder / "a" / "b.md", run.cwd) == "a/b.md"
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "c.md"
    assert shown(elsewhere, run.cwd) == elsewhere.as_posix()


# --- reading ---


def test_a_document_that_cannot_be_read_stands_among_the_others_with_its_reason(desk):
    paths = [desk.write("a.md", ""), desk.write("b.md", DATED), desk.folder / "💥.md"]
    empty, dated, missing = load(desk.world(), paths)
    assert (empty.exportable, dated.exportable, missing.exportable) == (False, True, False)
    assert [problem.message for problem in empty.schedule.problems] == ["a.md is empty."]
    assert missing.schedule.slug == "💥.md"
    assert (empty.lines, empty.schedule.receipts) == ((), ())
    assert dated.schedule.items


def test_where_nothing_can_be_read_the_first_reason_is_the_answer(desk):
    with pytest.raises(RoadmapUnreadable, match="is empty") as refused:
        load(desk.world(), [desk.write("a.md", ""), desk.folder / "b.md"])
    assert refused.value.hint == "Paste the roadmap into it and save it."


def test_a_slug_belongs_to_the_first_that_has_it(desk):
    paths = [desk.write("a/plan.md", DATED), desk.write("b/plan.md", PHASED)]
    first, second = load(desk.world(), paths)
    assert (first.exportable, second.exportable) == (True, False)
    assert second.schedule.problems[0].message == "b/plan.md would be called plan, which is a/plan.md."
    assert second.schedule.items


def test_a_document_is_called_after_its_file_where_it_says_no_name(desk):
    (loaded,) = load(desk.world(), [desk.write("House Repairs.txt", UNTITLED)])
    assert (loaded.schedule.slug, loaded.schedule.title) == ("house-repairs", "House Repairs")
    (nameless,) = load(desk.world(), [desk.write("💥.md", UNTITLED)])
    assert nameless.schedule.slug == "roadmap"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (DATED.encode(), ""),
        (damaged(DATED.replace("Key", "🔑 “Key”")), "1 line of text that had been read as mac-roman"),
        ("- [ ] 3 March 2026: caf\u00c3\u00a9\n".encode(), "1 line of "),
    ],
)  # fmt: skip
def test_what_was_repaired_is_said_in_one_line(desk, raw, told):
    (loaded,) = load(desk.world(), [desk.write("a.md", raw)])
    assert told in loaded.repaired
    assert bool(told) == bool(loaded.repaired)
