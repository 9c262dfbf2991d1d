"""A push that is cut off, at every request and in both ways: the next run settles, and nothing is doubled."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from sync.errors import RetryLater, RoadmapSyncError
from sync.model import Item
from sync.sandbox import Sandbox
from sync.sandbox.faults import LOST_PART, RESET, TRUNCATED, TWICE, Fault, html
from sync.targets.google_calendar import batch
from tests.targets.google.desk import Desk, actions, days, reworded
from tests.targets.google.hands import GoogleWorld, marker_key


def first_push(desk: Desk) -> list[Item]:
    return days(5)


def no_calendar(desk: Desk) -> list[Item]:
    desk.world.google.user_delete_calendar(desk.world.calendar)
    desk.world.choices["calendar_id"] = ""
    return days(5)


def change(desk: Desk) -> list[Item]:
    """Something of every kind: new, changed, dropped, and again what we once deleted ourselves."""
    desk.push(days(4))
    desk.push(days(3))
    return [*reworded(days(5), 1, title="New", notes="Notes")[1:], *days(6)[5:]]


BEGINNINGS = (first_push, no_calendar, change)


def living(world: GoogleWorld) -> dict[str, str]:
    """Title by key; a key that comes twice is an error."""
    found = [each for each in world.marked() if each["status"] != "cancelled"]
    assert len(found) == len({marker_key(each) for each in found}), "doubled"
    return {marker_key(each): each["summary"] for each in found}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST", 2)


@pytest.mark.parametrize(
    ("fault", "begin"),
    # a network that doubles the making of a calendar has made two: no client can help that
    [
        pair
        for pair in product([RESET, TRUNCATED, html(503), TWICE], BEGINNINGS)
        if pair != (TWICE, no_calendar)
    ],
)
@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after it"])
def test_cut_off_at_any_request_the_next_run_settles(
    box: Sandbox, tmp_path: Path, fault: Fault, after: object, begin: Callable[[Desk], list[Item]]
):
    at, struck = 0, True
    while struck:
        at += 1
        world = GoogleWorld(box)
        desk = Desk(world, tmp_path / str(at), tries=1)
        items = begin(desk)
        world.google.log.clear()
        world.google.faults.add(fault, at=at, after=bool(after))
        cut = _pushed(desk, items)
        struck = any(each.fault for each in world.google.log.requests)
        world.google.faults.clear()
        _note_the_calendar(world)
        if cut:
            desk.push(items)
            _note_the_calendar(world)

        assert living(world) == {each.key: f"☐ {each.title}" for each in items}
        assert actions(desk.plan(items)) == {}
        assert len([each for each in box.google.account.calendars.values() if not each.deleted]) == 2
        world.google.user_delete_calendar(world.calendar)
        world.close()
    assert at > 4


def _note_the_calendar(world: GoogleWorld) -> None:
    """Do what a use case does with the id that it is told."""
    if world.found:
        world.calendar = world.choices["calendar_id"] = world.found[-1]


def _pushed(desk: Desk, items: list[Item]) -> bool:
    """Push, and tell whether the run was cut off."""
    try:
        outcome = desk.push(items)
    except RoadmapSyncError:
        return True
    assert outcome.stopped is None or isinstance(outcome.stopped, RetryLater)
    return outcome.stopped is not None


@pytest.mark.parametrize("fault", [RESET, html(500), LOST_PART])
def test_within_a_run_it_is_sent_again_and_nobody_notices(world, tmp_path, fault):
    desk = Desk(world, tmp_path)
    part = 1 if fault is LOST_PART else None
    world.google.faults.add(fault, at=1 if part else 2, after=True, part=part)
    outcome = desk.push(days(5))

    assert (outcome.done, outcome.failed, outcome.stopped) == (5, (), None)
    assert len(living(world)) == 5
    assert len(desk.slept) == 1
