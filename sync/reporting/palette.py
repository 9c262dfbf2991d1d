"""Colours for a terminal, and none anywhere else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.model import Severity


@dataclass(frozen=True, slots=True)
class Palette:
    """Wraps text in ANSI colours where they are wanted (ECMA-48 SGR)."""

    colours: bool = False

    def bold(self, text: str) -> str:
        """Text that carries the line."""
        return self._wrap(text, "1")

    def dim(self, text: str) -> str:
        """Text that may be overlooked."""
        return self._wrap(text, "2")

    def green(self, text: str) -> str:
        """What is done or well."""
        return self._wrap(text, "32")

    def yellow(self, text: str) -> str:
        """What deserves a look."""
        return self._wrap(text, "33")

    def red(self, text: str) -> str:
        """What is wrong or late."""
        return self._wrap(text, "31")

    def cyan(self, text: str) -> str:
        """Names and times."""
        return self._wrap(text, "36")

    def severity(self, severity: "Severity", text: str) -> str:
        """Text in the colour of a problem's weight."""
        return {"error": self.red, "warning": self.yellow}.get(severity.value, self.dim)(text)

    def _wrap(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours and text else text
