"""On how many days in a row something was done, and which days may pass without breaking it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.app.streaks import midnight, streak, streaks
from sync.ledger.facts import Facts, Work
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger

NAIROBI = ZoneInfo("Africa/Nairobi")
TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)


def days(*back: int) -> set[date]:
    """Days by how long ago they are."""
    return {TODAY - number * DAY for number in back}


def due(back: int, *, total: int = 1, done: int = 0, done_back: int = 0) -> Work:
    """Work that was due so many days ago, and when the last of it was done."""
    last = datetime.combine(TODAY - done_back * DAY, datetime.min.time(), NAIROBI) + timedelta(hours=9)
    until = TODAY - (back - 1) * DAY
    return Work(
        None, until, total, done, last.astimezone(UTC).isoformat(timespec="microseconds") if done else ""
    )


def length(active: set[date], *work: Work) -> int:
    return streak(active.__contains__, work, TODAY, NAIROBI)


DAILY = tuple(due(back) for back in range(-3, 12))


@pytest.mark.parametrize(
    ("active", "expected"),
    [
        (days(), 0),
        (days(0), 1),
        (days(1), 1),
        (days(0, 1, 2), 3),
        (days(1, 2, 3), 3),
        (days(2, 3), 0),
        (days(0, 2, 3), 1),
        (days(-1), 0),
    ],
    ids=["never", "today", "yesterday", "three", "not yet today", "broken", "broken before", "tomorrow"],
)
@pytest.mark.parametrize("work", [DAILY, ()], ids=["work each day", "without dates"])
def test_a_streak_ends_today_or_yesterday(active, expected, work):
    assert length(active, *work) == expected


def test_a_day_with_nothing_due_breaks_nothing():
    weekdays = [each for each in DAILY if each.until is not None and (each.until - DAY).weekday() < 5]
    assert TODAY.weekday() == 4
    assert length(days(0, 1, 2, 3, 4, 7, 8), *weekdays) == 7
    assert length(days(0, 1, 2, 3, 7, 8), *weekdays) == 4


def test_a_day_whose_work_was_done_before_it_breaks_nothing():
    ahead = [due(back) for back in (0, 3)] + [due(2, done=1, done_back=3), due(1, done=1, done_back=3)]
    assert length(days(0, 3), *ahead) == 2


@pytest.mark.parametrize(
    "work", [due(1, total=2, done=1, done_back=3), due(1, done=1, done_back=0)], ids=["in part", "afterwards"]
)
def test_a_day_whose_work_was_not_done_before_it_breaks_a_streak(work):
    assert length(days(0, 2, 3), due(3), work, due(0)) == 1


def test_before_the_plan_begins_and_after_it_ends_every_day_counts():
    assert length(days(0, 1, 3), due(1)) == 2
    assert length(days(2, 3), due(3), due(2)) == 0
    assert length(days(2, 3), due(3), due(-2)) == 2


def test_a_day_begins_at_midnight_where_the_person_lives():
    assert midnight(date(2026, 3, 2), NAIROBI) == "2026-03-01T21:00:00.000000+00:00"


@given(active=st.sets(st.integers(0, 40)), missed=st.sets(st.integers(0, 40)))
def test_a_longer_log_never_shortens_a_streak(active, missed):
    work = [due(back) for back in missed]
    assert length(days(*active), *work) <= length(days(*active, 0), *work)


def test_each_roadmap_has_its_own_streak_and_all_together_one(tmp_path: Path):
    with open_ledger(tmp_path) as ledger:
        late = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)  # past midnight in Nairobi: the 5th
        Progress(ledger).record(
            Entry("a/day/x", "done", datetime(2026, 3, 6, 6, tzinfo=UTC), "cli"),
            Entry("b/day/x", "checkin", late, "cli", 1),
            Entry("a/day/y", "done", datetime(2026, 3, 4, 6, tzinfo=UTC), "cli"),
            Entry("elsewhere/day/y", "done", datetime(2026, 3, 3, 6, tzinfo=UTC), "cli"),
        )
        found, together = streaks(Facts(ledger), {"a": DAILY, "b": DAILY}, TODAY, NAIROBI)
    assert (found, together) == ({"a": 1, "b": 1}, 3)
