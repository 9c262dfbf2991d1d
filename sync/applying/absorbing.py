"""What people did on the other side since the last look: ticks into the log, the rest told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sync.applying.looking import View
from sync.ledger.progress import Entry, Progress, Standing, stored
from sync.ledger.sights import Sight, Sights
from sync.ledger.store import Ledger
from sync.planning.comparing import sightings
from sync.planning.decisions import last_written
from sync.planning.witnesses import Binding
from sync.remote import DONE, Remote, Target, fingerprint, read_imprint

_OPEN = fingerprint("")
"""A tick that was never written."""

Kind = Literal["done", "reopened", "edited", "moved", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody did to one item on the other side."""

    key: str
    title: str
    change: Kind
    target: str
    at: datetime
    """When it was ticked where the service says so, else when we saw it."""


def absorb(view: View, ledger: Ledger, now: datetime) -> tuple[Change, ...]:
    """Put ticks and unticks into the log, and tell everything that is new since the last look."""
    looks = Sights(ledger, view.target.name)
    before, there = looks.all(), sightings(view.reading.items, view.known.bindings)[0]
    seen = {key: _sight(remote) for key, remote in there.items()}
    new = {key: sight for key, sight in seen.items() if before.get(key) != sight}
    gone = {
        key: Sight(present=False, done="", imprint="")
        for key, binding in view.known.bindings.items()
        if binding.live and key not in there and (key not in before or before[key].present)
    }
    if not new and not gone:
        return ()
    with ledger.transaction():
        progress = Progress(ledger)
        changes: list[Change] = []
        for key in new:
            remote, binding = there[key], view.known.bindings.get(key)
            title = title_of(remote, view.target) if binding is None else binding.title
            tick = _tick(remote, before.get(key), progress.standing(key), view.target.name, now)
            if _is_opened(remote, before.get(key), binding):
                tick = Entry(key, "undone", now, view.target.name)
            if tick is not None and _is_news(tick, progress):
                change: Kind = "done" if tick.kind == "done" else "reopened"
                changes.append(Change(key, title, change, view.target.name, tick.at))
            edits = _edits(remote, before.get(key), binding, view.target.times)
            changes += [Change(key, title, edit, view.target.name, now) for edit in edits]
        changes += [
            Change(key, view.known.bindings[key].title, "removed", view.target.name, now) for key in gone
        ]
        looks.note(new | gone)
    return tuple(changes)


def title_of(remote: Remote, target: Target) -> str:
    """What people call an item there: its first field; its key where that is empty."""
    return remote.fields.get(target.fields[0], "") or remote.marker.key


def _is_news(tick: Entry, progress: Progress) -> bool:
    """Put a tick into the log, and tell whether it changed how the item stands.

    A target gives back what was pushed to it, and that is no second tick: the log has one of that second
    already. A tick that was made twice is put down twice, and counts from the earlier time.
    """
    known = progress.entries(tick.key)
    if any(each.kind == tick.kind and _second(each.at) == _second(tick.at) for each in known):
        return False
    before = progress.standing(tick.key)
    progress.record(tick)
    return progress.standing(tick.key) != before


def _second(at: datetime) -> datetime:
    """The moment in whole seconds, which is all that some services keep."""
    return at.astimezone(UTC).replace(microsecond=0)


def _sight(remote: Remote) -> Sight:
    done = stored(remote.done) if isinstance(remote.done, datetime) else "yes" if remote.done else ""
    return Sight(present=True, done=done, imprint=remote.imprint)


def _tick(
    remote: Remote, before: Sight | None, standing: Standing | None, target: str, now: datetime
) -> Entry | None:
    """Return the tick that this look shows, or None where it shows none that is new."""
    if isinstance(remote.done, datetime):
        new = before is None or before.done != stored(remote.done)
        return Entry(remote.marker.key, "done", remote.done, target) if new else None
    was_done = (before is not None and before.done != "") or (standing is not None and standing.done)
    return Entry(remote.marker.key, "done", now, target) if remote.done and not was_done else None


def _is_opened(remote: Remote, before: Sight | None, bound: Binding | None) -> bool:
    """Tell whether somebody took a tick back: one seen at the last look, else one that we wrote."""
    if remote.done:
        return False
    if before is not None and before.done not in {"", "yes"}:
        return True  # it was there with its time
    # a mark without a time may be a field alone
    if remote.fields.get(DONE):
        return False
    if before is not None:
        return before.done != ""
    return read_imprint(last_written(bound, remote)).get(DONE, _OPEN) != _OPEN


def _edits(
    remote: Remote, before: Sight | None, bound: Binding | None, times: frozenset[str]
) -> Iterator[Literal["edited", "moved"]]:
    """Tell whether fields differ both from the last look and from what we wrote; a tick is no edit."""
    ours = read_imprint(last_written(bound, remote))
    last = read_imprint(before.imprint) if before is not None and before.present else ours
    changed = {
        name
        for name, value in read_imprint(remote.imprint).items()
        if name != DONE and name in ours and value not in (ours[name], last.get(name))
    }
    if changed & times:
        yield "moved"
    if changed - times:
        yield "edited"
