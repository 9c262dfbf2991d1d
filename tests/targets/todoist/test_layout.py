"""Where tasks go."""

from dataclasses import replace

from sync.sandbox.todoist.quirks import PRO_PLAN
from sync.targets.todoist.fields import has_place
from tests.contract.worlds import item
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import TodoistWorld
from tests.targets.todoist.shipped import ALL, held, names, sections, shipped


def test_all_five_roadmaps_fit_a_free_account_that_has_three_projects_already(
    computer: Computer, world: TodoistWorld
):
    for name in ("Home", "Work", "Garden"):
        world.todoist.seed_project(name)
    wanted = sum(has_place(each) and not each.done for made in shipped() for each in made.items)

    outcomes = computer.push(*shipped(), rules=ALL)

    assert all(not each.failed and each.stopped is None for each in outcomes)
    assert held(world).keys() == {"Roadmaps", "Roadmaps (2)"}
    assert sum(held(world).values()) == wanted > 300
    assert all(len(sections(world, name)) <= 20 for name in held(world))
    assert [effects([each]) for each in computer.push(*shipped(), rules=ALL)] == [[]] * 5


def test_pushed_phase_by_phase_they_fit_one_project(computer: Computer, world: TodoistWorld):
    """The first phase of each, as it is pushed while all five begin."""
    for name in ("Home", "Work", "Garden"):
        world.todoist.seed_project(name)
    first = []
    for made in shipped():
        phase = made.items[0].phase or next(each.phase for each in made.items if each.phase)
        first.append(replace(made, items=tuple(each for each in made.items if each.phase == phase)))

    computer.push(*first, rules=ALL)

    assert held(world).keys() == {"Roadmaps"}


def test_a_phase_of_more_tasks_than_any_project_holds_is_spread_over_as_few_as_it_takes(
    computer: Computer, world: TodoistWorld
):
    limit = world.todoist.quirks.plan["max_tasks"] = 10
    plan = roadmap(*days(2 * limit + 3))

    outcome = computer.push(plan)[0]

    assert (outcome.done, outcome.failed, outcome.stopped) == (2 * limit + 3, (), None)
    assert held(world) == {"Bread": limit, "Bread (2)": limit, "Bread (3)": 3}
    assert effects(computer.push(plan)) == []


def test_with_room_each_roadmap_has_a_project_of_its_own(computer: Computer, world: TodoistWorld):
    world.todoist.quirks.plan = PRO_PLAN
    world.todoist.seed_project("Home")

    computer.push(*shipped(), rules=ALL)

    assert len(names(world)) == 2 + 5
    team = next(name for name in names(world) if name.startswith("BACKEND TEAM"))
    assert sections(world, team) == [
        "PHASE 1: FOUNDATION", "PHASE 2: CORE BACKEND", "PHASE 3: PROJECTS", "JOB HUNT SPRINT",
    ]  # fmt: skip


def test_a_phase_called_like_its_roadmap_needs_no_section(computer: Computer, world: TodoistWorld):
    head = item("", key="plan/one", title="BREAD:", tick=False, kind="period")

    computer.push(replace(roadmap(*days(2)), items=(head, *days(2))))

    assert sections(world, "Bread") == []
    assert held(world) == {"Bread": 2}


def test_sub_tasks_are_at_most_two_deep(computer: Computer, world: TodoistWorld):
    line = [item("t-0"), *(item(f"t-{n}", parent=f"plan/t-{n - 1}") for n in range(1, 5))]

    computer.push(roadmap(*line))

    above = {each["content"]: each["parent_id"] for each in world.todoist.tasks()}
    ids = {each["content"]: each["id"] for each in world.todoist.tasks()}
    assert above == {"t-0": None, "t-1": ids["t-0"], "t-2": ids["t-1"], "t-3": ids["t-1"], "t-4": ids["t-1"]}


def test_a_new_sub_task_goes_below_its_task_wherever_that_was_moved(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b")))
    home = world.todoist.seed_project("Home")
    world.todoist.user_move(world.id("plan/a"), project_id=home)

    computer.push(roadmap(item("a"), item("b"), item("c", parent="plan/a")))

    assert world.task("plan/c")["parent_id"] == world.id("plan/a")
    assert world.task("plan/c")["project_id"] == home


def test_below_what_is_done_nothing_new_is_put(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b")))
    world.tick("plan/a")

    computer.push(roadmap(item("a"), item("b"), item("c", parent="plan/a")))

    assert world.task("plan/c")["parent_id"] is None
    assert world.task("plan/c")["section_id"] == world.task("plan/b")["section_id"]


def test_a_project_and_a_section_keep_the_names_people_gave_them(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(3)))
    task = world.task("plan/day-0")
    world.todoist.commands.do("project_update", {"id": task["project_id"], "name": "Study"})
    world.todoist.commands.do("section_update", {"id": task["section_id"], "name": "Now"})

    computer.push(roadmap(*days(5)))

    assert names(world) == ["Inbox", "Study"]
    assert sections(world, "Study") == ["Now"]
    assert world.task("plan/day-4")["section_id"] == task["section_id"]


def test_a_list_of_the_persons_own_is_not_taken_for_ours(computer: Computer, world: TodoistWorld):
    mine = world.todoist.seed_project("Bread")
    world.todoist.seed_task("Buy some", project_id=mine)

    computer.push(roadmap(*days(3)))

    assert held(world) == {"Bread": 1, "Bread (2)": 3}


def test_a_section_that_is_gone_is_made_anew_for_what_is_new(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(3), *days(1, phase="plan/two", first=9)))
    world.todoist.user_delete_section(world.task("plan/day-0")["section_id"])

    outcome = computer.push(roadmap(*days(4), *days(1, phase="plan/two", first=9)))

    assert effects(outcome) == [("create", "plan/day-3")]
    assert sections(world, "Bread") == ["Phase 2", "Phase 1"]


def test_what_is_deleted_takes_nobody_elses_sub_task_with_it(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b", parent="plan/a"), item("c")))
    mine = world.todoist.seed_task("Buy salt", parent_id=world.id("plan/a"))

    outcome = computer.push(roadmap(item("b", parent="plan/a"), item("c")))

    assert effects(outcome) == [("delete", "plan/a")]
    assert {each["content"] for each in world.todoist.tasks()} == {"b", "c", "Buy salt"}
    assert world.todoist.task(mine)["section_id"] == world.task("plan/b")["section_id"]


def test_a_task_and_its_sub_tasks_are_deleted_together(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b", parent="plan/a"), item("c")))

    outcome = computer.push(roadmap(item("c")))

    assert outcome[0].failed == ()
    assert not any(b"item_move" in each.body for each in world.todoist.log.requests)
    assert [each["content"] for each in world.todoist.tasks()] == ["c"]
