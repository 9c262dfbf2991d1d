"""What `status` and `done` ask of the ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sync.ledger.bindings import Bindings
from sync.ledger.facts import CheckIns, Facts, Work
from sync.ledger.keys import Key, Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.schedules import Schedules
from sync.ledger.sights import Sight, Sights, ticked_on
from sync.ledger.store import Ledger
from sync.model import Kind
from sync.planning.witnesses import Binding
from sync.remote import imprint
from tests.ledger.plans import MONDAY, NAIROBI, day, evening, item, plan, ticked

WEDNESDAY = date(2026, 1, 7)
NOON = "2026-01-07T09:00:00.000000+00:00"
"""Noon of Wednesday in Nairobi, as the ledger writes it."""


def pushed(ledger: Ledger, target: str, name: str, *, seen: bool | None = None, **fields: str) -> None:
    """Bind an item to a target; `seen` is whether it was there at the last look, None before any."""
    key, prints = f"plan/{name}", imprint({"title": name, **fields})
    Bindings(ledger, target).remember([Binding(key, "plan", None, name, name, 1, prints)])
    if seen is not None:
        Sights(ledger, target).note({key: Sight(seen, "", prints)})


@pytest.fixture
def facts(ledger: Ledger) -> Facts:
    """Wednesday of a week: one done, one late, one due, one to come, one without a date, one not to tick."""
    items = (
        item("phase-1", day(1, 7), key="plan/phase-1", kind=Kind.PERIOD, tick=False),
        item("done", day(1)),
        item("late", day(2)),
        item("today", evening(3)),
        item("span", day(2, 4)),
        item("someday"),
        item("next-phase", day(9), phase="plan/phase-2"),
        item("exam", day(5), kind=Kind.MILESTONE, tick=False),
        item("essay", day(6), kind=Kind.DEADLINE, tick=False),
    )
    Schedules(ledger).save(plan(*items), "stamp")
    ticked(ledger, "done")
    return Facts(ledger)


def test_work_is_counted_by_phase_and_by_the_day_it_is_due(facts):
    assert facts.work("plan") == [
        Work("plan/phase-1", None, 1, 0, ""),
        Work("plan/phase-1", date(2026, 1, 6), 1, 1, NOON),
        Work("plan/phase-1", date(2026, 1, 7), 1, 0, ""),
        Work("plan/phase-1", date(2026, 1, 8), 1, 0, ""),
        Work("plan/phase-1", date(2026, 1, 10), 1, 0, ""),
        Work("plan/phase-2", date(2026, 1, 14), 1, 0, ""),
    ]


def test_an_item_that_was_opened_again_does_not_tell_when_it_was_done(facts, ledger):
    Progress(ledger).record(Entry("plan/done", "undone", datetime(2026, 1, 8, tzinfo=UTC), "cli"))
    assert facts.work("plan")[1] == Work("plan/phase-1", date(2026, 1, 6), 1, 0, "")


def test_open_items_are_late_or_to_come(facts):
    assert [each.key for each in facts.open_until("plan", WEDNESDAY, 5)] == ["plan/late"]
    coming = [each.key for each in facts.open_after("plan", WEDNESDAY, 5)]
    assert coming == ["plan/today", "plan/span", "plan/next-phase"]
    assert [each.key for each in facts.open_after("plan", WEDNESDAY, 1)] == ["plan/today"]


def test_points_are_phases_milestones_and_deadlines(facts, ledger):
    ticked(ledger, "exam")
    assert [(each.key, done) for each, done in facts.points("plan")] == [
        ("plan/phase-1", False), ("plan/exam", True), ("plan/essay", False),
    ]  # fmt: skip


def test_work_is_counted_apart_from_milestones(facts, ledger):
    ticked(ledger, "exam")
    assert facts.done_of("plan", work=True) == (1, 6)
    assert facts.done_of("plan", work=False) == (1, 2)


def test_an_item_is_found_by_its_key_or_a_part_of_title_or_key(facts):
    assert [(slug, found.key) for slug, found in facts.find("plan/late")] == [("plan", "plan/late")]
    assert [found.key for _, found in facts.find("TODAY")] == ["plan/today"]
    assert [found.key for _, found in facts.find("next-ph")] == ["plan/next-phase"]
    assert facts.find("100%_nothing") == []


@pytest.mark.parametrize("typed", ["über", "ÉCOLE", "Überarbeiten: éc"])
def test_an_item_is_found_whatever_the_case_of_letters_beyond_ascii(ledger, typed):
    Schedules(ledger).save(plan(item("school", day(1), title="Überarbeiten: École")), "stamp")
    assert [found.title for _, found in Facts(ledger).find(typed)] == ["Überarbeiten: École"]
    assert Facts(ledger).find(f"{typed} ä") == []


# --- removed by hand ---


def test_what_was_removed_by_hand_is_told_unless_it_is_done(facts, ledger):
    for name in ("late", "done", "exam"):
        pushed(ledger, "google", name, seen=False)
    assert [(each.slug, each.key, each.until, each.work) for each in facts.removed()] == [
        ("plan", "plan/exam", date(2026, 1, 10), False), ("plan", "plan/late", WEDNESDAY, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "removed"),
    [(True, []), (None, []), (False, ["plan/late"])],
    ids=["there", "not looked at", "gone"],
)
def test_what_was_removed_from_one_target_counts_where_another_still_has_it(facts, ledger, seen, removed):
    pushed(ledger, "google", "late", seen=False)
    pushed(ledger, "todoist", "late", seen=seen)
    assert [each.key for each in facts.removed()] == removed


def test_what_we_took_away_ourselves_was_not_removed_by_hand(facts, ledger):
    pushed(ledger, "google", "late", seen=False)
    Bindings(ledger, "google").forget(["plan/late"])
    assert facts.removed() == []


def test_what_was_made_anew_is_there_until_it_is_looked_at(facts, ledger):
    pushed(ledger, "google", "late", seen=False)
    Sights(ledger, "google").forget(["plan/late"])
    assert facts.removed() == []


# --- ticks and check-ins ---


@pytest.mark.parametrize(
    ("begin", "end", "slugs"),
    [("2026-01-07T09", "2026-01-07T10", {"plan"}), (NOON, NOON, set()), ("2026-01-07T10", "2027", set())],
    ids=["inside", "the end is not included", "after it"],
)
def test_a_tick_makes_its_roadmap_active_at_its_moment(facts, begin, end, slugs):
    assert facts.active(begin, end) == slugs


def test_a_tick_that_was_taken_back_makes_nothing_active_and_a_checkin_does(facts, ledger):
    Progress(ledger).record(Entry("plan/done", "undone", datetime(2026, 1, 8, tzinfo=UTC), "cli"))
    assert facts.active("2026", "2027") == set()
    Progress(ledger).record(Entry("plan/done", "checkin", datetime(2026, 1, 9, tzinfo=UTC), "cli", 1))
    assert facts.active("2026", "2027") == {"plan"}


def test_a_tick_counts_on_the_day_of_its_first_report_alone(facts, ledger):
    ticked(ledger, "done", hour=20)
    assert facts.active("2026-01-07T10", "2027") == set()


def checked_in(ledger: Ledger, name: str, days: int, *said: object) -> None:
    at = datetime(2026, 1, 7, 12, tzinfo=NAIROBI) + timedelta(days=days)
    Progress(ledger).record(Entry(name, "checkin", at, "cli", *said))  # type: ignore[arg-type]  # shorthand


def test_checkins_add_up(facts, ledger):
    checked_in(ledger, "plan/late", -9, 2.0, 4, "slow")
    checked_in(ledger, "plan/today", 0, 1.5, 7, "better")
    checked_in(ledger, "plan/someday", -1, None, None, "")
    assert facts.checkins("plan", "2026-01-05") == CheckIns(3, 3.5, 1.5, 5.5, "better")
    assert [(each.title, each.note) for each in facts.said("plan")] == [
        ("Today", "better"), ("Someday", ""), ("Late", "slow"),
    ]  # fmt: skip


def test_a_roadmap_without_checkins_has_none(facts, ledger):
    checked_in(ledger, "planning/x", 0, 1.0)
    checked_in(ledger, "plan", 0, 1.0)
    assert facts.checkins("plan", "2026") is None
    assert facts.said("plan") == []


def test_checkins_may_say_nothing_but_hours(facts, ledger):
    checked_in(ledger, "plan/late", 0, 2.0)
    assert facts.checkins("plan", "2026") == CheckIns(1, 2.0, 2.0, None, "")


def test_what_left_the_text_and_what_had_another_slug_still_counts(facts, ledger):
    Keys(ledger).remember("old", [Key("old/day-1/gone", "day-1", "task", "Gone", "Gone for good")])
    checked_in(ledger, "plan/never-heard-of", 0, 1.0)
    checked_in(ledger, "old/day-1/gone", 1, 2.0, None, "before")
    Keys(ledger).rename("old", "plan")
    sums = facts.checkins("plan", "2026")
    assert sums is not None
    assert (sums.hours, sums.note) == (3.0, "before")
    assert [each.title for each in facts.said("plan")] == ["Gone for good", "plan/never-heard-of"]
    assert facts.active("2026-01-08", "2026-01-09") == {"plan"}


# --- where a tick is ---


def test_a_tick_is_where_it_was_seen_or_written(facts, ledger):
    pushed(ledger, "google", "late", seen=True)
    pushed(ledger, "ics", "late", seen=True, done="done 2026-01-07")
    pushed(ledger, "todoist", "late")
    Sights(ledger, "todoist").note({"plan/late": Sight(True, NOON, "")})
    pushed(ledger, "zoho", "late", seen=False, done="done 2026-01-07")
    assert ticked_on(ledger, "plan/late") == ["ics", "todoist"]
    assert ticked_on(ledger, "plan/today") == []


def test_heads_tell_of_every_roadmap(facts, ledger):
    (head,) = Schedules(ledger).heads()
    assert head == ("plan", "The Plan", "plan.md", MONDAY, date(2026, 3, 1))
