"""What recurs: days and rules, which must say the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Days
from sync.reading.expressions import Rate, Unit
from sync.scheduling.series import at_rate, every_days, monthly, weekly
from tests.scheduling.rules import by_rule

WORKING = frozenset({1, 2, 3, 4, 5})
JANUARY = Days(date(2026, 1, 1), date(2026, 2, 1))
YEAR = Days(date(2026, 1, 1), date(2027, 1, 1))


def test_a_series_on_weekdays_has_every_such_day_of_its_span():
    made = weekly(JANUARY, (4, 1))
    assert made is not None
    assert (made.rule, made.first, made.until) == (
        "FREQ=WEEKLY;BYDAY=MO,TH",
        date(2026, 1, 1),
        date(2026, 1, 31),
    )
    assert len(made.occurrences) == 9
    assert made.since == date(2026, 1, 1)


def test_a_series_on_all_weekdays_is_daily():
    made = weekly(JANUARY, range(1, 8))
    assert made is not None
    assert (made.rule, len(made.occurrences)) == ("FREQ=DAILY", 31)


def test_a_span_without_such_a_day_has_no_series():
    assert weekly(Days(date(2026, 1, 5), date(2026, 1, 8)), (6,)) is None
    assert monthly(Days(date(2026, 1, 10), date(2026, 1, 12)), Rate(1, 1, Unit.MONTH), WORKING) is None
    assert (
        monthly(Days(date(2026, 1, 10), date(2026, 1, 20)), Rate(1, 1, Unit.MONTH, 1, (5,), (-1,)), WORKING)
        is None
    )


def test_an_open_series_has_no_last_day():
    made = at_rate(JANUARY, Rate(1, 1, Unit.WEEK), WORKING, open_end=True)
    assert made is not None
    assert (made.until, made.open_end) == (None, True)


@pytest.mark.parametrize(
    ("rate", "rule", "count"),
    [
        (Rate(1, 1, Unit.DAY), "FREQ=DAILY", 31),
        (Rate(1, 2, Unit.DAY, 2), "FREQ=DAILY;INTERVAL=2", 16),
        (Rate(1, 1, Unit.WEEK), "FREQ=WEEKLY;BYDAY=MO", 4),
        (Rate(2, 2, Unit.WEEK), "FREQ=WEEKLY;BYDAY=MO,WE", 8),
        (Rate(2, 3, Unit.WEEK), "FREQ=WEEKLY;BYDAY=MO,TU,TH", 13),
        (Rate(5, 10, Unit.WEEK), "FREQ=WEEKLY;BYDAY=MO", 4),
        (Rate(1, 1, Unit.WEEK, 2, (5,)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", 3),
        (Rate(1, 1, Unit.MONTH, 1, (1,), (1,)), "FREQ=MONTHLY;BYDAY=1MO", 1),
        (Rate(1, 1, Unit.MONTH, 1, (5,), (-1,)), "FREQ=MONTHLY;BYDAY=-1FR", 1),
        (Rate(1, 1, Unit.MONTH, 1, (6,), (2, 4)), "FREQ=MONTHLY;BYDAY=2SA,4SA", 2),
        (Rate(1, 1, Unit.MONTH), "FREQ=MONTHLY;BYMONTHDAY=1", 1),
    ],
)
def test_an_open_quantity_recurs_within_its_period(rate, rule, count):
    made = at_rate(JANUARY, rate, WORKING)
    assert made is not None
    assert (made.rule, len(made.occurrences)) == (rule, count)


@pytest.mark.parametrize(
    ("rate", "rule", "days"),
    [
        (
            Rate(1, 1, Unit.MONTH, 2, (2,), (2,)),
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
            ["01-13", "03-10", "05-12", "07-14", "09-08", "11-10"],
        ),
        (
            Rate(1, 1, Unit.QUARTER),
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1",
            ["01-01", "04-01", "07-01", "10-01"],
        ),
        (Rate(1, 1, Unit.YEAR), "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=1", ["01-01"]),
    ],
)
def test_months_may_be_skipped(rate, rule, days):
    made = at_rate(YEAR, rate, WORKING)
    assert made is not None
    assert made.rule == rule
    assert [f"{day:%m-%d}" for day in made.occurrences] == days


def test_a_month_day_is_one_that_every_month_has():
    span = Days(date(2026, 1, 29), date(2026, 6, 1))
    made = monthly(span, Rate(1, 1, Unit.MONTH), WORKING)
    assert made is not None
    assert [f"{day:%m-%d}" for day in made.occurrences] == ["02-02", "03-02", "04-02", "05-02"]


def test_few_working_days_are_not_taken_twice():
    made = at_rate(JANUARY, Rate(3, 3, Unit.WEEK), frozenset({6, 7}))
    assert made is not None
    assert made.rule == "FREQ=WEEKLY;BYDAY=SA,SU"


spans = st.builds(
    lambda first, length: Days(first, first + timedelta(days=length)),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.integers(1, 400),
)
weekdays = st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple)
rates = st.one_of(
    st.builds(lambda every: Rate(1, 1, Unit.DAY, every), st.integers(1, 5)),
    st.builds(
        lambda times, every: Rate(times, times, Unit.WEEK, every), st.integers(1, 6), st.integers(1, 3)
    ),
    st.builds(
        lambda days, every: Rate(1, 1, Unit.WEEK, every, tuple(sorted(days))), weekdays, st.integers(1, 3)
    ),
    st.builds(
        lambda unit, every, day, nths: Rate(1, 1, unit, every, (day,), nths),
        st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
        st.integers(1, 2),
        st.integers(1, 7),
        st.sampled_from([(1,), (2,), (3,), (4,), (-1,), (2, 4), (1, -1)]),
    ),
    st.builds(lambda every: Rate(1, 1, Unit.MONTH, every), st.integers(1, 3)),
)


@given(spans, rates)
def test_the_rule_says_the_same_days_as_the_list(span, rate):
    made = at_rate(span, rate, WORKING)
    if made is None:
        return
    assert made.first == made.occurrences[0] >= span.first
    assert by_rule(made, span.last) == made.occurrences


@given(spans, weekdays, st.integers(1, 4))
def test_a_weekly_rule_says_the_same_days_as_the_list(span, days, interval):
    made = weekly(span, days, interval)
    if made is not None:
        assert by_rule(made, span.last) == made.occurrences


@given(spans, st.integers(1, 9))
def test_a_daily_rule_says_the_same_days_as_the_list(span, interval):
    made = every_days(span, interval)
    assert by_rule(made, span.last) == made.occurrences
