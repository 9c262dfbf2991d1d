"""Requests that never arrive, answers that get lost, runs that end in between."""

import json
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from sync.errors import RetryLater
from sync.model import Item
from sync.sandbox.faults import RESET, TRUNCATED, TWICE, html
from sync.sandbox.todoist.quirks import Repeat
from sync.sandbox.todoist.service import refusal
from tests.contract.worlds import item
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import WRITES, TodoistWorld, account

EVERY = r" /api/v1/sync"


def family() -> list[Item]:
    """Tasks for three requests, with a sub-task in each."""
    tasks = days(230)
    tasks[40] = replace(tasks[40], parent="plan/day-10")
    tasks[201] = replace(tasks[201], parent="plan/day-200")
    return tasks


def shape_of(world: TodoistWorld) -> list[tuple[object, ...]]:
    """What a person sees: each task with the task above it, in its section."""
    tasks = world.todoist.tasks(done=True)
    titles = {each["id"]: each["content"] for each in tasks}
    sections = {s["id"]: s["name"] for p in world.todoist.projects() for s in world.todoist.sections(p["id"])}
    return sorted(
        (t["content"], titles.get(t["parent_id"], ""), sections.get(t["section_id"], "")) for t in tasks
    )


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
def test_a_push_cut_off_at_any_request_is_settled_by_the_next_without_duplicates(
    tmp_path: Path, after: object
):
    before = days(5, first=500)
    wanted = roadmap(*family(), *(replace(each, title="changed") for each in before[:2]))
    with account() as whole:
        Computer(tmp_path / "whole", whole).push(roadmap(*before))
        Computer(tmp_path / "whole", whole).push(wanted)
        expected = shape_of(whole)
        requests = whole.requests() + 1
    for at in count(1):
        with account() as world:
            computer = Computer(tmp_path / f"{at}", world)
            computer.push(roadmap(*before))
            world.todoist.faults.add(RESET, at=at, times=0, after=bool(after), only=EVERY)
            with suppress(RetryLater):
                computer.push(wanted)
            world.todoist.faults.clear()
            computer.push(wanted)

            assert shape_of(world) == expected, f"cut off at request {at}"
            assert effects(computer.push(wanted)) == []
        if at > requests:
            break


@pytest.mark.parametrize("fault", [RESET, TRUNCATED, html(503), html(200), refusal("500 INTERNAL_SERVER_ERROR")],
                         ids=lambda fault: fault.name)  # fmt: skip
def test_a_lost_answer_is_resent_with_the_same_bytes(computer: Computer, world: TodoistWorld, fault):
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(fault, after=True, only=WRITES)

    outcome = computer.push(roadmap(*days(20)))[0]

    bodies = [each.body for each in world.todoist.log.requests if b"item_add" in each.body]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert (outcome.done, outcome.failed, outcome.stopped) == (20, (), None)
    assert len(world.todoist.tasks()) == 20


@pytest.mark.parametrize("repeat", list(Repeat))
def test_whatever_is_said_to_a_repeated_command_the_task_is_found(
    computer: Computer, world: TodoistWorld, repeat: Repeat
):
    world.todoist.quirks.repeat = repeat
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(RESET, after=True, only=WRITES)
    plan = roadmap(*days(5))

    outcome = computer.push(plan)[0]

    assert (outcome.done, outcome.failed) == (5, ())
    assert len(world.todoist.tasks()) == 5
    assert effects(computer.push(plan)) == []


def test_an_answer_to_the_next_run_is_the_same_task(computer: Computer, world: TodoistWorld):
    world.todoist.faults.add(RESET, after=True, only=WRITES)
    assert computer.push(roadmap(*days(3)))[0].stopped is not None
    world.delete("plan/day-1")

    computer.push(roadmap(*days(3)))

    assert sorted(each["content"] for each in world.todoist.tasks()) == ["day-0", "day-2"]


@pytest.mark.parametrize("repeat", list(Repeat))
def test_a_project_whose_making_was_not_answered_is_made_once(
    computer: Computer, world: TodoistWorld, repeat: Repeat
):
    world.todoist.quirks.repeat = repeat
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(RESET, after=True, only="project_add")

    computer.push(roadmap(*days(3)))

    sent = [each.body for each in world.todoist.log.requests if b"project_add" in each.body]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert [each["name"] for each in world.todoist.projects()] == ["Inbox", "Bread"]
    assert len(world.todoist.tasks()) == 3


