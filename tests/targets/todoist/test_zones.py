"""Times in several zones: the roadmap's, the configured one, the account's, and those of former releases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sync.model import Block, Item
from sync.planning.decisions import Reason
from sync.remote import Fields, imprint
from tests.contract.orders import creation, there, write
from tests.contract.worlds import item
from tests.targets.todoist.computer import Computer, roadmap
from tests.targets.todoist.hands import ZONE, TodoistWorld

BERLIN = "Europe/Berlin"
"""Two hours behind Nairobi in January."""
NAIROBI_EVENING = "2026-01-05 19:00 Africa/Nairobi"


def evening(zone: str = ZONE, hour: int = 19) -> Item:
    """A task at this hour of 5 January 2026 in a zone."""
    begin = datetime(2026, 1, 5, hour, tzinfo=ZoneInfo(zone))
    return item("a", span=Block(begin, begin + timedelta(hours=2), zone))


@pytest.fixture
def pushed(computer: Computer) -> Computer:
    """A computer that has pushed a task for seven in the evening, Nairobi."""
    computer.push(roadmap(evening()))
    return computer


# --- another zone in the configuration ---


def test_a_roadmap_with_a_zone_of_its_own_is_the_same_in_every_configured_zone(
    pushed: Computer, world: TodoistWorld
):
    before = there(world)
    world.zone = BERLIN

    assert pushed.push(roadmap(evening()))[0].plan.steps == ()
    assert there(world) == before
    assert pushed.pull() == ()


def test_a_roadmap_in_the_configured_zone_goes_to_its_new_hour(pushed: Computer, world: TodoistWorld):
    world.zone = BERLIN

    (step,) = pushed.push(roadmap(evening(BERLIN)))[0].plan.steps

    assert step.reason is Reason.CHANGED
    assert [(each.there, each.wanted) for each in step.verdict.changes] == [
        (NAIROBI_EVENING, "2026-01-05 19:00 Europe/Berlin")
    ]
    assert world.task("plan/a")["due"]["date"] == "2026-01-05T18:00:00Z"
    assert pushed.push(roadmap(evening(BERLIN)))[0].plan.steps == ()


def test_what_a_person_moved_stays_in_every_configured_zone(pushed: Computer, world: TodoistWorld):
    world.reschedule("plan/a", {"date": "2026-01-06T20:00:00Z", "timezone": ZONE})
    assert [change.change for change in pushed.pull()] == ["moved"]
    world.zone = BERLIN

    (step,) = pushed.push(roadmap(evening(BERLIN)))[0].plan.steps

    assert step.reason is Reason.BOTH
    assert world.task("plan/a")["due"]["date"] == "2026-01-06T20:00:00Z"
    assert pushed.pull() == ()


# --- what people make of a time ---


@pytest.mark.parametrize(
    ("due", "text"),
    [
        ({"date": "2026-01-05T16:00:00Z", "timezone": ZONE}, NAIROBI_EVENING),
        ({"date": "2026-01-05T16:00:00Z", "timezone": BERLIN}, NAIROBI_EVENING),
        ({"date": "2026-01-05T19:00:00"}, NAIROBI_EVENING),
        ({"date": "2026-01-05T20:00:00"}, "2026-01-05 20:00 Africa/Nairobi"),
        ({"date": "2026-01-05T18:00:00Z", "timezone": BERLIN}, "2026-01-05 19:00 Europe/Berlin"),
        ({"date": "2026-01-05"}, "2026-01-05"),
    ],
)
def test_a_time_is_moved_where_its_moment_is_another(
    pushed: Computer, world: TodoistWorld, due: Mapping[str, str], text: str
):
    world.todoist.set_zone(ZONE)
    world.reschedule("plan/a", due)

    moved = [change.change for change in pushed.pull()]

    assert there(world)["plan/a"].fields["due"] == text
    assert moved == ([] if text == NAIROBI_EVENING else ["moved"])


def test_a_floating_time_is_one_in_the_zone_of_the_account(pushed: Computer, world: TodoistWorld):
    world.todoist.set_zone(BERLIN)
    world.reschedule("plan/a", {"date": "2026-01-05T20:00:00"})
    with_memory = pushed.pull()
    assert [change.change for change in with_memory] == ["moved"]
    assert there(world)["plan/a"].fields["due"] == "2026-01-05 20:00 Europe/Berlin"

    world.reschedule("plan/a", {"date": "2026-01-05T17:00:00"})

    assert pushed.push(roadmap(evening()))[0].plan.steps == ()


def test_a_floating_time_follows_the_account_to_another_zone(pushed: Computer, world: TodoistWorld):
    world.todoist.set_zone(ZONE)
    world.reschedule("plan/a", {"date": "2026-01-05T19:00:00"})
    assert pushed.pull() == ()
    world.todoist.set_zone(BERLIN)

    assert [change.change for change in pushed.pull()] == ["moved"]


# --- markers of the former release, which knew times without their zone ---


def wrote_formerly(world: TodoistWorld, text: str, due: Mapping[str, str]) -> None:
    """Put a task there as the former release did, which fingerprinted `text`."""
    new = creation(world, evening())
    fields = {**_fields(new.fields), "due": text}
    write(world, replace(new, marker=replace(new.marker, imprint=imprint(fields))))
    world.reschedule("plan/a", due)


def _fields(fields: Fields | None) -> Fields:
    assert fields is not None
    return fields


FORMER = [
    ("2026-01-05 19:00", {"date": "2026-01-05T16:00:00Z", "timezone": ZONE}),
    ("2026-01-05 17:00", {"date": "2026-01-05T16:00:00Z", "timezone": BERLIN}),
]


@pytest.mark.parametrize(("text", "due"), FORMER)
@pytest.mark.parametrize("lost", [False, True], ids=["with its ledger", "after a loss"])
@pytest.mark.parametrize("zone", [ZONE, BERLIN])
@pytest.mark.parametrize(
    "now", [evening(), evening(BERLIN), evening(hour=21)], ids=["as before", "zone", "hour"]
)
def test_a_time_that_the_former_release_wrote_is_no_hand_edit(
    computer: Computer,
    world: TodoistWorld,
    text: str,
    due: Mapping[str, str],
    lost: object,
    zone: str,
    now: Item,
):
    wrote_formerly(world, text, due)
    if not lost:
        assert computer.rebuild(roadmap(evening())) == ()
    world.zone = zone

    (step,) = computer.push(roadmap(now))[0].plan.steps

    assert step.reason is (Reason.OTHERWISE if lost else Reason.CHANGED)
    assert [each.field for each in step.verdict.changes] == ["due"]
    target = world.target()
    wanted = target.shape(now)
    assert wanted is not None
    assert there(world)["plan/a"].fields == wanted
    assert there(world)["plan/a"].marker.imprint == imprint(wanted)
    assert computer.push(roadmap(now))[0].plan.steps == ()
    assert computer.pull() == ()


@pytest.mark.parametrize(("text", "due"), FORMER)
def test_a_hand_edit_of_a_time_that_the_former_release_wrote_stays(
    computer: Computer, world: TodoistWorld, text: str, due: Mapping[str, str]
):
    wrote_formerly(world, text, due)
    world.reschedule("plan/a", {**due, "date": "2026-01-05T15:00:00Z"})
    assert [change.change for change in computer.rebuild(roadmap(evening()))] == ["moved"]

    (step,) = computer.push(roadmap(evening()))[0].plan.steps

    assert step.reason is Reason.BOTH
    assert world.task("plan/a")["due"]["date"] == "2026-01-05T15:00:00Z"
