"""What Google refuses, body by body, and what becomes of it."""

import gzip
import json
from ssl import SSLCertVerificationError
from typing import Any

import pytest
import requests
import responses
from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

from sync.errors import NotAuthorised, OutOfReach, RetryLater, RoadmapSyncError, TargetError, TargetRefused
from sync.remote import Answered, Failed, Landed
from sync.targets.google_calendar.answers import Answer
from sync.targets.google_calendar.errors import CalendarGone, FateUnknown, hindrance, trouble
from sync.targets.google_calendar.settings import Settings
from sync.targets.google_calendar.target import GoogleCalendarTarget
from sync.targets.google_calendar.transport import Http
from tests.contract.orders import creation
from tests.contract.worlds import patient
from tests.targets.google.desk import days

ROOT = "https://www.googleapis.com"
EVENTS = f"{ROOT}/calendar/v3/calendars/cal/events"
BATCH = f"{ROOT}/batch/calendar/v3"
SCOPE = "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
HTML = "<!DOCTYPE html><title>Error 502</title><p>That's an error."


class Mine:
    def bearer(self) -> str:
        return "mine"

    def renewed(self) -> str:
        return "newer"


def body(code: int, reason: str, message: str, **front: Any) -> dict[str, Any]:
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return {"error": {"errors": errors, "code": code, "message": message, **front}}


@pytest.fixture
def google() -> Any:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


@pytest.fixture
def target() -> GoogleCalendarTarget:
    settings = Settings(calendar_id="cal")
    return GoogleCalendarTarget(
        settings, Mine(), zone="UTC", patience=patient(), found=lambda _: None, session=requests.Session()
    )


@pytest.mark.parametrize(
    ("status", "told", "kind", "title"),
    [
        (401, body(401, "authError", "Invalid Credentials"), NotAuthorised, "sign-in"),
        (
            401,
            {"error": {"code": 401, "message": "Request had invalid ...", "status": "UNAUTHENTICATED"}},
            NotAuthorised,
            "sign-in",
        ),
        (
            403,
            body(403, "insufficientPermissions", "Insufficient Permission", status="PERMISSION_DENIED"),
            NotAuthorised,
            "not allowed",
        ),
        (
            403,
            {
                "error": {
                    "code": 403,
                    "message": "x",
                    "status": "PERMISSION_DENIED",
                    "details": [{"reason": SCOPE}],
                }
            },
            NotAuthorised,
            "not allowed",
        ),
        (403, body(403, "accessNotConfigured", "... is disabled."), TargetRefused, "switched off"),
        (403, body(403, "quotaExceeded", "Calendar usage limits exceeded."), TargetRefused, "usage limit"),
        (403, body(403, "userRateLimitExceeded", "User Rate Limit Exceeded"), RetryLater, "slower"),
        (403, body(403, "rateLimitExceeded", "Rate Limit Exceeded"), RetryLater, "slower"),
        (429, body(429, "rateLimitExceeded", "Rate Limit Exceeded"), RetryLater, "slower"),
        (429, {}, RetryLater, "slower"),
        (409, body(409, "conflict", "Conflict"), RetryLater, "slower"),
        (500, body(500, "backendError", "Backend Error"), FateUnknown, "HTTP 500"),
        (503, HTML, FateUnknown, "HTTP 503"),
        (200, HTML, FateUnknown, "HTTP 200"),
        (200, b"\xff\xfe", FateUnknown, "HTTP 200"),
        (200, ["no", "object"], FateUnknown, "HTTP 200"),
        (200, '{"items": [', FateUnknown, "HTTP 200"),
        (403, HTML, TargetRefused, "no JSON"),
        (302, HTML, TargetRefused, "no JSON"),
        (404, body(404, "notFound", "Not Found"), CalendarGone, "calendar_id"),
        (403, body(403, "forbidden", "Forbidden"), TargetRefused, "calendar_id"),
        (400, body(400, "invalid", "Invalid Value."), TargetRefused, "refused the request: Invalid Value"),
        (400, {"error": "invalid_request"}, TargetRefused, "HTTP 400"),
    ],
)
def test_a_reading_fails_by_the_reason_that_is_given(google, target, status, told, kind, title):
    if isinstance(told, str | bytes):
        google.get(EVENTS, body=told, status=status, content_type="text/html")
    else:
        google.get(EVENTS, json=told, status=status)

    with pytest.raises(kind, match=title) as caught:
        target.read(b"")
    assert type(caught.value) is kind
    assert caught.value.hint
    assert caught.value.exit_code == (7 if kind is NotAuthorised else 6)


