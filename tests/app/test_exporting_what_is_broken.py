"""A document, a name or a disk that is broken costs no more than itself, and is told."""

import os

import pytest

from sync.errors import ConfigError, RoadmapUnreadable
from tests.app.exports import export, feed, titled
from tests.invented import BROKEN, DATED, PHASED


def test_the_readable_part_of_a_broken_document_is_exported_each_time_with_its_errors(desk):
    desk.write("roadmaps/broken.md", BROKEN)
    for changed in (3, 0):
        done = export(desk)
        assert (len(done.changed), done.errors) == (changed, 1)
    assert titled(desk, "broken.ics", "first rehearsal")


MISTAKES = {
    "impossible-date": "- [ ] 31 April 2026: never\n",
    "end-before-start": "- 10 March 2026 - 5 March 2026: backwards\n",
    "unknown-zone": "- [ ] 4 March 2026, 18:00 XYZT: nowhere\n",
    "front-matter": "",
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_costs_its_own_line_and_is_told_with_what_to_do(desk, code):
    front = "---\nroadmap: {end: 2026-01-01, start: 2026-03-02}\n---\n" if code == "front-matter" else ""
    desk.write("roadmaps/choir.md", f"{front}# Choir 2026\n\n- [ ] 3 March 2026: rehearsal\n{MISTAKES[code]}")
    (problem,) = desk.run("check", "--json").json["roadmaps"][0]["problems"]
    assert (problem["code"], problem["severity"]) == (code, "error")
    assert problem["line"] > 0
    assert problem["suggestion"]
    assert desk.run("export").code == 4
    assert titled(desk, "choir.ics", "rehearsal")


@pytest.mark.parametrize("bad", [b"\0\1" * 99, b""])
def test_an_unreadable_document_hides_no_other_and_loses_nothing_of_what_was_exported(desk, bad):
    desk.write("roadmaps/dated.md", DATED)
    path = desk.write("roadmaps/phased.md", PHASED)
    export(desk)
    last = [feed(desk, name) for name in ("phased.ics", "phased.tasks.ics", "all.ics")]
    path.write_bytes(bad)
    (desk.roadmaps / "dated.md").write_text(DATED.replace("Measure", "Survey"), "utf-8")
    for changed in (("dated.ics", "dated.tasks.ics"), ()):
        done = export(desk)
        assert done.changed == changed
        assert done.files == ("dated.ics", "dated.tasks.ics", "phased.ics", "phased.tasks.ics", "all.ics")
        assert done.kept == ("phased.ics", "phased.tasks.ics", "all.ics")
        assert (done.errors, done.unread[0].file) == (1, "roadmaps/phased.md")
    assert titled(desk, "dated.ics", "Survey the plot")
    assert [feed(desk, name) for name in ("phased.ics", "phased.tasks.ics", "all.ics")] == last
    path.write_text(PHASED, "utf-8")
    assert export(desk).kept == ()
    assert titled(desk, "all.ics", "Survey the plot")


def test_an_unreadable_document_that_never_had_a_feed_keeps_none_back(desk):
    desk.write("roadmaps/dated.md", DATED)
    export(desk)
    desk.write("roadmaps/new.md", b"\0\1" * 99)
    (desk.roadmaps / "dated.md").write_text(DATED.replace("Measure", "Survey"), "utf-8")
    done = export(desk)
    assert (done.files, done.kept) == (("dated.ics", "dated.tasks.ics", "all.ics"), ())
    assert titled(desk, "all.ics", "Survey the plot")


def test_an_unreadable_neighbour_of_the_same_name_keeps_nothing_back(desk):
    desk.write("roadmaps/dated.md", DATED)
    export(desk)
    desk.write("roadmaps/dated.txt", b"")
    (desk.roadmaps / "dated.md").write_text(DATED.replace("Measure", "Survey"), "utf-8")
    assert export(desk).kept == ()
    assert titled(desk, "dated.ics", "Survey the plot")


def test_a_feed_of_all_that_is_not_there_yet_is_made_of_what_can_be_read(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/phased.md", PHASED)
    export(desk)
    (desk.folder / "feeds" / "all.ics").unlink()
    (desk.roadmaps / "phased.md").write_bytes(b"")
    assert export(desk).kept == ("phased.ics", "phased.tasks.ics")
    assert titled(desk, "all.ics", "Measure the plot")


def test_a_document_that_is_away_is_told_each_time(desk):
    desk.write("roadmaps/dated.md", DATED)
    for _ in range(2):
        said = desk.run("export", "dated", "missing.md", "--out", "out")
        assert said.code == 4
        assert said.err.startswith("There is no file")


def test_where_nothing_can_be_exported_nothing_is_written(desk):
    desk.write("all.md", DATED)
    with pytest.raises(RoadmapUnreadable, match="the feed of all roadmaps"):
        export(desk, "all.md", out=desk.folder / "out")
    assert not (desk.folder / "out").exists()


def test_two_roadmaps_of_one_name_do_not_share_a_feed(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/other.md", f"---\nroadmap: {{slug: dated}}\n---\n{PHASED}")
    done = export(desk)
    assert done.files == ("dated.ics", "dated.tasks.ics", "all.ics")
    assert done.unread[0].code == "slug-taken"
    assert titled(desk, "dated.ics", "Measure the plot")


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_one_clear_error(desk, out):
    desk.write("dated.md", DATED)
    desk.write("file", "not a folder")
    said = desk.run("export", "dated.md", "--out", out)
    assert said.code == 5
    assert len(said.err.splitlines()) == 2


def test_a_full_disk_leaves_the_feeds_as_they_were(desk, monkeypatch):
    path = desk.write("roadmaps/dated.md", DATED)
    export(desk)
    before = {each.name: each.read_bytes() for each in (desk.folder / "feeds").iterdir()}
    path.write_text(DATED.replace("Measure", "Survey"), "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ConfigError, match="No space left on device"):
            export(desk)
    assert {each.name: each.read_bytes() for each in (desk.folder / "feeds").iterdir()} == before
    assert "dated.ics" in export(desk).changed
