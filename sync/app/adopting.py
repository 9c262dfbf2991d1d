"""Keys that stand on a target and were never given on this computer: another one gave them, or the ledger is new.

A title that was reworded after its item was pushed would get a new key here, and with it a second item. So
such keys are remembered, under the titles that were pushed, and the texts are read by them once more.
"""

from collections.abc import Iterable

from sync.applying.absorbing import title_of
from sync.applying.looking import View
from sync.ledger.keys import Key, Keys
from sync.ledger.store import Ledger
from sync.model import Kind
from sync.planning.scopes import roadmap_of
from sync.remote import Remote, Target, fingerprint, read_imprint


def adopt_keys(ledger: Ledger, views: Iterable[View]) -> bool:
    """Remember the keys that nobody here knows, and tell whether there were any."""
    found: dict[str, dict[str, Key]] = {}
    for view in views:
        for remote in view.reading.items:
            key = None if remote.marker.key in view.known.bindings else _key(remote, view.target)
            if key is not None:
                found.setdefault(roadmap_of(key.key, view.known.renames), {}).setdefault(key.key, key)
    keys = Keys(ledger)
    new = {
        slug: some for slug, some in found.items() if some.keys() - {each.key for each in keys.all_keys(slug)}
    }
    for slug, some in new.items():
        keys.adopt(slug, some.values())
    return bool(new)


def _key(remote: Remote, target: Target) -> Key | None:
    """The key of an item as a reading would have remembered it; of a day of a series, that of the series."""
    key = remote.marker.key.partition("@")[0]
    slug, _, rest = key.partition("/")
    place, _, name = rest.partition("/")
    if not (slug and place and name) or "/" in name:
        return None  # the times set aside for an item follow from its own key
    title = _title(remote, target, name)
    kind = Kind.PERIOD if name == Kind.PERIOD else Kind.TASK
    return Key(key, place, kind.value, title, title)


def _title(remote: Remote, target: Target, name: str) -> str:
    """The title as we last wrote it; where a hand edited it, the words that the key was made of."""
    title = title_of(remote, target)
    written = read_imprint(remote.marker.imprint).get(target.fields[0])
    return title if fingerprint(title) == written else name.replace("-", " ")
