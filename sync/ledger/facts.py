"""What `status` shows and `done` asks, straight from the last readings, the standings and the log.

The counting is SQLite's: rows leave it grouped, so that thousands of items cost a few milliseconds.
"""

from datetime import date
from functools import cached_property
from typing import NamedTuple

from sync.ledger.keys import Keys
from sync.ledger.schedules import Planned, planned
from sync.ledger.store import Ledger

_COLUMNS = "i.key, i.phase, i.kind, i.title, i.start, i.until, i.tick, i.minutes, i.parent"
_STANDING = "items AS i LEFT JOIN standing AS s USING (key)"
_POINTS = "i.kind IN ('milestone', 'deadline')"

# Every target is found by a search of its own: the table begins with it, and a scan would read every row.
_TARGETS = """WITH RECURSIVE targets (name) AS (
        SELECT min(target) FROM bindings
        UNION ALL SELECT (SELECT min(target) FROM bindings WHERE target > name) FROM targets WHERE name NOT NULL
    )"""
_LIVE = "targets JOIN bindings AS b ON b.target = name AND b.key = i.key AND b.live"
_REMOVED = f"""{_TARGETS}
    SELECT DISTINCT i.slug, i.phase, i.until, i.key, i.tick
    FROM sights AS seen CROSS JOIN items AS i USING (key) -- in this order: few were removed of many items
    LEFT JOIN standing AS s USING (key)
    WHERE NOT seen.present AND NOT ifnull(s.done, 0)
    AND EXISTS (SELECT 1 FROM {_LIVE})
    AND NOT EXISTS (
        SELECT 1 FROM {_LIVE} LEFT JOIN sights AS there ON there.target = b.target AND there.key = b.key
        WHERE ifnull(there.present, 1)
    )"""  # noqa: S608  # fixed texts

# An index finds all keys that begin with a slug: what follows it is a slash, and after that sign comes 0.
_OF_ROADMAP = "p.kind = 'checkin' AND p.key >= ? || '/' AND p.key < ? || '0'"


class Work(NamedTuple):
    """The items to be ticked of one phase that are due on one day, counted."""

    phase: str | None
    until: date | None
    """The first day after; None for what has no date."""
    total: int
    done: int
    last: str
    """When the last of them was done, as the ledger writes it; empty where none is."""


class Removed(NamedTuple):
    """An open item that somebody took out of every calendar and list it was pushed to."""

    slug: str
    phase: str | None
    until: date | None
    key: str
    work: bool
    """Whether it is to be ticked; milestones and meetings can be removed, too."""


class CheckIns(NamedTuple):
    """What the check-ins of one roadmap add up to."""

    number: int
    hours: float
    recent: float
    """Hours since the moment that was asked for."""
    energy: float | None
    """The mean of those that name one; None where none does."""
    note: str
    """The last one; empty where there is none."""


class Said(NamedTuple):
    """One check-in."""

    title: str
    """Of the item it is about; its key where the text has it no more."""
    at: str
    hours: float | None
    energy: int | None
    note: str


