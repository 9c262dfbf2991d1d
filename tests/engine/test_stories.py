"""Sequences that once went wrong, or easily could; each a plain test with its reason."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from sync.applying.looking import look, propose
from sync.applying.pushing import apply, ready
from sync.errors import NothingToSchedule, UnsafePlan
from sync.planning.decisions import Action, Reason, Rules
from sync.targets.memory import MemoryTarget
from tests.contract.worlds import patient
from tests.engine.life import Life, settled_life


def test_what_is_written_arrives_and_a_second_push_has_nothing_to_do(life: Life):
    settled_life(life, "a", "b")
    before = list(life.service.requests)
    life.push()

    assert set(life.titles()) == {"a", "b"}
    assert life.service.requests[len(before) :][0] == 0
    assert set(life.service.requests[len(before) :]) == {0}


def test_losing_the_ledger_does_not_overwrite_an_edit_made_since(life: Life):
    """The imprint of our last write must travel with the item; a ledger alone can be lost."""
    settled_life(life, "a")
    life.edit("a")
    life.lose_ledger()
    life.push()

    assert life.titles()["a"].startswith("hand")


def test_after_losing_the_ledger_the_merge_is_still_per_field(life: Life):
    settled_life(life, "a")
    life.edit("a", "start")
    life.lose_ledger()
    life.reword("a")
    life.push()

    (thing,) = life.things("a")
    assert thing.fields["title"] == life.roadmap["a"].title
    assert thing.fields["start"].startswith("hand")


def test_a_shown_plan_writes_nothing(life: Life):
    life.write("a")
    before = life.plan()

    assert [step.action for step in before.effects] == ["create", "create"]
    assert life.service.requests == [0]
    assert life.plan() == before


def test_a_service_that_answers_with_nothing_is_not_believed(life: Life):
    settled_life(life, "a")
    things, life.service.things = life.service.things, {}
    with life.ledger() as ledger:
        target = MemoryTarget(life.service)
        with pytest.raises(UnsafePlan):
            ready(target, ledger, now=life.now)
        with pytest.raises(UnsafePlan):
            propose(look(target, ledger), replace(life.request(ledger, None, Rules()), force=False))
    life.service.things = things
    life.push()

    assert set(life.titles()) == {"a"}


def test_a_roadmap_that_yields_nothing_is_an_error_and_deletes_nothing(life: Life):
    settled_life(life, "a")
    with life.ledger() as ledger:
        request = life.request(ledger, None, Rules())
        empty = replace(request, items=[])
        with pytest.raises(NothingToSchedule):
            propose(look(MemoryTarget(life.service), ledger), empty)


def test_deleting_much_needs_force(life: Life):
    settled_life(life, *(f"t{n}" for n in range(12)))
    for number in range(6):
        life.cut(f"t{number}")
    with life.ledger() as ledger:
        target = MemoryTarget(life.service)
        plan = propose(ready(target, ledger, now=life.now), life.request(ledger, None, Rules()))
        with pytest.raises(UnsafePlan, match="delete 6 of 13"):
            apply([plan], target, ledger, patience=patient())

    assert len(life.titles()) == 12


def test_removed_on_the_phone_stays_away_until_it_is_asked_back(life: Life):
    settled_life(life, "a", "b")
    life.delete("a")
    life.push()
    assert set(life.titles()) == {"b"}

    life.push(rules=Rules(restore=True))
    assert set(life.titles()) == {"a", "b"}
    assert life.things("a")[0].marker.startswith("roadmap-sync:2:")


def test_a_removal_is_remembered_by_a_service_even_where_the_ledger_was_lost(tmp_path: Path):
    life = settled_life(Life(tmp_path, names_deletions=True), "a", "b")
    life.delete("a")
    life.lose_ledger()
    life.push()

    assert set(life.titles()) == {"b"}


def test_pushing_one_phase_leaves_the_other_alone(life: Life):
    life.write("a", "one")
    life.write("b", "two")
    life.push(phase="one")
    assert set(life.titles()) == {"a"}
    life.push(phase="two")
    assert set(life.titles()) == {"a", "b"}
    life.cut("a")
    life.push(phase="two")
    assert set(life.titles()) == {"a", "b"}
    life.push(phase="one")
    assert set(life.titles()) == {"b"}


def test_two_computers_in_turn_do_not_undo_each_other(tmp_path: Path):
    """The revision travels in the marker: the ledger that is behind takes it over before planning."""
    life = settled_life(Life(tmp_path, desks=2, names_deletions=True), "a")
    life.push(desk=1)
    for desk in (0, 1, 1, 0):
        life.reword("a")
        life.push(desk=desk)

    assert life.titles()["a"] == life.roadmap["a"].title
    assert life.things("a")[0].marker.startswith("roadmap-sync:5:")
    assert len(life.service.spent) == len(set(life.service.spent)) == 6


def test_the_other_computers_write_is_taken_over_and_named(tmp_path: Path):
    life = settled_life(Life(tmp_path, desks=2), "a")
    life.push(desk=1)
    life.reword("a")
    life.push(desk=0)
    plan = life.plan(desk=1)

    assert [(s.action, s.reason) for s in plan.steps] == [(Action.ADOPT, Reason.ELSEWHERE)]


def test_a_computer_with_an_older_copy_takes_nothing_back_that_another_one_wrote(tmp_path: Path):
    life = settled_life(Life(tmp_path, desks=2), "a")
    life.push(desk=1)
    older = deepcopy(life.roadmap)
    life.reword("a")
    life.write("b")
    life.push(desk=0)
    newer, life.roadmap = life.roadmap, older
    plan = life.plan(desk=1)

    assert plan.effects == ()
    assert {(step.key, step.reason) for step in plan.steps} == {
        ("plan/a", Reason.BEHIND),
        ("plan/b", Reason.FOREIGN),
    }
    asked = life.plan(desk=1, rules=Rules(prefer_roadmap=True))
    assert [(step.action, step.key) for step in asked.effects] == [("update", "plan/a"), ("delete", "plan/b")]

    life.roadmap = newer
    life.push(desk=1)
    assert life.titles() == {name: wish.title for name, wish in newer.items()}


def test_an_older_copy_with_a_tick_of_its_own_sends_the_new_words_of_neither(tmp_path: Path):
    """The second push must not put back what the first one left alone."""
    life = settled_life(Life(tmp_path, desks=2), "a")
    life.push(desk=1)
    older = deepcopy(life.roadmap)
    life.reword("a")
    life.push(desk=0)
    newer, life.roadmap = life.roadmap, older
    life.roadmap["a"].day = 3
    with life.ledger(1) as ledger:
        view = ready(MemoryTarget(life.service), ledger, now=life.now)
        plan = propose(view, life.request(ledger, None, Rules()))
        apply([plan], view.target, ledger, patience=patient())

    assert life.titles()["a"] == newer["a"].title
    assert life.plan(desk=1).effects == ()
    newer["a"].day = 3
    life.roadmap = newer
    life.reword("a")
    life.push(desk=0)
    assert life.titles()["a"] == newer["a"].title


def test_a_new_ledger_never_repeats_a_command_of_an_old_one(life: Life):
    """Created, deleted, ledger lost: the service would answer the old uuid with the dead item."""
    settled_life(life, "a")
    life.delete("a")
    life.lose_ledger()
    life.push()

    assert set(life.titles()) == {"a"}


def test_gone_on_both_sides_it_is_forgotten_and_comes_back_when_it_is_wanted_again(life: Life):
    """Removed on the phone and cut from the roadmap; a line that is written anew is a new wish."""
    settled_life(life, "a")
    life.delete("a")
    life.cut("a")
    life.push()
    life.write("a")
    life.push()

    assert set(life.titles()) == {"a"}
