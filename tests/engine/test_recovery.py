"""Runs that were cut off: each sequence that once went wrong, and death at every statement."""

from pathlib import Path

import pytest

from sync.applying.looking import propose
from sync.applying.pushing import ready
from sync.errors import RetryLater
from sync.planning.decisions import Rules
from sync.targets.memory import MemoryTarget
from tests.contract.worlds import patient
from tests.engine.life import Life, settled_life


def lost(moment: str) -> frozenset[tuple[int, str]]:
    """All requests after the first reading, on their way there or back."""
    return frozenset((number, moment) for number in range(2, 30))


@pytest.mark.parametrize("group", [1, None])
def test_dying_after_a_creation_does_not_read_as_removed_by_hand(tmp_path: Path, group: int | None):
    """Remember after creating: bound before it was durable, a lost creation would look like a deletion."""
    life = Life(tmp_path, group=group)
    life.write("a")
    life.write("b")
    for dies_at in range(100):
        if life.push(dies_at=dies_at)[0] is not None:
            break
    life.push()

    assert set(life.titles()) == {"a", "b"}


def test_dying_at_any_moment_and_then_removed_by_hand_it_stays_away(tmp_path: Path):
    """Striking out and remembering are one transaction: in between nobody would know of the item."""
    outcome, dies_at = None, 0
    while outcome is None:
        life = Life(tmp_path / str(dies_at), group=2)
        life.write("a")
        life.write("b")
        outcome, _ = life.push(dies_at=dies_at)
        for name in life.titles():
            life.delete(name)
        life.push()
        dies_at += 1

    assert dies_at > 15


def test_dying_between_a_deletion_and_its_memory_does_not_keep_the_item_away(life: Life):
    """Forget before deleting: else the stale binding reads as removed by hand, and it never returns."""
    settled_life(life, "a")
    wish = life.roadmap["a"]
    _, points = Life(life.folder / "other").push()
    for dies_at in range(points + 40):
        life.cut("a")
        life.push(dies_at=dies_at)
        life.roadmap["a"] = wish
        life.push()

        assert set(life.titles()) == {"a"}, f"dying at {dies_at}"


def test_removed_by_hand_while_its_creation_was_unknown_stays_away(life: Life):
    """The answer was lost, the item seen and deleted on the phone: the same bytes again bring nothing back."""
    life.write("a")
    life.push(
        loses=frozenset({(3, "after"), (4, "after"), (5, "after"), (6, "after"), (7, "after"), (8, "after")})
    )
    assert set(life.titles()) == {"a"}
    life.delete("a")
    life.reword("a")
    life.push()

    assert life.titles() == {}


def test_a_creation_that_never_arrived_is_sent_again_though_the_roadmap_moved_on(life: Life):
    settled_life(life)
    life.write("a")
    life.push(loses=lost("before"))
    assert life.titles() == {}
    life.reword("a")
    life.push()

    assert life.titles() == {"a": life.roadmap["a"].title}


def test_a_creation_that_never_arrived_and_is_wanted_no_longer_leaves_nothing(life: Life):
    settled_life(life)
    life.write("a")
    life.push(loses=lost("before"))
    life.cut("a")
    life.push()

    assert life.titles() == {}


def test_an_edit_made_while_an_update_was_unknown_is_not_overwritten(life: Life):
    """An update is never sent again blindly: its item is there and tells whether it arrived."""
    settled_life(life, "a")
    life.reword("a")
    life.push(loses=lost("before"))
    life.edit("a")
    life.push()

    assert life.titles()["a"].startswith("hand")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_shown_plan_and_the_push_after_it_have_the_same_digest_though_an_answer_was_lost(
    life: Life, moment: str
):
    """What is resent first must not move the plan: the one shown foresees it."""
    settled_life(life, "b")
    life.write("a")
    life.push(loses=lost(moment))
    life.reword("a")
    life.reword("b")
    shown = life.plan()
    with life.ledger() as ledger:
        target = MemoryTarget(life.service)
        view = ready(target, ledger, now=life.now, patience=patient())
        plan = propose(view, life.request(ledger, None, Rules()))
        assert plan.digest == shown.digest
        life.reword("a")
        moved = propose(view, life.request(ledger, None, Rules()))
        assert moved.digest != shown.digest

    assert [(step.action, step.key) for step in plan.effects] == [("update", "plan/b"), ("update", "plan/a")]


def test_a_line_that_is_dead_for_good_stops_with_a_state_to_resume_from(life: Life):
    life.write("a")
    outcome, _ = life.push(loses=lost("before"))
    assert outcome is None
    with life.ledger() as ledger:
        assert ledger.rows("SELECT count(*) FROM outbox WHERE payload IS NOT NULL") == [(1,)]
        assert ledger.rows("SELECT count(*) FROM outbox WHERE payload IS NULL") == [(0,)]
    life.push()

    assert set(life.titles()) == {"a"}


def test_a_line_that_stays_dead_is_said_again_and_nothing_new_is_begun(life: Life):
    life.write("a")
    life.push(loses=lost("before"))

    failures = iter(range(patient().tries))

    def dead(moment: str) -> None:
        if moment == "before" and life.service.requests[before:] and next(failures, None) is not None:
            raise RetryLater("No answer came.", "Push again.")

    before = len(life.service.requests)
    life.service.weather = dead
    with life.ledger() as ledger, pytest.raises(RetryLater):
        ready(MemoryTarget(life.service), ledger, now=life.now, patience=patient())
    assert next(failures, None) is None
    assert life.titles() == {}


EVENTS = {
    "a first push": lambda life: (life.write("a"), life.write("b", "two")),
    "everything at once": lambda life: (
        settled_life(life, "new", "gone", "edited", "ticked"),
        life.cut("gone"), life.reword("new"), life.write("more"), life.edit("edited"), life.reword("edited"),
        life.tick("ticked"), life.reword("ticked"),
    ),
    "an unsettled creation": lambda life: (
        settled_life(life, "a"), life.write("b"),
        life.push(loses=lost("after")), life.reword("b"), life.cut("a"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("group", [1, 2, None], ids=["one by one", "in pairs", "as a whole"])
@pytest.mark.parametrize("event", EVENTS)
def test_killed_at_every_statement_the_next_run_settles(tmp_path: Path, event: str, group: int | None):
    """Every statement of the ledger and both sides of every request, one after the other."""
    outcome, points, dies_at = None, 0, -1
    while outcome is None:
        dies_at += 1
        life = Life(tmp_path / str(dies_at), group=group)
        EVENTS[event](life)
        outcome, points = life.push(dies_at=dies_at)
        life.push()
        life.pull()
        assert life.plan().effects == ()

    assert points == dies_at > 15


def test_meant_here_made_elsewhere_and_removed_by_hand_it_stays_away(tmp_path: Path):
    """A revision that was only issued here is no trace of a write: the deletion that is named was not ours."""
    outcome, dies_at = None, 0
    while outcome is None:
        life = Life(tmp_path / str(dies_at), desks=2, names_deletions=True)
        life.push()
        life.write("a")
        outcome, _ = life.push(dies_at=dies_at)
        life.push(desk=1)
        life.delete("a")
        life.push()
        life.push(desk=1)
        dies_at += 1

        assert life.titles() == {}
