"""What happens when there is no room, and what is said of it beforehand."""

import pytest

from sync.sandbox.todoist.service import refusal
from sync.targets.todoist.limits import Limits, Objection, objections
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import TodoistWorld
from tests.targets.todoist.shipped import held, sections, shipped


def test_what_does_not_fit_is_told_before_and_left_and_the_rest_is_written(
    computer: Computer, world: TodoistWorld
):
    world.todoist.quirks.plan = {**world.todoist.quirks.plan, "max_projects": 2, "max_tasks": 10}
    world.todoist.seed_project("Home")
    plan = roadmap(*days(14))
    told: list[Objection] = []
    computer.thinking = lambda target: told.extend(target.objections([each.key for each in days(14)]))

    outcome = computer.push(plan)[0]

    assert "no room for 4 of 14 tasks" in told[0].message
    assert "phase" in told[0].suggestion
    assert (outcome.done, outcome.failed) == (10, ())
    assert outcome.stopped is not None
    assert outcome.stopped.exit_code == 6
    assert "no room for 4 of 14" in outcome.stopped.title


def test_what_fits_is_not_objected_to(world: TodoistWorld):
    target = world.target()
    target.read(b"")

    assert target.objections(["plan/a", "plan/b"]) == ()


def test_what_was_left_is_pushed_once_there_is_room(computer: Computer, world: TodoistWorld):
    world.todoist.quirks.plan = {**world.todoist.quirks.plan, "max_projects": 1, "max_tasks": 10}
    plan = roadmap(*days(14))
    computer.push(plan)
    for n in range(4):
        world.tick(f"plan/day-{n}")

    outcome = computer.push(plan)[0]

    assert (outcome.done, outcome.stopped) == (4, None)
    assert len(world.todoist.tasks()) == 10
    assert effects(computer.push(plan)) == []


@pytest.mark.parametrize("kind", ["ITEMS", "PROJECTS", "SECTIONS"])
def test_a_limit_found_out_half_way_stops_cleanly_and_the_next_run_resumes(
    computer: Computer, world: TodoistWorld, kind: str
):
    plan = roadmap(*days(150))
    part = {"ITEMS": 40, "PROJECTS": 1, "SECTIONS": 2}[kind]
    only = {"ITEMS": "item_add", "PROJECTS": "project_add", "SECTIONS": "section_add"}[kind]
    world.todoist.faults.add(refusal(f"403 MAX_{kind}_LIMIT_REACHED"), part=part, times=0, only=only)

    outcome = computer.push(plan)[0]

    assert outcome.stopped is not None
    assert outcome.stopped.exit_code == 6
    assert "no more" in outcome.stopped.title
    assert len(world.todoist.tasks()) < 150
    world.todoist.faults.clear()
    again = computer.push(plan)[0]
    assert (again.failed, again.stopped) == ((), None)
    assert len(world.todoist.tasks()) == 150
    assert effects(computer.push(plan)) == []


def test_a_project_that_people_filled_in_between_stops_the_push(computer: Computer, world: TodoistWorld):
    world.todoist.quirks.plan = {**world.todoist.quirks.plan, "max_projects": 1}
    computer.push(roadmap(*days(200)))
    home = world.task("plan/day-0")["project_id"]
    plan = roadmap(*days(290))

    def think(_target):
        for n in range(60):
            world.todoist.seed_task(f"own {n}", project_id=home)

    computer.thinking = think
    outcome = computer.push(plan)[0]
    assert (outcome.done, len(outcome.failed)) == (40, 50)
    assert "no more tasks in this project" in outcome.failed[0].reason

    computer.thinking = lambda _: None
    for each in world.todoist.tasks():
        if each["content"].startswith("own"):
            world.todoist.user_tick(each["id"])
    computer.push(plan)
    assert len(world.todoist.tasks()) == 290


def test_a_phase_that_does_not_fit_beside_another_goes_to_a_further_project(
    computer: Computer, world: TodoistWorld
):
    computer.push(roadmap(*days(200), *days(150, phase="plan/two", first=500)))

    assert held(world) == {"Bread": 200, "Bread (2)": 150}


def test_without_room_for_a_section_tasks_stand_in_the_project_itself(
    computer: Computer, world: TodoistWorld
):
    world.todoist.quirks.plan = {**world.todoist.quirks.plan, "max_projects": 1, "max_sections": 1}

    computer.push(roadmap(*days(2), *days(2, phase="plan/two", first=5)))

    assert held(world) == {"Roadmaps": 4}
    assert sections(world, "Roadmaps") == ["Bread · Phase 1"]
    assert world.task("plan/day-5")["section_id"] is None


def test_a_workspace_and_an_archived_project_are_no_place_for_tasks(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(2)))
    world.todoist.user_archive_project(world.task("plan/day-0")["project_id"])

    computer.push(roadmap(*days(3)))

    assert held(world) == {"Bread": 1}


# --- what check says, without asking anybody ---


def test_a_roadmap_of_more_than_a_project_holds_is_objected_to():
    plan = roadmap(*days(200), *days(150, phase="plan/two", first=500))

    (objection,) = objections([plan])

    assert (objection.roadmap, objection.phase) == ("plan", None)
    assert "350 open tasks" in objection.message
    assert "phase by phase" in objection.suggestion


def test_a_phase_of_more_than_a_project_holds_is_objected_to_by_its_name():
    found = objections([roadmap(*days(301))])

    assert [each.phase for each in found] == [None, "plan/one"]
    assert found[1].message.startswith("Phase 1 has 301")


def test_more_than_an_account_holds_is_objected_to():
    small = Limits("tiny", projects=1, sections=2, tasks=3)

    found = objections([roadmap(*days(2)), roadmap(*days(2))], small)

    assert [each.roadmap for each in found] == [""]
    assert "4 open tasks" in found[0].message


def test_the_shipped_roadmaps_are_not_objected_to():
    assert objections(shipped()) == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"current": {"plan_name": "pro", "max_projects": 300, "max_sections": 20, "max_tasks": 300}, "next": None},
         Limits("pro", 300, 20, 300)),
        ({"plan_name": "free", "max_projects": 5}, Limits("free", 5, 20, 300)),
        ({"max_tasks": -1}, Limits(tasks=1_000_000)),
        ({"max_tasks": None}, Limits()),
    ],
)  # fmt: skip
def test_limits_are_those_of_the_plan(told: dict[str, object], expected: Limits):
    assert Limits.read(told) == expected
