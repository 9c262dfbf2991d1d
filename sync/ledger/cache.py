"""What may be lost at any time: results kept by the hash of what they were made from.

    cache = Cache(state)
    known = cache.get("schedule", digest)
    if known is None:
        cache.put("schedule", digest, made)

The cache lives in its own file, STATE/cache.sqlite3. A damaged file is replaced by an empty one; a
full disk, a file that is in use or a folder that cannot be written never stops anybody: the cache
then remembers nothing. It is synchronised only when SQLite checkpoints (`synchronous=NORMAL`), so a
power cut may cost the last entries, but never leaves a wrong one.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

FILE = "cache.sqlite3"
_VERSION = 1
_WAIT = 1.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY = 0xFF


class Cache:
    """Blobs by kind and content hash; `kind` is a short name such as `schedule` or `feed`."""

    def __init__(self, state: Path) -> None:
        self.path = state / FILE
        self._db = self._opened()

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under this key, or None where it was not or cannot be read."""

        def _found(db: sqlite3.Connection) -> bytes | None:
            row = db.execute("SELECT value FROM blobs WHERE kind = ? AND key = ?", (kind, key)).fetchone()
            return None if row is None else bytes(row[0])

        return self._attempt(_found, None)

    def get_all(self, kind: str) -> dict[str, bytes]:
        """Return everything of one kind by its key; one query where thousands of small blobs are needed."""

        def _found(db: sqlite3.Connection) -> dict[str, bytes]:
            return dict(db.execute("SELECT key, value FROM blobs WHERE kind = ?", (kind,)))

        return self._attempt(_found, {})

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value; where that fails it is simply not kept."""
        self.put_all(kind, [(key, value)])

    def put_all(self, kind: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Keep many values in one transaction."""
        rows = [(kind, key, value) for key, value in values]

        def _kept(db: sqlite3.Connection) -> None:
            with db:
                db.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?, ?)", rows)

        self._attempt(_kept, None)

    def prune(self, kind: str, keep: set[str]) -> None:
        """Drop everything of this kind whose key is not to be kept."""

        def _pruned(db: sqlite3.Connection) -> None:
            keys = db.execute("SELECT key FROM blobs WHERE kind = ?", (kind,)).fetchall()
            with db:
                db.executemany(
                    "DELETE FROM blobs WHERE kind = ? AND key = ?",
                    [(kind, key) for (key,) in keys if key not in keep],
                )

        self._attempt(_pruned, None)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _attempt(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        try:
            return work(self._db)
        except sqlite3.Error as error:
            if _is_damage(error):
                self._db.close()
                self._throw_away()
                self._db = self._opened()
            return otherwise

    def _opened(self) -> sqlite3.Connection:
        """Open the file, an empty one in its place where it is damaged, or one in memory where all fails."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _connected(self.path)
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and _is_damage(error):
                self._throw_away()
                with suppress(sqlite3.Error):
                    return _connected(self.path)
        return _connected(":memory:")

    def _throw_away(self) -> None:
        # The write-ahead log goes too: SQLite would replay an orphaned one into the new file.
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)


def _is_damage(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & _PRIMARY) in _DAMAGED


def _connected(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            _make(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("SELECT 1 FROM blobs LIMIT 1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute("DROP TABLE IF EXISTS blobs")
        connection.execute(
            "CREATE TABLE blobs (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
            " PRIMARY KEY (kind, key))"
        )
        connection.execute(f"PRAGMA user_version = {_VERSION}")
