"""Items as fields, and fields as items again: what a push compares, and what it writes from.

Reading `restored(shape(item))` gives an item that looks the same in a feed, so that a push and an
export write the same bytes.
"""

from dataclasses import dataclass
from datetime import date

from sync.model import Days, Item, Kind, Source
from sync.remote import Fields
from sync.shaping.moments import ONE_DAY
from sync.shaping.series import is_occurrence
from sync.shaping.spans import read_repeats, read_when, repeats, when
from sync.shaping.wording import clean, done_text, heading, kind_text, read_done, read_kind

FIELDS = ("title", "when", "repeats", "kind", "part of", "done", "notes")
TIMES = frozenset({"when", "repeats"})

NOWHERE = Source("", 0, 0)


def shape(item: Item) -> Fields | None:
    """Return the item as a feed can hold it; what is neither dated nor work has no place there.

    An occurrence of a series that is not to be ticked is a part of the series and nothing of its own.
    Raises `ConfigError` for an unknown zone.
    """
    if not _has_place(item):
        return None
    return {
        "title": heading(item),
        "when": when(item),
        "repeats": repeats(item.recurrence) if item.span else "",
        "kind": kind_text(item),
        "part of": item.parent or "",
        "done": done_text(item),
        "notes": clean(item.notes),
    }


def _has_place(item: Item) -> bool:
    if is_work(item):
        return True
    return item.span is not None and not is_occurrence(item)


def is_work(item: Item) -> bool:
    """Tell whether it stands in the list of tasks."""
    return item.tick or item.kind is Kind.DEADLINE


@dataclass(frozen=True, slots=True)
class Restored:
    """An item made from fields; `odd` are those that say when in a way that only the file itself can."""

    item: Item
    odd: frozenset[str] = frozenset()


def restored(key: str, uid: str, slug: str, fields: Fields, otherwise: date) -> Restored:
    """Return the item that these fields describe; an odd time is replaced by the day `otherwise`."""
    kind, tick = read_kind(fields["kind"])
    span, recurrence = read_when(fields["when"]), read_repeats(fields["repeats"])
    if fields["when"] and span is None:
        span = Days(otherwise, otherwise + ONE_DAY)
    item = Item(
        key=key,
        uid=uid,
        roadmap=slug,
        phase=None,
        path=(),
        kind=kind,
        title=fields["title"],
        notes=fields["notes"],
        span=span,
        source=NOWHERE,
        recurrence=recurrence,
        tick=tick,
        done=read_done(fields["done"]) or None,
        parent=fields["part of"] or None,
    )
    odd = {
        name
        for name, text in (("when", when(item)), ("repeats", repeats(recurrence)))
        if text != fields[name]
    }
    return Restored(item, frozenset(odd))
