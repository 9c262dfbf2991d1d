"""What was done: an append-only log of ticks, unticks and check-ins.

Nothing here is ever changed or deleted (a trigger refuses it). Whether an item is done follows from
the log alone: its last tick or untick *by time* counts, so reports may come late and in any order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from sync.errors import UsageError
from sync.ledger.store import Ledger, Row

TEXT = "text"
"""The source of what was read in the roadmap itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    key: str
    kind: Literal["done", "undone", "checkin"]
    at: datetime
    """When it happened, zoned; kept in UTC."""
    source: str
    """Where it was seen: `text`, `cli`, or the name of a target."""
    hours: float | None = None
    energy: int | None = None
    """From 1 to 10."""
    note: str = ""


class Standing(NamedTuple):
    """Whether an item is done, and since when."""

    done: bool
    since: datetime
    """The earliest of the reports that agree: a tick seen on two devices counts once."""


class Progress:
    """The log, on an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def record(self, *entries: Entry) -> int:
        """Append entries and return how many were new; the same tick from the same source is one entry."""
        for entry in entries:
            _check(entry)
        with self._ledger.transaction():
            return self._ledger.run_each(
                "INSERT OR IGNORE INTO progress (key, kind, at, source, hours, energy, note)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(e.key, e.kind, stored(e.at), e.source, e.hours, e.energy, e.note) for e in entries],
            )

    def see_marks(self, marks: Mapping[str, datetime | bool | None], now: datetime) -> int:
        """Take in the done marks of a freshly read roadmap, and return how many entries they made.

        Only a mark that *changed in the text* says anything. One that still stands there after an
        `undo` is old news; one that vanished takes back a tick only if that tick came from the text,
        so that re-pasting a bare document never costs a tick made on the phone.
        """
        with self._ledger.transaction():
            before = {key: bool(done) for key, done in self._ledger.rows("SELECT key, done FROM marks")}
            changed = {
                key: mark
                for key, mark in marks.items()
                if bool(mark) != before.get(key, False) or key not in before
            }
            self._ledger.run_each(
                "INSERT OR REPLACE INTO marks VALUES (?, ?)",
                [(key, bool(mark)) for key, mark in changed.items()],
            )
            return self.record(
                *(
                    Entry(
                        key, "done" if mark else "undone", mark if isinstance(mark, datetime) else now, TEXT
                    )
                    for key, mark in changed.items()
                    if mark or (before.get(key) and self._was_ticked_in_text(key))
                )
            )

    def standings(self, slug: str | None = None) -> dict[str, Standing]:
        """Return where every item with an entry stands; with `slug`, those in that roadmap's last reading."""
        query = "SELECT key, done, since FROM standing"
        if slug is not None:
            query += " WHERE key IN (SELECT key FROM items WHERE slug = ?)"
        rows = self._ledger.rows(query, () if slug is None else (slug,))
        return {key: Standing(bool(done), loaded(since)) for key, done, since in rows}

    def standing(self, key: str) -> Standing | None:
        """Return where one item stands, or None where nobody ever ticked it."""
        rows = self._ledger.rows("SELECT done, since FROM standing WHERE key = ?", (key,))
        return Standing(bool(rows[0][0]), loaded(rows[0][1])) if rows else None

    def entries(self, key: str | None = None) -> list[Entry]:
        """Return the log, or one item's part of it, in order of time."""
        query = "SELECT key, kind, at, source, hours, energy, note FROM progress"
        if key is not None:
            query += " WHERE key = ?"
        rows = self._ledger.rows(query + " ORDER BY at, id", () if key is None else (key,))
        return [_entry(row) for row in rows]

    def _was_ticked_in_text(self, key: str) -> bool:
        last = self._ledger.rows(
            "SELECT kind, source FROM progress WHERE key = ? AND kind <> 'checkin'"
            " ORDER BY at DESC, id DESC LIMIT 1",
            (key,),
        )
        return last == [("done", TEXT)]


def stored(at: datetime) -> str:
    """Write a moment as UTC text of fixed width, whose order is the order of time."""
    if at.tzinfo is None:
        raise UsageError(
            f"The time {at.isoformat()} has no zone.", "Give it one, for example by adding Z for UTC."
        )
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def loaded(at: str) -> datetime:
    """Read back what `stored` wrote."""
    return datetime.fromisoformat(at)


def _entry(row: Row) -> Entry:
    key, kind, at, source, hours, energy, note = row
    return Entry(key, kind, loaded(at), source, hours, energy, note)


def _check(entry: Entry) -> None:
    if entry.energy is not None and not 1 <= entry.energy <= 10:
        raise UsageError(
            f"An energy of {entry.energy} is outside the scale.", "Give a whole number from 1 to 10."
        )
    if entry.hours is not None and not 0 <= entry.hours <= 24:
        raise UsageError(f"{entry.hours:g} hours do not fit into a day.", "Give a number from 0 to 24.")


def marks_of(items: Iterable[tuple[str, datetime | bool | None]]) -> dict[str, datetime | bool | None]:
    """Gather (key, done) pairs into what `see_marks` takes; where a key comes twice, a tick wins."""
    marks: dict[str, datetime | bool | None] = {}
    for key, done in items:
        marks[key] = marks.get(key) or done
    return marks
