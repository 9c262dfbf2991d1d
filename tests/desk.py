"""A desk to try the commands on: a folder of its own, nothing remembered, and the program in this process."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sync.app.run import Run
from sync.cli import main
from sync.config.settings import load_config

ZONE = "Africa/Nairobi"
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int | str | None
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """A folder with the state of the program in it."""

    folder: Path

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def roadmaps(self) -> Path:
        return self.folder / "roadmaps"

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file on the desk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *words: object, today: date | None = TODAY) -> Said:
        """Carry out a command; `today` None is the day of the clock."""
        day = ["--today", today.isoformat()] if today is not None else []
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
            main(["--state", str(self.state), *day, *map(str, words)])
        return Said(left.value.code, out.getvalue(), err.getvalue())

    def world(self, state: Path | None = None, today: date = TODAY, now: datetime = NOW) -> Run:
        """What a use case is given."""
        config = load_config(None, cwd=self.folder, environ={"TZ": ZONE})
        return Run(config, state or self.state, self.folder, today, now)


def at_desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Sit down at an empty desk, in Nairobi, with a page of a hundred columns."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TZ", ZONE)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    return Desk(folder)
