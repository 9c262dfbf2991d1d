"""Keeping Todoist's token."""

import pytest

from sync.app.signing import todoist_token
from tests.sign_ins import TODOIST_TOKEN, at_a_terminal, configured, types


def test_a_token_is_typed_unseen_tried_out_and_kept(desk, service, monkeypatch):
    asked = at_a_terminal(monkeypatch, f" {TODOIST_TOKEN} ")
    said = desk.run("auth", "todoist")
    file = desk.state / "todoist-token"
    assert said.out == f"✓ Signed in to Todoist as me@example.com; the token is in {file}.\n"
    assert [each["hide_input"] for each in asked] == [True]
    assert (file.read_text(), file.stat().st_mode & 0o777) == (TODOIST_TOKEN, 0o600)
    assert service.asked == [("GET", "/api/v1/user", f"Bearer {TODOIST_TOKEN}")]
    assert todoist_token(configured(desk), {}) == TODOIST_TOKEN


@pytest.mark.parametrize("words", [(), ("--token-file", "-"), ("--token-file", "token.txt")])
def test_a_script_gives_the_token_on_standard_input_or_in_a_file(desk, service, monkeypatch, words):
    desk.write("token.txt", f"{TODOIST_TOKEN}\n")
    types(monkeypatch, f"{TODOIST_TOKEN}\n")
    said = desk.run("--json", "auth", "todoist", *words)
    assert said.json == {
        "service": "todoist", "where": str(desk.state / "todoist-token"), "account": "me@example.com",
        "enabled": True, "ends": None, "finds_calendar": True, "overruled_by": None,
    }  # fmt: skip


def test_a_token_is_never_a_word_of_the_command(desk, service):
    assert desk.run("auth", "todoist", TODOIST_TOKEN).code == 2
    assert service.asked == []


def test_a_variable_that_counts_first_is_named(desk, service, monkeypatch):
    monkeypatch.setenv("TODOIST_API_TOKEN", "f" * 40)
    types(monkeypatch, TODOIST_TOKEN)
    assert "As long as the variable TODOIST_API_TOKEN is set" in desk.run("auth", "todoist").out
    assert todoist_token(configured(desk)) == "f" * 40
    monkeypatch.setenv("TODOIST_API_TOKEN", TODOIST_TOKEN)
    types(monkeypatch, TODOIST_TOKEN)
    assert "As long as" not in desk.run("auth", "todoist").out


@pytest.mark.parametrize(("status", "code"), [(401, 7), (503, 6), (404, 6)])
def test_a_token_that_todoist_does_not_take_is_not_kept(desk, service, monkeypatch, status, code):
    service.says(status, {"error": TODOIST_TOKEN})
    types(monkeypatch, TODOIST_TOKEN)
    assert desk.run("auth", "todoist").code == code
    assert not desk.state.exists()


def test_a_plain_endpoint_elsewhere_is_refused_before_a_token_is_asked_for(desk, monkeypatch):
    desk.write("config.toml", '[todoist]\nendpoint = "http://todoist.example.org/"\n')
    types(monkeypatch, TODOIST_TOKEN)
    said = desk.run("auth", "todoist")
    assert said.code == 5
    assert "https://" in said.err
