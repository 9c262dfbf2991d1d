"""Items as events and events as items: what is ours is written, what is the person's stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Days, Item, Kind, Span
from sync.sandbox.google.rules import check_event
from sync.targets.google_calendar.events import read_event, slim
from sync.targets.google_calendar.fields import shape
from sync.targets.google_calendar.properties import MOST_BYTES, facts_of, marker_of, private, with_facts
from sync.targets.google_calendar.settings import Settings
from tests.targets.google.hands import ZONE
from tests.targets.google.samples import PLAIN, event_of, read, updated
from tests.targets.ics.plans import NEW_YORK, block, day, every, item, series, task

AT = datetime(2026, 1, 6, 18, tzinfo=UTC)
DAY = task("plan/a", day("2026-01-05", 2), notes="Notes")
EVENING = task("plan/a", block("2026-01-05T19:00", 90), notes="Notes")

THEIRS = {
    "location": "Library",
    "colorId": "4",
    "attendees": [{"email": "friend@example.com", "responseStatus": "accepted"}],
    "visibility": "private",
    "status": "tentative",
    "sequence": 3,
}


def test_a_whole_day_ends_exclusively_and_leaves_the_day_free():
    made = event_of(DAY)

    assert made["start"] == {"date": "2026-01-05"}
    assert made["end"] == {"date": "2026-01-07"}
    assert made["transparency"] == "transparent"
    assert made["summary"] == "☐ a"
    assert made["description"] == "Notes"
    assert made["reminders"] == {"useDefault": True}
    assert made["status"] == "confirmed"
    assert "colorId" not in made
    assert "recurrence" not in made


def test_a_time_names_its_offset_and_zone_and_makes_busy():
    made = event_of(EVENING)

    assert made["start"] == {"dateTime": "2026-01-05T19:00:00+03:00", "timeZone": "Africa/Nairobi"}
    assert made["end"] == {"dateTime": "2026-01-05T20:30:00+03:00", "timeZone": "Africa/Nairobi"}
    assert made["transparency"] == "opaque"


@pytest.mark.parametrize(
    ("kind", "summary"), [(Kind.MILESTONE, "◆ a"), (Kind.DEADLINE, "⏰ a"), (Kind.PERIOD, "a")]
)
def test_a_point_and_a_banner_never_make_busy(kind, summary):
    made = event_of(replace(EVENING, kind=kind, tick=False))

    assert (made["summary"], made["transparency"]) == (summary, "transparent")


def test_what_is_done_is_marked_in_title_and_colour():
    made = event_of(replace(DAY, done=AT))

    assert (made["summary"], made["colorId"]) == ("✅ a", "8")
    assert read(made).done == AT
    assert read(made).fields["done"] == "done 2026-01-06 18:00:00 UTC"


def test_marks_can_be_switched_off():
    assert event_of(replace(DAY, done=AT), Settings(mark_done=False))["summary"] == "☐ a"
    assert "colorId" not in event_of(replace(DAY, done=AT), Settings(done_color=""))


def test_a_mark_of_the_text_is_no_tick_made_here():
    """It would come back after an undo."""
    made = read(event_of(replace(DAY, done=True)))

    assert (made.fields["done"], made.done) == ("done", None)


def test_done_and_undone_leaves_no_trace_of_ours():
    there = updated(event_of(DAY), replace(DAY, done=True))
    assert (there["summary"], there["colorId"]) == ("✅ a", "8")
    back = updated(there, DAY)

    assert back["summary"] == "☐ a"
    assert "colorId" not in back


def test_a_tick_by_hand_is_seen_and_no_field():
    there = event_of(DAY) | {"summary": "✅ ☐ a", "colorId": "8"}

    assert read(there).done is True
    assert read(there).fields == shape(DAY, PLAIN)


def test_a_mark_before_what_cannot_be_ticked_is_no_tick_and_stays():
    there = event_of(replace(EVENING, tick=False, kind=Kind.SESSION)) | {"summary": "✅ a"}
    assert read(there).done is None
    after = updated(there, replace(EVENING, tick=False, kind=Kind.SESSION, title="b"))

    assert after["summary"] == "✅ b"


def test_a_mark_that_was_taken_away_by_hand_is_done_no_longer():
    there = event_of(replace(DAY, done=AT)) | {"summary": "a"}

    assert (read(there).done, read(there).fields["done"]) == (None, "")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "New"},
        {"notes": "New"},
        {"span": day("2026-02-01")},
        {"span": block("2026-01-05T19:00")},
        {"kind": Kind.DEADLINE},
        {"done": True},
    ],
    ids=lambda each: next(iter(each)),
)
def test_an_update_leaves_the_rest_as_the_person_has_it(changes):
    theirs = {**THEIRS, "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 30}]}}
    there = event_of(DAY) | theirs
    there["extendedProperties"] = {
        "private": {**private(there), "other-app": "x"},
        "shared": {"room": "7"},
    }
    after = updated(there, replace(DAY, **changes))

    assert {name: after[name] for name in theirs} == theirs
    assert after["extendedProperties"]["shared"] == {"room": "7"}
    assert private(after)["other-app"] == "x"
    changed = {
        "title": "summary",
        "notes": "description",
        "kind": "summary",
        "done": "summary",
        "span": "start",
    }
    assert after[changed[next(iter(changes))]] != there[changed[next(iter(changes))]]


def test_free_or_busy_as_a_person_has_it_stays_until_the_kind_of_time_changes():
    there = event_of(EVENING) | {"transparency": "transparent"}

    assert updated(there, replace(EVENING, span=block("2026-01-06T08:00")))["transparency"] == "transparent"
    assert updated(event_of(DAY), EVENING)["transparency"] == "opaque"
    assert updated(event_of(EVENING), DAY)["transparency"] == "transparent"


@pytest.mark.parametrize(("first", "second"), [(DAY, EVENING), (EVENING, DAY)])
def test_between_whole_days_and_times_nothing_of_the_other_kind_remains(first, second):
    after = updated(event_of(first), second)

    assert after["start"] == event_of(second)["start"]
    assert after["end"] == event_of(second)["end"]


def test_the_same_moment_in_another_zone_is_the_same():
    there = event_of(EVENING)
    there["start"] = {"dateTime": "2026-01-05T16:00:00Z", "timeZone": "Africa/Nairobi"}
    there["end"] = {"dateTime": "2026-01-05T12:30:00-05:00", "timeZone": "Africa/Nairobi"}

    assert read(there).fields == shape(EVENING, PLAIN)


def test_a_zone_that_is_unknown_here_or_not_told_at_all_is_no_obstacle():
    there = event_of(EVENING)
    there["start"] = {"dateTime": "2026-01-05T19:00:00+03:00"}
    assert read(there).fields["when"] == "2026-01-05 19:00-20:30 Africa/Nairobi"
    there["start"]["timeZone"] = "Mars/Olympus"

    assert read(there).fields["when"] == "2026-01-05 16:00-17:30 UTC"


def test_an_event_without_a_marker_is_not_ours():
    assert read_event({"id": "x", "etag": "1", "start": {"date": "2026-01-05"}}, ZONE) is None


def test_a_long_key_is_split_over_properties_and_put_together_again():
    made = replace(DAY, key="plan/" + "長い" * 700)
    there = event_of(made)

    assert len(private(there)) == 6
    assert all(len(text.encode()) <= MOST_BYTES for text in private(there).values())
    assert all(len(name) <= 44 for name in private(there))
    found = marker_of(there)
    assert found is not None
    assert found.key == made.key
    shorter = with_facts(there, {**facts_of(there), "roadmap-sync": "roadmap-sync:1:a=b:short"})
    assert set(shorter["private"]) == {"roadmap-sync", "roadmap-sync-kind"}


def test_what_nobody_can_write_is_not_carried_along():
    assert slim({"id": "x", "htmlLink": "y", "organizer": {}, "location": "z"}) == {
        "id": "x",
        "location": "z",
    }


SPANS: st.SearchStrategy[Span] = st.one_of(
    st.builds(day, st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(str), st.integers(1, 40)),
    st.builds(
        block,
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
            lambda when: when.replace(microsecond=0).isoformat()
        ),
        st.integers(0, 2000),
        st.sampled_from(["Africa/Nairobi", NEW_YORK, "Europe/London", "UTC", "Australia/Lord_Howe"]),
    ),
)
RULES = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYDAY=-1FR",
]


@st.composite
def items(draw: st.DrawFn) -> Item:
    span = draw(SPANS)
    more = {
        "kind": draw(st.sampled_from(list(Kind))),
        "tick": draw(st.booleans()),
        "done": draw(st.sampled_from([None, True, AT])),
        "title": draw(st.text(max_size=9)),
        "notes": draw(st.text(max_size=30)),
    }
    if draw(st.booleans()):
        return item("plan/x", span, **more)
    first = span.first if isinstance(span, Days) else span.begin.date()
    days = sorted(
        {first, *draw(st.lists(st.integers(0, 30).map(lambda n: first + timedelta(n)), max_size=6))}
    )
    until = draw(st.sampled_from([None, days[-1]]))
    return series("plan/x", span, draw(st.sampled_from(RULES)), days, until=until, **more)


@given(items())
def test_any_item_is_an_event_that_google_takes_and_is_read_as_it_was_shaped(made):
    there = event_of(made)
    check_event(there)

    assert read(there).fields == shape(made, PLAIN)


@given(items(), items())
def test_any_item_becomes_any_other(first, second):
    after = updated(event_of(first), second)
    check_event(after)

    assert read(after).fields == shape(second, PLAIN)


def test_a_series_of_every_workday_is_one_rule():
    days = every("2026-01-05", "2026-01-23", lambda when: when.weekday() < 5)
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"

    assert event_of(series("plan/c", block("2026-01-05T21:00"), rule, days, until=days[-1]))[
        "recurrence"
    ] == [f"RRULE:{rule};UNTIL=20260123T180000Z"]
