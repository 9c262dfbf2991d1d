"""How each item of one target looked when it was last looked at, so that `pull` tells what is new."""

from collections.abc import Iterable, Mapping
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

    def forget(self, keys: Iterable[str]) -> None:
        """Forget the last look at items that were made anew since: it was a look at something else."""
        self._ledger.run_each(
            "DELETE FROM sights WHERE target = ? AND key = ?", [(self._target, key) for key in keys]
        )


def ticked_on(ledger: Ledger, key: str) -> list[str]:
    """Return the targets on which an item was last seen done, or to which it was last written as done."""
    rows = ledger.rows(
        "SELECT b.target, ifnull(seen.done, ''), b.imprint FROM bindings AS b"
        " LEFT JOIN sights AS seen ON seen.target = b.target AND seen.key = b.key"
        " WHERE b.key = ? AND b.live AND ifnull(seen.present, 1) ORDER BY b.target",
        (key,),
    )
    return [target for target, done, written in rows if done or _written_done(written)]


def _written_done(imprint: str) -> bool:
    from sync.remote import fingerprint, read_imprint  # noqa: PLC0415 - a tick of what was never pushed needs none

    still_open = fingerprint("")
    return read_imprint(imprint).get("done", still_open) != still_open
