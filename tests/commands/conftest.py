"""An empty desk for each test, and the commands that take a file."""

from pathlib import Path

import pytest

from tests.desk import Desk, at_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


@pytest.fixture(params=["add", "check", "export", "show"])
def command(request: pytest.FixtureRequest) -> str:
    """Each command that takes a file and ends by itself."""
    return str(request.param)
