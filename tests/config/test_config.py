"""The configuration: what a file may say, what holds without it, and what is said about a mistake."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sync.config.model import File, config_text, mistakes
from sync.config.settings import (
    Config,
    Google,
    Ics,
    Limits,
    Slots,
    Todoist,
    default_state,
    load_config,
    system_zone,
)
from sync.config.values import TABLES
from sync.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def utc(environ):
    return "UTC"


def load(folder: Path, text: str | bytes) -> Config:
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "config.toml").write_bytes(content)
    return load_config(None, cwd=folder, environ={}, zone_of=utc)


def defaults(folder: Path) -> Config:
    return Config(
        file=None,
        timezone="UTC",
        roadmaps=folder / "roadmaps",
        slots=Slots(dt.time(19), dt.time(10), dt.time(10)),
        limits=Limits(720),
        ics=Ics(folder / "feeds"),
        google=Google(
            client_secret=folder / "client_secret.json",
            enabled=False,
            calendar="Roadmaps",
            calendar_id="",
            token=None,
            endpoint="https://www.googleapis.com/",
            mark_done=True,
            done_color="8",
            reminders=(),
        ),
        todoist=Todoist(enabled=False, token_env="TODOIST_API_TOKEN", endpoint="https://api.todoist.com/"),
    )


# --- where it comes from


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_config(None, cwd=tmp_path, environ={}, zone_of=utc) == defaults(tmp_path)


def test_a_file_in_the_current_folder_is_found(tmp_path):
    config = load(tmp_path, 'roadmaps = "plans"')
    assert config == replace(defaults(tmp_path), file=tmp_path / "config.toml", roadmaps=tmp_path / "plans")


def test_paths_are_relative_to_the_folder_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a/my.toml").write_text(
        'roadmaps = "../plans"\nics.out = "/srv/feeds"\n[google]\ntoken = "t"\nclient_secret = "~/c.json"'
    )
    config = load_config(Path("a/my.toml"), cwd=tmp_path, environ={}, zone_of=utc)
    assert config.file == tmp_path / "a/my.toml"
    assert config.roadmaps == tmp_path / "a/../plans"
    assert config.ics.out == Path("/srv/feeds")
    assert config.google.token == tmp_path / "a/t"
    assert config.google.client_secret == tmp_path / "home/c.json"


def test_the_null_device_stands_for_no_file(tmp_path):
    config = load_config(Path("/dev/null"), cwd=tmp_path, environ={}, zone_of=utc)
    assert config == defaults(tmp_path)


def test_a_file_that_was_asked_for_and_is_missing_is_an_error(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_config(Path("gone.toml"), cwd=tmp_path, environ={})
    assert str(tmp_path / "gone.toml") in caught.value.title
    assert "roadmap-sync init" in caught.value.hint


def test_a_folder_is_not_a_configuration(tmp_path):
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory"):
        load_config(None, cwd=tmp_path, environ={})


def test_editors_of_other_systems_may_have_written_it(tmp_path):
    config = load(tmp_path, b'\xef\xbb\xbf[slots]\r\nweekday = "08:15"\r\nsunday = 09:30:00\r\n')
    assert config.slots == Slots(dt.time(8, 15), dt.time(10), dt.time(9, 30))


def test_every_key_arrives(tmp_path):
    config = load(
        tmp_path,
        """
        timezone = "Africa/Nairobi"
        roadmaps = "plans"
        slots = {weekday = "18:00", saturday = "08:00", sunday = "23:59"}
        limits.daily_hours = 7.5
        [ics]
        out = "out"
        [google]
        enabled = true
        calendar = "Plans"
        calendar_id = "x@group"
        client_secret = "secret.json"
        token = "token.json"
        endpoint = "http://127.0.0.1:8080"
        mark_done = false
        done_color = ""
        reminders = [0, 40320]
        [todoist]
        enabled = true
        token_env = "TOKEN"
        endpoint = "https://example.org/base/"
        """,
    )
    assert config == Config(
        file=tmp_path / "config.toml",
        timezone="Africa/Nairobi",
        roadmaps=tmp_path / "plans",
        slots=Slots(dt.time(18), dt.time(8), dt.time(23, 59)),
        limits=Limits(450),
        ics=Ics(tmp_path / "out"),
        google=Google(
            client_secret=tmp_path / "secret.json",
            enabled=True,
            calendar="Plans",
            calendar_id="x@group",
            token=tmp_path / "token.json",
            endpoint="http://127.0.0.1:8080/",
            mark_done=False,
            done_color="",
            reminders=(0, 40320),
        ),
        todoist=Todoist(True, "TOKEN", "https://example.org/base/"),
    )


def test_no_hours_are_no_limit_and_a_minute_is_one(tmp_path):
    assert load(tmp_path, "limits.daily_hours = 0").limits.daily_load is None
    assert load(tmp_path, "limits.daily_hours = 0.001").limits.daily_load == 1


@pytest.mark.parametrize(
    "endpoint", ["http://localhost", "http://127.0.0.1:1/", "http://[::1]:8080/x", "http://127.9.8.7"]
)
def test_plain_http_is_allowed_on_this_machine(tmp_path, endpoint):
    config = load(tmp_path, f'todoist.endpoint = "{endpoint}"')
    assert config.todoist.endpoint == endpoint.removesuffix("/") + "/"


# --- the zone of the machine


def test_the_system_is_asked_for_its_zone_only_where_none_is_configured(tmp_path):
    def unasked(environ):
        raise AssertionError("the zone is configured")

    (tmp_path / "config.toml").write_text('timezone = "Asia/Tokyo"')
    assert load_config(None, cwd=tmp_path, environ={}, zone_of=unasked).timezone == "Asia/Tokyo"
    (tmp_path / "config.toml").write_text("")
    environ = {"TZ": "Asia/Tokyo"}
    assert load_config(None, cwd=tmp_path, environ=environ).timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("tz", "link", "zone"),
    [
        ("Africa/Nairobi", "Europe/Berlin", "Africa/Nairobi"),
        (":Africa/Nairobi", None, "Africa/Nairobi"),
        ("/usr/share/zoneinfo/Africa/Nairobi", None, "Africa/Nairobi"),
        ("EST5EDT,M3.2.0,M11.1.0", "Europe/Berlin", "Europe/Berlin"),
        ("", "Europe/Berlin", "Europe/Berlin"),
        (None, "America/Argentina/Salta", "America/Argentina/Salta"),
        (None, "right/Europe/Berlin", "Europe/Berlin"),
        (None, "posix/Europe/Berlin", "Europe/Berlin"),
        (None, "Etc/UTC", "UTC"),
        ("Nowhere/At-All", "Nowhere/Else", "UTC"),
        (None, None, "UTC"),
    ],
)
def test_the_zone_of_the_machine(tmp_path, tz, link, zone):
    localtime = tmp_path / "localtime"
    if link:
        target = tmp_path / "zoneinfo" / link
        target.parent.mkdir(parents=True)
        target.touch()
        localtime.symlink_to(target)
    else:
        localtime.touch()
    assert system_zone({"TZ": tz} if tz is not None else {}, localtime) == zone


def test_a_machine_without_localtime_is_in_utc(tmp_path):
    assert system_zone({}, tmp_path / "gone") == "UTC"


def test_a_valid_file_is_read_without_pydantic(tmp_path):
    (tmp_path / "config.toml").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    code = (
        "import sys; from pathlib import Path; from sync.config.settings import load_config\n"
        "load_config(None, cwd=Path.cwd(), environ={})\n"
        "heavy = {'pydantic', 'platformdirs', 'yaml', 'difflib', 'sync.config.model', 'sync.config.edit'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


# --- the example, and writing a new one


def test_the_example_is_what_the_model_says():
    assert EXAMPLE.read_text("utf-8") == config_text({})


def test_the_example_has_every_key_of_the_model_and_no_other():
    text = EXAMPLE.read_text("utf-8")
    table = ""
    found = set()
    for row in text.splitlines():
        if header := re.match(r"\[(\w+)\]", row):
            table = header[1]
        elif assignment := re.match(r"(?:# )?(\w+) = ", row):
            found.add((table, assignment[1]))
    model = {("", key) for key in File.model_fields if key not in TABLES}
    for table in set(TABLES) - {""}:
        part = type(getattr(File(), table))
        model |= {(table, key) for key in part.model_fields}

    assert found == model
    assert found == {(table, key) for table, keys in TABLES.items() for key in keys}


def test_the_example_says_what_holds_without_it(tmp_path):
    config = load(tmp_path, EXAMPLE.read_text("utf-8"))
    assert replace(config, file=None) == defaults(tmp_path)


def test_the_commented_lines_of_the_example_are_valid_too(tmp_path):
    text = re.sub(r"(?m)^# (\w+ = )", r"\1", EXAMPLE.read_text("utf-8"))
    assert load(tmp_path, text).timezone == "Africa/Nairobi"


def test_a_new_file_says_what_was_asked_for(tmp_path):
    text = config_text(
        {
            "timezone": "Asia/Tokyo",
            "limits": {"daily_hours": 7.5},
            "google": {"enabled": True, "reminders": [5]},
        }
    )
    config = load(tmp_path, text)
    assert config.timezone == "Asia/Tokyo"
    assert config.limits.daily_load == 450
    assert config.google == replace(defaults(tmp_path).google, enabled=True, reminders=(5,))


def test_a_new_file_takes_no_mistakes():
    with pytest.raises(ConfigError, match=r"The new configuration: `slots\.weekday` must be"):
        config_text({"slots": {"weekday": "7"}})


def test_a_valid_configuration_has_no_mistakes():
    assert mistakes({"google": {"enabled": True}}) == []


# --- the state folder


def test_the_state_lies_where_the_platform_keeps_data(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_state({"XDG_DATA_HOME": "/srv/data"}) == Path("/srv/data/roadmap-sync")
    for environ in ({}, {"XDG_DATA_HOME": "relative"}):
        assert default_state(environ).name == "roadmap-sync"
        assert tmp_path in default_state(environ).parents
