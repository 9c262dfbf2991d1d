"""The configuration: one TOML file, every line of which is optional.

A valid file is read plainly, because the everyday commands read it at every start; only where
something is off does `config_model` say exactly what.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.config.values import checked
from sync.errors import ConfigError
from sync.reading.spelling import is_zone

FILE = "config.toml"


@dataclass(frozen=True, slots=True)
class Slots:
    """When work without a clock time begins."""

    weekday: dt.time = dt.time(19)
    saturday: dt.time = dt.time(10)
    sunday: dt.time = dt.time(10)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person can bear."""

    daily_load: int | None = 12 * 60
    """Minutes; days booked beyond it are warned of. None where no day is too long."""


@dataclass(frozen=True, slots=True)
class Ics:
    """The calendar files."""

    out: Path


@dataclass(frozen=True, slots=True)
class Google:
    """Google Calendar."""

    client_secret: Path
    enabled: bool = False
    calendar: str = "Roadmaps"
    calendar_id: str = ""
    """Empty until the first push has made or found the calendar."""
    token: Path | None = None
    """None for the token in the state folder."""
    endpoint: str = "https://www.googleapis.com/"
    mark_done: bool = True
    """Whether an event is marked when its item is done."""
    done_color: str = "8"
    """One of Google's event colours, "1" to "11"; empty to leave the colour alone."""
    reminders: tuple[int, ...] = ()
    """Minutes before an event."""


@dataclass(frozen=True, slots=True)
class Todoist:
    """Todoist."""

    enabled: bool = False
    token_env: str = "TODOIST_API_TOKEN"  # noqa: S105  # the name of a variable, not its value
    endpoint: str = "https://api.todoist.com/"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be configured; paths are absolute, endpoints end in a slash."""

    file: Path | None
    """None where there is no file."""
    timezone: str
    """The configured zone, else the system's."""
    roadmaps: Path
    slots: Slots
    limits: Limits
    ics: Ics
    google: Google
    todoist: Todoist


def system_zone(environ: Mapping[str, str], localtime: Path = Path("/etc/localtime")) -> str:
    """Return the zone of this machine: the variable TZ, else where /etc/localtime leads, else UTC."""
    link = str(localtime.resolve())
    for place in (environ.get("TZ", "").removeprefix(":"), link if "zoneinfo/" in link else ""):
        inside = place.rpartition("zoneinfo/")[2]
        name = inside.removeprefix("posix/").removeprefix("right/")
        if name and is_zone(name):
            return "UTC" if name == "Etc/UTC" else name
    return "UTC"


def load_config(
    path: Path | None,
    *,
    cwd: Path,
    environ: Mapping[str, str],
    zone_of: Callable[[Mapping[str, str]], str] = system_zone,
) -> Config:
    """Read the configuration from `path`, else from ./config.toml where there is one, else the defaults.

    Paths in a file are relative to its folder, and to `cwd` without a file or where `path` is no
    regular file (/dev/null). `zone_of` is asked only where no zone is configured. Raises ConfigError.
    """
    file = cwd / (path or FILE)
    found = path is not None or file.exists()
    written = _written(file) if found else ""
    values = checked(_parsed(written, file), str(file), written)
    base = (file.parent if file.is_file() else cwd).resolve()
    top, google, limits = values[""], values["google"], values["limits"]
    secret = base / google.pop("client_secret", "client_secret.json")
    token = google.pop("token", None)
    return Config(
        file=base / file.name if file.is_file() else None,
        timezone=top.get("timezone") or zone_of(environ),
        roadmaps=base / top.get("roadmaps", "roadmaps"),
        slots=Slots(**values["slots"]),
        limits=Limits(limits["daily_hours"]) if limits else Limits(),
        ics=Ics(base / values["ics"].get("out", "feeds")),
        google=Google(secret, token=base / token if token else None, **google),
        todoist=Todoist(**values["todoist"]),
    )


def _written(file: Path) -> str:
    """Return the text of a configuration file."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "Correct the path after --config, or make one with `roadmap-sync init`."
        raise ConfigError(f"There is no configuration at {file}.", hint) from None
    except OSError as error:
        hint = "Check that it is a file and that you may read it."
        raise ConfigError(f"{file} cannot be read: {error.strerror}.", hint) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8 text.", "Save it as UTF-8 in your editor.") from error


def _parsed(written: str, file: Path) -> dict[str, Any]:
    """Return the tables of a TOML text."""
    if not written:
        return {}
    import tomllib  # noqa: PLC0415  # 12 ms that a run without a file does not owe

    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        hint = "Mend that line; text and clock times stand in quotes."
        raise ConfigError(f"{file} is not valid TOML: {error}.", hint) from error


def default_state(environ: Mapping[str, str]) -> Path:
    """Return the folder in which this platform keeps a program's data, for a run without --state."""
    chosen = Path(environ.get("XDG_DATA_HOME", ""))
    if chosen.is_absolute():
        return chosen / "roadmap-sync"
    from platformdirs import user_data_path  # noqa: PLC0415  # 17 ms, for runs without --state

    return user_data_path("roadmap-sync", appauthor=False)


def set_value(path: Path, table: str, key: str, value: object) -> None:
    """Write one value into a configuration file; all its other bytes stay.

    `table` is "" for the top of the file. The file is replaced in one step, or not at all. Raises
    ConfigError for a value that the key does not take, and for a file that cannot be changed.
    """
    from sync.config.edit import written_with  # noqa: PLC0415  # most runs write nothing

    written_with(path, table, key, value)
