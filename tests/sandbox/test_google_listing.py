"""Pages, filters and sync tokens."""

from datetime import timedelta

import pytest
from googleapiclient.errors import HttpError


def pages(client, calendar, **asked):
    """Every page of a list, followed through Google's own client."""
    found = []
    request = client.events().list(calendarId=calendar, **asked)
    while request is not None:
        found.append(request.execute())
        request = client.events().list_next(request, found[-1])
    return found


def ids(found):
    return [event["id"] for page in found for event in page["items"]]


def refused(raw, calendar, query):
    """Status, reason and place of a refusal."""
    answer = raw("GET", raw.events(calendar, f"?{query}"))
    error = answer.json()["error"]["errors"][0]
    return answer.status_code, error["reason"], error.get("location")


@pytest.fixture
def seven(box, calendar, timed):
    for number in range(7):
        box.google.seed_event(calendar, timed(id=f"rs00{number}", summary=f"Task {number}"))


def test_a_list_says_whose_it_is(client, box, calendar, timed, clock):
    empty = client.events().list(calendarId=calendar).execute()
    clock.forward(hours=2)
    box.google.seed_event(calendar, timed(id="rs001"))
    page = client.events().list(calendarId=calendar).execute()

    assert empty["items"] == []
    assert (page["kind"], page["summary"], page["timeZone"]) == (
        "calendar#events",
        "Roadmaps",
        "Africa/Nairobi",
    )
    assert (empty["updated"], page["updated"]) == ("2026-01-05T06:00:00.000Z", "2026-01-05T08:00:00.000Z")
    assert page["etag"].startswith('"p')
    assert page["etag"] != empty["etag"]


def test_an_unchanged_list_is_answered_with_304(raw, box, calendar, timed):
    etag = raw("GET", raw.events(calendar)).headers["ETag"]
    assert raw("GET", raw.events(calendar), If_None_Match=etag).status_code == 304

    box.google.seed_event(calendar, timed())

    assert raw("GET", raw.events(calendar), If_None_Match=etag).status_code == 200


@pytest.mark.usefixtures("seven")
def test_pages_hold_what_was_asked_for_and_the_last_one_brings_the_sync_token(client, calendar):
    found = pages(client, calendar, maxResults=3)

    assert [len(page["items"]) for page in found] == [3, 3, 1]
    assert ids(found) == [f"rs00{n}" for n in range(7)]
    assert ["nextSyncToken" in page for page in found] == [False, False, True]


@pytest.mark.usefixtures("seven")
def test_pages_may_be_shorter_than_asked_for(client, box, calendar):
    box.google.quirks.page_limit = 2

    assert [len(page["items"]) for page in pages(client, calendar)] == [2, 2, 2, 1]


@pytest.mark.usefixtures("seven")
def test_pages_may_be_empty_and_not_the_last(client, box, calendar):
    box.google.quirks.empty_pages = True

    found = pages(client, calendar, maxResults=4)

    assert [len(page["items"]) for page in found] == [0, 4, 0, 3]
    assert "nextSyncToken" in found[-1]


def test_no_page_holds_more_than_2500_and_250_are_usual(client, box, calendar, whole_day):
    for number in range(2501):
        box.google.seed_event(calendar, whole_day(id=f"rs{number:05}"))

    usual = client.events().list(calendarId=calendar).execute()
    most = client.events().list(calendarId=calendar, maxResults=9999).execute()

    assert (len(usual["items"]), len(most["items"])) == (250, 2500)


@pytest.mark.usefixtures("seven")
def test_what_changes_while_paging_comes_again_with_the_sync_token(client, box, calendar, timed):
    first = client.events().list(calendarId=calendar, maxResults=4).execute()
    box.google.user_edit(calendar, "rs000", {"summary": "Edited"})
    box.google.user_delete(calendar, "rs005")
    box.google.seed_event(calendar, timed(id="rs009"))
    token = first["nextPageToken"]
    second = client.events().list(calendarId=calendar, maxResults=4, pageToken=token).execute()

    news = client.events().list(calendarId=calendar, syncToken=second["nextSyncToken"]).execute()

    assert ids([second]) == ["rs004", "rs006", "rs009"]
    assert ids([news]) == ["rs000", "rs005", "rs009"]


