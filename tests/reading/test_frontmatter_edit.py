"""Changing the front matter of a document, byte for byte."""

import datetime as dt

import pytest

from sync.errors import RoadmapUnreadable, UsageError
from sync.reading.frontmatter import with_options
from sync.reading.options import (
    Anchor,
    Override,
)
from tests.reading.fronts import BLOCK, read

START = {"start": dt.date(2026, 2, 2)}


def test_front_matter_is_made_where_there_is_none():
    assert with_options("# Plan\n", START) == "---\nroadmap:\n  start: 2026-02-02\n---\n# Plan\n"


def test_the_line_ends_and_the_byte_order_mark_of_the_document_are_kept():
    made = with_options("\ufeff# Plan\r\ntext\r\n", START)
    assert made == "\ufeff---\r\nroadmap:\r\n  start: 2026-02-02\r\n---\r\n# Plan\r\ntext\r\n"
    assert with_options("# Plan\rtext", START) == "---\rroadmap:\r  start: 2026-02-02\r---\r# Plan\rtext"
    assert with_options("", START) == "---\nroadmap:\n  start: 2026-02-02\n---\n"


def test_characters_that_yaml_refuses_are_written_as_escapes():
    made = with_options("", {"title": "a\x7fb"})
    assert '"a\\u007fb"' in made
    assert read(made).options.title == "a\x7fb"


def test_a_ruler_on_top_stays_a_ruler():
    made = with_options("---\nWeek 1: loops\n---\n", START)
    assert made.endswith("---\n---\nWeek 1: loops\n---\n")


def test_our_block_goes_below_the_keys_of_other_tools():
    made = with_options("---\ntitle: x # t\ntags: [a]\n---\n# Plan", START)
    assert made == "---\ntitle: x # t\ntags: [a]\nroadmap:\n  start: 2026-02-02\n---\n# Plan"


def test_our_block_goes_below_keys_that_are_not_yaml():
    made = with_options("---\ntitle: a: b\n---\n", START)
    assert made == "---\ntitle: a: b\nroadmap:\n  start: 2026-02-02\n---\n"
    assert with_options(made, {"year": 2026}).endswith("  start: 2026-02-02\n  year: 2026\n---\n")


def test_our_block_keeps_the_indent_of_its_neighbours():
    made = with_options("---\n  title: x\n---\n", START)
    assert made == "---\n  title: x\n  roadmap:\n    start: 2026-02-02\n---\n"


@pytest.mark.parametrize("empty", ["roadmap:", "roadmap: # soon", "roadmap: ~"])
def test_an_empty_block_is_filled(empty):
    made = with_options(f"---\n{empty}\n# c\n---\n", START)
    assert made == f"---\n{empty.replace('~', '')}\n  start: 2026-02-02\n# c\n---\n"


def changed_lines(before: str, after: str) -> tuple[set[str], set[str]]:
    return set(before.splitlines()) - set(after.splitlines()), set(after.splitlines()) - set(
        before.splitlines()
    )


def test_a_value_changes_in_its_place_and_its_comment_stays():
    gone, new = changed_lines(BLOCK, with_options(BLOCK, START))
    assert gone == {"    start: 2026-01-05   # a Monday"}
    assert new == {"    start: 2026-02-02   # a Monday"}


def test_a_table_over_several_lines_becomes_one_line_and_its_comments_stay():
    after = with_options(BLOCK, {"anchor": Anchor("day", 1, dt.date(2026, 1, 5))})
    assert (
        "    anchor: {day: 1, date: 2026-01-05}   # pinned\n        # a comment inside\n    # before" in after
    )


def test_a_list_over_several_lines_is_replaced_between_its_brackets():
    assert '    exclude: [a, "c: d"]  # two\n' in with_options(BLOCK, {"exclude": ("a", "c: d")})


def test_new_keys_go_below_the_last_of_ours():
    after = with_options(BLOCK, {"timezone": "Africa/Nairobi", "year": 2026})
    assert after == BLOCK.replace(
        "slug: plan\n", "slug: plan\n    year: 2026\n    timezone: Africa/Nairobi\n"
    )


@pytest.mark.parametrize("nothing", [None, ()])
def test_a_key_without_value_is_removed_with_its_lines(nothing):
    assert with_options(BLOCK, {"exclude": nothing}) == BLOCK.replace(
        "    exclude: [a,\n        b]  # two\n", ""
    )


