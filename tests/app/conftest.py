"""An empty desk for each test."""

from pathlib import Path

import pytest

from tests.desk import Desk, at_desk
from tests.invented import PHASED
from tests.pushes import World, in_memory


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


@pytest.fixture
def garden(desk: Desk) -> Desk:
    """A desk with one roadmap of two phases."""
    desk.write("roadmaps/phased.md", PHASED)
    return desk


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Services in memory in the place of the feeds."""
    return in_memory(monkeypatch)
