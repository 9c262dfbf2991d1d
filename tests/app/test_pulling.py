"""Pulls: what was done on the other side comes into the ledger, once, from every target that answers."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sync.app import pulling
from sync.errors import NotAuthorised, TargetRefused
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger
from sync.targets.memory import Service
from tests.desk import NOW, Desk
from tests.invented import PHASED, WEEK
from tests.pushes import LATER, tick

BRAMBLES = "phased/2026-03-03/cut-the-brambles"


def changes(desk: Desk, *words: str) -> list[tuple[str, str, str]]:
    told = desk.run("pull", *words, "--json").json["changes"]
    return [(each["target"], each["change"], each["title"]) for each in told]


def log(desk: Desk, key: str) -> list[tuple[str, str, datetime]]:
    with open_ledger(desk.state) as ledger:
        return [(each.source, each.kind, each.at) for each in Progress(ledger).entries(key)]


# --- what comes in ---


def test_ticks_edits_moves_and_removals_are_told_once(garden, world):
    garden.run("push", "--yes", "--all")
    tick(world, "cut the brambles")
    burn, beans = world.thing("burn the cuttings"), world.thing("sow the beans")
    world.put(replace(burn, fields={**burn.fields, "title": "burn it all", "start": "2026-03-11"}))
    world.services["memory"].delete(beans.id)
    told = garden.run("pull", "--json").json
    assert told["requests"] == {"memory": 1}
    assert told["refused"] == []
    assert [(each["change"], each["title"]) for each in told["changes"]] == [
        ("done", "cut the brambles"), ("moved", "burn the cuttings"), ("edited", "burn the cuttings"),
        ("removed", "sow the beans"),
    ]  # fmt: skip
    assert told["changes"][0] == {
        "key": BRAMBLES, "title": "cut the brambles", "change": "done", "target": "memory",
        "at": "2026-03-02T14:00:00+03:00",
    }  # fmt: skip
    assert changes(garden) == []


def test_a_pull_as_a_person_reads_it(garden, world):
    garden.run("push", "--yes", "--all")
    tick(world, "cut the brambles")
    world.services["memory"].delete(world.thing("sow the beans").id)
    assert garden.run("pull").out.splitlines() == [
        "✓ memory: 1 done, 1 removed",
        "    ✓ cut the brambles  done, Mon 2 Mar 2026, 14:00",
        "    - sow the beans     removed",
    ]
    assert garden.run("pull").out == "✓ Nothing new on memory.\n"


def test_many_changes_are_counted_and_listed_when_asked(desk, world):
    days = "".join(f"- [ ] {day} March 2026: row {day}\n" for day in range(3, 23))
    desk.write("roadmaps/rows.md", f"# Rows 2026\n\n{days}")
    desk.run("push", "--yes", "--all")
    for title in list(world.titles):
        tick(world, title)
    lines = desk.run("pull").out.splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("✓ memory: 20 done", 14, "      and 8 more; -v lists them")
    for title in list(world.titles):
        tick(world, title, LATER - timedelta(days=1))
    assert len(desk.run("pull", "-v").out.splitlines()) == 21


def test_what_was_ticked_shows_in_status_and_in_the_feeds(garden, world):
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    garden.run("pull")
    assert garden.run("status", "--json").json["totals"]["done"] == 1
    garden.run("export")
    assert "STATUS:COMPLETED" in (garden.folder / "feeds" / "phased.tasks.ics").read_text("utf-8")


def test_an_untick_on_the_phone_opens_the_item(garden, world):
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    garden.run("pull")
    thing = world.thing("cut the brambles")
    world.put(replace(thing, done=None))
    assert changes(garden) == [("memory", "reopened", "cut the brambles")]
    assert garden.run("status", "--json").json["totals"]["done"] == 0


def test_a_pull_writes_nothing_on_the_other_side(garden, world):
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    garden.write("roadmaps/phased.md", PHASED.replace("burn the", "burn all the"))
    before = dict(world.services["memory"].things)
    garden.run("pull")
    assert world.services["memory"].things == before
    assert world.services["memory"].requests[-1] == 0


# --- what is news ---


def test_a_tick_made_here_is_no_news_when_the_feed_gives_it_back(garden):
    garden.run("done", BRAMBLES, "--at", "2026-03-02T08:00")
    garden.run("push", "--yes")
    assert changes(garden) == []
    assert [source for source, _, _ in log(garden, BRAMBLES)] == ["cli"]


def test_a_mark_in_the_text_is_no_news_when_the_feed_gives_it_back(desk):
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    desk.write("roadmaps/dated.md", "# D\n\n- [x] 1 March 2026 ✅ 2026-03-01: pack\n- [ ] 5 March 2026: go\n")
    desk.run("push", "--yes", "--all")
    assert changes(desk) == []
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK.replace('[x]', '[ ]')}")
    desk.run("pull")
    assert [kind for _, kind, _ in log(desk, "week/day-2/draw-twenty-boxes")] == ["done", "undone"]


def test_a_tick_of_a_part_of_a_second_is_the_same_tick_in_whole_seconds(garden, world):
    garden.run("push", "--yes")
    at = LATER.replace(microsecond=654_321)
    with open_ledger(garden.state) as ledger:
        Progress(ledger).record(Entry(BRAMBLES, "done", at, "cli"))
    tick(world, "cut the brambles", LATER)
    assert changes(garden) == []
    assert log(garden, BRAMBLES) == [("cli", "done", at)]


def test_a_second_tick_elsewhere_counts_from_the_earlier_one(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes")
    tick(world, "cut the brambles", LATER, "memory")
    tick(world, "cut the brambles", NOW, "other")
    told = garden.run("pull", "--json").json["changes"]
    assert [(each["target"], each["at"]) for each in told] == [("other", "2026-03-02T09:00:00+03:00")]
    assert changes(garden) == []
    assert sorted(at for _, _, at in log(garden, BRAMBLES)) == [NOW, LATER]
    with open_ledger(garden.state) as ledger:
        assert Progress(ledger).standing(BRAMBLES) == (True, NOW)


def test_a_later_tick_of_what_is_done_is_kept_and_no_news(garden, world):
    garden.run("push", "--yes")
    with open_ledger(garden.state) as ledger:
        Progress(ledger).record(Entry(BRAMBLES, "done", NOW, "cli"))
    tick(world, "cut the brambles", LATER)
    assert changes(garden) == []
    assert [source for source, _, _ in log(garden, BRAMBLES)] == ["cli", "memory"]


def test_an_undo_here_stands_against_an_older_tick_that_is_seen_only_now(garden, world):
    garden.run("push", "--yes")
    with open_ledger(garden.state) as ledger:
        Progress(ledger).record(Entry(BRAMBLES, "undone", LATER + timedelta(hours=1), "cli"))
    tick(world, "cut the brambles", LATER)
    assert changes(garden) == []
    assert garden.run("status", "--json").json["totals"]["done"] == 0


# --- several targets ---


def test_a_target_that_fails_leaves_the_others_complete(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    world.broken["other"] = TargetRefused("The quota is used up.", "Wait until tomorrow.")
    said = garden.run("pull")
    assert said.code == 6
    assert said.out.splitlines()[-2:] == [
        "✗ other: The quota is used up.",
        "    → Wait until tomorrow.",
    ]
    assert [kind for _, kind, _ in log(garden, BRAMBLES)] == ["done"]
    told = garden.run("pull", "--json")
    assert (told.code, told.json["refused"][0]["code"]) == (6, "target-refused")


@pytest.mark.parametrize("both", [False, True], ids=["one", "every one"])
def test_a_target_without_consent_ends_a_pull_with_7(garden, world, both):
    world.services = {"memory": Service(), "other": Service()}
    for name in ("memory", "other") if both else ("other",):
        world.broken[name] = NotAuthorised("Nobody is signed in.", "Run auth.")
    said = garden.run("pull", "--json")
    assert said.code == 7
    assert (said.json.keys() == {"error"}) == both


def test_targets_that_fail_differently_end_a_pull_with_6(garden, world):
    world.services = {"memory": Service(), "other": Service(), "third": Service()}
    world.broken["other"] = NotAuthorised("Nobody is signed in.", "Run auth.")
    world.broken["third"] = TargetRefused("No.", "Wait.")
    assert garden.run("pull").code == 6


def test_an_empty_answer_is_believed_only_when_told(garden, world):
    garden.run("push", "--yes")
    world.services["memory"].things.clear()
    assert garden.run("pull").code == 8
    assert garden.run("pull", "--force", "--json").json["changes"][0]["change"] == "removed"


def test_one_target_can_be_named_and_an_unknown_one_is_refused(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    assert garden.run("pull", "--target", "other", "--target", "other", "--json").json["requests"] == {
        "other": 1
    }
    said = garden.run("pull", "--target", "ics", "--target", "fax")
    assert said.code != 0


def test_a_target_that_nothing_has_is_a_wrong_call(garden):
    said = garden.run("pull", "--target", "fax", "--target", "ics")
    assert (said.code, said.err.startswith("There is no target named fax.")) == (2, True)


def test_another_run_makes_a_pull_wait_its_turn(garden, world):
    garden.run("push", "--yes")
    with sqlite3.connect(garden.state / "run.lock", isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        said = garden.run("pull")
    assert said.code == 10
    lock.close()


# --- without roadmaps ---


def test_ticks_come_in_though_no_roadmap_can_be_read(garden, world):
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    garden.write("roadmaps/phased.md", bytes(range(256)))
    said = garden.run("pull")
    assert (said.code, said.err.startswith("phased.md is not a text file")) == (0, True)
    assert "✓ cut the brambles" in said.out


def test_a_computer_without_roadmaps_pulls_too(garden, world):
    garden.run("push", "--yes")
    tick(world, "cut the brambles")
    (garden.roadmaps / "phased.md").unlink()
    told = pulling.pull(garden.world(state=garden.folder / "second"))
    assert [(each.change, each.title) for each in told.changes] == [("done", "cut the brambles")]
