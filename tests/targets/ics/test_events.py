"""What each kind of item looks like on a calendar."""

from datetime import UTC, date, datetime

import pytest

from sync.errors import ConfigError
from sync.model import Block, Days, Kind
from tests.targets.ics.plans import (
    NEW_YORK,
    block,
    calendar,
    day,
    item,
    plan,
    task,
)
from tests.targets.ics.readers import components, unfolded

DONE = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


def only(*items):
    (event,) = components(calendar(plan(*items)))
    return event


def value(event, name):
    return event[name].to_ical().decode()


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (task(span=day("2026-01-05")), "☐ read"),
        (task(span=day("2026-01-05"), done=DONE), "✅ read"),
        (task(span=day("2026-01-05"), done=True), "✅ read"),
        (task(span=day("2026-01-05"), done=False), "☐ read"),
        (task(span=block("2026-01-05T19:00")), "☐ read"),
        (item(span=day("2026-01-05", 28), kind=Kind.PERIOD), "read"),
        (task(span=day("2026-01-05", 28), kind=Kind.PERIOD), "☐ read"),
        (item(span=block("2026-01-05T19:00"), kind=Kind.SESSION), "read"),
        (item(span=day("2026-01-05"), kind=Kind.MILESTONE), "◆ read"),
        (item(span=day("2026-01-05"), kind=Kind.MILESTONE, done=True), "✅ ◆ read"),
        (task(span=day("2026-01-05"), kind=Kind.MILESTONE), "☐ ◆ read"),
        (item(span=day("2026-01-05"), kind=Kind.DEADLINE), "⏰ read"),
        (task(span=day("2026-01-05"), kind=Kind.DEADLINE), "☐ ⏰ read"),
        (task(span=day("2026-01-05"), title=" two\n lines\tof it "), "☐ two lines of it"),
        (task(span=day("2026-01-05"), title="\x07"), "☐ read"),
        (task(key="\x07", span=day("2026-01-05"), title=""), "☐ …"),
    ],
)
def test_the_title_carries_a_box_a_check_or_a_sign(given, title):
    assert str(only(given)["SUMMARY"]) == title


@pytest.mark.parametrize(
    ("given", "busy"),
    [
        (task(span=day("2026-01-05")), "TRANSPARENT"),
        (item(span=day("2026-01-05", 28), kind=Kind.PERIOD), "TRANSPARENT"),
        (item(span=day("2026-01-05"), kind=Kind.SESSION), "TRANSPARENT"),
        (item(span=block("2026-01-05T17:00"), kind=Kind.DEADLINE), "TRANSPARENT"),
        (item(span=block("2026-01-05T17:00"), kind=Kind.MILESTONE), "TRANSPARENT"),
        (task(span=block("2026-01-05T19:00")), "OPAQUE"),
        (item(span=block("2026-01-05T19:00"), kind=Kind.SESSION), "OPAQUE"),
    ],
)
def test_only_work_with_a_clock_time_makes_a_person_busy(given, busy):
    assert value(only(given), "TRANSP") == busy


def test_whole_days_end_on_the_day_after_the_last():
    lines = unfolded(calendar(plan(task(span=day("2026-02-28", 3)))))

    assert {"DTSTART;VALUE=DATE:20260228", "DTEND;VALUE=DATE:20260303"} <= set(lines)


def test_a_clock_time_names_its_zone():
    lines = unfolded(calendar(plan(task(span=block("2026-01-05T19:00", 90)))))

    assert {
        "DTSTART;TZID=Africa/Nairobi:20260105T190000",
        "DTEND;TZID=Africa/Nairobi:20260105T203000",
    } <= set(lines)
    assert "TZID:Africa/Nairobi" in lines


def test_a_zone_that_keeps_to_gmt_is_not_written_as_utc():
    lines = unfolded(calendar(plan(task(span=block("2026-01-05T19:00", 60, "Africa/Accra")))))

    assert {"DTSTART;TZID=Africa/Accra:20260105T190000", "TZID:Africa/Accra"} <= set(lines)


def test_utc_is_written_with_a_z_and_needs_no_vtimezone():
    lines = unfolded(calendar(plan(task(span=block("2026-01-05T19:00", 90, "Etc/UTC")))))

    assert {"DTSTART:20260105T190000Z", "DTEND:20260105T203000Z"} <= set(lines)
    assert "BEGIN:VTIMEZONE" not in lines


