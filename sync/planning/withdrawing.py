"""The plan that takes everything of ours off a target: all that carries our marker, and nothing else."""

from sync.planning.comparing import left_copy, named, sightings
from sync.planning.decisions import Action, Reason, Verdict
from sync.planning.plans import Known, Plan, Step
from sync.planning.scopes import Scope, roadmap_of
from sync.planning.witnesses import Binding
from sync.remote import Reading, Remote


def withdrawals(target: str, reading: Reading, known: Known, roadmaps: frozenset[str]) -> list[Plan]:
    """A plan for each roadmap that has something there, in the order of their slugs; no slugs mean all.

    What was ticked or edited there is deleted, too: it is of our making, and the ledger keeps the ticks.
    A copy that somebody made by hand stays, and so does the memory of what was removed by hand.
    """
    there, copies = sightings(reading.items, known.bindings)
    steps: dict[str, list[Step]] = {}
    for key, remote in there.items():
        steps.setdefault(roadmap_of(key, known.renames), []).append(_withdrawn(key, remote, known))
    for key in known.resent:
        steps.setdefault(roadmap_of(key, known.renames), []).append(_unsent(known.bindings[key]))
    for copy in copies:
        steps.setdefault(roadmap_of(copy.marker.key, known.renames), []).append(left_copy(copy))
    wanted = [slug for slug in sorted(steps) if not roadmaps or slug in roadmaps]
    return [Plan(target, Scope(slug), tuple(steps[slug]), len(steps[slug])) for slug in wanted]


def _unsent(bound: Binding) -> Step:
    """Return the step for a creation that is not there, though it was sent: it must not come after all."""
    return Step(bound.key, bound.title, Verdict(Action.FORGET, Reason.WITHDRAWN), bound=bound)


def _withdrawn(key: str, remote: Remote, known: Known) -> Step:
    bound = known.bindings.get(key)
    title = named(remote) if bound is None else bound.title
    return Step(key, title, Verdict(Action.DELETE, Reason.WITHDRAWN), there=remote, bound=bound)
