"""A month of the same three blocks every evening, on two computers in turn, and a phone."""

import pytest

from tests.stories.computers import Computer
from tests.stories.home import Home, Json

SLUG = "january-2026"
BUILD, DESIGN, PROOF = "Block 1: Backend Build", "Block 2: System Design", "Block 3: Proof & Memory"


@pytest.fixture
def home_and_work(home: Home) -> tuple[Computer, Computer]:
    """Two computers with the same plan and the same accounts; the first one has pushed."""
    home.belongings()
    home.on("2026-01-05")
    both = home.computer(SLUG, name="home"), home.computer(SLUG, name="work")
    first = both[0].push()
    assert (len(first.of("google")), len(first.of("todoist"))) == (10, 71)
    home.belongings_beside_ours()
    return both


def tick(home: Home, day: str, *titles: str) -> None:
    """Tick tasks of a day on the phone, in the evening of that day."""
    home.on(day, 22)
    for title in titles:
        home.clock.forward(minutes=1)
        home.box.todoist.user_tick(home.due(day)[title]["id"], home.clock())


def standing(computer: Computer) -> Json:
    told = computer.status(SLUG)
    return {name: told[name] for name in ("done", "total", "late", "due_today", "streak_days", "next")}


def test_a_series_is_one_event_and_a_task_for_each_day(home, home_and_work):
    assert len(home.events[f"{BUILD}"]["recurrence"]) == 1
    assert set(home.due("2026-01-05")) == {BUILD, DESIGN, PROOF}
    assert set(home.due("2026-01-10")) == {"Saturday"}
    assert not any(each["due"] and each["due"]["is_recurring"] for each in home.tasks.values())


def test_the_second_computer_takes_over_what_the_first_has_pushed(home, home_and_work):
    _, work = home_and_work
    first = work.push()
    assert first.effects == []
    assert work.asks_once_each_and_writes_nothing()
    assert len(home.box.google.events(home.calendar)) == 11


def test_ticks_of_one_day_count_for_that_day_alone_on_both_computers(home, home_and_work):
    for day in ("2026-01-05", "2026-01-06", "2026-01-07"):
        tick(home, day, BUILD, DESIGN, PROOF)
    for each in home_and_work:
        told = each.told("pull")["changes"]
        assert len([change for change in told if change["change"] == "done"]) == 9
    one, other = map(standing, home_and_work)
    assert one == other
    assert (one["done"], one["streak_days"]) == (9, 3)
    assert [each["checked"] for each in home.due("2026-01-08").values()] == [False] * 3


def test_each_computer_edits_in_turn_and_neither_undoes_the_other(home, home_and_work):
    one, other = home_and_work
    other.push()
    for each in home_and_work:
        each.edit(SLUG, "### End of Week 1\n", "### End of week one\n")
    assert [title for _, title in one.push().of("todoist")] == ["End of week one"]
    # the other computer has the same text, and sees that it is written already
    assert other.push().effects == []
    other.edit(SLUG, "* Project skeleton", "* Project skeleton, and a name")
    one.edit(SLUG, "* Project skeleton", "* Project skeleton, and a name")
    assert [title for _, title in other.push().of("google")] == ["End of week one"]
    assert one.push().effects == []
    for each in home_and_work:
        assert each.asks_once_each_and_writes_nothing()
    assert "and a name" in home.task("End of week one")["description"]


@pytest.mark.parametrize("words", [(), ("--all",)], ids=["phase", "all"])
def test_a_computer_that_never_saw_the_old_words_doubles_nothing(home, home_and_work, words):
    one, other = home_and_work
    tick(home, "2026-01-07", "End of Week 1")
    for each in home_and_work:
        each.edit(SLUG, "### End of Week 1\n", "### End of week one\n")
        each.edit(SLUG, "### End of Week 2\n", "### End of week two\n")
    one.push()
    before = home.count
    assert other.push(*words).effects == []
    assert home.count == before
    assert home.due("2026-01-07")["End of Week 1"]["checked"]
    assert standing(one) == standing(other)
    assert other.asks_once_each_and_writes_nothing(*words)


def test_a_tick_here_and_a_tick_there_and_a_change_of_mind_agree_after_one_pull_each(home, home_and_work):
    one, other = home_and_work
    other.run("pull")
    tick(home, "2026-01-05", BUILD)
    other.run("done", f"{SLUG}/2026-01/block-2-system-design@2026-01-05", "--at", "2026-01-05T22:00")
    other.push()
    assert home.due("2026-01-05")[DESIGN]["checked"]
    for each in (one, other, one):
        each.run("pull")
    assert standing(one) == standing(other)
    assert standing(one)["done"] == 2
    home.clock.forward(hours=1)
    home.box.todoist.user_untick(home.due("2026-01-05")[DESIGN]["id"])
    for each in (one, other):
        assert [each["change"] for each in each.told("pull")["changes"]] == ["reopened"]
    assert standing(one) == standing(other)
    assert standing(one)["done"] == 1


def test_a_series_moved_by_hand_in_the_calendar_stays_where_the_person_put_it(home, home_and_work):
    one, _ = home_and_work
    event = home.events[BUILD]
    zone = {"timeZone": "Africa/Nairobi"}
    home.box.google.user_edit(
        home.calendar,
        event["id"],
        {
            "start": {"dateTime": "2026-01-01T20:00:00", **zone},
            "end": {"dateTime": "2026-01-01T21:30:00", **zone},
        },
    )
    assert [each["change"] for each in one.told("pull")["changes"]] == ["moved"]
    assert one.asks_once_each_and_writes_nothing()
    assert home.events[BUILD]["start"]["dateTime"] == "2026-01-01T20:00:00+03:00"
    assert one.push("--prefer", "roadmap").effects == []


def test_what_one_computer_takes_back_the_other_takes_for_removed(home, home_and_work):
    one, other = home_and_work
    tick(home, "2026-01-05", BUILD)
    other.push()
    before = home.foreign()
    one.run("unpush", "--yes")
    assert home.ours() == ([], [])
    assert "removed on the other side" in other.run("push", "--yes").out
    assert (home.ours(), home.foreign()) == (([], []), before)
    assert standing(one) == standing(other)
    assert standing(one)["done"] == 1
