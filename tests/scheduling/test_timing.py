"""When on its day a task takes place."""

from dataclasses import replace
from datetime import time

import pytest

from sync.model import Kind
from sync.reading.expressions import Length, Ordinal, Unit
from sync.reading.roadmap import Entry, When
from tests.scheduling.roads import block, hours, of, plan, problems, roadmap, the, told, when

HOURS = "**Daily time commitment:** 2-3 hours on weekdays, 4-5 hours on weekends"


def test_a_days_topic_fills_the_slot_with_the_hours_that_the_plan_sets_aside():
    made = plan(f"# Sail\n{HOURS}\n\n## Week 1\n- Day 5: Rope\n- Day 6: Tides", start="2026-01-05")
    assert told(made)["Rope"] == "2026-01-09 19:00-22:00"
    assert told(made)["Tides"] == "2026-01-10 10:00-15:00"
    assert the(made, "Rope").minutes == 180
    assert the(made, "Rope").guessed["minutes"] == "the time that line 6 sets aside"
    assert "the slot at 19:00" in the(made, "Rope").guessed["start"]
    assert "day 5 counted from" in the(made, "Rope").guessed["start"]


def test_hours_for_weekdays_and_for_weekends_may_stand_in_two_lines():
    made = plan(
        "# Sail\n**Daily time commitment:** 2 hours on weekdays\n\n"
        "**Daily time commitment:** 4 hours on weekends\n\n## Week 1\n"
        "- Day 5: Rope\n- Day 6: Tides",
        start="2026-01-05",
    )
    assert (the(made, "Rope").minutes, the(made, "Tides").minutes) == (120, 240)


def test_hours_of_a_period_count_within_it_alone():
    made = plan(
        "# Sail\n## Week 1 (30 min / day)\n- Day 1: Rope\n## Week 2\n- Day 8: Tides", start="2026-01-05"
    )
    assert told(made)["Rope"] == "2026-01-05 19:00-19:30"
    assert told(made)["Tides"] == "2026-01-12"


def test_its_own_length_counts_more_than_the_hours_of_the_plan():
    made = plan(f"# Sail\n{HOURS}\n\n- Day 1: Rope (45 min)\n- Day 2: Tides (1-2 hours)", start="2026-01-05")
    assert told(made) == {"Rope": "2026-01-05 19:00-19:45", "Tides": "2026-01-06 19:00-21:00"}
    assert "minutes" not in the(made, "Rope").guessed
    assert the(made, "Tides").guessed["minutes"] == "the upper end of 60 to 120 minutes"


def test_a_topic_without_any_hours_is_all_day():
    assert told(plan("# Sail\n- Day 1: Rope", start="2026-01-05")) == {"Rope": "2026-01-05"}


def test_tasks_of_a_week_keep_their_length_and_stay_all_day():
    made = plan("# Sail\n## Week 1\n- [ ] Rope (2h)", start="2026-01-05")
    assert (when(the(made, "Rope")), the(made, "Rope").minutes) == ("2026-01-05", 120)


def test_an_undated_task_keeps_its_length():
    made = plan("# Sail\n- [ ] Rope (2h)\n- [ ] Tides")
    assert (when(the(made, "Rope")), the(made, "Rope").minutes) == ("undated", 120)


def test_the_front_matters_default_time_gives_lengths_a_time():
    made = plan(
        "# Sail\n## Week 1\n- [ ] Rope (2h)\n- [ ] Tides\n- Day 3: Charts (30 min)",
        start="2026-01-05",
        default_time='"07:30"',
    )
    assert told(made)["Rope"] == "2026-01-05 07:30-09:30"
    assert told(made)["Tides"] == "2026-01-07"
    assert told(made)["Charts"] == "2026-01-07 07:30-08:00"
    assert "default time" in the(made, "Rope").guessed["start"]


# --- written clock times ---


