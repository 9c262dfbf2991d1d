"""SIGINT and SIGTERM as something that waitress's loop can wait for."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StopSignals:
    """How often it was asked to stop, and a channel for the loop that becomes readable then.

    The kernel may hand a signal to any thread, and then the main thread sleeps on in poll();
    a byte in a socket (`signal.set_wakeup_fd`) wakes it.
    """

    accepting = False

    def __init__(self) -> None:
        self.asked = 0
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)

    def fileno(self) -> int:
        """Name the descriptor to wait on."""
        return self._bell.fileno()

    def readable(self) -> bool:
        """Wait for it, always."""
        return True

    def writable(self) -> bool:
        """Never write to it."""
        return False

    def handle_read_event(self) -> None:
        """Silence the bell; the count has gone up by itself."""
        self._bell.recv(4096)

    def close(self) -> None:
        """Give up both ends."""
        self._bell.close()
        self._rope.close()

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Receive both signals in place of whoever did; only possible in the main thread."""
        woken = signal.set_wakeup_fd(self._rope.fileno(), warn_on_full_buffer=False)
        before = {number: signal.signal(number, self._count) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(woken)

    def _count(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked += 1
