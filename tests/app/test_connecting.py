"""Targets as they are configured: who is asked, as whom, and what a look leaves behind."""

import json
from pathlib import Path

import pytest

from sync.sandbox import Sandbox
from tests.desk import Desk, at_desk
from tests.invented import WEEK


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = at_desk(tmp_path, monkeypatch)
    desk.write("roadmaps/week.md", f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}")
    return desk


def configured(desk: Desk, url: str) -> Path:
    text = "\n".join(f'[{name}]\nenabled = true\nendpoint = "{url}"' for name in ("google", "todoist"))
    return desk.write("config.toml", f"{text}\n")


def signed_in(desk: Desk, box: Sandbox) -> None:
    desk.write("state/google-token.json", json.dumps(box.google.authorized_user()))
    desk.write("state/todoist-token", box.todoist.token)


def test_a_plan_looks_as_the_person_who_is_signed_in_and_leaves_nothing_behind(desk):
    with Sandbox() as box:
        file = configured(desk, box.url)
        before = file.read_text()
        signed_in(desk, box)
        files = set(desk.state.rglob("*"))
        said = desk.run("plan", "--json")
        assert said.code == 0, said.err
        assert {plan["target"] for plan in said.json["plans"]} == {"ics", "google", "todoist"}
        assert file.read_text() == before
        assert set(desk.state.rglob("*")) <= files | {desk.state / "cache.db"}
        assert [each["name"] for each in box.todoist.projects()] == ["Inbox"]


def test_a_first_push_writes_the_calendar_into_the_configuration_and_a_second_asks_once_each(desk):
    with Sandbox() as box:
        file = configured(desk, box.url)
        signed_in(desk, box)
        said = desk.run("push", "--yes", "--json")
        assert said.code == 0, said.err
        assert "@group.calendar.google.com" in file.read_text()
        again = desk.run("push", "--yes", "--json")
        assert again.json["requests"] == {"ics": 1, "google": 1, "todoist": 1}


def test_a_service_that_is_not_enabled_is_not_pushed_to(desk):
    said = desk.run("push", "--target", "google")
    assert said.code == 2
    assert "not enabled" in said.err


def test_a_service_without_a_sign_in_names_the_command_for_it(desk):
    with Sandbox() as box:
        configured(desk, box.url)
        said = desk.run("push", "--yes", "--target", "todoist")
        assert said.code == 7
        assert "auth todoist" in said.err


def test_a_plan_that_finds_the_calendar_by_its_mark_does_not_write_it_down(desk):
    with Sandbox() as box:
        file = configured(desk, box.url)
        signed_in(desk, box)
        before = file.read_text()
        assert desk.run("push", "--yes").code == 0
        assert file.read_text() != before
        file.write_text(before)
        assert desk.run("plan", "--json").code == 0
        assert file.read_text() == before
