"""Feeds are true to the ledger, keep what they are without it, and are the same everywhere."""

import os
import subprocess
import sys

import pytest

from sync.app.remembering import progress_token
from sync.ledger.keys import Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger
from tests.app.exports import LATER, events, export, feed, titled
from tests.desk import NOW, ZONE
from tests.invented import DATED, DOCUMENTS, STARTED

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
