"""A life of its own for each test; its assertions explain themselves as those in test files do."""

from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.engine.life")

from tests.engine.life import Life  # noqa: E402  # once it is registered


@pytest.fixture
def life(tmp_path: Path) -> Life:
    return Life(tmp_path)
