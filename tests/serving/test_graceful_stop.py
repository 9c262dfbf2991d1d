"""A server in a process of its own, stopped by real signals while somebody is being served."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest

PROGRAM = """
import os, sys
from sync.serving.server import serve

def line(text):
    print(text, flush=True)

def app(environ, start_response):
    line("asked")
    if environ["PATH_INFO"] == "/wait":
        os.read(0, 1)
    body = b"x" * int(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]

serve(app, host="127.0.0.1", port=0, say=line, ready=line, grace=float(sys.argv[1]))
line("returned")
"""


class Server:
    """The process and what it says, line by line."""

    def __init__(self, grace):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(grace)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self.watchdog = threading.Timer(60, self.process.kill)
        self.watchdog.start()
        self.base = self.says()

    def says(self):
        return self.stdout.readline().decode().strip()

    def signal(self, number):
        self.process.send_signal(number)

    def let_go(self):
        self.stdin.write(b"\n")
        self.stdin.flush()

    def ask(self, path, receive_buffer=None):
        """Send a request and do not read the answer yet."""
        address = urlsplit(self.base)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        connection.sock = socket.socket()
        if receive_buffer:
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.sock.settimeout(30)
        connection.sock.connect((address.hostname, address.port))
        connection.request("GET", path)
        assert self.says() == "asked"
        return connection

    def end(self):
        """Let it end by itself; only a test that failed leaves one that does not."""
        try:
            self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.watchdog.cancel()


@pytest.fixture
def start():
    servers = []

    def started(grace=3600.0):
        servers.append(Server(grace))
        return servers[-1]

    yield started
    for server in servers:
        server.end()


def read_to_the_end(connection):
    try:
        reply = connection.getresponse()
        return reply.status, len(reply.read())
    finally:
        connection.close()


FINISHING = "Finishing 1 running request; press Ctrl-C again to stop at once."


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_visitors_it_stops_at_once(start, number):
    server = start()
    server.signal(number)
    assert [server.says(), server.says()] == ["Stopped.", "returned"]
    assert server.process.wait(30) == 0
    assert server.process.stderr.read() == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_running_request_is_answered_before_the_end(start, number):
    server = start()
    waiting = server.ask("/wait?5")
    server.signal(number)
    assert server.says() == FINISHING
    server.let_go()
    assert read_to_the_end(waiting) == (200, 5)
    assert [server.says(), server.says()] == ["Stopped.", "returned"]
    assert server.process.wait(30) == 0
    assert server.process.stderr.read() == b""


def test_a_slow_reader_gets_the_last_byte(start):
    server = start()
    slow = server.ask("/?32000000", receive_buffer=4096)
    server.signal(signal.SIGTERM)
    assert server.says() == FINISHING
    assert read_to_the_end(slow) == (200, 32_000_000)
    assert [server.says(), server.says()] == ["Stopped.", "returned"]
    assert server.process.wait(30) == 0


def test_while_it_finishes_nobody_new_gets_in(start):
    server = start()
    first, second = server.ask("/wait?5"), server.ask("/wait?5")
    server.signal(signal.SIGTERM)
    assert server.says() == "Finishing 2 running requests; press Ctrl-C again to stop at once."
    address = urlsplit(server.base)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=30)
    server.let_go()
    server.let_go()
    assert read_to_the_end(first) == read_to_the_end(second) == (200, 5)
    assert server.says() == "Stopped."


@pytest.mark.parametrize("again", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_the_wait(start, again):
    server = start()
    waiting = server.ask("/wait?5")
    server.signal(signal.SIGINT)
    assert server.says() == FINISHING
    server.signal(again)
    assert [server.says(), server.says()] == ["Cut off 1 running request.", "Stopped."]
    assert server.says() == "returned"
    assert server.process.wait(30) == 0
    waiting.close()


def test_patience_has_an_end(start):
    server = start(grace=0.0)
    waiting = server.ask("/wait?5")
    server.signal(signal.SIGTERM)
    assert server.says() == FINISHING
    assert [server.says(), server.says()] == ["Cut off 1 running request.", "Stopped."]
    assert server.process.wait(30) == 0
    waiting.close()
