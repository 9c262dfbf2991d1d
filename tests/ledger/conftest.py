"""A ledger in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.ledger.store import Ledger, open_ledger


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def ledger(state: Path) -> Iterator[Ledger]:
    with open_ledger(state) as opened:
        yield opened