def test_a_section_that_fails_once_is_made_in_the_project_that_is_there(
    computer: Computer, world: TodoistWorld
):
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(refusal("503 SERVICE_UNAVAILABLE"), part=1, only="section_add")

    computer.push(roadmap(*days(3)))

    assert [each["name"] for each in world.todoist.projects()] == ["Inbox", "Bread"]
    assert {section for _, _, section in shape_of(world)} == {"Phase 1"}


def test_a_request_delivered_twice_makes_one_task(computer: Computer, world: TodoistWorld):
    world.todoist.faults.add(TWICE, times=0)

    computer.push(roadmap(*days(3)))

    assert len(world.todoist.tasks()) == 3
    assert len(world.todoist.projects()) == 2


def test_after_two_lost_answers_requests_are_halved_and_uuids_stay(computer: Computer, world: TodoistWorld):
    computer.patience = replace(computer.patience, tries=5)
    world.todoist.faults.add(RESET, times=2, only=WRITES)

    computer.push(roadmap(*days(100)))

    sent = [
        json.loads(each.body)["commands"] for each in world.todoist.log.requests if b"item_add" in each.body
    ]
    assert [len(commands) for commands in sent] == [100, 100, 50, 50]
    assert sent[0] == sent[2] + sent[3]
    assert len(world.todoist.tasks()) == 100


def test_a_command_that_fails_inside_is_sent_again_and_the_others_are_not(
    computer: Computer, world: TodoistWorld
):
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(refusal("503 SERVICE_UNAVAILABLE"), part=2, only="item_add")

    computer.push(roadmap(*days(4)))

    sent = [
        json.loads(each.body)["commands"] for each in world.todoist.log.requests if b"item_add" in each.body
    ]
    assert [len(commands) for commands in sent] == [4, 1]
    assert len(world.todoist.tasks()) == 4


def test_a_sub_task_waits_for_its_task_and_goes_below_it(computer: Computer, world: TodoistWorld):
    computer.patience = replace(computer.patience, tries=3)
    world.todoist.faults.add(refusal("503 SERVICE_UNAVAILABLE"), part=1, only="item_add")

    outcome = computer.push(roadmap(item("a"), item("b", parent="plan/a")))[0]

    assert (outcome.failed, outcome.stopped) == ((), None)
    assert world.task("plan/b")["parent_id"] == world.id("plan/a")


def test_a_sub_task_of_a_refused_task_is_named_and_the_others_arrive(computer: Computer, world: TodoistWorld):
    world.refuse("plan/a")

    outcome = computer.push(roadmap(item("a"), item("b", parent="plan/a"), item("c")))[0]

    assert {failure.key for failure in outcome.failed} == {"plan/a", "plan/b"}
    assert [each["content"] for each in world.todoist.tasks()] == ["c"]


def test_a_task_whose_request_was_answered_before_one_was_lost_still_gets_its_sub_task(
    computer: Computer, world: TodoistWorld
):
    computer.patience = replace(computer.patience, tries=3)
    tasks = days(100)
    late = [item(f"late-{n}", parent="plan/day-99") for n in range(120)]
    world.todoist.faults.add(RESET, at=2, only=WRITES)

    computer.push(roadmap(*tasks, *late))

    parent = world.id("plan/day-99")
    assert {each["parent_id"] for each in world.todoist.tasks() if "late" in each["content"]} == {parent}


def test_what_was_edited_while_a_person_thought_about_the_plan_is_not_overwritten(
    computer: Computer, world: TodoistWorld
):
    tasks = [item("a", notes="ours"), item("b")]
    computer.push(roadmap(*tasks))
    reworded = roadmap(*(replace(each, title=f"{each.title}!") for each in tasks))

    def think(target):
        world.seconds += 600
        world.edit("plan/a", "description", "by hand")

    computer.thinking = think
    outcome = computer.push(reworded)[0]

    assert [failure.key for failure in outcome.failed] == ["plan/a"]
    assert world.task("plan/a")["description"].startswith("by hand")
    assert world.task("plan/b")["content"] == "b!"
    computer.thinking = lambda _: None
    computer.push(reworded)
    assert world.task("plan/a")["content"] == "a!"
    assert world.task("plan/a")["description"].startswith("by hand")
