"""A push: look, settle, absorb, plan; and, once a person has agreed, send.

    def planned() -> list[Plan]:
        view = ready(target, ledger, now=now)
        return [propose(view, request) for request in requests]

    agreed = planned()
    plans = resumed(agreed, target, ledger, planned, patience=patience)
    outcomes = apply(plans, target, ledger, patience=patience)

A plan that is only shown is made in the same way, on a copy of the ledger.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.applying.absorbing import absorb
from sync.applying.journal import Journal
from sync.applying.looking import View, foreseen, look, settled
from sync.applying.numbering import WRITES, intents
from sync.applying.patience import Patience
from sync.applying.sending import Stop, send
from sync.ledger.bindings import Bindings
from sync.ledger.outbox import Outbox
from sync.ledger.store import Ledger
from sync.planning.decisions import Action
from sync.planning.plans import Plan
from sync.planning.safety import check_reading, objection
from sync.remote import Target


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that could not be written, with the reason in words."""

    key: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one plan."""

    plan: Plan
    done: int
    """Steps that were carried out, those in the ledger alone and what was sent once more included."""
    failed: tuple[Failure, ...] = ()
    stopped: Stop | None = None
    """What ended the run before its time; what was not reached is planned again by the next push."""


def caught_up(target: Target, ledger: Ledger, *, now: datetime, force: bool = False) -> View:
    """Read a target, and bring the ledger up to it: what an earlier run left open, and ticks made there.

    Sends nothing. Raises `UnsafePlan` for an empty answer where something must be there, unless
    `force` believes it.
    """
    view = look(target, ledger)
    check_reading(target.name, view.reading, view.known, force=force)
    view = settled(view, ledger)
    if absorb(view, ledger, now):
        known = replace(Bindings(ledger, target.name).known(), resent=view.known.resent)
        return replace(view, known=known)
    return view


def ready(target: Target, ledger: Ledger, *, now: datetime, force: bool = False) -> View:
    """Catch up with a target, and foresee that what must be sent once more arrives; plans are made from that.

    Raises what `caught_up` raises.
    """
    return foreseen(caught_up(target, ledger, now=now, force=force))


def resumed(
    agreed: Sequence[Plan],
    target: Target,
    ledger: Ledger,
    planned: Callable[[], Iterable[Plan]],
    *,
    patience: Patience,
) -> Sequence[Plan]:
    """Send once more what an interrupted push left open, as far as these plans name it; return what is left to do.

    Only then it is known what became of that, so `planned` looks and plans anew, and nothing is done
    that was not agreed to. Raises what stopped the sending: then nothing new is begun.
    """
    keys = {step.key for plan in agreed for step in plan.steps if step.action is Action.RESEND}
    pending = [intent for intent in Outbox(ledger, target.name).pending() if intent.key in keys]
    if not pending:
        return agreed
    stopped = send(target, pending, Journal(ledger, target.name), patience)
    if stopped is not None:
        raise stopped
    anew = {plan.scope: plan for plan in planned()}
    return [anew[plan.scope].held_to(plan) for plan in agreed]


def apply(
    plans: Sequence[Plan], target: Target, ledger: Ledger, *, patience: Patience, force: bool = False
) -> tuple[Outcome, ...]:
    """Carry out plans for one target together, so that their writes share requests.

    Raises `UnsafePlan` before anything is written where a plan overwrites or deletes too much
    without `force`. A failed item, or a service that refuses, is part of the outcome.
    """
    for plan in plans:
        refused = objection(plan)
        if refused is not None and not force:
            raise refused
    writes = [intent for plan in plans for intent in intents(plan, ledger.identity)]
    journal = Journal(ledger, target.name)
    journal.begin(plans, writes)
    stopped = send(target, writes, journal, patience)
    outcomes = tuple(_outcome(plan, journal, stopped) for plan in plans)
    journal.end([o.plan for o in outcomes if not o.failed and o.stopped is None])
    return outcomes


def _outcome(plan: Plan, journal: Journal, stopped: Stop | None) -> Outcome:
    failed = tuple(
        Failure(step.key, step.title, journal.failed[step.key].title)
        for step in plan.effects
        if step.key in journal.failed and step.action in WRITES
    )
    others = sum(step.action not in WRITES for step in plan.effects)
    landed = sum(step.key in journal.landed for step in plan.effects if step.action in WRITES)
    whole = landed + len(failed) + others == len(plan.effects)
    return Outcome(plan, landed + others, failed, None if whole else stopped)
