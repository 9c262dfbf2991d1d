"""A sandbox and a calendar in it for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.sandbox import Sandbox
from tests.targets.google.desk import Desk
from tests.targets.google.hands import GoogleWorld


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def world(box: Sandbox) -> Iterator[GoogleWorld]:
    made = GoogleWorld(box)
    yield made
    made.close()


@pytest.fixture
def desk(world: GoogleWorld, tmp_path: Path) -> Desk:
    return Desk(world, tmp_path / "desk")
