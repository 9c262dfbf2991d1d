"""A first configuration, from what a person answers or a script gives as options."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import count
from pathlib import Path
from shlex import quote
from typing import Any

from sync.app.adding import write_file
from sync.app.library import in_folder, shown
from sync.config.model import NEW_HEAD, config_text, mistakes
from sync.config.settings import FILE, Config, load_config, system_zone
from sync.errors import ConfigError, UsageError

Value = str | bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said about the new configuration; None where nothing was."""

    timezone: str | None = None
    roadmaps: str | None = None
    weekday: str | None = None
    saturday: str | None = None
    sunday: str | None = None
    out: str | None = None
    """The folder of the feeds."""
    google: bool | None = None
    todoist: bool | None = None


KEYS = {
    "timezone": ("", "timezone"),
    "roadmaps": ("", "roadmaps"),
    "weekday": ("slots", "weekday"),
    "saturday": ("slots", "saturday"),
    "sunday": ("slots", "sunday"),
    "out": ("ics", "out"),
    "google": ("google", "enabled"),
    "todoist": ("todoist", "enabled"),
}
"""Each field of `Choices` with its table and key in the file; the table "" is the top."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person is asked."""

    names: tuple[str, ...]
    """The fields of `Choices` that the answer settles."""
    text: str
    default: Value


ASKED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("timezone",), "In which time zone do you live?"),
    (("roadmaps",), "Which folder shall hold your roadmaps?"),
    (("weekday",), "When do you work on weekdays, where a plan names no time?"),
    (("saturday", "sunday"), "And at weekends?"),
    (("google",), "Push to Google Calendar?"),
    (("todoist",), "Push to Todoist?"),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A configuration that may be written."""

    cwd: Path
    file: Path
    choices: Choices
    before: Mapping[str, Any] = field(default_factory=dict)
    """What the file said that it replaces, as TOML has it; empty where there is none that is valid."""
    zone: str = "UTC"
    """That of this computer."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next."""

    command: str
    why: str


@dataclass(frozen=True, slots=True)
class Started:
    """What came of it."""

    file: Path
    roadmaps: Path
    kept: Path | None
    """Where the file that was replaced lies now; None where there was none."""
    steps: tuple[Step, ...]


def begin(
    place: str | None, choices: Choices, *, cwd: Path, environ: Mapping[str, str], replace_old: bool
) -> Beginning:
    """A beginning with what was said so far; what is not said stays as the file has it that is replaced.

    `place` is where the file goes, None for ./config.toml. Raises UsageError where there is a file
    already and `replace_old` is not asked for.
    """
    file = cwd / (place or FILE)
    there = file.exists() or file.is_symlink()
    if there and not replace_old:
        raise UsageError(
            f"There is a configuration already, {file}.",
            "Edit it, or add `--replace` to write a new one; the old one is kept beside it.",
        )
    return Beginning(cwd, file, choices, _said_before(file) if there else {}, system_zone(environ))


def _said_before(file: Path) -> Mapping[str, Any]:
    """What a file says; nothing where it cannot be read or is not valid, which may be why it is replaced."""
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {} if mistakes(data) else data


def questions(made: Beginning) -> list[Question]:
    """What is still to be asked, in order; each has a default that can be taken as it is."""
    defaults = {**_defaults(made.zone), **_flat(made.before)}
    return [
        Question(names, text, defaults[names[0]])
        for names, text in ASKED
        if all(getattr(made.choices, name) is None for name in names)
        # one answer for both would change one of two that differ
        and len({defaults[name] for name in names}) == 1
    ]


def answered(made: Beginning, question: Question, answer: Value) -> Beginning:
    """The beginning with one more answer."""
    said: dict[str, Any] = dict.fromkeys(question.names, answer)
    return replace(made, choices=replace(made.choices, **said))


def written(made: Beginning) -> Started:
    """Write the configuration and make the folder of the roadmaps.

    Raises ConfigError for a value that a key does not take, and where something cannot be written.
    """
    values = _values(made)
    text = config_text(values, NEW_HEAD)
    file = made.file.resolve() if made.file.exists() else made.file
    kept = _kept(file)
    write_file(file.parent, file.name, text.encode())
    config = load_config(file, cwd=file.parent, environ={})
    try:
        config.roadmaps.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The folder {config.roadmaps} cannot be made: {error.strerror}.",
            f"Make it yourself, or name another one as `roadmaps` in {file}.",
        ) from error
    return Started(file, config.roadmaps, kept, tuple(_steps(config, made)))


def _kept(file: Path) -> Path | None:
    """Put a copy of the file beside it under a name that is free."""
    if not file.exists():
        return None
    names = (f"{file.name}.bak{number or ''}" for number in count())
    name = next(each for each in names if not (file.parent / each).exists())
    try:
        return write_file(file.parent, name, file.read_bytes())
    except OSError as error:
        raise ConfigError(
            f"{file} cannot be read: {error.strerror}.", "Check that it is a file and that you may read it."
        ) from error


def _defaults(zone: str) -> dict[str, Value]:
    # what a file says that says nothing
    return {"timezone": zone, **_flat(tomllib.loads(config_text({})))}


def _flat(data: Mapping[str, Any]) -> dict[str, Value]:
    """The values of a file under the names of `Choices`."""
    found: dict[str, Value] = {}
    for name, (table, key) in KEYS.items():
        said = data.get(table, {}) if table else data
        if key in said:
            # TOML knows times of day; a person reads 19:00
            value = said[key]
            found[name] = value if isinstance(value, str | bool) else f"{value:%H:%M}"
    return found


def _values(made: Beginning) -> dict[str, Any]:
    """The content of the file: what it said before, what was said now, and the zone in any case."""
    said = {
        each.name: value
        for each in fields(Choices)
        if (value := getattr(made.choices, each.name)) is not None
    }
    values: dict[str, Any] = {
        table: dict(value) if isinstance(value, Mapping) else value for table, value in made.before.items()
    }
    for name, value in {"timezone": made.zone, **_flat(made.before), **said}.items():
        table, key = KEYS[name]
        (values.setdefault(table, {}) if table else values)[key] = value
    return values


def _steps(config: Config, made: Beginning) -> Iterator[Step]:
    """What to do next, in order."""
    is_found = made.file == made.cwd / FILE
    program = "roadmap-sync" if is_found else f"roadmap-sync --config {quote(shown(made.file, made.cwd))}"
    if not in_folder(config):
        yield Step(f"{program} add FILE", "take in a plan as you have it, for example pasted.txt")
    yield Step(f"{program} check", "see how every line was read")
    yield Step(f"{program} export", f"write the calendar files to {config.ics.out.name}/")
    if config.google.enabled:
        secret = config.google.client_secret
        needs = "" if secret.is_file() else f" (needs {secret.name}, from the Google Cloud console)"
        yield Step(f"{program} auth google", f"sign in to Google{needs}")
    if config.todoist.enabled:
        yield Step(f"{program} auth todoist", "sign in to Todoist")
    if config.google.enabled or config.todoist.enabled:
        yield Step(f"{program} push", "see what would be written, then write it")
    yield Step(f"{program} doctor", "whenever something does not work")
