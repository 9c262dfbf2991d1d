"""Taking everything back: what is ours goes, whatever became of it; what is not ours is not in the plan."""

from dataclasses import replace

from sync.planning.decisions import Action, Reason
from sync.planning.plans import Known, Plan
from sync.planning.withdrawing import withdrawals
from sync.remote import Marker, Reading
from tests.planning.witnesses import bound, known, reading, remote


def told(plans: list[Plan]) -> list[tuple[str, str, str, str]]:
    return [(plan.scope.roadmap, step.action, step.key, step.title) for plan in plans for step in plan.steps]


def test_what_was_ticked_or_edited_there_is_taken_back_too():
    there = reading(
        remote("open"), replace(remote("done"), done=True), remote("edited", "by hand", base="was")
    )
    plans = withdrawals("memory", there, known(bound("open"), bound("done"), bound("edited")), frozenset())
    assert told(plans) == [
        ("plan", "delete", "plan/open", "Open"),
        ("plan", "delete", "plan/done", "Done"),
        ("plan", "delete", "plan/edited", "Edited"),
    ]
    assert {step.reason for plan in plans for step in plan.steps} == {Reason.WITHDRAWN}


def test_without_a_ledger_items_go_by_what_they_say_themselves():
    assert told(withdrawals("memory", reading(remote("x", "Dig")), Known(), frozenset())) == [
        ("plan", "delete", "plan/x", "Dig")
    ]
    blank = replace(remote("x"), fields={"title": ""})
    assert told(withdrawals("memory", reading(blank), Known(), frozenset())) == [
        ("plan", "delete", "plan/x", "plan/x")
    ]


def test_what_is_gone_there_is_not_in_the_plan_and_stays_remembered_as_removed():
    assert withdrawals("memory", reading(), known(bound("removed")), frozenset()) == []


def test_a_copy_made_by_hand_stays():
    there = reading(remote("x"), remote("x", ident="copy"))
    plans = withdrawals("memory", there, known(bound("x")), frozenset())
    assert [(step.action, step.there and step.there.id) for step in plans[0].steps] == [
        (Action.DELETE, "id-x"),
        (Action.LEAVE, "copy"),
    ]


def test_each_roadmap_has_its_own_plan_under_its_present_name():
    other = replace(remote("y"), marker=Marker("old/day-1/y", 1, ""))
    there = Reading((other, *reading(remote("x")).items))
    renamed = known(renames={"old": "new"})
    assert [plan.scope.roadmap for plan in withdrawals("memory", there, renamed, frozenset())] == [
        "new",
        "plan",
    ]
    assert [plan.scope.roadmap for plan in withdrawals("memory", there, renamed, frozenset({"new"}))] == [
        "new"
    ]
