"""What the time at the beginning of a line makes of it."""

import pytest

from sync.reading.cycles import lettered
from sync.reading.expressions import Bound, Unit
from sync.reading.grammar.phrase import phrase
from sync.reading.leading import dates_only_bound, is_bounded_series, led_by, named_before_times
from sync.reading.week_days import days_of_week
from sync.reading.words import vocabulary

ENGLISH = vocabulary(("en",))


@pytest.mark.parametrize(
    ("text", "bound"),
    [("By week 4: report", Bound.BY), ("Week 4: report", None), ("Report by week 4", None), ("Report", None)],
)
def test_a_word_leans_on_the_place_with_which_a_line_begins(text: str, bound: Bound | None):
    assert led_by(phrase(text, ENGLISH)) is bound


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mondays until 26 January: run", (True, True)),
        ("Monday 18:00 (12 - 31 January): lanes", (True, True)),
        ("Board: Mondays 18:00, starting 4 May 2026", (True, False)),
        ("Monday 18:00: lanes", (False, False)),
        ("Wed 4 May: lanes on Mondays", (False, False)),
        ("Lanes on 4 May", (False, False)),
        ("Week 3: Mondays from 4 May", (False, False)),
    ],
)
def test_dates_beside_a_rhythm_bound_it(text: str, told: tuple[bool, bool]):
    said = phrase(text, ENGLISH)
    assert (dates_only_bound(said), is_bounded_series(said)) == told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tandem every Tuesday, 19:00-20:00", "Tandem"),
        ("Refinement — Wed 4 Mar & Wed 11 Mar, 14:00", "Refinement"),
        ("5 problems a day", "5 problems a day"),
        ("Every Tuesday", "Every Tuesday"),
        ("Tandem", "Tandem"),
        ("Tandem every Tuesday with Ann", "Tandem every Tuesday with Ann"),
    ],
)
def test_a_name_ends_before_the_times_that_close_its_line(text: str, name: str):
    assert named_before_times(phrase(text, ENGLISH)) == name


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Wed: lamps", (3,)),
        ("Mon-Tue: interviews", (1, 2)),
        ("Weekend: paint the sign", (6, 7)),
        ("Mon-Fri: standup", ()),
        ("Mon & Thu: choir", ()),
        ("Mon-Tue 18:00: choir", ()),
        ("Mon-Tue: choir, 30 min", ()),
        ("Lamps", ()),
    ],
)
def test_days_in_a_row_of_a_week_are_one_piece_of_work_and_a_rhythm_is_none(text: str, days: tuple[int, ...]):
    assert days_of_week(phrase(text, ENGLISH)) == days


@pytest.mark.parametrize(
    ("text", "turn"),
    [("Week B: Listening", (Unit.WEEK, 1)), ("Week A long ride", None), ("Week 2", None), ("A", None)],
)
def test_a_letter_behind_a_unit_is_a_turn_and_an_article_is_none(text: str, turn: tuple[Unit, int] | None):
    assert lettered(text, ENGLISH) == turn
