"""What people do to tasks of ours: edits, moves, copies, deletions; and ticks made elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.worlds import AT, item
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import TodoistWorld


@pytest.mark.parametrize("what", ["section", "project", "task"])
def test_a_deletion_takes_along_what_is_below_and_is_told(computer: Computer, world: TodoistWorld, what: str):
    plan = roadmap(item("a"), item("b", parent="plan/a"), item("c", phase="plan/two"))
    computer.push(plan)
    computer.pull()
    task = world.task("plan/a")
    if what == "section":
        world.todoist.user_delete_section(task["section_id"])
    elif what == "project":
        world.todoist.user_delete_project(task["project_id"])
    else:
        world.todoist.user_delete(task["id"])

    gone = {"plan/a", "plan/b", *(["plan/c"] if what == "project" else [])}
    assert {change.key for change in computer.pull() if change.change == "removed"} == gone
    assert effects(computer.push(plan)) == []
    assert {world.key(each) for each in world.todoist.tasks()} == {"plan/a", "plan/b", "plan/c"} - gone


def test_another_computer_knows_what_was_deleted_though_it_never_saw_it(
    tmp_path: Path, computer: Computer, world: TodoistWorld
):
    plan = roadmap(*days(3))
    other = Computer(tmp_path / "other", world)
    other.pull()
    computer.push(plan)
    world.delete("plan/day-1")

    other.push(plan)

    assert {world.key(each) for each in world.todoist.tasks()} == {"plan/day-0", "plan/day-2"}


def test_a_task_whose_marker_was_deleted_is_still_ours(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a", notes="Flour")))
    computer.pull()
    ident = world.id("plan/a")
    world.todoist.user_edit(ident, description="Only this")

    outcome = computer.push(roadmap(item("a", title="Bake", notes="Flour")))

    assert effects(outcome) == [("update", "plan/a")]
    assert [each["id"] for each in world.todoist.tasks()] == [ident]
    assert world.task("plan/a")["content"] == "Bake"
    assert world.task("plan/a")["description"].startswith("Only this\n")


def test_text_written_below_the_marker_is_an_edit_like_any_other(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a", notes="Flour")))
    before = world.task("plan/a")["description"]
    world.todoist.user_edit(world.id("plan/a"), description=f"{before}\nand water")

    computer.push(roadmap(item("a", title="Bake", notes="Flour")))

    lines = world.task("plan/a")["description"].splitlines()
    assert lines[0] == "Flour"
    assert "and water" in lines
    assert lines[-1].startswith("roadmap-sync:2:")


def test_a_copy_made_by_hand_is_left_alone(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b")))
    task = world.task("plan/a")
    copy = world.todoist.seed_task("a", description=task["description"], project_id=task["project_id"])

    assert effects(computer.push(roadmap(item("b")))) == [("delete", "plan/a")]
    assert [each["id"] for each in world.todoist.tasks() if world.key(each) == "plan/a"] == [copy]


def test_what_was_moved_stays_where_it_is(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b")))
    home = world.todoist.seed_project("Home")
    world.todoist.user_move(world.id("plan/a"), project_id=home)

    computer.push(roadmap(item("a", title="Bake"), item("b")))

    assert world.task("plan/a")["project_id"] == home
    assert world.task("plan/a")["content"] == "Bake"


def test_a_new_date_by_hand_is_a_move_and_stays(computer: Computer, world: TodoistWorld):
    plan = roadmap(item("a"))
    computer.push(plan)
    world.todoist.user_edit(world.id("plan/a"), due={"date": "2026-02-01"})

    assert [change.change for change in computer.pull()] == ["moved"]
    computer.push(roadmap(item("a", title="Bake")))
    assert world.task("plan/a")["due"]["date"] == "2026-02-01"


def test_what_was_ticked_elsewhere_is_finished_there_and_never_opened_again(
    computer: Computer, world: TodoistWorld
):
    computer.push(roadmap(item("a"), item("b")))
    done = [replace(item("a"), done=AT), replace(item("b"), done=True)]

    assert effects(computer.push(roadmap(*done))) == [("update", "plan/a"), ("update", "plan/b")]
    assert all(world.task(key)["checked"] for key in ("plan/a", "plan/b"))
    assert world.task("plan/a")["completed_at"].startswith(f"{AT:%Y-%m-%dT%H:%M:%S}")
    assert effects(computer.push(roadmap(*done))) == []
    assert effects(computer.push(roadmap(item("a"), item("b")))) == []
    assert all(world.task(key)["checked"] for key in ("plan/a", "plan/b"))


def test_a_tick_of_ours_is_no_edit_by_hand(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a")))
    computer.push(roadmap(replace(item("a"), done=AT)))

    assert [change.change for change in computer.pull()] == ["done"]


def test_what_a_person_had_in_a_deleted_project_takes_no_room_any_more(
    computer: Computer, world: TodoistWorld
):
    computer.push(roadmap(*days(2)))
    home = world.task("plan/day-0")["project_id"]
    world.todoist.seed_task("own", project_id=home)
    computer.pull()
    world.todoist.user_delete_project(home)

    computer.push(roadmap(*days(4)))

    assert sorted(each["content"] for each in world.todoist.tasks()) == ["day-2", "day-3"]
