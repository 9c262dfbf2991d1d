"""Where counting starts."""

from datetime import date

import pytest

from tests.scheduling.roads import plan, problems, the, told, when

WEEKS = """
# Knots
## Week 1
- [ ] Bowline
## Week 2
- [ ] Clove hitch
"""


def test_the_start_of_the_front_matter_wins_over_the_one_in_the_text():
    made = plan("# Knots\n**Start date:** 2026-03-02\n\n## Week 1\n- [ ] Bowline", start="2026-02-02")
    assert told(made) == {"Week 1": "2026-02-02..2026-02-08", "Bowline": "2026-02-02"}
    assert the(made, "Week 1").guessed == {
        "start": "week 1 counted from 2026-02-02 (the front matter's start)"
    }


def test_a_start_in_the_text_counts_and_its_line_is_told():
    made = plan(
        "# Knots\n\n**Start date:** March 2, 2026\n\n## Week 2\n- [ ] Bowline\n\n## Week 1\n- [ ] Hitch"
    )
    assert told(made)["Week 2"] == "2026-03-09..2026-03-15"
    assert "the start date in line 3" in the(made, "Week 2").guessed["start"]
    assert (made.start, made.end) == (date(2026, 3, 2), date(2026, 3, 15))


def test_without_a_start_counted_items_stay_undated_and_one_warning_says_so():
    made = plan(WEEKS, today=date(2026, 5, 4))
    assert set(told(made).values()) == {"undated"}
    assert problems(made) == [(2, "no-start")]
    assert (made.start, made.end) == (None, None)


def test_an_anchor_ties_a_unit_and_the_start_follows_from_it():
    made = plan(WEEKS, anchor="{week: 2, date: 2026-03-11}")
    assert told(made)["Week 1"] == "2026-03-04..2026-03-10"
    assert told(made)["Week 2"] == "2026-03-11..2026-03-17"
    assert made.start == date(2026, 3, 4)


def test_an_anchor_beside_a_start_moves_its_own_unit_alone():
    made = plan(
        "# P\n- Day 1: Rope\n\n## Week 2\n- [ ] Hitch",
        start="2026-03-02",
        anchor="{week: 2, date: 2026-03-16}",
    )
    assert told(made)["Rope"] == "2026-03-02"
    assert told(made)["Week 2"] == "2026-03-16..2026-03-22"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# P\n## Week 3 (Feb 9, 2026 - Feb 15, 2026)\n- [ ] a\n## Week 4\n- [ ] b",
            "2026-02-16..2026-02-22",
        ),
        (
            "# P\n## Week 3\n- [ ] a\n## Week 4\n- [ ] b\n\n## Key dates\n- Week 3 launch: Feb 9, 2026",
            "2026-02-16..2026-02-22",
        ),
    ],
)
def test_a_unit_with_a_date_beside_its_number_pins_the_others(text, expected):
    assert told(plan(text))["Week 4"] == expected


def test_a_deadline_by_the_end_of_a_unit_does_not_pin_its_beginning():
    made = plan("# P\n- By week 4: report (Feb 1, 2026)\n\n## Week 1\n- [ ] a\n## Week 2\n- [ ] b")
    assert told(made)["Week 1"] == "2026-02-01..2026-02-07"
    assert "the earliest date in the text" in the(made, "Week 1").guessed["start"]


def test_a_plan_that_begins_at_week_5_begins_with_week_5():
    made = plan("# P\n## Week 5\n- [ ] a\n## Week 6\n- [ ] b", start="2026-03-02")
    assert told(made)["Week 5"] == "2026-03-02..2026-03-08"
    assert told(made)["Week 6"] == "2026-03-09..2026-03-15"


def test_days_that_begin_late_beside_a_week_1_count_from_its_first_day():
    made = plan("# P\n## Week 1\n- Day 3: Tides\n- Day 5: Charts", start="2026-03-02")
    assert (told(made)["Tides"], told(made)["Charts"]) == ("2026-03-04", "2026-03-06")


def test_the_third_month_of_something_longer_begins_on_the_start_with_its_days():
    made = plan("# P\n## Month 3\n### Week 1\n- Day 1: Tides\n- Day 30: Charts", start="2026-01-30")
    assert told(made)["Tides"] == "2026-01-30"
    assert told(made)["Month 3"] == "2026-01-30..2026-02-28"


