"""Series in the calendar, and what people make of them there."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.contract.orders import there
from tests.contract.samples import EVENING, WEEKLY
from tests.contract.worlds import item

SERIES = item("series", span=EVENING, recurrence=WEEKLY, tick=False)


def test_a_series_is_one_event_with_a_rule(desk, world):
    desk.push([SERIES])
    event = world.event("plan/series")

    assert event["recurrence"] == ["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260119T160000Z"]
    assert event["start"]["timeZone"] == "Africa/Nairobi"
    assert desk.plan([SERIES]).steps == ()


def test_days_of_a_series_that_a_person_moved_or_cancelled_are_theirs_and_stay(desk, world):
    desk.push([SERIES])
    name = world.id("plan/series")
    world.google.user_delete(world.calendar, f"{name}_20260112T160000Z")
    moved = {"dateTime": "2026-01-19T21:00:00+03:00", "timeZone": "Africa/Nairobi"}
    end = {"dateTime": "2026-01-19T22:00:00+03:00", "timeZone": "Africa/Nairobi"}
    world.google.user_edit(world.calendar, f"{name}_20260119T160000Z", {"start": moved, "end": end})
    desk.push([replace(SERIES, title="New")])
    zone = ZoneInfo("Africa/Nairobi")
    agenda = world.google.agenda(
        world.calendar, datetime(2026, 1, 1, tzinfo=zone), datetime(2026, 2, 1, tzinfo=zone)
    )

    assert [each["start"]["dateTime"][:16] for each in agenda] == ["2026-01-05T19:00", "2026-01-19T21:00"]
    assert len(world.target().read(b"").items) == 1
    assert desk.plan([replace(SERIES, title="New")]).steps == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260120T160000Z"], "BYDAY=TU;FREQ=WEEKLY until 2026-01-20"),
        (["RRULE:FREQ=DAILY;COUNT=3"], "COUNT=3;FREQ=DAILY"),
        (
            ["RRULE:FREQ=DAILY", "EXDATE:20260107T160000Z", "RDATE:20260301T160000Z"],
            "FREQ=DAILY, not on 2026-01-07, also on 2026-03-01",
        ),
        ([], ""),
    ],
)
def test_a_rule_that_a_person_made_is_theirs_and_stays(desk, world, lines, told):
    desk.push([SERIES])
    world.change("plan/series", {"recurrence": lines})
    assert there(world)["plan/series"].fields["repeats"] == told
    later = replace(EVENING, begin=EVENING.begin.replace(hour=20), end=EVENING.end.replace(hour=22))
    desk.push([replace(SERIES, title="New", span=later)])
    event = world.event("plan/series")

    assert (event["summary"], event.get("recurrence", [])) == ("New", lines)
    assert event["start"]["dateTime"] == "2026-01-05T20:00:00+03:00"
    assert desk.push([replace(SERIES, title="New", span=later)]).plan.effects == ()


def test_a_rule_in_other_words_is_the_same_rule(desk, world):
    """As Google's own page may write it: other order, a week start, the end of the last day."""
    desk.push([SERIES])
    rule = "RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20260119T205959Z;BYDAY=MO"
    world.change("plan/series", {"recurrence": [rule]})

    assert desk.plan([SERIES]).steps == ()


def test_a_time_that_a_person_gave_a_series_stays_when_its_days_change(desk, world):
    desk.push([SERIES])
    world.change(
        "plan/series",
        {
            "start": {"dateTime": "2026-01-05T07:00:00+03:00", "timeZone": "Africa/Nairobi"},
            "end": {"dateTime": "2026-01-05T08:00:00+03:00", "timeZone": "Africa/Nairobi"},
            "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260119T040000Z"],
        },
    )
    longer = replace(WEEKLY, until=date(2026, 1, 26), occurrences=(*WEEKLY.occurrences, date(2026, 1, 26)))
    desk.push([replace(SERIES, recurrence=longer)])
    event = world.event("plan/series")

    assert event["start"]["dateTime"] == "2026-01-05T07:00:00+03:00"
    assert event["recurrence"] == ["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260126T040000Z"]


def test_a_single_event_that_a_person_lets_recur_does_so(desk, world):
    made = item("evening", span=EVENING)
    desk.push([made])
    world.change("plan/evening", {"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})
    desk.push([replace(made, title="New")])

    assert world.event("plan/evening")["recurrence"] == ["RRULE:FREQ=DAILY;COUNT=2"]


def test_a_series_can_become_a_single_event_and_back(desk, world):
    desk.push([SERIES])
    desk.push([replace(SERIES, recurrence=None)])
    assert "recurrence" not in world.event("plan/series")
    desk.push([SERIES])

    assert len(world.event("plan/series")["recurrence"]) == 1
    assert desk.plan([SERIES]).steps == ()
