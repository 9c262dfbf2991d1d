"""What the writes of a push make of our items; no byte is touched yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.errors import ItemChanged, ItemVanished, TargetError, TargetRefused
from sync.remote import Failed, Fields, Intent, Landed, Marker, Op
from sync.targets.ics.facts import MARKER, PIECE
from sync.targets.ics.folder import Feeds, names_of
from sync.targets.ics.parsing import Component
from sync.targets.ics.witness import HASH


@dataclass(frozen=True, slots=True)
class State:
    """One of our items, before or after a push."""

    key: str
    uid: str
    slug: str
    fields: Fields
    marker: Marker
    version: str = ""


@dataclass(slots=True)
class Change:
    """All of our items before and after, and how each write ended."""

    before: dict[str, State]
    after: dict[str, State]
    changed: dict[str, frozenset[str]] = field(default_factory=dict)
    """Keys that are written, each with the fields that an update changes; all of them for a creation."""
    results: list[Landed | Failed] = field(default_factory=list)

    def slugs(self) -> set[str]:
        """Return the roadmaps whose files are concerned."""
        states = (each.get(key) for key in self.changed for each in (self.before, self.after))
        return {state.slug for state in states if state is not None}


def decide(
    feeds: Feeds, intents: Sequence[Intent], homes: Mapping[str, str], carried_out: Collection[str]
) -> Change:
    """Carry out the writes on what the feeds hold.

    `homes` tells the roadmap of a key where its slug is not the first part of it, `carried_out` the
    writes that the folder has seen already.
    """
    wanted = {intent.key: intent.remote_id or intent.uid for intent in intents}
    before = _states(feeds, wanted)
    change = Change(before, dict(before))
    strangers = {slug: _strangers(feeds, slug) for slug in feeds.slugs()}
    for intent in intents:
        slug = homes.get(intent.key, intent.key.partition("/")[0])
        error = _carried(change, intent, slug, strangers.get(slug, frozenset()), carried_out)
        if error is None:
            landed = change.before.get(intent.key) if intent.op is Op.CREATE else None
            change.results.append(
                Landed(intent.key, landed.uid if landed else intent.remote_id or intent.uid)
            )
        else:
            change.results.append(Failed(intent.key, error))
    return change


def _states(feeds: Feeds, wanted: Mapping[str, str]) -> dict[str, State]:
    """Return one state for each key: of several copies the one that is meant, else the first."""
    states: dict[str, State] = {}
    for (key, uid), held in feeds.held.items():
        if key in states and wanted.get(key) != uid:
            continue
        remote = held.remote()
        states[key] = State(key, uid, held.slug, remote.fields, remote.marker, remote.version)
    return states


def _strangers(feeds: Feeds, slug: str) -> frozenset[str]:
    found = [feeds.parts[name].components for name in names_of(slug) if name in feeds.parts]
    return frozenset(each.text("UID") for some in found for each in some if not is_made(each))


def is_made(component: Component) -> bool:
    """Tell whether we made a component, or somebody copied one that we made."""
    return any(component.line(name) for name in (MARKER, PIECE, HASH))


def _carried(
    change: Change, intent: Intent, slug: str, strangers: Collection[str], carried_out: Collection[str]
) -> TargetError | None:
    """Carry out one write, or return why not."""
    there = change.after.get(intent.key)
    if intent.op is not Op.CREATE:
        if there is None or there.uid != intent.remote_id:
            return None if intent.op is Op.DELETE else _vanished()
        return _changed(change, intent, there)
    if there is not None and there.marker.revision >= intent.marker.revision:
        return None
    if there is None and intent.payload is not None and intent.payload.decode() in carried_out:
        return _vanished()
    if intent.uid in strangers:
        return TargetRefused(
            f"The feed of {slug} has something else under the same UID, {intent.uid}.",
            "Give that another UID or take it out of the file, then push again.",
        )
    assert intent.fields is not None  # a creation says everything
    change.changed[intent.key] = frozenset(intent.fields)
    change.after[intent.key] = State(intent.key, intent.uid, slug, intent.fields, intent.marker)
    return None


def _changed(change: Change, intent: Intent, there: State) -> TargetError | None:
    """Update or delete what is there."""
    if intent.op is Op.UPDATE and there.marker.revision >= intent.marker.revision:
        return None
    if intent.version not in ("", there.version):
        return ItemChanged("The feed was edited at the same moment.", "Push again to merge the two.")
    if intent.fields is None:
        change.changed[intent.key] = frozenset()
        del change.after[intent.key]
        return None
    new = {name: intent.fields[name] for name in intent.changed}
    change.changed[intent.key] = frozenset(new)
    change.after[intent.key] = replace(there, fields={**there.fields, **new}, marker=intent.marker)
    return None


def _vanished() -> ItemVanished:
    return ItemVanished("The item is no longer in the feed.", "Push with --restore to bring it back.")
