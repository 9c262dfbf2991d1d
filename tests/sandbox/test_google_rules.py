"""What Google refuses, and what it changes in silence."""

import json

import pytest

NAIROBI = "Africa/Nairobi"
AT = {"dateTime": "2026-01-05T19:00:00", "timeZone": NAIROBI}
TO = {"dateTime": "2026-01-05T20:00:00", "timeZone": NAIROBI}
DAY = {"start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}}
POPUP = {"method": "popup", "minutes": 10}
DAILY = ["RRULE:FREQ=DAILY;COUNT=3"]

REFUSED = {
    "id too short": ({"id": "rs00"}, "invalid"),
    "id in standard base32": ({"id": "rsxyz"}, "invalid"),
    "id in capitals": ({"id": "RS001"}, "invalid"),
    "id too long": ({"id": "a" * 1025}, "invalid"),
    "id and iCalUID": ({"id": "rs001", "iCalUID": "x@y"}, "invalid"),
    "no end": ({"end": None}, "required"),
    "no start": ({"start": None}, "required"),
    "empty start": ({"start": {}}, "required"),
    "both kinds in one": ({"start": {**AT, "date": "2026-01-05"}}, "invalid"),
    "mixed kinds": ({"start": {"date": "2026-01-05"}}, "invalid"),
    "inclusive end": ({"start": {"date": "2026-01-05"}, "end": {"date": "2026-01-05"}}, "timeRangeEmpty"),
    "end before start": ({"start": TO, "end": AT}, "timeRangeEmpty"),
    "no such day": ({"start": {"date": "2026-02-30"}, "end": {"date": "2026-03-01"}}, "invalid"),
    "no such hour": ({"start": {"dateTime": "2026-01-05T25:00:00Z"}}, "invalid"),
    "floating": ({"start": {"dateTime": "2026-01-05T19:00:00"}}, "required"),
    "before all calendars": ({"start": {"date": "0001-01-01"}, "end": {"date": "0001-01-02"}}, "invalid"),
    "after all calendars": (
        {"start": {"dateTime": "9999-12-31T23:00:00Z"}, "end": {"dateTime": "9999-12-31T23:30:00Z"}},
        "invalid",
    ),
    "unknown zone": ({"start": {**AT, "timeZone": "Mars/Base"}}, "invalid"),
    "zone with a path": ({"start": {**AT, "timeZone": "../etc"}}, "invalid"),
    "series without zone": (
        {"start": {"dateTime": "2026-01-05T19:00:00+03:00"}, "recurrence": DAILY},
        "required",
    ),
    "series with an end without zone": (
        {"end": {"dateTime": "2026-01-05T20:00:00+03:00"}, "recurrence": DAILY},
        "required",
    ),
    "DTSTART in a series": ({"recurrence": ["DTSTART:20260105T160000Z", *DAILY]}, "invalid"),
    "rule without its name": ({"recurrence": ["FREQ=DAILY"]}, "invalid"),
    "rule without frequency": ({"recurrence": ["RRULE:COUNT=3"]}, "invalid"),
    "rule with a word twice": ({"recurrence": ["RRULE:FREQ=DAILY;COUNT=3;COUNT=4"]}, "invalid"),
    "rule with a made-up word": ({"recurrence": ["RRULE:FREQ=DAILY;MOON=FULL"]}, "invalid"),
    "count and until": ({"recurrence": ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260109T000000Z"]}, "invalid"),
    "until as a day": ({"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260109"]}, "invalid"),
    "until as a moment": ({**DAY, "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20260109T000000Z"]}, "invalid"),
    "until before the start": ({"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20250109T000000Z"]}, "invalid"),
    "floating exception": ({"recurrence": [*DAILY, "EXDATE:20260106T190000"]}, "invalid"),
    "exception as a day": ({"recurrence": [*DAILY, "EXDATE;VALUE=DATE:20260106"]}, "invalid"),
    "zoned exception of days": (
        {**DAY, "recurrence": [*DAILY, f"EXDATE;TZID={NAIROBI}:20260106"]},
        "invalid",
    ),
    "six reminders": ({"reminders": {"useDefault": False, "overrides": [POPUP] * 6}}, "invalid"),
    "reminder too early": (
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40321}]}},
        "invalid",
    ),
    "reminder by text message": (
        {"reminders": {"useDefault": False, "overrides": [{"method": "sms", "minutes": 1}]}},
        "invalid",
    ),
    "reminder without minutes": (
        {"reminders": {"useDefault": False, "overrides": [{"method": "popup"}]}},
        "invalid",
    ),
    "both reminders": (
        {"reminders": {"useDefault": True, "overrides": [POPUP]}},
        "cannotUseDefaultRemindersAndSpecifyOverride",
    ),
    "colour 12": ({"colorId": "12"}, "invalid"),
    "unknown status": ({"status": "maybe"}, "invalid"),
    "unknown transparency": ({"transparency": "glass"}, "invalid"),
    "unknown visibility": ({"visibility": "secret"}, "invalid"),
    "another kind of event": ({"eventType": "focusTime"}, "invalid"),
    "description too long": ({"description": "x" * 8193}, "invalid"),
    "guest without address": ({"attendees": [{"email": "nobody"}]}, "invalid"),
    "source that is no page": ({"source": {"url": "file:///x", "title": "x"}}, "invalid"),
    "too many properties": (
        {"extendedProperties": {"private": {f"k{n}": "" for n in range(301)}}},
        "invalid",
    ),
    "properties too large": (
        {"extendedProperties": {"private": {f"k{n}": "x" * 1000 for n in range(40)}}},
        "invalid",
    ),
    "unknown field": ({"sumary": "typo"}, "badRequest"),
    "unknown field below": ({"start": {**AT, "zone": "x"}}, "badRequest"),
    "text where a number belongs": ({"sequence": "1"}, "badRequest"),
    "true where a number belongs": ({"sequence": True}, "badRequest"),
    "number too large": ({"sequence": 2**31}, "badRequest"),
    "number where a text belongs": ({"summary": 1}, "badRequest"),
    "text where true belongs": ({"reminders": {"useDefault": "false"}}, "badRequest"),
    "text where an object belongs": ({"start": "2026-01-05"}, "badRequest"),
    "text where a list belongs": ({"recurrence": "RRULE:FREQ=DAILY"}, "badRequest"),
    "null in a list": ({"recurrence": [None]}, "badRequest"),
    "number as property": ({"extendedProperties": {"private": {"n": 1}}}, "badRequest"),
    "no date": ({"start": {"date": "5 January"}}, "badRequest"),
    "no moment": ({"start": {"dateTime": "2026-01-05 19:00"}}, "badRequest"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_an_event_like_this_is_refused(raw, box, calendar, timed, change, reason):
    answer = raw("POST", raw.events(calendar), timed(**change))

    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["reason"] == reason
    assert box.google.events(calendar) == []


ACCEPTED = {
    "no length": {"end": AT},
    "shortest id": {"id": "rs001"},
    "longest id": {"id": "v" * 1024},
    "five reminders": {"reminders": {"useDefault": False, "overrides": [POPUP] * 5}},
    "earliest reminder": {
        "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 40320}]}
    },
    "whole-day series": {
        **DAY,
        "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260301", "EXDATE;VALUE=DATE:20260112"],
    },
    "series with exceptions": {
        "recurrence": [*DAILY, f"EXDATE;TZID={NAIROBI}:20260106T190000", "RDATE:20260201T160000Z"]
    },
    "series without end": {"recurrence": ["RRULE:FREQ=DAILY"]},
    "fields that are read-only": {"kind": "calendar#event", "etag": '"1"', "htmlLink": "x", "locked": True},
    "longest description": {"description": "x" * 8192},
    "guest": {"attendees": [{"email": "a@b.example"}]},
    "source": {"source": {"url": "https://example.com", "title": "x"}},
    "null for nothing": {"location": None, "start": {**AT, "date": None}},
}


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_an_event_like_this_is_taken(raw, calendar, timed, change):
    answer = raw("POST", raw.events(calendar), timed(**change))

    assert answer.status_code == 200, answer.text


