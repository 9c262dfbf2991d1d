"""A push in one line, for the tests of applying."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime

from sync.applying.looking import Request, look, propose
from sync.applying.patience import Patience
from sync.applying.pushing import Outcome, apply, ready, resumed
from sync.errors import (
    RetryLater,
    RoadmapSyncError,
)
from sync.ledger.store import Ledger
from sync.model import Item
from sync.planning.decisions import Rules
from sync.planning.plans import Plan, Provenance
from sync.planning.scopes import Scope
from sync.remote import Event, Intent, Sending
from sync.targets.memory import MemoryTarget
from tests.contract.worlds import item

TODAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def patience(slept: list[float], tries: int = 3) -> Patience:
    return Patience(sleep=slept.append, random=lambda: 0.0, tries=tries)


def plan_of(target: MemoryTarget, ledger: Ledger, *items: Item, provenance: Provenance | None = None) -> Plan:
    request = Request(Scope("plan"), items, TODAY, Rules(), provenance)
    return propose(look(target, ledger), request)


def push(target: MemoryTarget, ledger: Ledger, *items: Item, slept: list[float] | None = None) -> Outcome:
    patient = patience([] if slept is None else slept)

    def planned() -> list[Plan]:
        return [propose(ready(target, ledger, now=NOW), Request(Scope("plan"), items, TODAY))]

    plans = resumed(planned(), target, ledger, planned, patience=patient)
    return apply(plans, target, ledger, patience=patient)[0]


DAYS = [item(f"day-{n}") for n in range(5)]


class Troubled(MemoryTarget):
    """Raises or fails what it is told to, group after group; then all is well."""

    troubles: Sequence[Callable[[], RoadmapSyncError] | str | None] = ()
    sent: list[tuple[str, ...]]

    def write(self, intents: Sequence[Intent]) -> Iterator[Event]:
        left = list(self.troubles)
        for event in super().write(intents):
            yield event
            if isinstance(event, Sending) and left:
                trouble = left.pop(0)
                self.troubles = left
                if callable(trouble):
                    raise trouble()


def later(after: float | None = None) -> Callable[[], RetryLater]:
    return lambda: RetryLater("Rate limit.", "Wait.", after)
