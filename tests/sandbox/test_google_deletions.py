"""Deleted events: tombstones, ids that stay taken, and coming back to life."""

import pytest

from sync.sandbox.google.quirks import Revival
from tests.sandbox.refusing import refused


def test_an_id_is_taken_for_good(client, calendar, timed):
    insert = client.events().insert(calendarId=calendar, body=timed(id="rs001"))
    insert.execute()
    assert refused(insert) == (409, "duplicate")

    client.events().delete(calendarId=calendar, eventId="rs001").execute()

    assert refused(insert) == (409, "duplicate")
    assert refused(client.events().delete(calendarId=calendar, eventId="rs001")) == (410, "deleted")
    assert client.events().get(calendarId=calendar, eventId="rs001").execute()["status"] == "cancelled"


def test_a_delete_has_no_body(client, calendar, timed):
    client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()

    assert client.events().delete(calendarId=calendar, eventId="rs001").execute() == ""


def test_a_deleted_event_lives_again_when_its_status_is_written(client, calendar, timed):
    made = client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()
    client.events().delete(calendarId=calendar, eventId="rs001").execute()
    update = client.events().update
    assert refused(update(calendarId=calendar, eventId="rs001", body=timed())) == (403, "forbidden")

    dead = client.events().patch(calendarId=calendar, eventId="rs001", body={"status": "cancelled"}).execute()
    new = update(calendarId=calendar, eventId="rs001", body={**made, "status": "confirmed"}).execute()

    assert (dead["status"], new["status"]) == ("cancelled", "confirmed")
    listed = client.events().list(calendarId=calendar).execute()["items"]
    assert [event["id"] for event in listed] == ["rs001"]


def test_a_patch_without_a_status_leaves_a_tombstone_dead(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_delete(calendar, "rs001")

    patch = client.events().patch
    patch(calendarId=calendar, eventId="rs001", body={"summary": "New"}).execute()
    assert box.google.event(calendar, "rs001")["status"] == "cancelled"

    assert refused(patch(calendarId=calendar, eventId="rs001", body={"status": None})) == (403, "forbidden")
    patch(calendarId=calendar, eventId="rs001", body={"status": "confirmed"}).execute()
    assert box.google.event(calendar, "rs001")["summary"] == "New"


@pytest.mark.parametrize("revival", [Revival.REFUSED, Revival.REFUSED_AFTER_HAND])
def test_some_deleted_events_never_come_back(client, box, calendar, timed, revival):
    box.google.quirks.revival = revival
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_delete(calendar, "rs001")
    body = timed(status="confirmed")

    assert refused(client.events().update(calendarId=calendar, eventId="rs001", body=body)) == (
        403,
        "forbidden",
    )


def test_an_event_deleted_by_the_app_comes_back_where_only_deletions_by_hand_are_final(
    client, box, calendar, timed
):
    box.google.quirks.revival = Revival.REFUSED_AFTER_HAND
    box.google.seed_event(calendar, timed(id="rs001"))
    client.events().delete(calendarId=calendar, eventId="rs001").execute()

    body = timed(status="confirmed")
    new = client.events().update(calendarId=calendar, eventId="rs001", body=body).execute()

    assert new["status"] == "confirmed"


def test_writing_the_status_cancelled_deletes(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))

    body = timed(status="cancelled")
    client.events().update(calendarId=calendar, eventId="rs001", body=body).execute()

    assert box.google.events(calendar) == []


def test_tombstones_may_show_nothing_but_their_id(client, box, calendar, timed):
    box.google.quirks.bare_tombstones = True
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_delete(calendar, "rs001")

    read = client.events().get(calendarId=calendar, eventId="rs001").execute()

    assert read.keys() == {"kind", "etag", "id", "status"}


def test_tombstones_disappear_but_their_ids_stay_taken(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_delete(calendar, "rs001")
    box.google.forget_tombstones()

    assert refused(client.events().get(calendarId=calendar, eventId="rs001")) == (404, "notFound")
    insert = client.events().insert(calendarId=calendar, body=timed(id="rs001"))
    assert refused(insert) == (409, "duplicate")
    listed = client.events().list(calendarId=calendar, showDeleted=True).execute()
    assert listed["items"] == []
