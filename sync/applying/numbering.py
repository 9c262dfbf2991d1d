"""Steps to intents: the final fields, the next revision, a command uuid that is never used twice."""

from uuid import UUID, uuid5

from sync.planning.decisions import Action
from sync.planning.plans import Plan, Step
from sync.planning.witnesses import Binding
from sync.remote import Intent, Marker, Op

_COMMANDS = UUID("6a7c1f0e-5d0b-5c55-9d4e-0f4b1d6a2c11")
WRITES = frozenset({Action.CREATE, Action.UPDATE, Action.DELETE})
"""The steps that send something of their own; what is sent once more has its intent already."""


def intents(plan: Plan, identity: str) -> list[Intent]:
    """Return the writes of a plan in its order; `identity` is the ledger's own."""
    return [_intent(step, plan.target, identity) for step in plan.steps if step.action in WRITES]


def next_revision(step: Step) -> int:
    """Return a number above all that this computer issued and all that the item itself tells of."""
    issued = 0 if step.bound is None else max(step.bound.issued, step.bound.revision)
    return 1 + max(issued, 0 if step.there is None else step.there.marker.revision)


def reservation(step: Step, roadmap: str) -> Binding:
    """Return the row that uses up the step's revision, and says to whom the item belongs."""
    phase = step.want.phase if step.want is not None else step.bound.phase if step.bound is not None else None
    return Binding(step.key, roadmap, phase, step.title, "", 0, "", live=False, issued=next_revision(step))


def command(identity: str, target: str, key: str, revision: int) -> str:
    """Return the uuid under which a service knows this write, however often it is sent.

    The ledger's identity is part of it: a new ledger counts from the beginning, and must not repeat
    what an old one sent.
    """
    return str(uuid5(_COMMANDS, f"{identity}\n{target}\n{key}\n{revision}"))


def _intent(step: Step, target: str, identity: str) -> Intent:
    revision = next_revision(step)
    uuid = command(identity, target, step.key, revision)
    marker = Marker(step.key, revision, step.verdict.imprint)
    remote_id = "" if step.there is None else step.there.id
    version = "" if step.there is None else step.there.version
    if step.want is None:
        return Intent(Op.DELETE, marker, uuid, remote_id=remote_id, version=version)
    changes = {change.field: change.wanted for change in step.verdict.changes}
    if step.there is None:
        return Intent(Op.CREATE, marker, uuid, step.want.uid, step.want.fields)
    fields = {name: changes.get(name, step.there.fields.get(name, "")) for name in step.want.fields}
    return Intent(Op.UPDATE, marker, uuid, step.want.uid, fields, tuple(changes), remote_id, version)
