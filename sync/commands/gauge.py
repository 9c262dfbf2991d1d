"""A bar on the terminal for what takes longer than a second; it goes away when it is full."""

import os
from collections.abc import Callable
from typing import TextIO

from sync.commands.talking import FRESH

WAIT = 1.0
"""Seconds that pass without a bar."""
BETWEEN = 0.1
"""Seconds between two drawings."""
LENGTH = 24
"""Columns of the bar itself."""


class Gauge:
    """Draws how far something has come; called as `app.run.Told` says. `clock` counts seconds."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream, self._clock = stream, clock
        self._next: float | None = None
        """When to draw next; None while nothing is going on."""
        self._drawn = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Draw, where it is time to."""
        if done >= total:
            self._end()
            return
        now = self._clock()
        if self._next is None:
            self._next = now + WAIT
        if now >= self._next:
            self._next, self._drawn = now + BETWEEN, True
            self._write(FRESH + bar(what, done, total, self._signs())[: self._columns() - 1])

    def _end(self) -> None:
        if self._drawn:
            self._write(FRESH)
        self._next, self._drawn = None, False

    def _write(self, text: str) -> None:
        # past the stream's own buffer: whoever is stopped in the middle of a write must not leave it locked
        os.write(self._stream.fileno(), text.encode(self._stream.encoding, "replace"))

    def _signs(self) -> str:
        return "█░" if self._stream.encoding.lower().startswith("utf") else "#."

    def _columns(self) -> int:
        return os.get_terminal_size(self._stream.fileno()).columns or 80


def bar(what: str, done: int, total: int, signs: str = "█░") -> str:
    """One line that says how far it has come, drawn with a sign for what is full and one for what is not."""
    full = LENGTH * done // total
    return f"{what} {signs[0] * full}{signs[1] * (LENGTH - full)} {done}/{total}"
