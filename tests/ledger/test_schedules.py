"""The last reading is kept as status and done need it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.ledger.facts import Facts, Tally
from sync.ledger.keys import Key, Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.schedules import Planned, Schedules
from sync.ledger.store import Ledger
from sync.model import Block, Days, Item, Kind, Recurrence, Schedule, Source, Span
from sync.planning.days import day_after

NAIROBI = ZoneInfo("Africa/Nairobi")
MONDAY = date(2026, 1, 5)


def item(name: str, span: Span | None = None, **more: object) -> Item:
    fields: dict[str, object] = {
        "key": f"plan/{name}",
        "uid": name,
        "roadmap": "plan",
        "phase": "plan/phase-1",
        "path": (),
        "kind": Kind.TASK,
        "title": name.title(),
        "notes": "",
        "span": span,
        "source": Source("plan.md", 1, 1),
        "tick": True,
    }
    return Item(**(fields | more))  # type: ignore[arg-type]  # a test's shorthand


def day(number: int, length: int = 1) -> Days:
    first = MONDAY + timedelta(days=number - 1)
    return Days(first, first + timedelta(days=length))


def evening(number: int, hours: int = 2) -> Block:
    begin = datetime(2026, 1, 4 + number, 19, tzinfo=NAIROBI)
    return Block(begin, begin + timedelta(hours=hours), "Africa/Nairobi")


def plan(*items: Item, slug: str = "plan") -> Schedule:
    return Schedule(slug, "The Plan", "plan.md", "Africa/Nairobi", MONDAY, date(2026, 3, 1), items, (), ())


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


def ticked(ledger: Ledger, *names: str, hour: int = 12) -> None:
    at = datetime(2026, 1, 7, hour, tzinfo=NAIROBI)
    Progress(ledger).record(*(Entry(f"plan/{name}", "done", at, "cli") for name in names))


@pytest.fixture
def week(schedules: Schedules, ledger: Ledger) -> Facts:
    """Wednesday of a week: one done, one late, one due, one to come, one without a date, one not to tick."""
    schedules.save(
        plan(
            item("done", day(1)),
            item("late", day(2)),
            item("today", evening(3)),
            item("span", day(2, 4)),
            item("someday"),
            item("banner", day(1, 7), tick=False),
            item("next-phase", day(9), phase="plan/phase-2"),
        ),
        "stamp",
    )
    ticked(ledger, "done")
    return Facts(ledger)


WEDNESDAY = date(2026, 1, 7)


def test_the_tally_counts_what_is_to_be_ticked_phase_by_phase(week: Facts):
    assert week.tallies(WEDNESDAY) == [
        Tally("plan", "plan/phase-1", done=1, total=5, late=1, due_today=1),
        Tally("plan", "plan/phase-2", done=0, total=1, late=0, due_today=0),
    ]


def test_due_late_and_coming_are_told_apart(week: Facts):
    assert [found.key for found in week.due("plan", WEDNESDAY)] == ["plan/today"]
    assert [found.key for found in week.late("plan", WEDNESDAY)] == ["plan/late"]
    assert [found.key for found in week.coming("plan", WEDNESDAY)] == ["plan/span"]
    assert [found.key for found in week.coming("plan", WEDNESDAY, limit=5)] == [
        "plan/span",
        "plan/next-phase",
    ]


def test_the_day_of_a_tick_is_the_day_in_the_users_zone(week: Facts, ledger: Ledger):
    ticked(ledger, "today", hour=1)  # still Tuesday in UTC

    assert week.done_days("plan", NAIROBI) == {WEDNESDAY: 2}


def test_an_item_is_found_by_its_key_or_a_part_of_title_or_key(week: Facts):
    assert [(slug, found.key) for slug, found in week.find("plan/late")] == [("plan", "plan/late")]
    assert [found.key for _, found in week.find("TODAY")] == ["plan/today"]
    assert [found.key for _, found in week.find("next-ph")] == ["plan/next-phase"]
    assert week.find("100%_nothing") == []


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
