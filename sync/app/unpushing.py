"""Taking back: all that this program made goes off a target, and nothing else; the ledger keeps its history."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sync.app.connecting import PATIENCE, Connect, enabled, reached
from sync.app.library import of_slug, shown
from sync.app.pulling import readings
from sync.app.pushing import Proposal, Pushed, parted
from sync.app.run import Run
from sync.app.sides import Sides
from sync.applying.pushing import Outcome, caught_up
from sync.errors import UsageError
from sync.ledger.lock import only_run
from sync.model import Schedule
from sync.planning.plans import Plan
from sync.planning.withdrawing import withdrawals

OWN = "ics"
"""The feeds lie in the person's own folder, and are emptied only where they are named."""


@dataclass(frozen=True, slots=True)
class Unpushed:
    """What became of a removal."""

    pushed: Pushed
    tidied: Mapping[str, tuple[str, ...]]
    """Target to the names of the containers that were empty then, and went as well."""
    kept: tuple[str, ...]
    """Targets that were emptied, and whose containers stay as they are."""
    returning: tuple[str, ...]
    """Targets that the next push would fill again."""
    roadmaps: tuple[str, ...] = ()
    """The slugs of those that were named; empty where all were meant."""


def unpush(
    run: Run,
    targets: Sequence[str] = (),
    roadmaps: Sequence[str] = (),
    *,
    show: Callable[[Proposal], None],
    agree: Callable[[Proposal], bool],
    connect: Connect = reached,
) -> Unpushed:
    """Plan, show, ask, and remove everything that carries our marker; no target named means every service.

    Neither the ledger nor a readable roadmap is needed: items tell themselves whose they are. What was ticked
    is put down before it goes. Raises Busy where another run is at work, UsageError for a target or a roadmap
    that nothing knows and where no service is enabled, and the first failure where every target failed.
    """
    with only_run(run.state):
        schedules, _ = readings(run)
        slugs = {name: _slug(run, name, schedules) for name in roadmaps}
        sides = Sides(run, connect, schedules, "Removing")
        proposal = _proposal(run, sides, targets or _services(run), schedules, slugs)
        show(proposal)
        if proposal.writes and not agree(proposal):
            declined = Pushed(proposal, (), proposal.refused, proposal.requests, agreed=False)
            return Unpushed(declined, {}, (), ())
        return replace(_carried_out(run, proposal, sides), roadmaps=tuple(slugs.values()))


def _services(run: Run) -> Sequence[str]:
    services = [name for name in enabled(run) if name != OWN]
    if not services:
        raise UsageError(
            "No service is enabled.",
            "Name where to remove everything: --target google, --target todoist, or --target ics for the feeds.",
        )
    return services


# --- the plan ---


def _proposal(
    run: Run, sides: Sides, targets: Sequence[str], schedules: Sequence[Schedule], slugs: Mapping[str, str]
) -> Proposal:
    # an empty answer is no danger here: nothing is removed because of it
    look = partial(caught_up, now=run.now, force=True)
    views, refused = parted(sides.views(targets, look))
    for each in refused:
        if isinstance(each.error, UsageError) or not views:
            raise each.error
    everything = [
        _in_order(plan, schedules)
        for view in views.values()
        for plan in withdrawals(view.target.name, view.reading, view.known, frozenset())
    ]
    if not refused:
        known = {plan.scope.roadmap for plan in everything}
        _refuse_unknown(slugs, known | {each.slug for each in schedules})
    plans = [plan for plan in everything if not slugs or plan.scope.roadmap in slugs.values()]
    return Proposal(tuple(plans), tuple(refused), (), sides.shapes, sides.requests)


def _slug(run: Run, name: str, schedules: Sequence[Schedule]) -> str:
    """The slug that is meant; a name that no file has is taken for one, as its file may be long gone."""
    path = run.cwd / name
    file = path if path.is_file() else of_slug(run.config, name)
    if file is None:
        return name
    return next((each.slug for each in schedules if each.file == shown(file, run.cwd)), name)


def _refuse_unknown(slugs: Mapping[str, str], known: Collection[str]) -> None:
    """Refuse a name that neither a file nor anything on a target has."""
    for name, slug in slugs.items():
        if slug not in known:
            from sync.reading.spelling import did_you_mean  # noqa: PLC0415 - for mistakes only

            hint = did_you_mean(name, known) or "Leave --roadmap away to remove all of them."
            raise UsageError(f"Nothing that was pushed goes by the name {name}.", hint)


def _in_order(plan: Plan, schedules: Sequence[Schedule]) -> Plan:
    """The plan in the order of the text, whatever order the target told things in; what has none comes last."""
    places = {item.key: at for each in schedules for at, item in enumerate(each.items)}
    steps = sorted(plan.steps, key=lambda step: places.get(step.key, len(places)))
    return replace(plan, steps=tuple(steps))


# --- carrying it out ---


def _carried_out(run: Run, proposal: Proposal, sides: Sides) -> Unpushed:
    # the person has seen the plan and agreed to it, which is what --force would say
    ended, broken = parted(sides.applied(proposal.plans, PATIENCE.telling(run.say), force=True))
    outcomes = tuple(outcome for each in ended.values() for outcome in each)
    emptied = [name for name, each in ended.items() if _is_sound(each)]
    tidied, untidy = parted(sides.tidied(emptied))
    pushed = Pushed(proposal, outcomes, (*proposal.refused, *broken, *untidy), sides.requests)
    return Unpushed(
        pushed,
        {name: names for name, names in tidied.items() if names},
        tuple(name for name in emptied if not tidied.get(name)),
        tuple(name for name in emptied if name in enabled(run)),
    )


def _is_sound(outcomes: Sequence[Outcome]) -> bool:
    return not any(outcome.failed or outcome.stopped for outcome in outcomes)
