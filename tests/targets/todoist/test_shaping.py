"""An item as a task, and the task as it comes back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Block, Days, Item, Kind
from sync.remote import Fields, Marker, fingerprint, imprint
from sync.shaping.moments import zone
from sync.targets.todoist import marking, wording
from sync.targets.todoist.fields import FIELDS, arguments, remote, shape
from sync.targets.todoist.moments import (
    done_argument,
    done_text,
    duration_argument,
    read_due,
    read_duration,
    zones_of,
)
from tests.contract.samples import EVENING, WEEKLY
from tests.contract.worlds import AT, item

HOME = ZoneInfo("Africa/Nairobi")
BERLIN = ZoneInfo("Europe/Berlin")


def shaped(made: Item) -> Fields:
    fields = shape(made)
    assert fields is not None
    return fields


def sent(made: Item) -> dict[str, Any]:
    """The arguments that create a task."""
    fields = shaped(made)
    return arguments(fields, FIELDS, Marker(made.key, 1, imprint(fields)))


def block(begin: datetime, **length: float) -> Block:
    return Block(begin, begin + timedelta(**length), str(begin.tzinfo))


@pytest.mark.parametrize(
    ("made", "has_place"),
    [
        (item("task", kind=Kind.TASK, tick=False), True),
        (item("milestone", kind=Kind.MILESTONE, tick=False), True),
        (item("deadline", kind=Kind.DEADLINE, tick=False), True),
        (item("week", kind=Kind.PERIOD, tick=True), True),
        (item("phase", kind=Kind.PERIOD, tick=False), False),
        (item("meeting", kind=Kind.SESSION, tick=False, span=EVENING), False),
        (item("meetings", kind=Kind.SESSION, tick=False, span=EVENING, recurrence=WEEKLY), False),
        (item("routine", kind=Kind.SESSION, tick=True, span=EVENING, recurrence=WEEKLY), False),
        (item("routine@2026-01-12", parent="plan/routine", span=EVENING), True),
        (replace(item("someday"), span=None), True),
    ],
    ids=lambda value: value.key if isinstance(value, Item) else "",
)
def test_work_and_marked_points_have_a_place_and_series_and_banners_have_none(made: Item, has_place: object):
    assert (shape(made) is not None) == has_place


def test_a_timed_task_is_due_at_its_begin_in_the_roadmaps_zone_and_takes_its_time():
    made = item("a", span=EVENING, kind=Kind.TASK)

    assert sent(made)["due"] == {"date": "2026-01-05T16:00:00Z", "timezone": "Africa/Nairobi"}
    assert sent(made)["duration"] == {"amount": 120, "unit": "minute"}
    assert shaped(made)["due"] == "2026-01-05 19:00 Africa/Nairobi"
    assert shaped(made)["duration"] == "120 min"


def test_work_of_several_days_is_due_on_the_last_and_tells_the_first():
    made = item("a", span=Days(date(2026, 2, 27), date(2026, 3, 2)), notes="Three designs.")

    assert sent(made)["due"] == {"date": "2026-03-01"}
    assert shaped(made)["description"] == "2026-02-27 to 2026-03-01\nThree designs."
    assert "duration" in sent(made)
    assert sent(made)["duration"] is None


def test_what_has_no_date_gets_none():
    assert sent(replace(item("a"), span=None))["due"] is None


@pytest.mark.parametrize(
    ("length", "expected"),
    [({"minutes": 0}, ""), ({"minutes": 1}, "1 min"), ({"minutes": 1439}, "1439 min"), ({"days": 1}, "")],
)
def test_a_duration_is_between_a_minute_and_a_day(length: dict[str, float], expected: str):
    span = block(datetime(2026, 1, 5, 19, tzinfo=HOME), **length)

    assert shaped(item("a", span=span))["duration"] == expected


def test_nothing_that_todoist_would_read_itself_is_sent():
    told = sent(item("a", title="* [ ] Call @home #project p1 every day", span=EVENING))

    assert told["content"] == "Call @home #project p1 every day"
    assert told["auto_parse_labels"] is False
    assert set(told["due"]) == {"date", "timezone"}
    assert "due_string" not in told


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("* Run", "Run"),
        ("- [x] Run", "Run"),
        ("* * - [ ] Run", "Run"),
        ("*Run*", "*Run*"),
        ("5 * 3", "5 * 3"),
        ("- dash", "- dash"),
        (" a \n b\t\x00c ", "a b c"),
        ("* ", "day"),
        ("", "day"),
        ("e\u0301", "é"),
        ("x" * 501, "x" * 499 + "…"),
    ],
)
def test_titles_are_made_safe(title: str, content: str):
    made = replace(item("day"), title=title)

    assert wording.content(made) == content


def test_marked_points_stand_out():
    deadline, milestone = item("a", kind=Kind.DEADLINE), item("b", kind=Kind.MILESTONE)

    assert (sent(deadline)["priority"], sent(deadline)["labels"]) == (4, ["deadline"])
    assert (sent(milestone)["priority"], sent(milestone)["labels"]) == (3, ["milestone"])
    assert (sent(item("c"))["priority"], sent(item("c"))["labels"]) == (1, [])


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ((), ""),
        (("PHASE 1",), ""),
        (("PHASE 1", "Week 3: Graphs & trees"), "week-3"),
        (("PHASE 1", "MONTH 1", "Week 3"), "week-3"),
        (("PHASE 1", "第3週：図"), "第3週-図"),
        (("PHASE 1", "🎯"), ""),
        (("PHASE 1", "long " * 30), ("long-" * 12)[:-1]),
    ],
)
def test_the_innermost_period_below_the_phase_is_a_label(path: tuple[str, ...], labels: str):
    assert shaped(item("a", path=path))["labels"] == labels


def test_notes_leave_room_for_the_marker():
    made = item("x" * 300, notes="long " * 5000)

    assert len(sent(made)["description"]) < 16_383
    assert sent(made)["description"].split("\n")[-2] == ""


@given(st.text(max_size=600), st.text(max_size=600))
def test_any_text_comes_back_as_it_was_shaped(title: str, notes: str):
    made = replace(item("day"), title=title, notes=notes)
    told = sent(made)
    marker = marking.find(told["description"])

    assert told["content"] == told["content"].strip() != ""
    assert len(told["content"]) <= 500
    told["description"].encode()
    assert marker is not None
    assert marker.key == made.key
    assert remote("1", told, marker, (HOME,)).fields == shaped(made)


# --- the marker ---


def test_a_marker_is_short_and_tells_all():
    fields = shaped(item("day", notes="Flour"))
    marker = Marker("plan/day: a", 12, imprint(fields))
    text = marking.written("Flour", marker)

    assert text.split("\n")[:2] == ["Flour", ""]
    assert len(text.split("\n")[2]) == len("roadmap-sync:12::plan/day: a") + 8 * len(FIELDS)
    assert marking.find(text) == marker
    assert marking.without(text).strip() == "Flour"


@pytest.mark.parametrize("prints", ["", "content=AAAAAAAA", "AAAAAAA"])
def test_an_unusual_imprint_comes_back_as_it_is(prints: str):
    marker = Marker("plan/day", 1, prints)

    assert marking.find(marking.written("", marker)) == marker


def test_the_last_marker_counts_and_text_that_looks_like_one_stays():
    other = "roadmap-sync:9:AAAAAAAA:other/day"
    text = marking.written(other, Marker("plan/day", 1, ""))

    assert marking.find(text) == Marker("plan/day", 1, "")
    assert other in marking.without(text)
    assert marking.find("Call the bank") is None
    assert marking.without("Call the bank") == "Call the bank"


# --- what comes back ---


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (None, ""),
        ({"date": "2026-01-05"}, "2026-01-05"),
        ({"date": "2026-01-05T16:00:00Z", "timezone": "Europe/Berlin"}, "2026-01-05 17:00 Europe/Berlin"),
        ({"date": "2026-01-05T16:00:00.000000Z", "timezone": "Mars/Base"}, "2026-01-05 19:00 Africa/Nairobi"),
        ({"date": "2026-01-05T16:00:00Z"}, "2026-01-05 19:00 Africa/Nairobi"),
        ({"date": "2026-01-05T19:00:00", "timezone": None}, "2026-01-05 19:00 Africa/Nairobi"),
        ({"date": "2026-01-05", "is_recurring": True, "string": "every mon"}, "2026-01-05, every mon"),
        ({"date": "2026-01-05", "is_recurring": True}, "2026-01-05, again and again"),
        ({"date": None}, ""),
    ],
)
def test_a_due_date_is_read_in_its_own_zone_and_else_in_that_of_the_account(
    due: dict[str, Any] | None, text: str
):
    assert read_due(due, "", (HOME, BERLIN)) == text


@pytest.mark.parametrize(
    ("account", "zones"),
    [("Europe/Berlin", (BERLIN, HOME)), ("", (HOME,)), ("GMT +3:00", (HOME,)), ("../../etc", (HOME,))],
)
def test_the_configured_zone_stands_in_for_one_that_is_not_known(account: str, zones: object):
    assert zones_of(account, HOME) == zones


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Africa/Nairobi", "Europe/Berlin", "America/St_Johns", "UTC", "Asia/Calcutta"]),
    st.sampled_from([(HOME,), (BERLIN, HOME)]),
    st.sampled_from([None, "Asia/Kolkata", "Etc/UTC", "GMT +3:00"]),
)
def test_any_time_comes_back_as_it_was_shaped_in_every_zone(
    moment: datetime, name: str, zones: tuple[ZoneInfo, ...], told: str | None
):
    """Also under another name of the zone, if the configured one bears ours."""
    begin = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name))
    made = item("a", span=Block(begin, begin + timedelta(hours=1), name))
    due = sent(made)["due"]
    renamed = {**due, "timezone": told or due["timezone"]}
    text = shaped(made)["due"]

    assert datetime.fromisoformat(due["date"]) == moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert read_due(due, "", zones) == text
    assert read_due(renamed, fingerprint(text), (*zones, zone(name))) == text


def test_durations_in_days_are_read_and_written():
    assert read_duration({"amount": 2, "unit": "day"}) == "2 days"
    assert duration_argument("2 days") == {"amount": 2, "unit": "day"}
    assert duration_argument("") is None


def test_a_time_that_the_clock_skips_is_the_one_after_it():
    """On 29 March 2026 at 2:00 clocks in Berlin go on to 3:00."""
    made = item("a", span=block(datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN), hours=1))

    assert shaped(made)["due"] == "2026-03-29 03:30 Europe/Berlin"


def test_a_time_that_the_clock_shows_twice_is_told_in_utc():
    """On 25 October 2026 at 3:00 clocks in Berlin go back to 2:00."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    texts = [shaped(item("a", span=block(each, hours=1)))["due"] for each in (first, first.replace(fold=1))]

    assert texts == ["2026-10-25 00:30 UTC", "2026-10-25 01:30 UTC"]


def test_a_tick_is_a_field_only_where_we_wrote_it():
    fields = shaped(item("a", done=AT))
    ours, theirs = Marker("plan/a", 2, imprint(fields)), Marker("plan/a", 1, imprint({**fields, "done": ""}))
    task = {**sent(item("a")), "checked": True, "completed_at": AT.isoformat()}

    assert remote("1", task, ours, (HOME,)).fields["done"] == done_text(AT) == "done 2026-01-05 18:00:00 UTC"
    assert remote("1", task, theirs, (HOME,)).fields["done"] == ""
    assert remote("1", task, theirs, (HOME,)).done == AT
    assert remote("1", {**task, "completed_at": None}, theirs, (HOME,)).done is True
    assert remote("1", {**task, "checked": False}, ours, (HOME,)).fields["done"] == ""


def test_completing_says_when_where_that_is_known():
    assert done_argument(done_text(datetime(2026, 1, 5, 20, 59, 1, 999, UTC))) == {
        "date_completed": "2026-01-05T20:59:01Z"
    }
    assert done_argument(done_text(True)) == {}
