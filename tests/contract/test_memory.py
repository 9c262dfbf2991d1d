"""The reference target obeys the laws: one write at a time, in groups, as a whole, and naming deletions."""

from dataclasses import replace

import pytest

from tests.contract.laws import TargetLaws
from tests.contract.worlds import MemoryWorld, World, item


class TestMemory(TargetLaws):
    @pytest.fixture(params=[1, 50, None], ids=["one by one", "in groups", "as a whole"])
    def world(self, request: pytest.FixtureRequest) -> World:
        return MemoryWorld(request.param)


class TestMemoryThatNamesDeletions(TargetLaws):
    @pytest.fixture
    def world(self) -> World:
        return MemoryWorld(names_deletions=True)


def test_people_delete_their_own_things_too():
    world = MemoryWorld(names_deletions=True)
    world.add_foreign()
    world.service.delete("foreign")

    assert world.foreign() == []
    assert world.target().read(b"").removed == {}


def test_what_has_no_date_has_no_place():
    assert MemoryWorld().target().shape(replace(item("someday"), span=None)) is None
