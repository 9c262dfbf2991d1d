"""A plan as plain data, for `--json`."""

from sync.planning.decisions import Action
from sync.planning.plans import Plan, Step


def tell(plan: Plan) -> dict[str, object]:
    """Return the plan as JSON holds it; `fields` maps a field to its value there and the wanted one."""
    return {
        "target": plan.target,
        "roadmap": plan.scope.roadmap,
        "phase": plan.scope.phase,
        "digest": plan.digest,
        "counts": {
            # what is sent once more is rare, and programs need not know of it
            str(action): number
            for action, number in plan.counts.items()
            if number or action is not Action.RESEND
        },
        "left_out": plan.left_out,
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> dict[str, object]:
    verdict = step.verdict
    return {
        "action": str(step.action),
        "key": step.key,
        "title": step.title,
        "fields": {change.field: {"old": change.there, "new": change.wanted} for change in verdict.changes},
        "kept": {change.field: {"there": change.there, "roadmap": change.wanted} for change in verdict.kept},
        "reason": str(step.reason),
        "section": "reader" if step.reread else "roadmap",
    }
