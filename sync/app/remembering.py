"""What a reading leaves in the ledger (keys, done marks), and what the ledger adds to a reading."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sync.ledger.store import FILE, Ledger, open_ledger

if TYPE_CHECKING:
    from sync.app.library import Memory
    from sync.ledger.progress import Standing
    from sync.model import Item, Schedule
    from sync.scheduling.identity import Known


@contextmanager
def memory(state: Path) -> Iterator["Memory"]:
    """The keys given to each roadmap before, from the ledger where there is one; reading makes none."""
    if not (state / FILE).exists():
        yield lambda _: ()
        return
    with open_ledger(state) as ledger:
        yield lambda slug: known_keys(ledger, slug)


def handed_over(state: Path) -> Mapping[str, str]:
    """Old slugs to the present ones, to which their keys and history went by `ledger rename`."""
    if not (state / FILE).exists():
        return {}
    from sync.ledger.keys import Keys  # noqa: PLC0415 - asked for only where something is read

    with open_ledger(state) as ledger:
        return Keys(ledger).renames()


def known_keys(ledger: Ledger, slug: str) -> list["Known"]:
    """What was ever given a key in this roadmap, under the words it had when last seen."""
    from sync.ledger.keys import Keys  # noqa: PLC0415 - asked for only where something is read
    from sync.model import Kind  # noqa: PLC0415
    from sync.scheduling.identity import Known  # noqa: PLC0415

    return [
        Known(each.key, each.place, each.latest, Kind(each.kind), each.gone)
        for each in Keys(ledger).all_keys(slug)
    ]


def remember(state: Path, schedules: Sequence["Schedule"], now: datetime) -> tuple[list["Schedule"], str]:
    """Keep the keys and done marks of some schedules.

    Gives them back with all that is done by now, and the `progress_token` of that moment.
    Raises LedgerError where the ledger cannot be written, and Busy where another run holds it.
    """
    from sync.ledger.keys import Key, Keys  # noqa: PLC0415 - an unchanged export remembers nothing new
    from sync.ledger.progress import Progress, marks_of  # noqa: PLC0415
    from sync.scheduling.expand import keys_of  # noqa: PLC0415

    with open_ledger(state) as ledger, ledger.transaction():
        for each in schedules:
            known = keys_of(each)
            keys = [Key(one.key, one.place, one.kind.value, one.title, one.title) for one in known]
            Keys(ledger).remember(each.slug, keys)
            Progress(ledger).see_marks(marks_of((item.key, item.done) for item in each.items), now)
        standings = Progress(ledger).standings()
        return with_progress(schedules, standings), _token(ledger, standings)


def with_known_progress(state: Path, schedules: Sequence["Schedule"]) -> list["Schedule"]:
    """The schedules with the ticks that the ledger knows; nothing is written."""
    from sync.ledger.progress import Progress  # noqa: PLC0415

    if not (state / FILE).exists():
        return list(schedules)
    with open_ledger(state) as ledger:
        return with_progress(schedules, Progress(ledger).standings())


def with_progress(schedules: Sequence["Schedule"], standings: Mapping[str, "Standing"]) -> list["Schedule"]:
    """The schedules with these ticks."""

    def _ticked(item: "Item") -> "Item":
        known = standings.get(item.key)
        if known is None:
            return item
        # a mark in the text has no time of its own; giving it the time of this reading would make feeds differ
        if known.done and item.done is True:
            return item
        return replace(item, done=known.since if known.done else None)

    return [replace(each, items=tuple(map(_ticked, each.items))) for each in schedules]


def progress_token(state: Path) -> str:
    """What moves whenever the ledger would add something else to a reading than before."""
    if not (state / FILE).exists():
        return ""
    from sync.ledger.progress import Progress  # noqa: PLC0415

    with open_ledger(state) as ledger:
        return _token(ledger, Progress(ledger).standings())


def _token(ledger: Ledger, standings: Mapping[str, "Standing"]) -> str:
    from sync.ledger.keys import Keys  # noqa: PLC0415

    ticks = sorted((key, known.done, known.since.isoformat()) for key, known in standings.items())
    renames = sorted(Keys(ledger).renames().items())
    # a ledger in which nobody ticked anything adds as little as none at all
    return repr((ticks, renames)) if ticks or renames else ""