def test_an_end_of_week_alone_does_not_make_that_week_the_first():
    made = plan(
        "# P\n- Day 1: Rope\n- Day 14: Sail\n\n## Milestones\n- End of Week 2: first trip", start="2026-03-02"
    )
    assert told(made)["End of Week 2: first trip"] == "2026-03-15"


def test_numbers_that_begin_again_inside_each_month_count_from_their_month():
    made = plan(
        """
        # Guitar
        ## Month 1
        ### Week 1
        - [ ] Chords
        ### Week 2
        - [ ] Rhythm
        ## Month 2
        ### Week 1
        - [ ] Scales
        ### Week 2
        - [ ] Songs
        """,
        start="2026-01-05",
    )
    assert told(made)["Month 2"] == "2026-02-05..2026-03-04"
    assert told(made)["Scales"] == "2026-02-05"
    assert told(made)["Songs"] == "2026-02-12"
    keys = [item.key for item in made.items if item.title in {"Rhythm", "Songs"}]
    assert keys == ["plan/month-1.week-2/rhythm", "plan/month-2.week-2/songs"]


def test_numbers_that_begin_again_inside_phases_without_dates_follow_one_another():
    made = plan(
        """
        # Choir
        ## Phase 1: Breath
        ### Week 1
        - [ ] Stand
        ### Week 2
        - [ ] Breathe
        ## Phase 2: Voice
        ### Week 1
        - [ ] Hum
        ### Week 2
        - [ ] Sing
        """,
        start="2026-01-05",
    )
    assert told(made)["Phase 1: Breath"] == "2026-01-05..2026-01-18"
    assert told(made)["Phase 2: Voice"] == "2026-01-19..2026-02-01"
    assert told(made)["Sing"] == "2026-01-26"


@pytest.mark.parametrize(
    ("length", "second", "third"),
    [
        ("auto", "2026-02-28..2026-03-30", "2026-03-31..2026-04-29"),
        ("calendar", "2026-02-28..2026-03-30", "2026-03-31..2026-04-29"),
        ("28", "2026-02-28..2026-03-27", "2026-03-28..2026-04-24"),
        ("30", "2026-03-02..2026-03-31", "2026-04-01..2026-04-30"),
    ],
)
def test_months_have_the_length_that_is_asked_for(length, second, third):
    made = plan(
        "# P\n## Month 1\n- [ ] a\n## Month 2\n- [ ] b\n## Month 3\n- [ ] c",
        start="2026-01-31",
        month_length=length,
    )
    assert (told(made)["Month 2"], told(made)["Month 3"]) == (second, third)


def test_months_have_four_weeks_where_weeks_stand_in_them_in_fours():
    weeks = "\n".join(
        f"## Month {month}\n"
        + "\n".join(f"### Week {4 * month - 4 + week}\n- [ ] task {month}{week}" for week in range(1, 5))
        for month in (1, 2)
    )
    made = plan(f"# P\n{weeks}", start="2026-01-05")
    assert told(made)["Month 1"] == "2026-01-05..2026-02-01"
    assert told(made)["Month 2"] == "2026-02-02..2026-03-01"


@pytest.mark.parametrize(
    ("front", "first", "second"),
    [
        ({}, "2026-01-08..2026-01-14", "2026-01-15..2026-01-21"),
        ({"week_start": "monday"}, "2026-01-12..2026-01-18", "2026-01-19..2026-01-25"),
        (
            {"week_start": "monday", "first_week": "partial"},
            "2026-01-08..2026-01-11",
            "2026-01-12..2026-01-18",
        ),
        ({"week_start": "sunday"}, "2026-01-11..2026-01-17", "2026-01-18..2026-01-24"),
        (
            {"week_start": "saturday", "first_week": "partial"},
            "2026-01-08..2026-01-09",
            "2026-01-10..2026-01-16",
        ),
        (
            {"week_start": "start", "first_week": "partial"},
            "2026-01-08..2026-01-14",
            "2026-01-15..2026-01-21",
        ),
    ],
)
def test_numbered_weeks_begin_on_the_weekday_that_is_asked_for(front, first, second):
    made = plan(WEEKS, start="2026-01-08", **front)
    assert (told(made)["Week 1"], told(made)["Week 2"]) == (first, second)


def test_a_week_start_on_the_day_of_the_start_changes_nothing():
    assert told(plan(WEEKS, start="2026-01-05", week_start="monday"))["Week 1"] == "2026-01-05..2026-01-11"


