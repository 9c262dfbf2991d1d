"""Numbered units and partial dates become days."""

from datetime import date

import pytest

from sync.model import Days
from sync.reading.expressions import Ordinal, PartialDate, Unit, Written
from sync.reading.reader import read_lines
from sync.scheduling.calendar import Frame, add_months
from tests.scheduling.roads import plan, problems, the, told


def test_months_are_clipped_at_their_end_and_do_not_drift():
    assert [add_months(date(2026, 1, 31), count) for count in range(4)] == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_years_are_counted_in_twelve_months():
    made = plan("# P\n## Year 1\n- [ ] a\n## Year 2\n- [ ] b", start="2024-02-29")
    assert (told(made)["Year 1"], told(made)["Year 2"]) == (
        "2024-02-29..2025-02-27",
        "2025-02-28..2026-02-27",
    )


# --- working days ---


def test_day_numbers_may_count_working_days_alone():
    made = plan("# P\n- Day 1: a\n- Day 2: b\n- Days 3-5: c", start="2026-01-08", day_counting="workdays")
    assert told(made) == {"a": "2026-01-08", "b": "2026-01-09", "c": "2026-01-12..2026-01-14"}


def test_the_first_working_day_is_the_first_on_or_after_the_start():
    made = plan(
        "# P\n- Day 1: a\n- Day 2: b", start="2026-01-10", day_counting="workdays", workdays="[sun, tue]"
    )
    assert told(made) == {"a": "2026-01-11", "b": "2026-01-13"}


def test_working_days_are_counted_back_from_an_anchor():
    made = plan(
        "# P\n- Day 1: a\n- Day 4: b",
        start="2026-01-01",
        anchor="{day: 4, date: 2026-01-13}",
        day_counting="workdays",
    )
    assert told(made) == {"a": "2026-01-08", "b": "2026-01-13"}


# --- calendar weeks and quarters ---


def test_calendar_weeks_that_turn_the_year_begin_again_in_the_next():
    made = plan("# Winter term 2026\n## CW 52\n- [ ] a\n## CW 53\n- [ ] b\n## CW 2\n- [ ] c")
    assert list(told(made).values())[::2] == [
        "2026-12-21..2026-12-27",
        "2026-12-28..2027-01-03",
        "2027-01-11..2027-01-17",
    ]


def test_a_range_of_calendar_weeks_is_one_span():
    assert told(plan("# Course 2026\n## CW 14-16\n- [ ] a"))["CW 14-16"] == "2026-03-30..2026-04-19"


def test_a_calendar_week_that_its_year_does_not_have_is_told_and_the_rest_stays_dated():
    made = plan("# Course 2025\n## CW 53\n- [ ] a\n## CW 40\n- [ ] b")
    assert problems(made) == [(2, "impossible-date")]
    assert "Week 53 of 2025" in made.problems[0].message
    assert (told(made)["a"], told(made)["b"]) == ("undated", "2025-09-29")


def test_calendar_weeks_wait_for_a_year():
    made = plan("# Course\n## CW 14\n- [ ] a")
    assert told(made)["CW 14"] == "undated"


def test_quarters_are_those_of_the_year_that_is_named():
    made = plan("# Team 2026\n## Q3\n- [ ] a\n## Q4\n- [ ] b\n## Q1\n- [ ] c")
    assert [told(made)[name] for name in ("Q3", "Q4", "Q1")] == [
        "2026-07-01..2026-09-30", "2026-10-01..2026-12-31", "2027-01-01..2027-03-31",
    ]  # fmt: skip


def test_a_quarter_that_is_over_at_the_start_is_the_next_years():
    made = plan("# Team\n## Q3\n- [ ] a\n## Q2\n- [ ] b", start="2026-07-15")
    assert (told(made)["Q3"], told(made)["Q2"]) == ("2026-07-01..2026-09-30", "2027-04-01..2027-06-30")


def test_a_quarter_has_the_year_that_it_names():
    assert told(plan("# Team\n## Q3 2027\n- [ ] a"))["a"] == "2027-07-01..2027-09-30"


def test_a_fifth_quarter_is_told():
    made = plan("# Team 2026\n## Q1\n- [ ] a")
    frame = Frame(read_lines(("# Team",), "team"), start=date(2026, 1, 1))
    assert told(made)["Q1"] == "2026-01-01..2026-03-31"
    with pytest.raises(ValueError, match="Quarter 5"):
        frame.count(Ordinal(Unit.QUARTER, 5, 5), None)


def test_phases_are_not_counted_and_quarters_wait_for_a_year():
    frame = Frame(read_lines(("# Team",), "team"), start=date(2026, 1, 1))
    assert frame.count(Ordinal(Unit.PHASE, 2, 2), None) is None
    assert Frame(frame.roadmap).count(Ordinal(Unit.QUARTER, 2, 2), None) is None


# --- years that the text leaves out ---


def test_dates_without_a_year_turn_from_december_to_january():
    made = plan("# Trip\n- 20 December: Pack\n- 28 December: Leave\n- 3 January: Return", start="2026-12-01")
    assert list(told(made).values()) == ["2026-12-20", "2026-12-28", "2027-01-03"]
    assert the(made, "Return").guessed["start"].startswith("the year 2027 is not written here")


