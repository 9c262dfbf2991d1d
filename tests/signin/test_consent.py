"""Consent at Google: the question, what comes back, the exchange, and what is said when it fails."""

import logging
import os
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses

from sync.errors import NotAuthorised, RetryLater, TargetError, UsageError
from sync.sandbox.google.quirks import Consent as Mood
from sync.signin.clients import Client
from sync.signin.consent import PASTED_BACK, Consent
from tests.desk import NOW
from tests.sign_ins import APP, LIST, as_answer, redirected

GOOGLES = Client(
    "client",
    "GOCSPX-secret",
    "https://accounts.google.com/o/oauth2/auth",
    "https://oauth2.googleapis.com/token",
)
ANSWER = {
    "access_token": "ya29.access",
    "expires_in": 3599,
    "refresh_token": "1//refresh",
    "scope": f"{APP} {LIST}",
    "token_type": "Bearer",
}


@pytest.fixture
def consent(box):
    """A question to a person in the sandbox."""
    known = box.google.client_secrets()["installed"]
    client = Client(*(known[name] for name in ("client_id", "client_secret", "auth_uri", "token_uri")))
    with Consent(client, PASTED_BACK) as opened:
        yield opened


@pytest.fixture
def asked():
    """The same question to the real Google."""
    with Consent(GOOGLES, PASTED_BACK) as opened:
        yield opened


@pytest.fixture
def endpoint():
    with responses.RequestsMock() as mock:
        yield mock


def exchanged(asked, endpoint, status, body):
    """What comes of a code when the endpoint gives such an answer."""
    endpoint.post(GOOGLES.token_uri, status=status, **as_answer(body))
    return asked.given(f"/?state={asked.state}&code=4/0code", NOW)


def failed(asked, endpoint, status, body):
    with pytest.raises((NotAuthorised, TargetError)) as caught:
        exchanged(asked, endpoint, status, body)
    assert not [each for each in ("4/0code", "ya29", "1//", "GOCSPX") if each in repr(caught.value)]
    return caught.value


# --- in the sandbox ---


def test_a_person_who_allows_access_is_signed_in(box, consent):
    given = consent.given(redirected(consent.address), NOW)
    assert given.grant.scopes == (APP, LIST)
    assert given.grant.refresh_token
    assert given.ends is None
    assert box.google.sign_in.grant(f"Bearer {given.grant.token}").scopes == {APP, LIST}


def test_an_app_in_testing_tells_when_it_ends(box, consent):
    box.google.quirks.testing = True
    assert consent.given(redirected(consent.address), NOW).ends == NOW + timedelta(days=7)


def test_a_person_who_denies_access_is_told_what_to_do(box, consent):
    box.google.quirks.consent = Mood.DENIED
    with pytest.raises(NotAuthorised, match="The access was not allowed") as caught:
        consent.given(redirected(consent.address), NOW)
    assert "test users" in caught.value.hint


def test_the_list_of_calendars_may_be_left_out(box, consent):
    box.google.quirks.unticked = frozenset({LIST})
    assert consent.given(redirected(consent.address), NOW).grant.scopes == (APP,)


def test_calendars_of_its_own_may_not(box, consent):
    box.google.quirks.unticked = frozenset({APP})
    with pytest.raises(NotAuthorised, match="not to calendars"):
        consent.given(redirected(consent.address), NOW)


def test_a_code_works_once(box, consent):
    back = redirected(consent.address)
    consent.given(back, NOW)
    with pytest.raises(NotAuthorised, match="no longer takes this code"):
        consent.given(back, NOW)


def test_an_answer_to_another_question_is_refused_before_anything_is_sent(box, consent):
    back = redirected(consent.address).replace(consent.state, "another")
    with pytest.raises(UsageError, match="not the address") as caught:
        consent.given(back, NOW)
    assert PASTED_BACK in caught.value.hint
    assert "/token" not in [entry.path for entry in box.google.log.sign_ins]


