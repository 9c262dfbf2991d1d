"""The sandbox as a whole: starting, stopping, storing, logging, and the first page."""

import ast
import json
import os
import signal
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

import sync.sandbox
from sync.sandbox import Sandbox, StoreUnreadable, run
from sync.sandbox.faults import RESET
from sync.sandbox.google.discovery import DescriptionMissing, describe, document_path
from sync.sandbox.store import load, save

COLOURS = "calendar/v3/colors"


def test_nothing_else_of_the_program_is_imported():
    """An emulator that shared code with what it tests would share its mistakes."""
    for path in Path(sync.sandbox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] != "sync" or name.startswith("sync.sandbox"), f"{path}: {name}"


def test_it_answers_on_loopback_only(box):
    host, port = box.url.removeprefix("http://").rstrip("/").split(":")

    assert host == "127.0.0.1"
    with socket.create_connection((host, int(port)), timeout=1) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error_and_can_be_chosen(box, clock):
    port = int(box.url.rsplit(":", 1)[1].rstrip("/"))
    with pytest.raises(OSError, match="in use"):
        Sandbox(port, now=clock).start()

    box.stop()
    with Sandbox(port, now=clock) as other:
        assert other.url == f"http://127.0.0.1:{port}/"


def test_stopping_twice_is_no_error(clock):
    box = Sandbox(now=clock)
    box.start()
    box.stop()
    box.stop()

    with pytest.raises(AssertionError):
        _ = box.url


def test_the_same_seed_makes_the_same_ids_and_tokens(clock):
    def story(seed):
        with Sandbox(now=clock, seed=seed) as box:
            return box.google.seed_calendar("x"), box.google.authorized_user()["token"]

    assert story(1) == story(1)
    assert story(1) != story(2)
    assert story(None) != story(None)


def test_after_a_restart_no_id_or_token_comes_twice(box, clock, calendar, timed):
    """The same seed begins the same sequence again."""
    box.google.seed_event(calendar, timed())
    users = [box.google.authorized_user()]
    with Sandbox(now=clock) as other:
        other.restore(box.snapshot())
        second = other.google.seed_calendar("x")
        other.google.seed_event(calendar, timed())
        users.append(other.google.authorized_user())

        assert second != calendar
        assert len(other.google.events(calendar)) == 2
        assert users[0]["token"] != users[1]["token"]
        assert users[0]["refresh_token"] != users[1]["refresh_token"]


def test_a_snapshot_holds_everything_and_shares_nothing(box, clock, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs001"))
    box.google.user_tick(calendar, "rs001")
    state = json.loads(json.dumps(box.snapshot()))

    box.google.user_delete(calendar, "rs001")
    with Sandbox(now=clock) as other:
        other.restore(state)
        restored = other.google.events(calendar)
        assert other.snapshot() == state
        assert other.google.user_tick(calendar, "rs001", done=False)["summary"] == "Arrays"
        other.restore({})
        assert other.google.events(calendar)

    assert [event["summary"] for event in restored] == ["✅ Arrays"]


def test_every_change_is_stored_and_a_restart_goes_on(clock, tmp_path, session, timed):
    path = tmp_path / "new" / "store.json"
    with Sandbox(now=clock, store=path) as box:
        token = box.google.authorized_user()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        made = session.post(
            f"{box.url}calendar/v3/calendars", json={"summary": "x"}, headers=headers, timeout=5
        )
        stored = load(path)["google"]["account"]["calendars"][1]["resource"]["id"]

    calendar = made.json()["id"]
    assert stored == calendar
    with Sandbox(now=clock, store=path) as box:
        address = f"{box.url}calendar/v3/calendars/{calendar}/events"
        assert session.post(address, json=timed(), headers=headers, timeout=5).status_code == 200
        box.google.user_edit(calendar, box.google.events(calendar)[0]["id"], {"summary": "Edited"})
    with Sandbox(now=clock, store=path) as box:
        assert [event["summary"] for event in box.google.events(calendar)] == ["Edited"]


def test_only_the_owner_may_read_the_store_and_it_is_replaced_whole(tmp_path):
    path = tmp_path / "store.json"
    save(path, {"google": {"a": 1}})
    save(path, {"google": {"a": 2}})

    assert load(path) == {"google": {"a": 2}}
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_store_that_cannot_be_replaced_is_left_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "store.json"
    save(path, {"google": {"a": 1}})

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(path, {"google": {"a": 2}})

    assert load(path) == {"google": {"a": 1}}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["{", "[]", '{"sandbox": 99, "services": {}}', '{"services": {}}'])
def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path, text):
    path = tmp_path / "store.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(StoreUnreadable):
        Sandbox(store=path)

    assert path.read_text(encoding="utf-8") == text