def test_a_written_time_stays_where_it_is():
    made = plan("# Sail\n- [ ] 14:00-15:30 Rope (5 January 2026)", zone="Africa/Nairobi")
    item = the(made, "Rope")
    assert (when(item), item.minutes) == ("2026-01-05 14:00-15:30", 90)
    assert item.guessed["timezone"] == "no zone in the text: the configured one"


def test_a_zone_of_the_front_matter_is_no_guess():
    made = plan("# Sail\n- [ ] 14:00-15:30 Rope (5 January 2026)", timezone="Africa/Nairobi")
    assert made.timezone == "Africa/Nairobi"
    assert "timezone" not in the(made, "Rope").guessed


def test_a_beginning_alone_lasts_until_the_next_time_of_the_day():
    made = plan(
        "# Sail\n## 5 January 2026\n- [ ] 11:00 Tides\n- [ ] 9:00 Rope\n"
        "- [ ] 9:00 Gear\n## 6 January 2026\n- [ ] 12:00 Charts"
    )
    assert told(made)["Rope"] == told(made)["Gear"] == "2026-01-05 09:00-11:00"
    assert told(made)["Tides"] == "2026-01-05 11:00-12:00"
    assert the(made, "Rope").guessed["end"] == "no end in the text: until the next time on that day"
    assert the(made, "Tides").guessed["end"] == "no end in the text: one hour"


def test_the_next_time_is_compared_across_zones():
    made = plan("# Sail\n## 5 January 2026\n- [ ] 12:00 UTC: Rope\n- [ ] 16:00 EAT: Tides", zone="UTC")
    assert told(made)["Rope"] == "2026-01-05 12:00-13:00"
    assert block(the(made, "Tides")).zone == "Africa/Nairobi"


def test_a_beginning_with_a_length_lasts_as_long():
    made = plan("# Sail\n## 5 January 2026\n- [ ] 9:00 Rope (20 min)\n- [ ] 11:00 Tides")
    assert told(made)["Rope"] == "2026-01-05 09:00-09:20"


def test_the_front_matter_says_how_long_a_beginning_lasts():
    made = plan("# Sail\n## 5 January 2026\n- [ ] 9:00 Rope", duration="25m")
    assert told(made)["Rope"] == "2026-01-05 09:00-09:25"
    assert "duration" in the(made, "Rope").guessed["end"]


def test_written_times_are_booked_before_slots_are_given_away():
    made = plan(
        f"# Sail\n{HOURS}\n\n- Day 1: Rope\n- [ ] 19:30-20:00 Call (5 January 2026)", start="2026-01-05"
    )
    assert told(made)["Rope"] == "2026-01-05 20:00-23:00"


def test_a_routine_with_a_written_time_is_booked_before_slots_are_given_away():
    made = plan(
        f"# Sail\n{HOURS}\n\n## Week 1\n- Day 1: Rope\n\n## Weekly schedule\n"
        "- Monday 9:00 PM - 10:00 PM EAT: Crew meeting",
        start="2026-01-05",
        zone="Africa/Nairobi",
    )
    assert told(made)["Rope"] == "2026-01-05 18:00-21:00"
    other = plan(
        f"# Sail\n{HOURS}\n\n## Week 1\n- Day 1: Rope\n\n## Weekly schedule\n"
        "- Monday 9:00 PM - 10:00 PM EAT: Crew meeting",
        start="2026-01-05",
        zone="UTC",
    )
    assert told(other)["Rope"] == "2026-01-05 19:00-22:00"


def test_a_slot_past_midnight_is_told_once_for_the_plan():
    made = plan(f"# Sail\n{HOURS}\n\n- Day 1: Rope\n- Day 2: Tides", start="2026-01-05", weekday=time(22))
    assert told(made)["Rope"] == "2026-01-05 21:00-00:00"
    assert [code for _, code in problems(made)] == ["past-midnight"]


# --- days that belong together ---


def sittings(made):
    return [item for item in made.items if "/time" in item.key]


