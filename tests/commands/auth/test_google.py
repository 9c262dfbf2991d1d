"""Signing in to Google and out again."""

from typing import Any

import click
import pytest

from sync.app.signing import google_tokens
from sync.errors import NotAuthorised
from sync.sandbox.google.quirks import Consent
from sync.signin.consent import PASTED_BACK
from tests.pages import ROOT, table_of
from tests.sign_ins import LIST, at_a_terminal, configured, redirected, standing, types


def test_a_person_signs_in_to_google_in_the_browser(desk, box, browser):
    said = desk.run("auth", "google")
    file = desk.state / "google-token.json"
    assert said.code == 0, said.err
    assert said.out == f"✓ Signed in to Google Calendar; the token is in {file}.\n"
    assert f"{box.url}o/oauth2/auth?" in said.err
    assert file.stat().st_mode & 0o777 == 0o600
    assert box.google.sign_in.grant(f"Bearer {google_tokens(configured(desk)).bearer()}").scopes
    browser.close()
    assert "go back to the terminal" in browser.pages[0].text


def test_a_browser_that_does_not_open_leaves_the_address(desk, box, browser, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda address: not browser.open(address))
    assert desk.run("auth", "google").err.startswith("Allow access here:\n\n  http://")


@pytest.mark.parametrize("at", ["a terminal", "a script"])
def test_a_person_without_a_browser_pastes_where_another_one_ended(desk, box, monkeypatch, at):
    """The address is only known once it is shown, so the paste waits for it."""
    shown: list[str] = []
    talk = click.echo

    def echo(text: str = "", **more: Any) -> None:
        shown.extend(word for word in text.split() if word.startswith(box.url))
        if shown and at == "a script":
            types(monkeypatch, f"{redirected(shown[0])}\n")
        talk(text, **more)

    monkeypatch.setattr(click, "echo", echo)
    if at == "a terminal":
        at_a_terminal(monkeypatch, "")
        monkeypatch.setattr(click, "prompt", lambda text, **how: redirected(shown[0]))
    said = desk.run("auth", "google", "--no-browser", "--json")
    assert said.code == 0, said.err
    assert said.json["where"] == str(desk.state / "google-token.json")


@pytest.mark.parametrize(
    ("text", "title"),
    [("", "Nothing was given"), (PASTED_BACK, "not the address"), (b"\xff\n", "cannot be read")],
)
def test_a_paste_of_something_else_ends_with_2(desk, box, monkeypatch, text, title):
    types(monkeypatch, text)
    said = desk.run("auth", "google", "--no-browser")
    assert said.code == 2
    assert title in said.err


def test_without_a_client_nothing_is_asked(desk):
    said = desk.run("auth", "google")
    assert said.code == 5
    assert f"There is no {desk.folder / 'client_secret.json'}" in said.err


def test_access_that_is_denied_ends_with_7(desk, box, browser):
    box.google.quirks.consent = Consent.DENIED
    said = desk.run("auth", "google")
    assert (said.code, said.out) == (7, "")
    assert "The access was not allowed." in said.err
    assert not desk.state.exists()


def test_a_sign_in_says_what_it_does_not_do(desk, box, browser):
    box.google.quirks.testing = True
    box.google.quirks.unticked = frozenset({LIST})
    desk.write("config.toml", "")
    said = desk.run("auth", "google")
    assert "Google ends this after seven days. Publish the app" in said.out
    assert "cannot be found again" in said.out
    assert "set `enabled = true` under [google]" in said.out


def test_the_token_goes_to_the_keyring_where_there_is_one(desk, box, browser, ring):
    ring.priority = 5
    assert "the token is in the keyring" in desk.run("auth", "google").out
    assert standing(desk, "google")["where"] == "the keyring"
    assert [each.name for each in desk.state.iterdir()] == ["sign-ins.json"]


def test_signing_out_ends_the_consent_and_forgets_the_token(desk, box, browser):
    desk.run("auth", "google")
    tokens = google_tokens(configured(desk))
    said = desk.run("auth", "google", "--revoke")
    assert (said.code, said.out) == (
        0, f"✓ Signed out of Google Calendar; the token in {desk.state / 'google-token.json'} is gone.\n",
    )  # fmt: skip
    with pytest.raises(NotAuthorised, match="ended this sign-in"):
        tokens.renewed()
    assert desk.run("auth", "google", "--revoke").out == "Nobody was signed in to Google Calendar.\n"
    assert desk.run("--json", "auth", "google", "--revoke").json == {"service": "google", "forgotten": []}


def test_signing_out_without_google_forgets_nothing(desk, box, browser):
    desk.run("auth", "google")
    box.stop()
    assert desk.run("auth", "google", "--revoke").code == 6
    assert standing(desk, "google")["signed_in"]


def test_a_file_that_is_no_token_is_forgotten_all_the_same(desk, box):
    file = desk.write("state/google-token.json", "no token")
    assert desk.run("auth", "google", "--revoke").code == 0
    assert not file.exists()


# --- the page about it ---


def test_the_page_explains_what_is_really_said():
    said = "".join(path.read_text("utf-8") for path in (ROOT / "sync").rglob("*.py"))
    rows = table_of(ROOT / "docs" / "google.md", "it says", "because", "do")
    assert rows
    assert [row[0] for row in rows if row[0] not in said] == []
