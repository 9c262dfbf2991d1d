"""What each key of the front matter takes, and the page of the manual about it."""

import datetime as dt
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from sync.reading.frontmatter_model import ALL_KEYS, OVERRIDE_KEYS
from sync.reading.options import (
    CHOOSABLE_ROLES,
    DAY_PARTS,
    DEFAULTS,
    Anchor,
    Options,
    Override,
    Pace,
)
from tests.reading.fronts import only_problem, ours, read

DOC = Path(__file__).parents[2] / "docs/format/front-matter.md"


VALUES = [
    ("slug: go-180_days", "slug", "go-180_days"),
    ("slug: 学习", "slug", "学习"),
    ("title: on", "title", "on"),
    ("title: 2026", "title", "2026"),
    ('title: "null"', "title", "null"),
    ("title: >\n    two\n    lines", "title", "two lines"),
    ("start: 2026-01-05", "start", dt.date(2026, 1, 5)),
    ("start: '2026-1-5'", "start", dt.date(2026, 1, 5)),
    ("start: 2026-01-05T23:30:00+03:00", "start", dt.date(2026, 1, 5)),
    ("start: 2026-01-05 10:00", "start", dt.date(2026, 1, 5)),
    ("start:", "start", None),
    ("start: ~", "start", None),
    ("end: 2024-02-29", "end", dt.date(2024, 2, 29)),
    ("year: 2026", "year", 2026),
    ("anchor: {day: 3, date: 2026-03-02}", "anchor", Anchor("day", 3, dt.date(2026, 3, 2))),
    ("anchor: {week: 5, date: 2026-03-02}", "anchor", Anchor("week", 5, dt.date(2026, 3, 2))),
    ("anchor: {date: 2026-03-02, month: 2}", "anchor", Anchor("month", 2, dt.date(2026, 3, 2))),
    ("week_numbering: ISO", "week_numbering", "iso"),
    ("week_start: Monday", "week_start", "monday"),
    ("month_length: 28", "month_length", 28),
    ("month_length: calendar", "month_length", "calendar"),
    ("pace: {per_week: 5}", "pace", Pace(per_week=5)),
    ("pace: {per_day: 2, per_week: }", "pace", Pace(per_day=2)),
    ("workdays: [Sat, monday, thurs]", "workdays", (1, 4, 6)),
    ("workdays: mon-fri", "workdays", (1, 2, 3, 4, 5)),
    ("session_days: sat-mon, wed", "session_days", (1, 3, 6, 7)),
    ("session_days: tue", "session_days", (2,)),
    ("exclude: Template", "exclude", ("Template",)),
    ("exclude: [Template, yes, Template]", "exclude", ("Template", "yes")),
    ("timezone: Africa/Nairobi", "timezone", "Africa/Nairobi"),
    ("duration: 60m", "duration", 60),
    ("duration: 1h30", "duration", 90),
    ("duration: 1h 30m", "duration", 90),
    ("duration: 90", "duration", 90),
    ("duration: 1.5 hours", "duration", 90),
    ("duration: 24h", "duration", 1440),
    ("default_time: 19:00", "default_time", dt.time(19)),
    ("default_time: 7:30", "default_time", dt.time(7, 30)),
    ("recurring: off", "recurring", False),
    ("recurring: on", "recurring", True),
    ("recurring: true", "recurring", True),
    ("dedupe: no", "dedupe", False),
    ("rest_words: [off, tatil]", "rest_words", ("off", "tatil")),
    (
        "day_parts: {Morning: 06:30 – 08:00, night: '21:00-23:00'}",
        "day_parts",
        (
            ("morning", (dt.time(6, 30), dt.time(8))),
            *DAY_PARTS[1:],
            ("night", (dt.time(21), dt.time(23))),
        ),
    ),
    (
        "overrides: [{match: 'a:  b', line: 3, date: 2026-05-03, end: 2026-05-03, role: Task}]",
        "overrides",
        (Override("a: b", 3, dt.date(2026, 5, 3), dt.date(2026, 5, 3), role="task"),),
    ),
]


@pytest.mark.parametrize(("row", "key", "value"), VALUES)
def test_a_value_means_what_a_person_means_by_it(row, key, value):
    front = ours(row)
    assert front.problems == ()
    assert front.options == replace(DEFAULTS, **{key: value})


