"""Which items a person means by a phase and by days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.app.choosing import agenda_days, in_phase, in_window, last_day
from sync.app.showing import Window, show
from sync.errors import UsageError
from sync.model import Block, Days, Item, Schedule
from tests.desk import TODAY, Desk
from tests.invented import DATED, EVENINGS, PHASED, UNTITLED, WEEK

LONG = timedelta(days=14)


def read(desk: Desk, *texts: str) -> list[Schedule]:
    names = [str(desk.write(f"plan-{at}.md", text)) for at, text in enumerate(texts)]
    return show(desk.world(), names, Window())[1]


# --- phases ---


@pytest.mark.parametrize(
    "words", ["2", "plan-0/phase-2/period", "Phase 2: planting", "  phase 2: PLANTING ", "phase 2"]
)
def test_a_phase_is_named_by_number_key_or_title(desk, words):
    items = in_phase(read(desk, PHASED), words)
    assert [item.title for item in items] == ["Phase 2: planting", "sow the beans"]


def test_the_number_that_the_text_gives_a_phase_goes_before_its_place(desk):
    later = PHASED.replace("Phase 2", "Phase 3").replace("Phase 1", "Phase 2")
    assert in_phase(read(desk, later), "2")[0].title == "Phase 2: clearing"
    assert in_phase(read(desk, later), "1")[0].title == "Phase 2: clearing"


@pytest.mark.parametrize("words", ["1", "plan-0", "sketching in a week"])
def test_a_document_without_phases_is_one(desk, words):
    assert len(in_phase(read(desk, WEEK), words)) == 7


def test_a_phase_that_none_has_is_answered_with_those_there_are(desk):
    with pytest.raises(UsageError) as refused:
        in_phase(read(desk, PHASED, WEEK), "9")
    assert refused.value.hint == "Phases here: Phase 1: clearing; Phase 2: planting."
    with pytest.raises(UsageError) as refused:
        in_phase(read(desk, WEEK), "9")
    assert refused.value.hint == "No roadmap here has phases."


def test_of_many_phases_only_some_are_named(desk):
    many = "# Years\n" + "".join(f"\n## Phase {n}: part {n}\n- [ ] work {n}\n" for n in range(1, 12))
    with pytest.raises(UsageError) as refused:
        in_phase(read(desk, many), "99")
    assert refused.value.hint.endswith("Phase 8: part 8, and more.")


# --- days ---


def test_without_bounds_everything_is_inside(desk):
    (schedule,) = read(desk, WEEK)
    assert in_window(schedule.items, None, None) == list(schedule.items)


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [
        (date(2026, 3, 30), None, ["order the trees"]),
        (None, date(2026, 3, 2), ["Week 1", "Measure the plot"]),
        (date(2026, 3, 8), date(2026, 3, 8), ["Week 1"]),
        (date(2026, 4, 1), None, []),
    ],
)
def test_bounds_are_inclusive_and_may_be_open(desk, first, last, titles):
    (schedule,) = read(desk, DATED)
    assert [item.title for item in in_window(schedule.items, first, last)] == titles


def test_a_series_is_inside_where_an_occurrence_is(desk):
    (schedule,) = read(desk, EVENINGS)
    saturday, sunday = date(2026, 3, 7), date(2026, 3, 8)
    assert {item.title for item in in_window(schedule.items, saturday, sunday)} == {"orchestra"}
    assert in_window(schedule.items, sunday, sunday) == []


def test_a_window_that_ends_before_it_begins_is_refused(desk):
    (schedule,) = read(desk, DATED)
    with pytest.raises(UsageError, match="2026-03-01 is before 2026-03-02"):
        in_window(schedule.items, date(2026, 3, 2), date(2026, 3, 1))


def test_what_ends_at_midnight_does_not_touch_the_next_day(desk):
    (item, *_) = read(desk, UNTITLED)[0].items
    zone = ZoneInfo("Africa/Nairobi")

    def ending(day: int, hour: int) -> Item:
        begin = datetime(2026, 3, 3, 22, tzinfo=zone)
        return replace(item, span=Block(begin, datetime(2026, 3, day, hour, tzinfo=zone), "Africa/Nairobi"))

    assert last_day(ending(4, 0)) == date(2026, 3, 3)
    assert last_day(ending(4, 1)) == date(2026, 3, 4)


# --- agendas ---


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, (TODAY, TODAY + LONG)),
        (date(2026, 5, 1), None, (date(2026, 5, 1), date(2026, 5, 15))),
        (None, date(2026, 3, 9), (TODAY, date(2026, 3, 9))),
        (None, date(2026, 1, 20), (date(2026, 1, 6), date(2026, 1, 20))),
        (date(2026, 1, 1), date(2026, 1, 2), (date(2026, 1, 1), date(2026, 1, 2))),
    ],
)
def test_an_agenda_begins_today_and_goes_on_for_two_weeks_unless_asked(first, last, days):
    assert agenda_days([], TODAY, first, last, whole=False) == days


def test_an_agenda_of_a_phase_covers_all_of_it(desk):
    items = in_phase(read(desk, PHASED), "2")
    assert agenda_days(items, TODAY, None, None, whole=True) == (date(2026, 3, 16), date(2026, 3, 29))
    assert agenda_days(items, TODAY, TODAY, None, whole=True) == (TODAY, TODAY + LONG)
    assert agenda_days([], TODAY, None, None, whole=True) == (TODAY, TODAY + LONG)


def test_an_agenda_of_a_series_covers_its_occurrences(desk):
    (schedule,) = read(desk, EVENINGS)
    assert agenda_days(schedule.items, TODAY, None, None, whole=True) == (date(2026, 3, 2), date(2026, 3, 27))
    assert isinstance(read(desk, DATED)[0].items[0].span, Days)
