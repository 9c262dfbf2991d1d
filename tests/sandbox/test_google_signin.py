"""Consent, tokens, and every way in which they end."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow

from sync.sandbox import Sandbox
from sync.sandbox.google.quirks import Consent

SCOPES = ["https://www.googleapis.com/auth/calendar.app.created", "https://www.googleapis.com/auth/calendar"]
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
BACK = "http://127.0.0.1:9/"


@pytest.fixture
def asked(box):
    """What an installed app asks for."""
    return {
        "client_id": box.google.client_secrets()["installed"]["client_id"],
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "state": "s & t",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "access_type": "offline",
    }


@pytest.fixture
def consent(box, session):
    def send(fields):
        return session.get(f"{box.url}o/oauth2/auth", params=fields, timeout=5, allow_redirects=False)

    return send


@pytest.fixture
def token(box, session):
    def send(**fields):
        known = box.google.client_secrets()["installed"]
        usual = {"client_id": known["client_id"], "client_secret": known["client_secret"]}
        return session.post(known["token_uri"], data={**usual, **fields}, timeout=5)

    return send


def returned(answer):
    """What the app is told at its own address."""
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def redeem(token, code, change=None):
    fields = {
        "grant_type": "authorization_code",
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "code": code,
    }
    fields |= change or {}
    return token(**{name: value for name, value in fields.items() if value is not None})


def test_a_person_ticks_scopes_on_the_page(box, session, consent, token, asked):
    page = consent(asked)
    form = [*asked.items(), ("granted", SCOPES[0]), ("decision", "allow")]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = session.post(
        f"{box.url}o/oauth2/auth", data=urlencode(form), headers=kind, timeout=5, allow_redirects=False
    )

    told = returned(answer)
    tokens = redeem(token, told["code"]).json()

    assert "calendar.app.created" in page.text
    assert "s &amp; t" in page.text
    assert (told["state"], told["scope"]) == ("s & t", SCOPES[0])
    assert (tokens["scope"], tokens["token_type"], tokens["expires_in"]) == (SCOPES[0], "Bearer", 3599)
    assert tokens["refresh_token"].startswith("1//")


def test_a_person_may_cancel(box, session, asked):
    answer = session.post(
        f"{box.url}o/oauth2/auth", data={**asked, "decision": "deny"}, timeout=5, allow_redirects=False
    )

    assert returned(answer) == {"error": "access_denied", "state": "s & t"}


def test_consent_can_be_given_and_denied_without_a_person(box, consent, token, asked):
    box.google.quirks.consent = Consent.GIVEN
    box.google.quirks.unticked = frozenset(SCOPES[1:])
    given = returned(consent(asked))
    box.google.quirks.consent = Consent.DENIED
    denied = returned(consent({**asked, "redirect_uri": BACK + "?x=1"}))

    assert redeem(token, given["code"]).json()["scope"] == SCOPES[0]
    assert denied == {"x": "1", "error": "access_denied", "state": "s & t"}


def test_unticking_everything_is_a_denial(box, consent, asked):
    box.google.quirks.consent = Consent.GIVEN
    box.google.quirks.unticked = frozenset(SCOPES)
    del asked["state"]

    assert returned(consent(asked)) == {"error": "access_denied"}


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"redirect_uri": "https://example.com/"}, "redirect_uri_mismatch"),
        ({"redirect_uri": ""}, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost/\r\nSet-Cookie: x"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost/ü"}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": ""}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
    ],
)
def test_a_wrong_question_is_answered_to_the_person_and_not_to_the_app(consent, asked, change, mistake):
    answer = consent({**asked, **change})

    assert answer.status_code == 400
    assert mistake in answer.text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"code_verifier": None}, ("invalid_grant", "Missing code verifier.")),
        ({"code_verifier": "w" * 64}, ("invalid_grant", "Invalid code verifier.")),
        ({"redirect_uri": "http://localhost/"}, ("redirect_uri_mismatch", "Bad Request")),
        ({"code": "4/none"}, ("invalid_grant", "Malformed auth code.")),
        ({"grant_type": "password"}, ("unsupported_grant_type", "Invalid grant_type: password")),
    ],
)
def test_a_wrong_exchange_is_refused(box, consent, token, asked, change, told):
    box.google.quirks.consent = Consent.GIVEN
    code = returned(consent(asked))["code"]

    answer = redeem(token, code, change)

    assert answer.status_code == 400
    assert answer.json() == {"error": told[0], "error_description": told[1]}


def test_a_plain_challenge_is_the_verifier_itself(box, consent, token, asked):
    box.google.quirks.consent = Consent.GIVEN
    code = returned(consent({**asked, "code_challenge": VERIFIER, "code_challenge_method": "plain"}))["code"]

    assert redeem(token, code).status_code == 200


def test_a_code_works_once_and_not_for_long(box, consent, token, asked, clock):
    box.google.quirks.consent = Consent.GIVEN
    first, second = (returned(consent(asked))["code"] for _ in range(2))

    assert redeem(token, first).status_code == 200
    assert redeem(token, first).json()["error"] == "invalid_grant"
    clock.forward(minutes=10)
    assert redeem(token, second).json()["error"] == "invalid_grant"


def test_an_unknown_client_is_refused(token):
    answer = token(grant_type="refresh_token", refresh_token="x", client_secret="wrong")

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("word", ["a", "gICA", "eDp5"])
def test_a_client_that_names_itself_wrongly_in_a_header_is_refused(box, session, word):
    headers = {"Authorization": f"Basic {word}"}

    answer = session.post(f"{box.url}token", data={"grant_type": "x"}, headers=headers, timeout=5)

    assert answer.status_code == 401


def test_a_refresh_gives_a_new_access_token_and_no_new_refresh_token(box, token, raw, calendar):
    user = box.google.authorized_user()

    answer = token(grant_type="refresh_token", refresh_token=user["refresh_token"]).json()
    raw.token = answer["access_token"]

    assert answer["access_token"] != user["token"]
    assert "refresh_token" not in answer
    assert raw("GET", raw.events(calendar)).status_code == 200


def test_in_testing_a_refresh_token_lives_seven_days(box, consent, token, asked, clock):
    box.google.quirks.consent = Consent.GIVEN
    box.google.quirks.testing = True
    tokens = redeem(token, returned(consent(asked))["code"]).json()
    assert tokens["refresh_token_expires_in"] == 7 * 24 * 3600

    clock.forward(days=7, seconds=-1)
    assert token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]).status_code == 200
    clock.forward(seconds=1)
    dead = token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    words = "Token has been expired or revoked."
    assert (dead.status_code, dead.json()) == (400, {"error": "invalid_grant", "error_description": words})


def test_a_consent_that_is_taken_back_ends_every_token(box, token, raw, calendar):
    user = box.google.authorized_user()
    box.google.sign_in.end_consent()

    assert token(grant_type="refresh_token", refresh_token=user["refresh_token"]).status_code == 400
    assert raw("GET", raw.events(calendar)).status_code == 401


def test_a_token_can_be_revoked_at_its_address(box, session, raw, calendar):
    revoke = f"{box.url}revoke"

    assert session.post(revoke, params={"token": raw.token}, timeout=5).status_code == 200
    assert raw("GET", raw.events(calendar)).status_code == 401
    again = session.post(revoke, data={"token": raw.token}, timeout=5)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_token")


def test_the_token_endpoint_takes_posts_only(box, session):
    assert session.get(f"{box.url}token", timeout=5).status_code == 405


def test_googles_own_session_refreshes_an_expired_token(box, calendar, raw):
    user = box.google.authorized_user()
    names = ("token", "refresh_token", "token_uri", "client_id", "client_secret", "scopes")
    box.google.sign_in.end_access()

    with AuthorizedSession(Credentials(**{name: user[name] for name in names})) as authorized:
        answer = authorized.get(box.url + raw.events(calendar).lstrip("/"), timeout=5)

    assert answer.status_code == 200
    assert [entry.path for entry in box.google.log.sign_ins] == ["/token"]


def test_googles_own_flow_signs_in_over_loopback(box, monkeypatch):
    """The exchange that `auth google` makes, with the browser's part done by a plain request."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")
    box.google.quirks.consent = Consent.GIVEN
    flow = InstalledAppFlow.from_client_config(box.google.client_secrets(), scopes=SCOPES[:1])
    flow.redirect_uri = BACK
    address, _ = flow.authorization_url()

    answer = requests.get(address, timeout=5, allow_redirects=False)
    flow.fetch_token(authorization_response=answer.headers["Location"])
    flow.oauth2session.close()

    assert flow.credentials.refresh_token
    assert flow.credentials.granted_scopes == SCOPES[:1]


def test_tokens_outlive_a_restart(box, clock, raw, calendar):
    with Sandbox(now=clock) as other:
        other.restore(box.snapshot())

        assert other.google.sign_in.grant(f"Bearer {raw.token}").scopes
