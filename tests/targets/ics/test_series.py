"""Our expansion of rules by day and week against dateutil's."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from sync.shaping.series import WEEKDAYS, Course, expand, follow

RULES = st.builds(
    lambda frequency, interval, names: ";".join(
        filter(
            None,
            (
                f"FREQ={frequency}",
                f"INTERVAL={interval}" if interval else "",
                f"BYDAY={','.join(names)}" if names else "",
            ),
        )
    ),
    st.sampled_from(["DAILY", "WEEKLY"]),
    st.integers(0, 4),
    st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=7),
)
DATES = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(RULES, DATES, st.integers(0, 120))
def test_rules_by_day_and_week_are_expanded_as_dateutil_does(rule, first, length):
    last = first + timedelta(days=length)
    moments = rrulestr(rule, dtstart=datetime.combine(first, time()), forceset=True)

    found = moments.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)

    assert expand(rule, first, last) == [moment.date() for moment in found]


@given(RULES, DATES, st.sets(st.integers(0, 60), min_size=1), st.sets(st.integers(0, 60)))
def test_a_course_accounts_for_every_day_once(rule, first, distances, unfit):
    days = [first + timedelta(days=each) for each in sorted(distances)]
    bad = {first + timedelta(days=each) for each in unfit}

    course = follow(rule, days, days[-1], lambda each: each not in bad)

    assert sorted(course.kept + course.strays) == days
    assert not set(course.kept) & bad
    if course.kept:
        assert sorted(course.kept + course.skipped) == expand(rule, course.kept[0], days[-1])
    else:
        assert course == Course((), (), tuple(days))


def test_other_rules_are_left_to_dateutil():
    assert expand("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 31), date(2026, 6, 30)) == [
        date(2026, 1, 31),
        date(2026, 3, 31),
        date(2026, 5, 31),
    ]
    assert expand("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 30), date(2026, 2, 28)) == [
        date(2026, 1, 30),
        date(2026, 2, 27),
    ]
