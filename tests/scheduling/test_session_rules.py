"""The rhythms of sessions: quotas, rotations, counted sessions, and rules that say just their days."""

import pytest

from tests.scheduling.roads import plan, series, the
from tests.scheduling.rules import by_rule


def test_a_large_number_a_week_is_one_tick_a_week():
    made = plan("# Crew\n## Month 1\n- Send 5-10 letters per week", start="2026-01-05", month_length="28")
    assert series(the(made, "Send 5-10 letters per week"))[:2] == ("FREQ=WEEKLY;BYDAY=MO", 4)
    assert (
        the(made, "Send 5-10 letters per week").guessed["rrule"]
        == "a quota of 10 a week is ticked once a week"
    )


def test_three_times_a_week_is_no_quota():
    made = plan("# Crew\n## Week 1\n- Row 3 times per week", start="2026-01-05")
    assert series(the(made, "Row 3 times per week"))[1] == 3
    assert "quota" not in the(made, "Row 3 times per week").guessed["rrule"]


def test_counted_sessions_fall_on_the_days_that_may_hold_one():
    text = (
        "# Gym\n## Week 1\n- [ ] Join\n\n## Weekly schedule\n"
        "### Session 1: Push\n- press\n### Session 2: Pull\n- row"
    )
    made = plan(text, start="2026-01-05", session_days="[tue, fri]")
    rules = {item.title: item.recurrence.rule for item in made.items if item.recurrence}
    assert rules == {"Session 1: Push": "FREQ=WEEKLY;BYDAY=TU", "Session 2: Pull": "FREQ=WEEKLY;BYDAY=FR"}
    assert "session 1 of the week" in the(made, "Session 1: Push").guessed["rrule"]


def test_weeks_that_take_turns_come_every_other_week():
    text = """
    # Rotation
    ## Week A
    - Monday: run
    ## Week B
    - Monday: swim
    """
    made = plan(text, start="2026-01-05", end="2026-02-01")
    days = {
        item.title: [f"{day:%m-%d}" for day in item.recurrence.occurrences]
        for item in made.items
        if item.recurrence
    }
    assert days == {"run": ["01-05", "01-19"], "swim": ["01-12", "01-26"]}
    assert {item.recurrence.rule for item in made.items if item.recurrence} == {
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    }


LINES = (
    "Daily: scales (20 min)",
    "Every 2 days: scales (20 min)",
    "Every day: scales",
    "Monday and Saturday: scales (20 min)",
    "Every other Saturday and Sunday: scales (45 min)",
    "3 hours of scales per week",
    "Sing scales 4 times per week",
    "First Monday of the month: scales (1 hour)",
    "Last Friday of the month: scales",
    "Once a month: scales (1 hour)",
)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("start", ["2026-01-05", "2026-02-28", "2026-12-31"])
def test_every_rule_says_just_the_days_of_its_series(line, start):
    made = plan(
        f"# Drill\n## Month 1\n- {line}\n- Days 3-12: études (1 hour/day)\n## Week 9\n- {line}", start=start
    )
    assert any(item.recurrence and "/time" not in item.key for item in made.items)
    for item in made.items:
        if item.recurrence is not None:
            assert item.recurrence.until is not None
            assert by_rule(item.recurrence, item.recurrence.until) == item.recurrence.occurrences
            assert item.recurrence.occurrences[0] == item.recurrence.first


def test_a_rhythm_that_no_rule_can_part_stays_one_series():
    made = plan("# Drill\n## Month 1\n- Every 2 days: scales (20 min)", start="2026-01-05")
    assert [item.recurrence.rule for item in made.items if item.recurrence] == ["FREQ=DAILY;INTERVAL=2"]


def test_turns_on_weekdays_and_weekends_keep_their_interval_when_they_are_parted():
    made = plan(
        "# Rotation\n## Week A\n- Monday and Saturday: run (30 min)\n## Week B\n- Monday: swim",
        start="2026-01-05",
        end="2026-02-15",
    )
    rules = {item.key: item.recurrence.rule for item in made.items if item.recurrence and item.title == "run"}
    assert rules == {
        "plan/week-a/run": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        "plan/week-a/run/slot-2": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
    }


def test_a_day_that_is_named_for_a_rate_is_no_guess():
    made = plan("# Drill\n## Month 1\n- Every other Friday: scales", start="2026-01-05")
    assert [dict(item.guessed) for item in made.items if item.recurrence] == [{}]
