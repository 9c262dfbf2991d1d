"""The token endpoint: its exact bodies, and what each of them means to a person."""

from urllib.parse import parse_qs

import pytest
import requests
import responses

from sync.errors import NotAuthorised, RetryLater, TargetError
from sync.signin.exchange import REVOKE_URI, refreshed, revoke
from sync.signin.grants import TOKEN_URI, Grant
from tests.desk import NOW
from tests.sign_ins import APP, LIST, as_answer

GRANT = Grant("ya29.access", "1//refresh", TOKEN_URI, "client", "GOCSPX-secret", (APP, LIST), NOW)
ANSWER = {"access_token": "ya29.new", "expires_in": 3599, "scope": f"{APP} {LIST}", "token_type": "Bearer"}
DEAD = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
SECRETS = ("ya29", "1//refresh", "GOCSPX")


@pytest.fixture
def endpoint():
    with responses.RequestsMock() as mock:
        yield mock


def refused(endpoint, status, body, **more):
    """What a person is told of an answer to a refresh."""
    endpoint.post(TOKEN_URI, status=status, **as_answer(body), **more)
    with pytest.raises((NotAuthorised, TargetError)) as caught:
        refreshed(GRANT, NOW)
    error = caught.value
    assert not [secret for secret in SECRETS if secret in f"{error!r} {error}"]
    assert len(endpoint.calls) == 1, "nothing is sent twice"
    return error


def test_a_refresh_sends_what_google_asks_for_and_nothing_else(endpoint):
    endpoint.post(TOKEN_URI, json=ANSWER)
    grant = refreshed(GRANT, NOW)
    sent = endpoint.calls[0].request
    assert parse_qs(sent.body) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["1//refresh"],
        "client_id": ["client"],
        "client_secret": ["GOCSPX-secret"],
    }
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert (grant.token, grant.refresh_token) == ("ya29.new", "1//refresh")


def test_a_consent_that_has_ended_names_the_seven_days_of_testing(endpoint):
    error = refused(endpoint, 400, DEAD)
    assert error.exit_code == 7
    assert error.title == "Google has ended this sign-in."
    assert "roadmap-sync auth google" in error.hint
    assert "testing loses it after seven days" in error.hint


@pytest.mark.parametrize("code", ["invalid_client", "deleted_client", "unauthorized_client"])
def test_an_app_that_is_gone_wants_a_new_client_secret(endpoint, code):
    error = refused(endpoint, 401, {"error": code, "error_description": "The OAuth client was not found."})
    assert error.exit_code == 7
    assert code in error.title
    assert "client_secret.json" in error.hint


def test_any_other_refusal_is_named_by_its_code(endpoint):
    error = refused(endpoint, 403, {"error": "admin_policy_enforced"})
    assert (error.exit_code, error.title) == (7, "Google refuses access (admin_policy_enforced).")


def test_a_code_that_is_none_is_not_repeated(endpoint):
    error = refused(endpoint, 400, {"error": "ya29.access is no good"})
    assert error.title == "Google refuses access (an unknown error)."


def test_fewer_scopes_than_are_needed_end_it(endpoint):
    assert refused(endpoint, 200, {**ANSWER, "scope": LIST}).exit_code == 7


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.parametrize("body", ["<html>Error</html>", {"error": "internal_failure"}, ""])
def test_a_service_in_trouble_is_asked_again_later(endpoint, status, body):
    error = refused(endpoint, status, body)
    assert isinstance(error, RetryLater)
    assert (error.exit_code, error.after) == (6, None)
    assert error.title == f"oauth2.googleapis.com is in trouble ({status})."


@pytest.mark.parametrize(("wish", "after"), [("7", 7.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None)])
def test_the_wish_of_a_service_in_trouble_is_handed_on(endpoint, wish, after):
    assert refused(endpoint, 503, "", headers={"Retry-After": wish}).after == after


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html>Log in to the hotel</html>"),
        (200, b"\xff\xfe"),
        (200, "[]"),
        (200, {}),
        (200, {**ANSWER, "expires_in": None}),
        (200, {**ANSWER, "expires_in": "soon"}),
        (200, {**ANSWER, "expires_in": -1}),
        (200, {**ANSWER, "access_token": 5}),
        (200, {**ANSWER, "scope": [APP]}),
        (200, {**ANSWER, "refresh_token": 5}),
        (400, {"error": {"code": 400, "message": "ya29.access"}}),
        (404, "Not Found"),
        (204, ""),
    ],
)
def test_what_is_no_answer_of_googles_is_an_error_like_any_other(endpoint, status, body):
    error = refused(endpoint, status, body)
    assert (error.exit_code, error.code) == (6, "target")
    assert "does not answer as a sign-in service does" in error.title


def test_nothing_is_sent_on_to_another_address(endpoint):
    """A 307 would have the form, secrets included, posted again."""
    error = refused(endpoint, 307, "", headers={"Location": "https://example.org/token"})
    assert error.exit_code == 6


@pytest.mark.parametrize(
    "error", [requests.ConnectionError, requests.Timeout, requests.exceptions.ProxyError]
)
def test_a_network_that_is_not_there_ends_with_6(endpoint, error):
    told = refused(endpoint, 200, error("ya29.access cannot be sent"))
    assert isinstance(told, RetryLater)
    assert told.title == "oauth2.googleapis.com cannot be reached."


def test_a_grant_without_a_refresh_token_asks_nobody():
    grant = Grant("ya29.access", "", TOKEN_URI, "", "", None, NOW)
    with pytest.raises(NotAuthorised, match="cannot be renewed"):
        refreshed(grant, NOW)


# --- revoking ---


def test_revoking_keeps_the_token_out_of_the_address(endpoint):
    endpoint.post(REVOKE_URI, json={})
    revoke(GRANT)
    assert endpoint.calls[0].request.url == REVOKE_URI
    assert parse_qs(endpoint.calls[0].request.body) == {"token": ["1//refresh"]}


def test_what_was_revoked_before_is_revoked(endpoint):
    endpoint.post(
        REVOKE_URI,
        json={"error": "invalid_token", "error_description": "Token expired or revoked"},
        status=400,
    )
    revoke(GRANT)


@pytest.mark.parametrize(("status", "body"), [(503, "<html>"), (400, '{"error": "invalid_request"}')])
def test_a_revocation_that_is_not_confirmed_is_an_error(endpoint, status, body):
    endpoint.post(REVOKE_URI, body=body, status=status)
    with pytest.raises(TargetError):
        revoke(GRANT)


@pytest.mark.parametrize(("address", "proxies"), [(TOKEN_URI, True), ("http://127.0.0.1:9/token", False)])
def test_what_stays_on_this_machine_goes_through_no_proxy(endpoint, monkeypatch, address, proxies):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    endpoint.post(address, json=ANSWER)
    refreshed(Grant("", "1//refresh", address, "client", "s", None, None), NOW)
    assert bool(endpoint.calls[0].request.req_kwargs["proxies"]) is proxies
