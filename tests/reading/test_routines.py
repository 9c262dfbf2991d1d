"""What comes again, what the document says of its own dates, and the rarer shapes of tables."""

from datetime import time

import pytest

from sync.model import Kind, Role
from sync.reading.expressions import Clock, Length, Rate, Unit
from tests.reading.sketches import only, roadmap, roles, sketch


def test_a_weekday_heading_with_a_day_off_below_it_is_a_rest_day():
    made = roadmap("# Plan\n\n## Weekly routine\n\n### Sunday\n- Rest\n\n### Monday\n- 18:00-19:00 Run\n")
    assert made.rest_days == (7,)
    assert sketch(made.entries) == ["session Run"]
    assert made.entries[0].days == (1,)


def test_a_daily_checklist_is_one_series_and_its_boxes_describe_it():
    made = roadmap("# Plan\n\n## Daily checklist\n- [ ] water the bees\n- [ ] note the weather\n")
    (series,) = made.entries
    assert (series.kind, series.rate) == (Kind.SESSION, Rate(1, 1, Unit.DAY))
    assert series.notes == ("- water the bees", "- note the weather")


def test_a_meeting_with_hours_on_its_days_has_its_name_and_is_not_ticked():
    text = "# Plan\n\n## Weekly routine\n\n### Weekdays\n- Study time: 2 hours of harmony\n"
    (series,) = roadmap(text).entries
    assert (series.days, series.length, series.tick) == ((1, 2, 3, 4, 5), Length(120, 120), False)


def test_a_total_of_a_week_is_a_claim():
    made = roadmap(
        "# Plan\n\n## Weekly routine\n- Monday 18:00-19:00: Run\n\n**Total time:** 6-8 hours per week\n"
    )
    assert [(claim.subject, claim.low, claim.high) for claim in made.claims] == [("weekly-total", 360, 480)]


def test_time_without_a_label_is_no_commitment():
    assert roadmap("# Plan\n\nIt took 3 hours on Monday.\n").commitments == ()


def test_a_commitment_inside_a_period_counts_there():
    made = roadmap("# Plan\n\n## Month 1\n\n**Daily time:** 1 hour\n\n### Week 1\n- [ ] a\n")
    assert [each.entry for each in made.commitments] == [made.entries[0].number]


def test_a_start_below_the_first_period_is_the_start_of_the_plan():
    made = roadmap(
        "# Plan\n\n## Week 1: Tar\n\n**Starts:** 4 May 2026\n\n- [ ] stir\n\n## Week 2\n- [ ] pour\n"
    )
    assert made.start is not None
    assert (made.start.month, made.start.day) == (5, 4)


def test_a_start_below_a_later_period_is_its_own():
    text = "# Plan\n\n## Week 1\n- [ ] stir\n\n## Week 2\n\n**Starts:** 11 May 2026\n\n- [ ] pour\n"
    made = roadmap(text)
    assert made.start is None
    assert made.lines[7].entries == (made.entries[1].number,)


def test_a_start_with_a_range_is_start_and_end():
    made = roadmap("**Start:** 4 May 2026 - 31 May 2026\n\n## Week 1\n- [ ] a\n")
    assert (made.start and made.start.day, made.end and made.end.day) == (4, 31)


def test_a_dates_label_without_dates_is_told_and_nothing_else():
    made = roadmap("# Plan\n\n**Timeline:** some months\n")
    assert made.lines[2].role is Role.META
    assert made.start is None


def test_a_labelled_point_in_prose_is_one():
    text = "# Plan\n\n## Week 1: Tar\n\n**Milestone:** the hull is dry\n\n- [ ] stir\n"
    (week,) = roadmap(text).entries
    assert [(each.kind, each.title) for each in week.children] == [
        (Kind.MILESTONE, "the hull is dry"),
        (Kind.TASK, "stir"),
    ]


def test_prose_among_key_dates_that_begins_with_its_date_is_a_point():
    text = "# Plan\n\n## Key dates\n\n4 May 2026: Keel laid\n\nThe yard is closed in April.\n\n## Week 1\n- [ ] a\n"
    assert sketch(roadmap(text).entries) == ["milestone Keel laid", "period Week 1", ["task a"]]


def test_a_bullet_above_boxes_is_a_period_where_it_has_a_place():
    text = "# Plan\n\n- Week 1: Tar\n  - [ ] stir\n- Stern\n  - [ ] sand\n"
    assert sketch(roadmap(text).entries) == ["period Week 1: Tar", ["task stir"], "task sand"]
    assert roles(text)[4] == "heading"


def test_a_box_that_ends_in_a_colon_holds_the_bullets_below_it():
    text = "# Plan\n\n## Week 1\n- Rigging:\n  - splice\n  - whip\n"
    assert sketch(roadmap(text).entries) == ["period Week 1", ["task Rigging", ["task splice", "task whip"]]]


def test_a_milestone_drawn_as_a_box_is_ticked():
    (week,) = roadmap("## Week 1\n- [ ] a\n- [x] **Milestone:** it floats\n").entries
    assert [(each.kind, each.tick, each.done) for each in week.children] == [
        (Kind.TASK, True, False),
        (Kind.MILESTONE, True, True),
    ]


