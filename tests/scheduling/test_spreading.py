"""Tasks without a day of their own."""

from tests.scheduling.roads import main_items, plan, series, the, ticks, told

WEEK = "## Week 1\n- [ ] a\n- [ ] b\n- [ ] c"


def test_tasks_of_a_week_are_spread_in_order_over_its_working_days():
    made = plan(f"# P\n{WEEK}", start="2026-01-05")
    assert told(made) == {
        "Week 1": "2026-01-05..2026-01-11",
        "a": "2026-01-05",
        "b": "2026-01-06",
        "c": "2026-01-08",
    }
    assert the(made, "a").guessed["start"] == "spread in order over the working days of Week 1"


def test_more_tasks_than_days_share_them_in_order():
    boxes = "\n".join(f"- [ ] task {letter}" for letter in "abcdefg")
    days = [
        day
        for title, day in told(plan(f"# P\n## Week 1\n{boxes}", start="2026-01-05")).items()
        if "task" in title
    ]
    assert days == sorted(days)
    assert (days[0], days[-1], len(set(days))) == ("2026-01-05", "2026-01-09", 5)


def test_a_deliverable_comes_on_the_last_working_day_wherever_it_stands():
    made = plan("# P\n## Week 1\n- [ ] **Build:** a raft\n- [ ] b\n- [ ] c", start="2026-01-05")
    assert told(made)["Build: a raft"] == "2026-01-09"
    assert "last working day of Week 1" in the(made, "Build: a raft").guessed["start"]
    assert told(made)["c"] == "2026-01-08"


def test_a_saturday_session_makes_saturday_a_working_day():
    made = plan(
        f"# P\n{WEEK}\n- [ ] **Build:** a raft\n\n## Weekly schedule\n- Saturday 10:00-12:00: Row",
        start="2026-01-05",
    )
    assert told(made)["Build: a raft"] == "2026-01-10"


def test_an_optional_session_makes_no_working_day():
    made = plan(
        f"# P\n{WEEK}\n- [ ] **Build:** a raft\n\n## Weekly schedule\n- Saturday 10:00-12:00: Optional row",
        start="2026-01-05",
    )
    assert told(made)["Build: a raft"] == "2026-01-09"


def test_hours_set_aside_on_weekends_make_them_working_days():
    made = plan(
        f"# P\n**Daily time commitment:** 2 hours on weekdays, 4 hours on weekends\n\n{WEEK}\n- [ ] **Build:** a raft",
        start="2026-01-05",
    )
    assert told(made)["Build: a raft"] == "2026-01-11"


def test_rest_days_are_no_working_days():
    made = plan(f"# P\n{WEEK}\n\n## Weekly schedule\n- Friday: Rest day\n- Monday: Rest", start="2026-01-05")
    assert [told(made)[name] for name in "abc"] == ["2026-01-06", "2026-01-07", "2026-01-08"]


def test_the_front_matter_names_the_working_days():
    made = plan(f"# P\n{WEEK}", start="2026-01-05", workdays="[sat, sun]")
    assert [told(made)[name] for name in "abc"] == ["2026-01-10", "2026-01-10", "2026-01-11"]


def test_days_that_are_all_rest_leave_monday_to_friday():
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    rests = "\n".join(f"- {day}: Rest" for day in days)
    made = plan(f"# P\n{WEEK}\n\n## Weekly schedule\n{rests}", start="2026-01-05")
    assert [told(made)[name] for name in "abc"] == ["2026-01-05", "2026-01-06", "2026-01-08"]


def test_a_period_without_a_working_day_uses_the_days_that_it_has():
    made = plan("# P\n## 10-11 January 2026: Camp\n- [ ] a\n- [ ] b")
    assert (told(made)["a"], told(made)["b"]) == ("2026-01-10", "2026-01-11")


def test_a_task_below_a_single_day_is_on_that_day():
    made = plan("# P\n## Day 6: Camp\n- [ ] a\n- [ ] b\n## Day 1\n- [ ] c", start="2026-01-05")
    assert (told(made)["a"], told(made)["b"]) == ("2026-01-10", "2026-01-10")
    assert the(made, "a").guessed["start"] == "the day that it stands under"


