"""The decision: one item, three witnesses, one step.

`want` is what the roadmap wants, `there` what is on the other side, `bound` what we last wrote.
`decide` is the whole table; it looks at nothing else and knows no target.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sync.planning.witnesses import Binding, Draft
from sync.remote import Remote, fingerprint, read_imprint

_UNSET = fingerprint("")
"""A field that we never wrote counts as written empty."""


class Action(StrEnum):
    """What a step does; adopt and forget touch the ledger alone, leave touches nothing."""

    RESEND = "resend"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    ADOPT = "adopt"
    FORGET = "forget"
    LEAVE = "leave"


class Reason(StrEnum):
    """Why a step is what it is, in the words people read."""

    NEW = "new in the roadmap"
    RESTORED = "removed on the other side, brought back as asked"
    CHANGED = "changed in the roadmap"
    OTHERWISE = "last written elsewhere, the roadmap says otherwise"
    OVERRULED = "edited on both sides, the roadmap preferred as asked"
    UNWANTED = "no longer in the roadmap"
    FOUND = "found there, not yet in the ledger"
    ELSEWHERE = "written by another computer"
    BEHIND = "changed by another computer since, not in this copy of the roadmap"
    FOREIGN = "not in the roadmap, but not written by this ledger either"
    AGREED = "the same change on both sides"
    GONE = "gone on both sides"
    REMOVED = "removed on the other side"
    DONE = "done"
    PAST = "already past, never pushed"
    EDITED = "edited on the other side"
    BOTH = "edited on both sides"
    HISTORY = "no longer in the roadmap, but done: history is kept"
    COPY = "a copy made by hand"
    UNANSWERED = "the answer of an interrupted push was lost"
    WITHDRAWN = "taken back as asked"


@dataclass(frozen=True, slots=True)
class Rules:
    """What was asked for, beside the roadmap."""

    restore: bool = False
    """Bring back what was removed on the other side."""
    prefer_roadmap: bool = False
    """Where both sides changed the same field, or another computer did, take the roadmap's value."""
    include_past: bool = False
    """Push also what is already past and open."""
    include_done: bool = False
    """Push also what was done before it was ever pushed; for targets that keep the past."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its value there and the one the roadmap wants."""

    field: str
    there: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The step for one item, and what it writes."""

    action: Action
    reason: Reason
    changes: tuple[Change, ...] = ()
    """The fields to be written."""
    kept: tuple[Change, ...] = ()
    """The fields that differ and stay as they are there."""
    imprint: str = ""
    """What to remember as last written, once the step is carried out."""


def decide(want: Draft | None, there: Remote | None, bound: Binding | None, rules: Rules) -> Verdict | None:
    """Return the step for one item, or None where all three agree."""
    if want is None:
        return _unwanted(there, bound, rules)
    if there is None:
        return _absent(want, bound, rules)
    if there.done:
        return _finished(there, bound)
    return _present(want, there, bound, rules)


def _unwanted(there: Remote | None, bound: Binding | None, rules: Rules) -> Verdict | None:
    if there is None:
        return Verdict(Action.FORGET, Reason.GONE) if bound is not None and bound.live else None
    if there.done:
        return Verdict(Action.LEAVE, Reason.HISTORY)
    if was_edited(there, bound):
        return Verdict(Action.LEAVE, Reason.EDITED)
    if not (_is_ours(bound, there) or rules.prefer_roadmap):
        return Verdict(Action.LEAVE, Reason.FOREIGN)
    return Verdict(Action.DELETE, Reason.UNWANTED)


def _is_ours(bound: Binding | None, there: Remote) -> bool:
    """Whether this ledger wrote the item; else the roadmap that lacks it may be an older copy.

    What another computer made anew after we had deleted it is not ours either.
    """
    if bound is None or bound.live:
        return bound is not None
    return bound.revision >= there.marker.revision and bound.remote_id in ("", there.id)


def _absent(want: Draft, bound: Binding | None, rules: Rules) -> Verdict:
    known = bound is not None and bound.live
    if known and not rules.restore:
        return Verdict(Action.LEAVE, Reason.REMOVED)
    if want.done and not rules.include_done:
        return Verdict(Action.LEAVE, Reason.DONE)
    if want.past and not (known or rules.include_past):
        return Verdict(Action.LEAVE, Reason.PAST)
    changes = tuple(Change(name, "", value) for name, value in want.fields.items() if value)
    return Verdict(Action.CREATE, Reason.RESTORED if known else Reason.NEW, changes, imprint=want.imprint)


def _finished(there: Remote, bound: Binding | None) -> Verdict:
    if _is_current(bound, there):
        return Verdict(Action.LEAVE, Reason.DONE)
    return Verdict(Action.ADOPT, Reason.DONE, imprint=there.marker.imprint)


def _present(want: Draft, there: Remote, bound: Binding | None, rules: Rules) -> Verdict | None:
    base = last_written(bound, there)
    if want.imprint == there.imprint == base and _is_current(bound, there):
        return None
    merged = _merge(
        want, there, read_imprint(base), {} if rules.prefer_roadmap else _own(bound, there), rules
    )
    if merged.reason is Reason.BEHIND:
        return merged
    if merged.reason is Reason.CHANGED and not _is_current(bound, there):
        return replace(merged, reason=Reason.OTHERWISE)
    if merged.action is Action.UPDATE:
        return merged
    if not _is_current(bound, there):
        reason = Reason.ELSEWHERE if bound is not None and bound.live else Reason.FOUND
        return Verdict(Action.ADOPT, reason, kept=merged.kept, imprint=merged.imprint)
    if merged.imprint != base:
        return replace(merged, action=Action.ADOPT, reason=Reason.AGREED)
    return merged


def _own(bound: Binding | None, there: Remote) -> Mapping[str, str]:
    """Return what this computer wrote before another one wrote; empty where no other did."""
    if bound is None or not bound.live or bound.revision >= there.marker.revision:
        return {}
    return read_imprint(bound.imprint)


def _merge(
    want: Draft, there: Remote, written: Mapping[str, str], own: Mapping[str, str], rules: Rules
) -> Verdict:
    """Compare field by field: what only one side changed takes that side's value.

    What the roadmap still says as this computer wrote it is no news: another one, with a newer copy of
    the roadmap, has written since.
    """
    prints = read_imprint(want.imprint)
    changes, kept = [], []
    clash = overruled = behind = False
    for name, value in want.fields.items():
        found = there.fields.get(name, "")
        if value == found:
            continue
        last, mine, seen = written.get(name, _UNSET), own.get(name), fingerprint(found)
        if prints[name] == mine:
            kept.append(Change(name, found, value))
            behind = True
            continue
        edited, moved_on = seen not in (last, mine), prints[name] != last or seen == mine
        if moved_on and (not edited or rules.prefer_roadmap):
            changes.append(Change(name, found, value))
            overruled = overruled or edited
        else:
            kept.append(Change(name, found, value))
            clash = clash or moved_on
            prints[name] = last
    after = ",".join(f"{name}={prints[name]}" for name in sorted(prints)) if kept else want.imprint
    if changes:
        reason = Reason.OVERRULED if overruled else Reason.CHANGED
        return Verdict(Action.UPDATE, reason, tuple(changes), tuple(kept), after)
    reason = Reason.BEHIND if behind else Reason.BOTH if clash else Reason.EDITED
    return Verdict(Action.LEAVE, reason, kept=tuple(kept), imprint=after)


def last_written(bound: Binding | None, there: Remote) -> str:
    """Return the imprint of our last write: the ledger's, unless the item itself tells of a later one."""
    if bound is None or not bound.live or bound.revision < there.marker.revision:
        return there.marker.imprint
    return bound.imprint


def _is_current(bound: Binding | None, there: Remote) -> bool:
    """Whether the ledger knows this item, and no other computer wrote to it later."""
    return bound is not None and bound.live and bound.revision >= there.marker.revision


def was_edited(there: Remote, bound: Binding | None) -> bool:
    """Whether somebody changed the item since our last write."""
    written = read_imprint(last_written(bound, there))
    return any(fingerprint(value) != written.get(name, _UNSET) for name, value in there.fields.items())
