"""Series, their occurrences, and what people do to single ones."""

import pytest
from googleapiclient.errors import HttpError

ZONE = "Europe/Berlin"


@pytest.fixture
def series(box, calendar, timed):
    """Weekly at 19:00 in Berlin over the change to summer time of 29 March 2026."""
    body = timed(
        id="rs00s",
        start={"dateTime": "2026-03-16T19:00:00", "timeZone": ZONE},
        end={"dateTime": "2026-03-16T20:00:00", "timeZone": ZONE},
        recurrence=["RRULE:FREQ=WEEKLY;COUNT=4"],
    )
    return box.google.seed_event(calendar, body)


@pytest.fixture
def days(box, calendar, whole_day):
    return box.google.seed_event(calendar, whole_day(id="rs00d", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]))


def names(answer):
    return [event["id"] for event in answer["items"]]


SECOND = "rs00s_20260323T180000Z"


def test_a_series_is_one_event_unless_its_occurrences_are_asked_for(client, calendar, series):
    plain = client.events().list(calendarId=calendar).execute()
    single = client.events().list(calendarId=calendar, singleEvents=True).execute()

    assert names(plain) == [series]
    assert plain["items"][0]["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=4"]
    assert names(single) == [
        "rs00s_20260316T180000Z",
        SECOND,
        "rs00s_20260330T170000Z",
        "rs00s_20260406T170000Z",
    ]
    third = single["items"][2]
    assert third["start"] == {"dateTime": "2026-03-30T20:00:00+03:00", "timeZone": ZONE}
    assert third["originalStartTime"] == third["start"]
    assert third["recurringEventId"] == series
    assert "recurrence" not in third


def test_occurrences_of_days_are_named_after_their_day(client, calendar, days):
    found = client.events().instances(calendarId=calendar, eventId=days).execute()

    assert names(found) == ["rs00d_20260105", "rs00d_20260106", "rs00d_20260107"]
    assert found["items"][1]["start"] == {"date": "2026-01-06"}
    assert found["items"][1]["end"] == {"date": "2026-01-07"}
    assert "nextSyncToken" not in found


def test_instances_can_be_narrowed(client, calendar, days):
    def found(**asked):
        return names(client.events().instances(calendarId=calendar, eventId=days, **asked).execute())

    assert found(timeMin="2026-01-06T12:00:00Z") == ["rs00d_20260106", "rs00d_20260107"]
    assert found(originalStart="2026-01-06") == ["rs00d_20260106"]
    assert found(maxResults=2) == ["rs00d_20260105", "rs00d_20260106"]


def test_only_series_have_instances(client, box, calendar, timed, series):
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_delete(calendar, series)

    for event, status in (("rs001", 400), (series, 404)):
        with pytest.raises(HttpError) as caught:
            client.events().instances(calendarId=calendar, eventId=event).execute()
        assert caught.value.status_code == status


def test_an_occurrence_has_an_address_before_anybody_changed_it(client, calendar, series):
    one = client.events().get(calendarId=calendar, eventId=SECOND).execute()

    assert one["start"]["dateTime"] == "2026-03-23T21:00:00+03:00"
    for wrong in (f"{series}_20260324T180000Z", "rs0no_20260324T180000Z", f"{series}_x"):
        with pytest.raises(HttpError) as caught:
            client.events().get(calendarId=calendar, eventId=wrong).execute()
        assert caught.value.status_code == 404


def test_a_changed_occurrence_is_an_event_of_its_own(client, box, calendar, series):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    box.google.user_edit(calendar, SECOND, {"summary": "Moved", "colorId": "3"})

    plain = client.events().list(calendarId=calendar).execute()
    single = client.events().list(calendarId=calendar, singleEvents=True).execute()
    news = client.events().list(calendarId=calendar, syncToken=token).execute()

    assert names(plain) == [series, SECOND]
    assert plain["items"][1]["originalStartTime"]["dateTime"] == "2026-03-23T21:00:00+03:00"
    assert [event["summary"] for event in single["items"]] == ["Arrays", "Moved", "Arrays", "Arrays"]
    assert names(news) == [SECOND]


