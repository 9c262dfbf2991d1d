"""What each key of the configuration takes, and what it means inside the program."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sync.reading.spelling import is_zone

CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
ENDPOINT = re.compile(r"(https?)://(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(?::([0-9]{1,5}))?(?:/[^\s?#]*)?")
LOOPBACK = re.compile(r"localhost|\[::1\]|127(?:\.[0-9]{1,3}){3}")
MOST_REMINDERS = 5
EARLIEST_REMINDER = 40_320
"""Google's limits: five reminders per event, none more than four weeks (in minutes) before it."""


def flag(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")  # noqa: TRY004  # one kind of error for one kind of reader
    return value


def text(value: object) -> str:
    """Take a text, empty or not."""
    if not isinstance(value, str):
        raise ValueError("must be text in quotes")  # noqa: TRY004
    return value


def name(value: object) -> str:
    """Take a text with something in it."""
    if not text(value).strip():
        raise ValueError("must not be empty")
    return text(value)


def path(value: object) -> Path:
    """Take a path, still relative if it was written so; `~` is the home folder."""
    if "\0" in name(value):
        raise ValueError("must be a path")
    try:
        return Path(name(value)).expanduser()
    except RuntimeError as error:
        raise ValueError("begins in a home folder that is not known here") from error


def token_path(value: object) -> Path | None:
    """Take a path, or "" for the usual place."""
    return path(value) if value != "" else None


def clock(value: object) -> dt.time:
    """Take a time of day as HH:MM."""
    if isinstance(value, dt.time) and value == dt.time(value.hour, value.minute):
        return value
    found = CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('must be a time of day as HH:MM, for example "19:00"')
    return dt.time(int(found[1]), int(found[2]))


def zone(value: object) -> str:
    """Take a zone of the IANA database."""
    if not is_zone(name(value)):
        raise ValueError("is not a zone that is known")
    return text(value)


def endpoint(value: object) -> str:
    """Take the base URL of a service, encrypted unless it lies on this machine; returns it with a slash."""
    found = ENDPOINT.fullmatch(text(value))
    if found is None or int(found[3] or 0) > 65_535:
        raise ValueError("must be a base URL, for example https://api.todoist.com/")
    if found[1] == "http" and not LOOPBACK.fullmatch(found[2]):
        raise ValueError("must begin with https://, because a token is sent to it")
    return text(value).rstrip("/") + "/"


def minutes_a_day(value: object) -> int | None:
    """Take hours per day, return minutes; 0 stands for no limit."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 24:
        raise ValueError("must be a number of hours from 0 to 24")
    return max(1, round(value * 60)) if value else None


def color(value: object) -> str:
    """Take one of Google's event colours, or nothing."""
    if value not in ("", *map(str, range(1, 12))):
        raise ValueError('must be "1" to "11", or "" to leave the colour alone')
    return text(value)


def reminders(value: object) -> tuple[int, ...]:
    """Take minutes before an event."""
    if not isinstance(value, list) or len(value) > MOST_REMINDERS:
        raise ValueError(f"must be a list of at most {MOST_REMINDERS} numbers")
    if any(type(one) is not int or not 0 <= one <= EARLIEST_REMINDER for one in value):
        raise ValueError(f"must hold whole minutes from 0 to {EARLIEST_REMINDER}")
    return tuple(value)


TABLES: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "": {"timezone": zone, "roadmaps": path},
    "slots": {"weekday": clock, "saturday": clock, "sunday": clock},
    "limits": {"daily_hours": minutes_a_day},
    "ics": {"out": path},
    "google": {
        "enabled": flag,
        "calendar": name,
        "calendar_id": text,
        "client_secret": path,
        "token": token_path,
        "endpoint": endpoint,
        "mark_done": flag,
        "done_color": color,
        "reminders": reminders,
    },
    "todoist": {"enabled": flag, "token_env": name, "endpoint": endpoint},
}
"""A reader per key; the table "" is the top of the file. `config_model` describes the same keys."""


def checked(data: Mapping[str, Any], label: str, written: str) -> dict[str, dict[str, Any]]:
    """Return what the keys of every table mean; raises ConfigError.

    `data` is the TOML text `written`, parsed; `label` is how a message calls the file.
    """
    tables = {table: data.get(table, {}) for table in TABLES if table}
    tables[""] = {key: value for key, value in data.items() if key not in tables}
    try:
        return {table: _meant(TABLES[table], values) for table, values in tables.items()}
    except ValueError:
        from sync.config.model import complaint  # noqa: PLC0415  # pydantic, for mistakes only

        raise complaint(data, label, written) from None


def _meant(readers: Mapping[str, Callable[[Any], Any]], values: object) -> dict[str, Any]:
    if not isinstance(values, dict) or values.keys() - readers.keys():
        raise ValueError("must be a table of known keys")
    return {key: readers[key](value) for key, value in values.items()}
