"""Readings: whole or not at all, quick where something is remembered, right where nothing is."""

import json

import pytest

from sync.errors import ConfigError, NotAuthorised, RetryLater, TargetRefused
from sync.remote import Intent, Reading
from sync.sandbox.faults import LOST_PART, RESET, html
from sync.sandbox.google.service import refusal
from sync.targets.google_calendar.client import EVENTS_A_PAGE
from tests.contract.orders import created, creation, there, update, write
from tests.targets.google.desk import days
from tests.targets.google.hands import GoogleWorld, Tokens

LIST = "calendar.events.list"
PAGES = r"^GET /calendar/v3/.*/events"


def told(reading: Reading) -> dict[str, str]:
    return {remote.marker.key: remote.fields["title"] for remote in reading.items}


def test_a_dead_sync_token_costs_one_request_more(desk, world):
    desk.push(days(3))
    memory = world.target().read(b"").memory
    world.edit("plan/day-1", "title", "Mine")
    world.delete("plan/day-2")
    world.google.end_sync_tokens()
    world.google.log.clear()
    reading = world.target().read(memory)

    assert told(reading) == {"plan/day-0": "day-0", "plan/day-1": "Mine"}
    assert reading.removed == {"plan/day-2": 1}
    assert world.asked() == [LIST, LIST]


def test_what_google_forgot_while_nobody_looked_is_there_no_longer(desk, world):
    desk.push(days(3))
    memory = world.target().read(b"").memory
    world.delete("plan/day-2")
    world.google.forget_tombstones()
    world.google.end_sync_tokens()

    assert world.target().read(memory).items == world.target().read(b"").items
    assert len(world.target().read(memory).items) == 2


@pytest.mark.parametrize(
    "memory", [b"", b"nonsense", b"[]\n", b'{"format": 0}\n', b'{"format": 1, "calendar": "other"}\nx']
)
def test_a_memory_that_cannot_be_read_is_no_memory(desk, world, memory):
    desk.push(days(3))

    assert len(world.target().read(memory).items) == 3


def test_a_memory_whose_events_are_torn_is_no_memory(desk, world):
    desk.push(days(3))
    memory = world.target().read(b"").memory

    assert world.target().read(memory[:-20]).items == world.target().read(b"").items


def test_where_nothing_changed_the_remembered_events_stay_as_they_are(desk, world):
    desk.push(days(3))
    memory = world.target().read(b"").memory
    again = world.target().read(memory).memory

    assert again.partition(b"\n")[2] == memory.partition(b"\n")[2]
    assert json.loads(again.partition(b"\n")[0])["calendar"] == world.calendar


def test_an_event_that_lost_its_marker_is_no_longer_ours(desk, world):
    desk.push(days(2))
    memory = world.target().read(b"").memory
    world.change("plan/day-0", {"extendedProperties": {"private": {"roadmap-sync": None}}})

    assert told(world.target().read(memory)) == {"plan/day-1": "day-1"} == told(world.target().read(b""))


def test_short_and_empty_pages_are_read_to_the_end(desk, world):
    desk.push(days(7))
    world.google.quirks.page_limit, world.google.quirks.empty_pages = 2, True

    assert len(world.target().read(b"").items) == 7


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize(
    "fault", [RESET, html(503), refusal("403 userRateLimitExceeded")], ids=lambda f: f.name
)
def test_a_reading_that_is_disturbed_is_made_again_and_is_whole(desk, world, at, fault):
    desk.push(days(6))
    world.google.quirks.page_limit = 2
    world.google.faults.add(fault, at=at, only=PAGES)

    assert len(world.target().read(b"").items) == 6
    assert len(world.slept) == 1


def test_a_wish_to_wait_is_obeyed_and_one_for_hours_ends_the_reading(world):
    world.google.faults.add(refusal("429 rateLimitExceeded", retry_after=7), only=PAGES)
    world.target().read(b"")
    assert world.slept == [7]
    world.google.faults.add(refusal("429 rateLimitExceeded", retry_after=7000), only=PAGES)

    with pytest.raises(RetryLater, match="slower") as caught:
        world.target().read(b"")
    assert caught.value.after == 7000


def test_a_reading_that_stays_disturbed_is_an_error_and_never_a_part(desk, world):
    desk.push(days(6))
    world.google.quirks.page_limit = 2
    world.google.faults.add(html(503), at=2, times=0, only=PAGES)

    with pytest.raises(RetryLater, match="HTTP 503"):
        world.target().read(b"")


def test_pages_are_as_large_as_google_makes_them(world):
    world.target().read(b"")

    assert f"maxResults={EVENTS_A_PAGE}" in world.google.log.requests[0].path


