"""The last reading is kept as status and done need it."""

from datetime import date

import pytest

from sync.ledger.keys import Key, Keys
from sync.ledger.progress import Progress
from sync.ledger.schedules import Planned, Schedules
from sync.ledger.store import Ledger
from sync.model import Kind, Recurrence, Span
from sync.planning.days import day_after
from tests.ledger.plans import MONDAY, day, evening, item, plan, ticked


@pytest.fixture
def schedules(ledger: Ledger) -> Schedules:
    return Schedules(ledger)


def test_a_saved_reading_is_loaded_as_it_was(schedules: Schedules):
    block = evening(2)
    schedules.save(
        plan(
            item("read", day(1, 3)),
            item("call", block, tick=False, minutes=120, parent="plan/read"),
            item("someday"),
        ),
        "stamp-1",
    )
    snapshot = schedules.load("plan")

    assert snapshot is not None
    assert snapshot[:7] == (
        "plan",
        "The Plan",
        "plan.md",
        "Africa/Nairobi",
        MONDAY,
        date(2026, 3, 1),
        "stamp-1",
    )
    assert snapshot.items == (
        Planned("plan/read", "plan/phase-1", Kind.TASK, "Read", MONDAY, date(2026, 1, 8), True, None, None),
        Planned(
            "plan/call",
            "plan/phase-1",
            Kind.TASK,
            "Call",
            block.begin,
            date(2026, 1, 7),
            False,
            120,
            "plan/read",
        ),
        Planned("plan/someday", "plan/phase-1", Kind.TASK, "Someday", None, None, True, None, None),
    )


def test_a_new_reading_takes_the_place_of_the_last(schedules: Schedules):
    schedules.save(plan(item("read", day(1)), item("write", day(2))), "one")
    schedules.save(plan(item("read", day(1)), slug="other"), "other")
    schedules.save(plan(item("write", day(3))), "two")
    snapshot = schedules.load("plan")

    assert schedules.stamps() == {"plan": ("plan.md", "two"), "other": ("plan.md", "other")}
    assert snapshot is not None
    assert [planned.key for planned in snapshot.items] == ["plan/write"]


def test_a_roadmap_never_read_or_dropped_has_no_snapshot(schedules: Schedules):
    assert schedules.load("plan") is None
    schedules.save(plan(item("read", day(1))), "one")
    schedules.drop("plan")
    assert schedules.load("plan") is None


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (None, None),
        (day(1), date(2026, 1, 6)),
        (day(28, 3), date(2026, 2, 4)),
        (evening(1), date(2026, 1, 6)),
        (evening(1, hours=5), date(2026, 1, 6)),
        (evening(1, hours=6), date(2026, 1, 7)),
        (evening(1, hours=0), date(2026, 1, 6)),
    ],
    ids=["undated", "a day", "three days", "an evening", "until midnight", "past midnight", "a moment"],
)
def test_an_item_is_over_on_the_day_after_its_last_moment(span: Span | None, expected: date | None):
    assert day_after(item("read", span)) == expected


@pytest.mark.parametrize(
    ("until", "occurrences", "open_end", "expected"),
    [
        (date(2026, 1, 31), (MONDAY, date(2026, 1, 12)), False, date(2026, 1, 13)),
        (date(2026, 1, 31), (MONDAY,), True, date(2026, 2, 1)),
        (None, (MONDAY,), True, None),
        (date(2026, 1, 31), (), False, date(2026, 2, 1)),
    ],
    ids=["last occurrence", "open with a bound", "without an end", "never taking place"],
)
def test_a_series_is_over_after_its_last_occurrence(
    until: date | None, occurrences: tuple[date, ...], open_end: object, expected: date | None
):
    series = Recurrence("FREQ=WEEKLY", MONDAY, until, occurrences, bool(open_end))

    assert day_after(item("call", evening(1), recurrence=series)) == expected


def key(name: str, latest: str = "", place: str = "day-1") -> Key:
    return Key(f"plan/{place}/{name}", place, "task", name.title(), latest or name.title())


@pytest.fixture
def keys(ledger: Ledger) -> Keys:
    return Keys(ledger)


def test_a_reworded_title_moves_and_the_first_one_stays(keys: Keys):
    keys.remember("plan", [key("read")])
    keys.remember("plan", [key("read", "Read Twice")._replace(title="Read Twice")])

    assert keys.all_keys("plan") == [Key("plan/day-1/read", "day-1", "task", "Read", "Read Twice")]


def test_a_key_that_left_is_kept_as_gone_and_comes_back_as_itself(keys: Keys):
    keys.remember("plan", [key("read"), key("write")])
    keys.remember("plan", [key("write")])
    assert [(known.title, known.gone) for known in keys.all_keys("plan")] == [
        ("Read", True),
        ("Write", False),
    ]

    keys.remember("plan", [key("read"), key("write")])
    assert [known.gone for known in keys.all_keys("plan")] == [False, False]


def test_roadmaps_do_not_see_each_others_keys(keys: Keys):
    keys.remember("plan", [key("read")])
    keys.remember("other", [])

    assert keys.all_keys("other") == []
    assert keys.owner("plan/day-1/read") == "plan"
    assert keys.owner("plan/day-1/never") is None


def test_a_renamed_roadmap_keeps_its_keys_and_history(keys: Keys, ledger: Ledger, schedules: Schedules):
    keys.remember("plan", [key("read"), key("write")])
    schedules.save(plan(item("day-1/read", day(1))), "stamp")
    ticked(ledger, "day-1/read")

    assert keys.rename("plan", "course") == 2
    assert keys.rename("course", "study") == 2
    assert keys.renames() == {"plan": "study", "course": "study"}
    assert [known.key for known in keys.all_keys("study")] == ["plan/day-1/read", "plan/day-1/write"]
    assert schedules.load("plan") is None
    assert Progress(ledger).standings().keys() == {"plan/day-1/read"}

    keys.rename("study", "plan")
    assert keys.renames() == {"course": "plan", "study": "plan"}
