"""The feed as a file: its own properties, its bytes, and the set of feeds of a run."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import icalendar
import pytest

from sync.errors import ConfigError
from sync.targets.ics.timezones import vtimezone
from tests.targets.ics.plans import (
    NEW_YORK,
    THREE,
    block,
    calendar,
    day,
    plan,
    reworded,
    series,
    task,
    tasks,
)
from tests.targets.ics.readers import components, unfolded


def properties(data: bytes) -> list[str]:
    lines = unfolded(data)
    return lines[1 : next(n for n, line in enumerate(lines) if line.startswith("BEGIN:V") and n)]


def test_the_calendar_says_all_that_subscribers_read():
    said = [line for line in properties(calendar(THREE)) if not line.startswith("X-ROADMAP-SYNC")]

    assert said == [
        "VERSION:2.0",
        "PRODID:-//roadmap-sync//roadmap-sync//EN",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Written by roadmap-sync from your roadmap. Changes made here do not go back to it.",
        "X-WR-CALDESC:Written by roadmap-sync from your roadmap. Changes made here do not go back to it.",
        "NAME:My plan",
        "X-WR-CALNAME:My plan",
        "COLOR:indianred",
        "LAST-MODIFIED:20260105T000000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-APPLE-CALENDAR-COLOR:#CD5C5C",
        "X-PUBLISHED-TTL:PT6H",
    ]


def test_nothing_in_a_feed_is_what_readers_stumble_over():
    data = calendar(THREE, plan(task("plan/x", day("2026-01-05")), timezone=NEW_YORK))
    lines = unfolded(data)
    names = {line.partition(":")[0].partition(";")[0] for line in lines}

    assert not names & {"METHOD", "DURATION", "X-WR-TIMEZONE", "RECURRENCE-ID", "RDATE"}
    assert not any(line.startswith("UID") for line in properties(data))
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"\r\nEND:VCALENDAR\r\n")


@pytest.mark.parametrize("title", ["A, B; C\\D", "two\nlines \t\r\n", "\x07bell\ud83d", "📚 " * 60, ""])
def test_any_title_makes_a_calendar(title):
    data = calendar(replace(THREE, title=title), title=title)

    assert len(components(data)) == 3
    assert {line.partition(":")[0] for line in properties(data)} >= {"NAME", "X-WR-CALNAME"}


def test_a_title_is_escaped_in_both_its_places():
    said = properties(calendar(THREE, title="Read, write; C:\\New"))

    assert {"NAME:Read\\, write\\; C:\\\\New", "X-WR-CALNAME:Read\\, write\\; C:\\\\New"} <= set(said)


@pytest.mark.parametrize("make", [calendar, tasks])
def test_lines_are_short_whole_and_free_of_control_characters(make):
    texts = ["é🏳️‍🌈" * 50, "x" * 300, "\x00\x01\x08\x0b\x1f\x7f\x85\x9f\ufffe\ud800" * 20, "a\\,;\n" * 60]
    items = [task(f"plan/{n}", day("2026-01-05"), title=each, notes=each) for n, each in enumerate(texts)]

    data = make(plan(*items, title=texts[0]))

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]  # no line ends within a character
    assert not {n for n in data if n < 32 or n == 127} - {10, 13}
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")


def test_no_moment_of_an_event_floats():
    for line in unfolded(calendar(THREE)):
        name, _, value = line.partition(":")
        if name.partition(";")[0] in {"DTSTART", "DTEND", "EXDATE"} and "VALUE=DATE" not in name:
            in_timezone = name == "DTSTART"
            assert value.endswith("Z") or "TZID=" in name or in_timezone


def test_only_zones_in_use_are_described_in_the_order_of_their_names():
    items = [
        task(f"plan/{n}", block("2026-01-05T19:00", 60, zone))
        for n, zone in enumerate(["Europe/London", NEW_YORK, NEW_YORK, "UTC"])
    ]

    lines = unfolded(calendar(plan(*items)))

    assert [line for line in lines if line.startswith("TZID:")] == [
        "TZID:America/New_York",
        "TZID:Europe/London",
    ]


def test_a_series_without_end_describes_its_zone_for_ten_more_years():
    days = [date(2026, 1, 5), date(2026, 1, 12)]
    routine = series("plan/r", block("2026-01-05T19:00", 60, "Asia/Gaza"), "FREQ=WEEKLY", days)

    assert vtimezone("Asia/Gaza", 2026, 2036) in calendar(plan(routine))


def test_a_plan_of_whole_days_describes_no_zone():
    assert "BEGIN:VTIMEZONE" not in unfolded(calendar(plan(task(span=day("2026-01-05")))))


@pytest.mark.parametrize("zone", ["Africa/Nairobi", "UTC", "Europe/London"])
def test_an_empty_calendar_holds_the_zone_of_its_roadmap_and_is_valid(zone):
    data = calendar(plan(timezone=zone))

    parsed = icalendar.Calendar.from_ical(data)
    assert isinstance(parsed, icalendar.Calendar)
    assert [each.name for each in parsed.subcomponents] == ["VTIMEZONE"]
    assert f"TZID:{zone}" in unfolded(data)
    parsed.validate()


def test_an_empty_calendar_of_an_unknown_zone_is_an_error():
    with pytest.raises(ConfigError, match="Africa/Nowhere"):
        calendar(plan(timezone="Africa/Nowhere"))


def test_events_come_in_the_order_of_their_start_wherever_they_stand_in_the_text():
    items = [
        task("plan/third", block("2026-01-06T09:00")),
        task("plan/first", day("2026-01-05")),
        task("plan/second", day("2026-01-06")),
    ]

    data = calendar(plan(*items))

    assert [str(each["SUMMARY"]) for each in components(data)] == ["☐ first", "☐ second", "☐ third"]
    assert data == calendar(plan(*reversed(items)))


PROGRAM = """
import sys
sys.path.insert(0, {root!r})
from tests.targets.ics.plans import *
changed = reworded(THREE, 1, title="x")
sys.stdout.buffer.write(calendar(THREE) + tasks(THREE) + calendar(changed, previous=calendar(THREE)))
"""


def test_the_bytes_are_the_same_in_every_process(pytestconfig):
    code = PROGRAM.format(root=str(pytestconfig.rootpath))
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Kolkata"), ("99", "America/New_York"))
    }

    changed = reworded(THREE, 1, title="x")
    assert runs == {calendar(THREE) + tasks(THREE) + calendar(changed, previous=calendar(THREE))}


UNCHANGED = """
import sys
sys.path.insert(0, {root!r})
from sync.targets.ics import feed, files
from tests.targets.ics.plans import *
earlier = open({path!r}, "rb").read()
assert calendar({plan}, previous=earlier, now=MUCH_LATER) {relation} earlier
heavy = sorted({{"icalendar", "dateutil", "pydantic", "httpx"}} & set(sys.modules))
print(*heavy)
"""


@pytest.mark.parametrize(
    ("schedule", "relation", "imported"),
    [("THREE", "==", ""), ("reworded(THREE, 1, title='x')", "!=", "dateutil icalendar")],
)
def test_icalendar_is_imported_only_when_something_changed(
    pytestconfig, tmp_path, schedule, relation, imported
):
    path = tmp_path / "plan.ics"
    path.write_bytes(calendar(THREE))
    code = UNCHANGED.format(root=str(pytestconfig.rootpath), path=str(path), plan=schedule, relation=relation)

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert run.stdout.strip() == imported