def test_long_property_names_vanish_and_long_values_are_cut(raw, calendar, timed):
    private = {"k" * 44: "v" * 1024, "l" * 45: "gone", "m": "w" * 1025}

    kept = raw("POST", raw.events(calendar), timed(extendedProperties={"private": private})).json()

    assert kept["extendedProperties"] == {"private": {"k" * 44: "v" * 1024, "m": "w" * 1024}}


@pytest.mark.parametrize("body", [b"{", b"", b'{"summary": "\\ud83d"}', b'{"summary": "\xff"}'])
def test_a_body_that_is_no_json_is_a_parse_error(raw, calendar, body):
    answer = raw("POST", raw.events(calendar), body)

    assert answer.json()["error"]["errors"][0]["reason"] == "parseError"


def test_a_body_where_none_belongs_is_refused(raw, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))

    assert raw("DELETE", raw.events(calendar, "/rs001"), b"{}").status_code == 400


QUERIES = {
    "unknown parameter": "?calender=x",
    "path parameter in the query": "?calendarId=x",
    "no boolean": "?showDeleted=yes",
    "no number": "?maxResults=many",
    "number too small": "?maxResults=0",
    "no such word": "?orderBy=title",
    "no moment": "?updatedMin=yesterday",
    "no field": "?fields=items(id",
    "empty field": "?fields=items,,kind",
    "field list with rubbish": "?fields=it%20ems",
    "field that does not exist": "?fields=items(id,titel)",
    "field after the end": "?fields=items)",
    "field of nothing": "?fields=/id",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_like_this_is_refused(raw, calendar, query):
    answer = raw("GET", raw.events(calendar, query))

    assert answer.status_code == 400, answer.text


def test_fields_cut_an_answer_down(raw, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001", extendedProperties={"private": {"rs": "a"}}))
    fields = "items(id,start/dateTime,extendedProperties/private/rs),nextSyncToken,kind"

    answer = raw("GET", raw.events(calendar, f"?fields={fields}")).json()
    every = raw("GET", raw.events(calendar, "?fields=items/*")).json()

    assert answer.keys() == {"items", "nextSyncToken", "kind"}
    assert answer["items"] == [
        {
            "id": "rs001",
            "start": {"dateTime": "2026-01-05T19:00:00+03:00"},
            "extendedProperties": {"private": {"rs": "a"}},
        }
    ]
    assert every["items"][0]["summary"] == "Arrays"


def test_a_refusal_has_the_shape_that_google_documents(raw, calendar, timed):
    raw("POST", raw.events(calendar), timed(id="rs001"))

    answer = raw("POST", raw.events(calendar), timed(id="rs001"))

    message = "The requested identifier already exists."
    error = {"domain": "global", "reason": "duplicate", "message": message}
    assert answer.json() == {"error": {"errors": [error], "code": 409, "message": message}}
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert json.loads(answer.content)
