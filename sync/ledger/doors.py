"""The one door through which SQLite's failures leave: as a ledger that is busy, full, closed or damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import Busy, LedgerError, RoadmapSyncError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY = 0xFF
"""SQLite's extended codes carry the primary one in their lowest byte."""


@contextmanager
def translating(path: str) -> Iterator[None]:
    """Raise `Busy` or `LedgerError` for what SQLite or the system reports about the file at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    except OSError as error:
        raise _closed(f"{path} cannot be written: {error.strerror}.") from error


def _translated(error: sqlite3.Error, path: str) -> RoadmapSyncError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _BUSY:
        return Busy(
            "Another roadmap-sync run is writing to the ledger.",
            "Wait until it has ended, then run the same command again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return LedgerError(
            f"The disk is full: {path} could not be written.",
            "Make room and run the same command again; what was stored before is intact.",
        )
    if code in _CLOSED:
        return _closed(f"{path} cannot be opened for writing.")
    if code in _DAMAGED:
        return damaged(path)
    return LedgerError(
        f"The ledger {path} cannot be used: {error}.",
        "Run roadmap-sync doctor to have it examined.",
    )


def _closed(title: str) -> LedgerError:
    return LedgerError(title, "Check the folder's permissions, or name another one with --state.")


def damaged(path: str) -> LedgerError:
    """Say that the file is no readable ledger, and the ways back that there are."""
    copies = any(Path(path).parent.glob("*.bak"))
    way = "Put back a backup (the .bak file beside it), or move" if copies else "Move"
    return LedgerError(
        f"The ledger {path} is damaged.",
        f"Nothing was changed. {way} the file away and run roadmap-sync ledger rebuild.",
    )
