"""What the interpreter takes each line for."""

import pytest

from sync.reading.expressions import PartialDate
from tests.reading.sketches import roadmap, roles, sketch


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


def test_a_box_before_the_talk_is_work_in_its_receipt():
    text = "- [ ] box\n\nSure! Here's your plan\n\n# Plan\n"
    assert roles(text) == ["task", "blank", "chatter", "blank", "heading"]


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\x0c", "\u2028"])
def test_a_line_of_odd_blanks_moves_nothing(blank: str):
    assert roles(f"# Plan\n\n{blank}\n☐ tar\n")[2:] == ["blank", "task"]
    assert [line.entries for line in roadmap(f"# Plan\n\n{blank}\n☐ tar\n").lines][3] == (1,)


def test_every_row_of_a_table_in_html_names_its_task():
    text = (
        "<table>\n<tr><th>Date</th><th>Task</th></tr>\n<tr><td>4 May 2026</td><td>Rope</td></tr>\n</table>\n"
    )
    assert roles(text)[2] == "task"
