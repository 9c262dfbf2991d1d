"""A team's year, pushed a phase at a time while its text is edited, and one part of it taken back."""

import pytest

from tests.stories.computers import Computer
from tests.stories.home import Home

SLUG = "backend-team-2026"
FIRST, SECOND = "PHASE 1: FOUNDATION", "PHASE 2: CORE BACKEND"


@pytest.fixture
def laptop(home: Home) -> Computer:
    """January: the first phase is pushed."""
    home.belongings()
    home.on("2026-01-19")
    laptop = home.computer(SLUG)
    pushed = laptop.push()
    assert {plan["phase"] for plan in pushed.json["plans"]} == {f"{SLUG}/phase-1/period"}
    assert "FastAPI Basics" not in home.events
    home.belongings_beside_ours()
    return laptop


def sections(home: Home) -> dict[str, int]:
    """Names of the sections of our project, with how many tasks stand in each."""
    project = next(iter(home.tasks.values()))["project_id"]
    return {
        each["name"]: sum(task["section_id"] == each["id"] for task in home.tasks.values())
        for each in home.box.todoist.sections(project)
    }


def test_the_first_phase_alone_is_there_with_the_routine_of_the_whole_year(home, laptop):
    assert sections(home) == {FIRST: 55}
    sync = home.event("Team Sync (Mandatory)")
    assert "UNTIL=2027" in sync["recurrence"][0]
    assert "Team Sync (Mandatory)" not in home.tasks
    assert home.event("Variables, data types, operators")["start"] == {"date": "2026-01-19"}
    assert laptop.asks_once_each_and_writes_nothing()


def test_the_next_phase_comes_when_its_day_has_come_and_leaves_the_first_alone(home, laptop):
    home.tick("Variables, data types, operators", "Functions")
    laptop.run("pull")
    before = {title: each for title, each in home.tasks.items() if each["section_id"]}
    home.on("2026-05-11")
    planned = laptop.run("plan").out
    assert f"todoist: {SLUG}, {SECOND}" in planned
    pushed = laptop.push()
    assert [title for action, title in pushed.of("google") if action != "create"] == [
        "Variables, data types, operators",
        "Functions",
    ]
    assert {action for action, _ in pushed.of("todoist")} == {"create"}
    assert ("google", "create", "Week 17: FastAPI Basics") in pushed.effects
    assert {title: home.tasks[title] for title in before} == before
    assert set(sections(home)) == {FIRST, SECOND}
    told = laptop.status(SLUG)
    assert told["phase"] == f"{SLUG}/phase-2/period"
    assert told["late"] > 40
    # what is ticked late shows in the calendar, though its phase is over
    home.tick("Cron jobs")
    assert laptop.push().effects == [("google", "update", "Cron jobs")]
    assert "✅ Cron jobs" in home.events
    assert laptop.asks_once_each_and_writes_nothing()


def test_a_text_that_is_edited_changes_what_it_must_and_nothing_else(home, laptop):
    home.tick("Functions")
    laptop.run("pull")
    home.change("Lists, dictionaries, sets, tuples", priority=4)
    for old, new in (
        ("Variables, data types, operators", "Variables, types and operators"),
        ("    - [ ] Lists, dictionaries, sets, tuples\n", "    - [ ] Lists, dictionaries, sets and tuples\n"),
        ("    - [ ] List comprehensions\n", ""),
        ("    - [ ] Functions\n", ""),
        (
            "    - [ ] Inheritance and polymorphism\n",
            "    - [ ] Inheritance and polymorphism\n    - [ ] Dataclasses\n",
        ),
    ):
        laptop.edit(SLUG, old, new)
    pushed = laptop.push()
    titles = {(action, title) for target, action, title in pushed.effects if target == "todoist"}
    assert {("update", "Variables, types and operators"), ("create", "Dataclasses")} <= titles
    assert ("delete", "List comprehensions") in titles
    # what is done is history, whatever the text says now
    assert home.task("Functions")["checked"]
    assert ("delete", "Functions") not in titles
    assert home.task("Variables")["content"] == "Variables, types and operators"
    # the words are the roadmap's, the priority is the person's
    kept = home.task("Lists, dictionaries")
    assert (kept["content"], kept["priority"]) == ("Lists, dictionaries, sets and tuples", 4)
    assert len([title for title in home.tasks if "ariables" in title]) == 1
    assert laptop.asks_once_each_and_writes_nothing()


def test_two_of_three_phases_at_once_and_one_that_is_not_there(home, laptop):
    assert laptop.run("plan", "--phase", "7", code=2).err.startswith("There is no phase 7.")
    pushed = laptop.push("--phase", "3")
    assert ("google", "create", "PROJECT 1: MOBILE MONEY GATEWAY") in pushed.effects
    assert laptop.asks_once_each_and_writes_nothing("--phase", "3")
    assert laptop.asks_once_each_and_writes_nothing()


def test_a_plan_that_would_delete_too_much_stops_until_it_is_meant(home, laptop):
    text = laptop.roadmap(SLUG).read_text("utf-8")
    shorter, _, rest = text.partition("### 💻 MONTH 2")
    laptop.roadmap(SLUG).write_text(shorter + "## ⚙️ PHASE 2" + rest.partition("## ⚙️ PHASE 2")[2], "utf-8")
    said = laptop.run("push", "--yes", code=8)
    assert "delete" in said.err
    assert "Bash scripting & Automation" in home.tasks
    laptop.roadmap(SLUG).write_text(text, "utf-8")
    assert laptop.asks_once_each_and_writes_nothing()


def test_one_of_two_roadmaps_is_taken_back_and_the_other_stays(home, laptop):
    home.on("2026-01-30")
    other = "backend-month-3"
    laptop.take(other)
    laptop.push()
    before, foreign = {title for title in home.tasks if "Routing" in title}, home.foreign()
    assert before == {"Routing foundations"}
    said = laptop.run("unpush", "--yes", "--roadmap", other)
    assert f"{SLUG}:" not in said.out
    assert "Routing foundations" not in home.tasks
    assert "Cron jobs" in home.tasks
    assert home.foreign() == foreign
    laptop.roadmap(other).unlink()
    assert laptop.asks_once_each_and_writes_nothing()
    laptop.run("unpush", "--yes")
    assert home.ours() == ([], [])
    assert home.foreign() == foreign
