"""Runs that were cut off: each sequence that once went wrong, and death at every statement."""

from pathlib import Path

import pytest

from sync.applying.looking import propose
from sync.applying.pushing import apply, ready, resumed
from sync.planning.decisions import Action, Rules
from sync.planning.plans import Plan
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


def test_what_goes_out_once_more_stands_in_the_plan(life: Life):
    """It was agreed to once, but a person who is asked again wants to know all that is written."""
    settled_life(life, "b")
    life.write("a")
    life.push(loses=lost("before"))
    life.reword("a")
    life.reword("b")
    shown = life.plan()

    assert [(step.action, step.key) for step in shown.effects] == [
        ("resend", "plan/a"), ("update", "plan/b"), ("update", "plan/a"),
    ]  # fmt: skip
    assert life.plan().digest == shown.digest
    assert set(life.titles()) == {"b"}
    outcome, _ = life.push()
    assert outcome is not None
    assert (outcome.done, len(outcome.plan.effects)) == (3, 3)


def test_what_is_seen_to_have_arrived_goes_out_no_more(life: Life):
    life.write("a")
    life.push(loses=lost("after"))

    assert "a" in life.titles()
    assert Action.RESEND not in {step.action for step in life.plan().effects}


def test_what_happened_while_the_bytes_went_out_once_more_is_left_to_the_next_push(life: Life):
    """Nobody agreed to it."""
    settled_life(life, "b")
    life.write("a")
    life.push(loses=lost("before"))
    with life.ledger() as ledger:
        target = MemoryTarget(life.service)

        def planned() -> list[Plan]:
            view = ready(target, ledger, now=life.now)
            return [propose(view, life.request(ledger, None, Rules()))]

        agreed = planned()
        life.reword("b")
        plans = resumed(agreed, target, ledger, planned, patience=patient())
        assert [(step.action, step.key) for step in plans[0].effects] == [("resend", "plan/a")]
        assert apply(plans, target, ledger, patience=patient())[0].done == 1

    assert life.titles()["a"] == life.roadmap["a"].title
    assert [step.key for step in life.plan().effects] == ["plan/b"]


def test_another_phase_sends_nothing_of_the_one_that_was_interrupted(life: Life):
    settled_life(life)
    life.write("a", "one")
    life.push(phase="one", loses=lost("before"))
    life.write("b", "two")
    life.push(phase="two")
    assert set(life.titles()) == {"b"}

    life.push(phase="one")
    assert set(life.titles()) == {"a", "b"}


def test_what_the_service_refuses_the_second_time_is_named(life: Life):
    settled_life(life)
    life.write("a")
    life.push(loses=lost("before"))
    life.service.refused.add("plan/a")
    with pytest.raises(AssertionError, match="an item failed"):
        life.push()
    life.service.refused.clear()
    life.push()

    assert set(life.titles()) == {"a"}


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
    settled_life(life)
    life.write("a")
    life.push(loses=lost("before"))
    life.write("b")
    outcome, _ = life.push(loses=lost("before"))

    assert outcome is None
    assert life.titles() == {}
    with life.ledger() as ledger:
        assert ledger.rows("SELECT key FROM outbox") == [("plan/a",)]


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
