"""How many requests a push and a pull cost."""

from dataclasses import replace

import pytest

from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import TodoistWorld


@pytest.mark.parametrize(("number", "writes"), [(1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_first_push_costs_a_reading_and_a_request_for_each_hundred(
    computer: Computer, world: TodoistWorld, number: int, writes: int
):
    tasks = days(number)
    computer.push(roadmap())
    world.requests()

    computer.push(roadmap(*tasks))
    made = world.requests()
    assert len(world.todoist.tasks()) == number
    assert made == writes + 1 + 1  # the last one makes project and section

    more = days(20, first=900)
    computer.push(roadmap(*tasks, *more))
    assert world.requests() == 2


def test_nothing_to_do_costs_one_request(computer: Computer, world: TodoistWorld):
    plan = roadmap(*days(120))
    computer.push(plan)
    world.requests()

    assert effects(computer.push(plan)) == []
    assert world.requests() == 1


def test_a_pull_costs_one_request(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(3)))
    world.tick("plan/day-1")
    world.requests()

    assert [(change.key, change.change) for change in computer.pull()] == [("plan/day-1", "done")]
    assert world.requests() == 1


def test_one_changed_item_costs_a_reading_and_a_write(computer: Computer, world: TodoistWorld):
    first, *others = days(120)
    computer.push(roadmap(first, *others))
    world.requests()

    outcome = computer.push(roadmap(replace(first, title="Knead"), *others))
    assert effects(outcome) == [("update", "plan/day-0")]
    assert world.requests() == 2
    assert world.task("plan/day-0")["content"] == "Knead"
