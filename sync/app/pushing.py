"""Plans and pushes: what would be written to each target, and the writing of it once a person has agreed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import product

from sync import reading
from sync.app.choosing import first_day, in_phase, last_day
from sync.app.connecting import PATIENCE, Connect, connected, enabled
from sync.app.keeping import borrowed, read, readable, text_hash, unique
from sync.app.library import Loaded, find, in_folder
from sync.app.remembering import with_progress
from sync.app.run import Run
from sync.app.tallying import Tally
from sync.applying.abreast import abreast
from sync.applying.counting import Counted
from sync.applying.looking import Request, View, propose
from sync.applying.pushing import Outcome, apply, ready
from sync.applying.rehearsing import rehearse
from sync.applying.routines import propose_with_routines
from sync.errors import NothingToSchedule, PlanMoved, RoadmapSyncError, UnsafePlan, UsageError
from sync.ledger.lock import only_run
from sync.ledger.progress import Progress
from sync.ledger.store import Ledger, open_ledger
from sync.model import Schedule
from sync.planning.decisions import Action, Rules
from sync.planning.plans import Plan, Provenance
from sync.planning.safety import objection
from sync.planning.scopes import Scope
from sync.remote import Target


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

    @property
    def writes(self) -> int:
        """How many steps write to a target, and not in the ledger alone."""
        ours = {Action.ADOPT, Action.FORGET}
        return sum(step.action not in ours for plan in self.plans for step in plan.effects)

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
        return _Desk(copy, asked, connect).proposal(_rehearsed)


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
        proposal = desk.proposal(_ready)
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


Prepare = Callable[[Target, Ledger, Run, Asked], View]


def _rehearsed(target: Target, ledger: Ledger, run: Run, _: Asked) -> View:
    return rehearse(target, ledger, now=run.now)


def _ready(target: Target, ledger: Ledger, run: Run, asked: Asked) -> View:
    return ready(target, ledger, now=run.now, patience=PATIENCE, force=asked.force)


class _Desk:
    """The roadmaps and targets of one plan or push."""

    def __init__(self, run: Run, asked: Asked, connect: Connect) -> None:
        named = unique(find(run.config, asked.roadmaps, run.cwd))
        paths = unique([*in_folder(run.config), *named])
        texts = {path: text_hash(path) for path in paths}
        loaded = read(run, paths)
        self._run, self._asked, self._connect = run, asked, connect
        self._all = [each.schedule for each in loaded if each.exportable]
        self._named = [each for each in loaded if each.path in named]
        self._texts = {each.schedule.slug: texts[each.path] for each in loaded if each.exportable}
        self._targets: dict[str, Counted] = {}
        self._tally = Tally("Pushing", run.told)

    def proposal(self, prepare: Prepare) -> Proposal:
        """Plans for every target and scope; each target is read once, all at the same time."""
        fit = [each.schedule for each in readable(self._named)]
        wanted = scopes(fit, self._asked, self._run.today)
        names = dict.fromkeys(self._asked.targets or enabled(self._run))
        views = abreast({name: partial(self._view, name, prepare) for name in names})
        refused = [
            Refused(name, None, each) for name, each in views.items() if isinstance(each, RoadmapSyncError)
        ]
        plans: list[Plan] = []
        with open_ledger(self._run.state) as ledger:
            # asked after all have been read: a tick seen on one target counts for the others, too
            standings = Progress(ledger).standings()
        schedules = {each.slug: each for each in with_progress(fit, standings)}
        ticked = frozenset(key for key, standing in standings.items() if standing.done)
        for view, scope in product((each for each in views.values() if isinstance(each, View)), wanted):
            known = replace(view.known, finished=ticked)
            try:
                plans.append(self._plan(replace(view, known=known), scope, schedules[scope.roadmap]))
            except NothingToSchedule as error:
                refused.append(Refused(view.target.name, scope.roadmap, error))
        _raise_what_stops(plans, refused)
        shapes = {name: (target.fields, target.times) for name, target in self._targets.items()}
        return Proposal(tuple(plans), tuple(refused), tuple(self._named), shapes, self._requests())

    def applied(self, proposal: Proposal) -> Pushed:
        """Carry out a proposal, all targets at the same time, the plans of each together."""
        by_target: dict[str, list[Plan]] = {}
        for each in proposal.plans:
            by_target.setdefault(each.target, []).append(each)
        with self._tally.towards(proposal.writes):
            ended = abreast({name: partial(self._apply, name, plans) for name, plans in by_target.items()})
        outcomes = [
            outcome for each in ended.values() if not isinstance(each, RoadmapSyncError) for outcome in each
        ]
        broken = [
            Refused(name, None, each) for name, each in ended.items() if isinstance(each, RoadmapSyncError)
        ]
        return Pushed(proposal, tuple(outcomes), (*proposal.refused, *broken), self._requests())

    def _view(self, name: str, prepare: Prepare) -> View:
        self._targets[name] = target = Counted(self._connect(name, self._run, self._all), self._tally.more)
        with open_ledger(self._run.state) as ledger:
            return prepare(target, ledger, self._run, self._asked)

    def _plan(self, view: View, scope: Scope, schedule: Schedule) -> Plan:
        asked, text = self._asked, self._texts[scope.roadmap]
        provenance = Provenance(text, str(reading.VERSION))
        request = Request(scope, schedule.items, self._run.today, asked.rules, provenance, asked.force)
        by_day = asked.phase is None and not asked.whole
        return propose_with_routines(view, request) if by_day else propose(view, request)

    def _apply(self, name: str, plans: Sequence[Plan]) -> tuple[Outcome, ...]:
        with open_ledger(self._run.state) as ledger:
            return apply(plans, self._targets[name], ledger, patience=PATIENCE, force=self._asked.force)

    def _requests(self) -> Mapping[str, int]:
        return {name: target.requests for name, target in self._targets.items()}


def _raise_what_stops(plans: Sequence[Plan], refused: Sequence[Refused]) -> None:
    """Raise a wrong call, an answer that is not believed, and whatever leaves nothing to be planned."""
    for each in refused:
        if isinstance(each.error, UsageError | UnsafePlan) or not plans:
            raise each.error
