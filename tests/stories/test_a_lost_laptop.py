"""Thirty days of a tracker: a check-in each evening, and a laptop that is lost in the second week."""

import pytest

from tests.stories.computers import Computer
from tests.stories.home import Home, days_from

SLUG = "backend-month-3"
DAYS = (
    "How backends work + HTTP servers",
    "HTTP protocol deep dive",
    "Request lifecycle",
    "Routing foundations",
    "Database theory (ACID, Normal forms)",
    "Database design (ER modeling)",
    "SQL fundamentals",
)


@pytest.fixture
def laptop(home: Home) -> Computer:
    """The first week is over: all of it ticked, some things edited by hand, one event deleted."""
    home.belongings()
    home.on("2026-01-30")
    laptop = home.computer(SLUG)
    laptop.push()
    home.belongings_beside_ours()
    days = days_from("2026-01-30", 6)
    for at, title in enumerate(DAYS[:6]):
        home.on(days[at], 21)
        home.tick(title)
        laptop.run("checkin", title, "--hours", "2.5", "--energy", str(5 + at % 3))
        laptop.run("pull")
    home.on("2026-02-05")
    home.change("SQL fundamentals", content="SQL fundamentals, with the joins")
    home.change_event("Query optimization", summary="☐ Query optimization (bring the slow one)")
    home.box.google.user_delete(home.calendar, home.event("Pagination strategies")["id"])
    laptop.run("done", "SQL fundamentals", "--at", "2026-02-05T07:00")
    laptop.push()
    return laptop


def accounts(home: Home) -> object:
    """Everything in both accounts."""
    return home.box.todoist.tasks(done=True), home.events


def test_status_after_a_week(laptop):
    told = laptop.status(SLUG)
    assert (told["done"], told["total"], told["percent"]) == (7, 45, 15)
    assert (told["streak_days"], told["late"]) == (7, 0)
    assert told["next"]["title"] == "Query optimization"
    assert (told["checkins"]["count"], told["checkins"]["hours"]) == (6, 15.0)
    assert "15 h" in laptop.run("status", SLUG).out


def test_the_ledger_comes_back_out_of_the_services_with_every_tick_and_edit(home, laptop):
    before, there = laptop.status(SLUG), accounts(home)
    laptop.lose_state()
    laptop.sign_in()
    rebuilt = laptop.told("ledger", "rebuild")
    assert {each["target"]: (each["items"], each["bound"]) for each in rebuilt["targets"]} == {
        "ics": (50, 50),
        "google": (49, 49),
        "todoist": (45, 45),
    }
    assert rebuilt["strangers"] == {}
    after = laptop.status(SLUG)
    same = ("done", "total", "percent", "streak_days", "late", "next")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    # nothing is doubled, nothing is brought back, nothing is written over
    assert laptop.asks_once_each_and_writes_nothing("--all")
    assert accounts(home) == there
    assert "SQL fundamentals, with the joins" in home.tasks
    assert "☐ Query optimization (bring the slow one)" in home.events


def test_check_ins_are_in_no_service_and_a_copy_of_them_outlives_the_laptop(laptop):
    copy = laptop.folder / "checkins.jsonl"
    laptop.run("ledger", "export", "--out", copy)
    laptop.lose_state()
    laptop.sign_in()
    assert "Check-ins are in no calendar" in laptop.run("ledger", "rebuild").out
    assert laptop.status(SLUG)["checkins"] is None
    assert copy.read_text("utf-8").count('"checkin"') == 6


def test_who_pushes_before_rebuilding_doubles_nothing_either(home, laptop):
    there = accounts(home)
    laptop.lose_state()
    laptop.sign_in()
    assert laptop.push("--all").effects == []
    assert laptop.status(SLUG)["done"] == 7
    assert accounts(home) == there
    assert laptop.asks_once_each_and_writes_nothing("--all")


def test_a_deletion_that_only_the_lost_ledger_knew_of_is_shown_as_new_before_it_comes_back(home, laptop):
    # Google tells what was deleted, Todoist tells nobody
    home.box.todoist.user_delete(home.task("Pagination strategies")["id"])
    laptop.run("pull")
    assert laptop.asks_once_each_and_writes_nothing("--all")
    laptop.lose_state()
    laptop.sign_in()
    laptop.run("ledger", "rebuild")
    assert laptop.push("--all").effects == [("todoist", "create", "Pagination strategies")]
    assert "Pagination strategies" not in str(sorted(home.events))


def test_the_weeks_go_on_after_the_loss(home, laptop):
    laptop.lose_state()
    laptop.sign_in()
    laptop.run("ledger", "rebuild")
    home.on("2026-02-06", 20)
    home.tick("Query optimization")
    assert [each["title"] for each in laptop.told("pull")["changes"]] == ["Query optimization"]
    laptop.edit(SLUG, "Indexing deep dive", "Indexing, as deep as it goes")
    assert laptop.push().effects == [
        ("google", "update", "Query optimization"),
        ("google", "update", "Indexing, as deep as it goes"),
        ("todoist", "update", "Indexing, as deep as it goes"),
    ]
    assert laptop.status(SLUG)["streak_days"] == 8
    assert laptop.asks_once_each_and_writes_nothing()


def test_everything_can_be_taken_back_though_the_ledger_is_lost(home, laptop):
    before = home.foreign()
    laptop.lose_state()
    laptop.sign_in()
    laptop.run("unpush", "--yes")
    assert home.ours() == ([], [])
    assert home.foreign() == before
    # what was ticked there was put down before it went
    assert laptop.status(SLUG)["done"] == 7
