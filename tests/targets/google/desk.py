"""Pushes of a small roadmap to the calendar of a world, with a ledger beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sync.applying.looking import Request, propose
from sync.applying.patience import Patience
from sync.applying.pulling import pull
from sync.applying.pushing import Outcome, apply, ready, resumed
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import Ledger, open_ledger
from sync.model import Days, Item
from sync.planning.decisions import Rules
from sync.planning.plans import Plan
from sync.planning.scopes import Scope
from sync.remote import Target
from tests.contract.worlds import item
from tests.targets.google.hands import GoogleWorld

TODAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def days(count: int) -> list[Item]:
    """Return as many tasks, one a day."""
    return [item(f"day-{n}", span=Days(TODAY + timedelta(n), TODAY + timedelta(n + 1))) for n in range(count)]


def reworded(items: Sequence[Item], number: int, **more: object) -> list[Item]:
    """Return the items with one of them changed."""
    changed = replace(items[number], **more)  # type: ignore[arg-type]  # a test's shorthand
    return [*items[:number], changed, *items[number + 1 :]]


@dataclass
class Desk:
    """One computer."""

    world: GoogleWorld
    state: Path
    tries: int = 6
    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def push(self, items: Sequence[Item], **rules: bool) -> Outcome:
        """Push, and return what became of it; raises what stopped it before anything was planned."""
        target = self.world.target()
        with open_ledger(self.state) as ledger:
            planned = partial(self._planned, target, ledger, items, rules)
            plans = resumed(planned(), target, ledger, planned, patience=self.patience)
            return apply(plans, target, ledger, patience=self.patience, force=True)[0]

    def plan(self, items: Sequence[Item], **rules: bool) -> Plan:
        """Return what a push would do."""
        with open_ledger(self.state) as ledger:
            return self._planned(self.world.target(), ledger, items, rules)[0]

    def _planned(
        self, target: Target, ledger: Ledger, items: Sequence[Item], rules: dict[str, bool]
    ) -> list[Plan]:
        view = ready(target, ledger, now=self.now, force=True)
        return [propose(view, self._request(items, rules))]

    def pull(self) -> list[tuple[str, str]]:
        with open_ledger(self.state) as ledger:
            changes = pull(self.world.target(), ledger, now=self.now, force=True)
        return [(each.key, each.change) for each in changes]

    def undo(self, key: str) -> None:
        """Take a tick back, an hour after anything else."""
        with open_ledger(self.state) as ledger:
            Progress(ledger).record(Entry(key, "undone", self.now + timedelta(hours=1), "cli"))

    def ticked(self) -> set[str]:
        with open_ledger(self.state) as ledger:
            return {key for key, standing in Progress(ledger).standings().items() if standing.done}

    @property
    def patience(self) -> Patience:
        return Patience(sleep=self.slept.append, random=lambda: 0.0, tries=self.tries)

    def _request(self, items: Sequence[Item], rules: dict[str, bool]) -> Request:
        return Request(Scope("plan"), items, TODAY, Rules(**rules), force=True)


def actions(plan: Plan) -> dict[str, str]:
    return {step.key: step.action.value for step in plan.effects}
