"""The targets of one run side by side: each is read, written to and tidied with a ledger of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sync.app.connecting import Connect
from sync.app.run import Run
from sync.app.tallying import Tally
from sync.applying.abreast import abreast
from sync.applying.counting import Counted
from sync.applying.looking import View
from sync.applying.patience import Patience
from sync.applying.pushing import Outcome, apply, resumed
from sync.errors import RoadmapSyncError
from sync.ledger.store import Ledger, open_ledger
from sync.model import Schedule
from sync.planning.decisions import Action
from sync.planning.plans import Plan
from sync.remote import Limited, Objection, Target, Tidied

Look = Callable[[Target, Ledger], View]
"""Looks at a target, with the ledger beside it."""
Planned = Callable[[Target, Ledger], Sequence[Plan]]
"""Looks in the same way, and makes the plans for that target."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something that a target has no room for."""

    target: str
    objection: Objection

    @property
    def code(self) -> str:
        """What kind of warning it is, for programs."""
        return f"{self.target}-limit"


class Sides:
    """The other sides of a run; what stops one of them comes back in its place, and leaves the others.

    `schedules` are those of all roadmaps that exist; `what` is what people hear is being done.
    """

    def __init__(self, run: Run, connect: Connect, schedules: Sequence[Schedule], what: str) -> None:
        self._run, self._connect, self._schedules = run, connect, schedules
        self._names: Sequence[str] = ()
        self._targets: dict[str, Target] = {}
        self._counted: dict[str, Counted] = {}
        self._tally = Tally(what, run.told)

    @property
    def shapes(self) -> Mapping[str, tuple[tuple[str, ...], frozenset[str]]]:
        """Name to the fields in the order for people, and those of them that say when."""
        return {name: (target.fields, target.times) for name, target in self._connected}

    @property
    def requests(self) -> Mapping[str, int]:
        """Name to how often the target was asked so far."""
        return {name: target.requests for name, target in self._connected}

    @property
    def _connected(self) -> Sequence[tuple[str, Counted]]:
        """In the order in which they were named, whichever was quicker."""
        return [(name, self._counted[name]) for name in self._names if name in self._counted]

    def views(self, names: Iterable[str], look: Look) -> Mapping[str, View | RoadmapSyncError]:
        """Connect to each and look at it once, all at the same time."""
        self._names = list(dict.fromkeys(names))
        return abreast({name: partial(self._view, name, look) for name in self._names})

    def applied(
        self, plans: Sequence[Plan], patience: Patience, *, force: bool, planned: Planned | None = None
    ) -> Mapping[str, tuple[Outcome, ...] | RoadmapSyncError]:
        """Carry out plans, all targets at the same time, the plans of each together.

        `planned` makes those of one target anew; plans that send nothing once more need none.
        """
        by_target: dict[str, list[Plan]] = {}
        for each in plans:
            by_target.setdefault(each.target, []).append(each)
        with self._tally.towards(writes(plans)):
            return abreast(
                {
                    name: partial(self._apply, name, some, patience, force=force, planned=planned)
                    for name, some in by_target.items()
                }
            )

    def shortages(self, plans: Iterable[Plan]) -> list["Shortage"]:
        """What of these plans would not fit, as the targets were when they were looked at."""
        new: dict[str, list[str]] = {}
        for plan in plans:
            keys = [step.key for step in plan.steps if step.action in (Action.CREATE, Action.RESEND)]
            new.setdefault(plan.target, []).extend(keys)
        limited = [(name, self._targets[name], keys) for name, keys in new.items() if keys]
        return [
            Shortage(name, each)
            for name, target, keys in limited
            if isinstance(target, Limited)
            for each in target.objections(keys)
        ]

    def tidied(self, names: Iterable[str]) -> Mapping[str, tuple[str, ...] | RoadmapSyncError]:
        """Take away the containers that are empty now; those that cannot do so are not in the answer."""
        able = {name: target for name in names if isinstance(target := self._targets[name], Tidied)}
        return abreast({name: target.tidy for name, target in able.items()})

    def _view(self, name: str, look: Look) -> View:
        self._targets[name] = target = self._connect(name, self._run, self._schedules)
        self._counted[name] = counted = Counted(target, self._tally.more)
        with open_ledger(self._run.state) as ledger:
            return look(counted, ledger)

    def _apply(
        self, name: str, plans: Sequence[Plan], patience: Patience, *, force: bool, planned: Planned | None
    ) -> tuple[Outcome, ...]:
        target = self._counted[name]
        with open_ledger(self._run.state) as ledger:
            if planned is not None:
                plans = resumed(plans, target, ledger, partial(planned, target, ledger), patience=patience)
            return apply(plans, target, ledger, patience=patience, force=force)


def writes(plans: Iterable[Plan]) -> int:
    """How many steps write to a target, and not in the ledger alone."""
    ours = {Action.ADOPT, Action.FORGET}
    return sum(step.action not in ours for plan in plans for step in plan.effects)
