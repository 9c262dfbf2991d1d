"""Groups, answers, patience: what happens between a plan and its outcome."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from sync.applying.pushing import apply, caught_up
from sync.errors import (
    RetryLater,
    TargetError,
)
from sync.ledger.bindings import Bindings
from sync.ledger.outbox import Outbox
from sync.ledger.store import Ledger
from sync.planning.plans import Provenance
from sync.planning.withdrawing import withdrawals
from sync.remote import Event, Failed, Intent, Sending
from sync.targets.memory import MemoryTarget, Service
from tests.applying.desk import DAYS, NOW, Troubled, later, patience, plan_of, push
from tests.contract.worlds import item


def test_a_push_creates_and_remembers_and_the_next_plan_is_empty(service: Service, ledger: Ledger):
    target = MemoryTarget(service, group=2)
    outcome = push(target, ledger, *DAYS)

    assert (outcome.done, outcome.failed, outcome.stopped) == (5, (), None)
    assert service.requests == [0, 2, 2, 1]
    assert plan_of(target, ledger, *DAYS).effects == ()
    assert {b.remote_id for b in Bindings(ledger, "memory").all().values()} == set(service.things)
    assert Outbox(ledger, "memory").pending() == []


def test_the_outbox_holds_every_intent_before_the_first_leaves_and_the_bytes_before_their_group(
    service: Service, ledger: Ledger
):
    seen: list[list[tuple[str, bool]]] = []

    def weather(moment: str) -> None:
        if moment == "before" and service.requests:
            seen.append([(i.key, i.payload is not None) for i in Outbox(ledger, "memory").pending()])

    service.weather = weather
    push(MemoryTarget(service, group=1), ledger, *DAYS[:2])

    assert seen == [
        [("plan/day-0", True), ("plan/day-1", False)],
        [("plan/day-1", True)],
    ]


def test_what_is_to_be_deleted_is_forgotten_before_it_is_sent_and_what_is_made_is_bound_after(
    service: Service, ledger: Ledger
):
    target = MemoryTarget(service)
    push(target, ledger, *DAYS[:2])
    seen: list[dict[str, bool]] = []

    def weather(moment: str) -> None:
        seen.append({key: binding.live for key, binding in Bindings(ledger, "memory").all().items()})

    plan = plan_of(target, ledger, DAYS[0], item("new"))
    service.weather = weather
    apply([plan], target, ledger, patience=patience([]))

    assert seen[0] == seen[1] == {"plan/day-0": True, "plan/day-1": False, "plan/new": False}
    assert seen[2] == seen[3] == {"plan/day-0": True, "plan/day-1": False, "plan/new": True}


def test_a_lost_answer_is_resent_with_the_same_bytes(ledger: Ledger):
    """The answer is lost after the write: what is sent again is what was sent before."""
    received: list[list[bytes]] = []

    class Tapped(Service):
        def execute(self, commands: Sequence[bytes]) -> list[str | TargetError]:
            received.append(list(commands))
            answers = super().execute(commands)
            if len(received) == 1:
                raise RetryLater("No answer came.", "Push again.")
            return answers

    tapped, slept = Tapped(), list[float]()
    outcome = push(MemoryTarget(tapped), ledger, DAYS[0], slept=slept)

    assert received[0] == received[1]
    assert len(tapped.things) == 1
    assert outcome.done == 1
    assert slept == [1.0]


def test_bytes_that_would_come_out_otherwise_the_second_time_are_not_made_twice(ledger: Ledger):
    """A payload may hold a stamp or a section's name of the moment; what was put down is what is sent again."""
    received: list[bytes] = []

    class Tapped(Service):
        def execute(self, commands: Sequence[bytes]) -> list[str | TargetError]:
            received.extend(commands)
            if len(received) == 1:
                raise RetryLater("No answer came.", "Push again.")
            return super().execute(commands)

    class Restless(MemoryTarget):
        def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
            return super().write([self._stamped(intent) for intent in intents])

        def _stamped(self, intent: Intent) -> Intent:
            if intent.payload is not None or intent.fields is None:
                return intent
            return replace(intent, fields={**intent.fields, "notes": f"sent after {len(received)}"})

    outcome = push(Restless(Tapped()), ledger, DAYS[0])

    assert received[0] == received[1]
    assert outcome.done == 1


