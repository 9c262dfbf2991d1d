"""What front matter is, and what is not."""

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.reading.frontmatter import FrontMatter
from sync.reading.options import (
    Options,
)
from tests.reading.fronts import only_problem, ours, read


def test_a_document_without_front_matter_says_nothing():
    assert read("# Plan\n\n---\n") == FrontMatter(0, Options(), (), foreign=False)
    assert read("") == FrontMatter(0, Options(), (), foreign=False)


def test_both_fences_count_as_lines_and_dots_close_too():
    assert ours("start: 2026-01-05").lines == 4
    assert read("---\nroadmap:\n  start: 2026-01-05\n...\n# Plan\n").lines == 4


def test_line_ends_and_a_byte_order_mark_do_not_matter():
    for end in ("\n", "\r\n", "\r"):
        front = read(f"\ufeff---{end}roadmap:{end}  start: 2026-01-05{end}--- {end}# Plan{end}")
        assert (front.lines, front.options.start) == (4, dt.date(2026, 1, 5))


@pytest.mark.parametrize(
    "text",
    [
        "---\n# Plan\nroadmap: x\n",  # never closed
        "---\nWeek 1: loops\nWeek 2: lists\n---\n",
        "---\nMonday: swim\nTuesday: run\n---\n",
        "---\n\nGoal: run\n---\n",
        "---\nJust a sentence.\n---\n",
        "---\nJust a sentence: with: colons\n---\n",
        "---\n- [ ] run\n- [x] swim\n---\n",
        "---\n---\n# Plan\n",
        "---\n# Only a heading\n---\n",
        "---\n{}\n---\n",
        "---\n**Goal**: run\n---\n",
        " ---\nroadmap:\n---\n",
        "----\nroadmap:\n---\n",
    ],
)
def test_rulers_around_prose_are_not_front_matter(text):
    assert read(text).lines == 0


def test_an_empty_line_below_the_fence_does_not_hide_our_block():
    assert read("---\n\nroadmap:\n  year: 2026\n---\n").options.year == 2026


def test_keys_of_other_tools_are_left_alone():
    front = read("---\ntitle: Page\ndate: 2020-01-01\nstart: 2020-01-01\n---\n# Plan\n")
    assert front == FrontMatter(5, Options(), (), foreign=True)


def test_ours_alone_is_not_foreign():
    assert not ours("year: 2026").foreign
    assert read("---\ntags: [a]\nroadmap:\n  year: 2026\n---\n").foreign


@pytest.mark.parametrize("broken", ["title: {{ page.title }}", "title: a: b", "tags: [a", "x: *gone"])
def test_our_block_is_cut_out_of_front_matter_that_is_not_yaml(broken):
    front = read(f"---\n{broken}\nroadmap:\n  year: 2026\n  strat: 1\n\n# note\ntags:\n- a\n---\n# Plan\n")
    assert (front.lines, front.options.year, front.foreign) == (10, 2026, True)
    assert only_problem(front).line == 5


def test_foreign_front_matter_that_is_not_yaml_is_still_front_matter():
    front = read("---\ntitle: a: b\ntags:\n  - x\n- y\n---\n# Plan\n")
    assert front == FrontMatter(6, Options(), (), foreign=True)


def test_a_block_of_ours_that_is_not_yaml_is_one_problem_with_its_line():
    front = read("---\nroadmap:\n  start: 2026-01-05\n  exclude: [a\n---\n# Plan\n")
    assert (front.lines, front.options, front.foreign) == (5, Options(), False)
    assert 3 <= only_problem(front).line <= 4


def test_a_block_of_ours_that_is_not_yaml_beside_foreign_keys_is_one_problem():
    front = read("---\ntitle: x\nroadmap:\n  exclude: ]\nlayout: y\n---\n# Plan\n")
    assert (front.lines, front.options, front.foreign) == (6, Options(), True)
    assert only_problem(front).line == 4


@pytest.mark.parametrize("block", ["soon", "[a, b]", "\n- a"])
def test_a_block_that_is_no_table_is_a_problem(block):
    front = read(f"---\nroadmap: {block}\n---\n")
    assert front.options == Options()
    assert only_problem(front).line == 2


@pytest.mark.parametrize("block", ["", "~", "null", "{}"])
def test_an_empty_block_says_nothing(block):
    assert read(f"---\nroadmap: {block}\n---\n") == FrontMatter(3, Options(), (), foreign=False)


def test_a_block_given_twice_counts_as_the_last_and_is_told():
    front = read("---\nroadmap:\n  year: 2025\nroadmap:\n  due: start\n---\n")
    assert (front.options, front.foreign) == (Options(due="start"), False)
    assert only_problem(front).line == 4


def test_a_second_yaml_document_is_not_front_matter():
    assert read("---\ntitle: x\n--- roadmap\n---\n").lines == 0


def test_deep_nesting_is_refused_and_not_recursed_into():
    front = ours("title: " + "[" * 200_000)
    assert "nested" in only_problem(front).message


def test_references_are_followed_without_growing():
    bomb = [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    front = read("\n".join(["---", "k0: &a0 [x, x]", *bomb, "roadmap:", "  title: *a29", "---"]))
    assert only_problem(front).line == 33


def test_a_reference_stands_for_its_value_and_a_wrong_one_is_blamed_where_it_stands():
    assert ours("start: &day 2026-01-05", "event_date: *day").options.event_date == dt.date(2026, 1, 5)
    front = read("---\nx: &x\n  - y: 1\nroadmap:\n  title: *x\n---\n")
    assert only_problem(front).line == 5


def test_odd_separators_do_not_shift_lines():
    front = ours("title: a\u2028b\x85c\x00d", "strat: 1")
    assert front.options.title == "a b c d"
    assert only_problem(front).line == 4


def test_no_yaml_and_no_model_are_loaded_without_front_matter():
    code = (
        "import sys; from sync.reading.frontmatter import read_front_matter as read\n"
        "read(['# Plan', '---']); assert 'yaml' not in sys.modules, 'yaml'\n"
        "read(['---', 'title: x', '---']); assert 'yaml' in sys.modules\n"
        "assert 'sync.reading.frontmatter_model' not in sys.modules\n"
        "read(['---', 'roadmap: {year: 2026}', '---']); assert 'pydantic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.lists(st.text(alphabet="ar:{}[]-#&*!|>'\"%@` \t,?\n\r\u2028\x00é0", max_size=30), max_size=8))
def test_whatever_stands_between_the_fences_is_read_or_is_a_problem(rows):
    text = "\n".join(["---", "roadmap:", *(f"  {row}" for row in rows), "---", "# Plan"])
    front = read(text)
    assert 0 <= front.lines <= text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= front.lines for problem in front.problems)
    assert all(problem.message and problem.suggestion for problem in front.problems)