def test_a_topic_of_several_days_is_ticked_once_and_sat_on_each_of_them():
    made = plan(f"# Sail\n{HOURS}\n\n- Days 4-6: Rope\n- Day 1: Tides", start="2026-01-05")
    item = the(made, "Rope")
    assert (when(item), item.tick) == ("2026-01-08..2026-01-10", True)
    weekdays, weekend = sittings(made)
    assert weekdays.recurrence.rule == "FREQ=WEEKLY;BYDAY=TH,FR"
    assert hours([weekdays, weekend]) == ["19:00-22:00", "10:00-15:00"]
    assert (weekdays.parent, weekdays.tick, weekdays.notes) == (item.key, False, "")
    assert (weekdays.key, weekend.key) == (f"{item.key}/time", f"{item.key}/time-2")


def test_the_sittings_of_a_range_have_the_same_keys_from_any_start():
    text = f"# Sail\n{HOURS}\n\n- Days 1-3: Rope"
    for start, expected in (
        ("2026-01-10", ["10:00-15:00", "19:00-22:00"]),
        ("2026-01-08", ["19:00-22:00", "10:00-15:00"]),
    ):
        made = sittings(plan(text, start=start))
        assert hours(made) == expected
        assert {item.key[-1]: hours([item]) for item in made} == {"e": ["19:00-22:00"], "2": ["10:00-15:00"]}


@pytest.mark.parametrize(
    ("length", "each"), [("3x1h", "19:00-20:00"), ("6 hours", "19:00-21:00"), ("30 min/day", "19:00-19:30")]
)
def test_a_range_may_say_itself_how_long_its_sittings_are(length, each):
    made = plan(f"# Sail\n- Days 1-3: Rope ({length})", start="2026-01-05")
    assert hours(sittings(made)) == [each]
    assert [item.recurrence.rule for item in sittings(made)] == ["FREQ=WEEKLY;BYDAY=MO,TU,WE"]


def test_a_clock_time_on_several_days_is_the_time_of_each_sitting():
    made = plan(f"# Sail\n{HOURS}\n\n- Days 1-3: Rope (14:00-15:00)\n- Day 4: Tides", start="2026-01-05")
    assert (
        when(the(made, next(item.title for item in made.items if "Rope" in item.title)))
        == "2026-01-05..2026-01-07"
    )
    assert hours(sittings(made)) == ["14:00-15:00"]


def test_a_range_without_hours_has_no_sittings():
    assert sittings(plan("# Sail\n- Days 1-3: Rope", start="2026-01-05")) == []


def test_a_range_has_sittings_only_on_days_for_which_time_is_set_aside():
    made = plan(
        "# Sail\n**Daily time commitment:** 2 hours on weekdays\n\n- Days 5-8: Rope\n- Day 1: Tides",
        start="2026-01-05",
    )
    assert [series.recurrence.occurrences[0].isoformat() for series in sittings(made)] == ["2026-01-09"]
    assert [len(series.recurrence.occurrences) for series in sittings(made)] == [2]


def test_a_part_of_the_day_is_kept_free_like_a_written_time():
    entries = (
        Entry(
            1,
            Kind.TASK,
            "Rope",
            1,
            1,
            When(ordinal=Ordinal(Unit.DAY, 1, 1)),
            tick=True,
            topic=True,
            length=Length(60, 60),
        ),
        Entry(2, Kind.TASK, "Tides", 2, 2, When(ordinal=Ordinal(Unit.DAY, 1, 1)), tick=True, part="evening"),
        Entry(
            3,
            Kind.TASK,
            "Charts",
            3,
            3,
            When(ordinal=Ordinal(Unit.DAY, 2, 2)),
            tick=True,
            part="night",
            length=Length(30, 45),
        ),
    )
    made = of(replace(roadmap("# Sail", start="2026-01-05"), entries=entries))
    assert told(made) == {
        "Rope": "2026-01-05 20:00-21:00",
        "Tides": "2026-01-05 18:00-20:00",
        "Charts": "2026-01-06 20:00-20:45",
    }
    assert "evening is 18:00 to 20:00" in the(made, "Tides").guessed["start"]
