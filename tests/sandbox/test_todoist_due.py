"""Due dates: the kinds there are, words, and tasks that come again."""

import pytest


@pytest.fixture
def due(box, todo):
    """What becomes of a due object that is sent."""
    return lambda **sent: box.todoist.task(todo.do("item_add", content="Arrays", due=sent))["due"]


def test_a_day_comes_back_with_words_of_the_services_own(due):
    assert due(date="2026-01-05", string="5.1.", lang="de") == {
        "date": "2026-01-05",
        "timezone": None,
        "string": "5 Jan 2026",
        "lang": "de",
        "is_recurring": False,
    }


def test_a_time_without_a_zone_floats_even_beside_a_zone(due):
    floating = due(date="2026-01-05T19:00")

    assert (floating["date"], floating["timezone"]) == ("2026-01-05T19:00:00", None)
    assert due(date="2026-01-05T19:00:00.000000", timezone="Europe/Madrid") == floating


def test_a_moment_is_fixed_in_its_zone_or_in_the_persons(box, due):
    box.todoist.set_zone("Africa/Nairobi")

    named = due(date="2026-01-05T18:00:00Z", timezone="Europe/Madrid")
    other = due(date="2026-01-05T18:00:00Z")

    assert (named["date"], named["timezone"]) == ("2026-01-05T18:00:00Z", "Europe/Madrid")
    assert (named["string"], other["string"]) == ("5 Jan 2026 19:00", "5 Jan 2026 21:00")
    assert other["timezone"] == "Africa/Nairobi"


@pytest.mark.parametrize(
    "sent",
    [
        "2026-01-05",
        {},
        {"date": None},
        {"date": "soon"},
        {"date": "2026-02-30"},
        {"date": "2026-01-05T25:00:00"},
        {"date": "2026-01-05T19:00:00+03:00"},
        {"date": 5},
        {"date": "2026-01-05T19:00:00Z", "timezone": "Mars/Olympus"},
        {"date": "2026-01-05T19:00:00Z", "timezone": 3},
        {"string": "when pigs fly"},
        {"string": "today at 25:00"},
        {"string": "every blue moon"},
        {"string": "x" * 151},
        {"string": 5},
        {"string": "every 0 days"},
        {"date": "2026-01-05", "string": "every blue moon"},
        {"date": "2026-01-05", "lang": 5},
        {"date": "1066-10-14"},
        {"string": "9999-12-31"},
    ],
)
def test_what_is_no_date_is_refused(todo, sent):
    add = todo.command("item_add", content="Arrays", due=sent)

    word = todo.sync(add)["sync_status"][add["uuid"]]

    assert (word["error_tag"], word["error_extra"]["argument"]) == ("INVALID_ARGUMENT_VALUE", "due")


@pytest.mark.parametrize(
    ("words", "date", "recurring"),
    [
        # the clock stands on Monday, the fifth of January, nine o'clock in Nairobi
        ("today", "2026-01-05", False),
        ("Tomorrow at 19:00", "2026-01-06T19:00:00", False),
        ("mon", "2026-01-12", False),
        ("friday", "2026-01-09", False),
        ("2026-03-01", "2026-03-01", False),
        ("every day", "2026-01-05", True),
        ("every day at 08:00", "2026-01-06T08:00:00", True),
        ("every day at 10:00", "2026-01-05T10:00:00", True),
        ("every weekday", "2026-01-05", True),
        ("every tue, thu", "2026-01-06", True),
        ("every mon 08:00", "2026-01-12T08:00:00", True),
        ("every 3 months", "2026-01-05", True),
        ("ev other week", "2026-01-05", True),
    ],
)
def test_words_are_understood(box, due, words, date, recurring):
    box.todoist.set_zone("Africa/Nairobi")

    understood = due(string=words, lang="en")

    assert (understood["date"], understood["is_recurring"]) == (date, recurring)
    assert (understood["string"] == words) is recurring


@pytest.mark.parametrize(
    ("words", "first", "then"),
    [
        ("every day", "2026-01-05", "2026-01-06"),
        ("every 3 days", "2026-01-01", "2026-01-07"),
        ("every weekday", "2026-01-09", "2026-01-12"),
        ("every mon and wed", "2026-01-07", "2026-01-12"),
        ("every 2 mon", "2026-01-05", "2026-01-19"),
        ("every other week", "2026-01-05", "2026-01-19"),
        ("every month", "2026-01-31", "2026-02-28"),
        ("every month", "2025-12-31", "2026-01-31"),
        ("every day at 19:00", "2026-01-05T19:00:00", "2026-01-06T19:00:00"),
    ],
)
def test_a_tick_moves_a_recurring_task_to_its_next_time(box, todo, words, first, then):
    task = todo.do("item_add", content="Arrays", due={"string": words, "date": first})

    todo.do("item_close", id=task)

    after = box.todoist.task(task)
    assert (after["due"]["date"], after["checked"], after["completed_at"]) == (then, False, None)
    assert after["due"]["string"] == words


def test_a_recurring_moment_keeps_its_hour_in_its_zone(box, todo):
    due = {"string": "every day", "date": "2026-03-28T18:00:00Z", "timezone": "Europe/Madrid"}
    task = todo.do("item_add", content="Arrays", due=due)

    todo.do("item_close", id=task)

    assert box.todoist.task(task)["due"]["date"] == "2026-03-29T17:00:00Z"


def test_a_recurring_task_opens_its_sub_tasks_again(box, todo):
    task = todo.do("item_add", content="Arrays", due={"string": "every day"})
    below = todo.do("item_add", content="Warm up", parent_id=task)
    other = todo.do("item_add", content="Cool down", parent_id=task)
    todo.do("item_close", id=below)

    todo.do("item_close", id=task)

    assert not box.todoist.task(below)["checked"]
    assert not box.todoist.task(other)["checked"]


def test_a_recurring_task_can_be_completed_for_good(box, todo):
    task = todo.do("item_add", content="Arrays", due={"string": "every day"})

    todo.do("item_complete", id=task)

    assert box.todoist.task(task)["checked"]


def test_one_occurrence_can_be_done_and_taken_back(box, todo):
    task = todo.do("item_add", content="Arrays", due={"string": "every day"})

    todo.do("item_update_date_complete", id=task, due={"date": "2026-01-06"}, is_forward=1)
    assert box.todoist.task(task)["due"]["date"] == "2026-01-06"
    todo.do("item_update_date_complete", id=task, due={"date": "2026-01-05"}, is_forward=0)
    assert box.todoist.task(task)["due"]["date"] == "2026-01-05"

    assert todo.refused("item_update_date_complete", id=task)[0] == 400
    once = todo.do("item_add", content="Once")
    assert todo.refused("item_update_date_complete", id=once, due={"date": "2026-01-05"})[0] == 400
