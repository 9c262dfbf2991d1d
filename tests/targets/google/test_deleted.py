"""What was deleted, by whomever: when it stays away, and how it comes back."""

from dataclasses import replace

import pytest

from sync.errors import ItemVanished, TargetError
from sync.remote import Failed, Landed
from sync.sandbox.google.quirks import Revival
from sync.sandbox.google.service import refusal
from sync.targets.google_calendar.ids import INCARNATIONS, event_id, is_minted, next_incarnation
from tests.contract.orders import creation, deletion, there, update, write
from tests.targets.google.desk import actions, days, reworded


def error_of(result: Landed | Failed) -> TargetError:
    assert isinstance(result, Failed)
    return result.error


def test_what_was_deleted_by_hand_stays_away_until_it_is_asked_back(desk, world):
    desk.push(days(2))
    name = world.id("plan/day-0")
    world.delete("plan/day-0")
    assert actions(desk.plan(days(2))) == {}
    desk.push(days(2), restore=True)

    assert world.event("plan/day-0")["status"] == "confirmed"
    assert world.id("plan/day-0") == name
    assert desk.plan(days(2)).steps == ()


def test_it_stays_away_even_for_a_computer_that_remembers_nothing(desk, world, tmp_path):
    desk.push(days(2))
    world.delete("plan/day-0")
    desk.state = tmp_path / "new"
    desk.push(days(2))

    assert world.event("plan/day-0")["status"] == "cancelled"


@pytest.mark.parametrize("revival", [Revival.REFUSED, Revival.REFUSED_AFTER_HAND])
def test_where_google_does_not_bring_it_back_it_goes_on_under_another_id(desk, world, revival):
    world.google.quirks.revival = revival
    desk.push(days(1) + days(2)[1:])
    name = world.id("plan/day-0")
    for number in (1, 2):
        world.delete("plan/day-0")
        desk.push(days(2), restore=True)
        assert world.id("plan/day-0") == f"{name}n{number}"
    assert desk.plan(days(2)).steps == ()
    desk.push(reworded(days(2), 0, title="New"))

    assert world.event("plan/day-0")["summary"] == "☐ New"


def test_what_was_brought_back_has_what_the_person_had_added(desk, world):
    desk.push(days(2))
    world.change("plan/day-0", {"location": "Library"})
    world.delete("plan/day-0")
    desk.push(days(2), restore=True)

    assert world.event("plan/day-0")["location"] == "Library"


@pytest.mark.parametrize("faded", [True, False])
def test_where_nothing_but_the_id_is_left_a_first_write_brings_nothing_back(desk, world, tmp_path, faded):
    desk.push(days(2))
    world.delete("plan/day-0")
    world.google.quirks.bare_tombstones = True
    if faded:
        world.google.forget_tombstones()
    desk.state = tmp_path / "new"
    outcome = desk.push(days(2))

    assert [each.key for each in outcome.failed] == ["plan/day-0"]
    assert len(world.google.events(world.calendar)) == 1
    assert desk.push(days(2)).failed == ()
    assert desk.push(days(2), restore=True).failed == ()
    assert len(world.google.events(world.calendar)) == 2


def test_what_google_forgot_is_still_known_to_have_been_deleted(desk, world):
    """A whole list after a dead token names no more than the id; what was remembered tells the rest."""
    desk.push(days(2))
    memory = world.target().read(b"").memory
    world.delete("plan/day-0")
    world.google.quirks.bare_tombstones = True
    world.google.end_sync_tokens()

    assert world.target().read(memory).removed == {"plan/day-0": 1}
    assert world.target().read(b"").removed == {}


def test_the_ids_are_as_google_wants_them_and_come_to_an_end():
    name = event_id("uid")
    assert name == event_id("uid") != event_id("other")
    assert name.isascii()
    assert set(name) <= set("0123456789abcdefghijklmnopqrstuv")
    assert event_id("uid", 3) == f"{name}n3"
    tried = [name]
    while (last := next_incarnation(tried[-1])) is not None:
        tried.append(last)

    assert len(tried) == INCARNATIONS + 1
    assert all(map(is_minted, tried))


def test_an_id_that_never_comes_free_is_given_up(desk, world):
    world.google.quirks.revival = Revival.REFUSED
    body = {"summary": "x", "start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}}
    for number in range(INCARNATIONS + 1):
        name = event_id("uid-day-0", number)
        world.google.seed_event(world.calendar, {**body, "id": name})
        world.google.user_delete(world.calendar, name)
    results = write(world, creation(world, days(1)[0], revision=2))

    assert isinstance(results["plan/day-0"], Failed)


def test_an_event_of_somebody_elses_under_our_id_is_left_alone(world):
    body = {"summary": "x", "start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}}
    world.google.seed_event(world.calendar, {**body, "id": event_id("uid-day-0")})
    before = world.foreign()
    results = write(world, creation(world, days(1)[0]))

    assert "somebody else's" in error_of(results["plan/day-0"]).title
    assert world.foreign() == before


def test_what_another_computer_made_in_between_is_not_overwritten(world):
    write(world, creation(world, days(1)[0], revision=4))
    results = write(world, creation(world, reworded(days(1), 0, title="Mine")[0], revision=3))

    assert error_of(results["plan/day-0"]).code == "item-changed"
    assert world.event("plan/day-0")["summary"] == "☐ day-0"


def test_an_update_of_what_google_knows_no_longer_at_all_is_vanished(world):
    write(world, creation(world, days(1)[0]))
    found = there(world)["plan/day-0"]
    world.delete("plan/day-0")
    world.google.forget_tombstones()
    results = write(world, update(found, {"title": "New"}))

    assert isinstance(error_of(results["plan/day-0"]), ItemVanished)


def test_what_was_edited_since_the_reading_is_not_deleted(world):
    write(world, *(creation(world, each) for each in days(2)))
    found = there(world)
    world.edit("plan/day-0", "title", "Mine")
    results = write(world, deletion(found["plan/day-0"]), deletion(found["plan/day-1"]))

    assert error_of(results["plan/day-0"]).code == "item-changed"
    assert set(there(world)) == {"plan/day-0"}


@pytest.mark.parametrize("change", [update, deletion])
def test_what_google_will_not_take_is_refused_for_itself(world, change):
    write(world, *(creation(world, each) for each in days(2)))
    found = there(world)
    world.google.faults.add(refusal("403 forbidden"), part=1, only="^(PUT|DELETE) ")
    first, second = found.values()
    more = [{"title": "New"}] if change is update else []
    results = write(world, change(first, *more), change(second, *more))

    assert sorted(type(each).__name__ for each in results.values()) == ["Failed", "Landed"]
    assert "Forbidden" in error_of(results[first.marker.key]).title


def test_a_return_whose_fate_was_unknown_is_not_forced_where_nothing_but_the_id_is_left(desk, world):
    """The same bytes may have brought it back once already, and somebody may have deleted it again since."""
    desk.push(days(2))
    world.delete("plan/day-0")
    world.google.quirks.bare_tombstones = True
    intent = creation(world, days(1)[0], revision=2)
    (sending, *_) = world.target().write([intent])
    world.delete("plan/day-0")
    results = write(world, replace(intent, payload=sending.payloads["plan/day-0"]))

    assert isinstance(error_of(results["plan/day-0"]), ItemVanished)
