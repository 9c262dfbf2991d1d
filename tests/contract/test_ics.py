"""The folder of feeds obeys the laws."""

from pathlib import Path

import pytest

from tests.contract.laws import TargetLaws
from tests.targets.ics.hands import IcsWorld


class TestIcs(TargetLaws):
    @pytest.fixture
    def world(self, tmp_path: Path) -> IcsWorld:
        return IcsWorld(tmp_path / "feeds")
