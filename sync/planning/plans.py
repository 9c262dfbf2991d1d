"""A plan: every step for one target and one scope, made once, shown before anything is done.

A plan is data. What is applied is what was shown: the digest covers every step that has an effect,
and `push --expect` refuses a plan whose digest is another one.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sync.planning.decisions import Action, Reason, Verdict
from sync.planning.scopes import Scope
from sync.planning.witnesses import Binding, Draft
from sync.remote import DONE, Remote


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which text, read by which reader, a plan comes from."""

    text: str
    """The content hash of the document."""
    reader: str
    """The version of the reader."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that the ledger remembers of one target."""

    bindings: Mapping[str, Binding] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()
    """Keys that were done by the last tick, wherever it was made."""
    pushed: Mapping[tuple[str, str | None], Provenance] = field(default_factory=dict)
    """What each phase, named by roadmap and key, was last pushed from."""
    renames: Mapping[str, str] = field(default_factory=dict)
    resent: tuple[str, ...] = ()
    """Keys of creations whose answer never came, in an earlier run; they go out once more, as they were."""


@dataclass(frozen=True, slots=True)
class Step:
    """One item's part of a plan, with the witnesses it was decided from."""

    key: str
    title: str
    verdict: Verdict
    want: Draft | None = None
    there: Remote | None = None
    bound: Binding | None = None
    reread: bool = False
    """Whether it comes from a new release reading the same text in another way."""

    @property
    def action(self) -> Action:
        """What it does."""
        return self.verdict.action

    @property
    def reason(self) -> Reason:
        """Why."""
        return self.verdict.reason

    @property
    def is_tick(self) -> bool:
        """Whether nothing but a tick is written to something that is there."""
        return self.action is Action.UPDATE and {change.field for change in self.verdict.changes} == {DONE}


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps for one target and one scope."""

    target: str
    scope: Scope
    steps: tuple[Step, ...]
    """What is sent once more, creations and updates in the order of the roadmap, then what it no longer has."""
    existing: int
    """How many items of this scope are there now."""
    provenance: Provenance | None = None
    phases: frozenset[str | None] = frozenset()
    """The phases it covers in full; None stands for what belongs to no phase."""

    @property
    def effects(self) -> tuple[Step, ...]:
        """The steps that do something, be it in the ledger alone."""
        return tuple(step for step in self.steps if step.action is not Action.LEAVE)

    @property
    def counts(self) -> dict[Action, int]:
        """How many steps there are of each action."""
        found = Counter(step.action for step in self.steps)
        return {action: found[action] for action in Action}

    @property
    def left_out(self) -> int:
        """How many items were left out because they are past and were never pushed."""
        return sum(step.reason is Reason.PAST for step in self.steps)

    def held_to(self, agreed: "Plan") -> "Plan":
        """Return the plan without what an earlier one, that somebody agreed to, did not say.

        What was to be sent once more counts as agreed to, also where it turns out to be made anew.
        """
        resent = tuple(step for step in agreed.steps if step.action is Action.RESEND)
        told, anew = {_effect(step) for step in agreed.effects}, {step.key for step in resent}
        steps = tuple(
            step for step in self.steps
            if step.action is Action.LEAVE
            or _effect(step) in told
            or (step.action is Action.CREATE and step.key in anew)
        )  # fmt: skip
        whole = len(steps) == len(self.steps)
        return replace(self, steps=resent + steps, provenance=self.provenance if whole else None)

    @property
    def digest(self) -> str:
        """Sixteen characters that change whenever an effect does."""
        told = [self.target, self.scope.roadmap, self.scope.phase, [_effect(step) for step in self.effects]]
        return sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()[:16]


def _effect(step: Step) -> tuple[object, ...]:
    changes = tuple((change.field, change.there, change.wanted) for change in step.verdict.changes)
    return (step.action, step.key, changes)