@pytest.mark.usefixtures("seven")
def test_an_incremental_list_holds_what_changed_and_bare_tombstones(client, box, calendar):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    box.google.user_delete(calendar, "rs003")
    box.google.user_edit(calendar, "rs002", {"summary": "Edited"})

    news = client.events().list(calendarId=calendar, syncToken=token).execute()
    full = client.events().list(calendarId=calendar, syncToken=token, showDeleted=True).execute()
    quiet = client.events().list(calendarId=calendar, syncToken=news["nextSyncToken"]).execute()

    assert [event.get("summary") for event in news["items"]] == ["Edited", None]
    assert news["items"][1].keys() == {"kind", "etag", "id", "status"}
    assert [event["summary"] for event in full["items"]] == ["Edited", "Task 3"]
    assert quiet["items"] == []


def test_dead_sync_tokens_are_answered_with_410(client, box, calendar):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    box.google.end_sync_tokens()

    with pytest.raises(HttpError) as caught:
        client.events().list(calendarId=calendar, syncToken=token).execute()

    assert caught.value.status_code == 410
    error = caught.value.error_details[0]
    assert (error["reason"], error["location"]) == ("fullSyncRequired", "syncToken")
    fresh = client.events().list(calendarId=calendar).execute()["nextSyncToken"]
    assert client.events().list(calendarId=calendar, syncToken=fresh).execute()["items"] == []


@pytest.mark.parametrize("token", ["rubbish", "W10", "e30"])
def test_a_token_that_was_never_given_out_is_dead(raw, calendar, token):
    assert refused(raw, calendar, f"syncToken={token}") == (410, "fullSyncRequired", "syncToken")


def test_a_sync_token_belongs_to_its_calendar(client, raw, box, calendar):
    other = box.google.seed_calendar("Other", by_app=True)
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]

    assert refused(raw, other, f"syncToken={token}")[0] == 410


@pytest.mark.parametrize(
    "query",
    [
        "iCalUID=x",
        "orderBy=updated",
        "privateExtendedProperty=a%3Db",
        "q=x",
        "sharedExtendedProperty=a%3Db",
        "timeMin=2026-01-01T00:00:00Z",
        "timeMax=2026-01-01T00:00:00Z",
        "updatedMin=2026-01-01T00:00:00Z",
        "showDeleted=false",
    ],
)
def test_some_parameters_do_not_go_with_a_sync_token(client, raw, calendar, query):
    token = client.events().list(calendarId=calendar).execute()["nextSyncToken"]

    status, reason, place = refused(raw, calendar, f"syncToken={token}&{query}")

    assert (status, reason, place) == (400, "invalid", query.partition("=")[0])


def test_a_sync_goes_on_as_it_began(client, raw, calendar):
    token = client.events().list(calendarId=calendar, singleEvents=True).execute()["nextSyncToken"]

    assert refused(raw, calendar, f"syncToken={token}")[0] == 400
    assert client.events().list(calendarId=calendar, singleEvents=True, syncToken=token).execute()


@pytest.mark.parametrize("asked", [{"orderBy": "updated"}, {"q": "x"}, {"privateExtendedProperty": "a=b"}])
def test_a_narrowed_list_is_no_base_for_incremental_ones(client, calendar, asked):
    assert "nextSyncToken" not in client.events().list(calendarId=calendar, **asked).execute()


@pytest.mark.usefixtures("seven")
def test_a_page_token_belongs_to_its_question(client, raw, calendar):
    token = client.events().list(calendarId=calendar, maxResults=2).execute()["nextPageToken"]

    assert refused(raw, calendar, f"pageToken={token}&q=Task") == (400, "invalid", "pageToken")
    assert refused(raw, calendar, "pageToken=rubbish") == (400, "invalid", "pageToken")


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("orderBy=startTime", 400, "badRequest"),
        ("timeMin=2026-01-05T00:00:00Z&timeMax=2026-01-05T00:00:00Z", 400, "timeRangeEmpty"),
        ("timeMin=2026-01-05T00:00:00", 400, "required"),
        ("updatedMin=2025-12-01T00:00:00Z", 410, "updatedMinTooLongAgo"),
        ("timeZone=Mars", 400, "invalid"),
    ],
)
def test_a_question_like_this_is_refused(raw, calendar, query, status, reason):
    assert refused(raw, calendar, query)[:2] == (status, reason)


