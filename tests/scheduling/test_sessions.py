"""Sessions: series from end to end, their hours and their ticks."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from sync.model import Kind
from sync.reading.expressions import Clock, PartialDate, Written
from sync.reading.roadmap import Entry, When
from tests.scheduling.roads import block, hours, main_items, of, plan, roadmap, series, the, ticks, when

FRAME = "## 5 January 2026 - 1 February 2026: Winter"


def test_a_routine_of_the_plan_is_one_series_from_its_start_to_its_stated_end():
    made = plan(
        """
        # Crew 2026
        **Start date:** January 5, 2026
        **End date:** March 29, 2026

        ## Week 1
        - [ ] Rope

        ## Weekly schedule
        - Mon-Fri 9:00 PM - 10:00 PM EAT: Crew meeting
        """
    )
    item = the(made, "Crew meeting")
    assert series(item) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 60, "2026-03-27")
    assert (when(item), block(item).zone) == ("2026-01-05 21:00-22:00", "Africa/Nairobi")
    assert item.recurrence is not None
    assert (item.recurrence.since, item.recurrence.until) == (date(2026, 1, 5), date(2026, 3, 29))
    assert (item.kind, item.tick, item.phase) == (Kind.SESSION, False, "plan")
    assert ticks(made, "Crew meeting") == []


def test_a_routine_below_a_period_runs_through_it_alone():
    made = plan("# Crew\n## Week 2\n- 2 mock races per week\n## Week 1\n- [ ] Rope", start="2026-01-05")
    assert series(the(made, "2 mock races per week")) == ("FREQ=WEEKLY;BYDAY=MO,WE", 2, "2026-01-14")
    assert "recurs within its period" in the(made, "2 mock races per week").guessed["rrule"]


def test_each_occurrence_to_be_ticked_is_a_task_with_the_series_as_its_parent():
    made = plan(
        f"# Drill\n{FRAME}\n### WEEKDAYS (Mon-Fri)\n"
        "#### Block 1: Scales (90 min)\n- slowly\n#### Block 2: Ear (30 min)\n"
        "- sing"
    )
    head, each = the(made, "Block 1: Scales"), ticks(made, "Block 1: Scales")
    assert len(each) == 20
    assert each[0].key == f"{head.key}@2026-01-05"
    assert {item.parent for item in each} == {head.key}
    assert {(item.kind, item.tick, item.recurrence) for item in each} == {(Kind.TASK, True, None)}
    assert (head.tick, head.kind) == (False, Kind.SESSION)
    assert each[0].span == head.span
    assert (
        each[0].guessed["start"]
        == "one occurrence of its series; no clock time in the text: the slot at 19:00"
    )
    assert set(hours(ticks(made, "Block 2: Ear"))) == {"20:30-21:00"}
    assert "after what comes before it" in the(made, "Block 2: Ear").guessed["start"]


def test_a_range_of_hours_books_its_upper_end():
    made = plan(f"# Drill\n{FRAME}\n### Saturday (2-3 hrs)\n- all of it")
    item = the(made, "Saturday")
    assert (series(item)[0], hours([item]), item.minutes) == ("FREQ=WEEKLY;BYDAY=SA", ["10:00-13:00"], 180)
    assert item.guessed["minutes"] == "the upper end of 120 to 180 minutes"


def test_weekdays_and_weekends_with_other_slots_are_two_series_with_the_same_keys_from_any_start():
    text = "# Drill\n## Week 1\n- Daily: scales (20 min)"
    for start in ("2026-01-05", "2026-01-10"):
        made = plan(text, start=start)
        slots = {
            item.key.removeprefix("plan/week-1/"): hours([item]) for item in made.items if item.recurrence
        }
        assert slots == {"scales": ["19:00-19:20"], "scales/slot-2": ["10:00-10:20"]}
        assert len(ticks(made, "scales")) == 7


def test_a_series_in_one_slot_stays_one():
    made = plan("# Drill\n## Week 1\n- Saturday and Sunday: scales (20 min)", start="2026-01-05")
    assert [item.key for item in made.items if item.recurrence] == ["plan/week-1/scales"]


def test_a_routine_without_hours_is_all_day():
    made = plan("# Drill\n## Week 1\n- Monday and Thursday: scales", start="2026-01-05")
    assert (when(the(made, "scales")), the(made, "scales").minutes) == ("2026-01-05", None)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("Monday morning: scales", "09:00-12:00"),
        ("Monday evening: scales", "18:00-20:00"),
        ("Monday night: scales", "20:00-22:00"),
    ],
)
def test_a_part_of_the_day_has_its_hours(line, clock):
    made = plan(f"# Drill\n## Week 1\n- [ ] Rope\n\n## Weekly schedule\n- {line}", start="2026-01-05")
    (item,) = [item for item in made.items if item.recurrence]
    assert hours([item]) == [clock]
    assert "unless `day_parts` says otherwise" in item.guessed["start"]


def test_the_front_matter_moves_the_parts_of_the_day():
    made = plan(
        "# Drill\n## Week 1\n- [ ] Rope\n\n## Weekly schedule\n- Monday morning: scales (30 min)",
        start="2026-01-05",
        day_parts='{morning: "06:00-08:00"}',
    )
    assert hours([item for item in made.items if item.recurrence]) == ["06:00-06:30"]


def test_a_routine_without_an_end_is_laid_out_for_twelve_weeks_and_stays_open():
    made = plan("# Swim\n- Monday and Thursday 18:00-19:00: lanes", start="2026-01-05")
    item = the(made, "lanes")
    assert series(item) == ("FREQ=WEEKLY;BYDAY=MO,TH", 24, "2026-03-26")
    assert item.recurrence is not None
    assert (item.recurrence.until, item.recurrence.open_end) == (None, True)
    assert (made.start, made.end) == (date(2026, 1, 5), None)


def test_the_front_matter_closes_a_routine():
    made = plan("# Swim\n- Monday and Thursday 18:00-19:00: lanes", start="2026-01-05", end="2026-01-18")
    assert series(the(made, "lanes"))[1:] == (4, "2026-01-15")
    assert made.end == date(2026, 1, 18)


def test_a_routine_waits_for_a_start():
    made = plan("# Swim\n- Monday and Thursday 18:00-19:00: lanes")
    item = the(made, "lanes")
    assert (item.span, item.recurrence, item.tick) == (None, None, True)


def test_a_routine_whose_period_has_no_such_day_is_undated():
    made = plan("# Swim\n## 5-8 January 2026: Camp\n- Saturday: lanes (45 min)")
    item = the(made, "lanes")
    assert (item.span, item.recurrence, item.minutes) == (None, None, 45)


def test_a_routine_may_have_dates_of_its_own():
    dates = Written(PartialDate(2026, 1, 12), PartialDate(2026, 1, 31))
    lanes = Entry(
        1, Kind.SESSION, "lanes", 1, 1, When(written=dates), days=(1,), clock=Clock(time(18), time(19))
    )
    made = of(replace(roadmap("# Swim", start="2026-01-05"), entries=(lanes,)))
    assert series(the(made, "lanes"))[1:] == (3, "2026-01-26")


# --- counted sessions and rotations ---


def test_every_item_of_a_series_is_as_long_as_the_series():
    made = plan("# Drill\n## Month 1\n- Daily: scales (20 min)", start="2026-01-05")
    assert {block(item).end - block(item).begin for item in made.items if item.title == "scales"} == {
        timedelta(minutes=20)
    }
    assert [item.title for item in main_items(made)] == ["Month 1", "scales"]


def test_a_series_is_laid_out_for_ten_years_at_most():
    made = plan("# Swim\n- Monday 18:00-19:00: lanes", start="2026-01-05", end="2126-01-04")
    rule, count, last = series(the(made, "lanes"))
    assert (rule, count > 500, last < "2036-02") == ("FREQ=WEEKLY;BYDAY=MO", True, True)


def test_a_routine_below_an_undated_period_runs_through_the_one_around_it():
    made = plan(
        "# Swim\n## 5 January 2026 - 18 January 2026: Camp\n"
        "### 30 - 31 February 2026: Lake\n- Monday 18:00-19:00: lanes"
    )
    assert series(the(made, "lanes"))[1:] == (2, "2026-01-12")
