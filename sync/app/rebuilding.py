"""A lost ledger, made again out of the targets: what was pushed, what was ticked, what was edited by hand.

Keys come first. A title that was reworded after its item was pushed would get a new key on an empty ledger,
and with it a second item; so the keys that stand on the other side are remembered before anything is read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from sync.app.adopting import adopt_keys
from sync.app.connecting import Connect, connected
from sync.app.keeping import Complaint, existing
from sync.app.library import load
from sync.app.pulling import ask_each, readings, told
from sync.app.pushing import Refused
from sync.app.run import Run
from sync.applying.absorbing import Change
from sync.applying.counting import Counted
from sync.applying.looking import View, look
from sync.applying.rebuilding import bound
from sync.errors import RoadmapUnreadable
from sync.ledger.lock import only_run
from sync.ledger.store import Ledger, open_ledger
from sync.model import Schedule
from sync.planning.safety import check_reading
from sync.planning.scopes import roadmap_of


@dataclass(frozen=True, slots=True)
class Found:
    """What one target had to tell."""

    target: str
    items: int
    """How many items of ours are there."""
    bound: int
    """How many of them the ledger did not know."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilding brought back."""

    found: tuple[Found, ...]
    changes: tuple[Change, ...]
    """Ticks that the ledger did not have, and what was edited by hand."""
    strangers: Mapping[str, int]
    """Slugs that no roadmap has, each with how many items go by it: roadmaps that were renamed or are gone."""
    refused: tuple[Refused, ...]
    requests: Mapping[str, int]
    zone: tzinfo
    unread: Sequence[Complaint]


def rebuild(run: Run, targets: Sequence[str] = (), *, connect: Connect = connected) -> Rebuilt:
    """Put into the ledger what the targets tell; what it knows already stays, and nothing is written to them.

    Raises Busy where another run is at work, UsageError for a target that nothing has, UnsafePlan for an
    answer that is empty though the ledger knows of items there, and the first failure where every target
    failed. The failure of one leaves the others.
    """
    with only_run(run.state):
        asked = ask_each(run, targets, _as_read(run), connect, _looked)
        views = tuple(asked.answers.values())
        with open_ledger(run.state) as ledger, ledger.transaction():
            adopt_keys(ledger, views)
        schedules, unread = readings(run)
        items = {item.key: item for each in schedules for item in each.items}
        with open_ledger(run.state) as ledger:
            changes = [change for view in views for change in bound(view, ledger, items, now=run.now)]
    return Rebuilt(
        found=tuple(map(_found, views)),
        changes=told(changes, schedules),
        strangers=_strangers(views, {each.slug for each in schedules}),
        refused=asked.refused,
        requests=asked.requests,
        zone=ZoneInfo(run.config.timezone),
        unread=tuple(unread),
    )


def _as_read(run: Run) -> list[Schedule]:
    """The roadmaps as they read without the keys of the targets; nothing of it is remembered."""
    paths = existing(run)
    try:
        return [each.schedule for each in load(run, paths) if each.exportable] if paths else []
    except RoadmapUnreadable:
        return []  # told by the reading that follows


def _looked(target: Counted, ledger: Ledger) -> View:
    view = look(target, ledger)
    check_reading(target.name, view.reading, view.known)
    return view


def _found(view: View) -> Found:
    there = {remote.marker.key for remote in view.reading.items}
    return Found(view.target.name, len(there), len(there - view.known.bindings.keys()))


def _strangers(views: Iterable[View], slugs: set[str]) -> Mapping[str, int]:
    owners = {
        remote.marker.key: roadmap_of(remote.marker.key, view.known.renames)
        for view in views
        for remote in view.reading.items
    }
    return Counter(slug for slug in owners.values() if slug not in slugs)
