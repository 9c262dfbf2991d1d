"""One reading of a target beside what the ledger knows of it: all that its plans are made from.

A target is read once, however many roadmaps are pushed to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sync.applying.journal import Journal
from sync.applying.settling import foresee, judge
from sync.ledger.bindings import Bindings
from sync.ledger.outbox import Outbox
from sync.ledger.store import Ledger
from sync.model import Item
from sync.planning.comparing import make_plan
from sync.planning.decisions import Rules
from sync.planning.plans import Known, Plan, Provenance
from sync.planning.safety import check_reading, check_roadmap
from sync.planning.scopes import Scope
from sync.planning.witnesses import drafts
from sync.remote import Intent, Reading, Target


@dataclass(frozen=True, slots=True)
class View:
    """A target as it is now."""

    target: Target
    reading: Reading
    known: Known
    pending: tuple[Intent, ...] = ()
    """Writes of an earlier run whose answer never came; once settled, those to be sent again."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks to be pushed."""

    scope: Scope
    items: Sequence[Item]
    """The whole roadmap, whatever the scope, with `done` as the ledger has it."""
    today: date
    rules: Rules = field(default_factory=Rules)
    provenance: Provenance | None = None
    force: bool = False
    """Believe an empty answer, and let the plan overwrite or delete as much as it likes."""


def look(target: Target, ledger: Ledger) -> View:
    """Read the target once and put the ledger beside it; writes nothing but the target's own notes."""
    bindings = Bindings(ledger, target.name)
    mirror = bindings.mirror()
    reading = target.read(mirror)
    if reading.memory != mirror:
        bindings.keep_mirror(reading.memory)
    return View(target, reading, bindings.known(), tuple(Outbox(ledger, target.name).pending()))


def foreseen(view: View) -> View:
    """Return the view as it will be once what is pending was sent again and has arrived."""
    known, reading = foresee(view.known, view.reading, view.pending)
    return replace(view, known=known, reading=reading)


def settled(view: View, ledger: Ledger) -> View:
    """Settle what an earlier run left open as far as the reading tells; what must be sent again stays pending."""
    if not view.pending:
        return view
    settlement = judge(view.pending, view.reading)
    Journal(ledger, view.target.name).settle(settlement.landed, settlement.struck)
    known = Bindings(ledger, view.target.name).known()
    resent = tuple(intent.key for intent in settlement.resend)
    return replace(view, known=replace(known, resent=resent), pending=settlement.resend)


def propose(view: View, request: Request) -> Plan:
    """Plan one request against the view.

    Raises `UnsafePlan` for an empty answer where something must be there, and `NothingToSchedule`
    for a roadmap that suddenly yields nothing.
    """
    target = view.target
    check_reading(target.name, view.reading, view.known, force=request.force)
    wanted = drafts(request.items, target.shape, request.today)
    check_roadmap(request.scope, wanted, view.reading, view.known)
    rules = request.rules
    if target.keeps_past:
        rules = replace(rules, include_past=True, include_done=True)
    return make_plan(
        target.name, request.scope, wanted, view.reading, view.known,
        rules=rules, provenance=request.provenance,
    )  # fmt: skip
