"""The doctor on a real folder: what is broken is a line, hides nothing else, and nothing is changed by looking."""

import json
import socket
import tempfile
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from sync.app import examining
from sync.commands.options import Shared
from sync.config.settings import FILE
from sync.sandbox import Sandbox
from tests.app.examinations import configured, examined, nobody_is_signed_in, signed_in, states
from tests.invented import BROKEN, DATED
from tests.pushes import snapshot


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_is_signed_in(monkeypatch)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


# --- all is well ---


def test_a_desk_on_which_nothing_was_done_is_well(desk):
    before = snapshot(desk.folder)
    lines, said = examined(desk)
    assert said.code == 0
    assert {name for name, state in states(lines).items() if state != "ok"} == {"roadmaps"}
    assert snapshot(desk.folder) == before


def test_a_desk_in_use_is_well(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.run("push", "--yes")
    before = snapshot(desk.folder)
    lines, said = examined(desk)
    assert set(states(lines).values()) == {"ok"}
    assert said.code == 0
    assert lines["roadmaps"]["found"].startswith("1 roadmap in ")
    assert "sound, tables of version" in lines["ledger"]["found"]
    after = snapshot(desk.folder)
    assert {name: after[name] for name in before} == before


def test_a_person_is_told_line_by_line(desk):
    told = desk.run("doctor").out.splitlines()
    assert told[0] == "✓ configuration  no file, so the defaults hold"
    assert "                 → `roadmap-sync add FILE` takes one in." in told
    assert told[-1] == "! 1 warning."
    assert "→ `roadmap-sync init` writes one." in desk.run("doctor", "-v").out
    desk.write("roadmaps/dated.md", DATED)
    assert desk.run("doctor").out.splitlines()[-1] == "✓ All is well."


# --- what is damaged ---


def test_a_damaged_configuration_is_a_line_and_the_rest_is_looked_at(desk):
    desk.write(FILE, "[gogle]\n")
    desk.write("roadmaps/dated.md", DATED)
    desk.run("done", "holes", "--config", "/dev/null")
    lines, said = examined(desk)
    assert said.code == 5
    assert (lines["configuration"]["state"], lines["configuration"]["next"]) == (
        "wrong",
        "Did you mean `google`?",
    )
    assert lines["ledger"]["found"].startswith("sound")
    assert "roadmaps" not in lines


def test_a_configuration_that_is_missing_is_a_line(desk):
    said = desk.run("doctor", "--json", "--config", "gone.toml")
    assert said.code == 5
    assert said.json["checks"][0]["state"] == "wrong"


def test_a_damaged_ledger_is_a_line_and_the_roadmaps_are_read(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("state/ledger.sqlite3", b"no ledger" * 1000)
    lines, said = examined(desk)
    assert said.code == 11
    assert lines["ledger"]["state"] == "wrong"
    assert lines["roadmaps"]["state"] == "ok"


def test_a_state_folder_that_is_a_file_is_a_line(desk):
    desk.write("state", "")
    lines, said = examined(desk)
    assert said.code == 11
    assert lines["state folder"]["found"].endswith("cannot be written: Not a directory.")


def test_a_feeds_folder_that_cannot_be_made_is_a_line(desk):
    desk.write("file", "")
    desk.write(FILE, '[ics]\nout = "file/feeds"\n')
    desk.roadmaps.mkdir()
    lines, said = examined(desk)
    assert said.code == 5
    assert "feeds cannot be written" in lines["feeds folder"]["found"]


def test_a_folder_that_may_not_be_looked_into_is_a_line(desk, monkeypatch):
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", closed)
    monkeypatch.setattr(tempfile, "TemporaryFile", closed)
    desk.roadmaps.mkdir()
    desk.state.mkdir()
    lines, said = examined(desk)
    assert lines["roadmaps"]["found"].endswith("cannot be looked into: Permission denied.")
    assert lines["state folder"]["found"].endswith("cannot be written: Permission denied.")
    assert said.code == 5


def test_errors_in_a_roadmap_are_a_line_of_its_own(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.write("roadmaps/broken.md", BROKEN)
    desk.write("roadmaps/empty.md", "")
    lines, said = examined(desk)
    assert said.code == 4
    assert lines["roadmaps"]["found"].endswith(", 2 of them with errors")
    assert lines["roadmap broken"]["found"].startswith("1 error, the first on line ")
    assert lines["roadmap empty"]["found"] == "1 error, the first: empty.md is empty."
    assert lines["roadmap broken"]["next"].startswith("`roadmap-sync check roadmaps/broken.md`")


def test_roadmaps_of_which_none_can_be_read_are_a_line(desk):
    desk.write("roadmaps/empty.md", "")
    lines, said = examined(desk)
    assert (said.code, lines["roadmaps"]["found"]) == (4, "empty.md is empty.")


# --- zones and libraries ---


def test_an_installation_without_zones_is_a_line(desk, monkeypatch):
    def gone(*_: object) -> None:
        raise zoneinfo.ZoneInfoNotFoundError("No time zone found")

    monkeypatch.setattr(examining, "ZoneInfo", gone)
    lines, said = examined(desk)
    assert (said.code, lines["time zones"]["state"]) == (5, "wrong")
    monkeypatch.setattr(Shared, "run", lambda self: desk.world() if self.config else gone())
    lines, said = examined(desk)
    assert (said.code, lines["time zones"]["state"]) == (5, "wrong")
    assert "ledger" in lines


def test_libraries_that_are_missing_are_lines(monkeypatch):
    def version(package: str) -> str:
        if package in {"here", "early"}:
            return "1.5"
        raise metadata.PackageNotFoundError(package)

    wanted = ["here>=1,<2", "early <1", "gone>=1", 'tests>=1; extra == "dev"']
    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda _: wanted)
    assert list(examining.wanted_libraries()) == [
        ("here", ">=1,<2", "1.5"), ("early", "<1", "1.5"), ("gone", ">=1", None),
    ]  # fmt: skip


def test_a_program_that_is_not_installed_wants_nothing(desk, monkeypatch):
    def unknown(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    assert list(examining.wanted_libraries("no-such-package")) == []
    monkeypatch.setattr(metadata, "version", unknown)
    lines, _ = examined(desk)
    assert lines["time zones"]["state"] == "warning"


# --- services ---


def test_services_that_answer_are_well_and_each_is_asked_once(desk, box, monkeypatch):
    desk.write("roadmaps/dated.md", DATED)
    configured(desk, box.url, "google", "todoist")
    signed_in(desk, box, monkeypatch)
    lines, said = examined(desk)
    assert said.code == 0, said.out
    assert set(states(lines).values()) == {"ok"}
    assert " ms" in lines["google endpoint"]["found"]
    assert lines["todoist limits"]["found"] == "the roadmaps fit into the free plan"
    assert lines["clock"]["found"].startswith("within ")
    assert len(box.google.log.requests) == len(box.todoist.log.requests) == 1


def test_nobody_is_signed_in_and_the_services_are_there(desk, box):
    configured(desk, box.url, "google", "todoist")
    desk.roadmaps.mkdir()
    lines, said = examined(desk)
    assert said.code == 7
    assert lines["google sign-in"]["state"] == lines["todoist sign-in"]["state"] == "wrong"
    assert lines["google sign-in"]["next"] == "Run `roadmap-sync auth google`."
    assert lines["todoist endpoint"]["found"].endswith("asked without a token")


def test_a_consent_that_was_taken_back_is_found_out(desk, box, monkeypatch):
    configured(desk, box.url, "google", "todoist")
    desk.roadmaps.mkdir()
    user = {**box.google.authorized_user(), "refresh_token": "ended", "expiry": "2020-01-01T00:00:00Z"}
    desk.write("state/google-token.json", json.dumps(user)).chmod(0o600)
    monkeypatch.setenv("TODOIST_API_TOKEN", box.todoist.token)
    box.todoist.end_tokens()
    lines, said = examined(desk)
    assert said.code == 7
    assert lines["google endpoint"]["found"] == "Google has ended this sign-in."
    assert lines["todoist endpoint"]["found"].endswith("does not take the token (401).")


def test_services_out_of_reach_are_lines(desk, box, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    configured(desk, f"http://127.0.0.1:{port}/", "google", "todoist")
    desk.roadmaps.mkdir()
    signed_in(desk, box, monkeypatch)
    lines, said = examined(desk)
    assert said.code == 6
    assert lines["google endpoint"]["found"] == f"127.0.0.1:{port} cannot be reached."
    assert lines["todoist endpoint"]["state"] == "wrong"
    assert lines["clock"]["state"] == "ok"


def test_a_clock_that_is_wrong_is_a_warning(desk, monkeypatch):
    with Sandbox(now=lambda: datetime.now(UTC) + timedelta(minutes=10)) as box:
        configured(desk, box.url, "todoist")
        desk.roadmaps.mkdir()
        signed_in(desk, box, monkeypatch)
        lines, said = examined(desk)
    assert said.code == 0
    assert lines["clock"]["state"] == "warning"
    assert lines["clock"]["found"].endswith(" slow")


def test_more_tasks_than_a_plan_holds_are_a_warning(desk, box, monkeypatch):
    tasks = "".join(f"- [ ] 3 March 2026: step number {number}\n" for number in range(301))
    desk.write("roadmaps/long.md", f"# Long\n\n{tasks}")
    configured(desk, box.url, "todoist")
    signed_in(desk, box, monkeypatch)
    lines, said = examined(desk)
    assert said.code == 0
    assert "a Todoist project holds 300 at a time" in lines["todoist limits"]["found"]
    desk.write("state/ledger.sqlite3", b"no ledger" * 1000)
    lines, _ = examined(desk)
    assert lines["todoist limits"]["state"] == "warning"


def test_sign_ins_that_cannot_be_read_are_a_line(desk):
    desk.write("state/sign-ins.json/x", "")
    desk.write("state/google-token.json", '{"token": "x"}').chmod(0o600)
    lines, said = examined(desk)
    assert (said.code, lines["sign-ins"]["state"]) == (5, "wrong")


def test_no_token_is_ever_shown(desk, box, monkeypatch):
    configured(desk, box.url, "google", "todoist")
    signed_in(desk, box, monkeypatch)
    user = json.loads((desk.state / "google-token.json").read_text())
    said = desk.run("-v", "doctor", "--json")
    for secret in (box.todoist.token, user["token"], user["refresh_token"], user["client_secret"]):
        assert secret not in said.out + said.err
