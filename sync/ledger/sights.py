"""How each item of one target looked when it was last looked at, so that `pull` tells what is new."""

from collections.abc import Mapping
from typing import NamedTuple

from sync.ledger.store import Ledger


class Sight(NamedTuple):
    """One item as last seen on the other side."""

    present: bool
    done: str
    """Empty while open, else when it was ticked, or `yes` where only that is known."""
    imprint: str


class Sights:
    """The last looks at one target, on an open ledger."""

    def __init__(self, ledger: Ledger, target: str) -> None:
        self._ledger = ledger
        self._target = target

    def all(self) -> dict[str, Sight]:
        """Return the last look at every item by its key."""
        rows = self._ledger.rows(
            "SELECT key, present, done, imprint FROM sights WHERE target = ?", (self._target,)
        )
        return {key: Sight(bool(present), done, prints) for key, present, done, prints in rows}

    def note(self, sights: Mapping[str, Sight]) -> None:
        """Put these looks in the place of the last ones."""
        self._ledger.run_each(
            "INSERT OR REPLACE INTO sights VALUES (?, ?, ?, ?, ?)",
            [(self._target, key, *sight) for key, sight in sights.items()],
        )