def test_the_log_knows_method_path_calls_bytes_and_no_secret(box, raw, session):
    raw("GET", f"{COLOURS}?fields=kind&oauth_token=SECRET")
    part = "--b\r\nContent-Type: application/http\r\n\r\nGET /calendar/v3/colors HTTP/1.1\r\n"
    body = f"{part}authorization: Bearer SECRET\r\nX: y\r\n\r\n--b--\r\n".encode()
    raw("POST", "/batch/calendar/v3", body, Content_Type="multipart/mixed; boundary=b")
    session.post(f"{box.url}token", data={"refresh_token": "SECRET"}, timeout=5)

    first, batch, token = box.log
    assert (first.method, first.path, first.status) == (
        "GET",
        "/calendar/v3/colors?fields=kind&oauth_token=%5Bhidden%5D",
        200,
    )
    assert (first.service, first.door, token.door) == ("google", "api", "sign-in")
    assert (batch.received, batch.units) == (len(body), 0)
    assert [call.status for call in batch.calls] == [401]
    assert first.sent > 0
    assert first.headers["authorization"] == "[hidden]"
    assert b"authorization: Bearer [hidden]\r\nX: y" in batch.body
    assert "SECRET" not in repr(box.log)
    assert raw.token not in repr(box.log)
    assert len(box.google.log.requests) == 2
    assert box.google.log.writes == ()
    box.google.log.clear()
    assert len(box.log) == 0


def test_requests_are_told_in_a_line_each(clock, session):
    lines: list[str] = []
    with Sandbox(now=clock, say=lines.append) as box:
        session.get(f"{box.url}{COLOURS}", timeout=5)
        box.google.faults.add(RESET)
        with pytest.raises(requests.ConnectionError):
            session.get(f"{box.url}{COLOURS}", timeout=5)
        call = "GET /calendar/v3/colors HTTP/1.1\r\nX: y\r\n\r\n\r\n"
        part = f"--b\r\nContent-Type: application/http\r\n\r\n{call}"
        kind = {"Content-Type": "multipart/mixed; boundary=b"}
        session.post(f"{box.url}batch/calendar/v3", data=f"{part * 2}--b--", headers=kind, timeout=5)

    assert lines == [
        "GET /calendar/v3/colors: 401",
        "GET /calendar/v3/colors: cut [reset]",
        "POST /batch/calendar/v3 (2 calls): 200",
    ]


def test_the_first_page_points_the_way(box, session):
    page = session.get(box.url, timeout=5).text
    secrets = session.get(f"{box.url}google/client_secret.json", timeout=5).json()
    token = session.get(f"{box.url}google/token.json", timeout=5).json()

    assert page.count(f'endpoint = "{box.url}"'.replace('"', "&quot;")) == 2
    assert f"export SANDBOX_TODOIST_TOKEN={box.todoist.token}" in page
    assert secrets == box.google.client_secrets()
    assert secrets["installed"]["token_uri"] == token["token_uri"] == f"{box.url}token"
    headers = {"Authorization": f"Bearer {token['token']}"}
    assert session.get(f"{box.url}{COLOURS}", headers=headers, timeout=5).status_code == 200


def test_a_fault_can_be_ordered_on_the_first_page(box, session):
    order = {"service": "google", "fault": "429 rateLimitExceeded", "at": "2", "after": "on"}
    page = session.post(f"{box.url}faults", data=order, timeout=5).text
    session.post(f"{box.url}faults", data={**order, "at": "soon"}, timeout=5)

    assert "429 rateLimitExceeded, after the work, in 2 requests" in page
    assert [(plan.at, plan.after) for plan in box.google.faults.planned] == [(2, True), (1, True)]
    assert session.get(f"{box.url}{COLOURS}", timeout=5).status_code == 429

    for wrong in ({"service": "google", "fault": "moon"}, {"service": "moon"}, {}):
        assert session.post(f"{box.url}faults", data=wrong, timeout=5).status_code == 200
    session.post(f"{box.url}faults", data={"service": "google", "what": "clear"}, timeout=5)
    assert box.google.faults.planned == []


def test_a_fault_cannot_be_ordered_from_another_site(box, session):
    order = {"service": "google", "fault": "reset"}
    session.post(f"{box.url}faults", data=order, headers={"Origin": "https://evil.example"}, timeout=5)

    assert box.google.faults.planned == []


def test_other_paths_are_not_found(box, session):
    assert session.get(f"{box.url}nowhere", timeout=5).status_code == 404


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_somebody_stops_it(tmp_path, session, number):
    store = tmp_path / "store.json"
    said: list[str] = []
    told: list[int] = []
    before = signal.getsignal(number)

    def ready(box):
        told.append(session.get(f"{box.url}{COLOURS}", timeout=5).status_code)
        box.todoist.seed_project("Roadmaps")
        os.kill(os.getpid(), number)

    run(0, store, ready=ready, say=said.append)

    assert (told, said) == ([401], [f"GET /{COLOURS}: 401", "Stopped."])
    assert "Roadmaps" in store.read_text(encoding="utf-8")
    assert signal.getsignal(number) is before


def test_a_port_that_is_taken_leaves_the_signals_as_they_were(box):
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(OSError, match="in use"):
        run(int(box.url.rsplit(":", 1)[1].strip("/")), None, ready=print, say=print)

    assert signal.getsignal(signal.SIGTERM) is before


def test_the_description_comes_with_the_installed_client_library(monkeypatch):
    assert document_path().name == "calendar.v3.json"
    assert describe().service_path == "/calendar/v3/"
    assert describe().revision


@pytest.mark.parametrize("spec", [None, SimpleNamespace(submodule_search_locations=["/nowhere"])])
def test_without_the_client_library_there_is_no_description(monkeypatch, spec):
    monkeypatch.setattr("sync.sandbox.google.discovery.find_spec", lambda name: spec)

    with pytest.raises(DescriptionMissing):
        document_path()
