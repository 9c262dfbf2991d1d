"""When, as one line: what people read in a plan, and what is read back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sync.model import Block, Days
from sync.shaping.spans import read_repeats, read_when, repeats, when
from sync.shaping.wording import done_text, read_done
from sync.targets.ics.spans import length
from tests.targets.ics.plans import NEW_YORK, block, day, every, series, task

LINES = {
    "2026-01-19": day("2026-01-19"),
    "2026-01-19 to 2026-01-25": day("2026-01-19", 7),
    "2026-01-19 21:00-22:00 Africa/Nairobi": block("2026-01-19T21:00"),
    "2026-01-19 21:00:30-22:00:30 Africa/Nairobi": block("2026-01-19T21:00:30"),
    "2026-01-19 21:00 to 2026-01-20 01:00 Africa/Nairobi": block("2026-01-19T21:00", 240),
    "2026-01-19 23:00 to 2026-01-20 00:00 UTC": block("2026-01-19T23:00", zone="UTC"),
}


@pytest.mark.parametrize(("line", "span"), LINES.items())
def test_a_span_is_one_line_and_back(line, span):
    assert when(task("plan/a", span)) == line
    assert read_when(line) == span


def test_a_block_of_no_length_is_what_a_feed_makes_of_it():
    assert when(task("plan/a", block("2026-01-19T21:00", 0))) == "2026-01-19 21:00-21:15 Africa/Nairobi"


def test_a_block_during_which_the_clock_changes_is_in_utc():
    assert when(task("plan/a", block("2026-03-08T01:00", 180, NEW_YORK))).endswith(" UTC")


def test_what_has_no_date_is_empty():
    assert when(task("plan/a")) == ""


def test_a_block_given_in_another_zone_than_its_own_is_told_in_its_own():
    begin = datetime(2026, 1, 19, 18, tzinfo=UTC)
    daily = series(
        "plan/a",
        Block(begin, begin + timedelta(hours=1), "Africa/Nairobi"),
        "FREQ=DAILY",
        [date(2026, 1, 19)],
    )

    assert when(daily) == "2026-01-19 21:00-22:00 Africa/Nairobi"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "soon",
        "2026-02-30",
        "2026-01-19 to 2026-02-30",
        "2026-01-19 25:00-26:00 UTC",
        "2026-01-19 21:00-22:00 Africa/Nowhere",
        "2026-01-19 21:00-22:00",
        "2026-01-19T21:00",
    ],
)
def test_what_is_no_such_line_is_no_span(line):
    assert read_when(line) is None


MONDAYS = every("2026-01-05", "2026-01-26", lambda each: each.weekday() == 0)


@pytest.mark.parametrize(
    ("days", "rule", "line"),
    [
        (MONDAYS, "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO from 2026-01-05 until 2026-01-26"),
        (
            [MONDAYS[0], date(2026, 1, 13), *MONDAYS[3:]],
            "FREQ=WEEKLY;BYDAY=MO",
            "FREQ=WEEKLY;BYDAY=MO from 2026-01-05 until 2026-01-26, not on 2026-01-12, 2026-01-19, also on 2026-01-13",
        ),
        ([date(2026, 1, 6)], "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO, on 2026-01-06"),
        (
            [date(2026, 1, 30), date(2026, 2, 27)],
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=MONTHLY;BYDAY=-1FR from 2026-01-30 until 2026-02-27",
        ),
    ],
)
def test_a_series_is_one_line_and_back(days, rule, line):
    recurrence = series("plan/a", day(str(days[0])), rule, days, until=days[-1]).recurrence
    assert recurrence is not None

    assert repeats(recurrence) == line
    assert read_repeats(line) == recurrence


def test_a_series_without_end_says_as_far_as_it_is_known():
    recurrence = series("plan/a", day("2026-01-05"), "FREQ=WEEKLY;BYDAY=MO", MONDAYS).recurrence

    assert repeats(recurrence) == "FREQ=WEEKLY;BYDAY=MO from 2026-01-05 known until 2026-01-26"
    assert read_repeats(repeats(recurrence)) == recurrence


def test_a_series_of_which_no_day_is_named_takes_place_on_its_first():
    recurrence = series("plan/a", day("2026-01-05"), "FREQ=DAILY", MONDAYS[:1], until=MONDAYS[0]).recurrence
    assert recurrence is not None

    assert read_repeats(repeats(replace(recurrence, occurrences=()))) == recurrence


@pytest.mark.parametrize(
    "line",
    [
        "",
        "FREQ=DAILY",
        "BYDAY=MO;FREQ=WEEKLY, not 2026-01-13",
        "every day",
        "FREQ=DAILY from 2026-01-05 until 2026-13-01",
        "FREQ=NEVER from 2026-01-05 until 2026-01-09",
        "BYDAY=MO from 2026-01-05 until 2026-01-09",
        "FREQ=DAILY from 2026-01-09 until 2026-01-05",
    ],
)
def test_what_is_no_such_line_is_no_series(line):
    assert read_repeats(line) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PT1H30M", timedelta(minutes=90)),
        ("+P1DT1S", timedelta(1, 1)),
        ("P2W", timedelta(14)),
        ("PT0S", None),
        ("-PT5M", None),
        ("1H", None),
    ],
)
def test_a_duration_is_read(text, found):
    assert length(text) == found


@pytest.mark.parametrize("done", [None, True, datetime(2026, 1, 6, 21, 5, 6, tzinfo=UTC)])
def test_done_is_one_line_and_back(done):
    assert read_done(done_text(task("plan/a", done=done))) == (done or False)


def test_whole_days_of_a_series_are_told_as_days():
    assert when(
        series("plan/a", Days(date(2026, 1, 5), date(2026, 1, 7)), "FREQ=WEEKLY;BYDAY=MO", MONDAYS)
    ) == ("2026-01-05 to 2026-01-06")
