"""What a shell may offer for a half-typed item, from the last readings: nothing is parsed and nothing made."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from sync.app.ticking import FOR_TICKS
from sync.ledger.keys import Keys
from sync.ledger.progress import Progress, Standing
from sync.ledger.schedules import Planned, Schedules
from sync.ledger.store import FILE, open_ledger

SPECIAL = frozenset("\"'`$&|;<>()*?[]{}!#~\\^")
"""Characters that a shell would take for its own; words with one are not offered, since nothing quotes them."""

Wanted = Callable[[Planned, bool], bool]
"""Whether an item is offered, told whether it is done."""
Offer = tuple[str, str]
"""What is put on the command line, and what explains it there."""


def can_be_done(item: Planned, done: bool) -> bool:  # noqa: FBT001 - one of several of one shape
    """What `done` may mean: open work."""
    return not done and (item.tick or item.kind in FOR_TICKS)


def can_be_undone(item: Planned, done: bool) -> bool:  # noqa: FBT001
    """What `undo` may mean: finished work."""
    return done and (item.tick or item.kind in FOR_TICKS)


def anything(_: Planned, done: bool) -> bool:  # noqa: FBT001
    """What `checkin` may mean."""
    del done  # work can be checked in before and after
    return True


def offers(state: Path, today: date, wanted: Wanted, earlier: Sequence[str], begun: str) -> list[Offer]:
    """What may stand in the place of the word begun: a key, or the next word of a title.

    `earlier` are the words of the item before it. Raises LedgerError and Busy.
    """
    if not (state / FILE).exists():
        return []
    with open_ledger(state) as ledger:
        readings = Schedules(ledger)
        items = [item for slug in readings.stamps() for item in _items(readings, slug)]
        standings = Progress(ledger).standings()
    fit = [item for item in items if wanted(item, _done(standings, item))]
    keys = [] if earlier else _keys(fit, today, begun)
    return keys or list(
        dict.fromkeys((word, "") for item in fit for word in _next(item.title, earlier, begun))
    )


def vanished(state: Path, present: Collection[str]) -> list[str]:
    """The roadmaps that the ledger knows and that have no file any more. Raises LedgerError and Busy."""
    if not (state / FILE).exists():
        return []
    with open_ledger(state) as ledger:
        return [slug for slug in Keys(ledger).slugs() if slug not in present]


def _items(readings: Schedules, slug: str) -> Sequence[Planned]:
    found = readings.load(slug)
    return found.items if found is not None else ()


def _done(standings: Mapping[str, Standing], item: Planned) -> bool:
    standing = standings.get(item.key)
    return standing is not None and standing.done


def _keys(items: Iterable[Planned], today: date, begun: str) -> list[Offer]:
    """The keys that begin so; of the days of a series the one nearest to today, since bash ends a word at an @."""
    found: dict[str, Planned] = {}
    for item in items:
        whole = item.key.partition("@")[0]
        if item.key.startswith(begun):
            nearer = whole not in found or _distance(item, today) < _distance(found[whole], today)
            found[whole] = item if nearer else found[whole]
    return [(item.key, item.title) for item in found.values()]


def _distance(item: Planned, today: date) -> int:
    day = item.start.date() if isinstance(item.start, datetime) else item.start
    return abs((day - today).days) if day is not None else 0


def _next(title: str, earlier: Sequence[str], begun: str) -> Iterator[str]:
    """The words of a title that begin so, right after the earlier ones."""
    words = title.split()
    lower = [word.casefold() for word in words]
    before, length = [word.casefold() for word in earlier], len(earlier)
    for at, word in enumerate(words[length:]):
        follows = lower[at : at + length] == before
        if follows and lower[at + length].startswith(begun.casefold()) and not SPECIAL & set(word):
            yield word
