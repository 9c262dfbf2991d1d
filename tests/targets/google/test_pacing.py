"""The quota of a minute is never used up by us alone."""

import pytest

from sync.targets.google_calendar.pacing import BURST, Pace
from tests.targets.google.desk import days

QUOTA = 600


class Clock:
    def __init__(self) -> None:
        self.time = 0.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_small_push_does_not_wait(clock):
    pace = Pace(clock, clock.sleep)
    pace.take(50)
    pace.take(50)

    assert clock.naps == []


def test_a_large_one_never_spends_the_quota_of_any_minute(clock):
    pace = Pace(clock, clock.sleep)
    sent: list[tuple[float, int]] = []
    for _ in range(100):
        pace.take(50)
        sent.append((clock.time, 50))

    worst = max(sum(n for at, n in sent if begin <= at < begin + 60) for begin, _ in sent)
    assert QUOTA * 0.7 < worst < QUOTA
    assert len(clock.naps) == 98


def test_time_that_passes_by_itself_counts(clock):
    pace = Pace(clock, clock.sleep)
    pace.take(int(BURST))
    clock.time += 3600
    pace.take(int(BURST))

    assert clock.naps == []


def test_a_target_takes_every_call_of_a_batch_from_its_pace(desk, world, clock):
    taken: list[int] = []

    class Counted(Pace):
        def take(self, calls: int) -> None:
            taken.append(calls)
            super().take(calls)

    world.pace = Counted(clock, clock.sleep)
    desk.push(days(120))

    assert taken == [1, 50, 50, 20]
    assert clock.naps


def test_the_first_wait_is_told_and_those_after_it_are_not(clock):
    told: list[str] = []
    pace = Pace(clock, clock.sleep, told.append)
    pace.take(100)
    pace.take(1)
    assert told == []
    pace.take(50)
    pace.take(50)
    assert len(clock.naps) == 3
    assert told == [
        "Google Calendar takes 7 changes a second; going on in 7 s, and at that pace from then on."
    ]
