"""What a series and its single occurrences look like on a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.targets.ics.plans import (
    NEW_YORK,
    block,
    calendar,
    day,
    every,
    occurrence,
    plan,
    reworded,
    series,
    task,
    workday,
)
from tests.targets.ics.readers import components, unfolded

DONE = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


def only(*items):
    (event,) = components(calendar(plan(*items)))
    return event


def value(event, name):
    return event[name].to_ical().decode()


MEETING_DAYS = every("2026-01-05", "2026-01-23", workday)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def meeting(days=MEETING_DAYS, *, until=MEETING_DAYS[-1], zone="Africa/Nairobi", **others):
    return series("plan/meeting", block(f"{days[0]}T21:00", 60, zone), WEEKDAYS, days, until=until, **others)


def test_a_series_is_one_event_with_until_in_utc():
    event = only(meeting())

    assert value(event, "RRULE") == "FREQ=WEEKLY;UNTIL=20260123T180000Z;BYDAY=MO,TU,WE,TH,FR"
    assert str(event["SUMMARY"]) == "meeting"
    assert "EXDATE" not in event


def test_a_series_of_whole_days_has_dates_throughout():
    days = every("2026-01-05", "2026-01-30", lambda each: each.day not in {7, 8})
    lines = unfolded(
        calendar(plan(series("plan/habit", day("2026-01-05"), "FREQ=DAILY", days, until=days[-1])))
    )

    assert {"RRULE:FREQ=DAILY;UNTIL=20260130", "EXDATE;VALUE=DATE:20260107,20260108"} <= set(lines)


def test_days_left_out_are_excluded_in_the_zone_of_the_series():
    days = [each for each in MEETING_DAYS if each.day not in {6, 14}]

    lines = unfolded(calendar(plan(meeting(days, zone=NEW_YORK))))

    assert "EXDATE;TZID=America/New_York:20260106T210000,20260114T210000" in lines


def test_a_series_ends_with_its_last_occurrence_not_with_its_bound():
    event = only(meeting(MEETING_DAYS[:-3], until=date(2026, 12, 31)))

    assert "UNTIL=20260120T180000Z" in value(event, "RRULE")
    assert "EXDATE" not in event


def test_a_series_without_end_has_no_until():
    event = only(meeting(until=None))

    assert value(event, "RRULE") == WEEKDAYS


def test_a_series_of_one_day_is_a_plain_event():
    event = only(meeting(MEETING_DAYS[:1]))

    assert "RRULE" not in event


def test_a_series_that_lists_no_day_takes_place_on_its_first():
    routine = meeting()
    assert routine.recurrence is not None
    bare = type(routine.recurrence)(WEEKDAYS, date(2026, 1, 5), None, ())

    assert value(only(*reworded(plan(routine), recurrence=bare).items), "DTSTART") == "20260105T210000"


def test_open_occurrences_are_shown_by_their_series_alone():
    routine = meeting()

    event = only(routine, *(occurrence(routine, each) for each in MEETING_DAYS))

    assert str(event["SUMMARY"]) == "☐ meeting"
    assert event["UID"] == routine.uid


def test_a_series_of_which_nothing_is_ticked_has_no_box():
    routine = meeting()

    event = only(routine, *(occurrence(routine, each, tick=False) for each in MEETING_DAYS))

    assert str(event["SUMMARY"]) == "meeting"


def test_a_done_occurrence_is_its_own_event_and_an_exception_of_the_series():
    routine = meeting()
    ticked = occurrence(routine, date(2026, 1, 14), done=DONE)

    events = {str(event["UID"]): event for event in components(calendar(plan(routine, ticked)))}

    assert set(events) == {routine.uid, ticked.uid}
    assert str(events[ticked.uid]["SUMMARY"]) == "✅ meeting"
    assert value(events[routine.uid], "EXDATE") == "20260114T210000"
    assert "RECURRENCE-ID" not in events[ticked.uid]


def test_days_done_from_the_start_move_the_start_of_the_series():
    routine = meeting()
    ticked = [occurrence(routine, each, done=True) for each in MEETING_DAYS[:6]]

    series_event = next(
        event for event in components(calendar(plan(routine, *ticked))) if event["UID"] == routine.uid
    )

    assert value(series_event, "DTSTART") == "20260113T210000"
    assert "EXDATE" not in series_event


def test_days_done_at_the_end_move_the_end_of_the_series():
    routine = meeting()
    ticked = [occurrence(routine, each, done=True) for each in MEETING_DAYS[-2:]]

    series_event = next(
        event for event in components(calendar(plan(routine, *ticked))) if event["UID"] == routine.uid
    )

    assert "UNTIL=20260121T180000Z" in value(series_event, "RRULE")
    assert "EXDATE" not in series_event


def test_a_series_of_which_all_is_done_leaves_only_the_checks():
    routine = meeting()
    ticked = [occurrence(routine, each, done=True) for each in MEETING_DAYS]

    events = components(calendar(plan(routine, *ticked)))

    assert {str(event["UID"]) for event in events} == {each.uid for each in ticked}


def test_the_last_known_day_of_an_open_series_is_excluded_once_it_is_done():
    routine = meeting(until=None)
    ticked = occurrence(routine, MEETING_DAYS[-1], done=True)

    events = {str(event["UID"]): event for event in components(calendar(plan(routine, ticked)))}

    assert value(events[routine.uid], "EXDATE") == "20260123T210000"


def test_an_occurrence_that_moved_is_shown_where_it_is():
    routine = meeting()
    moved = replace(occurrence(routine, date(2026, 1, 14)), span=block("2026-01-14T06:00"))

    events = {str(event["UID"]): event for event in components(calendar(plan(routine, moved)))}

    assert value(events[moved.uid], "DTSTART") == "20260114T060000"
    assert value(events[routine.uid], "EXDATE") == "20260114T210000"


def test_an_occurrence_on_a_day_that_the_series_does_not_list_is_shown():
    routine = meeting()
    extra = occurrence(routine, date(2026, 1, 24))

    events = {str(event["UID"]): event for event in components(calendar(plan(routine, extra)))}

    assert value(events[extra.uid], "DTSTART") == "20260124T210000"
    assert "EXDATE" not in events[routine.uid]


@pytest.mark.parametrize("key", ["plan/meeting@soon", "plan/other@2026-01-14"])
def test_a_child_of_a_series_that_is_no_occurrence_is_an_event_of_its_own(key):
    routine = meeting()
    child = task(key, day("2026-01-14"), parent=routine.key)

    events = {str(event["UID"]): event for event in components(calendar(plan(routine, child)))}

    assert set(events) == {routine.uid, child.uid}
    assert "EXDATE" not in events[routine.uid]


def test_a_day_that_the_rule_does_not_give_is_an_event_beside_the_series():
    days = [*MEETING_DAYS[:10], date(2026, 1, 17), *MEETING_DAYS[10:]]
    routine = meeting(days)

    events = {str(event["UID"]): event for event in components(calendar(plan(routine)))}

    assert value(events[f"{routine.uid}-20260117"], "DTSTART") == "20260117T210000"
    assert "RDATE" not in events[routine.uid]


def test_a_rule_that_fits_no_day_leaves_single_events():
    days = [date(2026, 1, 10), date(2026, 1, 17)]

    events = components(calendar(plan(meeting(days))))

    assert sorted(value(event, "DTSTART") for event in events) == ["20260110T210000", "20260117T210000"]
    assert not any("RRULE" in event for event in events)
