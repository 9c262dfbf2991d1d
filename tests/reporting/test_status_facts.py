"""How far, how late, how fast: the arithmetic of `status`."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.app.status import Survey
from sync.ledger.facts import Work
from sync.reporting.status.facts import Account, Pace, Phase, Tally, accounts, current, pace, tally, totals
from tests.reporting.standings import DAY, TODAY, figures, planned, removed, work

NAIROBI = ZoneInfo("Africa/Nairobi")


def account(**more: Any) -> Account:
    (made,) = accounts(Survey([figures(**more)], TODAY, NAIROBI, Path("roadmaps")))
    return made


# --- counts ---


def test_open_work_is_late_due_today_to_come_or_undated():
    counted = tally([work(-1, 3, 1), work(0, 2, 1), work(1, 4), work(None, 5, 2)], TODAY)
    assert counted == Tally(done=4, total=14, late=2, due_today=1, undated=3)


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (199, 200, 99), (200, 200, 100)]
)
def test_only_what_is_done_in_full_is_a_hundred_per_cent(done, total, percent):
    assert Tally(done, total).percent == percent


def test_all_roadmaps_together_are_their_sums():
    some = [figures(work=[work(-1, 2, 1)]), figures(work=[work(0, 3)], removed=[removed("x", 1)])]
    survey = Survey(some, TODAY, NAIROBI, Path("roadmaps"), streak=4)
    everything = totals(survey, accounts(survey))
    assert everything == (Tally(1, 5, 1, 3, 0), 1, 4)


# --- pace ---


DAILY = tuple(work(day, 1) for day in range(-5, 6))


def with_done(number: int) -> list[Work]:
    """A plan of one item a day for eleven days around today, the first ones done."""
    return [each._replace(done=int(at < number)) for at, each in enumerate(DAILY)]


@pytest.mark.parametrize(
    ("done", "days"),
    [(0, -5), (3, -2), (4, -1), (5, 0), (6, 0), (7, 1), (9, 3), (11, 5)],
    ids=["nothing", "two days", "all but yesterday's", "today's left", "on plan", "one", "three", "all"],
)
def test_pace_is_counted_in_days_of_the_plan(done, days):
    assert pace(with_done(done), TODAY) == Pace(days, 5, done)


def test_pace_asks_how_much_is_done_and_not_what():
    later = [work(-1, 1), work(3, 1, 1)]
    assert pace(later, TODAY) == Pace(0, 1, 1)


def test_ahead_is_who_has_finished_a_later_day_and_not_begun_it():
    assert pace([work(0, 1, 1), work(1, 3, 1)], TODAY) == Pace(0, 0, 2)
    assert pace([work(0, 1, 1), work(1, 3, 3)], TODAY) == Pace(1, 0, 4)


def test_a_weekend_without_work_puts_nobody_ahead():
    assert pace([work(0, 1, 1), work(3, 1)], TODAY) == Pace(0, 0, 1)


def test_what_has_no_date_has_no_pace():
    assert pace([work(None, 4, 2)], TODAY) is None
    assert pace([work(None, 4, 4), work(-1, 1)], TODAY) == Pace(-1, 1, 0)


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 3)), min_size=1), st.integers(0, 60))
def test_nobody_is_behind_with_as_much_done_as_was_due_and_nobody_ahead_with_less(plan, done):
    """Checked by walking through the days one by one."""
    due = [day for day, total in plan for _ in range(total)]
    done = min(done, len(due))
    found = pace([*(work(day, 1) for day in due), work(30, done, done)], TODAY)
    due += [30] * done
    assert found is not None
    before, by_today = sum(day < 0 for day in due), sum(day <= 0 for day in due)
    if done < before:
        assert found.days == next(day for day in range(-20, 0) if sum(each <= day for each in due) > done)
    elif done <= by_today:
        assert found.days == 0
    else:
        full = [day for day in due if day > 0 and sum(each <= day for each in due) <= done]
        assert found.days == max(full, default=0)


# --- phases ---


def phase(name: str, first: int | None, last: int | None) -> Phase:
    days = [None if each is None else TODAY + each * DAY for each in (first, last)]
    return Phase(name, name, days[0], days[1], Tally())


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ([phase("a", -9, -1), phase("b", 0, 9)], "b"),
        ([phase("a", -9, 0), phase("b", 1, 9)], "a"),
        ([phase("c", 20, 29), phase("b", 5, 9)], "b"),
        ([phase("b", -9, -5), phase("a", -20, -10)], "b"),
        ([phase("a", None, None), phase("b", 3, 4)], "b"),
        ([phase("a", None, None), phase("b", None, None)], "a"),
    ],
    ids=["begins today", "ends today", "the next one", "the last one", "undated beside", "undated"],
)
def test_the_current_phase_holds_today_else_comes_next_else_was_last(phases, expected):
    assert current(phases, TODAY).key == expected


def test_work_is_counted_to_its_phase_and_a_roadmap_without_phases_is_one():
    heads = [(planned("one", -5, days=6, kind="period", phase="plan/one"), False)]
    told = account(points=heads, work=[work(-1, 2, 1, phase="plan/one"), work(0, 1, phase="plan/two")])
    assert [(each.key, each.first, each.last, each.tally) for each in told.phases] == [
        ("plan/one", TODAY - 5 * DAY, TODAY, Tally(1, 2, 1)),
    ]  # fmt: skip
    (whole,) = account(work=[work(0, 2)]).phases
    assert (whole.key, whole.title, whole.tally) == ("plan", "The Plan", Tally(0, 2, 0, 2))


# --- what comes ---


def test_next_is_the_step_or_the_milestone_whichever_is_nearer():
    step, milestone = planned("step", 2), planned("exam", 1, kind="milestone")
    assert account(coming=[step]).next == step
    assert account(points=[(milestone, False)]).next == milestone
    told = account(coming=[step], points=[(milestone, False), (planned("essay", 4, kind="deadline"), False)])
    assert (told.next, told.step, told.milestone) == (milestone, step, milestone)
    assert account().next is None


def test_a_step_of_the_same_day_comes_by_the_clock():
    early, late = planned("early", 1, hour=9), planned("late", 1, hour=19, kind="milestone")
    assert account(coming=[early], points=[(late, False)]).next == early


@pytest.mark.parametrize(
    "point",
    [
        (planned("exam", 1, kind="milestone"), True),
        (planned("exam", -1, kind="milestone"), False),
        (planned("exam", None, kind="milestone"), False),
        (planned("gone", 1, kind="milestone"), False),
        (planned("phase", 1, kind="period", phase="plan/phase"), False),
    ],
    ids=["reached", "past", "undated", "removed by hand", "a phase"],
)
def test_the_next_milestone_is_open_and_still_to_come(point):
    assert account(points=[point], removed=[removed("gone", 1, work=False)]).milestone is None


def test_what_is_due_today_is_told_apart_from_what_comes():
    today, later = planned("today", 0), planned("later", 1)
    told = account(coming=[today, later])
    assert (told.today, told.step) == ([today], today)


# --- begin and end ---


def test_a_roadmap_begins_with_its_first_day_and_ends_with_its_last():
    assert account(start=TODAY, last=TODAY + DAY).first == TODAY
    told = account(work=[work(-3, 1), work(4, 1)], start=None, last=TODAY + DAY)
    assert (told.first, told.last) == (TODAY - 3 * DAY, TODAY + 4 * DAY)
    heads = [(planned("one", -9, days=20, kind="period", phase="plan/one"), False)]
    assert account(work=[work(4, 1)], points=heads, start=None, last=None).first == TODAY - 9 * DAY
    assert account(start=None, last=None)[2:4] == (None, None)


def test_only_work_that_was_removed_is_counted_as_removed():
    assert account(removed=[removed("a", 1), removed("b", 1, work=False)]).removed == 1
