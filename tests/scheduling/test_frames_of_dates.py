"""Day before month or after it, and the year that the weekdays tell: decided once for a document."""

from datetime import date

import pytest

from tests.scheduling.roads import plan, told


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("- 13/03/2026: Rope\n- 03/04/2026: Sail", "2026-04-03"),
        ("- 03/13/2026: Rope\n- 03/04/2026: Sail", "2026-03-04"),
        ("- 05/06/2026: Rope\n- 03/04/2026: Sail", "2026-04-03"),
        ("- Mon 05/04/2026: Rope\n- 03/04/2026: Sail", "2026-03-04"),
        ("- Sun 05/04/2026: Rope\n- 03/04/2026: Sail", "2026-04-03"),
    ],
)
def test_day_and_month_are_told_apart_once_for_the_document(text, first):
    assert told(plan(f"# Boat\n{text}"))["Sail"] == first


def test_a_weekday_without_a_year_says_nothing_of_day_and_month():
    assert told(plan("# Boat\n- Mon 05/04: Rope\n- 03/04/2026: Sail"))["Sail"] == "2026-04-03"


@pytest.mark.parametrize(("order", "first"), [("mdy", "2026-03-04"), ("dmy", "2026-04-03")])
def test_the_front_matter_decides_between_day_and_month(order, first):
    assert told(plan("# Boat\n- 25/03/2026: Rope\n- 03/04/2026: Sail", date_order=order))["Sail"] == first


def test_the_year_is_the_one_in_which_the_weekdays_fit_nearest_to_today():
    text = "# Boat\n- Mon 4 May: Rope\n- Tue 5 May: Sail"
    assert told(plan(text, today=date(2026, 1, 1)))["Rope"] == "2026-05-04"
    assert told(plan(text, today=date(2021, 1, 1)))["Rope"] == "2020-05-04"
    assert plan(text).start == date(2026, 5, 4)


def test_weekdays_that_fit_no_year_together_decide_nothing():
    made = plan("# Boat\n- Mon 4 May: Rope\n- Mon 5 May: Sail\n- Mon 6 May: Anchor")
    assert set(told(made).values()) == {"undated"}


def test_weekdays_decide_the_year_also_for_what_lies_before_the_start():
    made = plan("# Boat\n- Thu 1 Jan: Rope\n- Fri 9 Jan: Sail", start="2026-01-05")
    assert told(made) == {"Rope": "2026-01-01", "Sail": "2026-01-09"}


def test_weekdays_of_which_only_half_fit_decide_nothing():
    made = plan("# Boat\n- Mon 4 May: a\n- Tue 5 May: b\n- Sat 6 May: c\n- Tue 7 May: d")
    assert set(told(made).values()) == {"undated"}
