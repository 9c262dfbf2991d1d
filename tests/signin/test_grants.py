"""The text of a grant: what google-auth writes and reads, and what is refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from google.oauth2.credentials import Credentials

from sync.errors import NotAuthorised
from sync.signin.grants import TOKEN_URI, Grant, read_grant
from tests.desk import NOW
from tests.sign_ins import APP, LIST

MADE = {
    "token": "ya29.access",
    "refresh_token": "1//refresh",
    "token_uri": TOKEN_URI,
    "client_id": "client",
    "client_secret": "GOCSPX-secret",
    "scopes": [APP, LIST],
}
ANSWER = {"access_token": "ya29.new", "expires_in": 3599}


def read(**change: object) -> Grant:
    return read_grant(json.dumps({**MADE, **change}), "the file")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"expiry": datetime(2026, 3, 2, 7)},
        {"expiry": datetime(2026, 3, 2, 7, 0, 0, 250_000), "rapt_token": "rapt", "account": "me@example.com"},
        {"scopes": None, "client_secret": None},
    ],
)
def test_the_text_is_the_one_that_google_auth_writes(more):
    text = Credentials(**{**MADE, **more}).to_json()
    assert read_grant(text, "the file").to_json() == text


def test_a_fresh_grant_is_written_as_google_auth_would_and_read_by_it():
    empty = Grant("", "1//refresh", TOKEN_URI, "client", "GOCSPX-secret", (APP, LIST), None)
    grant = empty.renewed(ANSWER, NOW)
    expiry = datetime(2026, 3, 2, 6, 59, 59)
    assert grant.to_json() == Credentials(**{**MADE, "token": "ya29.new", "expiry": expiry}).to_json()
    theirs = Credentials.from_authorized_user_info(json.loads(grant.to_json()))
    assert (theirs.token, theirs.refresh_token, theirs.expiry) == ("ya29.new", "1//refresh", expiry)
    assert theirs.scopes == [APP, LIST]


def test_what_others_wrote_beside_it_stays():
    assert json.loads(read(quota_project_id="mine").to_json())["quota_project_id"] == "mine"


def test_scopes_may_be_one_text_and_a_missing_address_is_googles_own():
    data = {**MADE, "scopes": f"{APP} {LIST}", "token_uri": None}
    grant = read_grant(json.dumps(data), "the file")
    assert grant.scopes == (APP, LIST)
    assert grant.token_uri == "https://oauth2.googleapis.com/token"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON ya29.access",
        "[]",
        '"ya29.access"',
        "[" * 100_000,
        "{}",
        json.dumps({**MADE, "token": "", "refresh_token": None}),
        json.dumps({**MADE, "refresh_token": ["1//refresh"]}),
        json.dumps({**MADE, "scopes": 3}),
        json.dumps({**MADE, "scopes": [3]}),
        json.dumps({**MADE, "expiry": "soon"}),
        json.dumps({**MADE, "expiry": 1}),
    ],
)
def test_what_is_no_token_is_one_clear_sentence(text):
    with pytest.raises(NotAuthorised, match="is not a token of Google's") as caught:
        read_grant(text, "the file")
    assert "the file" in caught.value.title
    assert "auth google" in caught.value.hint
    assert caught.value.__cause__ is None
    assert "ya29" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/token",
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com@example.org/",
    ],
)
def test_a_token_that_would_be_renewed_elsewhere_is_refused(address):
    with pytest.raises(NotAuthorised, match="neither Google's nor this computer's") as caught:
        read(token_uri=address)
    assert "token_uri" in caught.value.hint


def test_a_token_of_the_sandbox_is_taken():
    assert read(token_uri="http://127.0.0.1:8080/token").token_uri == "http://127.0.0.1:8080/token"


# --- scopes and times ---


@pytest.mark.parametrize("scopes", [[APP], [APP, LIST], None, ["https://www.googleapis.com/auth/calendar"]])
def test_a_grant_needs_calendars_of_its_own_at_least(scopes):
    grant = read(scopes=scopes)
    assert grant.checked() is grant


@pytest.mark.parametrize("scopes", [[LIST], ["https://www.googleapis.com/auth/calendar.readonly"]])
def test_a_grant_without_calendars_of_its_own_is_not_enough(scopes):
    with pytest.raises(NotAuthorised, match="not to calendars") as caught:
        read(scopes=scopes).checked()
    assert "ticked" in caught.value.hint


def test_a_wider_scope_holds_the_list_of_calendars():
    assert read(scopes=["https://www.googleapis.com/auth/calendar"]).has(LIST)
    assert not read(scopes=[APP]).has(LIST)


def test_an_access_token_is_given_up_a_few_minutes_early():
    grant = read(expiry="2026-03-02T06:10:00Z")
    assert grant.is_fresh(NOW)
    assert grant.is_fresh(NOW + timedelta(minutes=6, seconds=14))
    assert not grant.is_fresh(NOW + timedelta(minutes=6, seconds=15))


@pytest.mark.parametrize(
    "expiry", ["2026-03-02T06:00:00", "2026-03-02T09:00:00+03:00", "2026-03-02T06:00:00.5Z"]
)
def test_the_end_may_be_written_in_several_ways(expiry):
    ends = read(expiry=expiry).expiry
    assert ends is not None
    assert abs(ends - NOW) < timedelta(seconds=1)


def test_an_access_token_without_an_end_is_used_only_where_there_is_no_other_way():
    assert not read(expiry=None).is_fresh(NOW)
    assert read(expiry=None, refresh_token=None).is_fresh(NOW)
    assert not read(expiry="2099-01-01T00:00:00Z", token=None).is_fresh(NOW)


def test_a_renewed_grant_keeps_what_the_answer_does_not_name():
    grant = read().renewed(ANSWER, NOW)
    assert (grant.token, grant.refresh_token, grant.scopes) == ("ya29.new", "1//refresh", (APP, LIST))
    assert grant.expiry == datetime(2026, 3, 2, 6, 59, 59, tzinfo=UTC)
    other = read().renewed({**ANSWER, "refresh_token": "1//other", "scope": APP, "expires_in": "60"}, NOW)
    assert (other.refresh_token, other.scopes) == ("1//other", (APP,))


def test_a_grant_shows_nothing_of_itself():
    assert "ya29" not in repr(read())
    assert "GOCSPX" not in repr(read())
