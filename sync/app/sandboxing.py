"""Running the emulated services, and a folder whose configuration points at them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.app.run import Run
from sync.config.settings import FILE, load_config, set_value
from sync.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from sync.sandbox import Sandbox

TOKEN_ENV = "SANDBOX_TODOIST_TOKEN"  # noqa: S105 - the name of a variable, not its value
"""A variable of its own: the token of a real account, in the usual one, stays out of the sandbox."""
HEAD = """\
# Points at the sandbox; written by `roadmap-sync sandbox --write`, which also keeps the endpoints right.
# Paths are relative to this file.

"""
STATE, STORE = "state", "sandbox.json"


@dataclass(frozen=True, slots=True)
class Trial:
    """A folder to try things in, apart from the person's own configuration and ledger."""

    config: Path
    state: Path


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the sandbox is and what opens it; its tokens are good for nothing else."""

    url: str
    store: Path | None
    """None where its state is gone when it stops."""
    google_user: Mapping[str, Any] = field(repr=False)
    """A consent already given: the JSON of a token file."""
    google_app: Mapping[str, Any] = field(repr=False)
    """The desktop client with which `auth google` may ask for another."""
    todoist_token: str = field(repr=False)
    trial: Trial | None

    @property
    def phone(self) -> str:
        """The calendar on the phone."""
        return f"{self.url}phone"

    @property
    def tasks(self) -> str:
        """The tasks on the phone."""
        return f"{self.url}phone/tasks"


def open_sandbox(
    run: Run,
    port: int,
    store: Path | None,
    folder: Path | None,
    *,
    ready: Callable[[Opened], None],
    say: Callable[[str], None],
) -> None:
    """Run the emulated services until a signal comes; `ready` is told where they are once they answer.

    With `folder` a configuration and tokens for them are written there, and their state is kept there too
    unless `store` names another file. Raises UsageError where the folder has a configuration for something
    else, ConfigError where the port is taken or a file cannot be used.
    """
    from sync.sandbox import StoreUnreadable  # noqa: PLC0415 - for this command only
    from sync.sandbox import run as run_sandbox  # noqa: PLC0415

    trial = None if folder is None else _trial(folder)
    kept = store or (folder / STORE if folder is not None else None)

    def tell(box: "Sandbox") -> None:
        """Write the folder now that the port is known, and tell."""
        ready(opened(box, run, kept, trial))

    try:
        run_sandbox(port, kept, ready=tell, say=say)
    except StoreUnreadable as error:
        raise ConfigError(str(error), "Name another file as --store, or delete this one.") from error
    except OSError as error:
        raise ConfigError(
            f"The sandbox cannot run: {error.strerror}.",
            f"Port {port} may be taken (--port 0 takes any free one), or {kept or 'a file'} out of reach.",
        ) from error


def _trial(folder: Path) -> Trial:
    """The paths of the folder; raises UsageError where a configuration in it is for real accounts."""
    from sync.signin.addresses import is_loopback  # noqa: PLC0415

    trial = Trial(folder / FILE, folder / STATE)
    if trial.config.exists():
        config = load_config(trial.config, cwd=folder, environ={})
        if not (is_loopback(config.google.endpoint) and is_loopback(config.todoist.endpoint)):
            raise UsageError(
                f"{trial.config} is not for a sandbox.",
                "Name a folder of its own with --write; what is there stays as it is.",
            )
    return trial


def opened(box: "Sandbox", run: Run, kept: Path | None, trial: Trial | None) -> Opened:
    """Put a sandbox that runs into the person's zone, and write configuration and tokens where a trial is wanted."""
    if box.todoist.account.zone_name != run.config.timezone:
        box.todoist.set_zone(run.config.timezone)
    google = box.google
    told = Opened(box.url, kept, google.authorized_user(), google.client_secrets(), box.todoist.token, trial)
    if trial is not None:
        _write(told, trial, run)
    return told


def _write(told: Opened, trial: Trial, run: Run) -> None:
    """Write configuration and tokens, readable by their owner alone; a configuration that is there follows."""
    from sync.app.adding import write_file  # noqa: PLC0415
    from sync.config.model import config_text  # noqa: PLC0415
    from sync.signin.places import FilePlace  # noqa: PLC0415

    if trial.config.exists():
        for service in ("google", "todoist"):
            set_value(trial.config, service, "endpoint", told.url)
    else:
        write_file(trial.config.parent, FILE, config_text(_values(told, run), HEAD).encode())
    FilePlace(trial.config.parent / "client_secret.json").save(json.dumps(told.google_app))
    FilePlace(trial.state / "google-token.json").save(json.dumps(told.google_user))
    FilePlace(trial.state / "todoist-token").save(told.todoist_token)


def _values(told: Opened, run: Run) -> dict[str, Any]:
    """The configuration of the folder: the person's documents and hours, the services of the sandbox."""
    config, slots = run.config, run.config.slots
    return {
        "timezone": config.timezone,
        "roadmaps": str(config.roadmaps),
        "slots": {
            "weekday": f"{slots.weekday:%H:%M}",
            "saturday": f"{slots.saturday:%H:%M}",
            "sunday": f"{slots.sunday:%H:%M}",
        },
        "google": {"enabled": True, "endpoint": told.url, "token": f"{STATE}/google-token.json"},
        "todoist": {"enabled": True, "endpoint": told.url, "token_env": TOKEN_ENV},
    }
