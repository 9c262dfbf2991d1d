"""A phase together with the routines of the whole roadmap, and with ticks that other phases still lack there.

Pushing the phase that holds today shall bring the weekly meeting along, too, and what was ticked late in an
earlier phase. For the diff both are counted to that phase on all sides; what is remembered of them stays as
it was, so that another phase finds it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sync.applying.looking import Request, View, propose
from sync.model import Item
from sync.planning.plans import Plan, Step
from sync.remote import DONE


def propose_with_routines(view: View, request: Request) -> Plan:
    """Plan the phase of the request, with what belongs to none and with late ticks. Raises what `propose` raises."""
    phase, slug = request.scope.phase, request.scope.roadmap
    late = _late_ticks(view, request.items)
    own = {item.key: item.phase for item in request.items if item.phase is None or item.key in late}
    items = [replace(item, phase=phase) if item.key in own else item for item in request.items]
    bound = view.known.bindings
    lost: Mapping[str, str | None] = {
        key: None for key in bound.keys() - {item.key for item in items}
        if bound[key].roadmap == slug and bound[key].phase is None
    }  # fmt: skip
    bindings = {**bound, **{key: replace(bound[key], phase=phase) for key in lost}}
    wider = replace(view, known=replace(view.known, bindings=bindings))
    made = propose(wider, replace(request, items=items))
    own |= lost
    steps = [_of_phase(step, own[step.key]) if step.key in own else step for step in made.steps]
    return replace(made, steps=tuple(steps))


def _late_ticks(view: View, items: Iterable[Item]) -> set[str]:
    """Return what is done and still open on the target."""
    there = {each.marker.key for each in view.reading.items if not each.done and not each.fields.get(DONE)}
    return {item.key for item in items if item.done and item.key in there}


def _of_phase(step: Step, phase: str | None) -> Step:
    want = step.want and replace(step.want, phase=phase)
    return replace(step, want=want, bound=step.bound and replace(step.bound, phase=phase))
