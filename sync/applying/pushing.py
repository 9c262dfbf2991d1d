"""A push: look, settle, absorb, plan; and, once a person has agreed, apply.

    view = ready(target, ledger, now=now, patience=patience)
    plans = [propose(view, request) for request in requests]
    outcomes = apply(plans, target, ledger, patience=patience)

A plan that is only shown is proposed from `rehearse(target, ledger, now=now)` and has the same digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.applying.absorbing import absorb
from sync.applying.journal import Journal
from sync.applying.looking import View, look, settled
from sync.applying.numbering import intents
from sync.applying.patience import Patience
from sync.applying.sending import Stop, send
from sync.ledger.bindings import Bindings
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
    """Steps that were carried out, those in the ledger alone included."""
    failed: tuple[Failure, ...] = ()
    stopped: Stop | None = None
    """What ended the run before its time; what was not reached is planned again by the next push."""


def ready(target: Target, ledger: Ledger, *, now: datetime, patience: Patience, force: bool = False) -> View:
    """Read a target for a push: settle what an earlier run left open, and take in ticks made there.

    Raises `UnsafePlan` for an empty answer where something must be there, unless `force` believes it.
    """
    view = settled(look(target, ledger), ledger, patience)
    check_reading(target.name, view.reading, view.known, force=force)
    if absorb(view, ledger, now):
        return replace(view, known=Bindings(ledger, target.name).known())
    return view


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
        if step.key in journal.failed
    )
    in_ledger = sum(step.action in (Action.ADOPT, Action.FORGET) for step in plan.effects)
    landed = sum(step.key in journal.landed for step in plan.effects)
    whole = landed + len(failed) + in_ledger == len(plan.effects)
    return Outcome(plan, landed + in_ledger, failed, None if whole else stopped)
