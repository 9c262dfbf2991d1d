"""What the interpreter makes of an outline: roles, entries in their tree, and what the text says of itself."""

from datetime import time

import pytest

from sync.model import Kind, Role
from sync.reading.decoding import split_lines
from sync.reading.expressions import Clock, Length, PartialDate, Rate, Unit
from sync.reading.reader import read, read_lines
from sync.reading.roadmap import Entry, Roadmap

HEADER = "---\nroadmap:\n  {}\n---\n"


def roadmap(text: str, option: str = "") -> Roadmap:
    return read_lines(tuple(split_lines((HEADER.format(option) if option else "") + text)), "plan")


def sketch(entries: tuple[Entry, ...]) -> list[object]:
    """Kind and title of each entry, with the sketches of those below it."""
    made: list[object] = []
    for entry in entries:
        made.append(f"{entry.kind} {entry.title}")
        if entry.children:
            made.append(sketch(entry.children))
    return made


def only(text: str, option: str = "") -> Entry:
    (entry,) = roadmap(text, option).entries
    return entry


def roles(text: str) -> list[str]:
    return [str(line.role) for line in roadmap(text).lines]


# --- the document itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The title\n\n## Other\n", "The title"),
        ("**Bold title**\n\ntext\n", "Bold title"),
        ("just text\n", "plan"),
        ("", "plan"),
        ("---\nroadmap: {title: Given}\n---\n# Written\n", "Given"),
        ("# 🚀 **Decorated** 🚀\n", "Decorated"),
    ],
)
def test_a_document_is_named_by_its_heading_its_bold_line_or_its_file(text: str, title: str):
    assert roadmap(text).title == title


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("# Wedding 2027\n", 2027),
        ("# Wedding\n\n## Spring 2027\n", 2027),
        ("# Room 101, seat 3000\n", None),
        ("# Plan\n\n**Start date:** 4 May 2028\n", 2028),
        ("# Plan\n", None),
    ],
)
def test_a_year_in_the_title_or_the_header_is_the_years(text: str, year: int | None):
    assert roadmap(text).year == year


def test_the_year_key_counts_before_the_title():
    assert roadmap("# Wedding 2027\n", "year: 2030").year == 2030


def test_start_and_end_are_taken_where_the_text_labels_them():
    made = roadmap("# Plan\n\n**Start date:** 4 May 2026\n**End date:** 31 May 2026\n**Author:** nobody\n")
    assert made.start == PartialDate(2026, 5, 4)
    assert made.end == PartialDate(2026, 5, 31)
    assert made.written_start_line == 3
    assert [str(line.role) for line in made.lines] == ["heading", "blank", "meta", "meta", "meta"]


def test_only_the_first_start_and_end_count():
    text = "Start: 4 May 2026\n\nStart: 5 May 2026\n\nEnd: 6 May 2026\n\nEnd: 7 May 2026\n"
    made = roadmap(text)
    assert (made.start, made.end) == (PartialDate(2026, 5, 4), PartialDate(2026, 5, 6))


def test_dates_of_the_whole_plan_are_its_start_and_its_end():
    made = roadmap("# Plan\n\n**Dates:** 4 May - 31 May 2026\n")
    assert (made.start and made.start.day, made.end and made.end.day) == (4, 31)


def test_a_front_matter_is_meta_line_by_line():
    made = roadmap("text\n", "start: 2026-01-05")
    assert [str(line.role) for line in made.lines] == ["meta"] * 4 + ["note"]
    assert made.header_lines == 4


def test_bytes_of_any_encoding_become_the_same_roadmap():
    text = "# Café\n\n- [ ] Löffel kaufen\n"
    readings = {
        read(text.encode(codec), "plan").roadmap.entries for codec in ("utf-8", "utf-8-sig", "utf-16")
    }
    assert len(readings) == 1


# --- roles -------------------------------------------------------------------------------------------------


