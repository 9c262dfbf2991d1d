"""How often a target was asked: by what it is asked for, unless it counts itself."""

from sync.applying.counting import Counted
from sync.targets.memory import MemoryTarget, Service


class Counting(MemoryTarget):
    """A target that makes its container with a request of its own."""

    requests = 3


def test_a_reading_is_one_request():
    target = Counted(MemoryTarget(Service()))
    assert target.requests == 0
    target.read(b"")
    assert target.requests == 1


def test_a_target_that_counts_itself_is_believed():
    assert Counted(Counting(Service())).requests == 3