MISTAKES = [
    ("strat: 2026-01-05", "`strat` is not a key", "`start`"),
    ("week-start: monday", "`week-start` is not a key", "`week_start`"),
    ("quux: 1", "`quux` is not a key", "slug, title"),
    ("? [a]\n  : b", "is not a key", "slug, title"),
    ("start: 2026-02-30", "a day that does not exist", "2026-02-28"),
    ("start: 2026-02-00", "a day that does not exist", "2026-02-28"),
    ("start: 2026-13-01", "no month 13", "year-month-day"),
    ("start: 0226-01-05", "a year that no plan", "1900"),
    ("start: 5 Jan 2026", "5 Jan 2026, which is not a date", "2026-01-05"),
    ("start: [2026-01-05]", "should be text", "quotes"),
    ('title: ""', "is empty", "remove the key"),
    ("year: 26", "26, and not a number that fits", "1900 to 2199"),
    ("year: twenty", "not a number that fits", "1900"),
    ("slug: My plan!", "not one word", "My-plan"),
    ("slug: ../x", "not one word", "Write x."),
    ("slug: '!'", "not one word", "my-plan"),
    ("slug: All", "the feed of all roadmaps", "another"),
    ("anchor: {week: 5}", "needs one numbered unit and its date", "week: 5"),
    ("anchor: {week: 5, day: 1, date: 2026-01-05}", "needs one numbered unit", "week: 5"),
    ("anchor: {wek: 5, date: 2026-01-05}", "has wek", "`week`"),
    ("anchor: {quux: 5}", "has quux", "day, week, month, date"),
    ("anchor: {week: 0, date: 2026-01-05}", "has a `week` that is 0", "1 to 9999"),
    ("anchor: soon", "should be a table", "day, week"),
    ("pace: {}", "needs one of", "per_week: 5"),
    ("pace: {per_week: 1, per_day: 1}", "needs one of", "per_week: 5"),
    ("week_start: mondy", "is mondy, and not one of start, monday", "`monday`"),
    ("week_start: quux", "is quux", "Write start"),
    ("month_length: 31", "is 31", "Write auto"),
    ("workdays: [mon, funday]", "has funday", "`sunday`"),
    ("workdays: [1, 2]", "has 1 where a day", "[mon"),
    ("workdays: []", "names no day", "[mon"),
    ("workdays: mon-xyz", "mon-xyz", "monday"),
    ("workdays: 'mon,,tue'", "has nothing where a day", "[mon"),
    ("timezone: Nairobi", "no such zone", "`Africa/Nairobi`"),
    ("timezone: europe/berlin", "no such zone", "`Europe/Berlin`"),
    ("timezone: Europe/Berln", "no such zone", "`Europe/Berlin`"),
    ("timezone: Europe", "no such zone", "`"),
    ("timezone: localtime", "no such zone", "Write a zone"),
    ("timezone: ../etc/passwd", "no such zone", "Continent/City"),
    ("duration: soon", "not a length of time", "60m"),
    ("duration: 0", "not a length of time", "24h"),
    ("duration: 25h", "not a length of time", "24h"),
    ("default_time: 25:00", "25:00, which is not a time of day", "HH:MM"),
    ("dedupe: maybe", "neither on nor off", "on or off"),
    ("day_parts: soon", "should be a table", "morning"),
    ("day_parts: {night: late}", "late for night", "morning"),
    ("day_parts: {night: 22:00-02:00}", "night ending before it begins", "same day"),
    ("day_parts: {night: 22:00-22:00}", "night ending before it begins", "same day"),
    ("day_parts: {night: 22-23}", "22, which is not a time", "HH:MM"),
    ("overrides: soon", "should be a list", "Buffer week"),
    ("overrides: [a]", "should be a table", "match"),
    ("overrides: [{skip: true}]", "without match", "match"),
    ("overrides: [{match: a}]", "changes nothing", "skip: true"),
    ("overrides: [{match: a, skip: off}]", "changes nothing", "skip: true"),
    ("overrides: [{match: a, date: 2026-02-30}]", "has a `date` that is 2026-02-30", "2026-02-28"),
    ("overrides: [{match: a, role: blank}]", "has a `role` that is blank", "period"),
    ("overrides: [{match: a, role: tsk}]", "has a `role` that is tsk", "`task`"),
    ("overrides: [{match: a, role: task, end: 2026-05-03}]", "an end without", "date and end"),
    ("overrides: [{match: a, date: 2026-05-03, end: 2026-05-02}]", "an end without", "date and end"),
]