def test_every_shape_has_its_role():
    text = (
        "# Plan\n\nA word before.\n\n## Week 1\n- [ ] do\n- note\n\n---\n\n| Metric | Target |\n|---|---|\n"
        "| a | 1 |\n\n```\ncode\n```\n<!-- aside -->\n***\n"
    )
    assert " ".join(roles(text)) == (
        "heading blank note blank period task note blank separator blank "
        "heading separator note blank note note note note separator"
    )


def test_the_talk_of_an_assistant_is_chatter_but_what_it_says_of_the_plan_counts():
    text = (
        "Sure! Here's your plan:\n\nStart date: 4 May 2026\n\n---\n\n# Plan\n\nLet me know if you like it!\n"
    )
    made = roadmap(text)
    assert " ".join(str(line.role) for line in made.lines) == (
        "chatter blank meta blank separator blank heading blank chatter"
    )
    assert made.start == PartialDate(2026, 5, 4)


def test_a_preamble_without_talk_is_a_note():
    assert roles("Thoughts on wood.\n\n# Plan\n")[0] == "note"


def test_a_section_of_offers_at_the_end_is_chatter_with_all_below_it():
    assert roles("# Plan\n\n## If you want\n- I can also make a table\n")[2:] == ["chatter", "chatter"]


def test_quoted_talk_is_no_talk():
    assert roles("# Plan\n\n> Let's do this\n")[-1] == "note"


def test_criteria_rules_and_checkins_keep_their_roles_below_their_headings():
    text = (
        "# Plan\n\n## Success criteria\n- [ ] It floats\n- dry inside\n\n"
        "## Rules\nNo paint before May.\n- never alone\n\n"
        "## Daily log\n### Evening\n- energy ____\n- [ ] slept well\nmood ____\n"
    )
    assert " ".join(roles(text)[2:]) == (
        "heading criterion criterion blank heading rule rule blank heading heading checkin checkin checkin"
    )


def test_forms_inside_quiet_text_are_checkins():
    made = roadmap("## Day 1: Sail\n- wind ____ knots\n- bring gloves\n")
    assert [str(line.role) for line in made.lines] == ["task", "checkin", "note"]


def test_a_line_that_only_sums_up_is_meta_and_one_that_measures_a_criterion():
    text = "## Week 1\n- Total: 8 hours\n- Target score: 65 %\n- Read\n"
    assert roles(text) == ["period", "meta", "criterion", "task"]


def test_what_stands_below_a_measure_is_no_work_even_with_a_place_of_its_own():
    text = "# Plan\n\n## Week 1\n- Read\n- Target score: 65 %\n  - Week 3: 70 %\n  - 4 May 2026: 80 %\n"
    assert sketch(roadmap(text).entries) == ["period Week 1", ["task Read"]]
    assert roles(text)[4:] == ["criterion", "note", "note"]


def test_lines_that_the_reader_took_a_default_for_are_unsure():
    made = roadmap("## Week 1\n- maybe work\n- [ ] work\n")
    assert [line.sure for line in made.lines] == [True, True, True]
    assert [line.sure for line in roadmap("## Week 1\n- maybe work\n").lines] == [True, False]


# --- entries -----------------------------------------------------------------------------------------------


def test_periods_nest_by_their_units_even_where_their_headings_are_of_one_level():
    text = "## Month 1\n\n## Week 1\n- [ ] a\n\n## Week 2\n- [ ] b\n\n## Month 2\n\n## Week 5\n- [ ] c\n"
    assert sketch(roadmap(text).entries) == [
        "period Month 1",
        ["period Week 1", ["task a"], "period Week 2", ["task b"]],
        "period Month 2",
        ["period Week 5", ["task c"]],
    ]


def test_a_day_with_a_topic_is_one_task_and_a_day_with_boxes_a_period():
    text = "## Day 1: Sail\n- bring gloves\n\n## Day 2: Row\n- [ ] oars\n\n## Day 3\n- swim\n"
    assert sketch(roadmap(text).entries) == [
        "task Sail",
        "period Day 2: Row",
        ["task oars"],
        "period Day 3",
        ["task swim"],
    ]


