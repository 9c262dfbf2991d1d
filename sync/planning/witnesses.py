"""The three witnesses of every decision: what the roadmap wants, what is there, what we last wrote.

What is there is a `Remote` (see the port); the other two stand here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sync.model import Item
from sync.planning.days import day_after
from sync.remote import Fields, imprint


@dataclass(frozen=True, slots=True)
class Draft:
    """The first witness: an item as the roadmap wants it, in the shape the target can hold."""

    key: str
    uid: str
    title: str
    phase: str | None
    fields: Fields
    imprint: str
    past: bool
    """Whether its last day lies before today."""
    done: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """The third witness: what the ledger remembers of our last write to one item on one target."""

    key: str
    roadmap: str
    phase: str | None
    title: str
    remote_id: str
    revision: int
    """Of the write it remembers."""
    imprint: str
    """Of the fields as they were after that write."""
    live: bool = True
    """False once forgotten: we deleted it ourselves, or it went on both sides."""
    issued: int = 0
    """The highest revision ever given out, also for writes that did not succeed; it outlives the rest."""


def drafts(items: Iterable[Item], shape: Callable[[Item], Fields | None], today: date) -> list[Draft]:
    """Shape every item the target has a place for, in the order of the roadmap."""
    shaped = ((item, shape(item)) for item in items)
    return [_draft(item, fields, today) for item, fields in shaped if fields is not None]


def _draft(item: Item, fields: Fields, today: date) -> Draft:
    over = day_after(item)
    return Draft(
        key=item.key,
        uid=item.uid,
        title=item.title,
        phase=item.phase,
        fields=fields,
        imprint=imprint(fields),
        past=over is not None and over <= today,
        done=bool(item.done),
    )
