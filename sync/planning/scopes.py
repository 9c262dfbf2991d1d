"""What is being pushed: a roadmap, or one phase of it.

All witnesses are cut by the same keys before anything is compared; else pushing the second phase
would read as "the first is no longer wanted". An item belongs to the phase in which the roadmap has
it now. Only where the roadmap has it no longer, its last known phase counts; and where nothing is
known of that, it belongs to no phase, and only a push of the whole roadmap is about it.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sync.planning.witnesses import Binding, Draft


@dataclass(frozen=True, slots=True)
class Scope:
    """One roadmap, or one of its phases."""

    roadmap: str
    phase: str | None = None
    """The key of the phase; None for the whole roadmap."""


def keys_within(
    scope: Scope,
    drafts: Mapping[str, Draft],
    bindings: Mapping[str, Binding],
    seen: AbstractSet[str],
    renames: Mapping[str, str],
) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """Return the keys that this push is about: those the roadmap has, and those it has no longer.

    `drafts` is what the whole roadmap wants, `bindings` what was ever written to the target, `seen`
    the keys of what is there, and `renames` old slugs to present ones.
    """
    phase = scope.phase
    lost = {
        key
        for key in bindings.keys() - drafts.keys()
        if bindings[key].roadmap == scope.roadmap and phase in (None, bindings[key].phase)
    }
    if phase is not None:
        return {key for key, draft in drafts.items() if draft.phase == phase}, lost
    strangers = seen - drafts.keys() - bindings.keys()
    return drafts.keys(), lost | {key for key in strangers if roadmap_of(key, renames) == scope.roadmap}


def roadmap_of(key: str, renames: Mapping[str, str]) -> str:
    """Return the present slug of the roadmap whose name a key begins with."""
    slug = key.partition("/")[0]
    return renames.get(slug, slug)
