"""The whole way from a roadmap to its schedule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sync.model import Days, Item, Kind, Problem, Receipt, Schedule, Severity, Source
from sync.reading.expressions import Ordinal, Unit
from sync.reading.roadmap import Entry, LineRole, Roadmap
from sync.scheduling.calendar import DAY, Frame
from sync.scheduling.contradictions import contradictions
from sync.scheduling.dated import Dated, merged
from sync.scheduling.dating import date_all
from sync.scheduling.frames import frame
from sync.scheduling.identity import Fresh, Known, assign, slug, uid
from sync.scheduling.places import above, place
from sync.scheduling.sessions import Sessions
from sync.scheduling.settings import Settings
from sync.scheduling.slots import Slots
from sync.scheduling.spreading import pace, spread_all, working_days
from sync.scheduling.timing import Timing, ends_by_next, time_tasks


@dataclass(slots=True)
class Plan:
    """One roadmap while its items are made."""

    roadmap: Roadmap
    slug: str
    file: str
    frame: Frame
    dated: list[Dated]
    slots: Slots
    span: Days | None
    phases: list[Dated]
    keys: dict[int, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    by_number: dict[int, list[str]] = field(default_factory=dict)

    def walk(self) -> Iterable[Dated]:
        """All entries in the order of the text."""
        return sorted(
            (each for root in self.dated for each in root.walk()), key=lambda each: each.entry.number
        )


def schedule(
    roadmap: Roadmap,
    *,
    name: str,
    file: str,
    today: date,
    settings: Settings,
    known: Sequence[Known] = (),
    retired: Iterable[str] = (),
) -> Schedule:
    """Expand a roadmap into dated items; `name` is its slug unless the front matter gives one.

    `known` are the items seen before, whose keys follow them; `retired` keys are never given again.
    """
    plan = _plan(roadmap, name, file, today, settings)
    fresh = [
        Fresh(each.entry.number, place(each, plan.frame), each.entry.title, each.entry.kind, above(each))
        for each in plan.walk()
    ]
    plan.keys = dict(assign(plan.slug, fresh, known, retired))
    everything = list(plan.walk())
    ends = ends_by_next(everything, plan.slots)
    sessions = Sessions(plan.slots, plan.span, working_days(roadmap, plan.dated), roadmap.options, ends)
    sessions.reserve(everything)
    timings = time_tasks(everything, roadmap, plan.slots, ends)
    for each in everything:
        _add(plan, each, timings, sessions)
    problems = [*roadmap.problems, *plan.frame.problems, *plan.slots.problems, *_start_problems(plan)]
    problems += contradictions(roadmap, plan.frame, plan.dated, plan.items, plan.keys)
    return Expanded(
        plan.slug,
        roadmap.title,
        file,
        plan.slots.zone,
        plan.span.first if plan.span else None,
        _last(plan),
        tuple(plan.items),
        _receipts(plan),
        tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.code, problem.message))),
        tuple(Known(plan.keys[each.number], each.where, each.title, each.kind) for each in fresh),
    )


@dataclass(frozen=True, slots=True)
class Expanded(Schedule):
    """A schedule that also says by what its items will be recognised."""

    known: tuple[Known, ...] = ()


def keys_of(made: Schedule) -> list[Known]:
    """What is to be remembered of a schedule's items, so that the next reading recognises them."""
    return list(made.known) if isinstance(made, Expanded) else []


def _plan(roadmap: Roadmap, name: str, file: str, today: date, settings: Settings) -> Plan:
    counted = frame(roadmap, today)
    dated = date_all(counted, roadmap.entries)
    spread_all(dated, working_days(roadmap, dated), roadmap.options.ranges)
    said = roadmap.options.pace
    if said is not None and counted.start is not None:
        pace(dated, working_days(roadmap, dated), counted.start, said.per_week, said.per_day)
    zone = roadmap.options.timezone
    slots = Slots(
        settings, zone or settings.timezone, "" if zone else "no zone in the text: the configured one"
    )
    return Plan(
        roadmap,
        roadmap.options.slug or slug(name) or "roadmap",
        file,
        counted,
        dated,
        slots,
        _whole(counted, dated),
        [each for each in dated if _is_phase(each)],
    )


def _whole(counted: Frame, dated: Sequence[Dated]) -> Days | None:
    """From the plan's start to its stated end, else to the last day of anything in it."""
    spans = [each.span for root in dated for each in root.walk() if each.span is not None]
    first = counted.start or min((span.first for span in spans), default=None)
    if first is None:
        return None
    if counted.end is not None:
        return Days(first, max(counted.end, first) + DAY)
    return Days(first, max([first + DAY, *(span.until for span in spans)]))


def _last(plan: Plan) -> date | None:
    """The last day of the plan; None where it has a start, and nothing says how long it goes on."""
    known = plan.frame.end is not None or any(each.span is not None for each in plan.walk())
    return plan.span.last if plan.span is not None and known else None


