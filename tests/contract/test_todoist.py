"""Todoist, in the sandbox, obeys the laws."""

from collections.abc import Iterator

import pytest

from tests.contract.laws import TargetLaws
from tests.targets.todoist.hands import TodoistWorld, account


class TestTodoist(TargetLaws):
    @pytest.fixture
    def world(self) -> Iterator[TodoistWorld]:
        with account() as world:
            yield world
