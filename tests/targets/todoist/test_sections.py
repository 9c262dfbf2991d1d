"""Sections bear the titles of phases: also new ones, but never in the place of a name that a person gave."""

from dataclasses import replace

import pytest

from sync.model import Item, Kind, Schedule
from sync.sandbox.faults import RESET
from sync.sandbox.todoist.service import refusal
from tests.contract.worlds import item
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import WRITES, TodoistWorld
from tests.targets.todoist.shipped import sections
from tests.targets.todoist.test_readings import forget


def head(title: str, key: str = "plan/one") -> Item:
    """A phase of this title."""
    return item("", key=key, phase=key, kind=Kind.PERIOD, tick=False, title=title)


def plan(title: str, number: int = 3, first: int = 0) -> Schedule:
    """Return a roadmap whose one phase has this title and so many tasks."""
    return roadmap(head(title), *days(number, first=first))


def rename(world: TodoistWorld, key: str, name: str) -> None:
    """Give the section of a task another name by hand."""
    world.todoist.commands.do("section_update", {"id": world.task(key)["section_id"], "name": name})


@pytest.fixture
def pushed(computer: Computer) -> Computer:
    """A computer that has pushed a phase called Basics."""
    computer.push(plan("Basics"))
    return computer


def test_a_new_title_of_a_phase_goes_along_with_the_next_write(pushed: Computer, world: TodoistWorld):
    section = world.task("plan/day-0")["section_id"]
    world.requests()

    outcome = pushed.push(plan("Foundations", 4))

    assert world.requests() == 2
    assert effects(outcome) == [("create", "plan/day-3")]
    assert sections(world, "Bread") == ["Foundations"]
    assert {each["section_id"] for each in world.todoist.tasks()} == {section}
    world.requests()
    assert effects(pushed.push(plan("Foundations", 4))) == []
    assert world.requests() == 1


def test_a_new_title_alone_is_no_step_and_waits_for_a_write(pushed: Computer, world: TodoistWorld):
    assert effects(pushed.push(plan("Foundations"))) == []
    assert sections(world, "Bread") == ["Basics"]

    pushed.push(plan("Foundations", 4))

    assert sections(world, "Bread") == ["Foundations"]


def test_a_section_that_a_person_renamed_keeps_its_name(pushed: Computer, world: TodoistWorld):
    rename(world, "plan/day-0", "Now")

    pushed.push(plan("Foundations", 4))

    assert sections(world, "Bread") == ["Now"]


def test_a_section_that_a_person_gave_its_former_name_keeps_it(pushed: Computer, world: TodoistWorld):
    pushed.push(plan("Foundations", 4))
    pushed.pull()
    rename(world, "plan/day-0", "Basics")

    pushed.push(plan("Foundations", 5))

    assert sections(world, "Bread") == ["Basics"]


def test_a_phase_with_another_title_and_other_tasks_keeps_its_section(pushed: Computer, world: TodoistWorld):
    outcome = pushed.push(plan("Foundations", 3, first=20))

    assert sorted({action for action, _ in effects(outcome)}) == ["create", "delete"]
    assert sections(world, "Bread") == ["Foundations"]
    assert {each["section_id"] for each in world.todoist.tasks()} != {None}


def test_the_roadmaps_title_stays_before_that_of_the_phase(computer: Computer, world: TodoistWorld):
    world.todoist.quirks.plan = {**world.todoist.quirks.plan, "max_projects": 1}
    computer.push(plan("Basics"))
    assert sections(world, "Roadmaps") == ["Bread · Basics"]

    computer.push(plan("Foundations", 4))

    assert sections(world, "Roadmaps") == ["Bread · Foundations"]


def test_only_what_is_written_to_gets_its_new_name(computer: Computer, world: TodoistWorld):
    def two(first: str, second: str, *more: Item) -> Schedule:
        heads = (head(first), head(second, "plan/two"))
        return roadmap(*heads, item("a"), item("b", phase="plan/two"), *more)

    computer.push(two("Basics", "Depth"))
    computer.push(two("Start", "Deep", item("c")))
    assert sections(world, "Bread") == ["Start", "Depth"]

    computer.push(two("Deep", "Start", item("c"), item("d"), item("e", phase="plan/two")))

    assert sections(world, "Bread") == ["Deep", "Start"]


