"""A lost ledger, made again from what the items themselves tell."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sync.applying.absorbing import Change, absorb, title_of
from sync.applying.looking import View, look
from sync.ledger.bindings import Bindings
from sync.ledger.store import Ledger
from sync.model import Item
from sync.planning.comparing import sightings
from sync.planning.scopes import roadmap_of
from sync.planning.witnesses import Binding
from sync.remote import Remote, Target


def rebuild(
    target: Target, ledger: Ledger, items: Mapping[str, Item], *, now: datetime
) -> tuple[Change, ...]:
    """Bind everything of ours that is on the target, and take in its ticks; return those.

    `items` are all roadmaps' items by key: they tell title and phase. Hand edits stay visible as
    such, since each item carries the imprint of our last write. What the ledger already knows stays.
    """
    return bound(look(target, ledger), ledger, items, now=now)


def bound(view: View, ledger: Ledger, items: Mapping[str, Item], *, now: datetime) -> tuple[Change, ...]:
    """Do the same with a target that was looked at already."""
    bindings = Bindings(ledger, view.target.name)
    there, _ = sightings(view.reading.items, view.known.bindings)
    slugs = {item.roadmap for item in items.values()}
    found = [
        _binding(remote, items.get(key), view)
        for key, remote in there.items()
        if key not in view.known.bindings
        # what a readable roadmap lacks may stand in a newer copy of it elsewhere: it stays a stranger
        and (key in items or roadmap_of(key, view.known.renames) not in slugs)
    ]
    with ledger.transaction():
        bindings.remember(found)
        return absorb(replace(view, known=bindings.known()), ledger, now)


def _binding(remote: Remote, item: Item | None, view: View) -> Binding:
    marker = remote.marker
    return Binding(
        key=marker.key,
        roadmap=roadmap_of(marker.key, view.known.renames) if item is None else item.roadmap,
        phase=None if item is None else item.phase,
        title=title_of(remote, view.target) if item is None else item.title,
        remote_id=remote.id,
        revision=marker.revision,
        imprint=marker.imprint,
        issued=marker.revision,
    )
