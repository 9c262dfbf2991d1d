"""The last reading of each roadmap: the dated items that `status` and `done` need, so that neither parses.

    Schedules(ledger).save(schedule, stamp)      # after reading a changed file
    Schedules(ledger).load("algorithms")         # Snapshot or None

`stamp` is whatever tells whether a reading is still good (content hash, reader version, configuration);
it is opaque here.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from sync.ledger.store import Ledger, Row

if TYPE_CHECKING:
    from sync.model import Item, Schedule


class Planned(NamedTuple):
    """One item as the last reading dated it."""

    key: str
    phase: str | None
    kind: str
    """A value of `model.Kind`; plain text, because looking at what is stored needs no model."""
    title: str
    start: date | datetime | None
    """A date for whole days, a zoned moment else; None where it is undated."""
    until: date | None
    """The first day after it."""
    tick: bool
    minutes: int | None
    parent: str | None


class Head(NamedTuple):
    """What is known of a roadmap as a whole since it was last read."""

    slug: str
    title: str
    file: str
    start: date | None
    last: date | None
    """The last day of the plan, inclusive."""


class Snapshot(NamedTuple):
    """One roadmap as last read."""

    slug: str
    title: str
    file: str
    timezone: str
    start: date | None
    last: date | None
    """The last day of the plan, inclusive."""
    stamp: str
    items: tuple[Planned, ...]
    """In the order of the text."""


class Schedules:
    """The snapshots, on an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, schedule: "Schedule", stamp: str) -> None:
        """Put this reading in the place of the roadmap's last one."""
        with self._ledger.transaction():
            self.drop(schedule.slug)
            self._ledger.run(
                "INSERT INTO roadmaps VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    schedule.slug, schedule.title, schedule.file, schedule.timezone,
                    _written(schedule.start), _written(schedule.end), stamp,
                ),
            )  # fmt: skip
            self._ledger.run_each(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(schedule.slug, place, *_row(item)) for place, item in enumerate(schedule.items)],
            )

    def drop(self, slug: str) -> None:
        """Take a roadmap out of the snapshots; its keys, progress and bindings stay."""
        with self._ledger.transaction():
            self._ledger.run("DELETE FROM items WHERE slug = ?", (slug,))
            self._ledger.run("DELETE FROM roadmaps WHERE slug = ?", (slug,))

    def stamps(self) -> dict[str, tuple[str, str]]:
        """Return slug to (file, stamp) of every snapshot, to see which readings are still good."""
        return {
            slug: (file, stamp)
            for slug, file, stamp in self._ledger.rows("SELECT slug, file, stamp FROM roadmaps")
        }

    def heads(self) -> list[Head]:
        """Return every roadmap that was read, in the order of the slugs."""
        rows = self._ledger.rows("SELECT slug, title, file, start, last FROM roadmaps ORDER BY slug")
        return [Head(slug, title, file, _day(start), _day(last)) for slug, title, file, start, last in rows]

    def load(self, slug: str) -> Snapshot | None:
        """Return the last reading of a roadmap, or None where there is none."""
        head = self._ledger.rows(
            "SELECT slug, title, file, timezone, start, last, stamp FROM roadmaps WHERE slug = ?", (slug,)
        )
        if not head:
            return None
        _, title, file, timezone, start, last, stamp = head[0]
        rows = self._ledger.rows(
            "SELECT key, phase, kind, title, start, until, tick, minutes, parent FROM items"
            " WHERE slug = ? ORDER BY position",
            (slug,),
        )
        items = tuple(planned(row) for row in rows)
        return Snapshot(slug, title, file, timezone, _day(start), _day(last), stamp, items)


def _row(item: "Item") -> Row:
    from sync.planning.days import day_after  # noqa: PLC0415 - only a new reading is written

    return (
        item.key, item.phase, str(item.kind), item.title, _written(_start(item)), _written(day_after(item)),
        item.tick, item.minutes, item.parent,
    )  # fmt: skip


def _start(item: "Item") -> date | datetime | None:
    from sync.model import Days  # noqa: PLC0415

    if item.span is None:
        return None
    return item.span.first if isinstance(item.span, Days) else item.span.begin


def planned(row: Row) -> Planned:
    """Read one row of the columns key, phase, kind, title, start, until, tick, minutes, parent."""
    key, phase, kind, title, start, until, tick, minutes, parent = row
    begin = datetime.fromisoformat(start) if start is not None and "T" in start else _day(start)
    return Planned(key, phase, kind, title, begin, _day(until), bool(tick), minutes, parent)


def _written(when: date | datetime | None) -> str | None:
    return None if when is None else when.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
