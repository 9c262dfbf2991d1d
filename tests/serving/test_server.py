import http.client
import logging
import os
import signal
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import waitress

from sync.errors import ConfigError
from sync.serving import server
from sync.serving.server import serve


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def visit(base, path="/", method="GET", **headers):
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=20)
    try:
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        reply = connection.getresponse()
        return reply.status, dict(reply.getheaders()), reply.read()
    finally:
        connection.close()


def raw(base, request):
    """Whatever comes back for these bytes, until the server closes."""
    with socket.create_connection((urlsplit(base).hostname, urlsplit(base).port), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


@pytest.fixture
def run():
    """Serve an application while a visitor runs, then send a signal; gives what the server said."""

    def run_with(visitor, app=hello, number=signal.SIGTERM, host="127.0.0.1", port=0):
        said: list[str] = []
        visits: list[Future[object]] = []

        def ready(base):
            visits.append(pool.submit(visitor, base))
            visits[0].add_done_callback(lambda _: os.kill(os.getpid(), number))

        with ThreadPoolExecutor(1) as pool:
            serve(app, host=host, port=port, say=said.append, ready=ready)
        visits[0].result()
        return said

    return run_with


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_returns_when_it_is_asked_to_stop(run, number):
    replies = []
    said = run(lambda base: replies.append(visit(base)), number=number)
    assert said[-1] == "Stopped."
    assert replies[0][0] == 200
    assert replies[0][2] == b"hello"


def test_nothing_tells_which_server_it_is(run):
    replies = []

    def visitor(base):
        replies.append(repr(visit(base)))
        replies.append(repr(visit(base, "/none")))
        replies.append(raw(base, b"nonsense\r\n\r\n").decode())

    run(visitor)
    assert len(replies) == 3
    assert not any("waitress" in reply.lower() or "python" in reply.lower() for reply in replies)
    assert not any("'Server'" in reply or "Server:" in reply for reply in replies)


def test_the_handlers_of_before_are_back_afterwards(run):
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    run(lambda base: None)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_the_port_is_free_again_even_right_after_the_server_closed_a_connection(run):
    bases: list[str] = []

    def visitor(base):
        bases.append(base)
        assert raw(base, b"GET / HTTP/1.0\r\n\r\n").endswith(b"hello")

    run(visitor)
    run(visitor, port=urlsplit(bases[0]).port)
    assert bases[0] == bases[1]


def test_an_idle_connection_does_not_hold_up_the_end(run, ask):
    with socket.socket() as idle:
        idle.settimeout(20)

        def visitor(base):
            idle.connect((urlsplit(base).hostname, urlsplit(base).port))
            idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert idle.recv(65536).startswith(b"HTTP/1.1 404")

        assert "Cut off" not in " ".join(run(visitor, app=ask.app))
        assert idle.recv(1) == b""


def test_a_signal_before_the_first_request_is_not_lost():
    said: list[str] = []

    def ready(base):
        os.kill(os.getpid(), signal.SIGINT)

    serve(hello, host="127.0.0.1", port=0, say=said.append, ready=ready)
    assert said == ["Stopped."]


def test_a_signal_while_it_starts_is_not_lost(monkeypatch):
    def interrupted(*arguments, **settings):
        os.kill(os.getpid(), signal.SIGTERM)
        return waitress.create_server(*arguments, **settings)

    monkeypatch.setattr(server, "create_server", interrupted)
    said: list[str] = []
    serve(hello, host="127.0.0.1", port=0, say=said.append)
    assert said == ["Stopped."]


def test_a_port_in_use_is_refused_before_anything_starts():
    started: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"Port {port} on 127.0.0.1 is already in use"):
            serve(hello, host="127.0.0.1", port=port, say=started.append, ready=started.append)
    assert started == []


def test_two_addresses_of_one_host_are_both_served(run, monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", (address, 0)) for address in ("127.0.0.1", "127.0.0.2")]
    with monkeypatch.context() as patched:
        real = socket.getaddrinfo
        patched.setattr(
            socket, "getaddrinfo", lambda host, *a, **k: found if host == "both" else real(host, *a, **k)
        )
        replies: list[bytes] = []

        def visitor(base):
            port = urlsplit(base).port
            replies.extend(visit(f"http://{address}:{port}")[2] for address in ("127.0.0.1", "127.0.0.2"))

        run(visitor, host="both")
    assert replies == [b"hello", b"hello"]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET /f/{}/all.ics", 200),
        ("GET http://example.org/f/{}/all.ics", 200),
        ("GET //f/{}/all.ics", 404),
        ("GET ///f/{}/all.ics", 404),
        ("GET /f/{}//all.ics", 404),
        ("GET /f/{}/%61ll.ics", 404),
        ("GET /f/{}/x/%2e%2e/all.ics", 404),
        ("GET /f/{}/all.ics/", 404),
        ("GET /%66/{}/all.ics", 404),
        ("POST /f/{}/all.ics", 405),
        ("POST /f/x/all.ics", 404),
        ("GET *", 404),
    ],
)
def test_the_path_is_taken_as_it_was_written(run, ask, line, status):
    replies = []
    request = (
        f"{line.format(ask.token)} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    run(lambda base: replies.append(raw(base, request.encode())), app=ask.app)
    assert int(replies[0].split()[1]) == status


def test_304_head_and_gzip_survive_the_wire(run, ask, source):
    replies = []

    def visitor(base):
        path = f"/f/{ask.token}/all.ics"
        replies.append(visit(base, path))
        replies.append(visit(base, path, "HEAD"))
        replies.append(visit(base, path, If_None_Match=replies[0][1]["Etag"]))
        replies.append(visit(base, path, Accept_Encoding="gzip"))
        replies.append(visit(base, path, "HEAD", Accept_Encoding="gzip"))

    run(visitor, app=ask.app)
    get, head, unchanged, packed, packed_head = replies
    assert get[2] == source.shown["all.ics"]
    assert (head[0], head[1]["Content-Length"], head[2]) == (200, str(len(get[2])), b"")
    assert (unchanged[0], unchanged[2]) == (304, b"")
    assert not {"Content-Length", "Content-Type", "Content-Encoding"} & unchanged[1].keys()
    assert packed[1]["Content-Encoding"] == "gzip"
    assert packed_head[1]["Content-Length"] == str(len(packed[2]))


def test_a_body_that_is_too_large_is_refused_unread(run, ask):
    replies = []
    request = f"PUT /f/{ask.token}/all.ics HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n"
    run(lambda base: replies.append(raw(base, request.encode())), app=ask.app)
    assert replies[0].startswith(b"HTTP/1.1 413")


def test_the_secret_stays_out_of_the_log_even_when_the_application_breaks(run, ask, source, caplog):
    source.error = ZeroDivisionError("bug")
    replies = []
    with caplog.at_level(logging.DEBUG):
        run(lambda base: replies.append(visit(base, f"/f/{ask.token}/all.ics")), app=ask.app)
    assert replies[0][0] == 500
    assert "bug" not in replies[0][2].decode()
    assert "Exception while serving /f/…/all.ics" in caplog.text
    assert ask.token not in caplog.text


def test_the_log_is_as_before_afterwards(run):
    log, queue = logging.getLogger("waitress"), logging.getLogger("waitress.queue")
    before = list(log.filters), queue.level
    run(lambda base: None)
    assert (log.filters, queue.level) == before == ([], logging.NOTSET)