def test_a_check_in_heading_inside_a_check_in_is_a_heading():
    text = "# Plan\n\n## Day 1: Sail\n\n## Daily log\n\n### Day 1\n- wind ____\n"
    made = roadmap(text)
    assert [str(line.role) for line in made.lines][6:] == ["heading", "checkin"]


def test_excluded_headings_hold_nothing_that_is_work():
    text = "# Plan\n\n## Week 1\n- [ ] a\n\n## Shopping\n- [ ] glue\n"
    assert sketch(roadmap(text, "exclude: [Shopping]").entries) == ["period Week 1", ["task a"]]


def test_two_points_of_one_day_without_common_words_are_two():
    text = "# Plan\n\n## Key dates\n- 4 May 2026: Keel laid\n- 4 May 2026: Rent due\n"
    assert len(roadmap(text).entries) == 2


def test_a_point_that_a_dated_period_closes_is_the_one_of_its_last_day():
    dates = "## Key dates\n- 10 May 2026: Deploy the tide app\n"
    text = f"# Plan\n\n{dates}\n## 4-10 May 2026: Tide app\n- [ ] a\n- **DEPLOY DEADLINE:** tide app online\n"
    made = roadmap(text)
    points = [
        entry
        for period in made.entries
        for entry in (period, *period.children)
        if entry.kind is Kind.DEADLINE
    ]
    assert len(points) == 1
    assert made.lines[3].entries == made.lines[7].entries == (points[0].number,)


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Week 1 | Week 2 | Week 3", "X | X | "), ("4 May 2026 | 11 May 2026 | 18 May 2026", "● | ● | ")],
)
def test_crosses_join_their_columns(header: str, cells: str):
    text = (
        f"# Plan\n\n| Work | {header} |\n|---|---|---|---|\n| Tar | {cells} |\n| | X | | |\n| Rope | | | |\n"
    )
    made = roadmap(text)
    (tar,) = made.entries
    assert tar.title == "Tar"
    if tar.when.ordinal is not None:
        assert (tar.when.ordinal.first, tar.when.ordinal.last) == (1, 2)
    else:
        assert tar.when.written is not None
        assert (tar.when.written.first.day, tar.when.written.last.day) == (4, 11)
    assert [str(line.role) for line in made.lines][5:] == ["note", "note"]


def test_html_blocks_are_headings_lists_and_paragraphs():
    text = "<h2>Week 1: Tar</h2>\n<ul>\n<li>[ ] stir</li>\n<li>[x] pour</li>\n</ul>\n<p>Keep it warm.</p>\n"
    (week,) = roadmap(text).entries
    assert (week.title, [each.title for each in week.children]) == ("Week 1: Tar", ["stir", "pour"])
    assert [each.done for each in week.children] == [False, True]
    assert week.notes == ("Keep it warm.",)


def test_comments_and_bare_tags_are_kept_as_notes():
    text = "# Plan\n\n<!-- hidden -->\n\n<div>\n\n## Week 1\n- [ ] a\n"
    assert [role for role in roles(text) if role != "blank"] == [
        "heading",
        "note",
        "note",
        "period",
        "task",
    ]


def test_sessions_know_their_days_clock_length_and_part_of_the_day():
    text = (
        "## Weekly routine\n- Monday 18:00-19:00: Run\n- Tuesday 45 min: Stretch\n- Friday evening: Sauna\n"
    )
    run, stretch, sauna = roadmap(text).entries
    assert (run.kind, run.days, run.clock) == (Kind.SESSION, (1,), Clock(time(18), time(19)))
    assert (stretch.days, stretch.length) == ((2,), Length(45, 45))
    assert (sauna.days, sauna.part, sauna.title) == ((5,), "evening", "Sauna")


def test_rates_are_sessions_inside_a_period_and_rules_where_they_have_a_condition():
    made = roadmap("## Weeks 1-4\n- [ ] a\n- 2 mock exams per week\n- If tired, only 1 mock exam per week\n")
    assert made.entries[0].children[1].rate == Rate(2, 2, Unit.WEEK)
    assert made.lines[3].role is Role.RULE


def test_a_meeting_is_not_ticked_and_an_optional_session_neither():
    text = (
        "## Routine\n- Monday 18:00: Team meeting\n- Tuesday 18:00: Run (optional)\n- Wednesday 18:00: Run\n"
    )
    assert [entry.tick for entry in roadmap(text).entries] == [False, False, True]


def test_boxes_below_a_block_of_hours_share_its_clock():
    entry = only("## Day 1\n### 08:00-09:00 Bake\n- [ ] knead\n")
    (block,) = entry.children
    assert (block.kind, block.clock) == (Kind.SESSION, Clock(time(8), time(9)))
    assert (block.children[0].title, block.children[0].clock) == ("knead", Clock(time(8), time(9)))


def test_a_box_with_its_own_time_keeps_it():
    entry = only("## Day 1\n- [ ] 08:30: knead\n").children[0]
    assert (entry.title.endswith("knead"), entry.clock) == (True, Clock(time(8, 30)))
