"""A computer with a ledger that pushes to the account, and roadmaps for it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sync.applying.absorbing import Change
from sync.applying.looking import Request, propose
from sync.applying.patience import Patience
from sync.applying.pulling import pull
from sync.applying.pushing import Outcome, apply, ready, resumed
from sync.applying.rebuilding import rebuild
from sync.ledger.progress import Progress
from sync.ledger.store import Ledger, open_ledger
from sync.model import Item, Kind, Schedule
from sync.planning.decisions import Rules
from sync.planning.plans import Plan
from sync.planning.scopes import Scope
from sync.targets.todoist.target import TodoistTarget
from tests.contract.worlds import item
from tests.targets.todoist.hands import ZONE, TodoistWorld

TODAY = date(2026, 1, 5)


def roadmap(*items: Item, slug: str = "plan", title: str = "Bread") -> Schedule:
    """Return a roadmap with a phase for each that its items name."""
    phases = list(dict.fromkeys(each.phase for each in items if each.phase))
    heads = [
        item("", key=phase, phase=phase, kind=Kind.PERIOD, tick=False, title=f"Phase {number}", roadmap=slug)
        for number, phase in enumerate(phases, start=1)
        if phase not in {each.key for each in items}
    ]
    return Schedule(slug, title, f"{slug}.md", ZONE, TODAY, None, (*heads, *items), (), ())


def days(number: int, phase: str = "plan/one", first: int = 0) -> list[Item]:
    """Return so many tasks of a phase."""
    return [item(f"day-{first + n}", phase=phase) for n in range(number)]


class Computer:
    """One person's computer; `tries` is how often a request is sent before a run gives up."""

    def __init__(self, folder: Path, world: TodoistWorld, *, tries: int = 1) -> None:
        self.folder = folder
        self.world = world
        self.slept: list[float] = []
        self.patience = Patience(self.slept.append, lambda: 0.0, tries=tries)
        self.thinking: Callable[[TodoistTarget], None] = lambda _: None
        """What happens while a person looks at the plan."""

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with open_ledger(self.folder) as ledger:
            yield ledger

    def push(
        self, *roadmaps: Schedule, phase: str | None = None, rules: Rules | None = None
    ) -> list[Outcome]:
        """Push a phase, or all, of roadmaps that are the only ones."""
        self.world.roadmaps = roadmaps
        with self.ledger() as ledger:
            target = self.world.target()

            def planned() -> list[Plan]:
                view = ready(target, ledger, now=self.world.time())
                scopes = [(Scope(each.slug, phase), each.items) for each in roadmaps]
                return [
                    propose(view, Request(scope, items, TODAY, rules or Rules())) for scope, items in scopes
                ]

            agreed = planned()
            self.thinking(target)
            plans = resumed(agreed, target, ledger, planned, patience=self.patience)
            return list(apply(plans, target, ledger, patience=self.patience, force=True))

    def pull(self) -> tuple[Change, ...]:
        with self.ledger() as ledger:
            return pull(self.world.target(), ledger, now=self.world.time())

    def rebuild(self, *roadmaps: Schedule) -> tuple[Change, ...]:
        items = {each.key: each for roadmap in roadmaps for each in roadmap.items}
        with self.ledger() as ledger:
            return rebuild(self.world.target(), ledger, items, now=self.world.time())

    def done(self) -> dict[str, str]:
        """What the ledger holds as done, with the time."""
        with self.ledger() as ledger:
            standings = Progress(ledger).standings()
        return {key: f"{each.since:%Y-%m-%d %H:%M}" for key, each in standings.items() if each.done}


def effects(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return what plans did."""
    return [(str(step.action), step.key) for each in outcomes for step in each.plan.effects]