@pytest.mark.parametrize(("row", "message", "suggestion"), MISTAKES)
def test_a_mistake_costs_its_own_key_and_no_other(row, message, suggestion):
    front = ours("event: exam", row, "due: start")
    problem = only_problem(front)
    assert problem.line == 4
    assert message in problem.message
    assert suggestion in problem.suggestion
    assert front.options == replace(DEFAULTS, event="exam", due="start")


def test_an_impossible_date_is_found_on_its_line():
    front = read("---\n# notes\ntitle: x\n\nroadmap:\n\n  # the start\n  start: 2026-02-30\n---\n")
    assert only_problem(front).line == 8


def test_one_wrong_override_leaves_the_others():
    front = ours("overrides:", "  - {match: a, skip: true}", "  - {match: b}", "  -", "    match: c")
    assert front.options.overrides == (Override("a", skip=True),)
    assert [problem.line for problem in front.problems] == [5, 7]


def test_a_mistake_inside_a_table_is_found_on_its_own_line():
    assert only_problem(ours("anchor:", "  week: 5", "  date: 2026-02-30")).line == 5


def test_a_key_given_twice_counts_as_the_last_and_is_told():
    front = ours("year: 2025", "year: 2026")
    assert front.options.year == 2026
    assert only_problem(front).line == 4


def test_a_key_given_twice_is_not_read_from_the_first_where_the_last_is_wrong():
    front = ours("year: 2025", "year: soon")
    assert front.options == DEFAULTS
    assert [problem.line for problem in front.problems] == [4, 4]


def test_a_plan_of_one_day_ends_where_it_starts():
    front = ours("start: 2026-01-05", "end: 2026-01-05")
    assert (front.options.end, front.problems) == (dt.date(2026, 1, 5), ())


def test_an_end_before_the_start_is_not_used():
    front = ours("end: 2026-01-04", "start: 2026-01-05")
    assert front.options == replace(DEFAULTS, start=dt.date(2026, 1, 5))
    assert only_problem(front).line == 3


def test_problems_come_in_the_order_of_the_lines():
    front = ours("end: 2026-01-04", "start: 2026-01-05", "quux: 1", "dedupe: x")
    assert [problem.line for problem in front.problems] == [3, 5, 6]


def rows_of_the_manual() -> list[tuple[str, str]]:
    found = re.findall(r"^\| `(\w+)` \|.*\| `(.+)` \|$", DOC.read_text("utf-8"), re.MULTILINE)
    assert found, "the manual has lost its tables"
    return found


def test_the_manual_has_every_key_and_no_other():
    assert {key for key, _ in rows_of_the_manual()} == (set(ALL_KEYS) - {"overrides"}) | set(OVERRIDE_KEYS)
    assert set(ALL_KEYS) == {field.name for field in fields(Options)}


@pytest.mark.parametrize(("key", "example"), rows_of_the_manual())
def test_each_example_of_the_manual_is_understood_and_makes_a_difference(key, example):
    front = ours(example)
    assert front.problems == ()
    if key in OVERRIDE_KEYS and example.startswith("overrides"):
        assert getattr(front.options.overrides[0], key) not in (None, False)
    else:
        assert front.options != DEFAULTS
        assert replace(front.options, **{key: getattr(DEFAULTS, key)}) == DEFAULTS


def test_the_blocks_of_the_manual_are_understood():
    blocks = re.findall(r"```yaml\n(.+?)```", DOC.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        front = read(block if block.startswith("---") else f"---\n{block}---\n")
        assert front.problems == ()
        assert front.options != DEFAULTS


def test_the_manual_names_every_role_that_may_be_chosen():
    (row,) = [line for line in DOC.read_text("utf-8").splitlines() if line.startswith("| `role` |")]
    assert ", ".join(CHOOSABLE_ROLES) in row