@pytest.mark.parametrize(
    ("status", "told", "helps"),
    [
        (403, body(403, "accessNotConfigured", "... is disabled."), "Google Cloud console"),
        (403, body(403, "insufficientPermissions", "Insufficient Permission"), "auth google"),
        (403, body(403, "forbidden", "Forbidden"), "Switch on the Google Calendar API"),
        (404, body(404, "notFound", "Not Found"), "endpoint"),
        (400, body(400, "invalid", "Invalid Value."), "doctor"),
    ],
)
@pytest.mark.parametrize("path", ["users/me/calendarList", "calendars"])
def test_a_refusal_that_is_about_no_event_does_not_send_a_person_to_the_roadmap(
    google, path, status, told, helps
):
    target = GoogleCalendarTarget(
        Settings("Roadmaps"), Mine(), zone="UTC", patience=patient(), found=lambda _: None
    )
    google.get(f"{ROOT}/calendar/v3/users/me/calendarList", json={"items": []})
    google.upsert("GET" if "/" in path else "POST", f"{ROOT}/calendar/v3/{path}", json=told, status=status)
    with pytest.raises(RoadmapSyncError) as caught:
        list(target.write(creations(target, 1)))
    assert helps in caught.value.hint
    assert "roadmap, or" not in caught.value.hint


def test_a_redirect_is_not_followed_because_the_token_would_go_along(google, target):
    google.get(EVENTS, status=302, headers={"Location": "https://elsewhere.example/"})
    google.get("https://elsewhere.example/", json={"items": []})

    with pytest.raises(TargetRefused):
        target.read(b"")
    assert [call.request.url.partition("?")[0] for call in google.calls] == [EVENTS]


def test_an_answer_that_came_packed_is_handed_on_unpacked(google):
    packed = gzip.compress(b'{"items": []}')
    google.get(EVENTS, body=packed, headers={"Content-Encoding": "gzip"})
    head, content = Http(Mine(), requests.Session()).request(EVENTS)

    assert content == b'{"items": []}'
    assert "content-encoding" not in head


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ({"Retry-After": "12"}, 12),
        ({"Retry-After": "Mon, 05 Jan 2026 12:01:00 GMT", "Date": "Mon, 05 Jan 2026 12:00:00 GMT"}, 60),
        ({"Retry-After": "Mon, 05 Jan 2015 12:01:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_a_wish_to_wait_is_read_in_both_of_its_forms(google, target, wish, seconds):
    google.post(BATCH, json=body(429, "rateLimitExceeded", "x"), status=429, headers=wish)

    with pytest.raises(RetryLater) as caught:
        list(target.write(creations(target, 1)))
    assert caught.value.after == seconds


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"body": HTML, "status": 502, "content_type": "text/html"}, FateUnknown),
        ({"body": HTML, "status": 200, "content_type": "text/html"}, FateUnknown),
        ({"body": requests.Timeout()}, FateUnknown),
        ({"body": requests.exceptions.ChunkedEncodingError()}, FateUnknown),
        ({"body": "", "status": 200, "content_type": "multipart/mixed; boundary=x"}, FateUnknown),
        ({"json": body(403, "quotaExceeded", "x"), "status": 403}, TargetRefused),
        ({"json": body(400, "badRequest", "Too many parts"), "status": 400}, TargetRefused),
    ],
)
def test_a_batch_that_fails_as_a_whole_answers_nothing(google, target, answer, kind):
    google.post(BATCH, **answer)
    events = []

    with pytest.raises(kind):
        events.extend(target.write(creations(target, 2)))
    assert not [each for each in events if isinstance(each, Answered)]


