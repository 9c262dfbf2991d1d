"""What each computer's ledger surely knows, in an account apart from the ledger's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Told = tuple[str, str, str]
"""Key, field and value."""


@dataclass
class Desks:
    """Knowledge by the number of the desk; a lost ledger knows nothing."""

    _met: dict[int, set[str]] = field(default_factory=dict)
    _said: dict[int, set[Told]] = field(default_factory=dict)

    def meet(self, desk: int, names: Iterable[str]) -> None:
        """Note what this ledger wrote; what it never wrote it does not delete."""
        self._met.setdefault(desk, set()).update(names)

    def has_met(self, desk: int, name: str) -> bool:
        """Whether this ledger surely wrote the item."""
        return name in self._met.get(desk, set())

    def say(self, desk: int, told: Iterable[Told]) -> None:
        """Note what the roadmap said as this desk pushed; the same said again may come from an older copy."""
        self._said.setdefault(desk, set()).update(told)

    def has_said(self, desk: int, told: Told) -> bool:
        """Whether this desk pushed that before."""
        return told in self._said.get(desk, set())

    def lose(self, desk: int) -> None:
        """The ledger is gone."""
        self._met.pop(desk, None)
        self._said.pop(desk, None)
