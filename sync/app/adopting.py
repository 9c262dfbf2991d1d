"""Keys that stand on a target as this ledger never wrote them: another computer did, or the ledger is new.

A title that was reworded or moved after its item was pushed would get a new key here, and with it a second
item. So such keys are remembered, under the titles that were pushed, and the texts are read by them once more.
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
    """Remember keys that others gave, or words that others wrote; tell whether the texts are to be read by them."""
    found: dict[str, dict[str, Key]] = {}
    for view in views:
        for remote in view.reading.items:
            key = _key(remote, view.target) if _is_news(remote, view) else None
            if key is not None:
                found.setdefault(roadmap_of(key.key, view.known.renames), {}).setdefault(key.key, key)
    keys = Keys(ledger)
    read_again = [slug for slug, some in found.items() if keys.adopt(slug, some.values())]
    return bool(read_again)


def _is_news(remote: Remote, view: View) -> bool:
    """Whether this ledger never wrote the item, or another computer wrote it later."""
    bound = view.known.bindings.get(remote.marker.key)
    return bound is None or bound.revision < remote.marker.revision


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