def test_week_numbers_that_begin_late_in_a_named_year_are_the_calendars():
    made = plan("# Autumn term 2026\n## Week 38\n- [ ] a\n## Week 39\n- [ ] b")
    assert told(made)["Week 38"] == "2026-09-14..2026-09-20"
    assert the(made, "Week 38").guessed["start"] == "calendar week 38 of 2026"


def test_the_front_matter_says_whether_weeks_are_the_calendars():
    weeks = "# Autumn term 2026\n## Week 2\n- [ ] a"
    assert told(plan(weeks, week_numbering="iso"))["Week 2"] == "2026-01-05..2026-01-11"
    assert told(plan(weeks, week_numbering="plan", start="2026-09-01"))["Week 2"] == "2026-09-01..2026-09-07"


def test_a_start_that_no_calendar_has_is_told_and_the_dated_rest_stays():
    made = plan("# P\n**Start date:** February 30, 2026\n\n## Week 1\n- [ ] a\n\n- 4 March 2026: Tides")
    assert (2, "impossible-date") in problems(made)
    assert told(made)["Tides"] == "2026-03-04"


def test_an_end_before_the_start_is_told_and_left_out():
    made = plan("# P\n**Start date:** 2026-03-02\n**End date:** 2026-02-01\n\n## Week 1\n- [ ] a")
    assert (2, "end-before-start") in problems(made)
    assert (made.start, made.end) == (date(2026, 3, 2), date(2026, 3, 8))


def test_an_end_that_is_only_a_month_is_its_last_day():
    made = plan("# P\n**Start date:** 2026-03-02\n**End date:** June 2026\n\n## Week 1\n- [ ] a")
    assert made.end == date(2026, 6, 30)


def test_the_front_matter_ends_the_plan():
    made = plan(WEEKS, start="2026-03-02", end="2026-05-31")
    assert made.end == date(2026, 5, 31)
    assert when(the(made, "Week 2")) == "2026-03-09..2026-03-15"


def test_a_month_with_a_date_pins_the_others():
    made = plan("# P\n## Month 2 (16 March 2026 - 15 April 2026)\n- [ ] b\n## Month 1\n- [ ] a")
    assert told(made)["Month 1"] == "2026-02-16..2026-03-15"
    assert made.start == date(2026, 2, 16)


def test_a_written_end_of_a_run_of_weeks_is_the_end_of_its_last_week():
    made = plan(
        "# P\n## Phase 1: Weeks 1-2 (5 January 2026 - 16 January 2026)\n### Week 1\n- [ ] a\n### Week 2\n- [ ] b"
    )
    assert told(made)["Week 2"] == "2026-01-12..2026-01-16"


def test_a_run_of_weeks_with_an_impossible_end_limits_nothing():
    made = plan(
        "# P\n## Phase 1: Weeks 1-2 (5 January 2026 - 31 February 2026)\n### Week 1\n- [ ] a\n### Week 2\n- [ ] b",
        start="2026-01-05",
    )
    assert told(made)["Week 2"] == "2026-01-12..2026-01-18"


def test_days_inside_a_run_of_days_go_on_counting():
    made = plan(
        "# P\n## Days 1-3\n- Day 1: a\n- Day 2: b\n## Days 4-5\n- Day 4: c\n- Day 5: d", start="2026-01-05"
    )
    assert told(made)["d"] == "2026-01-09"


def test_a_kick_off_before_the_first_phase_does_not_make_the_plan_begin_earlier():
    made = plan(
        "# P\n## Key dates\n* **Kickoff:** 2 January 2026\n\n"
        "## 5 January 2026 - 1 February 2026: Water\n### Week 1\n- [ ] a"
    )
    assert made.start == date(2026, 1, 5)
    assert told(made)["Week 1"] == "2026-01-05..2026-01-11"


def test_a_late_day_with_a_date_beside_weeks_from_1_counts_back_to_day_1():
    made = plan(
        "# P\n## Phase 2: Sea\n### Week 1\n- [ ] a\n### Week 2\n- [ ] b\n- Day 15 (19 January 2026): c"
    )
    assert made.start == date(2026, 1, 5)
    assert told(made)["Week 1"] == "2026-01-05..2026-01-11"


def test_a_late_day_with_a_date_in_a_late_phase_begins_the_plan():
    made = plan("# P\n## Phase 1: Sea\n- Day 15 (19 January 2026): c\n- Day 16: d")
    assert made.start == date(2026, 1, 19)
    assert told(made)["d"] == "2026-01-20"
