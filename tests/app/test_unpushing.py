"""Taking back: what was pushed goes, what people put there stays, and the ledger remembers what was done."""

from dataclasses import replace
from shutil import rmtree

import pytest

from sync.app import unpushing
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from sync.targets.memory import Service
from tests.app.removals import BRAMBLES, DENTIST, pushed_beside_a_dentist
from tests.desk import Desk
from tests.invented import EVENINGS, PHASED
from tests.pushes import LATER, World, feed, steps, tick


@pytest.fixture
def pushed(garden: Desk, world: World) -> Desk:
    return pushed_beside_a_dentist(garden, world)


# --- what goes and what stays ---


def test_all_that_was_pushed_goes_and_nothing_else(pushed, world):
    said = pushed.run("unpush", "--yes")
    assert said.code == 0
    assert world.services["memory"].things == {"dentist": DENTIST}
    assert said.out.splitlines() == [
        "memory: phased",
        "  - delete 5",
        "    - Phase 1: clearing  2026-03-02",
        "    - cut the brambles   2026-03-03",
        "    - burn the cuttings  2026-03-10",
        "    - Phase 2: planting  2026-03-16",
        "    - sow the beans      2026-03-17",
        "",
        "Plan: 5 to delete.",
        "✓ memory: phased: 5 of 5 steps done",
        "What was ticked is kept in the ledger; `roadmap-sync status` still counts it.",
        "The next push would bring everything back, unless you switch it off:",
        "`enabled = false` under [memory] in config.toml.",
    ]


def test_what_was_ticked_there_goes_too_and_the_ledger_knows_it_though_nobody_pulled(pushed, world):
    tick(world, "cut the brambles")
    pushed.run("unpush", "--yes")
    assert list(world.services["memory"].things) == ["dentist"]
    with open_ledger(pushed.state) as ledger:
        assert Progress(ledger).standing(BRAMBLES) == (True, LATER)
    assert pushed.run("status", "--json").json["roadmaps"][0]["done"] == 1
    again = pushed.run("push", "--yes", "--all", "--json").json
    assert ("leave", "cut the brambles") in steps(again)
    assert "cut the brambles" not in world.titles


def test_hand_edits_that_would_go_are_told_before(pushed, world):
    for title in ("cut the brambles", "sow the beans"):
        thing = world.thing(title)
        world.put(replace(thing, fields={**thing.fields, "notes": "mine"}))
    assert "2 of them were changed there by hand; that goes, too." in pushed.run("unpush").out
    thing = world.thing("sow the beans")
    world.put(replace(thing, fields={**thing.fields, "notes": ""}))
    assert "One of them was changed there by hand; that goes, too." in pushed.run("unpush").out


def test_without_the_ledger_everything_still_goes_and_ticks_are_put_down_first(pushed, world):
    tick(world, "cut the brambles")
    rmtree(pushed.state)
    assert pushed.run("unpush", "--yes").code == 0
    assert world.services["memory"].things == {"dentist": DENTIST}
    with open_ledger(pushed.state) as ledger:
        assert Progress(ledger).standing(BRAMBLES) == (True, LATER)


def test_without_a_readable_roadmap_everything_still_goes(pushed, world):
    pushed.write("roadmaps/phased.md", bytes(range(256)))
    assert pushed.run("unpush", "--yes").code == 0
    (pushed.roadmaps / "phased.md").unlink()
    assert world.services["memory"].things == {"dentist": DENTIST}
    assert pushed.run("unpush", "--yes").out == "✓ Nothing that was pushed is on memory.\n"


def test_a_push_afterwards_brings_everything_back_once(pushed, world):
    before = sorted(world.titles)
    pushed.run("unpush", "--yes")
    pushed.run("push", "--yes", "--all")
    assert sorted(world.titles) == before
    assert pushed.run("push", "--yes", "--all", "--json").json["requests"] == {"memory": 1}


def test_what_was_removed_by_hand_stays_away_after_it(pushed, world):
    world.services["memory"].delete(world.thing("burn the cuttings").id)
    pushed.run("unpush", "--yes")
    pushed.run("push", "--yes", "--all")
    assert "burn the cuttings" not in world.titles


