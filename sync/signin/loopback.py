"""A door on this machine for the browser: one request comes in, with Google's answer in its address."""

import hmac
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from queue import Empty, SimpleQueue
from urllib.parse import parse_qs, urlsplit

from sync.errors import NotAuthorised

HOST = "127.0.0.1"
IDLE = 20
"""Seconds after which a connection on which nothing is said is dropped; browsers open some in advance."""
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    "<title>roadmap-sync</title><body style='font: 1.2em sans-serif; margin: 4em'><p>{}</p></body></html>"
)
HEARD = "Thank you. You can close this page and go back to the terminal."
STRAY = "This page belongs to no sign-in that is going on."


class Door(socketserver.ThreadingTCPServer):
    """Listens on a free port of loopback until the browser comes back."""

    daemon_threads = True

    def __init__(self) -> None:
        self.state = ""
        self.answers: SimpleQueue[str] = SimpleQueue()
        super().__init__((HOST, 0), _Visit)

    @property
    def address(self) -> str:
        """Where the browser is to be sent back to."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def came_back(self, state: str, seconds: float) -> str:
        """The address, from its path on, with which the browser came back carrying `state`.

        Requests without it are turned away and change nothing. Raises NotAuthorised after so many seconds.
        """
        self.state = state
        loop = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        loop.start()
        try:
            return self.answers.get(timeout=seconds)
        except Empty:
            raise NotAuthorised(
                f"Nobody allowed the access within {round(seconds / 60)} minutes.",
                "Run the command again; with --no-browser where the browser is on another computer.",
            ) from None
        finally:
            self.shutdown()
            loop.join()


class _Visit(BaseHTTPRequestHandler):
    """One connection of a browser."""

    timeout = IDLE
    server: Door

    def do_GET(self) -> None:
        """Take the answer that belongs to this sign-in, and turn everything else away."""
        (state,) = parse_qs(urlsplit(self.path).query).get("state", [""])[:1]
        ours = hmac.compare_digest(state.encode(), self.server.state.encode())
        try:
            self._show(200 if ours else 404, HEARD if ours else STRAY)
        finally:
            # only now: the program may end as soon as it knows
            if ours:
                self.server.answers.put(self.path)

    def _show(self, status: int, words: str) -> None:
        body = PAGE.format(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self) -> None:
        """Answer one request; a browser that hangs up is no fault of the sign-in."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the address holds the code."""
