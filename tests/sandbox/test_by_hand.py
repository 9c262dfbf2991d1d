"""What people do by hand goes through the same state as the API's calls."""

import pytest

from sync.sandbox.google.refusals import Refused


@pytest.fixture
def event(box, calendar, timed):
    return box.google.seed_event(calendar, timed(id="rs001", colorId="5", description="Notes"))


def test_a_calendar_made_by_a_person_is_not_the_apps(box, client, calendar):
    name = box.google.seed_calendar("Mine", zone="Europe/Berlin", description="d", id="mine@example.com")

    entries = client.calendarList().list().execute()["items"]

    assert name == "mine@example.com"
    assert [entry["summary"] for entry in entries] == ["you@example.com", "Roadmaps", "Mine"]
    assert (entries[2]["timeZone"], entries[2]["description"]) == ("Europe/Berlin", "d")


def test_an_edit_moves_etag_updated_and_sequence(box, calendar, event, clock):
    before = box.google.event(calendar, event)
    clock.forward(minutes=1)

    worded = box.google.user_edit(calendar, event, {"summary": "Edited"})
    moved = box.google.user_edit(calendar, event, {"end": {"dateTime": "2026-01-05T21:00:00+03:00"}})

    assert before["etag"] < worded["etag"] < moved["etag"]
    assert worded["updated"] == "2026-01-05T06:01:00.000Z"
    assert [found["sequence"] for found in (before, worded, moved)] == [0, 0, 1]
    assert moved == box.google.event(calendar, event)


def test_an_edit_reaches_the_next_incremental_list(box, client, calendar, event):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    box.google.user_edit(calendar, event, {"summary": "Edited"})

    news = client.events().list(calendarId=calendar, syncToken=token).execute()["items"]

    assert [found["summary"] for found in news] == ["Edited"]


def test_by_hand_costs_no_quota_and_leaves_no_request(box, calendar, event):
    box.google.quirks.quota = 0

    box.google.user_edit(calendar, event, {"summary": "Edited"})

    assert len(box.log) == 0


def test_a_tick_marks_title_and_colour_and_can_be_taken_back(box, calendar, event):
    ticked = box.google.user_tick(calendar, event)
    again = box.google.user_tick(calendar, event)
    open_ = box.google.user_tick(calendar, event, done=False)

    assert (ticked["summary"], ticked["colorId"]) == ("✅ Arrays", "8")
    assert (again["summary"], again["colorId"]) == ("✅ Arrays", "8")
    assert (open_["summary"], open_["colorId"]) == ("Arrays", "5")


def test_a_tick_of_what_had_no_colour_leaves_none_behind(box, calendar, whole_day):
    event = box.google.seed_event(calendar, whole_day())
    box.google.user_tick(calendar, event)

    assert "colorId" not in box.google.user_tick(calendar, event, done=False)


def test_notes_edited_in_the_web_interface_become_html(box, calendar, event):
    edited = box.google.user_notes(calendar, event, "a < b\r\nc & d")
    emptied = box.google.user_notes(calendar, event, "")

    assert edited["description"] == "a &lt; b<br>c &amp; d"
    assert "description" not in emptied


def test_a_deletion_leaves_a_tombstone(box, calendar, event):
    box.google.user_delete(calendar, event)

    assert box.google.events(calendar) == []
    assert [found["status"] for found in box.google.events(calendar, deleted=True)] == ["cancelled"]
    with pytest.raises(Refused):
        box.google.user_delete(calendar, event)


def test_a_person_may_delete_the_whole_calendar(box, client, calendar):
    box.google.user_delete_calendar(calendar)

    assert [entry["id"] for entry in client.calendarList().list().execute()["items"]] == ["you@example.com"]
    with pytest.raises(Refused):
        box.google.events(calendar)


def test_what_is_handed_in_and_out_is_not_shared_with_the_state(box, calendar, timed):
    body = timed(id="rs001", extendedProperties={"private": {"a": "1"}})
    box.google.seed_event(calendar, body)
    body["extendedProperties"]["private"]["a"] = "2"
    box.google.events(calendar)[0]["extendedProperties"]["private"]["a"] = "3"

    assert box.google.event(calendar, "rs001")["extendedProperties"] == {"private": {"a": "1"}}
