"""Every entry gets its days, and one bad line costs itself alone."""

from datetime import date

import pytest

from sync.model import Kind, Severity
from sync.reading.expressions import Extent, Ordinal, Unit
from sync.reading.reader import read_lines
from sync.reading.roadmap import Entry, When
from sync.scheduling.calendar import Frame
from sync.scheduling.dating import date_all
from tests.scheduling.roads import plan, problems, the, told

# --- which place wins ---


def test_a_written_date_wins_over_a_number():
    made = plan("# Row\n## Week 2 (Jan 20 - Jan 26, 2026)\n- [ ] Tides", start="2026-01-05")
    assert told(made)["Week 2"] == "2026-01-20..2026-01-26"


def test_the_finer_count_of_a_heading_wins_over_the_coarser():
    made = plan(
        "# Row\n## Week 1 (Days 1-7)\n- [ ] Rope\n## Week 4 (Days 22-30)\n- [ ] Tides", start="2026-01-05"
    )
    assert told(made)["Week 4"] == "2026-01-26..2026-02-03"


def test_a_week_follows_its_numbered_days_beyond_its_own():
    made = plan(
        "# Row\n## Week 1\n- Day 1: Rope\n## Week 2\n- Day 8: Tides\n- Day 16: Charts", start="2026-01-05"
    )
    assert told(made)["Week 2"] == "2026-01-12..2026-01-20"
    assert the(made, "Week 2").guessed["start"] == "from the days that are numbered below it"
    assert problems(made) == [(8, "week-length")]


def test_a_stray_date_does_not_drag_the_undated_tasks_of_its_period_along():
    made = plan("# Row\n## Weeks 2-3: Sail\n- [ ] Check\n- [ ] 2 July: Paint", start="2026-01-05")
    assert told(made)["Weeks 2-3: Sail"] == "2026-01-05..2026-01-18"
    assert told(made)["Check"] == "2026-01-05..2026-01-18"
    assert told(made)["Paint"] == "2026-07-02"


def test_days_next_to_a_period_widen_it_also_where_tasks_without_a_day_stand_beside():
    made = plan("# Row\n## Week 1\n- [ ] Rope\n- Day 8: Tides", start="2026-01-05")
    assert told(made)["Week 1"] == "2026-01-05..2026-01-12"


def test_a_phase_without_a_place_has_the_days_of_what_stands_below_it():
    made = plan(
        "# Row\n## Phase 1: Water\n### Week 1\n- [ ] Rope\n### Week 2\n- [ ] Tides", start="2026-01-05"
    )
    assert told(made)["Phase 1: Water"] == "2026-01-05..2026-01-18"
    assert the(made, "Phase 1: Water").guessed["start"] == "from what stands below it"


def test_the_last_week_is_not_stretched_beyond_the_written_end_of_its_period():
    made = plan(
        "# Row\n## Phase 1 (5 January 2026 - 16 January 2026)\n### Week 1\n- [ ] a\n### Week 2\n- [ ] b",
        start="2026-01-05",
    )
    assert told(made)["Week 2"] == "2026-01-12..2026-01-16"


def test_the_last_week_is_not_stretched_beyond_the_end_of_the_plan():
    made = plan("# Row\n## Week 1\n- [ ] a\n## Week 2\n- [ ] b", start="2026-01-05", end="2026-01-14")
    assert told(made)["Week 2"] == "2026-01-12..2026-01-14"


def test_a_correction_in_the_front_matter_wins_over_everything():
    made = plan(
        "# Row\n## Week 2 (Jan 20 - Jan 26, 2026)\n- 22 January 2026: Tides",
        start="2026-01-05",
        overrides='[{match: "Tides", date: 2026-01-23}]',
    )
    assert told(made)["Tides"] == "2026-01-23"
    assert "front matter" in the(made, "Tides").guessed["start"]


# --- bounds and points ---


