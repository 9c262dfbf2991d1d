"""VTIMEZONE against the database it is made from, through readers that know only the VTIMEZONE."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from dateutil.tz import tzical
from icalendar.timezone.pytz import PYTZ

from sync.errors import ConfigError
from sync.shaping.moments import zone
from sync.targets.ics.timezones import vtimezone

NAMED = [
    "Africa/Nairobi",
    "America/New_York",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Nuuk",
    "America/Santiago",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Antarctica/Troll",
    "Australia/Lord_Howe",
    "Europe/Dublin",
]
FIRST, LAST = 2025, 2030


def lines(name: str, first: int = FIRST, last: int = LAST) -> list[str]:
    return vtimezone(name, first, last).decode().split("\r\n")


def by_dateutil(data: bytes) -> Any:
    return tzical(StringIO(data.decode())).get()


def by_icalendar(data: bytes) -> Any:
    """icalendar's own reading, which lists the transitions (the other one it has is dateutil's)."""
    component = icalendar.Timezone.from_ical(data)
    assert isinstance(component, icalendar.Timezone)
    return PYTZ().create_timezone(component)


READERS = [by_dateutil, by_icalendar]


def hours(first: int, last: int) -> Iterator[datetime]:
    moment = datetime(first, 1, 1, tzinfo=UTC)
    while moment.year <= last:
        yield moment
        moment += timedelta(hours=6)


def transitions(name: str, first: int = FIRST, last: int = LAST) -> list[datetime]:
    """Every moment at which the offset changes, found by looking every six hours, then every second."""
    home = ZoneInfo(name)
    found = []
    for moment in hours(first, last):
        low, high = moment, moment + timedelta(hours=6)
        if low.astimezone(home).utcoffset() == high.astimezone(home).utcoffset():
            continue
        while high - low > timedelta(seconds=1):
            middle = (low + (high - low) / 2).replace(microsecond=0)
            same = middle.astimezone(home).utcoffset() == low.astimezone(home).utcoffset()
            low, high = (middle, high) if same else (low, middle)
        found.append(high)
    return found


def probes(name: str, first: int = FIRST, last: int = LAST) -> list[datetime]:
    around = [
        moment + timedelta(seconds=seconds)
        for moment in transitions(name, first, last)
        for seconds in (-86_400, -3601, -1, 0, 1, 3601, 86_400)
    ]
    middles = [
        datetime(year, month, 15, 12, tzinfo=UTC) for year in range(first, last + 1) for month in (1, 7)
    ]
    return sorted(around + middles)


def agree(name: str, read: Callable[[bytes], Any], first: int = FIRST, last: int = LAST) -> None:
    """Compare wall time to UTC, the way that readers of events go, and back.

    dateutil's way back does not know changes of the standard offset, so it goes one way only, but both
    passes of a repeated hour; pytz knows those by a flag of its own, so it goes both ways between them.
    """
    home, made = ZoneInfo(name), read(vtimezone(name, first, last))
    for moment in probes(name, first, last):
        local = moment.astimezone(home)
        wall = local.replace(tzinfo=None)
        if read is by_dateutil:
            assert wall.replace(tzinfo=made).utcoffset() == local.utcoffset(), (name, moment)
        else:
            assert moment.astimezone(made).replace(tzinfo=None) == wall, (name, moment)
            if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
                assert made.localize(wall).astimezone(UTC) == moment, (name, moment)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("name", NAMED)
def test_readers_that_know_only_the_vtimezone_agree_with_the_database(name, read):
    agree(name, read)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("name", ["Africa/Casablanca", "America/New_York", "Asia/Almaty", "Africa/Cairo"])
@pytest.mark.parametrize("window", [(2024, 2024), (2025, 2026), (2026, 2031)])
def test_the_window_is_exact_whatever_its_years(name, read, window):
    agree(name, read, *window)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("name", ["America/New_York", "Europe/Moscow", "America/Sao_Paulo", "Asia/Pyongyang"])
def test_a_zone_whose_rules_changed_is_exact_on_both_sides(name, read):
    agree(name, read, 2005, 2020)


def test_nairobi_is_one_standard_time_without_an_onset():
    assert lines("Africa/Nairobi") == [
        "BEGIN:VTIMEZONE",
        "TZID:Africa/Nairobi",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0300",
        "TZNAME:EAT",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_new_york_has_its_rule_with_onsets_in_the_wall_time_before():
    assert lines("America/New_York", 2026, 2026) == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250309T020000",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "TZNAME:EDT",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20251102T020000",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "TZNAME:EST",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_last_sunday_is_told_from_a_fourth_one():
    rules = [line for line in lines("Europe/London", 2026, 2026) if line.startswith(("RRULE", "DTSTART"))]

    assert rules == [
        "DTSTART:20250330T010000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "DTSTART:20251026T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    ]


def test_a_weekday_on_or_after_a_date_is_a_rule_too():
    assert "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU" in lines("America/Santiago")


def test_only_a_zone_without_a_rule_lists_dates():
    with_dates = {name for name in NAMED if any(line.startswith("RDATE") for line in lines(name, 2025, 2026))}

    assert "Africa/Casablanca" in with_dates
    assert with_dates <= {"Africa/Casablanca", "Asia/Gaza"}


def test_a_rule_that_ended_has_an_until_in_utc():
    rules = [line for line in lines("Europe/Moscow", 2005, 2020) if "UNTIL" in line]

    assert rules == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100328T230000Z",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20101031T230000Z",
    ]


def test_irish_summer_is_daylight_time_however_the_database_counts_it():
    text = "\n".join(lines("Europe/Dublin"))

    assert "TZNAME:IST" in text.split("BEGIN:DAYLIGHT")[1].split("END:DAYLIGHT")[0]


def test_no_line_needs_folding_and_all_end_with_crlf():
    for name in NAMED:
        data = vtimezone(name, 1990, 2090)
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert data.count(b"\n") == data.count(b"\r\n")


def test_parts_come_in_the_order_of_their_onset():
    for name in NAMED:
        onsets = [line for line in lines(name) if line.startswith("DTSTART")]
        assert onsets == sorted(onsets)


def test_nothing_after_the_window_is_listed():
    for name in NAMED:
        assert not [
            line
            for line in lines(name)
            if line.startswith(("DTSTART", "RDATE")) and line.partition(":")[2] > "2031"
        ]


@pytest.mark.parametrize("years", [(1, 1), (1500, 1800), (9999, 9999), (2026, 9999)])
def test_years_far_away_cost_no_time_and_raise_nothing(years):
    assert vtimezone("America/New_York", *years).startswith(b"BEGIN:VTIMEZONE")


def test_offsets_with_seconds_are_written_with_seconds():
    assert "TZOFFSETFROM:-004430" in lines("Africa/Monrovia", 1971, 1973)


def test_the_bytes_do_not_depend_on_the_hash_seed():
    code = (
        "from sync.targets.ics.timezones import vtimezone\n"
        "import sys\n"
        "for name in ('Africa/Casablanca', 'Africa/Cairo', 'Europe/London'):\n"
        "    sys.stdout.buffer.write(vtimezone(name, 2025, 2030))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "4242")
    }

    assert len(runs) == 1


@pytest.mark.parametrize("name", ["Africa/Nowhere", "", "../etc/passwd", "/etc/localtime", "Mars\0"])
def test_an_unknown_zone_is_one_clear_error(name):
    with pytest.raises(ConfigError) as told:
        zone(name)

    assert repr(name) in told.value.title
    assert told.value.exit_code == 5


def test_utc_is_utc_under_all_its_names():
    assert {zone(name) for name in ("UTC", "Etc/UTC", "Zulu")} == {UTC}


def distinct() -> list[str]:
    """One zone for each distinct set of transitions and offsets from 2025 to 2030."""
    names: dict[tuple[object, ...], str] = {}
    for name in sorted(available_timezones() - {"localtime"}):
        home = ZoneInfo(name)
        changes = transitions(name)
        offsets = [
            moment.astimezone(home).utcoffset() for moment in [*changes, datetime(2025, 1, 1, tzinfo=UTC)]
        ]
        names.setdefault((*changes, *offsets), name)
    return list(names.values())


@pytest.mark.soak
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_every_rule_of_the_database_survives_two_readers(read):
    names = distinct()

    assert len(names) > 50
    for name in names:
        agree(name, read)
