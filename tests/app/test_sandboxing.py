"""The sandbox with a folder whose configuration points at it."""

import json
import os
import signal
import stat
from typing import Any

import pytest
import requests

from sync.app.sandboxing import TOKEN_ENV, open_sandbox
from sync.config.settings import load_config
from sync.errors import ConfigError, UsageError
from sync.reporting.opened import opened_document, opened_text
from sync.reporting.page import Page
from sync.signin.places import google_places, todoist_places
from tests.desk import ZONE


@pytest.fixture
def visit(desk):
    """Open a sandbox, look at it while it runs, and stop it: what it told, what was seen, what it said."""

    def during(look=lambda told: None, port=0, store=None, folder=None):
        seen: list[Any] = []
        said: list[str] = []

        def ready(told):
            seen.extend((told, look(told)))
            os.kill(os.getpid(), signal.SIGTERM)

        open_sandbox(desk.world(), port, store, folder, ready=ready, say=said.append)
        return *seen, said

    return during


def words(told, desk):
    return opened_text(told, desk.folder, Page(False, 100))


def test_its_tokens_open_both_services(visit):
    def look(told):
        google = {"Authorization": f"Bearer {told.google_user['token']}"}
        todoist = {"Authorization": f"Bearer {told.todoist_token}"}
        colours = requests.get(f"{told.url}calendar/v3/colors", headers=google, timeout=5)
        user = requests.get(f"{told.url}api/v1/user", headers=todoist, timeout=5)
        return colours.status_code, user.json()["tz_info"]["timezone"]

    told, seen, said = visit(look)

    assert seen == (200, ZONE)
    assert said == ["GET /calendar/v3/colors: 200", "GET /api/v1/user: 200", "Stopped."]
    assert told.todoist_token not in repr(told)
    assert told.google_user["token"] not in repr(told)


def test_a_folder_gets_a_configuration_and_tokens_that_only_its_owner_may_read(desk, visit):
    folder = desk.folder / "trial"
    told = visit(folder=folder)[0]

    config = load_config(folder / "config.toml", cwd=desk.folder, environ={})
    assert (config.timezone, config.roadmaps) == (ZONE, desk.folder / "roadmaps")
    assert (config.google.enabled, config.google.endpoint) == (True, told.url)
    assert (config.todoist.enabled, config.todoist.endpoint) == (True, told.url)
    # a real token in the usual variable is never sent to the sandbox
    assert config.todoist.token_env == TOKEN_ENV != "TODOIST_API_TOKEN"
    google, todoist = google_places(told.trial.state, config.google.token), todoist_places(told.trial.state)
    kept = [found[0] for found in (google.found(), todoist.found()) if found]
    assert (json.loads(kept[0]), kept[1]) == (told.google_user, told.todoist_token)
    assert json.loads(config.google.client_secret.read_bytes()) == told.google_app
    for name in ("state/google-token.json", "state/todoist-token", "sandbox.json", "client_secret.json"):
        file = folder / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_folder_keeps_its_state_and_its_configuration_follows_the_port(desk, visit):
    folder = desk.folder / "trial"
    first = visit(folder=folder)[0]
    file = folder / "config.toml"
    file.write_text(file.read_text().replace('calendar_id = ""', 'calendar_id = "mine"'))

    second = visit(folder=folder)[0]

    config = load_config(file, cwd=desk.folder, environ={})
    assert (config.google.calendar_id, config.google.endpoint) == ("mine", second.url)
    assert config.todoist.endpoint == second.url
    assert second.todoist_token == first.todoist_token
    assert second.store == folder / "sandbox.json"
    assert visit(folder=folder, store=desk.folder / "other.json")[0].store == desk.folder / "other.json"


def test_a_configuration_for_real_accounts_is_left_alone(desk, visit):
    file = desk.write("trial/config.toml", "[google]\nenabled = true\n")

    with pytest.raises(UsageError, match="not for a sandbox"):
        visit(folder=file.parent)

    assert file.read_text() == "[google]\nenabled = true\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_port_that_is_taken_says_so(visit):
    def look(told):
        with pytest.raises(ConfigError, match="Address already in use") as caught:
            visit(port=int(told.url.rsplit(":", 1)[1].strip("/")))
        return caught.value.hint

    assert "--port 0" in visit(look)[1]


def test_a_store_of_another_kind_is_refused_and_kept(desk, visit):
    file = desk.write("notes.json", "[]")

    with pytest.raises(ConfigError, match="not written by this sandbox"):
        visit(store=file)

    assert file.read_text() == "[]"


def test_a_person_reads_how_to_push_there(desk, visit):
    told = visit(folder=desk.folder / "my trial")[0]

    text = words(told, desk)

    assert "roadmap-sync --config 'my trial/config.toml' --state 'my trial/state' push" in text
    assert "State is kept in my trial/sandbox.json." in text
    assert told.todoist_token not in text


def test_without_a_folder_a_person_reads_what_to_write(desk, visit):
    told = visit()[0]

    text = words(told, desk)

    assert text.count(f'  endpoint = "{told.url}"') == 2
    assert f"export {TOKEN_ENV}={told.todoist_token}" in text
    assert f"{told.url}google/token.json" in text
    assert "State is gone when it stops." in text


def test_a_program_reads_addresses_and_tokens(desk, visit):
    told = visit(folder=desk.folder / "trial", store=desk.folder.parent / "elsewhere.json")[0]

    document = opened_document(told)

    assert json.loads(json.dumps(document)) == document
    assert (document["phone"], document["tasks"]) == (f"{told.url}phone", f"{told.url}phone/tasks")
    assert document["google"]["token"]["token_uri"] == f"{told.url}token"
    assert document["todoist"]["token"] == told.todoist_token
    assert document["config"] == str(desk.folder / "trial" / "config.toml")
    assert f"State is kept in {desk.folder.parent}/elsewhere.json." in words(told, desk)
    bare = opened_document(visit()[0])
    assert (bare["store"], bare["config"], bare["state"]) == (None, None, None)