def test_removing_everything_leaves_an_empty_block():
    text = "---\nroadmap:\n  year: 2026\n  due: end\n---\n# Plan\n"
    assert with_options(text, {"year": None, "due": None}) == "---\nroadmap:\n---\n# Plan\n"


def test_removing_what_is_not_there_changes_nothing():
    for text in ("# Plan\n", "---\ntitle: x\n---\n", "---\nroadmap:\n---\n", "---\n{title: x}\n---\n", BLOCK):
        assert with_options(text, {"year": None, "overrides": ()}) == text


def test_a_key_given_twice_is_settled_when_it_is_set():
    text = "---\nroadmap:\n  year: 2025\n  due: end\n  due: start\n  year: 2026\n---\n"
    assert with_options(text, {"year": 2027}) == (
        "---\nroadmap:\n  due: end\n  due: start\n  year: 2027\n---\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("start:", "start: 2026-02-02"),
        ("start:   # when", "start: 2026-02-02   # when"),
        ("start: ~ # when", "start: 2026-02-02 # when"),
        ("start: |\n    2026\n", "start: 2026-02-02\n"),
        ("start: |+\n    2026\n\n    # not a comment", "start: 2026-02-02"),
        ("start: |\n    x\n\n\n  due: end", "start: 2026-02-02\n\n\n  due: end"),
        ("start:\n    2026-01-05 # a", "start:\n    2026-02-02 # a"),
        ("'start' : '2026-01-05' # a", "'start' : 2026-02-02 # a"),
        ("start: !!str 2026-01-05", "start: 2026-02-02"),
        ("start: 2026-01-05\n  title: 😀 é # x", "start: 2026-02-02\n  title: 😀 é # x"),
        ("title: 😀\n  start: 2026-01-05 # 😀", "title: 😀\n  start: 2026-02-02 # 😀"),
        ("year: &y 2026\n  start: *y", "year: &y 2026\n  start: 2026-02-02"),
        ("strat: x # keep\n  start: 2026-02-30", "strat: x # keep\n  start: 2026-02-02"),
        ("? start\n  : 2026-01-05", "? start\n  : 2026-02-02"),
    ],
)
def test_every_way_of_writing_a_value_can_be_changed(before, after):
    assert with_options(f"---\nroadmap:\n  {before}\n---\n", START) == f"---\nroadmap:\n  {after}\n---\n"


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("{}", START, "{start: 2026-02-02}"),
        ("{ start: 2026-01-05 } # c", START, "{ start: 2026-02-02 } # c"),
        ("{due: end}", START, "{due: end, start: 2026-02-02}"),
        ("{due: end,}", START, "{due: end, start: 2026-02-02,}"),
        ("{start: , due: end}", START, "{start: 2026-02-02 , due: end}"),
        ("{start, due: end}", START, "{start: 2026-02-02, due: end}"),
        ("{start, due}", {**START, "year": 2026}, "{start: 2026-02-02, due, year: 2026}"),
        ("{due: end, year: 2026}", {"due": None}, "{year: 2026}"),
        ("{due: end, year: 2026}", {"year": None}, "{due: end}"),
        ("{due: end, year: 2026,}", {"year": None, "due": None}, "{}"),
        ("{due: end, year: 2026, event: x}", {"due": None, "event": None}, "{year: 2026}"),
        ("{due: end, year: 2026}", {"year": None, "due": None, **START}, "{start: 2026-02-02}"),
        ("{due: end, start}", {**START, "year": 2026}, "{due: end, start: 2026-02-02, year: 2026}"),
        (
            "{due: end, # a\n   year: 2026 # b\n  }",
            {**START, "due": "start"},
            "{due: start, # a\n   year: 2026, start: 2026-02-02 # b\n  }",
        ),
        (
            "{overrides: [{match: a}, {match: b, skip: true}]}",
            {"overrides": (Override("c", role="task"),)},
            "{overrides: [{match: c, role: task}, {match: a}]}",
        ),
    ],
)
def test_a_block_in_braces_stays_in_braces(before, changes, after):
    text = f"---\ntitle: x\nroadmap: {before}\n---\n"
    assert with_options(text, changes) == f"---\ntitle: x\nroadmap: {after}\n---\n"


