"""What each kind of item looks like on a task list."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sync.model import Kind
from tests.targets.ics.plans import (
    FIRST,
    MUCH_LATER,
    block,
    day,
    every,
    item,
    occurrence,
    plan,
    reworded,
    series,
    task,
    tasks,
)
from tests.targets.ics.readers import components, unfolded


def by_uid(*items):
    return {str(each["UID"]): each for each in components(tasks(plan(*items)), "VTODO")}


def only(*items):
    (found,) = components(tasks(plan(*items)), "VTODO")
    return found


def value(todo, name):
    return todo[name].to_ical().decode()


def test_a_task_of_one_day_is_due_on_it_and_starts_nowhere():
    lines = unfolded(tasks(plan(task(span=day("2026-01-05")))))

    assert "DUE;VALUE=DATE:20260105" in lines
    assert not any(line.startswith("DTSTART") for line in lines)


def test_a_task_of_several_days_is_due_on_the_last():
    lines = unfolded(tasks(plan(task(span=day("2026-01-28", 3)))))

    assert {"DTSTART;VALUE=DATE:20260128", "DUE;VALUE=DATE:20260130"} <= set(lines)


def test_a_timed_task_is_due_when_its_block_ends():
    lines = unfolded(tasks(plan(task(span=block("2026-01-05T19:00", 90)))))

    assert {"DTSTART;TZID=Africa/Nairobi:20260105T190000", "DUE;TZID=Africa/Nairobi:20260105T203000"} <= set(
        lines
    )
    assert "TZID:Africa/Nairobi" in lines


def test_an_undated_task_is_listed_without_a_date():
    todo = only(task())

    assert "DUE" not in todo
    assert "DTSTART" not in todo


def test_tasks_are_named_without_marks():
    assert str(only(task(span=day("2026-01-05"), done=True, title=" Read\nit "))["SUMMARY"]) == "Read it"


def test_work_and_deadlines_are_tasks_and_nothing_else_is():
    items = [
        task("plan/task"),
        task("plan/week", day("2026-01-05", 7), kind=Kind.PERIOD),
        item("plan/form", day("2026-01-05"), kind=Kind.DEADLINE),
        task("plan/shipped", day("2026-01-05"), kind=Kind.MILESTONE),
        item("plan/launch", day("2026-01-05"), kind=Kind.MILESTONE),
        item("plan/phase", day("2026-01-05", 90), kind=Kind.PERIOD),
        item("plan/talk", block("2026-01-05T19:00"), kind=Kind.SESSION),
    ]

    assert set(by_uid(*items)) == {each.uid for each in items[:4]}


def test_an_open_task_needs_action():
    todo = only(task())

    assert value(todo, "STATUS") == "NEEDS-ACTION"
    assert not {"COMPLETED", "PERCENT-COMPLETE"} & set(todo)


def test_a_done_task_says_so_three_times():
    nairobi = timezone(timedelta(hours=3))
    todo = only(task(span=day("2026-01-05"), done=datetime(2026, 1, 5, 21, 30, 9, 99, tzinfo=nairobi)))

    assert value(todo, "STATUS") == "COMPLETED"
    assert value(todo, "PERCENT-COMPLETE") == "100"
    assert "COMPLETED:20260105T183009Z" in todo.to_ical().decode()


def test_a_mark_without_a_time_was_made_by_the_time_it_was_first_written():
    open_plan = plan(task(span=day("2026-01-05")))
    marked = reworded(open_plan, done=True)

    at_first = components(tasks(marked), "VTODO")[0]
    data = tasks(marked, previous=tasks(open_plan), now=MUCH_LATER)
    later = components(data, "VTODO")[0]

    assert at_first["COMPLETED"].dt == FIRST
    assert later["COMPLETED"].dt == MUCH_LATER
    assert tasks(marked, previous=data, now=MUCH_LATER + timedelta(days=9)) == data


def test_a_part_names_its_parent_where_that_is_a_task_too():
    whole = task("plan/build", day("2026-01-05", 7))
    part = task("plan/build/test", parent=whole.key)
    stray = task("plan/week/test", parent="plan/week")

    found = by_uid(item("plan/week", day("2026-01-05", 7), kind=Kind.PERIOD), part, stray, whole)

    assert str(found[part.uid]["RELATED-TO"]) == whole.uid
    assert found[part.uid]["RELATED-TO"].params == {"RELTYPE": "PARENT"}
    assert "RELATED-TO" not in found[whole.uid]
    assert "RELATED-TO" not in found[stray.uid]


def test_each_occurrence_of_a_series_is_a_task_and_the_series_is_none():
    days = every("2026-01-05", "2026-01-09")
    routine = series("plan/block", block("2026-01-05T19:00"), "FREQ=DAILY", days, until=days[-1], tick=True)
    marks = [occurrence(routine, each, done=True if each.day == 5 else None) for each in days]

    found = by_uid(routine, *marks)

    assert set(found) == {each.uid for each in marks}
    assert [value(found[each.uid], "DUE") for each in marks] == [f"2026010{n}T200000" for n in range(5, 10)]
    assert [value(found[each.uid], "STATUS") for each in marks] == ["COMPLETED"] + ["NEEDS-ACTION"] * 4
    assert not any({"RRULE", "RELATED-TO"} & set(each) for each in found.values())


@pytest.mark.parametrize(
    ("span", "start", "due"),
    [
        (day("2026-01-05"), "20260105", "20260109"),
        (block("2026-01-05T19:00"), "20260105T190000", "20260109T200000"),
    ],
)
def test_a_ticked_series_that_nothing_stands_for_is_one_task_up_to_its_last_day(span, start, due):
    days = every("2026-01-05", "2026-01-09")

    todo = only(series("plan/block", span, "FREQ=DAILY", days, until=days[-1], tick=True))

    assert (value(todo, "DTSTART"), value(todo, "DUE")) == (start, due)


def test_a_meeting_series_is_no_task():
    days = every("2026-01-05", "2026-01-09")

    assert by_uid(series("plan/meeting", block("2026-01-05T19:00"), "FREQ=DAILY", days, until=days[-1])) == {}


def test_tasks_come_in_the_order_of_their_dates_with_the_undated_last():
    items = [
        task("plan/backlog"),
        task("plan/late", day("2026-03-01")),
        task("plan/timed", block("2026-01-05T19:00")),
        task("plan/early", day("2026-01-05")),
    ]

    names = [str(each["SUMMARY"]) for each in components(tasks(plan(*items)), "VTODO")]

    assert names == ["early", "timed", "late", "backlog"]


def test_every_task_has_the_properties_that_readers_need_and_no_others():
    todo = only(task(span=day("2026-01-05"), notes="note"))

    assert set(todo) == {
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "CREATED",
        "LAST-MODIFIED",
        "SUMMARY",
        "DUE",
        "STATUS",
        "DESCRIPTION",
        "CATEGORIES",
        "X-ROADMAP-SYNC",
        "X-ROADMAP-SYNC-HASH",
        "X-ROADMAP-SYNC-KIND",
    }


def test_a_list_without_tasks_describes_the_zone_of_the_roadmap():
    data = tasks(plan(timezone="Europe/London"))

    assert components(data, "VTODO") == []
    assert "TZID:Europe/London" in unfolded(data)


def test_the_completion_of_a_task_is_part_of_its_content():
    start = plan(task(done=datetime(2026, 1, 6, tzinfo=UTC)))
    data = tasks(start)

    same = reworded(start, done=datetime(2026, 1, 6, 3, tzinfo=timezone(timedelta(hours=3))))
    other = reworded(start, done=datetime(2026, 1, 7, tzinfo=UTC))

    assert tasks(same, previous=data, now=MUCH_LATER) == data
    assert components(tasks(other, previous=data, now=MUCH_LATER), "VTODO")[0]["SEQUENCE"] == 1


def test_dates_of_all_parts_stay_dates():
    lines = unfolded(tasks(plan(*(task(f"plan/{n}", day(str(date(2026, 1, 1 + n)))) for n in range(20)))))

    assert sum(line.startswith("DUE;VALUE=DATE:") for line in lines) == 20
