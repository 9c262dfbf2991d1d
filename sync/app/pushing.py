"""Plans and pushes: what would be written to each target, and the writing of it once a person has agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import product
from typing import TypeVar

from sync import reading
from sync.app.adopting import adopt_keys
from sync.app.choosing import first_day, in_phase, last_day
from sync.app.connecting import PATIENCE, Connect, connected, enabled
from sync.app.keeping import borrowed, read, readable, text_hash, unique
from sync.app.library import Loaded, find, in_folder
from sync.app.remembering import with_progress
from sync.app.run import Run
from sync.app.sides import Shortage, Sides, writes
from sync.applying.looking import Request, View, propose
from sync.applying.pushing import Outcome, ready
from sync.applying.routines import propose_with_routines
from sync.errors import NothingToSchedule, PlanMoved, RoadmapSyncError, UnsafePlan, UsageError
from sync.ledger.lock import only_run
from sync.ledger.progress import Progress
from sync.ledger.store import Ledger, open_ledger
from sync.model import Schedule
from sync.planning.decisions import Rules
from sync.planning.plans import Plan, Provenance
from sync.planning.safety import objection, twin
from sync.planning.scopes import Scope
from sync.remote import Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks to be pushed; names that are empty stand for all of them."""

    roadmaps: Sequence[str] = ()
    phase: str | None = None
    """Its key, number or title; None for the phase of each roadmap that holds today, else its next one."""
    targets: Sequence[str] = ()
    whole: bool = False
    """Whether whole roadmaps are meant instead of a phase of each."""
    rules: Rules = field(default_factory=Rules)
    force: bool = False
    """Whether plans may overwrite and delete as much as they like, and an empty answer is believed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that no plan could be made for, or that was not reached."""

    target: str
    roadmap: str | None
    """None where the target as a whole is meant."""
    error: RoadmapSyncError


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plans for everything that was asked for, and what there is none for."""

    plans: tuple[Plan, ...]
    refused: tuple[Refused, ...]
    loaded: tuple[Loaded, ...]
    """The roadmaps that were asked for, with all that is done by now."""
    shapes: Mapping[str, tuple[tuple[str, ...], frozenset[str]]]
    """Target to its fields in the order for people, and those of them that say when."""
    requests: Mapping[str, int]
    """Target to how often it was asked so far."""
    shortages: tuple[Shortage, ...] = ()
    """What would not fit, known before anything is written."""

    @property
    def writes(self) -> int:
        """How many steps write to a target, and not in the ledger alone."""
        return writes(self.plans)

    @property
    def digest(self) -> str:
        """The digest of the plan; of all plans together where there are several."""
        told = [plan.digest for plan in self.plans]
        return told[0] if len(told) == 1 else sha256(" ".join(told).encode()).hexdigest()[:16]

    def expect(self, digests: Sequence[str]) -> None:
        """Raise `PlanMoved` unless these are the plans that were reviewed; nothing expects nothing.

        Either the digest of all is given, or that of every plan that does something.
        """
        doing = {plan.digest for plan in self.plans if plan.effects}
        known = {plan.digest for plan in self.plans}
        if digests and set(digests) != {self.digest} and not doing <= set(digests) <= known:
            raise PlanMoved(
                "The plan is not the one that was reviewed.",
                f"Look at it again with `roadmap-sync plan`; its digest is now {self.digest}.",
            )


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a proposal; no outcomes where the person did not agree."""

    proposal: Proposal
    outcomes: tuple[Outcome, ...]
    refused: tuple[Refused, ...]
    requests: Mapping[str, int]
    agreed: bool = True


# --- the use cases ---


def plan(run: Run, asked: Asked, connect: Connect = connected) -> Proposal:
    """What a push would do; nothing is written anywhere, since it is made on a copy of the ledger.

    Raises UsageError for a phase, roadmap or target that is not there, and what stopped everything.
    """
    with borrowed(run) as copy:
        return _Desk(copy, asked, connect).proposal()


def push(
    run: Run,
    asked: Asked,
    *,
    show: Callable[[Proposal], None],
    agree: Callable[[Proposal], bool],
    expect: Sequence[str] = (),
    connect: Connect = connected,
) -> Pushed:
    """Plan, show, ask, and write; a proposal that writes nothing is carried out without asking.

    Raises Busy where another run is at work, PlanMoved for another plan than the expected, UnsafePlan
    where one plan would overwrite or delete too much: then nothing is written. The failure of one target
    or item is a part of what comes back, and leaves the others.
    """
    with only_run(run.state):
        desk = _Desk(run, asked, connect)
        proposal = desk.proposal()
        show(proposal)
        proposal.expect(expect)
        _refuse_unsafe(proposal, asked)
        if proposal.writes and not agree(proposal):
            return Pushed(proposal, (), proposal.refused, proposal.requests, agreed=False)
        return desk.applied(proposal)


def _refuse_unsafe(proposal: Proposal, asked: Asked) -> None:
    for each in proposal.plans:
        unsafe = objection(each)
        if unsafe is not None and not asked.force:
            raise unsafe


# --- what is asked for ---


def scopes(schedules: Sequence[Schedule], asked: Asked, today: date) -> list[Scope]:
    """What each roadmap is planned for, in the order of the roadmaps. Raises UsageError for an unknown phase."""
    if asked.whole and asked.phase is not None:
        raise UsageError("--all and --phase contradict each other.", "Leave one of them away.")
    if asked.whole:
        return [Scope(each.slug) for each in schedules]
    if asked.phase is None:
        return [Scope(each.slug, phase_of(each, today)) for each in schedules]
    return list(dict.fromkeys(Scope(item.roadmap, item.phase) for item in in_phase(schedules, asked.phase)))


