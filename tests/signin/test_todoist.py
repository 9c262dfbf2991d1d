"""Todoist's token: where it is found, what it may look like, and whose it is."""

import httpx
import pytest

from sync.errors import NotAuthorised, RetryLater, TargetError, UsageError
from sync.signin.places import todoist_places
from sync.signin.todoist import account_of, clean_token, find_token
from tests.sign_ins import TODOIST_TOKEN

OTHER = "f" * 40
VARIABLE = "TODOIST_API_TOKEN"
USER = {"id": "1", "email": "me@example.com", "full_name": "Me", "token": TODOIST_TOKEN}


@pytest.fixture
def places(tmp_path):
    return todoist_places(tmp_path)


# --- where it is found ---


def test_the_variable_counts_before_what_was_kept(places):
    places.keep(OTHER)
    found = find_token(VARIABLE, {VARIABLE: f" {TODOIST_TOKEN}\n"}, places)
    assert (found.token, found.where) == (TODOIST_TOKEN, "the variable TODOIST_API_TOKEN")
    assert TODOIST_TOKEN not in repr(found)


@pytest.mark.parametrize("environ", [{}, {VARIABLE: ""}, {VARIABLE: " \n"}, {"OTHER": TODOIST_TOKEN}])
def test_without_the_variable_what_was_kept_counts(places, tmp_path, environ):
    (tmp_path / "todoist-token").write_text(f"{OTHER}\n")
    found = find_token(VARIABLE, environ, places)
    assert (found.token, found.where) == (OTHER, str(tmp_path / "todoist-token"))


def test_without_any_token_both_ways_to_give_one_are_named(places):
    with pytest.raises(NotAuthorised, match="Nobody is signed in to Todoist") as caught:
        find_token("MY_TOKEN", {}, places)
    assert caught.value.exit_code == 7
    assert "roadmap-sync auth todoist" in caught.value.hint
    assert "the variable MY_TOKEN" in caught.value.hint


@pytest.mark.parametrize("mistake", [TODOIST_TOKEN, OTHER])
def test_a_token_that_was_written_where_the_variables_name_belongs_is_not_repeated(places, mistake):
    with pytest.raises(NotAuthorised) as caught:
        find_token(mistake, {}, places)
    assert mistake not in str(caught.value)
    assert "the variable of token_env" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["short", "two words of it", "n\u00f6t-ascii-at-all", "a" * 501, "a\x00" * 20]
)
def test_what_can_be_no_token_is_neither_taken_nor_repeated(places, text):
    with pytest.raises(UsageError, match="not a token of Todoist's") as caught:
        clean_token(text)
    assert text not in str(caught.value)
    with pytest.raises(NotAuthorised, match="the variable TODOIST_API_TOKEN is not a token"):
        find_token(VARIABLE, {VARIABLE: text}, places)


def test_blanks_and_line_ends_around_a_token_do_no_harm():
    assert clean_token(f"  {TODOIST_TOKEN}\r\n") == TODOIST_TOKEN


# --- whose it is ---


def test_the_account_is_asked_of_todoist_itself(service):
    service.says(200, USER)
    assert account_of(TODOIST_TOKEN, service.url) == "me@example.com"
    assert service.asked == [("GET", "/api/v1/user", f"Bearer {TODOIST_TOKEN}")]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, {"error": "Invalid token", "error_tag": "AUTH_INVALID_TOKEN", "http_code": 401}),
        (401, b"Unauthorized"),
        (
            403,
            {
                "error": "Invalid token",
                "error_code": 401,
                "error_tag": "AUTH_INVALID_TOKEN",
                "http_code": 403,
            },
        ),
    ],
)
def test_a_token_that_todoist_does_not_know_ends_with_7(service, status, body):
    service.says(status, body)
    with pytest.raises(NotAuthorised, match="does not know this token"):
        account_of(TODOIST_TOKEN, service.url)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_todoist_in_trouble_ends_with_6(service, status):
    service.says(status, b"<html>")
    with pytest.raises(RetryLater, match=rf"in trouble \({status}\)"):
        account_of(TODOIST_TOKEN, service.url)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, []),
        (200, {"email": None}),
        (200, b"\xff"),
        (404, b""),
        (302, b""),
        (410, b"Gone"),
    ],
)
def test_what_is_not_todoist_is_said_to_be_something_else(service, status, body):
    service.says(status, body, Location="https://example.org/")
    with pytest.raises(TargetError, match="does not answer as Todoist does") as caught:
        account_of(TODOIST_TOKEN, service.url)
    assert caught.value.exit_code == 6
    assert TODOIST_TOKEN not in str(caught.value)


def test_nobody_there_ends_with_6(service):
    gone = service.url.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(RetryLater, match="cannot be reached"):
        account_of(TODOIST_TOKEN, gone)


@pytest.mark.parametrize(
    ("endpoint", "proxies"), [("http://127.0.0.1:9/", False), ("https://api.todoist.com/", True)]
)
def test_what_stays_on_this_machine_goes_through_no_proxy(monkeypatch, endpoint, proxies):
    made = []
    whole = httpx.Client
    answer = httpx.MockTransport(lambda request: httpx.Response(200, json=USER))

    def client(**given):
        made.append(given["trust_env"])
        return whole(transport=answer, **given)

    monkeypatch.setattr(httpx, "Client", client)
    assert account_of(TODOIST_TOKEN, endpoint) == "me@example.com"
    assert made == [proxies]
