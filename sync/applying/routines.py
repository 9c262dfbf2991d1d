"""A phase together with the routines of the whole roadmap, which belong to no phase.

Pushing the phase that holds today shall bring the weekly meeting along, too. For the diff it is counted
to that phase on all sides; what is remembered of it stays as it was, so that a later phase finds it.
"""

from dataclasses import replace

from sync.applying.looking import Request, View, propose
from sync.planning.plans import Plan, Step


def propose_with_routines(view: View, request: Request) -> Plan:
    """Plan the phase of the request, and with it what belongs to none. Raises what `propose` raises."""
    phase, slug = request.scope.phase, request.scope.roadmap
    items = [replace(item, phase=phase) if item.phase is None else item for item in request.items]
    bound = view.known.bindings
    lost = {
        key for key in bound.keys() - {item.key for item in items}
        if bound[key].roadmap == slug and bound[key].phase is None
    }  # fmt: skip
    bindings = {**bound, **{key: replace(bound[key], phase=phase) for key in lost}}
    wider = replace(view, known=replace(view.known, bindings=bindings))
    made = propose(wider, replace(request, items=items))
    routines = lost | {item.key for item in request.items if item.phase is None}
    steps = [_of_no_phase(step) if step.key in routines else step for step in made.steps]
    return replace(made, steps=tuple(steps))


def _of_no_phase(step: Step) -> Step:
    want = step.want and replace(step.want, phase=None)
    return replace(step, want=want, bound=step.bound and replace(step.bound, phase=None))
