"""How a ledger is, seen from outside: opened for reading alone, so that looking at it changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sync.errors import LedgerError
from sync.ledger.doors import translating
from sync.ledger.migrations import VERSIONS
from sync.ledger.store import APPLICATION, FILE, Ledger

NEWEST = len(VERSIONS)
"""The version of the tables that this release makes."""
SQLITE = sqlite3.sqlite_version
"""The version of the library."""


class Health(NamedTuple):
    """What an examination found."""

    path: Path
    version: int
    """Of its tables; 0 for a file in which nothing was made yet."""
    is_ours: bool
    """Whether it is a ledger, and not another program's database."""
    faults: tuple[str, ...]
    """What is wrong with the file, in SQLite's words; empty for a sound one."""
    backup: Path | None
    """The latest copy beside it; None where none was made."""


def examine(state: Path) -> Health | None:
    """Examine all of STATE's ledger; None where there is none.

    Raises LedgerError for what is no database or cannot be opened, and Busy where another run holds it.
    """
    path = (state / FILE).absolute()
    with translating(str(path)):
        if not path.exists():
            return None
        if not path.is_file():
            raise LedgerError(f"{path} is no file.", "Move it away, or name another folder with --state.")
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    with closing(connection):
        ledger = Ledger(path, connection)
        ((version,),) = ledger.rows("PRAGMA user_version")
        ((application,),) = ledger.rows("PRAGMA application_id")
        is_empty = not ledger.rows("SELECT 1 FROM sqlite_master LIMIT 1")
        is_ours = application == APPLICATION or is_empty
        return Health(path, version, is_ours, tuple(ledger.faults()), _latest_copy(state))


def _latest_copy(state: Path) -> Path | None:
    copies = sorted(state.glob(f"{Path(FILE).stem}.*.bak"), key=lambda copy: copy.stat().st_mtime)
    return copies[-1] if copies else None
