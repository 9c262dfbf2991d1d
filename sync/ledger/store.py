"""The ledger's connection: opening, transactions, migrations, backup.

    with open_ledger(state) as ledger:
        Progress(ledger).record(Entry("plan/day-1/read", "done", at=now, source="cli"))

Two settings carry the promises. `journal_mode=WAL` lets `status` read while a push writes, and a
crash in the middle of a write leaves the last commit. `synchronous=FULL` makes every commit reach
the disk before the next line runs: an intent must survive a power cut that comes just after it was
sent. Commits are therefore few, one for each group of writes that becomes durable together.
https://www.sqlite.org/pragma.html#pragma_synchronous
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sync.errors import Busy, LedgerError
from sync.ledger.doors import damaged, translating
from sync.ledger.migrations import VERSIONS

FILE = "ledger.sqlite3"
APPLICATION = 0x526F6164  # "Road", so that another program's database is not taken for ours
_WAIT = 5.0
"""Seconds to wait for another run that is just committing."""

Row = tuple[Any, ...]


def _new_identity() -> str:
    from uuid import uuid4  # noqa: PLC0415  # needed once in a ledger's life, not by every status

    return str(uuid4())


class Ledger:
    """An open ledger; every statement and every transaction of the project passes here."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    @property
    def identity(self) -> str:
        """A random name given once; command uuids contain it, so a new ledger repeats none of an old one."""
        return str(self.rows("SELECT value FROM meta WHERE name = 'identity'")[0][0])

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Row]:
        """Return all rows of a query."""
        with translating(str(self.path)):
            return self._db.execute(sql, tuple(values)).fetchall()

    def run(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Carry out one statement and return how many rows it changed."""
        with translating(str(self.path)):
            return self._db.execute(sql, tuple(values)).rowcount

    def run_each(self, sql: str, values: Iterable[Row]) -> int:
        """Carry out one statement for each row of values and return how many rows were changed."""
        with translating(str(self.path)):
            return self._db.executemany(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside durable together, or none of it; an inner one is part of the outer."""
        if self._db.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk rolls back by itself
                self._db.rollback()
            raise

    def faults(self) -> list[str]:
        """Examine the whole file and return what is wrong with it; slow, for `doctor` and migrations."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA integrity_check")]
        except LedgerError as error:
            return [error.title]
        return [] if found == ["ok"] else found

    def back_up(self, to: Path) -> None:
        """Write a consistent copy; a file that is there already is kept, it is nearer to the origin."""
        if to.exists():
            return
        part = to.with_suffix(".part")
        with translating(str(to)):
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                self._db.backup(copy)
            part.replace(to)

    def close(self) -> None:
        """Let go of the file; what was not committed is gone."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(state: Path, *, identity: Callable[[], str] = _new_identity) -> Ledger:
    """Open STATE/ledger.sqlite3, making or migrating it as needed.

    Raises `LedgerError` for a folder that cannot be written, a damaged file, another program's
    database or a ledger of a newer release; the file is then as it was. Raises `Busy` where another
    run has been writing for longer than a few seconds.
    """
    path = state / FILE
    with translating(str(path)):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    ledger = Ledger(path, connection)
    try:
        _prepare(ledger, identity)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _prepare(ledger: Ledger, identity: Callable[[], str]) -> None:
    version = int(ledger.rows("PRAGMA user_version")[0][0])
    if version > len(VERSIONS):
        raise LedgerError(
            f"The ledger {ledger.path} was written by a newer roadmap-sync.",
            "Update roadmap-sync on this machine; the ledger was not touched.",
        )
    if 0 < version < len(VERSIONS):
        _secure(ledger, version)
    if version < len(VERSIONS):
        _migrate(ledger, identity)
    ledger.run("PRAGMA synchronous = FULL")
    # The mode stays with the file. Only when several first runs meet may one be in the other's way,
    # and SQLite does not wait here; then the next opening sets it.
    with suppress(Busy):
        ledger.run("PRAGMA journal_mode = WAL")


def _secure(ledger: Ledger, version: int) -> None:
    """Refuse to migrate a damaged ledger, and keep a copy of a sound one."""
    if ledger.faults():
        raise damaged(str(ledger.path))
    ledger.back_up(ledger.path.with_suffix(f".v{version}.bak"))


def _migrate(ledger: Ledger, identity: Callable[[], str]) -> None:
    with ledger.transaction():
        # Asked again inside the transaction: two first runs may have met here.
        version = int(ledger.rows("PRAGMA user_version")[0][0])
        if version == 0 and ledger.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            raise LedgerError(
                f"{ledger.path} is a database of another program.",
                "Name another folder with --state; this file was not touched.",
            )
        for statements in VERSIONS[version:]:
            for statement in statements:
                ledger.run(statement)
        if version == 0:
            ledger.run("INSERT INTO meta VALUES ('identity', ?)", (identity(),))
        ledger.run(f"PRAGMA application_id = {APPLICATION}")
        ledger.run(f"PRAGMA user_version = {len(VERSIONS)}")
