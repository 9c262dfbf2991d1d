"""One run at a time: a lock of the operating system, which a dead process cannot leave behind.

SQLite already knows how to lock a file on every system, and the kernel releases such a lock with the
process that held it. So the lock is an empty SQLite file with an exclusive transaction open on it;
nothing is ever written into it, and a file that lies there means nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sync.ledger.doors import translating

FILE = "run.lock"


@contextmanager
def only_run(state: Path) -> Iterator[None]:
    """Hold the lock of this STATE folder; raise `Busy` at once where another run has it.

    Push, pull and rebuild take it. A tick by hand does not need it: one insert waits its turn in the ledger.
    """
    path = state / FILE
    with translating(str(path)):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        with translating(str(path)):
            connection.execute("BEGIN EXCLUSIVE")
        yield