def test_the_services_own_wish_is_waited_for(service: Service, ledger: Ledger):
    target = Troubled(service)
    target.troubles = [later(30.0)]
    slept: list[float] = []

    assert push(target, ledger, DAYS[0], slept=slept).done == 1
    assert slept == [30.0]


def test_progress_starts_the_patience_anew(service: Service, ledger: Ledger):
    target = Troubled(service)
    target.troubles = [later(), later(), None, later(), later(), None]
    slept: list[float] = []

    assert push(target, ledger, *DAYS, slept=slept).done == 5
    assert slept == [1.0, 2.0, 1.0, 2.0]


def test_patience_ends_and_what_was_not_reached_is_planned_again(service: Service, ledger: Ledger):
    target = Troubled(service)
    target.troubles = [None, later(), later(), later()]
    provenance = Provenance("text", "reader")
    plan = plan_of(target, ledger, *DAYS, provenance=provenance)
    outcome = apply([plan], target, ledger, patience=patience([]))[0]

    assert outcome.done == 1
    assert isinstance(outcome.stopped, RetryLater)
    assert [intent.key for intent in Outbox(ledger, "memory").pending()] == ["plan/day-1"]
    assert Bindings(ledger, "memory").pushed() == {}

    assert push(target, ledger, *DAYS).done == 4
    assert len(service.things) == 5


def test_what_goes_out_once_more_in_vain_ends_the_run_before_anything_new(service: Service, ledger: Ledger):
    target = Troubled(service)
    for _ in range(2):
        target.troubles = [later(), later(), later()]
        with suppress(RetryLater):
            push(target, ledger, *DAYS[:1])
    target.troubles = [later(), later(), later()]

    with pytest.raises(RetryLater):
        push(target, ledger, *DAYS)
    assert service.things == {}
    assert [intent.key for intent in Outbox(ledger, "memory").pending()] == ["plan/day-0"]


def test_what_is_taken_back_goes_out_no_more(service: Service, ledger: Ledger):
    target = Troubled(service)
    target.troubles = [later(), later(), later()]
    push(target, ledger, DAYS[0])
    view = caught_up(target, ledger, now=NOW)
    plans = withdrawals(target.name, view.reading, view.known, frozenset())
    assert [(step.action, step.key) for step in plans[0].steps] == [("forget", "plan/day-0")]
    apply(plans, target, ledger, patience=patience([]))

    assert Outbox(ledger, "memory").pending() == []


def test_a_wish_for_hours_ends_the_run_at_once(service: Service, ledger: Ledger):
    target = Troubled(service)
    target.troubles = [later(7200.0)]
    slept: list[float] = []
    outcome = push(target, ledger, DAYS[0], slept=slept)

    assert isinstance(outcome.stopped, RetryLater)
    assert slept == []


def test_an_item_that_is_to_be_sent_later_is_sent_later_alone(service: Service, ledger: Ledger):
    class Postponing(MemoryTarget):
        passes = 0

        def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
            self.passes += 1
            for event in super().write(intents):
                if (
                    self.passes == 1
                    and not isinstance(event, Sending)
                    and event.results[0].key == "plan/day-0"
                ):
                    error = RetryLater("Rate limit.", "Wait.", 5.0)
                    yield replace(event, results=(Failed("plan/day-0", error), *event.results[1:]))
                else:
                    yield event

    target = Postponing(service, group=2)
    slept: list[float] = []
    outcome = push(target, ledger, *DAYS, slept=slept)

    assert (outcome.done, slept) == (5, [5.0])
    assert service.requests == [0, 2, 2, 1, 1]
    assert len(service.things) == 5


def test_a_target_that_leaves_writes_unanswered_is_not_asked_for_ever(service: Service, ledger: Ledger):
    class Silent(MemoryTarget):
        def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
            yield Sending({intent.key: b"" for intent in intents})

    outcome = push(Silent(service), ledger, DAYS[0])

    assert isinstance(outcome.stopped, RetryLater)
    assert "memory left 1 writes without an answer" in outcome.stopped.title
