"""The entries that lines make: their tree, their marks, and what describes them."""

import pytest

from sync.model import Kind
from sync.reading.expressions import Length
from tests.reading.sketches import only, roadmap, roles, sketch

NESTED = {
    "headings of one level": (
        "## Month 1\n\n## Week 1\n- [ ] a\n\n## Week 2\n- [ ] b\n\n## Month 2\n\n## Week 5\n- [ ] c\n",
        "period Week 5",
    ),
    "numbers that begin again": (
        "## Month 1\n### Week 1\n- [ ] a\n### Week 2\n- [ ] b\n## Month 2\n### Week 1\n- [ ] c\n",
        "period Week 1",
    ),
}


@pytest.mark.parametrize("name", NESTED)
def test_periods_nest_by_their_units(name: str):
    text, last = NESTED[name]
    assert sketch(roadmap(text).entries) == [
        "period Month 1",
        ["period Week 1", ["task a"], "period Week 2", ["task b"]],
        "period Month 2",
        [last, ["task c"]],
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


def test_a_date_between_the_label_and_the_name_is_the_milestones():
    (may,) = roadmap("# Plan\n\n## May 2026\n- **Milestone:** 4 May 2026: Launch the boat\n").entries
    assert may.children[0].title == "Launch the boat"
    assert may.children[0].when.written is not None


def test_a_date_that_begins_with_a_day_and_a_dot_is_no_numbered_list():
    (entry,) = roadmap("# Wichtige Termine\n\n- 12. März 2026: Abgabe der Zeichnung\n").entries
    assert (entry.title, entry.when.written and entry.when.written.first.day) == ("Abgabe der Zeichnung", 12)