def phase_of(schedule: Schedule, today: date) -> str:
    """The key of the phase that holds today, else of the next one, else of the last one."""
    heads = [item for item in schedule.items if item.key == item.phase]
    dated = [item for item in heads if item.span is not None]
    if not dated:
        # a document without phases is one, and goes by its slug
        return heads[0].key if heads else schedule.slug
    now = [item for item in dated if first_day(item) <= today <= last_day(item)]
    coming = sorted((item for item in dated if first_day(item) > today), key=first_day)
    return [*now, *coming, max(dated, key=last_day)][0].key


# --- from roadmaps and targets to plans, and from plans to outcomes ---


class _Desk:
    """The roadmaps and targets of one plan or push."""

    def __init__(self, run: Run, asked: Asked, connect: Connect) -> None:
        self._run, self._asked = run, asked
        self._paths = unique(find(run.config, asked.roadmaps, run.cwd))
        every = self._read()
        self._sides = Sides(run, connect, every, "Pushing")
        self._look = partial(ready, now=run.now, force=asked.force)

    def _read(self) -> list[Schedule]:
        """Read every roadmap by the keys that are known, those that were asked for and all others."""
        paths = unique([*in_folder(self._run.config), *self._paths])
        texts = {path: text_hash(path) for path in paths}
        loaded = read(self._run, paths)
        self._named = [each for each in loaded if each.path in self._paths]
        self._texts = {each.schedule.slug: texts[each.path] for each in loaded if each.exportable}
        return [each.schedule for each in loaded if each.exportable]

    def _wanted(self) -> tuple[list[Schedule], list[Scope]]:
        """What was asked for, and what each of it is planned for. Raises what `readable` and `scopes` raise."""
        fit = [each.schedule for each in readable(self._named)]
        return fit, scopes(fit, self._asked, self._run.today)

    def proposal(self) -> Proposal:
        """Plans for every target and scope; each target is read once, all at the same time."""
        self._wanted()  # a wrong call is said before anybody is asked
        views, refused = parted(self._sides.views(self._asked.targets or enabled(self._run), self._look))
        with open_ledger(self._run.state) as ledger, ledger.transaction():
            is_news = adopt_keys(ledger, views.values())
        if is_news:
            self._read()
        plans, unplanned = self._plans(views)
        refused += unplanned
        _raise_what_stops(plans, refused)
        sides = self._sides
        return Proposal(
            tuple(plans),
            tuple(refused),
            tuple(self._named),
            sides.shapes,
            sides.requests,
            tuple(sides.shortages(plans)),
        )

    def applied(self, proposal: Proposal) -> Pushed:
        """Carry out a proposal, all targets at the same time, the plans of each together."""
        patience = PATIENCE.telling(self._run.say)
        ended, broken = parted(
            self._sides.applied(proposal.plans, patience, force=self._asked.force, planned=self._planned)
        )
        outcomes = tuple(outcome for each in ended.values() for outcome in each)
        return Pushed(proposal, outcomes, (*proposal.refused, *broken), self._sides.requests)

    def _planned(self, target: Target, ledger: Ledger) -> list[Plan]:
        return self._plans({target.name: self._look(target, ledger)})[0]

    def _plans(self, views: Mapping[str, View]) -> tuple[list[Plan], list[Refused]]:
        fit, wanted = self._wanted()
        with open_ledger(self._run.state) as ledger:
            # asked after all have been read: a tick seen on one target counts for the others, too
            standings = Progress(ledger).standings()
        schedules = {each.slug: each for each in with_progress(fit, standings)}
        ticked = frozenset(key for key, standing in standings.items() if standing.done)
        plans: list[Plan] = []
        refused: list[Refused] = []
        for view, scope in product(views.values(), wanted):
            known = replace(view.known, finished=ticked)
            try:
                plans.append(self._plan(replace(view, known=known), scope, schedules[scope.roadmap]))
            except NothingToSchedule as error:
                refused.append(Refused(view.target.name, scope.roadmap, error))
        return plans, refused

    def _plan(self, view: View, scope: Scope, schedule: Schedule) -> Plan:
        asked, text = self._asked, self._texts[scope.roadmap]
        provenance = Provenance(text, str(reading.VERSION))
        request = Request(scope, schedule.items, self._run.today, asked.rules, provenance, asked.force)
        by_day = asked.phase is None and not asked.whole
        plan = propose_with_routines(view, request) if by_day else propose(view, request)
        doubled = twin(plan, view.known, self._texts.keys())
        if doubled is not None and not asked.force:
            raise doubled
        return plan


def parted(ended: Mapping[str, T | RoadmapSyncError]) -> tuple[dict[str, T], list[Refused]]:
    """What the targets gave, and apart from it those that refused."""
    gave = {name: each for name, each in ended.items() if not isinstance(each, RoadmapSyncError)}
    errors = [(name, each) for name, each in ended.items() if isinstance(each, RoadmapSyncError)]
    return gave, [Refused(name, None, each) for name, each in errors]


def _raise_what_stops(plans: Sequence[Plan], refused: Sequence[Refused]) -> None:
    """Raise a wrong call, an answer that is not believed, and whatever leaves nothing to be planned."""
    for each in refused:
        if isinstance(each.error, UsageError | UnsafePlan) or not plans:
            raise each.error
