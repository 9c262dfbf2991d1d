"""The counts that `status` shows, straight from the last readings and the standings."""

from collections import Counter
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from sync.ledger.progress import loaded
from sync.ledger.schedules import Planned, planned
from sync.ledger.store import Ledger

_COLUMNS = "i.key, i.phase, i.kind, i.title, i.start, i.until, i.tick, i.minutes, i.parent"
_OPEN = "FROM items AS i LEFT JOIN standing AS s USING (key) WHERE i.tick AND ifnull(s.done, 0) = 0"


class Tally(NamedTuple):
    """How far one phase of one roadmap has come; only items that are to be ticked are counted."""

    slug: str
    phase: str | None
    done: int
    total: int
    late: int
    """Open though over before today."""
    due_today: int
    """Open, and today is their last day."""


class Facts:
    """Questions of `status`, on an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def tallies(self, today: date) -> list[Tally]:
        """Return the tally of every phase of every roadmap, phases in the order of the text."""
        rows = self._ledger.rows(
            "SELECT i.slug, i.phase, sum(ifnull(s.done, 0)), count(*),"
            " sum(ifnull(s.done, 0) = 0 AND ifnull(i.until <= ?, 0)),"
            " sum(ifnull(s.done, 0) = 0 AND ifnull(i.until = ?, 0))"
            " FROM items AS i LEFT JOIN standing AS s USING (key) WHERE i.tick"
            " GROUP BY i.slug, i.phase ORDER BY i.slug, min(i.position)",
            (today.isoformat(), _tomorrow(today)),
        )
        return [Tally(*row) for row in rows]

    def due(self, slug: str, today: date) -> list[Planned]:
        """Return the open items whose last day is today, in the order of the text."""
        return self._open(slug, "AND i.until = ? ORDER BY i.position", _tomorrow(today))

    def late(self, slug: str, today: date) -> list[Planned]:
        """Return the open items that were over before today, the longest waiting first."""
        return self._open(slug, "AND i.until <= ? ORDER BY i.until, i.position", today.isoformat())

    def coming(self, slug: str, today: date, limit: int = 1) -> list[Planned]:
        """Return the next open items whose last day is still to come, the nearest first."""
        end = f"AND i.until > ? ORDER BY i.until, i.position LIMIT {int(limit)}"
        return self._open(slug, end, _tomorrow(today))

    def done_days(self, slug: str, zone: tzinfo) -> Counter[date]:
        """Return how many items were finished on which day, the day taken in `zone`."""
        rows = self._ledger.rows(
            "SELECT s.since FROM items AS i JOIN standing AS s USING (key)"
            " WHERE i.slug = ? AND i.tick AND s.done",
            (slug,),
        )
        return Counter(loaded(since).astimezone(zone).date() for (since,) in rows)

    def find(self, text: str) -> list[tuple[str, Planned]]:
        """Return (slug, item) for what a person may mean: that key, else titles or keys holding the text."""
        exact = self._found("i.key = ?", text)
        if exact:
            return exact
        return self._found("instr(lower(i.title), lower(?)) OR instr(i.key, lower(?))", text, text)

    def _found(self, condition: str, *values: str) -> list[tuple[str, Planned]]:
        rows = self._ledger.rows(
            f"SELECT i.slug, {_COLUMNS} FROM items AS i WHERE {condition} ORDER BY i.slug, i.position",  # noqa: S608  # fixed texts
            values,
        )
        return [(row[0], planned(row[1:])) for row in rows]

    def _open(self, slug: str, end: str, day: str) -> list[Planned]:
        rows = self._ledger.rows(f"SELECT {_COLUMNS} {_OPEN} AND i.slug = ? {end}", (slug, day))
        return [planned(row) for row in rows]


def _tomorrow(today: date) -> str:
    return (today + timedelta(days=1)).isoformat()