class Facts:
    """Questions about the last readings, on an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def _renames(self) -> dict[str, str]:
        return Keys(self._ledger).renames()

    def work(self, slug: str) -> list[Work]:
        """Return what is to be ticked in a roadmap, counted by phase and by the day it is due."""
        rows = self._ledger.rows(
            "SELECT i.phase, i.until, count(*), sum(ifnull(s.done, 0)), max(iif(s.done, s.since, ''))"  # noqa: S608
            f" FROM {_STANDING} WHERE i.slug = ? AND i.tick GROUP BY i.phase, i.until",
            (slug,),
        )
        return [Work(phase, _day(until), total, done, last) for phase, until, total, done, last in rows]

    def removed(self) -> list[Removed]:
        """Return the open items that were taken out by hand on the other side, wherever they were.

        One that is still in another calendar or list, or was pushed there and not looked at since, is
        not among them: only from there it was removed.
        """
        rows = self._ledger.rows(_REMOVED)
        return [Removed(slug, phase, _day(until), key, bool(work)) for slug, phase, until, key, work in rows]

    def points(self, slug: str) -> list[tuple[Planned, bool]]:
        """Return phases, milestones and deadlines with whether each is done, in the order of the text."""
        rows = self._ledger.rows(
            f"SELECT {_COLUMNS}, ifnull(s.done, 0) FROM {_STANDING}"  # noqa: S608  # fixed texts
            f" WHERE i.slug = ? AND (i.key = i.phase OR {_POINTS}) ORDER BY i.position",
            (slug,),
        )
        return [(planned(row[:-1]), bool(row[-1])) for row in rows]

    def open_until(self, slug: str, day: date, limit: int) -> list[Planned]:
        """Return open items that are over on that day, the longest waiting first."""
        return self._open("AND i.until <= ? ORDER BY i.until, i.position", slug, day, limit)

    def open_after(self, slug: str, day: date, limit: int) -> list[Planned]:
        """Return open items that are not over on that day, the nearest first, and by the clock within a day."""
        return self._open("AND i.until > ? ORDER BY i.until, i.start, i.position", slug, day, limit)

    def active(self, begin: str, end: str) -> set[str]:
        """Return the slugs of roadmaps with a tick that stands or a check-in from `begin` up to `end`, exclusive.

        Moments are as the ledger writes them.
        """
        rows = self._ledger.rows(
            "SELECT DISTINCT substr(p.key, 1, instr(p.key, '/') - 1)"
            " FROM progress AS p LEFT JOIN standing AS s USING (key) WHERE p.at >= ? AND p.at < ?"
            " AND (p.kind = 'checkin' OR p.kind = 'done' AND s.done AND s.since = p.at)",
            (begin, end),
        )
        return {str(self._renames.get(slug, slug)) for (slug,) in rows}

    def checkins(self, slug: str, since: str) -> CheckIns | None:
        """Return what the check-ins of a roadmap add up to, None where there is none.

        `since` is a moment as the ledger writes it.
        """
        # of the columns beside max(), SQLite gives those of the row that has it
        query = (
            "SELECT count(*), total(hours), total(iif(at >= ?, hours, 0)), total(energy), count(energy),"  # noqa: S608
            f" max(iif(note = '', '', at)), note FROM progress AS p WHERE {_OF_ROADMAP}"
        )
        rows = [self._ledger.rows(query, (since, name, name))[0] for name in self._names(slug)]
        number, hours, recent, energy, rated = (sum(row[at] for row in rows) for at in range(5))
        noted, note = max((row[5] or "", row[6] or "") for row in rows)
        if not number:
            return None
        return CheckIns(number, hours, recent, energy / rated if rated else None, note if noted else "")

    def said(self, slug: str) -> list[Said]:
        """Return every check-in of a roadmap, the latest first."""
        query = (
            "SELECT coalesce(i.title, k.latest, p.key), p.at, p.hours, p.energy, p.note FROM progress AS p"  # noqa: S608
            f" LEFT JOIN items AS i USING (key) LEFT JOIN keys AS k USING (key) WHERE {_OF_ROADMAP}"
        )
        found = [Said(*row) for name in self._names(slug) for row in self._ledger.rows(query, (name, name))]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def _names(self, slug: str) -> list[str]:
        """Return the slug and those that the roadmap had before: keys begin with the one they were given under."""
        return [slug, *(old for old, new in self._renames.items() if new == slug)]

    def done_of(self, slug: str, *, work: bool) -> tuple[int, int]:
        """Return how many items are done and how many there are.

        Those of the work are counted, else the milestones and deadlines that are not work themselves.
        """
        ((done, total),) = self._ledger.rows(
            f"SELECT total(s.done), count(*) FROM {_STANDING}"  # noqa: S608  # fixed texts
            f" WHERE i.slug = ? AND {'i.tick' if work else f'{_POINTS} AND NOT i.tick'}",
            (slug,),
        )
        return int(done), total

    def find(self, text: str) -> list[tuple[str, Planned]]:
        """Return (slug, item) for what a person may mean: that key, else titles or keys holding the text."""
        exact = self._found("i.key = ?", text)
        if exact:
            return exact
        if text.isascii():
            return self._found("instr(lower(i.title), lower(?)) OR instr(i.key, lower(?))", text, text)
        # SQLite knows the small letters of ASCII alone
        folded = text.casefold()
        return [each for each in self._found("true") if folded in each[1].title.casefold()]

    def _found(self, condition: str, *values: str) -> list[tuple[str, Planned]]:
        rows = self._ledger.rows(
            f"SELECT i.slug, {_COLUMNS} FROM items AS i WHERE {condition} ORDER BY i.slug, i.position",  # noqa: S608  # fixed texts
            values,
        )
        return [(row[0], planned(row[1:])) for row in rows]

    def _open(self, end: str, slug: str, day: date, limit: int) -> list[Planned]:
        rows = self._ledger.rows(
            f"SELECT {_COLUMNS} FROM {_STANDING} WHERE i.slug = ? AND i.tick AND ifnull(s.done, 0) = 0"  # noqa: S608
            f" {end} LIMIT ?",
            (slug, day.isoformat(), limit),
        )
        return [planned(row) for row in rows]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
