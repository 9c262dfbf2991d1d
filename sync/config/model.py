"""The configuration as it stands in the file: every key, what it is for, its default, what it takes.

Loaded to explain a mistake and to write a file; a valid file is read without it.
"""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails

from sync.config.edit import line_of, toml
from sync.config.values import TABLES
from sync.errors import ConfigError
from sync.reading.spelling import did_you_mean, nearest_zone

COLUMN = 40
HEAD = """\
# The configuration of roadmap-sync. Copy it to config.toml; every line may be left out, and says here
# what holds without it. Paths are relative to this file.

"""
NEW_HEAD = """\
# The configuration of roadmap-sync. Every line may be left out; config.example.toml says what holds then.
# Paths are relative to this file.

"""


def _taken_by(table: str, key: str) -> PlainValidator:
    """Return a check by the key's own reader that leaves the value as it stands in the file."""
    reader: Callable[[object], object] = TABLES[table][key]

    def _check(value: object) -> object:
        reader(value)
        return value

    return PlainValidator(_check)


class Table(BaseModel):
    """A part of the file; keys that nobody reads are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Slots(Table):
    """Where work without a clock time goes."""

    weekday: Annotated[str, _taken_by("slots", "weekday")] = Field(
        default="19:00", description="Monday to Friday"
    )
    saturday: Annotated[str, _taken_by("slots", "saturday")] = Field(default="10:00", description="")
    sunday: Annotated[str, _taken_by("slots", "sunday")] = Field(default="10:00", description="")


class Limits(Table):
    """What a person can bear."""

    daily_hours: Annotated[float, _taken_by("limits", "daily_hours")] = Field(
        default=12, description="days booked beyond it are warned of; 0 for no warning"
    )


class Ics(Table):
    """Calendar files, for any calendar program."""

    out: Annotated[str, _taken_by("ics", "out")] = Field(
        default="feeds", description="the folder they are written to"
    )


class Google(Table):
    """Google Calendar."""

    enabled: Annotated[bool, _taken_by("google", "enabled")] = Field(default=False, description="push to it")
    calendar: Annotated[str, _taken_by("google", "calendar")] = Field(
        default="Roadmaps", description="a calendar of its own, made by the first push"
    )
    calendar_id: Annotated[str, _taken_by("google", "calendar_id")] = Field(
        default="", description="written here by the first push"
    )
    client_secret: Annotated[str, _taken_by("google", "client_secret")] = Field(
        default="client_secret.json", description="from the Google Cloud console"
    )
    token: Annotated[str, _taken_by("google", "token")] = Field(
        default="", description="the file of the consent; empty: in the state folder"
    )
    endpoint: Annotated[str, _taken_by("google", "endpoint")] = Field(
        default="https://www.googleapis.com/", description="or the sandbox, http://127.0.0.1:PORT/"
    )
    mark_done: Annotated[bool, _taken_by("google", "mark_done")] = Field(
        default=True, description="mark the events of what is done"
    )
    done_color: Annotated[str, _taken_by("google", "done_color")] = Field(
        default="8", description='their colour, "1" to "11"; 8 is graphite, "" no change'
    )
    reminders: Annotated[list[int], _taken_by("google", "reminders")] = Field(
        default=[], description="minutes before an event, at most five"
    )


class Todoist(Table):
    """Todoist."""

    enabled: Annotated[bool, _taken_by("todoist", "enabled")] = Field(default=False, description="push to it")
    token_env: Annotated[str, _taken_by("todoist", "token_env")] = Field(
        default="TODOIST_API_TOKEN", description="the variable that holds the token, or keyring"
    )
    endpoint: Annotated[str, _taken_by("todoist", "endpoint")] = Field(
        default="https://api.todoist.com/", description="or the sandbox, http://127.0.0.1:PORT/"
    )


class File(Table):
    """The whole file."""

    timezone: Annotated[str | None, _taken_by("", "timezone")] = Field(
        default=None, description="default: the system's", examples=["Africa/Nairobi"]
    )
    roadmaps: Annotated[str, _taken_by("", "roadmaps")] = Field(
        default="roadmaps", description="the folder of the documents"
    )
    slots: Slots = Slots()
    limits: Limits = Limits()
    ics: Ics = Ics()
    google: Google = Google()
    todoist: Todoist = Todoist()


def complaint(data: Mapping[str, Any], label: str, written: str) -> ConfigError:
    """Return the error for a configuration that is not valid, naming the key, its line and the next step."""
    first, *more = mistakes(data)
    table, key = _place(first)
    line = line_of(written, table, key)
    where = f"{label}, line {line}" if line else label
    rest = f" After it, {len(more)} more to mend." if more else ""
    return ConfigError(f"{where}: {_sentence(first)}", _next_step(first) + rest)


def mistakes(data: Mapping[str, Any]) -> list[ErrorDetails]:
    """Return everything that is wrong, in the order of the keys; nothing for a valid configuration."""
    try:
        File.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _place(mistake: ErrorDetails) -> tuple[str, str]:
    """Return table and key; the table is "" at the top of the file."""
    names = [str(name) for name in mistake["loc"]]
    return (names[0], names[1]) if len(names) > 1 else ("", names[0])


def _sentence(mistake: ErrorDetails) -> str:
    name = ".".join(part for part in _place(mistake) if part)
    if mistake["type"] == "extra_forbidden":
        return f"`{name}` is not a key of the configuration."
    if mistake["type"] != "value_error":
        return f"`{name}` must be a table, written as [{name}]."
    return f"`{name}` {mistake['ctx']['error']}; it is {json.dumps(mistake['input'], default=str)}."


def _next_step(mistake: ErrorDetails) -> str:
    table, key = _place(mistake)
    if mistake["type"] == "extra_forbidden":
        keys = [*TABLES[table], *(name for name in TABLES if name and not table)]
        return did_you_mean(key, keys) or f"Known there: {', '.join(keys)}."
    if key == "timezone" and isinstance(mistake["input"], str):
        return nearest_zone(mistake["input"])
    return "Correct that line; config.example.toml shows every key."


def config_text(values: Mapping[str, Any], head: str = HEAD) -> str:
    """Return a complete, commented configuration file with these values and the defaults.

    `values` has the shape of the file: keys of the top, and a table of keys per service. `head` are its
    first lines. Raises ConfigError for a value that a key does not take.
    """
    try:
        file = File.model_validate(values)
    except ValidationError:
        raise complaint(values, "The new configuration", "") from None
    parts = [head + _lines(file)]
    for name in (table for table in TABLES if table):
        table = getattr(file, name)
        parts.append(f"{_commented(f'[{name}]', type(table).__doc__)}\n{_lines(table)}")
    return "\n".join(parts)


def _lines(table: Table) -> str:
    rows = []
    for key, field in type(table).model_fields.items():
        value = getattr(table, key)
        if isinstance(value, Table):
            continue
        row = f"# {key} = {toml((field.examples or [''])[0])}" if value is None else f"{key} = {toml(value)}"
        rows.append(_commented(row, field.description) + "\n")
    return "".join(rows)


def _commented(row: str, comment: str | None) -> str:
    return f"{row:<{COLUMN}} # {comment}" if comment else row
