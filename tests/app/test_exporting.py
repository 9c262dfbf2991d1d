"""Feeds on disk: written once, never half, the same everywhere, and true to the ledger."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sync.app import exporting, library
from sync.app.exporting import Exported, ServedFeeds, export_feeds, selection
from sync.app.remembering import progress_token
from sync.errors import ConfigError, RoadmapUnreadable
from sync.ledger.keys import Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger
from tests.desk import NOW, TODAY, ZONE, Desk, at_desk
from tests.invented import BROKEN, DATED, DOCUMENTS, EVENINGS, PHASED, WEEK

STARTED = f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


def export(desk: Desk, *names: str, out: Path | None = None, now: datetime = NOW) -> Exported:
    run = desk.world(now=now)
    return export_feeds(run, selection(run, names, out))


def feed(desk: Desk, name: str) -> str:
    return (desk.folder / "feeds" / name).read_bytes().replace(b"\r\n ", b"").decode()


def events(text: str) -> dict[str, dict[str, str]]:
    """The components of a feed by UID, each as its simple properties."""
    found = {}
    for part in re.findall(r"BEGIN:(?:VEVENT|VTODO)\r\n(.*?)END:(?:VEVENT|VTODO)", text, re.DOTALL):
        properties = dict(line.split(":", 1) for line in part.splitlines() if ":" in line)
        found[properties["UID"]] = properties
    return found


def titled(desk: Desk, name: str, words: str) -> dict[str, str]:
    """The one component of a feed whose title has these words."""
    (one,) = [each for each in events(feed(desk, name)).values() if words in each["SUMMARY"]]
    return one


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


# --- progress ---


def test_a_tick_in_the_ledger_shows_in_the_feeds(desk):
    desk.write("roadmaps/week.md", STARTED)
    export(desk)
    assert "COMPLETED" not in titled(desk, "week.tasks.ics", "straight lines")
    with open_ledger(desk.state) as ledger:
        (key,) = [each.key for each in Keys(ledger).all_keys("week") if "straight" in each.key]
        Progress(ledger).record(Entry(key, "done", NOW, "cli"))
    assert export(desk, now=LATER).changed == ("week.ics", "week.tasks.ics", "all.ics")
    assert titled(desk, "week.tasks.ics", "straight lines")["COMPLETED"] == "20260302T060000Z"


def test_a_mark_in_the_text_is_kept_in_the_ledger_and_taken_back_with_it(desk):
    path = desk.write("roadmaps/week.md", STARTED)
    export(desk)
    with open_ledger(desk.state) as ledger:
        (entry,) = Progress(ledger).entries()
    assert (entry.kind, entry.source, entry.at) == ("done", "text", NOW)
    path.write_text(STARTED.replace("[x]", "[ ]"), "utf-8")
    export(desk, now=LATER)
    assert titled(desk, "week.tasks.ics", "twenty boxes")["STATUS"] == "NEEDS-ACTION"
    with open_ledger(desk.state) as ledger:
        assert [each.kind for each in Progress(ledger).entries()] == ["done", "undone"]


def test_an_undo_in_the_ledger_outlives_the_mark_in_the_text(desk):
    desk.write("roadmaps/week.md", STARTED)
    export(desk)
    assert titled(desk, "week.tasks.ics", "twenty boxes")["STATUS"] == "COMPLETED"
    with open_ledger(desk.state) as ledger:
        (key,) = [each.key for each in Keys(ledger).all_keys("week") if "twenty" in each.key]
        Progress(ledger).record(Entry(key, "undone", LATER, "cli"))
    export(desk, now=LATER)
    assert titled(desk, "week.tasks.ics", "twenty boxes")["STATUS"] == "NEEDS-ACTION"


def test_a_renamed_roadmap_is_read_again(desk):
    path = desk.write("roadmaps/week.md", STARTED)
    export(desk)
    uids = set(events(feed(desk, "week.ics")))
    path.rename(desk.roadmaps / "drawing.md")
    with open_ledger(desk.state) as ledger:
        Keys(ledger).rename("week", "drawing")
    export(desk)
    assert set(events(feed(desk, "drawing.ics"))) == uids


def test_renaming_in_the_ledger_alone_moves_what_an_export_knows(desk):
    desk.write("roadmaps/week.md", STARTED)
    export(desk)
    before = progress_token(desk.state)
    with open_ledger(desk.state) as ledger:
        Keys(ledger).rename("other", "another")
    assert progress_token(desk.state) != before


# --- identity ---


def test_rewording_a_title_keeps_its_uid(desk):
    path = desk.write("roadmaps/week.md", STARTED)
    assert desk.run("export").code == 0
    before = titled(desk, "week.ics", "straight lines")
    path.write_text(STARTED.replace("with straight lines", "with very straight lines"), "utf-8")
    assert desk.run("export").code == 0
    after = titled(desk, "week.ics", "very straight lines")
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")


def test_losing_the_ledger_changes_no_uid_and_no_sequence_falls_back(desk):
    path = desk.write("roadmaps/week.md", STARTED)
    desk.run("export")
    path.write_text(STARTED.replace("start: 2026-03-02", "start: 2026-03-09"), "utf-8")
    desk.run("export")
    before = events(feed(desk, "week.ics"))
    assert "1" in {each["SEQUENCE"] for each in before.values()}
    for file in desk.state.iterdir():
        file.unlink()
    path.write_text(STARTED.replace("start: 2026-03-02", "start: 2026-03-16"), "utf-8")
    desk.run("export")
    after = events(feed(desk, "week.ics"))
    assert after.keys() == before.keys()
    assert all(int(after[uid]["SEQUENCE"]) >= int(each["SEQUENCE"]) for uid, each in before.items())
    assert "2" in {each["SEQUENCE"] for each in after.values()}


@pytest.mark.parametrize("text", [STARTED, DATED])
@pytest.mark.parametrize("kept", [set(), {"cache.sqlite3"}])
def test_losing_the_ledger_alone_changes_not_one_byte(desk, text, kept):
    desk.write("roadmaps/week.md", text)
    export(desk)
    before = feed(desk, "all.ics")
    for file in desk.state.iterdir():
        if file.name not in kept:
            file.unlink()
    assert export(desk, now=LATER).changed == ()
    assert feed(desk, "all.ics") == before


def test_feeds_are_the_same_on_another_day_with_another_state_and_another_hash_seed(desk):
    for name, text in DOCUMENTS.items():
        desk.write(f"roadmaps/{name}.md", text)
    made = []
    for seed, day in (("1", "2026-03-02"), ("2", "2026-03-05")):
        out = desk.folder / f"out{seed}"
        words = ["--state", str(desk.folder / f"state{seed}"), "--today", day, "export", "--out", str(out)]
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": ZONE}
        done = subprocess.run(
            [sys.executable, "-m", "sync", *words], env=environ, capture_output=True, check=False
        )
        assert done.returncode == 4, done.stderr  # one of the documents is broken
        made.append({each.name: each.read_bytes() for each in out.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 2 * len(DOCUMENTS) + 1


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


# --- what goes wrong ---


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


# --- what is served ---


def test_what_is_served_follows_the_documents(desk):
    desk.write("roadmaps/dated.md", DATED)
    source = ServedFeeds(desk.world)
    source.refresh()
    first = dict(source.feeds())
    assert first.keys() == {"dated.ics", "dated.tasks.ics", "all.ics"}
    source.refresh()
    assert source.feeds() == first
    desk.write("roadmaps/phased.md", PHASED)
    source.refresh()
    assert source.feeds().keys() == first.keys() | {"phased.ics", "phased.tasks.ics"}
    (desk.roadmaps / "phased.md").unlink()
    source.refresh()
    assert source.feeds().keys() == first.keys()


def test_a_roadmap_that_is_gone_is_served_no_longer_even_if_no_other_feed_changes(desk):
    desk.write("roadmaps/dated.md", DATED)
    undated = desk.write("roadmaps/week.md", WEEK)
    source = ServedFeeds(desk.world)
    source.refresh()
    assert "week.ics" in source.feeds()
    undated.unlink()
    source.refresh()
    assert source.feeds().keys() == {"dated.ics", "dated.tasks.ics", "all.ics"}


def test_a_roadmap_that_cannot_be_read_any_more_is_served_as_it_was(desk):
    desk.write("roadmaps/dated.md", DATED)
    path = desk.write("roadmaps/phased.md", PHASED)
    source = ServedFeeds(desk.world)
    source.refresh()
    before = dict(source.feeds())
    path.write_bytes(b"\0\1" * 99)
    source.refresh()
    assert source.feeds() == before
    assert source.errors == 1
    fresh = ServedFeeds(desk.world)
    fresh.refresh()
    assert fresh.feeds() == before


def test_a_server_that_lives_over_midnight_goes_by_the_new_day(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    days = iter([TODAY, TODAY + timedelta(days=1)])
    asked: list[date] = []

    def world():
        asked.append(next(days))
        return desk.world(today=asked[-1], now=datetime.now(UTC))

    source = ServedFeeds(world)
    source.refresh()
    source.refresh()
    assert asked == [TODAY, TODAY + timedelta(days=1)]


def test_a_feed_that_vanishes_while_it_is_fetched_is_left_out(desk, monkeypatch):
    desk.write("roadmaps/dated.md", DATED)
    source = ServedFeeds(desk.world)
    sound: Callable[..., Exported] = exporting.export_feeds

    def vanishing(*given):
        done = sound(*given)
        (done.folder / "dated.ics").unlink()
        return done

    monkeypatch.setattr(exporting, "export_feeds", vanishing)
    source.refresh()
    assert source.feeds().keys() == {"dated.tasks.ics", "all.ics"}
