"""All items of one push, each with its three witnesses: the making of a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from sync.planning.decisions import Action, Reason, Rules, Verdict, decide
from sync.planning.plans import Known, Plan, Provenance, Step
from sync.planning.scopes import Scope, keys_within
from sync.planning.witnesses import Binding, Draft
from sync.remote import Reading, Remote


def make_plan(  # the three witnesses, and what they are asked about
    target: str,
    scope: Scope,
    wanted: Sequence[Draft],
    reading: Reading,
    known: Known,
    *,
    rules: Rules,
    provenance: Provenance | None = None,
) -> Plan:
    """Compare the three witnesses item by item; `wanted` is the whole roadmap, the scope is cut here."""
    drafts = {draft.key: draft for draft in wanted}
    there, copies = sightings(reading.items, known.bindings)
    inside, lost = keys_within(scope, drafts, known.bindings, there.keys(), known.renames)
    bound = _remembered(known.bindings, reading.removed, drafts, inside)
    steps = [
        _resent(key, drafts.get(key), known.bindings) for key in known.resent if key in inside or key in lost
    ]
    steps += _steps_of_wanted(wanted, there, bound, inside, rules)
    steps += _steps_of_lost(lost, there, bound, known.finished, rules)
    steps += [left_copy(copy) for copy in copies if copy.marker.key in inside | lost]
    existing = len(inside & there.keys()) + len(lost & there.keys())
    if provenance is None:
        return Plan(target, scope, tuple(steps), existing)
    steps = [_with_origin(step, scope, known, provenance) for step in steps]
    phases = {draft.phase for draft in wanted} if scope.phase is None else {scope.phase}
    return Plan(target, scope, tuple(steps), existing, provenance, frozenset(phases))


def sightings(
    items: Sequence[Remote], bindings: Mapping[str, Binding]
) -> tuple[dict[str, Remote], list[Remote]]:
    """Return what is there by key, and apart from it the copies people made of it."""
    seen = {remote.marker.key: remote for remote in items}
    if len(seen) == len(items):
        return seen, []
    seen, copies = {}, []
    for remote in items:
        key = remote.marker.key
        if key in seen and not (key in bindings and bindings[key].remote_id == remote.id):
            copies.append(remote)
            continue
        if key in seen:
            copies.append(seen[key])
        seen[key] = remote
    return seen, copies


def _remembered(
    bindings: Mapping[str, Binding],
    removed: Mapping[str, int],
    drafts: Mapping[str, Draft],
    inside: AbstractSet[str],
) -> Mapping[str, Binding]:
    """Return what was written, by whomever.

    Where the service names a deletion of something that this ledger never wrote, or not in that
    revision, another computer or a lost ledger wrote it and somebody removed it: it counts as written.
    """
    others = {
        key: Binding(key, "", None, drafts[key].title, "", removed[key], "", issued=removed[key])
        for key in removed.keys() & inside
        if _is_anothers(bindings.get(key), removed[key])
    }
    return {**bindings, **others} if others else bindings


def _is_anothers(bound: Binding | None, revision: int) -> bool:
    return bound is None or (not bound.live and (bound.revision == 0 or bound.revision < revision))


def _steps_of_wanted(
    wanted: Iterable[Draft],
    there: Mapping[str, Remote],
    bound: Mapping[str, Binding],
    inside: AbstractSet[str],
    rules: Rules,
) -> list[Step]:
    steps: list[Step] = []
    for draft in wanted:
        key = draft.key
        remote, binding = there.get(key), bound.get(key)
        # Most items are like this on most days; a test shows that `decide` has nothing to say about them.
        if (
            remote is not None
            and binding is not None
            and draft.imprint == remote.imprint == binding.imprint
            and binding.revision >= remote.marker.revision
            and binding.live
            and not remote.done
        ):
            continue
        if key in inside:
            steps += _decided(key, draft, remote, binding, rules)
    return steps


def _steps_of_lost(
    keys: Iterable[str],
    there: Mapping[str, Remote],
    bound: Mapping[str, Binding],
    finished: frozenset[str],
    rules: Rules,
) -> list[Step]:
    """Decide what the roadmap has no longer; what was ticked anywhere counts as done there, too."""
    steps: list[Step] = []
    for key in sorted(keys):
        remote, binding = there.get(key), bound.get(key)
        if remote is not None and key in finished:
            remote = replace(remote, done=True)
        steps += _decided(key, None, remote, binding, rules)
    return steps


def _decided(
    key: str, want: Draft | None, there: Remote | None, bound: Binding | None, rules: Rules
) -> Iterator[Step]:
    verdict = decide(want, there, bound, rules)
    if verdict is not None:
        title = (
            want.title if want is not None else bound.title if bound is not None else there and named(there)
        )
        yield Step(key, title or key, verdict, want, there, bound)


def _resent(key: str, want: Draft | None, bindings: Mapping[str, Binding]) -> Step:
    return Step(
        key, bindings[key].title, Verdict(Action.RESEND, Reason.UNANSWERED), want, bound=bindings[key]
    )


def left_copy(copy: Remote) -> Step:
    """Return the step that lets a copy be, which somebody made by hand."""
    return Step(copy.marker.key, named(copy), Verdict(Action.LEAVE, Reason.COPY), there=copy)


def named(remote: Remote) -> str:
    """What people call an item there: the first of its fields that says anything, else its key."""
    return next((value for value in remote.fields.values() if value), remote.marker.key)


def _with_origin(step: Step, scope: Scope, known: Known, now: Provenance) -> Step:
    """Mark a step that comes from a new reader: same text as at the last push, other reader."""
    if step.action in (Action.LEAVE, Action.ADOPT, Action.FORGET, Action.RESEND):
        return step
    phase = step.want.phase if step.want is not None else step.bound.phase if step.bound is not None else None
    last = known.pushed.get((scope.roadmap, phase))
    if last is None or last.text != now.text or last.reader == now.reader:
        return step
    return replace(step, reread=True)
