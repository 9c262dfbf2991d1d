"""What `sandbox` says once it answers: where it is, and how to push there."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

from sync.app.sandboxing import TOKEN_ENV, Opened, Trial
from sync.reporting.page import Page

LINES = """\
[google]
enabled = true
endpoint = "{url}"
token = "google-token.json"

[todoist]
enabled = true
endpoint = "{url}"
token_env = "{variable}"
"""


def opened_text(told: Opened, cwd: Path, page: Page) -> str:
    """The addresses, then the steps to a first push, paths as seen from `cwd`."""
    return "\n".join(_lines(told, cwd, page))


def _lines(told: Opened, cwd: Path, page: Page) -> Iterator[str]:
    paint = page.paint
    yield f"{paint.green('✓')} The sandbox is open: {paint.bold(told.url)}"
    yield f"  On its phone, the calendar: {told.phone}"
    yield f"  and the tasks: {told.tasks}"
    if told.trial is not None:
        yield "In another terminal:"
        yield f"  {paint.cyan(_push(told.trial, cwd))}"
    else:
        yield "Write into config.toml (or let `roadmap-sync sandbox --write FOLDER` do all of this):"
        for line in LINES.format(url=told.url, variable=TOKEN_ENV).splitlines():
            yield f"  {line}".rstrip()
        yield "and beside it:"
        yield f"  curl -so google-token.json {told.url}google/token.json"
        yield f"  export {TOKEN_ENV}={told.todoist_token}"
    yield f"State is kept in {_near(told.store, cwd)}." if told.store else "State is gone when it stops."
    yield "Ctrl-C stops it. Each request is shown below."


def opened_document(told: Opened) -> dict[str, Any]:
    """The same as JSON, with the tokens; they open nothing but this sandbox."""
    return {
        "url": told.url,
        "phone": told.phone,
        "tasks": told.tasks,
        "store": None if told.store is None else str(told.store),
        "config": None if told.trial is None else str(told.trial.config),
        "state": None if told.trial is None else str(told.trial.state),
        "google": {"endpoint": told.url, "token": dict(told.google_user)},
        "todoist": {"endpoint": told.url, "token": told.todoist_token, "token_env": TOKEN_ENV},
    }


def _push(trial: Trial, cwd: Path) -> str:
    config, state = (quote(_near(path, cwd)) for path in (trial.config, trial.state))
    return f"roadmap-sync --config {config} --state {state} push"


def _near(path: Path, cwd: Path) -> str:
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)
