"""Items that stand in the files more than once: copies that people made, and halves of different age."""

from dataclasses import replace

import pytest

from tests.targets.ics.plans import MUCH_LATER, THREE, reworded
from tests.targets.ics.pushing import Desk, left
from tests.targets.ics.readers import components

RENAMED = reworded(THREE, 0, title="x")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.push(THREE)
    return desk


def test_a_copy_made_by_hand_is_told_and_left_alone(desk, world):
    copy = world.block("plan.ics", "plan/a").replace(THREE.items[0].uid, "copied")
    world.insert(copy)

    assert left(desk.plan(THREE)) == {"plan/a": "a copy made by hand"}
    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)
    assert copy in desk.file("plan.ics").decode()
    desk.push(replace(THREE, items=THREE.items[1:]), now=MUCH_LATER)
    assert copy in desk.file("plan.ics").decode()


def test_the_same_component_twice_is_one_item(desk, world):
    world.insert(world.block("plan.ics", "plan/a"))

    assert desk.plan(THREE).effects == ()
    desk.push(reworded(THREE, 1, title="x"), now=MUCH_LATER)
    assert desk.file("plan.ics").decode().count(world.block("plan.ics", "plan/a")) == 2
    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)
    assert len(components(desk.file("plan.ics"))) == 3


def test_a_copy_that_stands_before_the_item_is_not_written_in_its_place(desk, world):
    original = world.block("plan.ics", "plan/a")
    copy = original.replace(THREE.items[0].uid, "copied")
    desk.edit("plan.ics", original, copy + original)

    desk.push(RENAMED, now=MUCH_LATER)

    assert copy in desk.file("plan.ics").decode()
    (written,) = [each for each in components(desk.file("plan.ics")) if each["UID"] == THREE.items[0].uid]
    assert written["SUMMARY"] == "☐ x"


@pytest.mark.parametrize("name", ["plan.ics", "plan.tasks.ics"])
def test_of_an_event_and_a_task_of_different_revisions_the_later_one_counts(desk, world, name):
    older = world.block(name, "plan/a")
    desk.push(RENAMED, now=MUCH_LATER)
    desk.edit(name, world.block(name, "plan/a"), older)

    assert desk.there(RENAMED)["plan/a"].marker.revision == 2
