"""The feeds on a socket: waitress, bound and stopped with care."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from sync.serving.addresses import base_url
from sync.serving.listening import listening_sockets
from sync.serving.stopping import StopSignals

# What is not set here is waitress's default; proxy headers, in particular, are not trusted.
_SETTINGS = {
    # no Server header: who tries addresses need not know what to attack
    "ident": None,
    # a feed comes from memory, so that four threads keep more subscribers content than a person has
    "threads": 4,
    # a subscriber sends its few headers at once and reads until the end: a connection on which
    # nothing moves for 30 s is closed, and looked for every 10 s
    "channel_timeout": 30,
    "cleanup_interval": 10,
    # enough for every calendar program of a household; more wait in the kernel's queue
    "connection_limit": 100,
    # requests have no body; what is larger is refused before it is read
    "max_request_header_size": 16 * 1024,
    "max_request_body_size": 64 * 1024,
    # select() cannot watch descriptors above 1023
    "asyncore_use_poll": True,
}
_TOKEN_IN_PATH = re.compile(r"/f/[^/\s]+")


def serve(
    app: WSGIApplication,
    *,
    host: str,
    port: int,
    say: Callable[[str], None],
    ready: Callable[[str], None] | None = None,
    grace: float = 10.0,
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Serve until SIGINT or SIGTERM, then let running requests finish and return.

    Port 0 takes any free port. `ready` is called once with the base address, when connections are
    being accepted. Running requests have `grace` seconds of `now`; a second signal ends the wait.
    Must be called in the main thread, which alone receives signals. Raises ConfigError where the
    host or the port cannot be had.
    """
    with ExitStack() as stack:
        sockets = [stack.enter_context(sock) for sock in listening_sockets(host, port)]
        stack.enter_context(_discreet_log())
        stop = StopSignals()
        connections: dict[int, Any] = {stop.fileno(): stop}
        stack.callback(wasyncore.close_all, connections)
        stack.enter_context(stop.installed())
        server = create_server(app, map=connections, sockets=sockets, **_SETTINGS)
        listeners = [each for each in connections.values() if isinstance(each, BaseWSGIServer)]
        if ready is not None:
            ready(base_url(host, sockets[0].getsockname()[1]))
        while not stop.asked:
            _turn(connections, 1.0)
        for listener in listeners:
            listener.del_channel()
            listener.socket.close()
        _finish(connections, stop, say, until=now() + grace, now=now)
        # each thread ends when it is idle; one that is not is cut off with its connection
        server.task_dispatcher.set_thread_count(0)
    say("Stopped.")


def _turn(connections: dict[int, Any], seconds: float) -> None:
    """Let whatever is ready read or write, waiting for it that long at most; not below 0: forever."""
    wasyncore.loop(timeout=seconds, use_poll=True, map=connections, count=1)


def _finish(
    connections: dict[int, Any],
    stop: StopSignals,
    say: Callable[[str], None],
    *,
    until: float,
    now: Callable[[], float],
) -> None:
    """Go on until every request that has arrived is answered to its last byte, or patience ends.

    waitress's own end would lose what a slow reader has not fetched yet.
    """
    _turn(connections, 0)
    if running := _running(connections):
        say(f"Finishing {_requests(running)}; press Ctrl-C again to stop at once.")
    while running and stop.asked == 1 and now() < until:
        _turn(connections, max(0.0, min(1.0, until - now())))
        running = _running(connections)
    if running:
        say(f"Cut off {_requests(running)}.")


def _running(connections: dict[int, Any]) -> int:
    channels = [each for each in connections.values() if isinstance(each, HTTPChannel)]
    return sum(bool(channel.requests or channel.total_outbufs_len) for channel in channels)


def _requests(count: int) -> str:
    return "1 running request" if count == 1 else f"{count} running requests"


@contextmanager
def _discreet_log() -> Iterator[None]:
    """Keep the secret out of what waitress logs, and what nobody can act on out of the log."""
    log, queue = logging.getLogger("waitress"), logging.getLogger("waitress.queue")
    level = queue.level
    queue.setLevel(logging.ERROR)
    log.addFilter(_without_token)
    try:
        yield
    finally:
        log.removeFilter(_without_token)
        queue.setLevel(level)


def _without_token(record: logging.LogRecord) -> bool:
    record.msg, record.args = _TOKEN_IN_PATH.sub("/f/…", record.getMessage()), ()
    return True