REFUSED = NewConnectionError("pool", "[Errno 111] Connection refused")  # type: ignore[arg-type]  # it is only told
UNPROVEN = SSLCertVerificationError("self-signed certificate")


@pytest.mark.parametrize(
    ("cause", "kind", "title"),
    [
        (requests.ConnectionError(MaxRetryError("pool", "/", REFUSED)), OutOfReach, "cannot be reached."),  # type: ignore[arg-type]
        (requests.ConnectTimeout("no answer"), OutOfReach, "cannot be reached."),
        (requests.exceptions.ProxyError("gone"), OutOfReach, "cannot be reached."),
        (
            requests.exceptions.SSLError(MaxRetryError("pool", "/", SSLError(UNPROVEN))),  # type: ignore[arg-type]
            OutOfReach,
            "cannot prove to be Google",
        ),
        (requests.exceptions.SSLError(SSLError("bad record")), FateUnknown, "broke off"),
        (requests.ConnectionError("Connection aborted."), FateUnknown, "broke off"),
        (requests.ConnectionError(), FateUnknown, "broke off"),
        (requests.ReadTimeout("slow"), FateUnknown, "did not answer in time"),
    ],
)
def test_only_where_no_connection_was_made_is_it_sure_that_nothing_was_sent(google, cause, kind, title):
    google.post(BATCH, body=cause)
    with pytest.raises(kind, match=title) as caught:
        Http(Mine(), requests.Session()).request(BATCH, "POST", b"")
    assert type(caught.value) is kind
    assert caught.value.__context__ is None


def test_of_a_batch_that_failed_in_part_what_is_clear_is_answered_before_waiting(google, target):
    parts = (
        _part(2, 400, "invalid"),
        _part(0, 200, "ok"),
        _part(1, 429, "rateLimitExceeded", "Retry-After: 9\r\n"),
    )
    google.add_callback(responses.POST, BATCH, callback=_answers(*parts))
    writing = target.write(creations(target, 4))
    next(writing)
    (answered,) = [next(writing)]
    with pytest.raises(RetryLater) as caught:
        next(writing)

    assert isinstance(answered, Answered)
    assert {each.key: type(each) for each in answered.results} == {"plan/day-0": Landed, "plan/day-2": Failed}
    assert caught.value.after == 9


def test_of_two_hindrances_the_one_that_will_not_pass_is_told(google, target):
    google.add_callback(
        responses.POST,
        BATCH,
        callback=_answers(
            _part(0, 403, "rateLimitExceeded"), _part(1, 403, "quotaExceeded"), _part(2, 503, "backendError")
        ),
    )

    with pytest.raises(TargetRefused, match="usage limit"):
        list(target.write(creations(target, 3)))


def _part(number: int, status: int, reason: str, head: str = "") -> str:
    told = "{}" if reason == "ok" else json.dumps(body(status, reason, "Because."))
    return (
        f"Content-Type: application/http\r\nContent-ID: <response-item-{number}>\r\n\r\n"
        f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{head}\r\n{told}"
    )


def _answers(*parts: str) -> Any:
    text = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    return lambda _: (200, {"Content-Type": "multipart/mixed; boundary=b"}, text)


def creations(target: GoogleCalendarTarget, count: int) -> list[Any]:
    class Here:
        def target(self) -> GoogleCalendarTarget:
            return target

    return [creation(Here(), made) for made in days(count)]  # type: ignore[arg-type]  # all that it asks of a world


def test_nothing_stands_in_the_way_of_what_was_carried_out():
    assert hindrance(Answer(200)) is None
    assert isinstance(trouble(Answer(418, "teapot", "Short and stout")), TargetError)
