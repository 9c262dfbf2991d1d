"""The identity of items: every key ever given, with the title and place it was made from.

A key is never given to something else. One that left the roadmap is kept as `gone`, so that the
name stays taken, and the same work coming back gets its own key again.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sync.ledger.store import Ledger


class Key(NamedTuple):
    """One remembered key."""

    key: str
    place: str
    """The ordinal unit or written date it stands in, such as `week-3`; the middle of the key."""
    kind: str
    title: str
    """As first seen; the name in the key is its slug."""
    latest: str
    """As last seen; what a further rewording resembles."""
    gone: bool = False
    """Whether the last reading no longer had it."""


class Keys:
    """The memory of keys, on an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all_keys(self, slug: str) -> list[Key]:
        """Return every key this roadmap ever had, gone ones included, in order of the key."""
        rows = self._ledger.rows(
            "SELECT key, place, kind, title, latest, gone FROM keys WHERE slug = ? ORDER BY key", (slug,)
        )
        return [
            Key(key, place, kind, title, latest, bool(gone)) for key, place, kind, title, latest, gone in rows
        ]

    def slugs(self) -> list[str]:
        """Return every roadmap that has keys, also those whose file is gone, in order."""
        return [str(slug) for (slug,) in self._ledger.rows("SELECT DISTINCT slug FROM keys ORDER BY slug")]

    def remember(self, slug: str, keys: Iterable[Key]) -> None:
        """Take in the keys of a reading: first titles stay, latest ones move, what is missing is gone."""
        with self._ledger.transaction():
            self._ledger.run("UPDATE keys SET gone = 1 WHERE slug = ? AND gone = 0", (slug,))
            self._ledger.run_each(
                "INSERT INTO keys (slug, key, place, kind, title, latest, gone) VALUES (?, ?, ?, ?, ?, ?, 0)"
                " ON CONFLICT (key) DO UPDATE SET slug = excluded.slug, place = excluded.place,"
                " kind = excluded.kind, latest = excluded.latest, gone = 0",
                [(slug, key.key, key.place, key.kind, key.title, key.latest) for key in keys],
            )

    def adopt(self, slug: str, keys: Iterable[Key]) -> bool:
        """Take in keys that stand on a target as nobody here wrote them; tell whether to read again.

        One that the last reading did not find may stand there under newer words, which count from now on.
        Then keys that a reading gave without knowing of it step back: those that stand on no target, were
        never written and not ticked. The next reading gives them again to what has the same words and none
        of the keys taken in.
        """
        standing = {key.key: key for key in keys}
        with self._ledger.transaction():
            known = {each.key: each for each in self.all_keys(slug)}
            lost = [key for key in standing.values() if key.key not in known or known[key.key].gone]
            is_news = any(key.key not in known or known[key.key].latest != key.latest for key in lost)
            loose = self._loose(slug) - standing.keys() if lost else set()
            if not (is_news or loose):
                return False
            self._ledger.run_each("UPDATE keys SET gone = 1 WHERE key = ?", [(key,) for key in sorted(loose)])
            self._ledger.run_each(
                "INSERT INTO keys (slug, key, place, kind, title, latest) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE SET latest = excluded.latest, gone = 0",
                [(slug, key.key, key.place, key.kind, key.title, key.latest) for key in lost],
            )
            return True

    def _loose(self, slug: str) -> set[str]:
        """Return the keys of the last reading that were never written to a target and that nobody ticked."""
        base = "substr(key, 1, instr(key || '@', '@') - 1)"
        rows = self._ledger.rows(
            "SELECT key FROM keys WHERE slug = ? AND gone = 0"  # noqa: S608  # fixed texts
            f" AND key NOT IN (SELECT {base} FROM bindings)"
            f" AND key NOT IN (SELECT {base} FROM progress WHERE source <> 'text')",
            (slug,),
        )
        return {str(key) for (key,) in rows}

    def owner(self, key: str) -> str | None:
        """Return the slug of the roadmap that has or had this key, or None where it was never given."""
        rows = self._ledger.rows("SELECT slug FROM keys WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def rename(self, old: str, new: str) -> int:
        """Hand everything the roadmap `old` had to `new`: keys stay as they are, and with them all history.

        Returns how many keys were handed over.
        """
        with self._ledger.transaction():
            self._ledger.run("UPDATE bindings SET roadmap = ? WHERE roadmap = ?", (new, old))
            self._ledger.run("UPDATE OR REPLACE pushes SET roadmap = ? WHERE roadmap = ?", (new, old))
            self._ledger.run("UPDATE renames SET new = ? WHERE new = ?", (new, old))
            self._ledger.run("INSERT OR REPLACE INTO renames VALUES (?, ?)", (old, new))
            self._ledger.run("DELETE FROM renames WHERE old = new")
            self._ledger.run("DELETE FROM items WHERE slug = ?", (old,))
            self._ledger.run("DELETE FROM roadmaps WHERE slug = ?", (old,))
            return self._ledger.run("UPDATE keys SET slug = ? WHERE slug = ?", (new, old))

    def renames(self) -> dict[str, str]:
        """Return old slug to present slug, for items on a service whose key begins with an old one."""
        return dict(self._ledger.rows("SELECT old, new FROM renames"))
