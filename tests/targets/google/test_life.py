"""What people do in their calendar, and what a push then does and does not do."""

from sync.targets.google_calendar.ids import is_minted
from tests.contract.orders import there
from tests.targets.google.desk import NOW, actions, days, reworded

# --- edits and foreign events ---


def test_a_calendar_with_events_of_its_own_stays_as_it_is_byte_for_byte(desk, world):
    world.add_foreign()
    timed = {"dateTime": "2026-01-06T09:00:00+03:00", "timeZone": "Africa/Nairobi"}
    world.google.seed_event(
        world.calendar,
        {"summary": "Standup", "start": timed, "end": timed, "recurrence": ["RRULE:FREQ=DAILY;COUNT=9"]},
    )
    before = world.foreign()
    desk.push(days(4))
    desk.push(reworded(days(3), 0, title="New"))
    desk.push(days(1))

    assert world.foreign() == before
    assert len(before) == 2


def test_what_a_person_added_to_our_event_is_there_after_an_update(desk, world):
    desk.push(days(2))
    theirs = {
        "location": "Library",
        "colorId": "4",
        "attendees": [{"email": "friend@example.com"}],
        "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]},
    }
    world.change("plan/day-0", theirs)
    desk.push(reworded(days(2), 0, title="New", notes="More"))
    event = world.event("plan/day-0")

    assert (event["summary"], event["description"]) == ("☐ New", "More")
    assert {name: event[name] for name in theirs} == theirs


def test_an_edit_by_hand_stays_and_the_roadmaps_other_change_goes_through(desk, world):
    desk.push(days(2))
    world.edit("plan/day-0", "title", "My words")
    desk.push(reworded(days(2), 0, title="New", notes="More"))

    assert world.event("plan/day-0")["summary"] == "My words"
    assert world.event("plan/day-0")["description"] == "More"
    assert actions(desk.plan(reworded(days(2), 0, title="New", notes="More"))) == {}


def test_notes_that_the_web_page_only_rewrote_are_not_edited(desk, world):
    items = reworded(days(1), 0, notes="a < b & c\nhttps://example.com/?x=1&y=2")
    desk.push(items)
    world.google.user_notes(world.calendar, world.id("plan/day-0"), items[0].notes)

    assert "&lt;" in world.event("plan/day-0")["description"]
    assert desk.plan(items).steps == ()


def test_a_reminder_that_a_person_set_is_an_edit_of_theirs(desk, world):
    world.choices["reminders"] = (10,)
    desk.push(days(1))
    world.change("plan/day-0", {"reminders": {"useDefault": False, "overrides": []}})

    assert desk.pull() == [("plan/day-0", "edited")]
    assert there(world)["plan/day-0"].fields["reminders"] == "none"
    world.choices["reminders"] = (10, 30)
    assert actions(desk.plan(days(1))) == {}


def test_reminders_follow_the_configuration(desk, world):
    desk.push(days(1))
    world.choices["reminders"] = (10,)
    desk.push(days(1))
    assert world.event("plan/day-0")["reminders"] == {
        "useDefault": False,
        "overrides": [{"method": "popup", "minutes": 10}],
    }
    world.choices["reminders"] = ()
    desk.push(days(1))

    assert world.event("plan/day-0")["reminders"] == {"useDefault": True}


def test_a_copy_made_by_hand_is_the_persons(desk, world):
    desk.push(days(1))
    ours = world.id("plan/day-0")
    copy = {k: v for k, v in world.event("plan/day-0").items() if k not in ("id", "iCalUID", "etag")}
    name = world.google.seed_event(world.calendar, copy)
    desk.push(reworded(days(1), 0, title="New"))

    assert [each.id for each in world.target().read(b"").items] == [ours]
    assert world.google.event(world.calendar, name)["summary"] == "☐ day-0"
    assert not is_minted(name)


# --- ticks ---


def test_a_tick_in_the_calendar_comes_back_once_and_is_never_rewritten(desk, world):
    desk.push(days(2))
    world.tick("plan/day-0")

    assert desk.pull() == [("plan/day-0", "done")]
    assert desk.pull() == []
    before = world.event("plan/day-0")
    assert actions(desk.plan(reworded(days(2), 0, title="New", done=NOW))) == {}
    assert world.event("plan/day-0") == before


def test_a_tick_made_elsewhere_shows_in_the_calendar_and_an_undo_is_not_undone(desk, world):
    desk.push(days(2))
    desk.push(reworded(days(2), 0, done=NOW))
    event = world.event("plan/day-0")
    assert (event["summary"], event["colorId"]) == ("✅ day-0", "8")
    assert there(world)["plan/day-0"].done == NOW

    desk.undo("plan/day-0")
    desk.pull()

    assert desk.ticked() == set()


def test_a_tick_that_another_computer_wrote_is_learned_with_its_time(desk, world, tmp_path):
    desk.push(days(2))
    desk.push(reworded(days(2), 0, done=NOW))
    desk.state = tmp_path / "other"

    assert desk.pull() == [("plan/day-0", "done")]
    assert desk.ticked() == {"plan/day-0"}


def test_a_check_mark_that_is_taken_away_opens_the_task_again(desk, world):
    desk.push(days(2))
    world.tick("plan/day-0")
    desk.pull()
    world.google.user_tick(world.calendar, world.id("plan/day-0"), done=False)

    assert desk.pull() == [("plan/day-0", "reopened")]
    assert desk.ticked() == set()
