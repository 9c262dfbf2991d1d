"""Plans and proposals to be told, made without any roadmap or target."""

from collections.abc import Sequence
from pathlib import Path

from sync.app.library import Loaded
from sync.app.pushing import Proposal, Refused
from sync.errors import NothingToSchedule, TargetRefused
from sync.model import Item, Kind, Schedule
from sync.planning.decisions import Action, Change, Reason, Verdict
from sync.planning.plans import Plan, Step
from sync.planning.scopes import Scope
from tests.contract.worlds import item

SHAPES = {
    name: (("title", "start", "end", "notes"), frozenset({"start", "end"})) for name in ("memory", "other")
}


def step(
    action: Action,
    reason: Reason,
    title: str = "a",
    changes: Sequence[Change] = (),
    kept: Sequence[Change] = (),
    *,
    reread: bool = False,
) -> Step:
    return Step(f"plan/{title}", title, Verdict(action, reason, tuple(changes), tuple(kept)), reread=reread)


def new(title: str, start: str = "2026-03-03", reason: Reason = Reason.NEW) -> Step:
    written = [Change("title", "", title), Change("end", "", start), Change("start", "", start)]
    return step(Action.CREATE, reason, title, written)


def left(reason: Reason, title: str = "a", kept: Sequence[Change] = ()) -> Step:
    return step(Action.LEAVE, reason, title, (), kept)


def proposal(*plans: Plan, refused: Sequence[Refused] = ()) -> Proposal:
    head = item("one", "Phase 1: start", kind=Kind.PERIOD)
    return Proposal(tuple(plans), tuple(refused), (loaded(head),), SHAPES, {"memory": 1})


def loaded(*items: Item) -> Loaded:
    schedule = Schedule("plan", "Plan", "plan.md", "UTC", None, None, items, (), ())
    return Loaded(Path("plan.md"), ("# Plan",), "", schedule)


def plan(*steps: Step, phase: str | None = "plan/one", target: str = "memory") -> Plan:
    return Plan(target, Scope("plan", phase), steps, len(steps))


REFUSED = (
    Refused("other", None, TargetRefused("It is closed.", "Come back tomorrow.")),
    Refused("memory", "garden", NothingToSchedule("It is empty.", "Look at it.")),
)
