"""Text in columns: as wide as a terminal draws it, and harmless to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.reporting.columns import count, cut, pad, plain, ranges, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [("plain", 5), ("学习", 4), ("é", 1), ("e\u0301", 1), ("📅", 2), ("🗓️", 2), ("🗓", 1), ("📅️", 2), ("\ufe0f", 0),
     ("a\u200db", 2), ("", 0)],
)  # fmt: skip
def test_a_text_is_as_wide_as_it_is_drawn(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand more", "two lines and more"),
        ("red \x1b[31malert\x07", "red [31malert"),
        ("\u202ereversed", "reversed"),
        ("family 👩\u200d👧", "family 👩\u200d👧"),
        ("\ud800 alone", " alone"),
    ],
)
def test_a_title_cannot_move_the_cursor(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("学习计划", 5, "学习…"),
        ("学习计划", 4, "学…"),
    ],
)
def test_what_does_not_fit_ends_with_an_ellipsis(text, columns, shown):
    assert cut(text, columns) == shown


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_always_fits(text, columns):
    assert width(cut(text, columns)) <= columns
    assert "\n" not in cut(text, columns)


def test_padding_counts_columns_and_not_characters():
    assert pad("学习", 6) == "学习  "
    assert pad("too long", 3) == "too long"


@given(st.text(alphabet="ab 学", max_size=60), st.integers(4, 20))
def test_wrapping_keeps_the_words_and_the_width(text, columns):
    lines = wrap(text, columns)
    assert " ".join(lines).split() == text.split()
    assert all(width(line) <= columns for line in lines if " " in line)


def test_numbers_are_told_with_their_word():
    assert [count(0, "line", "lines"), count(1, "line", "lines"), count(2, "line", "lines")] == [
        "0 lines", "1 line", "2 lines",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "gap", "told"),
    [([], 1, ""), ([3], 1, "3"), ([1, 2, 3, 7, 9, 10], 1, "1-3, 7, 9-10"), ([1, 3, 6], 2, "1-3, 6")],
)
def test_neighbouring_numbers_are_one_range(numbers, gap, told):
    assert ranges(numbers, gap) == told
