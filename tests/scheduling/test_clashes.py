"""Several roadmaps in one life."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sync.model import Schedule
from sync.scheduling.clashes import booked, clashes, overbooked
from tests.scheduling.roads import plan

WEEK = "# Crew\n## Week 1\n- [ ] Rope\n\n## Weekly schedule\n- {line}"


def road(slug: str, line: str, zone: str = "UTC") -> Schedule:
    return plan(WEEK.format(line=line), start="2026-01-05", slug=slug, zone=zone)


def told(*schedules: Schedule) -> list[str]:
    return [problem.message for found in clashes(schedules).values() for problem in found]


def test_items_of_two_roadmaps_that_overlap_are_told_once_at_the_later_one():
    crew, choir = road("crew", "Monday 18:00-19:30: Meeting"), road("choir", "Monday 19:00-20:00: Song")
    found = clashes([crew, choir])
    (problem,) = found["choir"]
    assert list(found) == ["choir"]
    assert (problem.line, problem.code) == (11, "clash")
    assert problem.message == "“Song” overlaps “Meeting” of crew once, on 2026-01-05."


def test_a_pair_that_clashes_often_is_one_problem_with_a_count():
    daily = [road(slug, f"Mon-Fri 18:00-19:00: {slug}") for slug in ("crew", "choir")]
    (message,) = told(*daily)
    assert "5 times, first on 2026-01-05" in message


def test_what_only_touches_does_not_clash():
    assert told(road("crew", "Monday 18:00-19:00: a"), road("choir", "Monday 19:00-20:00: b")) == []


def test_clashes_are_found_across_zones():
    nairobi = road("crew", "Monday 9:00 PM - 10:00 PM EAT: a")
    assert told(nairobi, road("choir", "Monday 18:00-19:00: b")) != []
    assert told(nairobi, road("choir", "Monday 21:00-22:00: b")) == []


def test_items_of_one_roadmap_do_not_clash_with_one_another():
    made = plan(f"{WEEK.format(line='Monday 18:00-19:00: a')}\n- Monday 18:30-19:30: b", start="2026-01-05")
    assert told(made) == []


def test_work_that_is_done_takes_no_time():
    crew, choir = road("crew", "Monday 18:00-19:00: a"), road("choir", "Monday 18:00-19:00: b")
    done = replace(
        choir, items=tuple(replace(item, done=datetime(2026, 1, 1, tzinfo=UTC)) for item in choir.items)
    )
    assert told(crew, done) == []


def test_the_occurrences_of_a_series_are_not_booked_twice():
    made = plan(
        "# Drill\n## 5 - 11 January 2026: Winter\n### WEEKDAYS (Mon-Fri)\n#### Block 1: Scales (90 min)\n- slowly"
    )
    assert [(each.item.title, f"{each.day}") for each in booked(made)][:2] == [
        ("Block 1: Scales", "2026-01-05"),
        ("Block 1: Scales", "2026-01-06"),
    ]
    assert len(list(booked(made))) == 5


def test_the_boxes_of_a_block_take_its_time_and_no_other():
    made = plan("# Retreat\n## 5 January 2026\n### 8:00-10:00 Workshop\n- [ ] Wood\n- [ ] Glue")
    assert [each.item.title for each in booked(made)] == ["Workshop"]


def test_timed_tasks_and_the_sittings_of_a_range_are_booked():
    made = plan("# Sail\n- Day 1: Rope (1 hour)\n- Days 2-3: Tides (4 hours)", start="2026-01-05")
    assert [f"{each.item.title} {each.day:%m-%d} {each.begin:%H:%M}" for each in booked(made)] == [
        "Rope 01-05 19:00", "Tides 01-06 19:00", "Tides 01-07 19:00",
    ]  # fmt: skip


def test_all_day_items_take_no_time():
    assert list(booked(plan("# Sail\n- Day 1: Rope", start="2026-01-05"))) == []


# --- days that are too full ---

LONG = [
    road(f"r{at}", f"Monday {4 * at:02}:00-{4 * at + 4:02}:00: {name}")
    for at, name in enumerate(("Rope", "Sail", "Oar", "Tide", "Knot"))
]


def test_days_booked_beyond_the_daily_load_are_one_problem():
    (problem,) = overbooked(LONG, timedelta(hours=12))
    assert problem.code == "overbooked"
    assert problem.message == "One day is booked beyond 12 hours; the fullest is 2026-01-05 with 20 hours."


def test_a_load_that_is_kept_is_no_problem():
    assert overbooked(LONG, timedelta(hours=20)) == []
    assert overbooked([], timedelta(hours=1)) == []


def test_no_day_holds_more_than_24_hours():
    doubled = [*LONG, *(replace(each, slug=f"{each.slug}-2") for each in LONG)]
    (problem,) = overbooked(doubled, timedelta(hours=48))
    assert "beyond 24 hours; the fullest is 2026-01-05 with 40 hours" in problem.message


def test_many_full_days_are_counted_and_the_fullest_is_named():
    daily = road("daily", "Mon-Fri 8:00-12:00: a")
    (problem,) = overbooked([daily, road("crew", "Tuesday 13:00-14:00: b")], timedelta(hours=3))
    assert problem.message.startswith(
        "5 days are booked beyond 3 hours; the fullest is 2026-01-06 with 5 hours"
    )


def test_two_full_days_are_two():
    (problem,) = overbooked([road("daily", "Monday and Tuesday 8:00-12:00: a")], timedelta(hours=3))
    assert problem.message.startswith("2 days are booked")
