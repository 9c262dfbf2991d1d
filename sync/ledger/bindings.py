"""What was last written to each item of one target, and all else a plan for that target needs to know."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sync.ledger.keys import Keys
from sync.ledger.store import Ledger, Row
from sync.planning.plans import Known, Provenance
from sync.planning.witnesses import Binding


class Written(NamedTuple):
    """One write that landed."""

    key: str
    remote_id: str
    revision: int
    imprint: str


class Bindings:
    """The bindings of one target, on an open ledger."""

    def __init__(self, ledger: Ledger, target: str) -> None:
        self._ledger = ledger
        self._target = target

    def all(self) -> dict[str, Binding]:
        """Return every binding by its key, forgotten ones included."""
        rows = self._ledger.rows(
            "SELECT key, roadmap, phase, title, remote_id, revision, imprint, live, issued"
            " FROM bindings WHERE target = ?",
            (self._target,),
        )
        return {row[0]: _binding(row) for row in rows}

    def remember(self, bindings: Iterable[Binding]) -> None:
        """Put bindings in the place of what was remembered; a revision once issued stays issued."""
        self._ledger.run_each(
            "INSERT INTO bindings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (target, key) DO UPDATE SET roadmap = excluded.roadmap, phase = excluded.phase,"
            " title = excluded.title, remote_id = excluded.remote_id, revision = excluded.revision,"
            " imprint = excluded.imprint, live = excluded.live, issued = max(issued, excluded.issued)",
            [(self._target, *_row(binding)) for binding in bindings],
        )

    def issue(self, bindings: Iterable[Binding]) -> None:
        """Use up the `issued` revision of each; what is remembered of earlier writes stays as it is."""
        self._ledger.run_each(
            "INSERT INTO bindings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (target, key) DO UPDATE SET roadmap = excluded.roadmap, phase = excluded.phase,"
            " title = excluded.title, issued = max(issued, excluded.issued)",
            [(self._target, *_row(binding)) for binding in bindings],
        )

    def bind(self, written: Iterable[Written]) -> None:
        """Remember writes, of revisions issued before, that are durable on the other side."""
        self._ledger.run_each(
            "UPDATE bindings SET remote_id = ?, revision = ?, imprint = ?, live = 1"
            " WHERE target = ? AND key = ?",
            [(one.remote_id, one.revision, one.imprint, self._target, one.key) for one in written],
        )

    def forget(self, keys: Iterable[str]) -> None:
        """Forget what was written to these items, but never how many revisions they have used."""
        self._ledger.run_each(
            "UPDATE bindings SET live = 0 WHERE target = ? AND key = ?", [(self._target, key) for key in keys]
        )

    def known(self) -> Known:
        """Return all that a plan for this target asks the ledger."""
        ticked = self._ledger.rows("SELECT key FROM standing WHERE done")
        return Known(
            self.all(), frozenset(key for (key,) in ticked), self.pushed(), Keys(self._ledger).renames()
        )

    def pushed(self) -> Mapping[tuple[str, str | None], Provenance]:
        """Return what each roadmap and phase was last pushed from."""
        rows = self._ledger.rows(
            "SELECT roadmap, phase, text, reader FROM pushes WHERE target = ?", (self._target,)
        )
        return {(roadmap, phase or None): Provenance(text, reader) for roadmap, phase, text, reader in rows}

    def note_push(self, roadmap: str, phases: Iterable[str | None], provenance: Provenance) -> None:
        """Remember from which text and reader these phases were pushed in full."""
        self._ledger.run_each(
            "INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?, ?)",
            [(self._target, roadmap, phase or "", provenance.text, provenance.reader) for phase in phases],
        )

    def mirror(self) -> bytes:
        """Return what the target asked to be handed to its next reading; empty where there is nothing."""
        rows = self._ledger.rows("SELECT memory FROM mirrors WHERE target = ?", (self._target,))
        return bytes(rows[0][0]) if rows else b""

    def keep_mirror(self, memory: bytes) -> None:
        """Keep what the target wants to have at its next reading."""
        self._ledger.run("INSERT OR REPLACE INTO mirrors VALUES (?, ?)", (self._target, memory))


def _row(binding: Binding) -> Row:
    return (
        binding.key, binding.roadmap, binding.phase, binding.title, binding.remote_id, binding.revision,
        binding.imprint, binding.live, max(binding.issued, binding.revision),
    )  # fmt: skip


def _binding(row: Row) -> Binding:
    key, roadmap, phase, title, remote_id, revision, prints, live, issued = row
    return Binding(key, roadmap, phase, title, remote_id, revision, prints, live=bool(live), issued=issued)