@pytest.mark.parametrize("pasted", ["", "4/0code", "http://127.0.0.1:49321/", "https://accounts.google.com/"])
def test_what_is_no_answer_at_all_is_refused(consent, pasted):
    with pytest.raises(UsageError, match="not the address"):
        consent.given(pasted, NOW)


@pytest.mark.parametrize("told", ["", "&error=server_error"])
def test_an_answer_without_a_code_is_one_sentence(consent, told):
    with pytest.raises(NotAuthorised, match="without a code"):
        consent.given(f"/?state={consent.state}{told}", NOW)


def test_a_google_that_went_away_is_out_of_reach(box, consent):
    back = redirected(consent.address)
    box.stop()
    with pytest.raises(RetryLater, match="cannot be reached"):
        consent.given(back, NOW)


def test_what_stays_on_this_machine_goes_through_no_proxy(box, consent, monkeypatch):
    back = redirected(consent.address)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert consent.given(back, NOW).grant.token


# --- the question and the exchange, byte for byte ---


def test_the_question_is_that_of_an_installed_app_with_pkce(asked):
    parts = urlsplit(asked.address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == GOOGLES.auth_uri
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "response_type": "code",
        "client_id": "client",
        "redirect_uri": PASTED_BACK,
        "scope": f"{APP} {LIST}",
        "state": asked.state,
        "code_challenge_method": "S256",
        "prompt": "consent",
        "access_type": "offline",
    }


def test_each_question_has_a_state_and_a_challenge_of_its_own(asked):
    with Consent(GOOGLES, PASTED_BACK) as other:
        assert other.state != asked.state
        assert (
            parse_qs(urlsplit(other.address).query)["code_challenge"]
            != (parse_qs(urlsplit(asked.address).query)["code_challenge"])
        )


def test_the_exchange_proves_who_asked(asked, endpoint):
    grant = exchanged(asked, endpoint, 200, ANSWER).grant
    sent = endpoint.calls[0].request
    form = {name: values[0] for name, values in parse_qs(sent.body).items()}
    assert len(form.pop("code_verifier")) == 128
    assert form == {"grant_type": "authorization_code", "code": "4/0code", "redirect_uri": PASTED_BACK}
    assert sent.headers["Authorization"].startswith("Basic ")
    assert (grant.token, grant.refresh_token, grant.expiry) == (
        "ya29.access", "1//refresh", NOW + timedelta(seconds=3599),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "title"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "Malformed auth code."},
            "no longer takes this code",
        ),
        (401, {"error": "invalid_client", "error_description": "Unauthorized"}, "does not know the app"),
        (
            400,
            {"error": "redirect_uri_mismatch", "error_description": "Bad Request"},
            "redirect_uri_mismatch",
        ),
        (200, {**ANSWER, "refresh_token": ""}, "for an hour only"),
        (200, {**ANSWER, "scope": LIST}, "not to calendars"),
    ],
)
def test_a_refused_exchange_ends_with_7(asked, endpoint, status, body, title):
    error = failed(asked, endpoint, status, body)
    assert error.exit_code == 7
    assert title in error.title


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, "<html>"),
        (200, "<html>"),
        (200, "[]"),
        (200, {**ANSWER, "expires_in": "x"}),
        (200, requests.Timeout("ya29")),
    ],
)
def test_an_exchange_that_nobody_answers_ends_with_6(asked, endpoint, status, body):
    assert failed(asked, endpoint, status, body).exit_code == 6


def test_the_environment_is_as_it_was_afterwards(box, consent, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "mine")
    monkeypatch.delenv("OAUTHLIB_INSECURE_TRANSPORT", raising=False)
    consent.given(redirected(consent.address), NOW)
    assert os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] == "mine"
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_no_log_tells_a_token_even_where_everything_is_logged(box, consent, caplog):
    caplog.set_level(logging.DEBUG)
    back = redirected(consent.address)
    caplog.clear()
    grant = consent.given(back, NOW).grant
    code = parse_qs(urlsplit(back).query)["code"][0]
    secrets = (grant.token, grant.refresh_token, grant.client_secret, code)
    assert not [each for each in secrets if each in caplog.text]
    assert caplog.records