def test_notes_go_with_what_they_describe():
    entry = only("## Day 1: Sail\nWind from the west.\n- bring gloves\n\n```\nknots\n```\n")
    assert entry.notes == ("Wind from the west.", "- bring gloves", "knots")
    assert (entry.line, entry.end_line) == (1, 7)


def test_a_heading_that_sets_time_aside_keeps_it():
    assert only("## Week 1 (3h): Tar\n- [ ] stir\n").length == Length(180, 180)
    made = roadmap("## Week 1 (15 min / day): Tar\n- [ ] stir\n")
    assert made.commitments[0].minutes == tuple((day, 15) for day in range(1, 8))
    assert made.commitments[0].entry == made.entries[0].number


def test_time_set_aside_by_a_label_is_a_commitment_for_the_days_it_names():
    made = roadmap("**Daily time:** 2-3 hours on weekdays, 4 hours on weekends\n\n## Week 1\n- [ ] a\n")
    assert dict(made.commitments[0].minutes) == {1: 180, 2: 180, 3: 180, 4: 180, 5: 180, 6: 240, 7: 240}
    assert made.commitments[0].entry is None


def test_days_off_are_rest_days():
    made = roadmap("## Routine\n- Monday 18:00-19:00: Run\n- Sunday: rest\n")
    assert made.rest_days == (7,)
    assert [str(line.role) for line in made.lines] == ["heading", "session", "note"]


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


def test_done_marks_of_all_sorts():
    text = "## Day 1\n- [x] a\n- [X] b\n- ☑ c\n- [ ] ~~d~~\n- [ ] e\n"
    assert [task.done for task in only(text).children] == [True, True, True, False, False] or [
        task.done for task in only(text).children
    ] == [True, True, True, True, False]


def test_deliverables_and_optional_tasks_are_known():
    (deliverable, optional) = only("## Week 1\n- [ ] **Build:** a boat\n- [ ] a flag (optional)\n").children
    assert (deliverable.deliverable, optional.optional) == (True, True)


def test_parts_of_a_task_stand_below_it_and_its_bullets_describe_it():
    (kitchen,) = only(
        "## Day 1\n- [ ] Kitchen\n  - [ ] glasses\n    - [ ] tall ones\n  - mind the step\n"
    ).children
    assert sketch((kitchen,)) == ["task Kitchen", ["task glasses", ["task tall ones"]]]
    assert kitchen.notes == ("- mind the step",)


def test_milestones_and_deadlines_are_told_apart_by_their_words():
    text = "# Plan\n\n## Key dates\n- 4 May 2026: Premiere\n- 5 May 2026: Deadline for props\n- 6 May 2026: Party ✅\n"
    made = roadmap(text).entries
    assert [(each.kind, each.done) for each in made] == [
        (Kind.MILESTONE, False),
        (Kind.DEADLINE, False),
        (Kind.MILESTONE, True),
    ]


def test_a_labelled_exam_outside_a_period_needs_a_date():
    assert sketch(roadmap("# Plan\n\nExam date: 4 May 2026\n").entries) == ["milestone Exam date"]
    assert roadmap("# Plan\n\nExam: hard\n").entries == ()


def test_an_open_run_is_no_place():
    assert (
        roadmap("# Plan\n\n## Weeks 27+\n- [ ] go on\n\n## Week 1\n- [ ] begin\n").entries[0].title == "go on"
    )


def test_said_twice_is_one_entry_whose_lines_both_name_it():
    said = "Launch the boat (4 May 2026)\n"
    made = roadmap(f"# Plan\n\n## Key dates\n- {said}\n## May 2026\n- **Milestone:** {said}")
    points = [each for each in made.entries[0].children if each.kind is Kind.MILESTONE]
    assert len(points) == 1
    assert made.lines[3].entries == made.lines[6].entries == (points[0].number,)


def test_the_same_week_in_two_places_is_one_period():
    text = (
        "## Week 1: Tar\n- [ ] stir\n\n## Week 2\n- [ ] pour\n\n# Details\n\n## Week 1: Tar\nKeep it warm.\n"
    )
    assert sketch(roadmap(text).entries) == [
        "period Week 1: Tar",
        ["task stir"],
        "period Week 2",
        ["task pour"],
    ]


