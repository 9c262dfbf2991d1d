"""HTTP/1.1 on loopback with keep-alive, able to fail: cut, truncated and slow answers on purpose."""

import gzip
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sync.sandbox.wire import Answer, Request

LOOPBACK = "127.0.0.1"
WORTH_PACKING = 512
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer and how well it travels."""

    answer: Answer
    cut: bool = False
    keep: float = 1.0
    delay: float = 0.0


Deliver = Callable[[Request], Delivery]


class LoopbackServer(ThreadingHTTPServer):
    """One thread per connection; `close` ends them all, whether the callers hung up or not."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(
        self,
        port: int,
        deliver: Deliver,
        now: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.deliver = deliver
        self.now = now
        self.sleep = sleep
        self.crashes: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__((LOOPBACK, port), Conversation)
        self._loop = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, name="sandbox", daemon=True
        )

    @property
    def port(self) -> int:
        """The port that was found."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._loop.start()

    def close(self) -> None:
        """Stop answering, hang up on everybody and wait for the threads."""
        self.shutdown()
        self._loop.join()
        with self._guard:
            still_open = tuple(self._open)
        for connection in still_open:
            _hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Know the connection before its thread starts, so that `close` misses none."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that has ended."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep what a defect of the sandbox itself raised, for whoever stops it."""
        del request, client_address
        problem = sys.exception()
        assert problem is not None, "the base class calls this while it handles one"
        self.crashes.append(problem)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It ended by itself between the look and the call: that is what was wanted.
        return


class Conversation(BaseHTTPRequestHandler):
    """The requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: LoopbackServer

    def handle_one_request(self) -> None:
        """Answer one request; a caller who went away is no fault of the sandbox."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def __getattr__(self, name: str) -> Any:
        """Treat every method alike: the base class looks for `do_GET`, `do_PATCH` and so on."""
        if name.startswith("do_"):
            return self._converse
        raise AttributeError(name)

    def _converse(self) -> None:
        """Read the request, have it answered, send what the fault leaves of the answer."""
        said = self.headers.get("content-length") or "0"
        if "transfer-encoding" in self.headers or not said.isdecimal():
            self.close_connection = True
            self._send(Answer(411), 1.0)
            return
        length = int(said)
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError("the caller hung up within the request")
        headers = {name.lower(): value for name, value in self.headers.items()}
        delivery = self.server.deliver(Request.at(self.command, self.path, headers, body))
        if delivery.delay:
            self.server.sleep(delivery.delay)
        if delivery.cut:
            self._reset()
        else:
            self._send(_packed(delivery.answer, headers), delivery.keep)

    def _send(self, answer: Answer, keep: float) -> None:
        dated = answer.having(
            ("Date", format_datetime(self.server.now(), usegmt=True)),
            ("Server", "roadmap-sync sandbox"),
        )
        if answer.status != 204:
            dated = dated.having(("Content-Length", str(len(answer.body))))
        body = b"" if self.command == "HEAD" else answer.body[: int(len(answer.body) * keep)]
        self.wfile.write(dated.head() + body)
        if keep < 1:
            self.close_connection = True

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        os.close(self.connection.detach())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing: the log is kept elsewhere, without tokens."""


def _packed(answer: Answer, asked: dict[str, str]) -> Answer:
    """The answer as gzip where the caller takes it, as Google does for callers that name it twice."""
    willing = "gzip" in asked.get("accept-encoding", "") and "gzip" in asked.get("user-agent", "")
    if not willing or len(answer.body) < WORTH_PACKING:
        return answer
    packed = gzip.compress(answer.body, compresslevel=1, mtime=0)
    return Answer(answer.status, (*answer.headers, ("Content-Encoding", "gzip")), packed, answer.calls)
