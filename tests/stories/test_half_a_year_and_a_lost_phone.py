"""Half a year of study: a phone that is lost, months away from the desk, and a start that moves."""

import re
from datetime import date, timedelta

import pytest

from tests.stories.computers import Computer
from tests.stories.home import Home, days_from

SLUG = "mern-180-days"
FIRST = "What is system design? Scalability, reliability, availability"
PHASES = 6


@pytest.fixture
def laptop(home: Home) -> Computer:
    """February: the first month is pushed, and two days are done."""
    home.belongings()
    home.on("2026-02-02")
    laptop = home.computer(SLUG)
    laptop.push()
    home.belongings_beside_ours()
    for day in days_from("2026-02-02", 2):
        home.on(day, 22)
        home.tick(*home.due(day))
        laptop.push()
    return laptop


def test_a_lost_phone_ends_the_token_and_a_new_one_goes_on_where_it_stopped(home, laptop):
    home.on("2026-02-04", 22)
    lost = home.box.todoist.token
    home.box.todoist.end_tokens()
    home.secrets.add(lost)
    home.tick(*home.due("2026-02-04"))
    laptop.edit(SLUG, "CAP theorem, consistency models", "The CAP theorem, and consistency")
    said = laptop.run("push", "--yes", code=7)
    # the calendar has the new words, and the list says what to do
    assert "The CAP theorem, and consistency" in str(sorted(home.events))
    assert (
        "✗ todoist: Todoist does not accept the token.\n    → Sign in with roadmap-sync auth todoist."
        in said.out
    )
    assert laptop.run("pull", code=7).out.count("✗ todoist: ") == 1
    laptop.sign_in_to_todoist()
    assert [each["change"] for each in laptop.told("pull")["changes"]] == ["done"]
    assert [title for _, title in laptop.push().of("todoist")] == ["The CAP theorem, and consistency"]
    assert laptop.status(SLUG)["streak_days"] == 3
    assert laptop.asks_once_each_and_writes_nothing()


@pytest.mark.parametrize("memory", ["kept", "ended", "lost"])
def test_months_away_lose_no_tick_and_no_day_of_one(home, laptop, memory):
    days = [day for day in days_from("2026-02-04", 27) if home.due(day)]
    for day in days:
        home.on(day, 21)
        home.tick(*home.due(day))
    home.on("2026-07-20")
    if memory == "ended":
        home.box.todoist.end_sync_tokens()
        home.box.google.end_sync_tokens()
    if memory == "lost":
        laptop.lose_state()
        laptop.sign_in()
        laptop.run("ledger", "rebuild")
    else:
        told = laptop.told("pull")["changes"]
        assert {each["change"] for each in told} == {"done"}
        assert sorted({each["at"][:10] for each in told}) == days
    standing = laptop.status(SLUG)
    assert standing["done"] == len([each for each in home.tasks.values() if each["checked"]])
    assert standing["streak_days"] == 0
    assert "behind plan" in laptop.run("status", SLUG).out
    # the calendar gets every one of them, though it is the turn of another phase by now
    laptop.push()
    done = {title for title, each in home.tasks.items() if each["checked"]}
    assert done == {title for each in [*days, "2026-02-02", "2026-02-03"] for title in home.due(each)}
    assert {f"✅ {title}" for title in done} <= set(home.events)
    assert laptop.asks_once_each_and_writes_nothing("--phase", "1")


def test_each_month_is_pushed_in_its_turn_and_fits_a_free_account(home, laptop):
    for month in range(1, PHASES):
        home.on((date(2026, 2, 2) + timedelta(days=30 * month)).isoformat())
        pushed = laptop.push()
        assert {action for _, action, _ in pushed.effects} == {"create"}
        assert pushed.json["warnings"] == []
    assert laptop.asks_once_each_and_writes_nothing()
    assert laptop.asks_once_each_and_writes_nothing("--all")
    keys = [each["description"].rpartition("\n")[2] for each in home.tasks.values()]
    assert len(keys) == len(set(keys))


def test_a_start_that_moves_by_a_week_moves_what_is_open_and_no_tick(home, laptop):
    before = {title: each["due"]["date"] for title, each in home.tasks.items()}
    home.change_event("Indexing, pagination", location="the library")
    laptop.edit(SLUG, "start: 2026-02-02", "start: 2026-02-09")
    said = laptop.run("push", "--yes", code=8)
    assert "--force" in said.err
    pushed = laptop.push("--force")
    assert {action for _, action, _ in pushed.effects} == {"update"}
    after = {title: each["due"]["date"] for title, each in home.tasks.items()}
    assert after.keys() == before.keys()
    moved = [title for title in before if _day(after[title]) - _day(before[title]) == timedelta(days=7)]
    still = sorted(set(before) - set(moved))
    assert still == sorted(title for title, each in home.tasks.items() if each["checked"])
    assert home.event("Indexing, pagination")["location"] == "the library"
    assert laptop.asks_once_each_and_writes_nothing()


def test_a_project_deleted_on_the_phone_stays_deleted_until_it_is_wanted_back(home, laptop):
    project = home.task(FIRST)["project_id"]
    home.box.todoist.user_delete_project(project)
    told = laptop.told("pull")["changes"]
    assert {each["change"] for each in told} == {"removed"}
    assert laptop.asks_once_each_and_writes_nothing()
    assert home.tasks == {}
    back = laptop.push("--restore")
    assert {action for _, action, _ in back.effects} == {"create"}
    # what was ticked before it was deleted is done, and does not come back
    assert FIRST not in home.tasks
    assert laptop.status(SLUG)["done"] == 2
    assert laptop.asks_once_each_and_writes_nothing()


def test_half_a_year_is_taken_back(home, laptop):
    laptop.push("--all")
    before = home.foreign()
    said = laptop.run("unpush", "--yes")
    assert re.search(r"^✓ todoist: “.*empty now, went as well$", said.out, re.MULTILINE)
    assert home.ours() == ([], [])
    assert home.foreign() == before
    assert laptop.status(SLUG)["done"] == 2


def _day(due: str) -> date:
    return date.fromisoformat(due[:10])
