"""Who may do what, and how often."""

import pytest

SCOPES = "https://www.googleapis.com/auth/"
CREATED = f"{SCOPES}calendar.app.created"
READ_LIST = f"{SCOPES}calendar.calendarlist.readonly"


def reason(answer):
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


@pytest.fixture
def using(raw, box):
    """The raw API under other scopes."""

    def scoped(*scopes):
        raw.token = box.google.authorized_user(scopes)["token"]
        return raw

    return scoped


@pytest.mark.parametrize("header", [{"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}])
def test_without_a_known_token_nothing_is_answered(raw, calendar, header):
    answer = raw("GET", raw.events(calendar), **header)

    assert reason(answer) == (401, "authError")
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"


def test_a_token_runs_out_after_an_hour(raw, calendar, clock):
    clock.forward(seconds=3598)
    assert raw("GET", raw.events(calendar)).status_code == 200

    clock.forward(seconds=1)
    assert reason(raw("GET", raw.events(calendar))) == (401, "authError")


def test_the_list_of_calendars_needs_its_own_scope(using):
    answer = using(CREATED)("GET", "/calendar/v3/users/me/calendarList")

    assert reason(answer) == (403, "insufficientPermissions")
    detail = answer.json()["error"]["details"][0]
    assert detail["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert detail["metadata"]["method"] == "calendar.v3.CalendarList.List"
    assert using(CREATED, READ_LIST)("GET", "/calendar/v3/users/me/calendarList").status_code == 200


def test_an_app_reaches_only_the_calendars_it_has_made(using, box, calendar, timed):
    """The scope calendar.app.created; the primary calendar and those made by hand are out of reach."""
    foreign = box.google.seed_calendar("Private")
    event = box.google.seed_event(foreign, timed())
    before = box.google.snapshot()
    raw = using(CREATED, READ_LIST)

    for name in (foreign, "primary"):
        assert reason(raw("POST", raw.events(name), timed())) == (404, "notFound")
        assert reason(raw("GET", raw.events(name))) == (404, "notFound")
        assert reason(raw("DELETE", f"/calendar/v3/calendars/{name}")) == (404, "notFound")
    assert reason(raw("DELETE", raw.events(foreign, f"/{event}"))) == (404, "notFound")
    assert raw("GET", f"/calendar/v3/users/me/calendarList/{foreign}").status_code == 200
    assert raw("POST", raw.events(calendar), timed()).status_code == 200
    after = box.google.snapshot()
    assert before["account"]["calendars"][:1] == after["account"]["calendars"][:1]
    assert before["account"]["calendars"][2] == after["account"]["calendars"][2]


def test_a_wider_scope_reaches_every_calendar(using, box, timed):
    foreign = box.google.seed_calendar("Private")
    raw = using(f"{SCOPES}calendar.events")

    assert raw("POST", raw.events(foreign), timed()).status_code == 200
    assert reason(raw("POST", "/calendar/v3/calendars", {"summary": "x"})) == (403, "insufficientPermissions")


def test_moving_events_is_not_covered_by_the_apps_own_scope(using, calendar):
    raw = using(CREATED)

    answer = raw("POST", raw.events(calendar, "/rs001/move?destination=x"))

    assert reason(answer) == (403, "insufficientPermissions")


def test_methods_that_are_not_emulated_say_so(using):
    answer = using(f"{SCOPES}calendar")("GET", "/calendar/v3/users/me/settings")

    assert reason(answer) == (501, "notImplemented")


def test_a_required_parameter_must_be_there(using, calendar):
    raw = using(f"{SCOPES}calendar")

    assert reason(raw("POST", raw.events(calendar, "/rs001/move"))) == (400, "required")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/calendar/v3/moon"), ("DELETE", "/calendar/v3/colors")]
)
def test_unknown_paths_and_methods_are_not_found(raw, method, path):
    answer = raw(method, path)

    assert reason(answer) == (404, "notFound")
    assert answer.json()["error"]["status"] == "NOT_FOUND"


def test_the_quota_of_a_minute_slides(raw, box, clock):
    box.google.quirks.quota = 3
    colours = "/calendar/v3/colors"
    raw("GET", colours)
    clock.forward(seconds=30)
    raw("GET", colours)
    raw("GET", colours)

    assert reason(raw("GET", colours)) == (403, "userRateLimitExceeded")
    clock.forward(seconds=30)
    assert raw("GET", colours).status_code == 200
    assert reason(raw("GET", colours)) == (403, "userRateLimitExceeded")
    clock.forward(seconds=30)
    assert [raw("GET", colours).status_code for _ in range(3)] == [200, 200, 403]


def test_a_patch_costs_three_units(raw, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.quirks.quota = 4

    patched = raw("PATCH", raw.events(calendar, "/rs001"), {"summary": "New"})
    refused = raw("PATCH", raw.events(calendar, "/rs001"), {"summary": "Newer"})

    assert patched.status_code == 200
    assert reason(refused) == (403, "userRateLimitExceeded")
    assert raw("GET", raw.events(calendar, "/rs001")).json()["summary"] == "New"
    assert box.google.log.units == 4


def test_a_batch_costs_as_much_as_its_calls(client, box, calendar, timed):
    box.google.quirks.quota = 7
    failed = []
    batch = client.new_batch_http_request(callback=lambda *told: failed.append(told[2]))
    for number in range(10):
        batch.add(client.events().insert(calendarId=calendar, body=timed(id=f"rs{number:03}")))

    batch.execute()

    assert sum(problem is not None for problem in failed) == 3
    assert len(box.google.events(calendar)) == 7


def test_without_a_limit_nothing_is_counted_against_it(raw, box):
    box.google.quirks.quota = None

    assert {raw("GET", "/calendar/v3/colors").status_code for _ in range(5)} == {200}
