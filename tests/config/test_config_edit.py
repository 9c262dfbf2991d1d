"""One value is written back into a configuration file, and every other byte stays."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.config.edit import line_of, with_value
from sync.config.settings import load_config, set_value
from sync.errors import ConfigError

CASES = [
    ("[google]\ncalendar_id = ''  # by us\n", '[google]\ncalendar_id = "x"  # by us\n'),
    ("[google]\ncalendar_id='a # b'# c\n[ics]\n", '[google]\ncalendar_id="x"# c\n[ics]\n'),
    ("[google]\r\ncalendar_id = ''\r\n", '[google]\r\ncalendar_id = "x"\r\n'),
    ("[google]\ncalendar_id = ''", '[google]\ncalendar_id = "x"'),
    ('[google]\ncalendar_id = """\n[ics]\n# no\n"""  # c\n', '[google]\ncalendar_id = "x"  # c\n'),
    ("[google]\n\n# none\n", '[google]\ncalendar_id = "x"\n\n# none\n'),
    ("[google]", '[google]\ncalendar_id = "x"\n'),
    (
        "[google] # c\nenabled = true # d\n\n[todoist]\nenabled = false\n",
        '[google] # c\nenabled = true # d\ncalendar_id = "x"\n\n[todoist]\nenabled = false\n',
    ),
    (
        "[google]\nreminders = [ # a\n  5,\n]\n[ics]\n",
        '[google]\nreminders = [ # a\n  5,\n]\ncalendar_id = "x"\n[ics]\n',
    ),
    ("", '[google]\ncalendar_id = "x"\n'),
    ("timezone = 'UTC'", "timezone = 'UTC'\n\n[google]\ncalendar_id = \"x\"\n"),
    ("timezone = 'UTC'\r\n", "timezone = 'UTC'\r\n\r\n[google]\r\ncalendar_id = \"x\"\r\n"),
    ("google.calendar_id = '' # c\n", 'google.calendar_id = "x" # c\n'),
    ("[ 'google' ]\n\"calendar_id\" = ''\n", '[ \'google\' ]\n"calendar_id" = "x"\n'),
    ("\ufeff[google]\ncalendar_id = ''\n", '\ufeff[google]\ncalendar_id = "x"\n'),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_one_value_changes_and_every_other_byte_stays(tmp_path, before, after):
    file = tmp_path / "config.toml"
    file.write_bytes(before.encode())
    set_value(file, "google", "calendar_id", "x")
    assert file.read_bytes().decode() == after
    assert load_config(file, cwd=tmp_path, environ={}).google.calendar_id == "x"
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# top\n\n[google]\nenabled = true\n", 'timezone = "UTC"\n# top\n\n[google]\nenabled = true\n'),
        ("roadmaps = 'a'\n[google]\n", "roadmaps = 'a'\ntimezone = \"UTC\"\n[google]\n"),
        ("timezone = 'Asia/Tokyo' # here\n", 'timezone = "UTC" # here\n'),
    ],
)
def test_a_value_at_the_top_goes_above_the_tables(tmp_path, before, after):
    file = tmp_path / "config.toml"
    file.write_text(before)
    set_value(file, "", "timezone", "UTC")
    assert file.read_text() == after


def test_every_kind_of_value_can_be_written(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("")
    set_value(file, "google", "enabled", True)
    set_value(file, "google", "reminders", (10, 20))
    set_value(file, "google", "calendar", 'é😀 "quoted" \\ \x7f\n')
    set_value(file, "limits", "daily_hours", 7.5)
    config = load_config(file, cwd=tmp_path, environ={})
    assert config.google.enabled
    assert config.google.reminders == (10, 20)
    assert config.google.calendar == 'é😀 "quoted" \\ \x7f\n'
    assert config.limits.daily_load == 450


@pytest.mark.parametrize(
    "before",
    ["google = {calendar_id = ''}\n", "google = {enabled = true}\n", "[[ics]]\n[google\n", "[google.x]\n"],
)
def test_what_cannot_be_changed_safely_is_left_to_a_person(tmp_path, before):
    file = tmp_path / "config.toml"
    file.write_text(before)
    with pytest.raises(ConfigError) as caught:
        set_value(file, "google", "calendar_id", "x")
    assert file.read_text() == before
    assert caught.value.hint


def test_a_table_in_braces_is_never_replaced_by_one_of_its_values():
    with pytest.raises(ValueError, match="unusual"):
        with_value("google = {calendar_id = '', enabled = true}\n", "google", "calendar_id", "x")


def test_a_person_is_told_what_to_write(tmp_path):
    with pytest.raises(ConfigError) as caught:
        set_value(tmp_path / "gone.toml", "google", "calendar_id", "x")
    assert caught.value.hint == 'Write google.calendar_id = "x" into it by hand.'
    with pytest.raises(ConfigError, match=r"Write timezone = "):
        set_value(tmp_path / "gone.toml", "", "timezone", "UTC")


def test_a_value_that_the_key_does_not_take_is_not_written(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("# mine\n")
    with pytest.raises(ConfigError, match=r"`google\.enabled` must be true or false"):
        set_value(file, "google", "enabled", "yes")
    assert file.read_text() == "# mine\n"


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / "config.toml"
    file.write_text("# mine\n")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigError, match=r"cannot be written: No space left"):
        set_value(file, "google", "enabled", True)
    assert [entry.read_text() for entry in tmp_path.iterdir()] == ["# mine\n"]


def test_links_and_permissions_survive(tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("")
    real.chmod(0o640)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    set_value(link, "google", "enabled", True)
    assert link.is_symlink()
    assert real.read_text() == "[google]\nenabled = true\n"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("table", "key", "line"),
    [
        ("", "roadmaps", 2),
        ("slots", "weekday", 3),
        ("slots", "", 3),
        ("ics", "out", 4),
        ("google", "", 6),
        ("google", "reminders", 8),
        ("google", "token", None),
        ("todoist", "", None),
        ("x", "", 14),
        ("google", "enabled", 13),
    ],
)
def test_the_line_of_a_key_is_found_in_every_way_of_writing(table, key, line):
    text = (
        "# c\nroadmaps = 'a'\nslots = {weekday = '10:00'}\nics.out = '''\n[x]'''\n"
        "[google]\n# token = ''\nreminders = [\n  5,\n  # ten\n  10,\n]\nenabled = true\n[[x]]\ny = 1\n"
    )
    assert line_of(text, table, key) == line


LINES = st.sampled_from(
    [
        "",
        "# calendar_id = 'no'",
        "a = [\n  1, # one\n  '#',\n]",
        "b = '''\n[google]\ncalendar_id = 1\n'''",
        "c = 'x' # y = 'z'",
        "d.e = {f = 1, g = '#'} # h",
        '"i=j" = 2',
    ]
)
BODY = st.lists(LINES, unique=True, max_size=5)


@given(BODY, BODY, BODY, st.sampled_from(["", "calendar_id = 'old' # why"]), st.text(max_size=9))
def test_nothing_but_the_value_changes(top, google, last, old, value):
    before = "\n".join([*top, "[google]", *google, old, "[last]", *last, ""])
    after = with_value(before, "google", "calendar_id", value)
    expected = tomllib.loads(before)
    expected["google"]["calendar_id"] = value

    assert tomllib.loads(after) == expected
    left = [row for row in after.split("\n") if row not in before.split("\n")]
    assert len(left) <= 1
    assert (" # why" in after) == bool(old)
