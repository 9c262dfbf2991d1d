"""A folder of feeds for each test, and the hands that reach into it."""

from pathlib import Path

import pytest

from tests.targets.ics.hands import IcsWorld
from tests.targets.ics.pushing import Desk
from tests.targets.ics.whole import WHOLE


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder to which nothing was pushed yet."""
    return Desk(tmp_path)


@pytest.fixture
def world(desk: Desk) -> IcsWorld:
    return IcsWorld(desk.folder)


@pytest.fixture
def whole(tmp_path: Path) -> Desk:
    """A folder that holds one of everything."""
    made = Desk(tmp_path / "whole")
    made.push(WHOLE)
    return made
