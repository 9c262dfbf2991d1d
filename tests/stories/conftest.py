"""A home for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.home import Home, at_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    yield from at_home(tmp_path, monkeypatch)