def test_by_a_month_is_its_last_day_and_with_due_start_its_first():
    text = "# Row\n- [ ] Paint the hull (by May 2026)\n- Week 1: Rope"
    assert told(plan(text))["Paint the hull"] == "2026-05-31"
    assert told(plan(text, due="start"))["Paint the hull"] == "2026-05-01"


@pytest.mark.parametrize(
    ("line", "day"),
    [("End of Week 2: first trip", "2026-01-18"), ("Week 2: first trip", "2026-01-18")],
)  # fmt: skip
def test_a_milestone_of_a_week_is_its_last_day_unless_it_says_otherwise(line, day):
    made = plan(
        f"# Row\n## Week 1\n- [ ] Rope\n## Week 2\n- [ ] Tides\n\n## Milestones\n- {line}", start="2026-01-05"
    )
    (point,) = [item for item in made.items if item.kind is Kind.MILESTONE]
    assert told(made)[point.title] == day


def test_a_milestone_without_a_date_is_the_last_day_of_its_period():
    made = plan("# Row\n## Week 1\n- [ ] Rope\n- **MILESTONE:** Afloat", start="2026-01-05")
    assert told(made)["Afloat"] == "2026-01-11"
    assert the(made, "Afloat").guessed["start"] == "the last day of its period"


def test_a_column_for_a_weekday_lies_on_that_weekday_of_its_week():
    made = plan(
        "# Row\n\n| Week | Mon | Wed |\n|---|---|---|\n| 1 | Rope | Tides |\n| 2 | Sail | Tack |",
        start="2026-01-08",
    )
    assert told(made)["Rope"] == "2026-01-12"
    assert told(made)["Tides"] == "2026-01-14"
    assert told(made)["Tack"] == "2026-01-21"
    assert the(made, "Rope").guessed["start"] == "the weekday of its column, inside its week"


# --- sequences ---


def test_periods_that_only_have_a_length_follow_one_another():
    made = plan(
        """
        # Bees
        | Topic | Duration |
        |---|---|
        | Hives | 2 weeks |
        | Swarms | 10 days |
        | Honey | 1 month |
        | Winter | 1 quarter |
        """,
        start="2026-03-02",
    )
    assert list(told(made).values()) == [
        "2026-03-02..2026-03-15", "2026-03-16..2026-03-25", "2026-03-26..2026-04-25", "2026-04-26..2026-07-25",
    ]  # fmt: skip
    assert the(made, "Honey").guessed["start"] == "1 month in sequence from 2026-03-26"


def test_what_stands_in_a_sequence_counts_from_its_own_part():
    made = plan(
        """
        # Bees
        ## Phase 1: Hives (2 weeks)
        ### Week 1
        - [ ] Wood
        ### Week 2
        - [ ] Frames
        ## Phase 2: Swarms (3 weeks)
        ### Week 1
        - [ ] Box
        ### Week 2
        - [ ] Bait
        """,
        start="2026-03-02",
    )
    assert told(made)["Phase 2: Swarms"] == "2026-03-16..2026-04-05"
    assert told(made)["Box"] == "2026-03-16"
    assert told(made)["Bait"] == "2026-03-23"


def test_a_sequence_inside_a_sequence_begins_with_its_part():
    inner = tuple(
        Entry(number, Kind.PERIOD, f"part {number}", number, number, When(extent=Extent(3, Unit.DAY)))
        for number in (3, 4)
    )
    outer = (
        Entry(1, Kind.PERIOD, "first", 1, 1, When(extent=Extent(1, Unit.WEEK))),
        Entry(2, Kind.PERIOD, "second", 2, 4, When(extent=Extent(1, Unit.YEAR)), children=inner),
    )
    frame = Frame(read_lines(("# Bees",), "bees"), start=date(2026, 3, 2))
    dated = date_all(frame, outer)
    assert [each.span.first for root in dated for each in root.walk() if each.span] == [
        date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 12),
    ]  # fmt: skip
    assert [(each.span.until - each.span.first).days for each in dated if each.span] == [7, 365]


def test_a_sequence_without_a_start_waits():
    made = plan("# Bees\n| Topic | Duration |\n|---|---|\n| Hives | 2 weeks |")
    assert told(made) == {"Hives": "undated"}
    assert problems(made) == [(0, "no-start")]