OVERRIDES = """---
roadmap:
  overrides:  # by hand
    # the first
    - {match: a, skip: true}  # one
    - match: b
      date: 2026-05-03
    # broken, and mine
    - {match: nothing}
    -
      match: c
      role: note
  due: start
---
"""
A, B, C = Override("a", skip=True), Override("b", date=dt.date(2026, 5, 3)), Override("c", role="note")
D = Override("d: e", line=4, date=dt.date(2026, 5, 4), end=dt.date(2026, 5, 6), role="session")
D_LINE = '    - {match: "d: e", line: 4, date: 2026-05-04, end: 2026-05-06, role: session}\n'


@pytest.mark.parametrize(
    ("overrides", "gone", "new"),
    [
        ((A, B, C, D), "", [("      role: note\n", "      role: note\n" + D_LINE)]),
        ((D, A, B, C), "", [("    - {match: a", D_LINE + "    - {match: a")]),
        ((A, D, B, C), "", [("    - match: b", D_LINE + "    - match: b")]),
        ((A, C), "    - match: b\n      date: 2026-05-03\n", []),
        ((A, D, C), "    - match: b\n      date: 2026-05-03\n", [("    # broken", D_LINE + "    # broken")]),
        ((A, B), "    -\n      match: c\n      role: note\n", []),
    ],
)
def test_lines_of_overrides_change_one_by_one(overrides, gone, new):
    expected = OVERRIDES
    for before, after in new:
        expected = expected.replace(before, after)
    assert with_options(OVERRIDES, {"overrides": overrides}) == expected.replace(gone, "")


def test_overrides_stand_on_lines_of_their_own_wherever_they_are_new():
    for before in ("", "  overrides:\n", "  overrides: ~\n", "  overrides: |\n    x\n"):
        made = with_options(f"---\nroadmap:\n  due: start\n{before}---\n", {"overrides": (A,)})
        assert made == "---\nroadmap:\n  due: start\n  overrides:\n    - {match: a, skip: true}\n---\n"
    commented = with_options("---\nroadmap:\n  overrides:  # soon\n---\n", {"overrides": (A,)})
    assert commented == "---\nroadmap:\n  overrides:  # soon\n    - {match: a, skip: true}\n---\n"
    assert with_options("---\nroadmap:\n  overrides:\n    - {match: x}\n---\n", {"overrides": (A,)}) == (
        "---\nroadmap:\n  overrides:\n    - {match: x}\n    - {match: a, skip: true}\n---\n"
    )


def test_moving_the_start_back_lets_an_end_count_again():
    text = "---\nroadmap:\n  start: 2026-05-01\n  end: 2026-04-01\n---\n"
    assert read(with_options(text, START)).options.end == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("changes", "title", "hint"),
    [
        ({"strat": 1}, "`strat` is no key", "slug, title"),
        ({"week_start": "mondy"}, "mondy", "`monday`"),
        ({"duration": 0}, "0m", "24h"),
        ({"timezone": "Nairobi"}, "no such zone", "Africa/Nairobi"),
        ({"end": dt.date(2025, 1, 1)}, "before its start (2026-01-05)", "another day"),
        ({"start": 1.5}, "is 1.5, which is not a date", "year-month-day"),
    ],
)
def test_a_value_that_no_key_takes_is_refused(changes, title, hint):
    with pytest.raises(UsageError) as caught:
        with_options("---\nroadmap:\n  start: 2026-01-05\n---\n", changes)
    assert title in caught.value.title
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "inside",
    [
        "roadmap: soon",
        "roadmap: [a]",
        "roadmap:\n  x: [",
        "{title: x}",
        "x: &x\n  start: 2025-01-01\nroadmap: *x",
        "roadmap:\n  start: &s 2026-01-05\n  event_date: *s",
        "roadmap:\n  ? start\n  : |\n    x",
        "roadmap:\n  ? start",
        "{roadmap: }",
        "roadmap:\n  start: &s 2026-01-05\nother: *s",
    ],
)
def test_what_cannot_be_changed_safely_is_left_to_a_person(inside):
    with pytest.raises(RoadmapUnreadable) as caught:
        with_options(f"---\n{inside}\n---\n", START)
    assert "start" in caught.value.hint
