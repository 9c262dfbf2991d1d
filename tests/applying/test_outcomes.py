"""What becomes of a plan: whole, in part, stopped, or resumed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from sync.applying.looking import Request, look, propose
from sync.applying.numbering import intents
from sync.applying.pushing import apply
from sync.errors import (
    ItemChanged,
    ItemVanished,
    NotAuthorised,
    RoadmapSyncError,
    TargetRefused,
)
from sync.ledger.bindings import Bindings
from sync.ledger.outbox import Outbox
from sync.ledger.store import Ledger
from sync.planning.plans import Provenance
from sync.planning.scopes import Scope
from sync.remote import Event, Failed, Intent, Landed, Sending
from sync.targets.memory import MemoryTarget, Service
from tests.applying.desk import DAYS, TODAY, Troubled, patience, plan_of, push
from tests.contract.worlds import item


@pytest.mark.parametrize("error", [TargetRefused, NotAuthorised])
def test_a_refusal_of_the_whole_stops_this_target_and_keeps_what_was_done(
    service: Service, ledger: Ledger, error: type[RoadmapSyncError]
):
    target = Troubled(service)
    target.troubles = [None, lambda: error("No more today.", "Come back tomorrow.")]
    outcome = push(target, ledger, *DAYS)

    assert isinstance(outcome.stopped, error)
    assert outcome.done == 1
    assert len(service.things) == 1


def test_one_refused_item_is_named_and_the_rest_goes_on(service: Service, ledger: Ledger):
    service.refused.add("plan/day-1")
    target = MemoryTarget(service, group=2)
    outcome = push(target, ledger, *DAYS)

    assert outcome.done == 4
    assert [(f.key, f.title, f.reason) for f in outcome.failed] == [
        ("plan/day-1", "day-1", "The item was refused.")
    ]
    assert outcome.stopped is None
    assert Outbox(ledger, "memory").pending() == []

    service.refused.clear()
    assert push(target, ledger, *DAYS).done == 1


@pytest.mark.parametrize("error", [ItemVanished, ItemChanged])
def test_an_item_that_changed_at_the_same_moment_is_left_to_the_next_push(
    service: Service, ledger: Ledger, error: type[ItemVanished | ItemChanged]
):
    target = MemoryTarget(service)
    push(target, ledger, *DAYS[:2])
    plan = plan_of(target, ledger, item("day-0", title="new"), DAYS[1])
    thing = service.things["thing-1"]
    if error is ItemVanished:
        service.delete(thing.id)
    else:
        service.things[thing.id] = replace(thing, fields={**thing.fields, "notes": "mine"}, version=9)
    outcome = apply([plan], target, ledger, patience=patience([]))[0]

    assert [failure.key for failure in outcome.failed] == ["plan/day-0"]
    again = plan_of(target, ledger, item("day-0", title="new"), DAYS[1])
    assert [step.action for step in again.steps] == ["leave" if error is ItemVanished else "update"]


def test_a_creation_whose_item_was_removed_since_counts_as_written(service: Service, ledger: Ledger):
    class Honest(MemoryTarget):
        def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
            for event in super().write(intents):
                if isinstance(event, Sending):
                    yield event
                    continue
                gone = [r for r in event.results if isinstance(r, Landed) and r.id not in service.things]
                yield replace(event, results=tuple(
                    Failed(r.key, ItemVanished("Removed.", "Restore it.")) if r in gone else r for r in event.results
                ))  # fmt: skip

    target = Honest(service)
    push(target, ledger, DAYS[1])
    (intent,) = intents(plan_of(target, ledger, *DAYS[:2]), ledger.identity)
    service.spent[intent.command] = "thing-dead"
    push(target, ledger, *DAYS[:2])

    plan = plan_of(target, ledger, *DAYS[:2])
    assert [str(step.reason) for step in plan.steps] == ["removed on the other side"]


def test_a_push_that_went_through_notes_what_it_came_from(service: Service, ledger: Ledger):
    target = MemoryTarget(service)
    provenance = Provenance("text", "reader")
    other = item("other", phase=None)
    apply(
        [plan_of(target, ledger, DAYS[0], other, provenance=provenance)],
        target,
        ledger,
        patience=patience([]),
    )

    assert Bindings(ledger, "memory").pushed() == {
        ("plan", "plan/one"): provenance,
        ("plan", None): provenance,
    }


def test_a_push_with_a_failure_does_not_note_what_it_came_from(service: Service, ledger: Ledger):
    service.refused.add("plan/day-0")
    target = MemoryTarget(service)
    plan = plan_of(target, ledger, DAYS[0], provenance=Provenance("text", "reader"))
    apply([plan], target, ledger, patience=patience([]))

    assert Bindings(ledger, "memory").pushed() == {}


def test_the_plans_of_several_roadmaps_share_their_requests(service: Service, ledger: Ledger):
    target = MemoryTarget(service, group=50)
    view = look(target, ledger)
    other = [replace(one, key=one.key.replace("plan/", "other/"), roadmap="other") for one in DAYS]
    plans = [
        propose(view, Request(Scope("plan"), DAYS, TODAY)),
        propose(view, Request(Scope("other"), other, TODAY)),
    ]
    outcomes = apply(plans, target, ledger, patience=patience([]))

    assert [outcome.done for outcome in outcomes] == [5, 5]
    assert service.requests == [0, 10]


def test_a_plan_without_writes_sends_nothing(service: Service, ledger: Ledger):
    target = MemoryTarget(service)
    push(target, ledger, *DAYS)
    before = len(service.requests)

    assert push(target, ledger, *DAYS).done == 0
    assert service.requests[before:] == [0]


def test_a_target_that_keeps_the_past_gets_it(service: Service, ledger: Ledger):
    old = item("old", span=DAYS[0].span)
    request = Request(Scope("plan"), [replace(old, done=True), item("past")], date(2026, 2, 1))
    plain = propose(look(MemoryTarget(service), ledger), request)
    keeping = propose(look(MemoryTarget(service, keeps_past=True), ledger), request)

    assert (plain.left_out, [str(step.action) for step in plain.steps]) == (1, ["leave", "leave"])
    assert [str(step.action) for step in keeping.steps] == ["create", "create"]
