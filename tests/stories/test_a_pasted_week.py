"""A week out of a chat: pasted with its damage, pushed, ticked on the phone, edited by hand, and taken back."""

import pytest

from tests.invented import damaged
from tests.pages import ROOT
from tests.stories.computers import Computer
from tests.stories.home import Home

SLUG = "system-design-week-1"
FLOW, CHOICE, MODELING = "Request Flow (you already did this implicitly)", "Database Choice", "Data Modeling"


@pytest.fixture
def laptop(home: Home) -> Computer:
    """A laptop to which the document was added as it came out of the chat, and pushed."""
    home.belongings()
    laptop = home.computer()
    text = (ROOT / "roadmaps" / f"{SLUG}.md").read_text("utf-8").partition("\n---\n")[2]
    (laptop.folder / "pasted.txt").write_bytes(damaged(text))
    added = laptop.run("add", laptop.folder / "pasted.txt", "--slug", SLUG, "--start", "2026-01-05", "--yes")
    assert "text that had been read as mac-roman" in added.out
    first = laptop.push()
    assert [title for _, title in first.of("todoist")][:3] == [FLOW, CHOICE, MODELING]
    assert (len(first.of("google")), len(first.of("todoist"))) == (8, 7)
    home.belongings_beside_ours()
    return laptop


def test_a_plan_shows_all_of_it_and_leaves_nothing_anywhere(home):
    laptop = home.computer(SLUG)
    planned = laptop.told("plan")
    assert len([step for plan in planned["plans"] for step in plan["steps"]]) == 23
    assert (home.tasks, home.box.google.log.writes, home.projects) == ({}, (), ["Inbox"])
    pushed = laptop.push("--expect", planned["digest"])
    assert pushed.json["digest"] == planned["digest"]


def test_a_week_of_ticks_from_the_phone(home, laptop):
    for at, title in enumerate((FLOW, CHOICE, MODELING)):
        home.on(f"2026-01-0{5 + at}", 20)
        home.tick(title)
        told = laptop.told("pull")
        assert [(each["change"], each["title"]) for each in told["changes"]] == [("done", title)]
        assert told["requests"] == {"ics": 1, "google": 1, "todoist": 1}
        # what was ticked in one place shows in the other
        assert laptop.push().effects == [("google", "update", title)]
        assert home.event(title)["summary"] == f"✅ {title}"
    standing = laptop.status(SLUG)
    assert (standing["done"], standing["total"], standing["late"], standing["streak_days"]) == (3, 7, 0, 3)
    assert standing["next"]["title"] == "Failure Scenarios"
    assert laptop.asks_once_each_and_writes_nothing()


def test_a_tick_made_on_a_train_counts_from_then_and_a_second_one_elsewhere_changes_nothing(home, laptop):
    home.on("2026-01-05", 19)
    home.tick(FLOW)
    home.on("2026-01-05", 21)
    home.box.google.user_tick(home.calendar, home.event(FLOW)["id"])
    told = laptop.told("pull")["changes"]
    assert [(each["target"], each["at"]) for each in told] == [("todoist", "2026-01-05T19:01:00+03:00")]
    assert laptop.status(SLUG)["done"] == 1
    assert laptop.push().effects == []


def test_hand_edits_in_both_services_stay_while_the_text_moves_on(home, laptop):
    later = {"timeZone": "Africa/Nairobi"}
    home.change(CHOICE, content="Which database, and why?")
    home.change_event(
        MODELING,
        start={"dateTime": "2026-01-07T21:00:00", **later},
        end={"dateTime": "2026-01-07T21:15:00", **later},
    )
    told = laptop.told("pull")["changes"]
    assert sorted((each["target"], each["change"], each["title"]) for each in told) == [
        ("google", "moved", MODELING),
        ("todoist", "edited", CHOICE),
    ]
    assert laptop.told("pull")["changes"] == []
    assert laptop.asks_once_each_and_writes_nothing()
    laptop.edit(SLUG, "* What tables exist", "* Which tables exist, and which do not")
    changed = laptop.push()
    assert changed.effects == [("google", "update", MODELING), ("todoist", "update", MODELING)]
    assert "Which tables exist" in home.task(MODELING)["description"]
    assert home.event(MODELING)["start"]["dateTime"] == "2026-01-07T21:00:00+03:00"
    assert "Which database, and why?" in home.tasks
    assert laptop.asks_once_each_and_writes_nothing()


def test_done_and_undo_on_the_laptop_and_a_change_of_mind_on_the_phone(home, laptop):
    laptop.run("done", CHOICE)
    done = laptop.push()
    assert done.effects == [("google", "update", CHOICE), ("todoist", "update", CHOICE)]
    assert home.task(CHOICE)["checked"]
    # opened on the phone before anybody looked again
    home.untick(CHOICE)
    told = laptop.told("pull")["changes"]
    assert [(each["change"], each["title"]) for each in told] == [("reopened", CHOICE)]
    assert laptop.status(SLUG)["done"] == 0
    assert laptop.push().effects == []
    assert not home.task(CHOICE)["checked"]
    laptop.run("done", CHOICE)
    assert laptop.push().of("todoist") == [("update", CHOICE)]
    said = laptop.run("undo", CHOICE)
    assert "it stays done until you open it there" in said.out
    # a push never opens what was ticked
    assert laptop.push().effects == []
    assert home.task(CHOICE)["checked"]
    home.untick(CHOICE)
    assert laptop.status(SLUG)["done"] == 0
    assert laptop.asks_once_each_and_writes_nothing()


def test_what_is_deleted_on_the_phone_stays_deleted_until_it_is_wanted_back(home, laptop):
    home.box.todoist.user_delete(home.task("Tradeoffs")["id"])
    told = laptop.told("pull")["changes"]
    assert [(each["change"], each["title"]) for each in told] == [("removed", "Tradeoffs")]
    assert laptop.asks_once_each_and_writes_nothing()
    assert "Tradeoffs" not in home.tasks
    assert laptop.push("--restore").effects == [("todoist", "create", "Tradeoffs")]
    assert "Tradeoffs" in home.open_tasks
    assert laptop.asks_once_each_and_writes_nothing()


def test_taken_back_nothing_of_the_program_is_left_and_nothing_of_the_persons_has_moved(home, laptop):
    home.tick(FLOW)
    home.change(CHOICE, description=f"mine\n{home.task(CHOICE)['description'].splitlines()[-1]}")
    before = home.foreign()
    said = laptop.run("unpush", "--yes")
    assert "One of them was changed there by hand; that goes, too." in said.out
    assert home.ours() == ([], [])
    assert home.foreign() == before
    # the task of the person's own keeps the project in which it stands
    assert home.projects == ["Inbox", "Home", "WEEK 1 — SYSTEM DESIGN (15 MIN / DAY)"]
    assert laptop.status(SLUG)["done"] == 1
    assert laptop.run("unpush", "--yes").out == "✓ Nothing that was pushed is on google, todoist.\n"
    again = laptop.push()
    assert (len(again.of("google")), len(again.of("todoist"))) == (7, 6)
    assert home.foreign() == before
    assert laptop.asks_once_each_and_writes_nothing()
