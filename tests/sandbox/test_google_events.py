"""The life of an event, through Google's own client library."""

from tests.sandbox.refusing import matching, refused


def test_what_is_inserted_can_be_read_back(client, calendar, timed):
    body = timed(id="rs001", extendedProperties={"private": {"rs": "a"}}, colorId="5", description="x\ny")

    made = client.events().insert(calendarId=calendar, body=body).execute()
    read = client.events().get(calendarId=calendar, eventId="rs001").execute()

    assert made == read
    assert read["iCalUID"] == "rs001@google.com"
    assert (read["status"], read["sequence"], read["eventType"]) == ("confirmed", 0, "default")
    assert read["organizer"] == {"email": calendar, "displayName": "Roadmaps", "self": True}
    assert read["reminders"] == {"useDefault": True}
    assert read["created"] == read["updated"] == "2026-01-05T06:00:00.000Z"


def test_an_event_without_an_id_gets_one(client, calendar, timed):
    made = client.events().insert(calendarId=calendar, body=timed()).execute()

    assert client.events().get(calendarId=calendar, eventId=made["id"]).execute() == made


def test_moments_come_back_in_the_zone_of_the_calendar(client, calendar, timed):
    body = timed(start={"dateTime": "2026-01-05T16:00:00Z"}, end={"dateTime": "2026-01-05T17:00:00.25Z"})

    made = client.events().insert(calendarId=calendar, body=body).execute()

    assert made["start"] == {"dateTime": "2026-01-05T19:00:00+03:00", "timeZone": "Africa/Nairobi"}
    assert made["end"]["dateTime"] == "2026-01-05T20:00:00+03:00"


def test_a_reader_may_ask_for_another_zone(client, calendar, timed):
    client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()

    read = client.events().get(calendarId=calendar, eventId="rs001", timeZone="UTC").execute()

    assert read["start"] == {"dateTime": "2026-01-05T16:00:00Z", "timeZone": "Africa/Nairobi"}


def test_values_that_say_nothing_are_left_out(client, calendar, whole_day):
    body = whole_day(
        transparency="opaque", visibility="default", description="", reminders={"useDefault": False}
    )

    made = client.events().insert(calendarId=calendar, body=body).execute()

    assert not {"transparency", "visibility", "description"} & made.keys()
    assert made["reminders"] == {"useDefault": False}


def test_an_update_replaces_everything_that_can_be_written(client, calendar, timed, clock):
    body = timed(id="rs001", description="old", extendedProperties={"private": {"rs": "a"}})
    made = client.events().insert(calendarId=calendar, body=body).execute()
    clock.forward(hours=1)

    new = client.events().update(calendarId=calendar, eventId="rs001", body=timed(summary="New")).execute()

    assert new["summary"] == "New"
    assert not {"description", "extendedProperties"} & new.keys()
    assert (new["created"], new["updated"]) == (made["created"], "2026-01-05T07:00:00.000Z")
    assert int(new["etag"].strip('"')) > int(made["etag"].strip('"'))


def test_a_patch_merges_objects_removes_nulls_and_replaces_lists(client, calendar, timed):
    reminders = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
    body = timed(
        id="rs001",
        description="stays",
        location="goes",
        reminders=reminders,
        extendedProperties={"private": {"a": "1", "b": "2"}},
    )
    client.events().insert(calendarId=calendar, body=body).execute()
    patch = {
        "location": None,
        "extendedProperties": {"private": {"a": None, "c": "3"}, "shared": {"d": None}},
        "reminders": {"overrides": [{"method": "email", "minutes": 9}]},
    }

    new = client.events().patch(calendarId=calendar, eventId="rs001", body=patch).execute()

    assert new["extendedProperties"] == {"private": {"b": "2", "c": "3"}}
    assert (new["description"], new.get("location")) == ("stays", None)
    assert new["reminders"] == {"useDefault": False, "overrides": [{"method": "email", "minutes": 9}]}