def _add(plan: Plan, dated: Dated, timings: Mapping[int, Timing], sessions: Sessions) -> None:
    """Make the items of one entry."""
    base = _item(plan, dated)
    if dated.entry.kind is Kind.SESSION:
        made = sessions.items(dated, base)
    else:
        timing = timings[dated.entry.number]
        guessed = merged(base.guessed, timing.why)
        made = [replace(base, span=timing.span, minutes=timing.minutes, guessed=guessed)]
        made += sessions.of_range(dated, made[0], timing)
    plan.items.extend(made)
    # occurrences and sittings are found through what they belong to
    own = [item.key for item in made if item.parent == base.parent]
    plan.by_number.setdefault(dated.entry.number, []).extend(own)


def _item(plan: Plan, dated: Dated) -> Item:
    entry = dated.entry
    key = plan.keys[entry.number]
    parent = dated.parent
    is_part = parent is not None and parent.entry.kind in {Kind.TASK, Kind.SESSION}
    return Item(
        key=key,
        uid=uid(key),
        roadmap=plan.slug,
        phase=_phase(plan, dated),
        path=tuple(each.entry.title for each in dated.periods()),
        kind=entry.kind,
        title=entry.title,
        notes="\n".join(entry.notes),
        span=dated.span,
        source=Source(plan.file, entry.line, entry.end_line),
        tick=entry.tick,
        done=True if entry.done else None,
        parent=plan.keys[parent.entry.number] if is_part and parent is not None else None,
        guessed=dict(dated.why),
    )


def _phase(plan: Plan, dated: Dated) -> str | None:
    """The outermost period above; for what stands beside the phases, the one whose days hold it.

    Routines of the whole plan, and points before or after all phases, belong to none.
    """
    if not plan.phases:
        return plan.slug
    top = next(iter(dated.periods()), dated)
    is_period = top.entry.kind is Kind.PERIOD
    if not is_period and (top.span is None or top.entry.kind is Kind.SESSION):
        return None
    holder = top if is_period and _is_phase(top) else _holder(plan, top)
    if holder is None and is_period:
        holder = top
    return plan.keys[holder.entry.number] if holder is not None else None


def _holder(plan: Plan, dated: Dated) -> Dated | None:
    """The phase in which the last day of something lies."""
    span = dated.span
    if span is None:
        return None
    return next(
        (each for each in plan.phases if each.span and each.span.first <= span.last < each.span.until), None
    )


def _is_phase(dated: Dated) -> bool:
    """Whether a root is a phase: a period that is coarser than a week, or named by itself."""
    unit = dated.entry.when.unit
    return dated.entry.kind is Kind.PERIOD and (unit is None or unit.rank < Unit.WEEK.rank)


def _receipts(plan: Plan) -> tuple[Receipt, ...]:
    units = {
        each.entry.when.ordinal: each.entry.number
        for each in plan.walk()
        if each.entry.when.ordinal is not None and each.entry.when.bound is None
    }
    return tuple(_receipt(plan, line, role, units) for line, role in enumerate(plan.roadmap.lines, start=1))


def _receipt(plan: Plan, line: int, role: LineRole, units: Mapping[Ordinal, int]) -> Receipt:
    numbers = list(role.entries)
    if role.unit is not None and role.unit in units:
        numbers.append(units[role.unit])
    keys = [key for number in numbers for key in plan.by_number.get(number, ())]
    return Receipt(line, role.role, tuple(dict.fromkeys(keys)), role.sure)


def _start_problems(plan: Plan) -> list[Problem]:
    """A warning where the text counts from a start that nobody gave; a note where it speaks of no time at all."""
    entries = list(plan.walk())
    undated = [each for each in entries if each.span is None and each.entry.when.ordinal and not each.flawed]
    waiting = [each for each in entries if each.span is None and each.entry.when.offset is not None]
    told_already = waiting or any(each.flawed for each in entries)
    problems = []
    if plan.frame.start is None and (undated or not (plan.span or told_already)):
        line = undated[0].entry.line if undated else 0
        timely = undated or any(_recurs_or_lasts(each.entry) for each in entries)
        problems.append(_no_start(line) if timely or not entries else _no_time())
    if waiting and plan.frame.event is None:
        told = "This plan counts down to an event whose date is not given."
        mend = "Set `event_date:` under `roadmap:` in the front matter."
        problems.append(Problem(waiting[0].entry.line, Severity.WARNING, "no-event-date", told, mend))
    return problems


def _recurs_or_lasts(entry: Entry) -> bool:
    return bool(entry.days) or entry.rate is not None or entry.when.extent is not None


def _no_start(line: int) -> Problem:
    told = "Nothing in the text says when this plan starts; its items stay undated."
    mend = "Give it a start: `add --start YYYY-MM-DD`, or `start:` under `roadmap:` in the front matter."
    return Problem(line, Severity.WARNING, "no-start", told, mend)


def _no_time() -> Problem:
    told = "Nothing in this list says when; its items stay undated."
    mend = (
        "Nothing to do if that is meant; else set `start:` and `pace:` under `roadmap:` in the front matter."
    )
    return Problem(0, Severity.NOTE, "no-start", told, mend)