def test_a_copy_made_by_hand_stays_and_is_told(pushed, world):
    copy = replace(world.thing("sow the beans"), id="copy")
    world.services["memory"].things["copy"] = copy
    said = pushed.run("unpush", "--yes")
    assert "leave 1: a copy made by hand" in said.out
    assert world.services["memory"].things == {"dentist": DENTIST, "copy": copy}


def test_a_service_that_was_emptied_by_hand_is_no_danger(pushed, world):
    world.services["memory"].things.clear()
    said = pushed.run("unpush", "--yes")
    assert (said.code, said.out) == (0, "✓ Nothing that was pushed is on memory.\n")


# --- which roadmaps, which targets ---


@pytest.mark.parametrize("name", ["evenings", "roadmaps/evenings.md"])
def test_one_roadmap_can_be_named_by_slug_or_path(pushed, world, name):
    pushed.write("roadmaps/evenings.md", EVENINGS)
    pushed.run("push", "--yes", "--all")
    assert "orchestra" in world.titles
    said = pushed.run("unpush", "--yes", "--roadmap", name)
    assert "orchestra" not in world.titles
    assert "sow the beans" in world.titles
    assert said.out.endswith(
        "The next push would bring evenings back, as long as the file is in the folder of roadmaps.\n"
    )


def test_a_roadmap_named_in_its_front_matter_goes_by_its_file_too(desk, world):
    desk.write("roadmaps/allotment.md", f"---\nroadmap: {{slug: plot}}\n---\n{PHASED}")
    desk.run("push", "--yes", "--all")
    told = desk.run("unpush", "--yes", "--roadmap", "allotment", "--json").json
    assert [plan["roadmap"] for plan in told["plans"]] == ["plot"]
    assert world.titles == []


def test_a_roadmap_whose_file_is_gone_goes_by_its_slug_and_an_unknown_one_is_refused(pushed, world):
    (pushed.roadmaps / "phased.md").unlink()
    said = pushed.run("unpush", "--yes", "--roadmap", "phasd")
    assert (said.code, said.err.splitlines()) == (
        2,
        ["Nothing that was pushed goes by the name phasd.", "Did you mean `phased`?"],
    )
    said = pushed.run("unpush", "--yes", "--roadmap", "quite-another")
    assert said.err.splitlines()[1] == "Leave --roadmap away to remove all of them."
    assert pushed.run("unpush", "--yes", "--roadmap", "phased").code == 0
    assert list(world.services["memory"].things) == ["dentist"]


def test_the_feeds_are_left_alone_unless_they_are_named(garden, world):
    world.services = {"ics": Service(), "memory": Service()}
    garden.run("push", "--yes")
    garden.run("unpush", "--yes")
    assert len(world.services["ics"].things) == 3
    said = garden.run("unpush", "--yes", "--target", "ics")
    assert world.services["ics"].things == {}
    assert said.out.endswith("The next push or export writes the feeds again.\n")


def test_where_no_service_is_enabled_one_must_be_named(garden):
    said = garden.run("unpush", "--yes")
    assert (said.code, said.err.splitlines()[0]) == (2, "No service is enabled.")
    assert garden.run("unpush", "--target", "fax").err.startswith("There is no target named fax.")


def test_the_feeds_themselves_are_emptied(garden):
    garden.run("push", "--yes")
    assert feed(garden) != []
    assert garden.run("unpush", "--yes", "--target", "ics").code == 0
    assert (feed(garden), feed(garden, "all.ics")) == ([], [])
    garden.run("push", "--yes")
    assert "cut the brambles" in feed(garden)


def test_a_service_that_was_switched_off_can_be_emptied_too_and_nothing_brings_it_back(
    garden, world, monkeypatch
):
    garden.run("push", "--yes")
    monkeypatch.setattr(unpushing, "enabled", lambda run: ("ics",))
    said = garden.run("unpush", "--yes", "--target", "memory")
    assert (world.titles, "bring everything back" in said.out) == ([], False)


def test_to_empty_a_service_somebody_must_be_signed_in_though_it_is_switched_off(garden, monkeypatch):
    monkeypatch.delenv("TODOIST_API_TOKEN", raising=False)
    said = garden.run("unpush", "--target", "todoist")
    assert (said.code, said.err.splitlines()[0]) == (7, "Nobody is signed in to Todoist.")