def test_a_patch_to_all_day_needs_explicit_nulls(client, calendar, timed):
    client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()
    bare = {"start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}}
    patch = client.events().patch(calendarId=calendar, eventId="rs001", body=bare)
    assert refused(patch) == (400, "invalid")

    nulls = {"dateTime": None, "timeZone": None}
    body = {name: {**point, **nulls} for name, point in bare.items()}
    new = client.events().patch(calendarId=calendar, eventId="rs001", body=body).execute()

    assert (new["start"], new["end"]) == (bare["start"], bare["end"])


def test_moving_an_event_raises_its_sequence_and_rewording_does_not(client, calendar, timed):
    made = client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()

    worded = client.events().update(calendarId=calendar, eventId="rs001", body={**made, "summary": "New"})
    reworded = worded.execute()
    later = {"end": {"dateTime": "2026-01-05T21:00:00+03:00", "timeZone": "Africa/Nairobi"}}
    moved = client.events().update(calendarId=calendar, eventId="rs001", body={**reworded, **later}).execute()

    assert [event["sequence"] for event in (made, reworded, moved)] == [0, 0, 1]


def test_the_same_instant_in_other_words_is_no_move(client, calendar, timed):
    made = client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()

    again = client.events().update(calendarId=calendar, eventId="rs001", body=made).execute()

    assert again["sequence"] == 0
    assert {**again, "etag": ""} == {**made, "etag": ""}


def test_an_update_with_an_older_sequence_is_refused(client, calendar, timed):
    """A body without a sequence counts as one with 0."""
    client.events().insert(calendarId=calendar, body=timed(id="rs001", sequence=3)).execute()
    update = client.events().update

    assert refused(update(calendarId=calendar, eventId="rs001", body=timed())) == (400, "invalid")
    assert refused(update(calendarId=calendar, eventId="rs001", body=timed(sequence=2))) == (400, "invalid")
    new = update(calendarId=calendar, eventId="rs001", body=timed(sequence=7)).execute()
    assert new["sequence"] == 7
    patch = client.events().patch(calendarId=calendar, eventId="rs001", body={"sequence": 0})
    assert refused(patch) == (400, "invalid")


def test_reminders_alone_do_not_move_updated(client, calendar, timed, clock):
    made = client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()
    clock.forward(hours=1)
    body = {**made, "reminders": {"useDefault": False}}

    new = client.events().update(calendarId=calendar, eventId="rs001", body=body).execute()

    assert new["updated"] == made["updated"]
    assert new["etag"] != made["etag"]


def test_a_write_with_a_stale_etag_is_refused(client, calendar, timed):
    made = client.events().insert(calendarId=calendar, body=timed(id="rs001")).execute()
    events = client.events()
    update = matching(events.update(calendarId=calendar, eventId="rs001", body=made), made["etag"])
    update.execute()

    assert refused(update) == (412, "conditionNotMet")
    patch = events.patch(calendarId=calendar, eventId="rs001", body={"summary": "New"})
    assert refused(matching(patch, made["etag"])) == (412, "conditionNotMet")
    delete = events.delete(calendarId=calendar, eventId="rs001")
    assert refused(matching(delete, made["etag"])) == (412, "conditionNotMet")
    matching(delete, "*").execute()
    assert refused(matching(delete, made["etag"])) == (410, "deleted")


def test_ids_that_were_never_there_are_not_found(client, calendar, timed):
    assert refused(client.events().get(calendarId=calendar, eventId="rs404")) == (404, "notFound")
    update = client.events().update(calendarId=calendar, eventId="rs404", body=timed())
    assert refused(update) == (404, "notFound")
    assert refused(client.events().get(calendarId="nobody@example.com", eventId="rs404")) == (404, "notFound")


def test_an_update_cannot_rename_an_event(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    update = client.events().update(calendarId=calendar, eventId="rs001", body=timed(id="rs002"))

    assert refused(update) == (400, "invalid")


def test_an_import_is_known_by_its_ical_uid(client, box, calendar, timed):
    import_ = client.events().import_
    first = import_(calendarId=calendar, body=timed(iCalUID="x@example.com")).execute()
    second = import_(calendarId=calendar, body=timed(iCalUID="x@example.com", summary="New")).execute()

    assert first["id"] == second["id"]
    assert [event["summary"] for event in box.google.events(calendar)] == ["New"]


def test_a_moved_event_answers_as_cancelled_and_lives_elsewhere(connect, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    other = box.google.seed_calendar("Other")
    user = box.google.authorized_user(("https://www.googleapis.com/auth/calendar",))

    with connect(user) as client:
        answer = client.events().move(calendarId=calendar, eventId="rs001", destination=other).execute()

    assert answer["status"] == "cancelled"
    assert [event["id"] for event in box.google.events(other)] == ["rs001"]


def test_an_unchanged_event_is_answered_with_304(raw, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    path = raw.events(calendar, "/rs001")
    etag = raw("GET", path).headers["ETag"]

    again = raw("GET", path, If_None_Match=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert raw("GET", path, If_None_Match='"other"').status_code == 200


def test_answers_are_indented_by_one_blank_unless_asked_otherwise(raw, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))

    pretty = raw("GET", raw.events(calendar, "/rs001")).text
    terse = raw("GET", raw.events(calendar, "/rs001?prettyPrint=false")).text

    assert pretty.startswith('{\n "kind": "calendar#event",\n')
    assert terse.startswith('{"kind":"calendar#event",')
