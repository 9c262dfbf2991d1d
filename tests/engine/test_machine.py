"""Everything that can happen, in any order: nothing is lost, nothing is doubled, one push settles."""

import os
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sync.planning.decisions import Rules
from tests.engine.life import Life

NAMES = st.sampled_from(["a", "b", "c"])
PHASES = st.sampled_from(["one", "two"])
SCOPES = st.sampled_from([None, None, "one", "two"])
DESKS = st.integers(0, 1)
FOLDER = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112  # a ledger in memory, where there is one


class Living(RuleBasedStateMachine):
    """One computer, and a service that says nothing about deletions."""

    desks = 1
    names_deletions = False

    @initialize(group=st.sampled_from([1, 2, None]))
    def begin(self, group: int | None) -> None:
        self.folder = Path(mkdtemp(dir=FOLDER))
        self.life = Life(self.folder, self.desks, group, self.names_deletions)

    @rule(name=NAMES, phase=PHASES, day=st.integers(1, 3))
    def write(self, name: str, phase: str, day: int) -> None:
        if name not in self.life.roadmap:
            self.life.write(name, phase, day)

    @rule(name=NAMES)
    def reword(self, name: str) -> None:
        if name in self.life.roadmap:
            self.life.reword(name)

    @rule(name=NAMES, phase=PHASES, day=st.integers(1, 3))
    def move(self, name: str, phase: str, day: int) -> None:
        if name in self.life.roadmap:
            self.life.roadmap[name].phase = phase
            self.life.roadmap[name].day = day

    @rule(name=NAMES)
    def cut(self, name: str) -> None:
        if name in self.life.roadmap:
            self.life.cut(name)

    @rule(name=NAMES)
    def agree(self, name: str) -> None:
        if name in self.life.roadmap:
            self.life.agree(name)

    @rule(name=NAMES)
    def tick(self, name: str) -> None:
        self.life.tick(name)

    @rule(name=NAMES, which=st.sampled_from(["title", "start"]))
    def edit(self, name: str, which: str) -> None:
        self.life.edit(name, which)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        self.life.delete(name)

    @rule(name=NAMES, desk=DESKS)
    def done(self, name: str, desk: int) -> None:
        if name in self.life.roadmap:
            self.life.done(name, desk % self.desks)

    @rule(desk=DESKS, phase=SCOPES)
    def push(self, desk: int, phase: str | None) -> None:
        self.life.push(desk % self.desks, phase)

    @rule(desk=DESKS, phase=SCOPES, dies_at=st.integers(0, 40))
    def push_and_die(self, desk: int, phase: str | None, dies_at: int) -> None:
        self.life.push(desk % self.desks, phase, dies_at=dies_at)

    @rule(
        desk=DESKS,
        phase=SCOPES,
        loses=st.frozensets(st.tuples(st.integers(2, 12), st.sampled_from(["before", "after"])), max_size=8),
    )
    def push_over_a_bad_line(self, desk: int, phase: str | None, loses: frozenset[tuple[int, str]]) -> None:
        self.life.push(desk % self.desks, phase, loses=loses)

    @rule(desk=DESKS, restore=st.booleans())
    def push_as_asked(self, desk: int, restore: object) -> None:
        self.life.push(desk % self.desks, rules=Rules(restore=bool(restore), prefer_roadmap=not restore))

    @rule(desk=DESKS)
    def pull(self, desk: int) -> None:
        self.life.pull(desk % self.desks)
        assert self.life.pull(desk % self.desks) == []

    @rule(desk=DESKS)
    def lose_ledger(self, desk: int) -> None:
        self.life.lose_ledger(desk % self.desks)

    @precondition(lambda self: hasattr(self, "life"))
    @rule()
    def look_again(self) -> None:
        self.life.check()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            rmtree(self.folder)


class LivingWithTwoDesks(Living):
    """Two computers in turn, and a service that names deletions."""

    desks = 2
    names_deletions = True


LIVES = pytest.mark.parametrize("life", [Living, LivingWithTwoDesks])


@LIVES
def test_nothing_is_lost_and_nothing_is_doubled(life: type[Living]):
    run_state_machine_as_test(life, settings=settings(max_examples=100, stateful_step_count=30))


@pytest.mark.soak
@LIVES
def test_nothing_is_lost_and_nothing_is_doubled_in_long_lives(life: type[Living]):
    run_state_machine_as_test(life, settings=settings(stateful_step_count=60))
