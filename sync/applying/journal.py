"""What is put down when, so that a run may end between any two lines.

Before anything is sent, one transaction holds all intents, uses up their revisions and *forgets*
what is going to be deleted: were it forgotten after, a crash in between would leave a binding that
reads as "removed by hand", and the item would never come back. Before each group leaves, its final
bytes are put down. After each answer, one transaction *remembers* what is now durable: were it
remembered before, a crash would make the next run believe that people had removed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sync.applying.numbering import WRITES, reservation
from sync.errors import ItemVanished, TargetError
from sync.ledger.bindings import Bindings, Written
from sync.ledger.outbox import Outbox
from sync.ledger.sights import Sight, Sights
from sync.ledger.store import Ledger
from sync.planning.decisions import Action
from sync.planning.plans import Plan, Step
from sync.planning.witnesses import Binding
from sync.remote import DONE, Failed, Intent, Landed, Op, imprint


class Journal:
    """The entries about one target's writes, on an open ledger."""

    def __init__(self, ledger: Ledger, target: str) -> None:
        self._ledger = ledger
        self._bindings = Bindings(ledger, target)
        self._outbox = Outbox(ledger, target)
        self._sights = Sights(ledger, target)
        self.landed: set[str] = set()
        self.failed: dict[str, TargetError] = {}

    def begin(self, plans: Sequence[Plan], intents: Sequence[Intent]) -> None:
        """Put everything down that is about to happen, and do what concerns the ledger alone."""
        with self._ledger.transaction():
            for plan in plans:
                writes = [step for step in plan.effects if step.action in WRITES]
                self._bindings.issue(reservation(step, plan.scope.roadmap) for step in writes)
                self._bindings.remember(_adopted(plan))
                self._bindings.remember(_deleted(plan))
                # what another computer makes anew later was not opened again by anybody
                self._sights.forget(step.key for step in plan.effects if step.action is Action.DELETE)
                forgotten = [step.key for step in plan.effects if step.action is Action.FORGET]
                self._bindings.forget(forgotten)
                self._outbox.settle(forgotten)
            self._outbox.intend(intents)

    def sending(self, payloads: Mapping[str, bytes]) -> None:
        """Put down the bytes of a group that is about to leave."""
        with self._ledger.transaction():
            self._outbox.sending(payloads)

    def answered(self, results: Iterable[Landed | Failed], intents: Mapping[str, Intent]) -> None:
        """Remember a group that is durable now, and strike it out."""
        ended = list(results)
        with self._ledger.transaction():
            self._bindings.bind(_written(ended, intents))
            self._sights.forget(_created(ended, intents))
            self._sights.note(_ticked(ended, intents))
            self._outbox.settle(result.key for result in ended)
        self.landed |= {result.key for result in ended if isinstance(result, Landed)}
        self.failed |= {result.key: result.error for result in ended if isinstance(result, Failed)}

    def settle(self, landed: Iterable[Written], struck: Iterable[str]) -> None:
        """Remember what an earlier run is now known to have written, and strike out what is decided."""
        written = list(landed)
        with self._ledger.transaction():
            self._bindings.bind(written)
            self._outbox.settle([*(one.key for one in written), *struck])

    def end(self, plans: Sequence[Plan]) -> None:
        """Strike out what was never sent, and note for each plan that went through what it came from."""
        with self._ledger.transaction():
            self._outbox.strike_unsent()
            for plan in plans:
                if plan.provenance is not None:
                    self._bindings.note_push(plan.scope.roadmap, plan.phases, plan.provenance)


def _written(results: Iterable[Landed | Failed], intents: Mapping[str, Intent]) -> list[Written]:
    """Return what is to be remembered; a creation whose item was removed since was still written."""
    found = []
    for result in results:
        intent = intents[result.key]
        if intent.op is Op.DELETE:
            continue
        if isinstance(result, Landed):
            found.append(_as_written(intent, result.id))
        elif intent.op is Op.CREATE and isinstance(result.error, ItemVanished):
            found.append(_as_written(intent, ""))
    return found


def _created(results: Iterable[Landed | Failed], intents: Mapping[str, Intent]) -> list[str]:
    return [
        result.key for result in results if isinstance(result, Landed) and intents[result.key].op is Op.CREATE
    ]


def _ticked(results: Iterable[Landed | Failed], intents: Mapping[str, Intent]) -> dict[str, Sight]:
    """Return how items look that we have just ticked: who opens one before the next look is to be seen."""
    landed = (intents[result.key] for result in results if isinstance(result, Landed))
    return {
        intent.key: Sight(present=True, done="yes", imprint=imprint(intent.fields))
        for intent in landed
        if intent.fields is not None and intent.fields.get(DONE)
    }


def _as_written(intent: Intent, remote_id: str) -> Written:
    return Written(intent.key, remote_id, intent.marker.revision, intent.marker.imprint)


def _adopted(plan: Plan) -> list[Binding]:
    return [_adoption(step, plan.scope.roadmap) for step in plan.effects if step.action is Action.ADOPT]


def _adoption(step: Step, roadmap: str) -> Binding:
    assert step.there is not None  # only what is there can be adopted
    phase = None if step.want is None else step.want.phase
    revision = step.there.marker.revision
    if step.bound is not None:
        revision = max(revision, step.bound.revision)
    return Binding(
        step.key, roadmap, phase, step.title, step.there.id, revision, step.verdict.imprint, issued=revision
    )


def _deleted(plan: Plan) -> list[Binding]:
    """Return what is forgotten because we delete it: which one it was, in which revision, stays known."""
    return [
        replace(
            reservation(step, plan.scope.roadmap),
            remote_id=step.there.id,
            revision=step.there.marker.revision,
        )
        for step in plan.effects
        if step.action is Action.DELETE and step.there is not None
    ]