def test_a_deleted_occurrence_is_listed_as_cancelled_even_without_show_deleted(client, box, calendar, series):
    box.google.user_delete(calendar, SECOND)

    plain = client.events().list(calendarId=calendar).execute()
    single = client.events().list(calendarId=calendar, singleEvents=True).execute()
    every = client.events().list(calendarId=calendar, singleEvents=True, showDeleted=True).execute()
    inner = client.events().instances(calendarId=calendar, eventId=series).execute()
    inner_all = client.events().instances(calendarId=calendar, eventId=series, showDeleted=True).execute()

    assert [(event["id"], event["status"]) for event in plain["items"]] == [
        (series, "confirmed"),
        (SECOND, "cancelled"),
    ]
    assert SECOND not in names(single)
    assert SECOND in names(every)
    assert (len(names(inner)), len(names(inner_all))) == (3, 4)


def test_a_bare_cancelled_occurrence_still_says_which_one_it_was(client, box, calendar, series):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    box.google.user_delete(calendar, SECOND)

    news = client.events().list(calendarId=calendar, syncToken=token).execute()["items"]

    assert news[0].keys() == {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"}


def test_changed_occurrences_go_with_their_series(client, box, calendar, series):
    box.google.user_edit(calendar, SECOND, {"summary": "Moved"})
    box.google.user_delete(calendar, series)

    assert client.events().list(calendarId=calendar).execute()["items"] == []
    shown = client.events().list(calendarId=calendar, showDeleted=True, singleEvents=True).execute()
    assert names(shown) == [series]


def test_changed_occurrences_vanish_where_the_series_no_longer_has_them(client, box, calendar, series):
    last = "rs00s_20260406T170000Z"
    for name in (SECOND, last):
        box.google.user_edit(calendar, name, {"summary": "Moved"})
    box.google.user_edit(calendar, series, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})

    assert names(client.events().list(calendarId=calendar).execute()) == [series, SECOND]

    box.google.user_edit(calendar, series, {"recurrence": None})
    assert names(client.events().list(calendarId=calendar).execute()) == [series]


def test_an_incremental_list_of_occurrences_holds_those_of_changed_series(client, box, calendar, series):
    listing = client.events().list(calendarId=calendar, singleEvents=True)
    token = listing.execute()["nextSyncToken"]
    box.google.user_edit(calendar, SECOND, {"summary": "Moved"})
    box.google.user_edit(calendar, series, {"colorId": "3"})

    news = client.events().list(calendarId=calendar, singleEvents=True, syncToken=token).execute()

    assert names(news).count(SECOND) == 1
    assert len(names(news)) == 4


def test_a_series_is_found_by_the_time_of_any_occurrence(client, calendar, series):
    low, high = "2026-04-06T00:00:00Z", "2026-04-07T00:00:00Z"

    found = client.events().list(calendarId=calendar, timeMin=low, timeMax=high).execute()
    single = client.events().list(calendarId=calendar, timeMin=low, timeMax=high, singleEvents=True).execute()
    later = client.events().list(calendarId=calendar, timeMin="2026-04-08T00:00:00Z").execute()

    assert names(found) == [series]
    assert names(single) == ["rs00s_20260406T170000Z"]
    assert names(later) == []


def test_a_series_without_end_is_followed_far_enough(client, box, calendar, whole_day):
    box.google.seed_event(calendar, whole_day(id="rs00e", recurrence=["RRULE:FREQ=DAILY"]))

    found = client.events().list(calendarId=calendar, singleEvents=True, maxResults=2500).execute()

    assert len(found["items"]) == 1000


def test_exceptions_written_into_the_series_are_left_out(client, box, calendar, timed):
    lines = [
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Africa/Nairobi:20260106T190000",
        "RDATE:20260201T160000Z",
    ]
    box.google.seed_event(calendar, timed(id="rs00e", recurrence=lines))

    found = names(client.events().instances(calendarId=calendar, eventId="rs00e").execute())

    assert found == ["rs00e_20260105T160000Z", "rs00e_20260107T160000Z", "rs00e_20260201T160000Z"]
