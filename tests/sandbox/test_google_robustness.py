"""Whatever is sent, it is answered: with an event that can be read again, or with a refusal."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sandbox import Sandbox
from sync.sandbox.wire import Request

NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
ZONES = st.sampled_from(
    ["Africa/Nairobi", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC", "", "x"]
)
DAYS = st.dates().map(str) | st.sampled_from(["2026-02-29", "", "today"])
MOMENTS = st.datetimes().map(lambda m: m.isoformat(timespec="seconds")) | st.sampled_from(
    ["2026-03-29T02:30:00", "2026-10-25T02:30:00+02:00", "2026-01-05T24:00:00Z", "2026-12-31T23:59:60Z"]
)
OFFSETS = st.sampled_from(["", "Z", "+03:00", "-23:59"])
POINTS = st.fixed_dictionaries(
    {},
    optional={
        "date": DAYS,
        "dateTime": st.builds(str.__add__, MOMENTS, OFFSETS),
        "timeZone": ZONES,
    },
) | st.fixed_dictionaries({"date": st.dates().map(str)})
RULES = st.lists(
    st.sampled_from(
        [
            "RRULE:FREQ=DAILY",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5",
            "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "RRULE:FREQ=MONTHLY;BYDAY=9MO",
            "RRULE:FREQ=DAILY;INTERVAL=0",
            "RRULE:FREQ=DAILY;COUNT=-1",
            "RRULE:FREQ=HOURLY;UNTIL=20260301T000000Z",
            "RRULE:FREQ=DAILY;UNTIL=20260301",
            "RRULE:FREQ=DAILY;BYSETPOS=99",
            "EXDATE:20260105T160000Z",
            "EXDATE;VALUE=DATE:20260105",
            "EXDATE;TZID=Mars/Base:20260105T160000",
            "RDATE:20269999T160000Z",
            "EXRULE:FREQ=DAILY",
            "X",
        ]
    ),
    max_size=3,
)
TEXTS = st.text(max_size=20) | st.none()
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["rs001", "rs002", "RS", "rs001_20260105"]),
        "summary": TEXTS,
        "description": TEXTS,
        "start": POINTS,
        "end": POINTS,
        "recurrence": RULES,
        "status": st.sampled_from(["confirmed", "cancelled", "x", None]),
        "sequence": st.integers(-2, 3),
        "reminders": st.fixed_dictionaries(
            {}, optional={"useDefault": st.booleans(), "overrides": st.just([])}
        ),
        "extendedProperties": st.dictionaries(
            st.sampled_from(["private", "x"]), st.dictionaries(TEXTS, TEXTS)
        ),
        "colorId": st.sampled_from(["1", "11", "12", ""]),
        "attendees": st.lists(st.fixed_dictionaries({}, optional={"email": TEXTS}), max_size=2),
        "source": st.fixed_dictionaries({}, optional={"url": TEXTS}),
    },
)


@pytest.fixture(scope="module")
def box():
    return Sandbox(now=lambda: NOW)


@given(bodies=st.lists(st.tuples(st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]), BODIES), max_size=4))
def test_no_event_upsets_the_service(box, bodies):
    box.google.quirks.quota = None
    calendar = box.google.seed_calendar("x", zone="America/St_Johns", by_app=True)
    headers = {"authorization": f"Bearer {box.google.authorized_user()['token']}"}
    base = f"/calendar/v3/calendars/{calendar}/events"

    for method, body in bodies:
        path = base if method == "POST" else f"{base}/rs001"
        raw = b"" if method == "DELETE" else json.dumps(body).encode()
        answer = box.google.answer(Request(method, path, (), headers, raw))
        assert answer.status in (200, 204, 400, 403, 404, 409, 410)

    for query in ((), (("singleEvents", "true"), ("orderBy", "startTime")), (("showDeleted", "true"),)):
        assert box.google.answer(Request("GET", base, query, headers)).status == 200
    for event in box.google.events(calendar, deleted=True):
        json.dumps(event, ensure_ascii=False).encode()


@given(target=st.text(max_size=30), body=st.binary(max_size=60), method=st.sampled_from(["GET", "POST"]))
def test_no_request_upsets_any_door(box, target, body, method):
    paths = (
        "/calendar/v3/",
        "/batch/calendar/v3",
        "/token",
        "/o/oauth2/auth",
        "/revoke",
        "/google/token.json",
    )
    headers = {
        "authorization": f"Bearer {box.google.authorized_user()['token']}",
        "content-type": "multipart/mixed; boundary=b",
    }

    for path in paths:
        request = Request.at(method, f"{path}?{target}", headers, b"--b\r\n" + body)
        assert box.google.answer(request).status < 500


@given(texts=st.lists(st.text(max_size=12), min_size=8, max_size=8))
def test_no_form_upsets_the_phone(box, texts):
    names = ("title", "all_day", "start_date", "start_time", "end_date", "end_time", "notes", "event")
    form = dict(zip(names, texts, strict=True))
    if not box.google.events("primary", deleted=True):
        day = {"start": {"date": "2026-01-05"}, "end": {"date": "2026-01-06"}}
        box.google.seed_event("primary", {"id": "rs001", **day})

    for path in ("/phone/save", "/phone/tick", "/phone/delete"):
        body = urlencode({**form, "calendar": "primary"}).encode()
        delivery = box._deliver(Request("POST", path, (), {}, body))
        assert delivery.answer.status in (303, 400)
