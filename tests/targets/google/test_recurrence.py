"""Times of events in the many ways in which they can be written."""

import pytest

from sync.targets.google_calendar.recurrence import Shown, moved, times
from tests.targets.google.hands import ZONE

EVENING = {"dateTime": "2026-01-05T19:00:00+03:00", "timeZone": "Africa/Nairobi"}
LATER = {"dateTime": "2026-01-05T20:00:00+03:00", "timeZone": "Africa/Nairobi"}


def shown(*lines: str) -> Shown:
    return Shown.of({"start": EVENING, "end": LATER, "recurrence": list(lines)}, ZONE)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("RRULE:FREQ=DAILY;UNTIL=20260110", "FREQ=DAILY until 2026-01-10"),
        ("rrule:freq=daily;wkst=su", "FREQ=DAILY"),
        ("EXDATE;TZID=Africa/Nairobi:20260106T190000", ", not on 2026-01-06"),
        ("EXDATE:20260106T220000Z", ", not on 2026-01-07"),
        ("RDATE;VALUE=DATE:20260106,20260108", ", also on 2026-01-06, 2026-01-08"),
        ("RDATE;VALUE=PERIOD:20260106T190000Z/PT1H", ", also on 20260106T190000Z/PT1H"),
        ("EXRULE:FREQ=WEEKLY", "EXRULE:FREQ=WEEKLY"),
    ],
)
def test_a_line_says_the_same_however_it_is_written(line, told):
    assert shown(line).repeats == told


def test_an_event_without_an_end_is_as_long_as_its_start():
    assert Shown.of({"start": EVENING}, ZONE).when == "2026-01-05 19:00-19:00 Africa/Nairobi"


def test_each_of_time_and_rule_has_a_print_of_its_own():
    one, other = shown("RRULE:FREQ=DAILY"), shown("RRULE:FREQ=WEEKLY")

    assert one.face.split()[0] == other.face.split()[0]
    assert one.face.split()[1] != other.face.split()[1]


def test_a_block_during_which_the_clock_changes_is_written_in_utc():
    made = times("2026-03-29 00:00-05:00 UTC", "")

    assert made["start"] == {"dateTime": "2026-03-29T00:00:00+00:00", "timeZone": "UTC"}
    assert "recurrence" not in made


def test_days_that_no_rule_gives_are_added_one_by_one():
    made = times("2026-01-06", "FREQ=WEEKLY;BYDAY=MO, on 2026-01-06, 2026-01-08")

    assert made["start"] == {"date": "2026-01-06"}
    assert made["recurrence"] == ["RDATE;VALUE=DATE:20260108"]


def test_days_that_the_rule_gives_too_many_are_left_out_and_a_series_may_go_on_for_ever():
    made = times(
        "2026-01-05 19:00-20:00 Africa/Nairobi",
        "FREQ=DAILY from 2026-01-05 known until 2026-01-09, not on 2026-01-07",
    )

    assert made["recurrence"] == ["RRULE:FREQ=DAILY", "EXDATE:20260107T160000Z"]


def test_a_series_of_moments_gets_the_length_that_a_moment_has_everywhere():
    assert moved("2026-01-05 19:00-19:00 Africa/Nairobi")["end"]["dateTime"] == "2026-01-05T19:15:00+03:00"