def test_a_section_in_which_two_phases_live_keeps_its_name(computer: Computer, world: TodoistWorld):
    two = (head("Depth", "plan/two"), item("b", phase="plan/two"))
    computer.push(roadmap(head("Basics"), item("a"), *two))
    world.todoist.user_move(world.id("plan/b"), section_id=world.task("plan/a")["section_id"])

    computer.push(roadmap(head("Start"), item("a"), *two, item("c")))

    assert sections(world, "Bread") == ["Basics", "Depth"]


def test_a_name_that_a_person_gave_stays_also_where_another_phase_was_called_so(
    computer: Computer, world: TodoistWorld
):
    computer.push(roadmap(head("Basics"), item("a"), head("Depth", "plan/two")))
    rename(world, "plan/a", "Depth")

    deep = (head("Deep", "plan/two"), item("b", phase="plan/two"))
    computer.push(roadmap(head("Start"), item("a"), item("c"), *deep))

    assert sections(world, "Bread") == ["Depth", "Deep"]


def test_a_section_of_the_persons_own_is_not_taken_for_one_of_ours(pushed: Computer, world: TodoistWorld):
    world.todoist.user_delete_section(world.task("plan/day-0")["section_id"])
    pushed.push(roadmap(head("Basics"), item("other", phase="plan/two")))
    mine = world.todoist.seed_project("Home")
    world.todoist.seed_section(mine, "Basics")

    pushed.push(plan("Foundations", 4))

    assert sections(world, "Home") == ["Basics"]


def test_a_phase_that_is_called_like_its_roadmap_now_leaves_its_section_as_it_is(
    pushed: Computer, world: TodoistWorld
):
    pushed.push(plan("Bread", 4))

    assert sections(world, "Bread") == ["Basics"]
    assert world.task("plan/day-3")["section_id"] == world.task("plan/day-0")["section_id"]


def test_looking_again_and_again_remembers_no_more(pushed: Computer, world: TodoistWorld):
    rename(world, "plan/day-0", "Now")
    first = world.target().read(b"").memory

    assert world.target().read(first).memory == first


def test_no_second_section_gets_a_name_that_is_there(pushed: Computer, world: TodoistWorld):
    world.todoist.seed_section(world.task("plan/day-0")["project_id"], "Foundations")

    pushed.push(plan("Foundations", 4))

    assert sections(world, "Bread") == ["Basics", "Foundations"]
    assert world.task("plan/day-3")["section_id"] == world.task("plan/day-0")["section_id"]


def test_where_nobody_remembers_who_gave_a_name_it_stays(pushed: Computer, world: TodoistWorld):
    forget(pushed)

    pushed.push(plan("Foundations", 4))

    assert sections(world, "Bread") == ["Basics"]


def test_a_lost_answer_is_resent_with_the_same_new_name(pushed: Computer, world: TodoistWorld):
    pushed.patience = replace(pushed.patience, tries=3)
    world.requests()
    world.todoist.faults.add(RESET, after=True, only=WRITES)

    pushed.push(plan("Foundations", 4))

    sent = [each.body for each in world.todoist.log.requests if b"section_update" in each.body]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert sections(world, "Bread") == ["Foundations"]


def test_a_name_goes_out_once_in_a_push_of_several_requests(pushed: Computer, world: TodoistWorld):
    world.requests()

    pushed.push(plan("Foundations", 250))

    sent = [each.body for each in world.todoist.log.requests if b"section_update" in each.body]
    assert len(sent) == 1
    assert len(world.todoist.tasks()) == 250


def test_a_name_that_is_refused_keeps_no_task_from_being_written(pushed: Computer, world: TodoistWorld):
    world.todoist.faults.add(refusal("400 INVALID_ARGUMENT_VALUE"), part=1, only="section_update")

    outcome = pushed.push(plan("Foundations", 4))[0]

    assert (outcome.done, outcome.failed, outcome.stopped) == (1, (), None)
    assert sections(world, "Bread") == ["Basics"]
    pushed.push(plan("Foundations", 5))
    assert sections(world, "Bread") == ["Foundations"]
