"""Items as fields, and fields as items again: what a push compares, and what it writes from.

Reading `restored(shape(item))` gives an item that looks the same in a feed, so that a push and an
export write the same bytes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sync.model import Days, Item, Kind, Source
from sync.remote import Fields
from sync.targets.ics.moments import ONE_DAY
from sync.targets.ics.spans import read_repeats, read_when, repeats, when
from sync.targets.ics.wording import clean, heading

FIELDS = ("title", "when", "repeats", "kind", "part of", "done", "notes")
TIMES = frozenset({"when", "repeats"})

KINDS = frozenset(Kind)
TICKED = " to tick"
KIND_TEXTS = {(kind, tick): f"{kind}{TICKED if tick else ''}" for kind in Kind for tick in (False, True)}
DONE = "done"
AT = f"{DONE} %Y-%m-%d %H:%M:%S UTC"
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


def is_occurrence(item: Item) -> bool:
    """Tell whether it is one day of a series: its key is `SERIES@date` below that series."""
    return item.parent is not None and item.key.startswith(f"{item.parent}@")


def kind_text(item: Item) -> str:
    """Return the kind, and whether it is to be ticked."""
    return KIND_TEXTS[item.kind, item.tick]


def done_text(item: Item) -> str:
    """Return whether it is done and since when, in whole seconds; empty while it is open."""
    if isinstance(item.done, datetime):
        return f"{item.done.astimezone(UTC):{AT}}"
    return DONE if item.done else ""


def read_done(text: str) -> datetime | bool:
    """Return what `done_text` was made from."""
    try:
        return datetime.strptime(text, AT).replace(tzinfo=UTC)
    except ValueError:
        return bool(text)


@dataclass(frozen=True, slots=True)
class Restored:
    """An item made from fields; `odd` are those that say when in a way that only the file itself can."""

    item: Item
    odd: frozenset[str] = frozenset()


def restored(key: str, uid: str, slug: str, fields: Fields, otherwise: date) -> Restored:
    """Return the item that these fields describe; an odd time is replaced by the day `otherwise`."""
    kind, tick, _ = fields["kind"].partition(TICKED)
    span, recurrence = read_when(fields["when"]), read_repeats(fields["repeats"])
    if fields["when"] and span is None:
        span = Days(otherwise, otherwise + ONE_DAY)
    item = Item(
        key=key,
        uid=uid,
        roadmap=slug,
        phase=None,
        path=(),
        kind=Kind(kind) if kind in KINDS else Kind.TASK,
        title=fields["title"],
        notes=fields["notes"],
        span=span,
        source=NOWHERE,
        recurrence=recurrence,
        tick=bool(tick),
        done=read_done(fields["done"]) or None,
        parent=fields["part of"] or None,
    )
    odd = {
        name
        for name, text in (("when", when(item)), ("repeats", repeats(recurrence)))
        if text != fields[name]
    }
    return Restored(item, frozenset(odd))
