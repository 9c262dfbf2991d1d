"""Slots: one after another, beside written times, before midnight, on clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Block, Severity
from sync.reading.expressions import Clock
from sync.scheduling.settings import Settings
from sync.scheduling.slots import Slots, block, length_of

MONDAY = date(2026, 1, 5)
SATURDAY = date(2026, 1, 10)


def slots(zone: str = "UTC", **settings: object) -> Slots:
    return Slots(Settings(timezone=zone, **settings), zone)  # type: ignore[arg-type]  # shorthand


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def taken(slots: Slots, *lengths: int, day: date = MONDAY) -> list[str]:
    return [clock(slots.take((day,), length, 1)[0]) for length in lengths]


def test_the_slot_is_that_of_the_day():
    assert taken(slots(), 60) == ["19:00"]
    assert taken(slots(), 60, day=SATURDAY) == ["10:00"]
    assert taken(slots(sunday=time(15, 30)), 60, day=SATURDAY + timedelta(days=1)) == ["15:30"]


def test_work_follows_work():
    made = slots()
    assert taken(made, 90, 30, 15) == ["19:00", "20:30", "21:00"]
    assert (
        made.take((MONDAY,), 5, 1)[1]
        == "no clock time in the text: the slot at 19:00, after what comes before it"
    )


def test_a_slot_on_many_days_is_free_on_all_of_them():
    made = slots()
    tuesday = MONDAY + timedelta(days=1)
    made.take((tuesday,), 45, 1)
    assert clock(made.take((MONDAY, tuesday), 30, 1)[0]) == "19:45"


@pytest.mark.parametrize(
    ("fixed", "length", "begin"),
    [
        ((19 * 60, 60), 60, "20:00"),
        ((19 * 60 + 30, 60), 60, "20:30"),
        ((18 * 60, 60), 60, "19:00"),
        ((18 * 60, 90), 60, "19:30"),
        ((20 * 60, 60), 60, "19:00"),
        ((21 * 60, 120), 180, "18:00"),
    ],
)
def test_written_times_are_left_free(fixed, length, begin):
    made = slots()
    made.keep_free((MONDAY,), fixed[0], fixed[1], "UTC")
    assert taken(made, length) == [begin]


def test_the_gap_between_two_written_times_is_used():
    made = slots()
    made.keep_free((MONDAY,), 19 * 60, 30, "UTC")
    made.keep_free((MONDAY,), 20 * 60, 60, "UTC")
    assert taken(made, 30, 30) == ["19:30", "21:00"]


def test_work_that_goes_before_a_written_time_does_not_fall_on_other_work():
    made = slots()
    made.keep_free((MONDAY,), 21 * 60, 60, "UTC")
    begins = [made.take((MONDAY,), minutes, 1)[0] for minutes in (60, 180)]
    assert [clock(begin) for begin in begins] == ["19:00", "16:00"]


def test_a_written_time_of_another_zone_is_left_free_where_it_falls_here():
    made = slots()
    made.keep_free((MONDAY,), 22 * 60, 60, "Africa/Nairobi")
    assert taken(made, 60) == ["20:00"]


def test_a_written_time_past_midnight_is_left_free_on_both_days():
    made = slots(weekday=time(0, 0))
    made.keep_free((MONDAY,), 23 * 60, 120, "UTC")
    assert taken(made, 60, day=MONDAY + timedelta(days=1)) == ["01:00"]


# --- midnight ---


def test_work_past_midnight_ends_at_midnight_and_one_warning_says_so():
    made = slots(weekday=time(23))
    begin, why = made.take((MONDAY,), 120, 7)
    assert clock(begin) == "22:00"
    assert why == "the slot at 23:00 would run past midnight: moved to end at midnight"
    assert made.problems[0].message == (
        "The work of line 7 would run past midnight in its slot; it ends at midnight instead."
    )
    made.take((MONDAY + timedelta(days=1),), 90, 9)
    (problem,) = made.problems
    assert (problem.line, problem.severity, problem.code) == (7, Severity.WARNING, "past-midnight")
    assert "and so would that of 1 more" in problem.message


def test_work_longer_than_a_day_begins_at_midnight():
    made = slots()
    assert taken(made, 26 * 60) == ["00:00"]
    assert taken(made, 60, day=MONDAY + timedelta(days=1)) == ["19:00"]


def test_what_fits_before_midnight_is_no_problem():
    made = slots(weekday=time(23))
    assert taken(made, 60) == ["23:00"]
    assert made.problems == []


# --- laws ---

minutes = st.integers(min_value=5, max_value=240)
fixed = st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(15, 120)), max_size=4)


@given(st.lists(minutes, min_size=1, max_size=5), fixed)
def test_nothing_that_is_given_a_slot_overlaps_unless_the_day_is_full(lengths, written):
    made = slots()
    for begin, length in written:
        made.keep_free((MONDAY,), begin, length, "UTC")
    given_ = [(made.take((MONDAY,), length, 1)[0], length) for length in lengths]
    if made.late:
        return
    assert all(begin + length <= 24 * 60 for begin, length in given_)
    for one, other in pairwise(sorted(given_)):
        assert one[0] + one[1] <= other[0]
    for begin, length in given_:
        assert all(begin >= first + long or begin + length <= first for first, long in written)


# --- zones ---


def test_a_clock_time_without_a_zone_is_the_plans():
    assert slots().zone_for(Clock(time(9)), 1) == ("UTC", {})
    made = Slots(Settings(), "UTC", "no zone in the text: the configured one")
    assert made.zone_for(Clock(time(9)), 1) == (
        "UTC",
        {"timezone": "no zone in the text: the configured one"},
    )


def test_an_ambiguous_zone_is_asked_about_once():
    made = slots("Africa/Nairobi")
    for line in (4, 8):
        zone, why = made.zone_for(Clock(time(9), zone="CST"), line)
        assert zone == "Africa/Nairobi"
        assert why == {"timezone": "CST means several zones: the plan's is used"}
    (problem,) = made.problems
    assert (problem.line, problem.severity, problem.code) == (4, Severity.WARNING, "ambiguous-zone")
    assert "America/Chicago or Asia/Shanghai" in problem.suggestion


def test_an_unknown_zone_is_an_error_and_the_plans_is_used():
    made = slots()
    zone, why = made.zone_for(Clock(time(9), zone="XYZ"), 4)
    (problem,) = made.problems
    assert (zone, why) == ("UTC", {"timezone": "XYZ is no known zone: the plan's is used"})
    assert (problem.severity, problem.code) == (Severity.ERROR, "unknown-zone")
    assert problem.message == "Nobody knows the time zone XYZ; UTC is used."


def test_a_zone_word_is_its_zone():
    assert slots().zone_for(Clock(time(21), zone="EAT"), 1) == ("Africa/Nairobi", {})


# --- blocks ---


def utc(made: Block) -> tuple[str, str]:
    return tuple(f"{each.astimezone(UTC):%d %H:%M}" for each in (made.begin, made.end))  # type: ignore[return-value]  # two


def test_a_block_is_zoned():
    made = block(MONDAY, 21 * 60, 60, "Africa/Nairobi")
    assert made.begin.isoformat() == "2026-01-05T21:00:00+03:00"
    assert made.end.isoformat() == "2026-01-05T22:00:00+03:00"


def test_a_block_may_cross_midnight():
    assert utc(block(MONDAY, 23 * 60, 120, "UTC")) == ("05 23:00", "06 01:00")


def test_a_time_that_the_clocks_skip_moves_forward():
    made = block(date(2026, 3, 29), 90, 60, "Europe/London")
    assert made.begin == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert made.begin.isoformat() == "2026-03-29T02:30:00+01:00"
    assert made.end > made.begin


def test_a_block_around_the_change_of_clocks_keeps_its_wall_times():
    made = block(date(2026, 10, 25), 0, 180, "Europe/London")
    assert (made.begin.hour, made.end.hour) == (0, 3)
    assert made.end.astimezone(UTC) - made.begin.astimezone(UTC) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("begin", "end", "length"),
    [(time(9), time(10, 30), 90), (time(22), time(1), 180), (time(9), None, 60), (time(9), time(9), 1440)],
)
def test_a_clock_time_lasts_until_its_end_be_it_past_midnight(begin, end, length):
    assert length_of(Clock(begin, end)) == length
