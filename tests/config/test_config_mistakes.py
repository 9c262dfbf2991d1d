"""What is said about a configuration that is not valid: the key, its line, and what to do next."""

from pathlib import Path

import pytest

from sync.config.settings import load_config
from sync.errors import ConfigError


def refused(folder: Path, text: str | bytes) -> ConfigError:
    (folder / "config.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_config(None, cwd=folder, environ={})
    assert caught.value.exit_code == 5
    assert str(folder / "config.toml") in caught.value.title
    assert caught.value.hint
    return caught.value


MISTAKES = [
    ("timezon = 'UTC'", "line 3: `timezon` is not a key", "Did you mean `timezone`?"),
    ("[gogle]\nenabled = true", "line 3: `gogle` is not a key", "Did you mean `google`?"),
    ("quux = 1", "line 3: `quux` is not a key", "timezone, roadmaps, slots"),
    ("'' = 1", ": `` is not a key", "timezone, roadmaps, slots"),
    ("[google]\ncalender = 'x'", "line 4: `google.calender` is not a key", "Did you mean `calendar`?"),
    ("[todoist]\nquux = 1", "line 4: `todoist.quux` is not a key", "enabled, token_env, endpoint"),
    ("[todoist]\n[todoist.x]\ny = 1", "`todoist.x` is not a key", "enabled"),
    ("slots = 3", "line 3: `slots` must be a table, written as [slots]", "config.example"),
    ("[[ics]]", "line 3: `ics` must be a table", "config.example"),
    ("[google]\nenabled = 'yes'", 'line 4: `google.enabled` must be true or false; it is "yes"', "Correct"),
    ("google = {enabled = 1}", "line 3: `google.enabled` must be true or false; it is 1", "Correct"),
    ("google.calendar = ''", "line 3: `google.calendar` must not be empty", "Correct"),
    ("google.calendar_id = 3", "`google.calendar_id` must be text in quotes", "Correct"),
    ("google.token = 3", "`google.token` must be text in quotes", "Correct"),
    ('ics.out = "a\\u0000b"', "`ics.out` must be a path", "Correct"),
    ('roadmaps = "~nobody-here/x"', "`roadmaps` begins in a home folder that is not known", "Correct"),
    ("timezone = 'Nairobi'", '`timezone` is not a zone that is known; it is "Nairobi"', "`Africa/Nairobi`"),
    ("timezone = 'Quux'", "`timezone` is not a zone", "Continent/City"),
    ("timezone = 3", "`timezone` must be text in quotes", "Correct"),
    ("[slots]\nweekday = '7pm'", "line 4: `slots.weekday` must be a time of day as HH:MM", "Correct"),
    ("[slots]\nweekday = '7:00'", "line 4: `slots.weekday` must be a time of day as HH:MM", "Correct"),
    ("[slots]\nweekday = 07:00:30", "line 4: `slots.weekday` must be a time of day", "Correct"),
    ("limits.daily_hours = true", "`limits.daily_hours` must be a number of hours", "Correct"),
    ("limits.daily_hours = 25", "from 0 to 24; it is 25", "Correct"),
    ("limits.daily_hours = nan", "from 0 to 24", "Correct"),
    ("google.done_color = 8", '`google.done_color` must be "1" to "11"', "Correct"),
    ("google.done_color = '12'", '`google.done_color` must be "1" to "11"', "Correct"),
    ("google.reminders = 10", "`google.reminders` must be a list of at most 5 numbers", "Correct"),
    ("google.reminders = [1, 2, 3, 4, 5, 6]", "a list of at most 5 numbers", "Correct"),
    ("google.reminders = [true]", "must hold whole minutes from 0 to 40320", "Correct"),
    ("google.reminders = [40321]", "must hold whole minutes from 0 to 40320", "Correct"),
    ("todoist.endpoint = 'http://api.todoist.com/'", "must begin with https://", "Correct"),
    ("todoist.endpoint = 'http://127.0.0.1.evil.org/'", "must begin with https://", "Correct"),
    ("todoist.endpoint = 'http://localhost@evil.org/'", "must be a base URL", "Correct"),
    ("todoist.endpoint = 'ftp://localhost/'", "must be a base URL", "Correct"),
    ("todoist.endpoint = 'https://localhost:99999/'", "must be a base URL", "Correct"),
    ("todoist.endpoint = 'https://x.org/?a=b'", "must be a base URL", "Correct"),
]


@pytest.mark.parametrize(("text", "title", "hint"), MISTAKES)
def test_a_mistake_is_named_with_its_key_and_the_next_step(tmp_path, text, title, hint):
    error = refused(tmp_path, f"# mine\n\n{text}\n")
    assert title in error.title
    assert hint in error.hint


def test_further_mistakes_are_counted(tmp_path):
    assert "2 more" in refused(tmp_path, "a = 1\nb = 2\ngoogle.c = 3\n").hint


def test_toml_that_is_not_valid_is_an_error_with_its_line(tmp_path):
    assert "line 2" in refused(tmp_path, "[slots]\nweekday = 19:00\n").title
    assert "not valid TOML" in refused(tmp_path, "x = " + "[" * 100_000).title


def test_bytes_that_are_not_utf_8_are_an_error(tmp_path):
    assert "UTF-8" in refused(tmp_path, b'roadmaps = "Pl\xe4ne"').title