def test_a_date_without_a_year_lies_on_or_after_the_start():
    made = plan("# Trip\n- 4 May: Pack\n- 20 June: Leave", start="2026-05-20")
    assert told(made) == {"Pack": "2027-05-04", "Leave": "2027-06-20"}


def test_a_year_in_the_title_holds_for_all_dates_near_it():
    made = plan("# Trip 2027\n- 4 May: Pack\n- 20 June: Leave", start="2026-12-01")
    assert told(made) == {"Pack": "2027-05-04", "Leave": "2027-06-20"}


def test_a_list_of_key_dates_does_not_push_the_phases_below_it_into_the_next_year():
    made = plan(
        """
        # Orchard 2026
        ## Key dates
        * **Harvest fair:** 1 December
        ## 5 January - 1 February: Pruning
        - [ ] Sharpen
        ## 2 February - 1 March: Grafting
        - [ ] Wax
        """
    )
    assert told(made)["Pruning"] == "2026-01-05..2026-02-01"
    assert told(made)["Harvest fair"] == "2026-12-01"


def test_a_date_below_a_period_lies_in_the_periods_year():
    made = plan("# Ski\n## Dec 28, 2026 - Jan 10, 2027: Camp\n- 30 December: Slalom\n- 4 January: Race")
    assert told(made)["Slalom"] == "2026-12-30"
    assert told(made)["Race"] == "2027-01-04"


def test_a_range_without_years_ends_in_the_next_one_where_it_turns():
    made = plan("# Ski\n- 20 December: Pack\n- 28 December - 3 January: Camp", start="2026-12-01")
    assert told(made)["Camp"] == "2026-12-28..2027-01-03"


def test_a_range_that_ends_in_a_leap_day_is_not_moved_into_a_year_without_it():
    made = plan("# Ski\n- 1 March - 29 February: Camp\n- 4 March: Pack", start="2028-01-10")
    assert told(made) == {"Camp": "undated", "Pack": "2028-03-04"}
    assert problems(made) == [(6, "impossible-date")]


def test_months_are_whole_months():
    made = plan("# Garden 2026\n## March\n- [ ] Sow\n## May - June\n- [ ] Weed\n## By August\n- [ ] Harvest")
    assert told(made)["Sow"] == "2026-03-01..2026-03-31"
    assert told(made)["Weed"] == "2026-05-01..2026-06-30"


def test_a_weekday_with_a_bare_number_lies_in_its_period():
    made = plan(
        "# Fair\n## 4-10 May 2026: Build\n- Tue 5: Tents\n- Fri 8: Stage\n## June 2026\n- Mon 31: Sweep"
    )
    assert told(made)["Tents"] == "2026-05-05"
    assert told(made)["Stage"] == "2026-05-08"


def test_a_weekday_with_a_bare_number_follows_the_start_where_no_period_holds_it():
    frame = Frame(read_lines(("# Fair",), "fair"), start=date(2026, 5, 20))
    tuesday = PartialDate(day=2, weekday=2)
    assert frame.resolve(Written(tuesday, tuesday), None) == Days(date(2026, 6, 2), date(2026, 6, 3))
    assert Frame(frame.roadmap).resolve(Written(tuesday, tuesday), None) is None
    run = Written(PartialDate(day=30), PartialDate(day=2))
    assert frame.resolve(run, None) == Days(date(2026, 5, 30), date(2026, 6, 3))


def test_a_year_alone_is_the_whole_year():
    year = PartialDate(year=2026)
    frame = Frame(read_lines(("# Fair",), "fair"))
    assert frame.resolve(Written(year, year), None) == Days(date(2026, 1, 1), date(2027, 1, 1))


def test_a_weekday_alone_is_no_day():
    monday = PartialDate(weekday=1)
    frame = Frame(read_lines(("# Fair",), "fair"), start=date(2026, 5, 20))
    assert frame.resolve(Written(monday, monday), None) is None


# --- countdowns ---


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ("10 days before", "2026-06-10"),
        ("2 weeks before", "2026-06-06..2026-06-12"),
        ("2 months before", "2026-04-20..2026-05-19"),
        ("4-2 weeks before", "2026-05-23..2026-06-05"),
        ("3 days after", "2026-06-23"),
        ("1 week after", "2026-06-21..2026-06-27"),
        ("2 weeks after", "2026-06-28..2026-07-04"),
    ],
)
def test_a_countdown_counts_from_the_event(place, days):
    made = plan(f"# Wedding\n- [ ] Cake ({place})", event_date="2026-06-20")
    assert told(made)["Cake"] == days
    assert "event" in the(made, "Cake").guessed["start"]


def test_a_countdown_without_its_event_waits_and_that_is_the_only_complaint():
    made = plan("# Wedding\n- [ ] Cake (2 weeks before)\n- [ ] Rings (1 week before)")
    assert set(told(made).values()) == {"undated"}
    assert problems(made) == [(2, "no-event-date")]