def test_tasks_of_a_month_stay_open_over_all_of_it():
    made = plan("# P\n## Month 1\n- [ ] a\n- [ ] b", start="2026-01-05")
    assert told(made)["a"] == told(made)["b"] == "2026-01-05..2026-02-04"
    assert "due at its end" in the(made, "a").guessed["start"]


def test_parts_of_a_task_have_its_days():
    made = plan(
        "# P\n## Week 1\n- [ ] a\n  - [ ] part one\n    - [ ] part of it\n"
        "- [ ] b\n## Weeks 2-3\n- [ ] c\n  - [ ] part two",
        start="2026-01-05",
    )
    assert told(made)["part one"] == told(made)["part of it"] == "2026-01-05"
    assert told(made)["part two"] == "2026-01-12..2026-01-25"
    assert the(made, "part of it").parent == the(made, "part one").key


def test_a_part_keeps_its_own_day():
    made = plan("# P\n## Week 1\n- [ ] a\n  - [ ] part one (8 January 2026)", start="2026-01-05")
    assert told(made)["part one"] == "2026-01-08"


# --- ranges of weeks ---

RANGE = "# P\n## Weeks 1-2: Record\n- [ ] a\n- [ ] b"


def test_tasks_of_a_range_of_weeks_keep_its_whole_window():
    made = plan(RANGE, start="2026-01-05")
    assert told(made)["a"] == told(made)["b"] == "2026-01-05..2026-01-18"


def test_ranges_may_be_spread():
    made = plan(RANGE, start="2026-01-05", ranges="spread")
    assert (told(made)["a"], told(made)["b"]) == ("2026-01-05", "2026-01-12")


def test_ranges_may_be_repeated_week_by_week():
    made = plan(f"{RANGE}\n## Week 3\n- [ ] c\n## Month 2\n- [ ] d", start="2026-01-05", ranges="repeat")
    assert series(the(made, "a")) == ("FREQ=WEEKLY;BYDAY=MO", 2, "2026-01-12")
    assert series(the(made, "b")) == ("FREQ=WEEKLY;BYDAY=WE", 2, "2026-01-14")
    assert [item.key for item in ticks(made, "a")] == [
        "plan/week-1-2/a@2026-01-05",
        "plan/week-1-2/a@2026-01-12",
    ]
    assert told(made)["c"] == "2026-01-19"
    assert "ranges: repeat" in the(made, "a").guessed["rrule"]


# --- pace ---

BACKLOG = "# Attic\n1. Cables\n2. Books\n3. Lamp\n4. Chair\n5. Rug"


def test_a_backlog_stays_undated():
    made = plan(BACKLOG, start="2026-01-05")
    assert set(told(made).values()) == {"undated"}


def test_a_pace_puts_a_backlog_on_working_days_so_many_a_week():
    made = plan(BACKLOG, start="2026-01-05", pace="{per_week: 2}")
    assert list(told(made).values()) == ["2026-01-05", "2026-01-07", "2026-01-12", "2026-01-14", "2026-01-19"]
    assert "pace" in the(made, "Rug").guessed["start"]


def test_a_pace_may_be_so_many_a_day():
    made = plan(BACKLOG, start="2026-01-09", pace="{per_day: 2}")
    assert list(told(made).values()) == ["2026-01-09", "2026-01-09", "2026-01-12", "2026-01-12", "2026-01-13"]


def test_a_pace_without_a_start_puts_nothing_anywhere():
    assert set(told(plan(BACKLOG, pace="{per_day: 2}")).values()) == {"undated"}


def test_a_pace_leaves_dated_work_and_the_parts_of_tasks_with_it():
    made = plan(
        "# Attic\n- [ ] Cables\n  - [ ] Sort\n- [ ] Books\n- [ ] Lamp (2 March 2026)",
        start="2026-01-05",
        pace="{per_day: 1}",
    )
    assert told(made) == {
        "Cables": "2026-01-05",
        "Sort": "2026-01-05",
        "Books": "2026-01-06",
        "Lamp": "2026-03-02",
    }
    assert [item.title for item in main_items(made)] == ["Cables", "Sort", "Books", "Lamp"]
