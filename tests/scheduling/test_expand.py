"""The whole way from a text to its schedule: phases, paths, receipts, and what is remembered."""

from datetime import date

from sync.model import Kind, Schedule
from sync.scheduling.expand import keys_of
from tests.scheduling.roads import main_items, plan, remembered, the

TEAM = """
# Team
## Key dates
* **Kickoff:** 2 January 2026
* **Review:** 20 January 2026

## Phase 1: Water (5 January 2026 - 1 February 2026)
### Week 1
- [x] Rope
- [ ] Tides
  - [ ] Read
  - salty words

## Phase 2: Land (2 February 2026 - 1 March 2026)
### Week 5
- [ ] Maps

## Weekly schedule
- Monday 18:00-19:00: Crew meeting
"""


def test_the_slug_is_the_front_matters_else_the_name():
    assert plan(TEAM).slug == "plan"
    assert plan(TEAM, slug="crew").slug == "crew"
    assert the(plan(TEAM, slug="crew"), "Rope").key == "crew/week-1/rope"


def test_an_item_knows_its_phase_and_the_periods_above_it():
    made = plan(TEAM)
    rope = the(made, "Rope")
    assert rope.phase == "plan/phase-1/period"
    assert rope.path == ("Phase 1: Water", "Week 1")
    assert the(made, "Phase 1: Water").phase == "plan/phase-1/period"
    assert the(made, "Phase 1: Water").path == ()


def test_a_date_beside_the_phases_belongs_to_the_one_that_holds_it():
    made = plan(TEAM)
    assert the(made, "Review").phase == "plan/phase-1/period"
    assert the(made, "Kickoff").phase is None


def test_a_routine_of_the_whole_plan_belongs_to_no_phase():
    assert the(plan(TEAM), "Crew meeting").phase is None


def test_a_week_before_the_phases_belongs_to_the_one_that_holds_it_else_to_itself():
    weeks = "## Week 2\n- [ ] Pack\n- 2 races per week\n\n## Week 40\n- [ ] Sing\n- 3 songs per week\n\n## Phase 1"
    made = plan(TEAM.replace("## Phase 1", weeks))
    assert the(made, "Pack").phase == the(made, "2 races per week").phase == "plan/phase-1/period"
    assert the(made, "Sing").phase == the(made, "3 songs per week").phase == "plan/week-40/period"


def test_an_undated_week_before_the_phases_belongs_to_itself():
    made = plan("# P\n## Week 3\n- [ ] Sing\n## Phase 1: Water\n- [ ] Rope")
    assert the(made, "Sing").phase == "plan/week-3/period"
    assert the(made, "Rope").phase == "plan/phase-1/period"


def test_a_plan_without_phases_is_one_phase():
    made = plan("# P\n## Week 1\n- [ ] Rope", start="2026-01-05")
    assert {item.phase for item in made.items} == {"plan"}


def test_a_part_knows_its_task_and_a_mark_in_the_text_is_done():
    made = plan(TEAM)
    assert the(made, "Read").parent == the(made, "Tides").key
    assert (the(made, "Rope").done, the(made, "Tides").done) == (True, None)


def test_items_stand_in_the_order_of_the_text_with_their_lines():
    made = plan(TEAM)
    lines = [item.source.line for item in made.items]
    assert lines == sorted(lines)
    assert (the(made, "Tides").source.line, the(made, "Tides").source.end_line) == (9, 11)
    assert the(made, "Tides").source.file == "plan.md"


def test_every_line_has_a_receipt_with_the_items_that_it_made_or_describes():
    made = plan(TEAM)
    assert [receipt.line for receipt in made.receipts] == list(range(1, 19))
    assert made.receipts[8].items == (the(made, "Tides").key,)
    assert made.receipts[10].items == (the(made, "Tides").key,)
    assert made.receipts[0].items == ()


def test_a_form_for_a_day_points_at_the_day():
    made = plan(
        "# P\n## Week 1\n- Day 1: Rope\n\n## Daily check-ins\n- **Day 1:** ___ hours - Energy: __/10",
        start="2026-01-05",
    )
    assert made.receipts[-1].items == (the(made, "Rope").key,)


def test_the_series_of_a_line_is_its_item_and_its_occurrences_are_not():
    made = plan("# P\n## Week 1\n- Daily: scales (20 min)", start="2026-01-05")
    assert made.receipts[-1].items == ("plan/week-1/scales", "plan/week-1/scales/slot-2")


def test_the_sittings_of_a_range_are_not_items_of_its_line():
    made = plan("# P\n## Week 1\n- Days 2-3: Tides (2 hours)", start="2026-01-05")
    assert made.receipts[-1].items == ("plan/day-2-3/tides",)


