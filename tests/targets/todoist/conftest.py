"""An account in the sandbox for each test, and a computer that pushes to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.targets.todoist.computer import Computer
from tests.targets.todoist.hands import TodoistWorld, account


@pytest.fixture
def world() -> Iterator[TodoistWorld]:
    with account() as made:
        yield made


@pytest.fixture
def computer(tmp_path: Path, world: TodoistWorld) -> Computer:
    return Computer(tmp_path / "state", world)
