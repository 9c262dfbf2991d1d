"""Calendars, the person's list of them, and colours."""

import pytest

from tests.sandbox.refusing import matching, refused

SCOPES = "https://www.googleapis.com/auth/"
EVERYTHING = (f"{SCOPES}calendar",)


@pytest.fixture
def owner(connect, box):
    """A client that may do everything."""
    with connect(box.google.authorized_user(EVERYTHING)) as service:
        yield service


def listed(client, **asked):
    page = client.calendarList().list(**asked).execute()
    return [entry["id"] for entry in page["items"]]


def test_the_server_mints_the_id_of_a_calendar_and_lists_it(client):
    body = {"summary": "Roadmaps", "description": "[x]", "timeZone": "Africa/Nairobi"}

    made = client.calendars().insert(body=body).execute()
    entry = client.calendarList().get(calendarId=made["id"]).execute()

    assert made["id"].endswith("@group.calendar.google.com")
    assert made == client.calendars().get(calendarId=made["id"]).execute()
    assert {name: made[name] for name in body} == body
    assert {name: entry[name] for name in body} == body
    assert (entry["accessRole"], entry["dataOwner"]) == ("owner", "you@example.com")
    assert entry["etag"] == made["etag"]


def test_making_a_calendar_twice_makes_two(client):
    first, second = (client.calendars().insert(body={"summary": "Same"}).execute() for _ in range(2))

    assert first["id"] != second["id"]
    assert first["timeZone"] == "UTC"


def test_a_calendar_needs_a_title_and_a_zone_that_exists(client):
    assert refused(client.calendars().insert(body={})) == (400, "required")
    body = {"summary": "x", "timeZone": "Mars"}
    assert refused(client.calendars().insert(body=body)) == (400, "invalid")


def test_too_many_calendars_exceed_the_quota(client, box):
    box.google.quirks.calendars_allowed = 2
    client.calendars().insert(body={"summary": "x"}).execute()

    assert refused(client.calendars().insert(body={"summary": "y"})) == (403, "quotaExceeded")


def test_the_list_may_miss_a_new_calendar_for_a_while(client, box):
    box.google.quirks.list_lag = 2
    made = client.calendars().insert(body={"summary": "x"}).execute()["id"]

    assert [made in listed(client) for _ in range(3)] == [False, False, True]


def test_a_calendar_can_be_renamed_whole_or_in_part(client, box, calendar):
    patched = client.calendars().patch(calendarId=calendar, body={"description": "d"}).execute()
    updated = client.calendars().update(calendarId=calendar, body={"summary": "New"}).execute()

    assert (patched["summary"], patched["description"]) == ("Roadmaps", "d")
    assert (updated["summary"], updated.get("description")) == ("New", None)
    assert updated["timeZone"] == "Africa/Nairobi"
    stale = matching(client.calendars().update(calendarId=calendar, body={"summary": "x"}), patched["etag"])
    assert refused(stale) == (412, "conditionNotMet")


def test_a_deleted_calendar_is_gone_with_its_events(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    client.calendars().delete(calendarId=calendar).execute()

    assert refused(client.calendars().get(calendarId=calendar)) == (404, "notFound")
    assert refused(client.events().list(calendarId=calendar)) == (404, "notFound")
    assert calendar not in listed(client)
    gone = client.calendarList().list(showDeleted=True).execute()["items"][1]
    assert gone.keys() == {"kind", "etag", "id", "deleted"}


def test_the_primary_calendar_stays(owner, box):
    assert refused(owner.calendars().delete(calendarId="primary")) == (400, "invalid")
    assert refused(owner.calendarList().delete(calendarId="primary")) == (400, "invalid")
    entry = owner.calendarList().get(calendarId="primary").execute()
    assert (entry["id"], entry["primary"]) == ("you@example.com", True)


def test_the_list_is_paged(client, box):
    box.google.quirks.page_limit = 2
    made = [box.google.seed_calendar(f"c{n}") for n in range(4)]

    found = []
    request = client.calendarList().list()
    while request is not None:
        page = request.execute()
        found += [entry["id"] for entry in page["items"]]
        request = client.calendarList().list_next(request, page)

    assert found == ["you@example.com", *made]


@pytest.mark.parametrize("token", ["rubbish", "eyJhIjogMX0"])
def test_a_page_token_of_ones_own_making_is_refused(client, token):
    assert refused(client.calendarList().list(pageToken=token)) == (400, "invalid")


def test_the_list_can_be_followed_with_a_sync_token(owner, box, calendar):
    token = owner.calendarList().list().execute()["nextSyncToken"]
    assert listed(owner, syncToken=token) == []

    owner.calendarList().patch(calendarId=calendar, body={"summaryOverride": "Mine"}).execute()
    owner.calendars().patch(calendarId="primary", body={"description": "unseen"}).execute()
    assert listed(owner, syncToken=token) == [calendar]

    assert refused(owner.calendarList().list(syncToken=token, showDeleted=False)) == (400, "invalid")
    assert refused(owner.calendarList().list(syncToken=token, minAccessRole="owner")) == (400, "invalid")
    box.google.end_sync_tokens()
    assert refused(owner.calendarList().list(syncToken=token)) == (410, "fullSyncRequired")


def test_an_entry_has_its_own_fields_and_etag(owner, calendar):
    entries = owner.calendarList()
    before = owner.calendars().get(calendarId=calendar).execute()["etag"]
    patched = entries.patch(calendarId=calendar, body={"colorId": "9", "selected": False}).execute()
    updated = entries.update(calendarId=calendar, body={"hidden": True}).execute()

    assert (patched["colorId"], patched["backgroundColor"], "selected" in patched) == ("9", "#7bd148", False)
    assert (updated["colorId"], updated["selected"], updated["hidden"]) == ("14", True, True)
    assert owner.calendars().get(calendarId=calendar).execute()["etag"] == before
    assert calendar not in listed(owner)
    assert calendar in listed(owner, showHidden=True)
    stale = matching(entries.patch(calendarId=calendar, body={}), patched["etag"])
    assert refused(stale) == (412, "conditionNotMet")


def test_free_colours_must_be_asked_for(owner, calendar):
    patch = owner.calendarList().patch
    body = {"backgroundColor": "#123456", "foregroundColor": "#ffffff"}

    plain = patch(calendarId=calendar, body=body).execute()
    free = patch(calendarId=calendar, body=body, colorRgbFormat=True).execute()

    assert (plain["backgroundColor"], free["backgroundColor"]) == ("#9fe1e7", "#123456")
    assert refused(patch(calendarId=calendar, body={"colorId": "25"})) == (400, "invalid")


def test_a_calendar_can_be_taken_off_the_list_and_put_back(owner, calendar):
    owner.calendarList().delete(calendarId=calendar).execute()

    assert refused(owner.calendarList().get(calendarId=calendar)) == (404, "notFound")
    assert calendar not in listed(owner)
    assert owner.calendars().get(calendarId=calendar).execute()["id"] == calendar

    back = owner.calendarList().insert(body={"id": calendar, "colorId": "3"}).execute()
    assert (back["id"], back["colorId"]) == (calendar, "3")
    assert calendar in listed(owner)


def test_there_are_eleven_colours_for_events_and_24_for_calendars(client):
    palette = client.colors().get().execute()

    assert set(palette["event"]) == {str(n) for n in range(1, 12)}
    assert set(palette["calendar"]) == {str(n) for n in range(1, 25)}
    assert palette["event"]["8"] == {"background": "#e1e1e1", "foreground": "#1d1d1d"}