def test_filters_let_through_what_they_name(client, box, calendar, timed, clock):
    box.google.seed_event(calendar, timed(id="rs001", extendedProperties={"private": {"rs": "a", "n": "1"}}))
    box.google.seed_event(calendar, timed(id="rs002", summary="Über Mähne", location="Java House"))
    shared = {"shared": {"team": "x"}}
    box.google.seed_event(calendar, timed(id="rs003", extendedProperties=shared))
    clock.forward(hours=1)
    box.google.user_delete(calendar, "rs002")

    def found(**asked):
        return ids([client.events().list(calendarId=calendar, **asked).execute()])

    assert found() == ["rs001", "rs003"]
    assert found(showDeleted=True) == ["rs001", "rs002", "rs003"]
    assert found(privateExtendedProperty="rs=a") == ["rs001"]
    assert found(privateExtendedProperty=["rs=a", "n=2"]) == []
    assert found(sharedExtendedProperty="team=x") == ["rs003"]
    assert found(q="über java", showDeleted=True) == ["rs002"]
    assert found(iCalUID="rs003@google.com") == ["rs003"]
    assert found(eventTypes="focusTime") == []
    assert found(updatedMin="2026-01-05T06:30:00Z") == ["rs002"]


def test_times_are_compared_as_instants_with_both_bounds_open(client, box, calendar, timed, whole_day):
    """The timed one is from 16:00 to 17:00 UTC; the day begins at 21:00 UTC of the day before."""
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.seed_event(calendar, whole_day(id="rs002"))

    def found(low, high):
        return ids([client.events().list(calendarId=calendar, timeMin=low, timeMax=high).execute()])

    assert found("2026-01-05T17:00:00Z", "2026-01-05T20:00:00Z") == ["rs002"]
    assert found("2026-01-05T16:59:59Z", "2026-01-05T20:00:00Z") == ["rs001", "rs002"]
    assert found("2026-01-05T00:00:00Z", "2026-01-05T16:00:00Z") == ["rs002"]
    assert found("2026-01-04T20:00:00Z", "2026-01-04T21:00:00Z") == []
    assert found("2026-01-05T20:59:59Z", "2026-01-05T21:00:00Z") == ["rs002"]


def test_lists_can_be_ordered_by_start_or_by_change(client, box, calendar, timed, clock):
    late = {"dateTime": "2026-01-05T19:30:00+03:00"}
    box.google.seed_event(calendar, timed(id="rs001", start=late))
    box.google.seed_event(calendar, timed(id="rs002"))
    clock.forward(hours=1)
    box.google.user_edit(calendar, "rs001", {"summary": "Edited"})

    def found(**asked):
        return ids(pages(client, calendar, maxResults=1, **asked))

    assert found() == ["rs001", "rs002"]
    assert found(orderBy="startTime", singleEvents=True) == ["rs002", "rs001"]
    assert found(orderBy="updated") == ["rs002", "rs001"]


def test_a_long_list_may_be_asked_for_by_post(raw, box, calendar, timed):
    """The client library does so where an address would be longer than 2048 characters."""
    box.google.seed_event(calendar, timed(id="rs001"))

    answer = raw(
        "POST",
        raw.events(calendar),
        b"maxResults=1&q=Arrays&fields=items%28id%29",
        X_HTTP_Method_Override="GET",
        Content_Type="application/x-www-form-urlencoded",
    )

    assert answer.json() == {"items": [{"id": "rs001"}]}
    assert box.google.log.calls[-1].method == "GET"


def test_updated_min_may_be_thirty_days_old(client, clock, calendar):
    asked = (clock() - timedelta(days=30)).isoformat()

    assert client.events().list(calendarId=calendar, updatedMin=asked).execute()["items"] == []
