"""What every use case needs to know of the world."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sync.config.settings import Config

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""Hears how far something has come: what is being done, how much of it is done, and of how much.

Whoever tells ends with all of it done. Several threads may tell, one at a time.
"""


def unheard(_what: str, _done: int, _total: int) -> None:
    """Nobody wants to know how far it has come."""


def unsaid(_line: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the program."""

    config: Config
    state: Path
    cwd: Path
    today: date
    now: datetime
    """Zoned; stamps what is written."""
    told: Told = unheard
    say: Callable[[str], None] = unsaid
    """Takes a line of talk for the person, at any time and from any thread."""
    lender: Path | None = None
    """The state folder from which this run's ledger was copied, for a run that is to leave nothing behind."""

    @property
    def sign_ins(self) -> Path:
        """The folder of the tokens: who only looks does so as the person who is signed in."""
        return self.lender or self.state

    def counting(self, what: str, things: Sequence[T]) -> Iterator[T]:
        """Go through some things, and tell before each how many are done."""
        for at, each in enumerate(things):
            self.told(what, at, len(things))
            yield each
        self.told(what, len(things), len(things))
