"""What is left in the account after everything was taken back."""

from collections.abc import Callable

import pytest

from sync.remote import Intent, Marker, Op
from sync.targets.todoist.target import TodoistTarget
from tests.contract.worlds import item
from tests.targets.todoist.computer import Computer, days, roadmap
from tests.targets.todoist.hands import TodoistWorld
from tests.targets.todoist.shipped import names, sections

COMMAND = "6a7c1f0e-5d0b-5c55-9d4e-0f4b1d6a2c11"


def withdrawn(world: TodoistWorld) -> TodoistTarget:
    """Delete all tasks of ours, done ones too, and return the target that did."""
    target = world.target()
    found = enumerate(target.read(b"").items)
    intents = [
        Intent(Op.DELETE, Marker(each.marker.key, 9, ""), f"{COMMAND[:-4]}{n:04}", remote_id=each.id)
        for n, each in found
    ]
    list(target.write(intents))
    return target


def test_a_project_of_ours_that_is_empty_goes(computer: Computer, world: TodoistWorld):
    world.add_foreign()
    computer.push(roadmap(*days(3)))
    world.tick("plan/day-1")
    before = world.foreign()

    assert withdrawn(world).tidy() == ("Bread",)
    assert names(world) == ["Inbox", "Home"]
    assert world.foreign() == before


def an_open_task(world: TodoistWorld, home: str) -> None:
    world.todoist.seed_task("own", project_id=home)


def a_finished_task(world: TodoistWorld, home: str) -> None:
    world.todoist.user_tick(world.todoist.seed_task("own", project_id=home))
    world.time.forward(days=200)


@pytest.mark.parametrize("keep", [an_open_task, a_finished_task])
def test_a_project_with_a_task_of_the_persons_stays_without_our_sections(
    computer: Computer, world: TodoistWorld, keep: Callable[[TodoistWorld, str], None]
):
    computer.push(roadmap(item("a"), item("b", phase="plan/two")))
    keep(world, world.task("plan/a")["project_id"])
    kept = world.todoist.seed_task("mine", section_id=world.task("plan/b")["section_id"])

    withdrawn(world).tidy()

    assert names(world) == ["Inbox", "Bread"]
    assert sections(world, "Bread") == ["Phase 2"]
    assert [each["id"] for each in world.todoist.tasks() if each["content"] == "mine"] == [kept]


def test_a_project_that_people_gave_another_name_stays(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(1)))
    world.todoist.commands.do(
        "project_update", {"id": world.task("plan/day-0")["project_id"], "name": "Study"}
    )

    assert withdrawn(world).tidy() == ("Phase 1",)
    assert names(world) == ["Inbox", "Study"]


def test_nothing_of_ours_is_nothing_to_tidy(computer: Computer, world: TodoistWorld):
    world.todoist.seed_project("Roadmaps")
    computer.pull()

    assert withdrawn(world).tidy() == ()
    assert names(world) == ["Inbox", "Roadmaps"]
