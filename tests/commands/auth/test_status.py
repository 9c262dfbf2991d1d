"""How it stands with each service, asking only where nothing else can tell."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync.applying.patience import Patience
from sync.errors import ConfigError
from sync.sandbox import Sandbox
from sync.signin.notes import Note, remember
from tests.desk import Desk
from tests.invented import PHASED
from tests.sign_ins import LIST, TODOIST_TOKEN, standing, types

OFFLINE = '[todoist]\nenabled = true\nendpoint = "http://127.0.0.1:9/"\n'
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_an_enabled_service_without_a_sign_in_ends_with_7(desk, box):
    said = desk.run("auth", "status")
    assert said.code == 7
    assert "✗ Google Calendar  not signed in\n" in said.out
    assert "– Todoist          not signed in, not enabled" in said.out
    assert box.google.log.sign_ins == ()


def test_without_services_nothing_is_amiss(desk):
    assert desk.run("auth", "status").code == 0


def test_status_says_where_the_token_lies_and_until_when(desk, box, browser):
    desk.run("auth", "google")
    asked = len(box.google.log.sign_ins)
    said, told = desk.run("auth", "status"), standing(desk, "google")
    assert said.code == 0
    assert f"token in {desk.state / 'google-token.json'}, since " in said.out
    assert "scopes calendar.app.created, calendar.calendarlist.readonly" in said.out
    assert "then renewed by itself" in said.out
    assert "If the app is still in testing, this sign-in ends on" in said.out
    assert told["signed_in"]
    assert told["ends"] is None
    assert told["ends_if_testing"] > told["expires"] > told["since"]
    assert len(box.google.log.sign_ins) == asked


def kept(desk: Desk, box: Sandbox, since: datetime, ends: datetime | None, **change: Any) -> None:
    """A consent that was given some time ago."""
    user = {**box.google.authorized_user(), **change}
    desk.write("state/google-token.json", json.dumps(user)).chmod(0o600)
    remember(desk.state, "google", user["refresh_token"] or "", Note(since, ends))


def test_a_sign_in_of_an_app_in_testing_is_warned_of_and_ends_at_its_time(desk, box):
    kept(desk, box, LONG_AGO, datetime(2999, 1, 1, tzinfo=UTC))
    said = desk.run("auth", "status")
    assert (said.code, standing(desk, "google")["ends_if_testing"]) == (0, None)
    assert "The app is in testing: Google ends this sign-in on Tue 1 Jan 2999, 03:00." in said.out
    kept(desk, box, LONG_AGO, LONG_AGO + timedelta(days=7))
    said = desk.run("auth", "status")
    assert said.code == 7
    assert "Google has ended this sign-in." in said.out


def test_a_sign_in_that_outlived_the_seven_days_is_not_warned_of(desk, box):
    kept(desk, box, LONG_AGO, None)
    assert standing(desk, "google")["ends_if_testing"] is None
    assert "!" not in desk.run("auth", "status").out


def test_a_token_without_a_way_to_renew_it_is_told_when_it_has_run_out(desk, box):
    kept(desk, box, LONG_AGO, None, refresh_token=None, expiry="2020-01-01T01:00:00Z")
    assert "has run out and cannot be renewed" in standing(desk, "google")["problem"]["title"]


RUN_OUT = "2020-01-01T01:00:00Z"


def test_access_that_has_run_out_is_renewed_and_told_with_its_new_end(desk, box):
    kept(desk, box, LONG_AGO, None, expiry=RUN_OUT)
    told = standing(desk, "google")
    assert (told["signed_in"], told["doubt"]) == (True, None)
    assert told["expires"] > RUN_OUT
    assert len(box.google.log.sign_ins) == 1


def test_a_consent_that_google_has_ended_is_no_sign_in(desk, box):
    kept(desk, box, LONG_AGO, None, expiry=RUN_OUT)
    box.google.sign_in.end_consent()
    said = desk.run("auth", "status")
    assert said.code == 7
    assert "not signed in\n  Google has ended this sign-in. Run `roadmap-sync auth google`." in said.out


def test_what_a_pull_found_out_of_a_consent_is_known_without_asking_again(desk, box):
    """Its access token would be good for an hour yet, were it not taken back."""
    kept(desk, box, LONG_AGO, None)
    box.google.sign_in.end_consent()
    assert desk.run("pull", "--target", "google").code == 7
    asked = len(box.google.log.sign_ins)
    told = standing(desk, "google")
    assert told["problem"]["title"] == "Google has ended this sign-in."
    assert desk.run("auth", "status").code == 7
    assert len(box.google.log.sign_ins) == asked
    kept(desk, box, LONG_AGO, None, refresh_token="of another consent")
    assert standing(desk, "google")["signed_in"]


def test_the_end_of_a_consent_from_elsewhere_is_known_too(desk, box):
    user = box.google.authorized_user()
    desk.write("state/google-token.json", json.dumps(user)).chmod(0o600)
    box.google.sign_in.end_consent()
    desk.run("pull", "--target", "google")
    told = standing(desk, "google")
    assert (told["signed_in"], told["since"]) == (False, None)


def test_an_app_that_google_does_not_know_is_no_sign_in(desk, box):
    kept(desk, box, LONG_AGO, None, expiry=RUN_OUT, client_id="deleted")
    assert "does not know the app" in standing(desk, "google")["problem"]["title"]


def test_a_google_out_of_reach_leaves_a_doubt_and_no_failure(desk, box):
    kept(desk, box, LONG_AGO, None, expiry=RUN_OUT)
    box.stop()
    said = desk.run("auth", "status")
    assert said.code == 0
    assert "! Whether it still holds is not known: 127.0.0.1:" in said.out
    assert standing(desk, "google")["doubt"]["title"].endswith("cannot be reached.")


def test_a_note_that_cannot_be_written_is_no_reason_to_fail_otherwise(desk, box, monkeypatch):
    def refused(*_: object) -> None:
        raise ConfigError("sign-ins.json cannot be written.", "Give yourself access to it.")

    kept(desk, box, LONG_AGO, None)
    box.google.sign_in.end_consent()
    monkeypatch.setattr("sync.app.signing.notes.remember", refused)
    assert "Google has ended this sign-in." in desk.run("pull", "--target", "google").err


@pytest.mark.parametrize("words", [("plan",), ("push", "--yes"), ("pull",)], ids=lambda words: words[0])
def test_where_nothing_else_fails_a_missing_sign_in_ends_a_run_with_7(desk, box, monkeypatch, words):
    kept(desk, box, LONG_AGO, None)
    desk.write("roadmaps/phased.md", PHASED)
    box.google.sign_in.end_consent()
    assert desk.run(*words).code == 7
    monkeypatch.setenv("TODOIST_API_TOKEN", TODOIST_TOKEN)
    monkeypatch.setattr("sync.app.connecting.PATIENCE", Patience(lambda _: None, lambda: 0.0))
    desk.write("config.toml", (desk.folder / "config.toml").read_text() + OFFLINE)
    assert desk.run(*words).code == 6


def test_a_token_from_elsewhere_is_told_with_what_it_says(desk, box):
    user = {**box.google.authorized_user(), "account": "me@example.com", "expiry": None, "scopes": None}
    desk.write("state/google-token.json", json.dumps(user)).chmod(0o644)
    said, told = desk.run("auth", "status"), standing(desk, "google")
    assert "signed in as me@example.com" in said.out
    assert "Others on this computer can read" in said.out
    assert (told["since"], told["scopes"], told["expires"], told["open_to_others"]) == (
        None,
        None,
        None,
        True,
    )


def test_a_missing_list_of_calendars_is_said(desk, box, browser):
    box.google.quirks.unticked = frozenset({LIST})
    desk.run("auth", "google")
    assert "cannot be found again" in desk.run("auth", "status").out


@pytest.mark.parametrize("change", [{"token_uri": "https://example.org/token"}, {"scopes": [LIST]}])
def test_a_token_that_cannot_be_used_is_no_sign_in(desk, box, change):
    desk.write("state/google-token.json", json.dumps({**box.google.authorized_user(), **change}))
    said = desk.run("auth", "status")
    assert said.code == 7
    assert "not signed in" in said.out


def test_status_tells_whose_todoist_it_is_and_where_the_token_is_from(desk, service, monkeypatch):
    types(monkeypatch, TODOIST_TOKEN)
    desk.run("auth", "todoist")
    told = standing(desk, "todoist")
    assert (told["account"], told["where"], told["open_to_others"]) == (
        "me@example.com", str(desk.state / "todoist-token"), False,
    )  # fmt: skip
    monkeypatch.setenv("TODOIST_API_TOKEN", "f" * 40)
    told = standing(desk, "todoist")
    assert (told["account"], told["where"]) == (None, "the variable TODOIST_API_TOKEN")
    assert len(service.asked) == 1
