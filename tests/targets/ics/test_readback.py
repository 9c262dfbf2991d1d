"""What subscribers see: two readers that nobody here wrote must see what the plan says."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from sync.model import Block, Kind, Span
from tests.targets.ics import plans
from tests.targets.ics.plans import block, calendar, day, every, item, occurrence, plan, series, task, workday
from tests.targets.ics.readers import READERS, Seen, text

# Morocco gives up its clock changes in autumn 2026, which not every time zone database knows yet.
ZONES = [
    "Africa/Nairobi",
    "America/New_York",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Africa/Casablanca",
    "America/Santiago",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/St_Johns",
    "Atlantic/Reykjavik",
    "Pacific/Kiritimati",
    "UTC",
]


def expected(uid: str, span: Span | None) -> Seen:
    assert span is not None
    if isinstance(span, Block):
        return uid, text(span.begin), text(span.end)
    return uid, text(span.first), text(span.until)


@pytest.fixture(params=READERS, ids=lambda reader: reader.__name__)
def read(request):
    return request.param


@pytest.mark.parametrize("zone", ZONES)
def test_timed_events_through_the_year_are_seen_at_the_right_moment(read, zone):
    items = [
        task(f"plan/d/{number}", block(f"2026-{month:02}-{number:02}T{hour:02}:15", 50, zone))
        for month in ((1, 3, 4, 7) if zone == "Africa/Casablanca" else (1, 3, 4, 7, 9, 10, 11))
        for number, hour in ((8, 5), (15, 12), (28, 21))
    ]
    items = [task(f"plan/{n}", each.span) for n, each in enumerate(items)]

    assert read(calendar(plan(*items))) == sorted(expected(each.uid, each.span) for each in items)


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "Africa/Casablanca"])
def test_a_series_keeps_its_wall_time_across_clock_changes(read, zone):
    days = every("2026-01-05", "2026-12-18", workday)
    routine = series(
        "plan/meeting",
        block("2026-01-05T21:00", 60, zone),
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        days,
        until=date(2026, 12, 20),
    )
    wanted = sorted(expected(routine.uid, block(f"{each}T21:00", 60, zone)) for each in days)

    assert read(calendar(plan(routine))) == wanted


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Sydney", "Africa/Nairobi"])
def test_days_that_a_series_leaves_out_are_not_seen(read, zone):
    free = {date(2026, 1, 14), date(2026, 3, 9), date(2026, 11, 2)}
    days = every("2026-01-05", "2026-12-18", lambda each: workday(each) and each not in free)
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    routine = series("plan/block", block("2026-01-05T19:00", 90, zone), rule, days, until=days[-1])

    seen = read(calendar(plan(routine)))

    assert seen == sorted(expected(routine.uid, block(f"{each}T19:00", 90, zone)) for each in days)


def test_an_all_day_series_with_free_days_is_seen_day_by_day(read):
    days = every("2026-02-02", "2026-04-05", lambda each: each.day not in {7, 21})
    routine = series("plan/habit", day("2026-02-02"), "FREQ=DAILY", days, until=days[-1])

    assert read(calendar(plan(routine))) == sorted(
        (routine.uid, text(each), text(each + timedelta(days=1))) for each in days
    )


@pytest.mark.parametrize(
    ("zone", "start", "minutes"),
    [
        ("America/New_York", "2026-03-02T02:30", 60),  # 02:30 is skipped on 8 March
        ("America/New_York", "2026-03-08T02:30", 60),  # and the series starts on that day
        ("America/New_York", "2026-03-02T01:30", 60),  # ends in the gap
        ("America/New_York", "2026-03-02T23:00", 480),  # the night of the change is an hour short
        ("Europe/London", "2026-10-19T00:30", 60),  # ends as the hour repeats
        ("Europe/London", "2026-10-19T01:30", 60),  # begins in the repeated hour
        ("Australia/Lord_Howe", "2026-09-28T02:10", 30),  # a gap of half an hour
        ("Africa/Casablanca", "2026-03-16T02:30", 45),  # the end of Ramadan
    ],
)
def test_a_series_over_a_clock_change_is_seen_alike_by_all(read, zone, start, minutes):
    first = date.fromisoformat(start[:10])
    days = [first + timedelta(days=distance) for distance in range(14)]
    routine = series("plan/night", block(start, minutes, zone), "FREQ=DAILY", days, until=days[-1])
    wanted = []
    for each in days:
        begin = datetime.fromisoformat(f"{each}{start[10:]}").replace(tzinfo=ZoneInfo(zone))
        real = begin.astimezone(UTC).astimezone(ZoneInfo(zone))
        end = real + timedelta(minutes=minutes)
        wanted.append((text(real), text(end)))

    assert sorted(seen[1:] for seen in read(calendar(plan(routine)))) == wanted


def test_banners_and_points_are_seen_on_their_days(read):
    items = [
        item("plan/phase-1", day("2026-01-05", 84), kind=Kind.PERIOD),
        task("plan/days-28-30", day("2026-02-01", 3)),
        item("plan/launch", day("2026-03-29"), kind=Kind.MILESTONE),
        item("plan/form", day("2026-02-28"), kind=Kind.DEADLINE),
        item("plan/leap", day("2028-02-29"), kind=Kind.DEADLINE),
        item("plan/year", day("2026-12-31"), kind=Kind.MILESTONE),
    ]

    assert read(calendar(plan(*items))) == sorted(expected(each.uid, each.span) for each in items)


def test_a_done_occurrence_is_seen_once_beside_its_series(read):
    days = every("2026-01-05", "2026-01-30", workday)
    routine = series(
        "plan/build", block("2026-01-05T19:00", 90), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", days, until=days[-1]
    )
    done = [days[0], days[1], days[7], days[-1]]
    marks = [
        occurrence(routine, each, done=datetime(2026, 2, 1, tzinfo=UTC) if each in done else None)
        for each in days
    ]

    seen = read(calendar(plan(routine, *marks)))

    ticked = {mark.uid: mark.span for mark in marks if mark.done}
    assert [each for each in seen if each[0] in ticked] == sorted(
        expected(uid, span) for uid, span in ticked.items() if span
    )
    assert sorted(each[1] for each in seen) == sorted(text(block(f"{each}T19:00").begin) for each in days)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY"],
)
def test_rules_of_many_kinds_are_seen_on_the_days_of_the_series(read, rule):
    days = [each.date() for each in rrulestr(f"{rule};COUNT=12", dtstart=datetime(2026, 1, 6))]
    zone = "Europe/London"
    routine = series("plan/r", block("2026-01-06T07:30", 20, zone), rule, days, until=days[-1])

    assert read(calendar(plan(routine))) == sorted(
        expected(routine.uid, block(f"{each}T07:30", 20, zone)) for each in days
    )


def test_days_outside_the_rule_are_seen_too(read):
    days = [date(2026, 1, 7), date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 22), date(2026, 2, 2)]
    routine = series("plan/r", block("2026-01-07T07:30"), "FREQ=WEEKLY;BYDAY=MO", days, until=days[-1])

    seen = read(calendar(plan(routine)))

    assert [each[1] for each in sorted(seen, key=lambda each: each[1])] == [
        text(block(f"{each}T07:30").begin) for each in days
    ]


def test_a_repeated_hour_has_two_moments(read):
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    second = first.replace(fold=1)
    spans = [
        Block(first, second, zone.key),
        Block(second, second + timedelta(minutes=60), zone.key),
        Block(first, first + timedelta(minutes=10), zone.key),
    ]
    items = [task(f"plan/{n}", span) for n, span in enumerate(spans)]

    assert read(calendar(plan(*items))) == sorted(expected(each.uid, each.span) for each in items)


def test_hostile_texts_hide_no_event(read):
    texts = [
        "Plan 📅: 🏳️‍🌈 👩‍👩‍👧‍👦 é — ü ß 漢字" * 9,
        'commas, semicolons; back\\slashes, C:\\New \\n \\, \\; "quotes" a:b',
        "BEGIN:VEVENT\r\nUID:forged\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "control \x00\x07\x1b[31m \x7f \x85 \u2028 \u2029 \ufffe \ud83d lone",
        "tab\tnew\nline\rreturn\x0bvertical\x0cfeed",
        "\ufeffbom " + "x" * 400 + "é" * 200,
        "",
    ]
    items = [task(f"plan/{n}", day("2026-01-05"), title=each, notes=each * 3) for n, each in enumerate(texts)]

    assert read(calendar(plan(*items, title="A, B; C\\D 🎓\n"), title="A, B; C\\D 🎓\n")) == sorted(
        expected(each.uid, each.span) for each in items
    )


def test_a_plan_without_dates_is_an_empty_calendar(read):
    assert read(calendar(plan(task("plan/some-day")))) == []
    assert read(calendar(plan(timezone=plans.NEW_YORK))) == []
    assert read(calendar()) == []