def test_progress_lists_add_only_their_marks():
    text = (
        "## Week 1\n- [ ] stir the tar\n\n## Progress tracker\n- [x] stir the tar\n- [ ] clean the brushes\n"
    )
    made = roadmap(text)
    assert sketch(made.entries) == ["period Week 1", ["task stir the tar"], "task clean the brushes"]
    assert made.entries[0].children[0].done
    assert made.lines[4].entries == made.lines[1].entries


def test_what_the_document_claims_of_itself_is_kept():
    text = (
        "## Weekly routine\n### Weekdays\n- 07:00-08:00 Scales\n\n**Total time:** 2 hours\n\n## Rules\n"
        "- the Monday 18:00 meeting counts\n- 5 hours per week at least\n\n## Week 3 (today)\n- [ ] x\n"
    )
    assert {claim.subject for claim in roadmap(text).claims} == {
        "daily-total",
        "meeting",
        "weekly-total",
        "today",
    }


def test_tables_of_days_weeks_and_tasks():
    header = "| Week | Topic | Status | Notes |\n|---|---|---|---|\n"
    text = f"{header}| 1 | Tar | ✅ | warm<br>slow |\n| 2 | Rope | | |\n| 3 | | | |\n"
    tar, rope = roadmap(text).entries
    assert (tar.kind, tar.title, tar.done, tar.notes) == (Kind.PERIOD, "Tar", True, ("Notes: warm\nslow",))
    assert (rope.done, rope.tick) == (False, True)
    assert roles(text)[-1] == "note"


def test_a_table_below_a_dated_heading_is_work_and_elsewhere_context():
    week = "## Week 1\n\n| Task | Time needed |\n|---|---|\n| Tar | 2 h |\n"
    text = f"{week}\n## Resources\n\n| Task |\n|---|\n| glue |\n"
    (made,) = roadmap(text).entries
    assert [(each.title, each.length) for each in made.children] == [("Tar", Length(120, 120))]


def test_an_empty_document_has_nothing_and_no_problem():
    made = roadmap("")
    assert (made.entries, made.lines, made.problems) == ((), (), ())


# --- what does not hold yet ----------------------------------------------------------------------------------


def test_a_box_before_the_talk_is_work_in_its_receipt():
    text = "- [ ] box\n\nSure! Here's your plan\n\n# Plan\n"
    assert roles(text) == ["task", "blank", "chatter", "blank", "heading"]


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\x0c", "\u2028"])
def test_a_line_of_odd_blanks_moves_nothing(blank: str):
    assert roles(f"# Plan\n\n{blank}\n☐ tar\n")[2:] == ["blank", "task"]
    assert [line.entries for line in roadmap(f"# Plan\n\n{blank}\n☐ tar\n").lines][3] == (1,)


def test_a_date_between_the_label_and_the_name_is_the_milestones():
    (may,) = roadmap("# Plan\n\n## May 2026\n- **Milestone:** 4 May 2026: Launch the boat\n").entries
    assert may.children[0].title == "Launch the boat"
    assert may.children[0].when.written is not None


def test_every_row_of_a_table_in_html_names_its_task():
    text = (
        "<table>\n<tr><th>Date</th><th>Task</th></tr>\n<tr><td>4 May 2026</td><td>Rope</td></tr>\n</table>\n"
    )
    assert roles(text)[2] == "task"


def test_plain_labels_on_lines_of_their_own_are_read_one_by_one():
    made = roadmap("# Plan\n\nStart date: 4 May 2026\nEnd date: 31 May 2026\n")
    assert (made.start, made.end) == (PartialDate(2026, 5, 4), PartialDate(2026, 5, 31))


def test_a_date_that_begins_with_a_day_and_a_dot_is_no_numbered_list():
    (entry,) = roadmap("# Wichtige Termine\n\n- 12. März 2026: Abgabe der Zeichnung\n").entries
    assert (entry.title, entry.when.written and entry.when.written.first.day) == ("Abgabe der Zeichnung", 12)
