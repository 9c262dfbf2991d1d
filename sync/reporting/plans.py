"""What `plan` and `push` say: what will happen to which item and why, counted, and what became of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sync.app.pushing import Proposal, Pushed
from sync.applying.pushing import Outcome
from sync.planning.decisions import Action, Change, Reason
from sync.planning.plans import Plan, Step
from sync.planning.safety import objection
from sync.planning.telling import tell
from sync.reporting.columns import count, cut, pad, width
from sync.reporting.page import Page
from sync.reporting.refusals import refusal_document, refusals

Json = dict[str, Any]

GROUPS = {
    Action.RESEND: ("»", "send once more"),
    Action.CREATE: ("+", "create"), Action.UPDATE: ("~", "change"), Action.DELETE: ("-", "delete"),
    Action.ADOPT: ("=", "note in the ledger"), Action.FORGET: ("=", "forget in the ledger"),
}  # fmt: skip
"""The groups of a plan in their order, each with its sign and its word."""
COUNTED = frozenset({Reason.DONE, Reason.PAST})
"""Why most items are left alone; these are counted and not listed."""
WAYS_OUT = {
    Reason.REMOVED: "--restore brings it back",
    Reason.BOTH: "--prefer roadmap turns it round",
    Reason.BEHIND: "--prefer roadmap writes what this copy says",
    Reason.FOREIGN: "--prefer roadmap deletes it",
}
"""What to do about what is left alone, where that is not what somebody wants."""
MOST = 12
"""How many items of a group are listed before the rest is only counted."""
VALUE = 36
"""Columns for a value of a field."""


# --- text ---


def proposal_text(proposal: Proposal, page: Page) -> str:
    """All plans, what there is none for, and the digest."""
    digest = [page.paint.dim(f"Digest {proposal.digest}")] if _has_effects(proposal) else []
    return "\n".join([plans_text(proposal, page), *_unsafe(proposal, page), *digest])


def plans_text(proposal: Proposal, page: Page) -> str:
    """All plans, what there is none for, and the sum."""
    blocks = ["\n".join(_plan(plan, proposal, page)) for plan in proposal.plans if _tells(plan)]
    # what takes one line needs no room around it
    long = [f"{block}\n" for block in blocks if "\n" in block]
    short = [block for block in blocks if "\n" not in block]
    tail = [*_quiet(proposal), *refusals(proposal.refused, page)]
    tail += [*_shortages(proposal, page), *_sum(proposal, page)]
    return "\n".join([*long, *short, *tail]).rstrip()


def tells_something(proposal: Proposal) -> bool:
    """Whether there is more to say than that nothing is to be done."""
    return bool(proposal.refused) or any(plan.effects or _shown(plan) for plan in proposal.plans)


def _tells(plan: Plan) -> bool:
    return bool(plan.effects or _shown(plan) or _left_out(plan))


def _shown(plan: Plan) -> list[Step]:
    """The steps that are listed; what is left alone because it is done or past is only counted."""
    return [step for step in plan.steps if step.action is not Action.LEAVE or step.reason not in COUNTED]


def _quiet(proposal: Proposal) -> Iterator[str]:
    """One line for each target on which nothing is to be done in some roadmaps."""
    for target in dict.fromkeys(plan.target for plan in proposal.plans):
        quiet = [plan for plan in proposal.plans if plan.target == target and not _tells(plan)]
        if quiet:
            names = dict.fromkeys(plan.scope.roadmap for plan in quiet)
            yield f"{target}: nothing to do in {', '.join(names)}"


def _plan(plan: Plan, proposal: Proposal, page: Page) -> Iterator[str]:
    head, told, shown = page.paint.bold(_name(plan, proposal)), _left_out(plan), _shown(plan)
    if plan.effects:
        yield head
    else:
        yield f"{head}: nothing to do{f' ({told})' if told else ''}"
    yield from _groups([step for step in shown if not step.reread], plan, proposal, page)
    reread = [step for step in shown if step.reread]
    if reread:
        yield page.paint.yellow("  A new reader reads the same text differently:")
        yield from _groups(reread, plan, proposal, page)
    yield from _left(shown, proposal.shapes[plan.target][0], page)
    if told and plan.effects:
        yield page.paint.dim(f"  {told}")


def _name(plan: Plan, proposal: Proposal) -> str:
    items = [item for each in proposal.loaded for item in each.schedule.items]
    heads = [cut(item.title, 48) for item in items if item.key == plan.scope.phase]
    return f"{plan.target}: {', '.join([plan.scope.roadmap, *heads])}"


def _left_out(plan: Plan) -> str:
    done = sum(step.action is Action.LEAVE and step.reason is Reason.DONE for step in plan.steps)
    past = plan.left_out
    told = [f"{done} done, never touched"] if done else []
    told += (
        [f"{past} past and left out; --include-past brings {'it' if past == 1 else 'them'}"] if past else []
    )
    return ", ".join(told)


def _groups(steps: Sequence[Step], plan: Plan, proposal: Proposal, page: Page) -> Iterator[str]:
    order, times = proposal.shapes[plan.target]
    for action, (sign, word) in GROUPS.items():
        found = [step for step in steps if step.action is action]
        if found:
            yield f"  {_painted(action, f'{sign} {word} {len(found)}', page)}"
            yield from _listed(found, sign, order, times, page)


def _painted(action: Action, text: str, page: Page) -> str:
    paint = page.paint
    colours = {Action.CREATE: paint.green, Action.UPDATE: paint.yellow, Action.DELETE: paint.red}
    return colours.get(action, paint.cyan)(text)


def _listed(
    steps: Sequence[Step], sign: str, order: Sequence[str], times: frozenset[str], page: Page
) -> Iterator[str]:
    shown = steps if page.full else steps[:MOST]
    room = min(max(width(step.title) for step in shown), page.columns // 2)
    for step in shown:
        title = pad(cut(step.title, room), room)
        yield f"    {_painted(step.action, sign, page)} {title}  {page.paint.dim(_aside(step, order, times))}".rstrip()
        if (step.action is Action.UPDATE and not step.is_tick) or page.full:
            yield from _changes(step.verdict.changes, order, page)
        yield from _kept(step.verdict.kept, order, page)
    if len(steps) > len(shown):
        yield page.paint.dim(f"      and {len(steps) - len(shown)} more; -v lists them")


def _aside(step: Step, order: Sequence[str], times: frozenset[str]) -> str:
    """What an item that comes, or is taken back, says of its time; of all others why they are here."""
    if step.reason is Reason.WITHDRAWN and step.there is not None:
        values = step.there.fields
    elif step.action is Action.CREATE:
        values = {change.field: change.wanted for change in step.verdict.changes}
    else:
        return "ticked off" if step.is_tick else str(step.reason)
    when = [values[name] for name in order if name in times and values.get(name)]
    why = [] if step.reason in (Reason.NEW, Reason.WITHDRAWN) else [str(step.reason)]
    return cut(", ".join([*when[:1], *why]), 60)


def _changes(changes: Sequence[Change], order: Sequence[str], page: Page) -> Iterator[str]:
    for change in _in_order(changes, order):
        old, new = _value(change.there), _value(change.wanted)
        yield f"        {change.field}: {page.paint.red(old)} → {page.paint.green(new)}"


def _kept(changes: Sequence[Change], order: Sequence[str], page: Page) -> Iterator[str]:
    for change in _in_order(changes, order):
        there, wanted = _value(change.there), _value(change.wanted)
        yield page.paint.dim(f"        {change.field} stays {there}; the roadmap says {wanted}")


def _in_order(changes: Sequence[Change], order: Sequence[str]) -> Sequence[Change]:
    return sorted(changes, key=lambda change: order.index(change.field))


def _value(text: str) -> str:
    return f"“{cut(text, VALUE)}”" if text else "nothing"


def _left(steps: Sequence[Step], order: Sequence[str], page: Page) -> Iterator[str]:
    """What is left alone though it differs, under its reason."""
    left = sorted((step for step in steps if step.action is Action.LEAVE), key=lambda step: step.reason)
    for reason, group in groupby(left, key=lambda step: step.reason):
        found, way_out = list(group), [WAYS_OUT[reason]] if reason in WAYS_OUT else []
        yield f"  · leave {len(found)}: {'; '.join([reason, *way_out])}"
        shown = found if page.full else found[:MOST]
        for step in shown:
            yield page.paint.dim(f"    · {cut(step.title, page.columns - 6)}")
            yield from _kept(step.verdict.kept, order, page)
        if len(found) > len(shown):
            yield page.paint.dim(f"      and {len(found) - len(shown)} more; -v lists them")


def _sum(proposal: Proposal, page: Page) -> Iterator[str]:
    counts = {action: sum(plan.counts[action] for plan in proposal.plans) for action in Action}
    if _has_effects(proposal):
        words = [f"{counts[action]} to {word}" for action, (_, word) in GROUPS.items() if counts[action]]
        left = [f"{counts[Action.LEAVE]} left alone"] if counts[Action.LEAVE] else []
        yield f"{page.paint.bold('Plan')}: {', '.join([*words, *left])}."


def _shortages(proposal: Proposal, page: Page) -> Iterator[str]:
    """What would not fit, and what to do about it."""
    for each in proposal.shortages:
        yield f"{page.paint.yellow('!')} {page.paint.bold(each.target)}: {each.objection.message}"
        yield page.paint.dim(f"    → {each.objection.suggestion}")


def _unsafe(proposal: Proposal, page: Page) -> Iterator[str]:
    """What a push would not do unasked."""
    for plan in proposal.plans:
        refused = objection(plan)
        if refused is not None:
            yield f"{page.paint.yellow('!')} {refused.title} That takes --force."


def _has_effects(proposal: Proposal) -> bool:
    return any(plan.effects for plan in proposal.plans)


def pushed_text(pushed: Pushed, page: Page) -> str:
    """What became of each plan."""
    if not pushed.agreed:
        return "Nothing was pushed."
    lines = outcome_lines(pushed, page)
    if lines:
        return "\n".join(lines)
    roadmaps = len({outcome.plan.scope.roadmap for outcome in pushed.outcomes})
    targets = ", ".join(dict.fromkeys(outcome.plan.target for outcome in pushed.outcomes))
    told = f"Nothing to do: {count(roadmaps, 'roadmap', 'roadmaps')} on {targets}."
    # whoever could not be asked stands above, and is not done with
    return told if pushed.refused else f"{page.paint.green('✓')} {told}"


def outcome_lines(pushed: Pushed, page: Page) -> list[str]:
    """What became of each plan that did something, and of targets that failed after it was shown."""
    doing = [outcome for outcome in pushed.outcomes if outcome.plan.effects]
    lines = [line for outcome in doing for line in _outcome(outcome, pushed, page)]
    return [*lines, *refusals([each for each in pushed.refused if each not in pushed.proposal.refused], page)]


def _outcome(outcome: Outcome, pushed: Pushed, page: Page) -> Iterator[str]:
    name, stopped = _name(outcome.plan, pushed.proposal), outcome.stopped
    sound = not outcome.failed and stopped is None
    sign = page.paint.green("✓") if sound else page.paint.red("✗")
    total = len(outcome.plan.effects)
    yield f"{sign} {name}: {outcome.done} of {count(total, 'step', 'steps')} done"
    for failure in outcome.failed:
        yield f"    {page.paint.red('✗')} {cut(failure.title, 48)}: {failure.reason}"
    if stopped is not None:
        yield f"    {stopped.title} {stopped.hint}"
        yield page.paint.dim("    What was not reached is planned again by the next push.")


# --- JSON ---


def proposal_document(proposal: Proposal) -> Json:
    """The plans as JSON."""
    return {
        "plans": [tell(plan) for plan in proposal.plans],
        "digest": proposal.digest,
        "warnings": _warnings(proposal),
        "refused": [refusal_document(each) for each in proposal.refused],
    }


def pushed_document(pushed: Pushed) -> Json:
    """The plans with what became of each, and how many requests it took."""
    return {
        "plans": [{**tell(each.plan), "outcome": _outcome_document(each)} for each in pushed.outcomes],
        "digest": pushed.proposal.digest,
        "warnings": _warnings(pushed.proposal),
        "refused": [refusal_document(each) for each in pushed.refused],
        "requests": dict(pushed.requests),
    }


def _warnings(proposal: Proposal) -> list[Json]:
    return [
        {
            "target": each.target,
            "roadmap": each.objection.roadmap or None,
            "phase": each.objection.phase,
            "code": each.code,
            "message": each.objection.message,
            "suggestion": each.objection.suggestion,
        }
        for each in proposal.shortages
    ]


def _outcome_document(outcome: Outcome) -> Json:
    failed = [{"key": each.key, "title": each.title, "reason": each.reason} for each in outcome.failed]
    stopped = outcome.stopped
    why = None if stopped is None else {"code": stopped.code, "title": stopped.title, "hint": stopped.hint}
    return {"done": outcome.done, "failed": failed, "stopped": why}
