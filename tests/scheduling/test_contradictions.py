"""What does not fit together is told, one sentence for each, and nothing is changed for it."""

from sync.model import Severity
from tests.scheduling.roads import plan, problems, told


def messages(made):
    return {problem.code: problem.message for problem in made.problems}


def test_a_document_that_fits_has_no_problems():
    made = plan("# Row\n## Week 1 (Mon 5 Jan 2026 - Sun 11 Jan 2026)\n- [ ] Rope\n## Week 2\n- Day 8: Tides")
    assert problems(made) == []


def test_a_weekday_that_is_not_the_one_of_its_date():
    made = plan("# Fair\n- Mon 4 May 2026: Tents\n- Wed 5 May 2026: Posters")
    assert problems(made) == [(3, "weekday-mismatch")]
    assert messages(made)["weekday-mismatch"] == (
        "The weekday does not fit the date: line 3 says Wednesday where the date is a Tuesday. The dates are used."
    )


def test_many_weekdays_of_another_year_are_one_problem_with_a_count():
    made = plan("# Fair\n- Mon 5 May 2026: a\n- Tue 6 May 2026: b\n- Wed 7 May 2026: c")
    assert messages(made)["weekday-mismatch"].startswith("3 weekdays do not fit the date: line 2 says Monday")


def test_weekdays_that_win_are_told_too():
    made = plan("# Fair\n- Mon 5 May 2026: a", conflict="weekday")
    assert messages(made)["weekday-mismatch"].endswith("The weekdays are used.")
    assert "`conflict: date`" in made.problems[0].suggestion


def test_a_weekday_beside_a_date_that_cannot_be_says_nothing_more():
    assert problems(plan("# Fair\n- Mon 31 June 2026: a")) == [(2, "impossible-date")]


def test_a_week_of_nine_days():
    made = plan("# Row\n## Week 1 (5 January 2026 - 13 January 2026)\n- [ ] Rope")
    assert problems(made) == [(2, "week-length")]
    assert messages(made)["week-length"] == "One week here has 9 days: 2026-01-05 to 2026-01-13."


def test_two_weeks_of_ten_written_days():
    made = plan("# Row\n## Weeks 1-2 (5 January 2026 - 14 January 2026)\n- [ ] Rope")
    assert messages(made)["week-length"] == "2 weeks here have 10 days: 2026-01-05 to 2026-01-14."


def test_a_number_and_a_date_that_disagree():
    made = plan(
        "# Row\n## Week 1\n- [ ] Rope\n## Week 2 (13 January 2026 - 19 January 2026)\n- [ ] Tides",
        start="2026-01-05",
    )
    assert problems(made) == [(8, "count-and-date")]
    assert (
        messages(made)["count-and-date"]
        == "Week 2 would begin on 2026-01-12, the text says 2026-01-13; the date is used."
    )
    assert told(made)["Week 2"] == "2026-01-13..2026-01-19"


def test_a_calendar_week_that_cannot_be_counted_is_not_compared():
    made = plan("# Course 2025\n## CW 53 (5 January 2026 - 11 January 2026)\n- [ ] Rope")
    assert problems(made) == []


def test_a_milestone_of_a_week_may_lie_on_any_of_its_days():
    made = plan(
        "# Row\n## Week 1\n- [ ] Rope\n\n## Milestones\n- Week 1 launch: 8 January 2026", start="2026-01-05"
    )
    assert problems(made) == []


def test_work_after_the_stated_end():
    made = plan(
        "# Row\n**Start date:** 2026-01-05\n**End date:** 2026-01-31\n\n"
        "## Week 1\n- [ ] Rope\n\n## 1 March - 9 March 2026: Regatta\n"
        "- [ ] Race"
    )
    assert problems(made) == [(8, "after-end")]
    assert messages(made)["after-end"] == "“Regatta” begins on 2026-03-01, after the stated end 2026-01-31."


def test_work_after_the_end_of_the_front_matter():
    made = plan("# Row\n- 1 March 2026: Race", start="2026-01-05", end="2026-01-31")
    assert [code for _, code in problems(made)] == ["after-end"]


DRILL = """
# Drill
## 5 January 2026 - 1 February 2026: Winter
Total time: **{total}**

### WEEKDAYS (Mon-Fri)
#### Block 1: Scales (90 min)
- slowly
#### Block 2: Ear (30 min)
- sing
### Saturday (3 hours)
- all of it
"""


def test_a_total_that_its_parts_do_not_add_up_to():
    made = plan(DRILL.format(total="2.5 hours/day"))
    assert problems(made) == [(3, "total")]
    assert messages(made)["total"] == (
        "The text says 2 h 30 min a day; its parts add up to 2 h on Mon/Tue/Wed/Thu/Fri, 3 h on Sat."
    )


def test_a_total_that_fits_is_no_problem():
    assert problems(plan(DRILL.format(total="2-3 hours/day"))) == []
    assert (
        problems(plan("# Drill\nTotal time: **2 hours/day**\n\n## Week 1\n- [ ] Rope", start="2026-01-05"))
        == []
    )


def test_a_total_counts_the_parts_of_its_own_period():
    text = (
        DRILL.format(total="2-3 hours/day")
        + "\n## 2 February 2026 - 1 March 2026: Spring\n### Monday (3 hours)\n- sing"
    )
    assert problems(plan(text)) == []


def test_short_parts_are_told_in_minutes():
    made = plan(
        "# Drill\n## 5 - 25 January 2026: Winter\nTotal time: **1 hour/day**\n\n### Monday (20 min)\n- sing"
    )
    assert messages(made)["total"] == "The text says 1 h a day; its parts add up to 20 min on Mon."


CREW = """
# Crew
## Week 1
- [ ] Rope

## Weekly schedule
- Mon-Fri 21:00-22:00: Crew meeting
- Saturday 10:00-11:00: Deck

## Rules
- Be at the {said} meeting
"""


def test_a_meeting_that_is_said_on_other_days():
    made = plan(CREW.format(said="Monday 21:00"), start="2026-01-05")
    assert [code for _, code in problems(made)] == ["said-differently"]
    assert messages(made)["said-differently"] == (
        "“Crew meeting” is on Mon/Tue/Wed/Thu/Fri in line 10, and on Mon here; line 10 is used."
    )


def test_a_meeting_said_rightly_or_at_an_unknown_time_is_no_contradiction():
    assert problems(plan(CREW.format(said="Saturday 10:00"), start="2026-01-05")) == []
    assert problems(plan(CREW.format(said="Sunday 8:00"), start="2026-01-05")) == []


def test_a_place_marked_as_today_is_a_note_and_no_anchor():
    made = plan("# Row\n## Week 1\n- [ ] Rope\n## Week 2 (today)\n- [ ] Tides", start="2026-01-05")
    found = [problem for problem in made.problems if problem.code == "you-are-here"]
    assert [(problem.line, problem.severity) for problem in found] == [(8, Severity.NOTE)]
    assert told(made)["Tides"] == "2026-01-12"
