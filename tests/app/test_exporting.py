"""Feeds on disk: what is written, for which roadmaps, and that nothing is done where nothing changed."""

import re
from datetime import date

import pytest

from sync.app import exporting, library
from sync.app.exporting import export_feeds, selection
from sync.remote import fingerprint
from tests.app.exports import LATER, export, feed, titled
from tests.desk import TODAY
from tests.invented import DATED, PHASED, STARTED
from tests.targets.ics.plans import calendar, tasks
from tests.targets.ics.readers import unfolded
from tests.targets.ics.whole import WHOLE

# --- nothing to do ---


def test_an_export_writes_two_feeds_for_each_roadmap_and_one_for_all(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/week.md", STARTED)
    done = export(desk)
    files = ("dated.ics", "dated.tasks.ics", "week.ics", "week.tasks.ics", "all.ics")
    assert (done.files, done.changed, done.errors) == (files, files, 0)
    assert sorted(each.name for each in done.folder.iterdir()) == sorted(files)


def test_an_unchanged_export_reads_nothing_and_writes_nothing(desk, monkeypatch):
    desk.write("roadmaps/dated.md", DATED)
    export(desk)
    before = {each: each.stat().st_mtime_ns for each in (desk.folder / "feeds").iterdir()}
    monkeypatch.setattr(library, "load", None)
    done = export(desk, now=LATER)
    assert (len(done.files), done.changed) == (3, ())
    assert {each: each.stat().st_mtime_ns for each in (desk.folder / "feeds").iterdir()} == before


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_feed_that_somebody_changed_is_made_again(desk, harm):
    desk.write("roadmaps/dated.md", DATED)
    export(desk)
    path = desk.folder / "feeds" / "dated.ics"
    sound = path.read_bytes()
    if harm == "change":
        path.write_bytes(b"")
    else:
        path.unlink()
    assert export(desk).changed == ("dated.ics",)
    assert path.read_bytes() == sound


@pytest.mark.parametrize(
    "moved", ["sync.reading.VERSION", "sync.app.exporting.FORMAT", "sync.app.exporting.__version__"]
)
def test_what_another_reader_or_program_exported_is_written_anew(desk, monkeypatch, moved):
    desk.write("roadmaps/dated.md", DATED)
    with monkeypatch.context() as older:
        older.setattr(moved, "0")
        older.setattr("sync.targets.ics.content.FORMAT", "0")
        export(desk)
    assert export(desk, now=LATER).changed == ("dated.ics", "dated.tasks.ics", "all.ics")
    assert export(desk, now=LATER).changed == ()


def test_feeds_that_say_something_else_than_before_have_another_form():
    """Where this fails and the change is meant: raise FORMAT of `sync/app/exporting.py`, and pin both anew."""
    feeds = b"".join((calendar(WHOLE), tasks(WHOLE)))
    # zones are left out, which the database of time zones may change; so is the order of lines
    said = re.sub(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", "", "\n".join(unfolded(feeds)), flags=re.DOTALL)
    lines = sorted(line for line in said.splitlines() if not line.startswith("X-ROADMAP-SYNC-SUM:"))
    assert (exporting.FORMAT, fingerprint("\n".join(lines))) == ("1", "K2DRkE3d")


def test_what_is_known_of_one_folder_is_not_forgotten_for_another(desk, monkeypatch):
    desk.write("roadmaps/dated.md", DATED)
    export(desk)
    export(desk, out=desk.folder / "public")
    monkeypatch.setattr(library, "load", None)
    assert export(desk).changed == export(desk, out=desk.folder / "public").changed == ()


def test_a_document_that_changes_while_it_is_read_is_exported_again(desk, monkeypatch):
    path = desk.write("roadmaps/dated.md", DATED)
    sound = library.load

    def slow(run, paths):
        loaded = sound(run, paths)
        path.write_text(DATED.replace("Measure", "Survey"), "utf-8")
        return loaded

    monkeypatch.setattr(library, "load", slow)
    export(desk)
    monkeypatch.setattr(library, "load", sound)
    assert "dated.ics" in export(desk).changed
    assert titled(desk, "dated.ics", "Survey the plot")


def test_a_day_that_decides_what_a_date_means_is_not_taken_from_memory(desk):
    desk.write("roadmaps/visits.md", "# Visits\n\n- [ ] Tue 3 March: dentist\n- [ ] Thu 5 March: optician\n")
    for today, day in ((TODAY, "20260303"), (date(2020, 1, 6), "20200303")):
        run = desk.world(today=today)
        export_feeds(run, selection(run, (), None))
        assert f"DTSTART;VALUE=DATE:{day}" in feed(desk, "visits.ics")


# --- what is selected ---


def test_naming_one_roadmap_keeps_the_others_in_the_feed_of_all(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/phased.md", PHASED)
    export(desk)
    (desk.roadmaps / "phased.md").write_text(PHASED.replace("beans", "peas"), "utf-8")
    done = export(desk, "dated")
    assert done.files == ("dated.ics", "dated.tasks.ics", "all.ics")
    assert titled(desk, "all.ics", "sow the peas")
    assert titled(desk, "phased.ics", "sow the beans")
    assert titled(desk, "all.ics", "Measure the plot")


def test_a_document_from_elsewhere_joins_the_feed_of_all(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("phased.md", PHASED)
    done = export(desk, "phased.md")
    assert done.files == ("phased.ics", "phased.tasks.ics", "all.ics")
    assert titled(desk, "all.ics", "Measure the plot")


def test_a_folder_of_its_own_holds_only_what_is_named(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/phased.md", PHASED)
    out = desk.folder / "public"
    assert export(desk, "dated", out=out).files == ("dated.ics", "dated.tasks.ics", "all.ics")
    assert b"sow the beans" not in (out / "all.ics").read_bytes()
