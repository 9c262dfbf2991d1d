"""What a run can meet: its end at any statement, and a network that loses requests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sync.errors import RetryLater
from sync.ledger.store import Ledger


class Killed(BaseException):
    """The process ends here."""


@dataclass
class FaultPoints:
    """Every statement of the ledger and both sides of every request; one of them may be the last."""

    dies_at: int | None = None
    passed: int = 0

    def reach(self) -> None:
        if self.passed == self.dies_at:
            raise Killed
        self.passed += 1

    def watch(self, ledger: Ledger) -> None:
        """Make every statement of this ledger a fault point."""
        for name in ("run", "run_each"):
            setattr(ledger, name, self._watched(getattr(ledger, name)))

    def _watched(self, statement: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any) -> Any:
            self.reach()
            return statement(*args)

        return watched


@dataclass
class Network:
    """Loses requests on their way: `before` they are carried out, or their answers `after` it."""

    loses: frozenset[tuple[int, str]] = frozenset()
    """The number of a writing request and the moment."""
    request: int = 0

    def pass_by(self, moment: str, *, writing: bool) -> None:
        if moment == "before":
            self.request += 1
        if writing and (self.request, moment) in self.loses:
            raise RetryLater("No answer came.", "Push again.")
