"""A ledger and a service for each test; the assertions of a life explain themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.ledger.store import Ledger, open_ledger
from sync.targets.memory import Service

pytest.register_assert_rewrite("tests.engine.life")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "state") as opened:
        yield opened


@pytest.fixture
def service() -> Service:
    return Service()