def test_the_plan_runs_from_its_start_to_the_last_day_of_anything():
    made = plan(TEAM)
    assert (made.start, made.end) == (date(2026, 1, 5), date(2026, 3, 1))


def test_problems_are_told_once_in_the_order_of_the_lines():
    made = plan("# P\n- 31 June 2026: a\n- 30 February 2026: b\n- Mon 5 May 2026: c")
    assert [(problem.line, problem.code) for problem in made.problems] == [
        (2, "impossible-date"), (3, "impossible-date"), (4, "weekday-mismatch"),
    ]  # fmt: skip


def test_what_is_remembered_is_one_thing_for_each_entry():
    made = plan(
        "# P\n## Week 1\n- Daily: scales (20 min)\n- [ ] Rope\n  - [ ] Read\n- Days 2-3: Tides (2 hours)",
        start="2026-01-05",
    )
    assert [(each.key, each.place, each.title) for each in keys_of(made)] == [
        ("plan/week-1/period", "week-1", "Week 1"),
        ("plan/week-1/scales", "week-1", "scales"),
        ("plan/week-1/rope", "week-1", "Rope"),
        ("plan/week-1/read", "week-1/rope", "Read"),
        ("plan/day-2-3/tides", "day-2-3", "Tides"),
    ]


def test_a_schedule_that_was_not_read_has_nothing_to_be_remembered():
    made = plan(TEAM)
    bare = Schedule(
        made.slug,
        made.title,
        made.file,
        made.timezone,
        made.start,
        made.end,
        made.items,
        made.receipts,
        made.problems,
    )
    assert keys_of(bare) == []


# --- sequences of readings ---


def test_an_item_that_moved_away_leaves_its_old_place_to_others():
    first = plan("# P\n## Week 1\n- [ ] Rope\n- [ ] Sail\n## Week 2\n- [ ] Tides", start="2026-01-05")
    known = remembered(first)
    second = plan("# P\n## Week 1\n- [ ] Sail\n## Week 2\n- [ ] Tides\n- [ ] Rope", known, start="2026-01-05")
    assert the(second, "Rope").key == "plan/week-1/rope"
    known = remembered(second, known)
    third = plan(
        "# P\n## Week 1\n- [ ] Sail\n- [ ] Rope\n## Week 2\n- [ ] Tides\n- [ ] Rope",
        known,
        start="2026-01-05",
    )
    keys = {item.path[-1]: item.key for item in main_items(third) if item.title == "Rope"}
    assert keys == {"Week 2": "plan/week-1/rope", "Week 1": "plan/week-1/rope-2"}


def test_a_deleted_task_leaves_its_key_to_nobody():
    first = plan("# P\n## Week 1\n- [ ] Mend the sail\n- [ ] Rope", start="2026-01-05")
    second = plan("# P\n## Week 1\n- [ ] Rope", remembered(first), start="2026-01-05")
    known = remembered(second, remembered(first))
    third = plan("# P\n## Week 1\n- [ ] Mend the sails\n- [ ] Rope", known, start="2026-01-05")
    assert the(third, "Mend the sails").key == "plan/week-1/mend-the-sails"
    fourth = plan("# P\n## Week 1\n- [ ] Mend the sail\n- [ ] Rope", known, start="2026-01-05")
    assert the(fourth, "Mend the sail").key == "plan/week-1/mend-the-sail"


def test_parts_of_the_same_name_keep_their_keys_when_another_task_comes_between():
    text = "# P\n## Week 1\n{}- [ ] Lists\n  - [ ] Read"
    first = plan(text.format("- [ ] Loops\n  - [ ] Read\n"), start="2026-01-05")
    known = remembered(first)
    second = plan(
        text.format("- [ ] Loops\n  - [ ] Read\n- [ ] Sets\n  - [ ] Read\n"), known, start="2026-01-05"
    )
    parts = {item.parent: item.key for item in main_items(second) if item.title == "Read"}
    assert parts["plan/week-1/loops"] == "plan/week-1/loops-read"
    assert parts["plan/week-1/lists"] == "plan/week-1/lists-read"
    assert parts["plan/week-1/sets"] == "plan/week-1/sets-read"


def test_retired_keys_are_never_given():
    made = plan("# P\n- [ ] Rope", retired=["plan/plan/rope"])
    assert the(made, "Rope").key == "plan/plan/rope-2"


def test_a_kind_that_changes_with_the_text_changes_no_key():
    first = plan("# P\n## Week 1\n- [ ] Rope", start="2026-01-05")
    second = plan("# P\n## Week 1\n- **MILESTONE:** Rope\n- [ ] Sail", remembered(first), start="2026-01-05")
    assert (the(second, "Rope").kind, the(second, "Rope").key) == (Kind.MILESTONE, "plan/week-1/rope")
