"""The ledger for others, and a roadmap's history under a new name."""

import csv
import io
import json

import pytest

from sync.ledger.keys import Keys
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from tests.desk import Desk
from tests.invented import STARTED

LINES = "week/day-1/fill-a-page-with-straight-lines"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.write("roadmaps/week.md", STARTED)
    return desk


def ticked(desk: Desk) -> None:
    desk.run("done", LINES, "--at", "2026-03-02T18:00")
    desk.run("checkin", LINES, "--hours", "1.5", "--energy", "7", "--note", "=good\u2028day")


# --- export ---


def test_the_log_is_given_out_as_json_lines(desk):
    ticked(desk)
    lines = [json.loads(line) for line in desk.run("ledger", "export").out.removesuffix("\n").split("\n")]
    assert [(each["key"], each["kind"], each["source"]) for each in lines] == [
        (LINES, "done", "cli"), ("week/day-2/draw-twenty-boxes", "done", "text"), (LINES, "checkin", "cli"),
    ]  # fmt: skip


def test_the_log_is_given_out_for_spreadsheets(desk):
    ticked(desk)
    rows = list(csv.DictReader(io.StringIO(desk.run("ledger", "export", "--format", "csv").out)))
    assert [(row["kind"], row["hours"], row["note"]) for row in rows] == [
        ("done", "", ""), ("done", "", ""), ("checkin", "1.5", "'=good\u2028day"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("--json",), ("--json", "--format", "csv")])
def test_the_log_is_given_out_as_one_document(desk, words):
    ticked(desk)
    told = desk.run("ledger", "export", *words).json
    assert told["count"] == len(told["entries"]) == 3
    assert told["entries"][-1]["note"] == "=good\u2028day"


def test_the_log_is_written_to_a_file(desk):
    ticked(desk)
    said = desk.run("ledger", "export", "--out", "log/progress.jsonl")
    file = desk.folder / "log" / "progress.jsonl"
    assert said.out == f"✓ 3 entries in {file}\n"
    assert file.read_text("utf-8") == desk.run("ledger", "export").out
    told = desk.run("--json", "ledger", "export", "--out", "progress.csv", "--format", "csv").json
    assert told == {"file": str(desk.folder / "progress.csv"), "count": 3}


def test_without_a_ledger_nothing_is_given_out_and_none_is_made(desk):
    assert desk.run("ledger", "export").out == ""
    assert desk.run("ledger", "export", "--format", "csv").out.startswith("key,kind,at,")
    assert not desk.state.exists()


def test_a_file_that_cannot_be_written_ends_with_5(desk):
    desk.write("log", "")
    assert desk.run("ledger", "export", "--out", "log/progress.jsonl").code == 5


def test_a_wrong_format_and_a_wrong_command_end_with_2(desk):
    assert desk.run("ledger", "export", "--format", "xml").code == 2
    assert desk.run("ledger", "bogus").code == 2
    assert desk.run("ledger").code == 2


# --- rename ---


def moved(desk: Desk) -> None:
    (desk.roadmaps / "week.md").rename(desk.roadmaps / "sketches.md")


def standing(desk: Desk, key: str) -> bool:
    with open_ledger(desk.state) as ledger:
        found = Progress(ledger).standing(key)
    return found is not None and found.done


def shown(desk: Desk) -> dict[str, str]:
    return {item["title"]: item["key"] for item in desk.run("show", "--json").json["items"]}


def test_a_renamed_roadmap_keeps_its_keys_and_ticks(desk):
    ticked(desk)
    before = shown(desk)
    moved(desk)
    said = desk.run("ledger", "rename", "week", "sketches")
    assert said.out.startswith("✓ sketches has the history of week: 7 keys.\n")
    assert shown(desk) == before
    assert " was done already, " in desk.run("done", "straight lines").out
    desk.run("undo", "straight lines")
    assert not standing(desk, LINES)


def test_after_a_rename_and_the_export_that_it_names_there_is_nothing_to_push(desk):
    ticked(desk)
    desk.run("push", "--all", "--yes")
    moved(desk)
    said = desk.run("ledger", "rename", "week", "sketches")
    assert "sketches.ics from now on: `roadmap-sync export` writes it" in said.out
    assert desk.run("export").code == 0
    pushed = desk.run("push", "--all", "--yes")
    assert (pushed.code, "Nothing to do" in pushed.out) == (0, True)


def test_a_rename_as_json(desk):
    ticked(desk)
    moved(desk)
    told = desk.run("ledger", "rename", "week", "sketches", "--json").json
    assert told == {"old": "week", "new": "sketches", "keys": 7}


def test_a_second_rename_leads_from_the_first_name_to_the_last(desk):
    ticked(desk)
    before = shown(desk)
    moved(desk)
    desk.run("ledger", "rename", "week", "drawings")
    assert desk.run("ledger", "rename", "drawings", "sketches").code == 0
    assert shown(desk) == before


def test_keys_that_the_new_name_got_meanwhile_give_way(desk):
    ticked(desk)
    before = shown(desk)
    moved(desk)
    desk.run("done", "twenty boxes")
    assert desk.run("ledger", "rename", "week", "sketches").code == 0
    with open_ledger(desk.state) as ledger:
        assert {
            each.key.partition("/")[0] for each in Keys(ledger).all_keys("sketches") if not each.gone
        } == {"week"}
    assert shown(desk) == before
    desk.run("undo", "straight lines")
    assert not standing(desk, LINES)


@pytest.mark.parametrize("count", [1, 2])
def test_two_histories_are_not_thrown_together(desk, count):
    ticked(desk)
    moved(desk)
    for words in ("straight lines", "circles")[:count]:
        desk.run("done", words)
    said = desk.run("ledger", "rename", "week", "sketches")
    assert said.code == 2
    ticks = "a tick" if count == 1 else "2 ticks"
    assert said.err.startswith(f"The roadmap sketches has {ticks} of its own already")
    assert standing(desk, LINES)


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("week", "sketches", "There is still a roadmap called week"),
        ("wek", "sketches", "The ledger knows no roadmap called wek.\nDid you mean `week`?"),
        ("zzz", "sketches", "The ledger knows no roadmap called zzz.\nGive the slug that it had"),
        ("week", "week", "Both names are the same."),
        ("wek", "all", "The slug 'all' is the name of the feed of all roadmaps."),
        ("wek", "two words", "The slug 'two words' must be one word"),
    ],
)
def test_a_rename_that_cannot_be_is_a_usage_error(desk, old, new, title):
    ticked(desk)
    said = desk.run("ledger", "rename", old, new)
    assert said.code == 2
    assert said.err.startswith(title)


def test_without_a_ledger_nothing_can_be_renamed(desk):
    assert desk.run("ledger", "rename", "gone", "here").err.startswith(
        "The ledger knows no roadmap called gone."
    )
    assert not desk.state.exists()
