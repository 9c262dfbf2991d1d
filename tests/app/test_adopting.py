"""A computer that never gave a key takes it over from where it stands, before it reads a text that was reworded."""

from dataclasses import replace
from shutil import rmtree

from sync.targets.memory import Thing
from tests.desk import Desk
from tests.invented import PHASED
from tests.pushes import World, steps, tick

TIMED = """\
---
roadmap: {start: 2026-03-02}
---
# Dry stone walls

**Daily time:** 2 hours

## Day 1: gather stones
## Day 2-4: lay the first course
"""
REWORDED = PHASED.replace("cut the brambles", "cut all the brambles")


def elsewhere(desk: Desk) -> None:
    """Go on at a computer with the new text and a ledger that knows nothing."""
    rmtree(desk.state)
    desk.write("roadmaps/phased.md", REWORDED)


def test_a_title_reworded_since_it_was_pushed_changes_its_item_and_makes_no_second_one(garden, world):
    garden.run("push", "--yes", "--all")
    elsewhere(garden)
    planned = garden.run("plan", "--all", "--json").json
    pushed = garden.run("push", "--yes", "--all", "--json").json
    assert planned["digest"] == pushed["digest"]
    assert ("update", "cut all the brambles") in steps(pushed)
    assert {action for action, _ in steps(pushed)} == {"adopt", "update"}
    assert sorted(world.titles)[2:] == ["burn the cuttings", "cut all the brambles", "sow the beans"]
    # the words are shared out again without one more look
    assert pushed["requests"] == {"memory": 2}


def test_a_title_that_a_hand_changed_too_is_known_by_the_words_of_its_key(garden, world):
    garden.run("push", "--yes", "--all")
    thing = world.thing("cut the brambles")
    world.put(replace(thing, fields={**thing.fields, "title": "what a mess"}))
    elsewhere(garden)
    garden.run("push", "--yes", "--all")
    assert sorted(world.titles)[2:] == ["burn the cuttings", "sow the beans", "what a mess"]


def test_a_tick_on_the_old_words_counts_for_the_new_ones(garden, world):
    garden.run("push", "--yes", "--all")
    tick(world, "cut the brambles")
    elsewhere(garden)
    told = garden.run("push", "--yes", "--all", "--json").json
    assert "create" not in {action for action, _ in steps(told)}
    assert garden.run("status", "--json").json["roadmaps"][0]["done"] == 1


def test_a_marker_with_a_key_of_no_roadmap_is_left_alone(garden, world: World):
    odd = Thing(
        "odd", {"title": "?", "start": "", "end": "", "repeat": "", "notes": ""}, "roadmap-sync:1::odd"
    )
    world.services["memory"].things["odd"] = odd
    garden.run("push", "--yes", "--all")
    assert world.services["memory"].things["odd"] == odd


def test_the_times_set_aside_for_an_item_are_no_item_of_the_text(garden, world):
    garden.write("roadmaps/timed.md", TIMED)
    garden.run("push", "--yes", "--all")
    rmtree(garden.state)
    assert {action for action, _ in steps(garden.run("push", "--yes", "--all", "--json").json)} == {"adopt"}
    again = garden.run("push", "--yes", "--all", "--json").json
    assert steps(again) == []
