"""Which dates a rule gave, and that the rule is told where the line is."""

from datetime import UTC, datetime, timedelta

from sync.model import Block, Days, Role
from sync.reporting.inferred import inferred, reasons
from sync.reporting.page import Page
from tests.reporting.test_receipt import DAY, FIRST, item, schedule, text

RULE = "week 1 counted from 2026-03-02"


def test_a_receipt_counts_the_lines_whose_date_a_rule_gave():
    made = schedule(Role.HEADING, Role.TASK, items=(item("Dig", guessed={"start": RULE}),))
    told = "  Inferred    1 line with a date or time that a rule gave; `check -v` says which rule for each."
    assert told in text(made).splitlines()


def test_a_receipt_of_written_dates_alone_says_nothing_of_rules():
    assert "Inferred" not in text(schedule(Role.HEADING, Role.TASK, items=(item("Dig"),)))


def test_a_full_receipt_tells_the_rule_below_the_line():
    made = schedule(Role.HEADING, Role.TASK, items=(item("Dig", guessed={"start": RULE}),))
    lines = text(made, Page(full=True)).splitlines()
    at = lines.index("       2  task       line 2")
    assert lines[at + 1] == f"{'':21}↳ 2 Mar 2026: {RULE}"
    assert "  Inferred    1 line with a date or time that a rule gave." in lines


def test_several_days_and_hours_and_no_day_are_told_as_they_are():
    begin = datetime(2026, 3, 2, 19, tzinfo=UTC)
    week = item("a", guessed={"start": RULE}, span=Days(FIRST, FIRST + 7 * DAY))
    evening = item("b", guessed={"start": RULE}, span=Block(begin, begin + timedelta(hours=1), "UTC"))
    never = item("c", guessed={"start": RULE}, span=None)
    assert list(reasons([week, evening, never])) == [
        f"2 Mar 2026 to 8 Mar 2026: {RULE}", f"2 Mar 2026 19:00: {RULE}", f"no date: {RULE}",
    ]  # fmt: skip


def test_a_rule_that_gave_two_items_the_same_is_told_once():
    both = [item("a", guessed={"minutes": "the upper end"}), item("b", guessed={"minutes": "the upper end"})]
    assert list(reasons(both)) == ["the upper end"]


def test_the_single_days_of_a_series_are_not_told_one_by_one():
    tick = item("a", guessed={"start": "one occurrence of its series"}, key="plan/plan/a@2026-03-02")
    assert inferred([tick]) == {}


def test_what_is_guessed_about_other_things_is_no_date():
    assert inferred([item("a", guessed={"title": "its first words"})]) == {}