def test_a_moment_in_another_offset_is_moved_to_the_zone_of_its_block():
    span = Block(
        datetime(2026, 1, 5, 16, 0, tzinfo=UTC), datetime(2026, 1, 5, 17, 0, 0, 999, tzinfo=UTC), NEW_YORK
    )

    assert "DTSTART;TZID=America/New_York:20260105T110000" in unfolded(calendar(plan(task(span=span))))


def test_parts_of_a_second_change_nothing():
    begin = block("2026-01-05T19:00").begin
    fine = Block(begin.replace(microsecond=700_000), begin.replace(hour=20, microsecond=9), "Africa/Nairobi")

    assert calendar(plan(task(span=fine))) == calendar(plan(task(span=block("2026-01-05T19:00"))))


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (block("2026-03-08T02:30", 60, NEW_YORK), "20260308T033000", "20260308T043000"),
        (block("2026-03-08T02:30", 0, NEW_YORK), "20260308T033000", "20260308T034500"),
        (block("2026-01-05T19:00", 0), "20260105T190000", "20260105T191500"),
        (block("2026-01-05T19:00", -30), "20260105T190000", "20260105T191500"),
        (Days(date(2026, 1, 5), date(2026, 1, 5)), "20260105", "20260106"),
    ],
)
def test_nothing_lies_in_a_gap_and_nothing_has_no_length(span, start, end):
    event = only(task(span=span))

    assert (value(event, "DTSTART"), value(event, "DTEND")) == (start, end)


@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_the_clock_shows_twice_is_written_in_utc(fold):
    begin = block("2026-11-01T01:30", 60, NEW_YORK).begin.replace(fold=fold)
    span = Block(begin, begin.astimezone(UTC).replace(hour=9), NEW_YORK)

    assert value(only(task(span=span)), "DTSTART") == f"20261101T0{5 + fold}3000Z"


def test_a_block_that_ends_at_a_time_that_the_clock_shows_twice_is_written_in_utc():
    event = only(task(span=block("2026-11-01T00:30", 60, NEW_YORK)))

    assert (value(event, "DTSTART"), value(event, "DTEND")) == ("20261101T043000Z", "20261101T053000Z")


def test_undated_items_are_not_on_the_calendar():
    assert components(calendar(plan(task(), item(kind=Kind.MILESTONE)))) == []


def test_notes_and_roadmap_travel_with_the_event():
    event = only(task(span=day("2026-01-05"), notes="one, two; three\\four\r\nC:\\New\ttab\x00\x1b\u2028end"))

    raw = [
        line
        for line in unfolded(calendar(plan(task(span=day("2026-01-05"), notes="C:\\New, x"))))
        if "New" in line
    ]
    assert str(event["DESCRIPTION"]) == "one, two; three\\four\nC:\\New\ttab\nend"
    assert raw == ["DESCRIPTION:C:\\\\New\\, x"]
    assert event["CATEGORIES"].cats == ["My plan"]


def test_a_roadmap_title_with_a_comma_is_one_category():
    (event,) = components(calendar(plan(task(span=day("2026-01-05")), title="Read, write; think")))

    assert event["CATEGORIES"].cats == ["Read, write; think"]


def test_a_roadmap_without_a_title_gives_no_category():
    (event,) = components(calendar(plan(task(span=day("2026-01-05")), title="")))

    assert "CATEGORIES" not in event


def test_every_event_has_the_properties_that_readers_need_and_no_others():
    event = only(task(span=day("2026-01-05"), notes="note"))

    assert set(event) == {
        "UID",
        "DTSTAMP",
        "SEQUENCE",
        "CREATED",
        "LAST-MODIFIED",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DESCRIPTION",
        "CATEGORIES",
        "TRANSP",
        "X-ROADMAP-SYNC",
        "X-ROADMAP-SYNC-HASH",
        "X-ROADMAP-SYNC-KIND",
    }


def test_an_unknown_zone_is_an_error_that_names_it():
    good = block("2026-01-05T19:00")
    with pytest.raises(ConfigError, match="Africa/Nowhere"):
        calendar(plan(task(span=Block(good.begin, good.end, "Africa/Nowhere"))))


def test_of_two_items_with_one_uid_the_first_is_written():
    twice = [task("plan/a", day("2026-01-05")), task("plan/b", day("2026-01-06"), uid=task("plan/a").uid)]

    assert value(only(*twice), "DTSTART") == "20260105"