# --- what cannot be ---


def test_an_impossible_date_costs_its_own_line_alone():
    made = plan("# Row\n- 30 February 2026: Paint\n- 2 March 2026: Rope\n- 31 April 2026: Sail")
    assert told(made) == {"Paint": "undated", "Rope": "2026-03-02", "Sail": "undated"}
    assert problems(made) == [(2, "impossible-date"), (4, "impossible-date")]
    first = made.problems[0]
    assert first.severity is Severity.ERROR
    assert first.message == "2026-02-30 is not a day of any calendar."


def test_an_impossible_date_is_not_replaced_by_a_day_of_its_week():
    made = plan(
        "# Row\n## Week 1\n- [ ] 30 February 2026: Paint\n- [ ] Rope\n- **MILESTONE:** Afloat (31 June 2026)",
        start="2026-01-05",
    )
    assert told(made)["Paint"] == "undated"
    assert told(made)["Rope"] == "2026-01-05"
    assert [item.span for item in made.items if item.kind is Kind.MILESTONE] == [None]


def test_an_impossible_date_beside_a_number_leaves_the_number():
    made = plan(
        "# Row\n## Week 2 (30 February - 5 March 2026)\n- [ ] Rope\n## Week 1\n- [ ] Tides",
        start="2026-01-05",
    )
    assert told(made)["Week 2"] == "2026-01-12..2026-01-18"
    assert (6, "impossible-date") in problems(made)


def test_a_range_that_ends_before_it_starts_costs_its_own_line_alone():
    made = plan(
        "# Row\n## 9 January 2026 - 6 January 2026: Paint\n- [ ] Brush\n## 12 - 16 January 2026: Sail\n- [ ] Rope"
    )
    assert told(made)["Paint"] == "undated"
    assert told(made)["Brush"] == "undated"
    assert told(made)["Sail"] == "2026-01-12..2026-01-16"
    assert problems(made) == [(2, "end-before-start")]
    assert "2026-01-06" in made.problems[0].message


def test_numbers_that_run_backwards_are_told():
    backwards = Entry(1, Kind.PERIOD, "Weeks 5-3", 7, 7, When(ordinal=Ordinal(Unit.WEEK, 5, 3)))
    frame = Frame(read_lines(("# Row",), "row"), start=date(2026, 1, 5))
    (dated,) = date_all(frame, (backwards,))
    assert dated.span is None
    assert [(problem.line, problem.code) for problem in frame.problems] == [(7, "end-before-start")]
    assert "from week 5 to 3" in frame.problems[0].message


# --- weekdays against dates ---


def test_the_weekday_wins_where_the_front_matter_says_so():
    text = "# Fair\n- Mon 4 May 2026: Tents\n- Wed 5 May 2026: Posters\n- Sun 4 May 2026: Sweep"
    made = plan(text, conflict="weekday")
    assert told(made) == {"Tents": "2026-05-04", "Posters": "2026-05-06", "Sweep": "2026-05-03"}
    assert "weekday" in the(made, "Posters").guessed["start"]
    assert told(plan(text))["Posters"] == "2026-05-05"


def test_a_row_of_a_grid_that_begins_on_a_date_lasts_a_week():
    made = plan(
        "# Ski\n| Week of | Tue | Sat |\n|---|---|---|\n"
        "| 28 December 2026 | Wax | Drills |\n| 4 January | Balance | Run |"
    )
    assert told(made)["28 December 2026"] == "2026-12-28..2027-01-03"
    assert told(made)["Run"] == "2027-01-09"


def test_what_is_due_by_a_later_date_does_not_widen_its_week():
    made = plan("# Row\n## Week 1\n- [ ] Day 1: Rope\n- [ ] Paint (by 20 January 2026)", start="2026-01-05")
    assert told(made)["Week 1"] == "2026-01-05..2026-01-11"
    assert told(made)["Paint"] == "2026-01-20"