def test_a_target_opens_a_session_of_its_own_where_it_is_given_none(desk, world):
    desk.push(days(2))
    world.session = None

    assert len(world.target().read(b"").items) == 2


@pytest.mark.parametrize("fault", [LOST_PART, refusal("500 backendError")], ids=lambda each: each.name)
def test_an_event_is_never_written_without_having_been_seen(world, fault):
    """Nothing is in hand of a target that has not read: it asks, and asks again where it is not told."""
    (found,) = created(world, *days(1)).values()
    world.change("plan/day-0", {"location": "Library"})
    (found,) = there(world).values()
    world.google.faults.add(fault, part=1)
    write(world, update(found, {"title": "New"}))

    event = world.event("plan/day-0")
    assert (event["summary"], event["location"], len(world.slept)) == ("☐ New", "Library", 1)


def test_an_event_that_google_does_not_let_us_see_is_not_written(world):
    (found,) = created(world, *days(1)).values()
    world.google.faults.add(refusal("403 forbidden"), part=1)

    with pytest.raises(TargetRefused, match="Forbidden"):
        write(world, update(found, {"title": "New"}))
    assert world.event("plan/day-0")["summary"] == "☐ day-0"


# --- which calendar ---


def test_without_an_id_the_calendar_is_found_by_its_mark_and_told_once(box, tmp_path):
    world = searching(box)
    world.google.quirks.page_limit = 1
    target = world.target()
    assert target.read(b"") == Reading(())
    list(target.write([]))
    assert world.found == []
    events = list(target.write(creations(world)))
    assert len(events) == 2
    found = world.found.copy()
    entry = world.google.account.calendar(found[0]).resource

    assert (entry["summary"], entry["timeZone"]) == ("Roadmaps", "Africa/Nairobi")
    assert "[roadmap-sync:" in entry["description"]
    assert len(world.target().read(b"").items) == 1
    assert world.found == found * 2
    world.choices["calendar"] = "Other"
    assert world.target().read(b"").items == ()
    world.close()


def creations(world: GoogleWorld) -> list[Intent]:
    return [creation(world, days(1)[0])]


def searching(box) -> GoogleWorld:
    """A world in which the app has no calendar yet."""
    world = GoogleWorld(box)
    world.google.user_delete_calendar(world.calendar)
    world.choices["calendar_id"] = ""
    return world


def test_of_two_calendars_with_our_mark_none_is_taken(box):
    world = searching(box)
    list(world.target().write(creations(world)))
    marked = world.google.account.calendar(world.found[0]).resource["description"]
    world.google.seed_calendar("Twin", description=marked, by_app=True)

    with pytest.raises(ConfigError, match="2 calendars") as caught:
        world.target().read(b"")
    assert world.found[0] in caught.value.hint
    world.close()


def test_a_calendar_that_may_have_been_made_is_searched_for_and_not_made_again(box):
    world = searching(box)
    world.google.quirks.list_lag = 2
    world.google.faults.add(RESET, after=True, only=r"^POST /calendar/v3/calendars$")
    target = world.target()
    for _ in range(3):
        with pytest.raises(RetryLater, match=r"broke off|not known yet"):
            list(target.write(creations(world)))
    list(target.write(creations(world)))

    made = [c for c in world.google.account.calendars.values() if not c.deleted]
    assert len(made) == 2
    assert len(world.target().read(b"").items) == 1
    world.close()


def test_a_calendar_that_google_refuses_to_make_can_be_made_later(box):
    world = searching(box)
    fault = refusal("403 rateLimitExceeded")
    world.google.faults.add(fault, only=r"^POST /calendar/v3/calendars$")
    target = world.target()
    with pytest.raises(RetryLater, match="slower"):
        list(target.write(creations(world)))
    list(target.write(creations(world)))

    assert len(world.found) == 1
    world.close()


def test_a_calendar_that_is_gone_is_an_error_and_no_new_one_is_made(world):
    world.google.user_delete_calendar(world.calendar)

    with pytest.raises(TargetRefused, match="not there") as caught:
        world.target().read(b"")
    assert "calendar_id" in caught.value.hint
    assert len([c for c in world.google.account.calendars.values() if not c.deleted]) == 1


def test_without_the_scope_to_search_it_says_so(box):
    world = searching(box)
    world.tokens = Tokens(box, "https://www.googleapis.com/auth/calendar.app.created")

    with pytest.raises(NotAuthorised, match="not allowed") as caught:
        world.target().read(b"")
    assert "auth google" in caught.value.hint
    world.close()
