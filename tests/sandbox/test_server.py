"""HTTP on the wire: keep-alive, compression, and endings."""

import gzip
import http.client
import socket
from datetime import UTC, datetime

import pytest

from sync.sandbox import Sandbox
from sync.sandbox.server import Conversation, Delivery, LoopbackServer, _hang_up
from sync.sandbox.wire import Answer, Request, json_answer

NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


@pytest.fixture
def serve():
    """Start a server whose answers the test decides; its crashes are the test's to look at."""
    started = []

    def start(deliver):
        server = LoopbackServer(0, deliver, lambda: NOW)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()


@pytest.fixture
def connect():
    opened = []

    def to(server):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        opened.append(connection)
        return connection

    yield to
    for connection in opened:
        connection.close()


def echo(request: Request) -> Delivery:
    told = {"method": request.method, "path": request.path, "query": request.query}
    return Delivery(json_answer({**told, "body": request.body.decode()}))


def ask(connection, method, path, body=None, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, names)
    answer = connection.getresponse()
    return answer, answer.read()


def test_one_connection_carries_many_requests_of_any_method(serve, connect):
    connection = connect(serve(echo))
    places = set()

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer, body = ask(connection, method, "/a?b=c", "x" if method == "POST" else None)
        assert (answer.version, answer.status) == (11, 200)
        assert f'"method": "{method}"' in body.decode()
        places.add(connection.sock.getsockname())
    assert len(places) == 1


def test_the_date_is_the_clocks(serve, connect):
    answer, _ = ask(connect(serve(echo)), "GET", "/")

    assert answer.headers["Date"] == "Mon, 05 Jan 2026 06:00:00 GMT"


def test_head_and_204_have_no_body(serve, connect):
    head, body = ask(connect(serve(echo)), "HEAD", "/")
    assert int(head.headers["Content-Length"]) > 0
    assert body == b""

    empty, body = ask(connect(serve(lambda _: Delivery(Answer(204)))), "DELETE", "/")
    assert (empty.status, empty.headers["Content-Length"], body) == (204, None, b"")


def test_large_answers_are_packed_for_those_who_say_so_twice(serve, connect):
    connection = connect(serve(lambda _: Delivery(json_answer(["x" * 1000]))))

    packed, body = ask(connection, "GET", "/", Accept_Encoding="gzip", User_Agent="me (gzip)")
    plain, other = ask(connection, "GET", "/", Accept_Encoding="gzip", User_Agent="me")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(body) == other
    assert len(body) < len(other)


@pytest.mark.parametrize("header", [b"Content-Length: many", b"Transfer-Encoding: chunked"])
def test_a_body_of_unknown_length_is_refused(serve, header):
    server = serve(echo)

    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as raw:
        raw.sendall(b"POST / HTTP/1.1\r\n" + header + b"\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 411 Length Required\r\n")


def test_a_reset_is_a_reset_and_not_an_orderly_end(serve):
    server = serve(lambda _: Delivery(Answer(200), cut=True))

    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            raw.recv(1)


def test_a_truncated_answer_promises_more_than_it_brings(serve, connect):
    server = serve(lambda _: Delivery(json_answer({"a": "b" * 100}), keep=0.5))
    connection = connect(server)
    connection.request("GET", "/")

    with pytest.raises(http.client.IncompleteRead) as caught:
        connection.getresponse().read()

    assert 0 < len(caught.value.partial) < 100


def test_callers_who_hang_up_are_no_crash():
    server = LoopbackServer(0, echo, lambda: NOW)
    server.start()
    for sent in (b"", b"GE", b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nxyz", b"GET / HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as raw:
            raw.sendall(sent)
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(4096):
                pass

    server.close()
    assert server.crashes == []


def test_closing_does_not_wait_for_idle_callers(serve, connect):
    server = LoopbackServer(0, echo, lambda: NOW)
    server.start()
    idle = connect(server)
    ask(idle, "GET", "/")

    server.close()

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        ask(idle, "GET", "/")


def test_a_caller_who_is_already_gone_needs_no_hanging_up():
    gone = socket.socket()
    gone.close()

    _hang_up(gone)


def test_a_defect_of_the_sandbox_itself_comes_to_light_when_it_stops(clock, monkeypatch):
    box = Sandbox(now=clock)

    def broken(request):
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(box.google, "answer", broken)
    box.start()
    connection = http.client.HTTPConnection("127.0.0.1", int(box.url.rsplit(":", 1)[1].strip("/")), timeout=5)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(connection, "GET", "/calendar/v3/colors")
    connection.close()

    with pytest.raises(ZeroDivisionError, match="a defect"):
        box.stop()


def test_only_the_methods_of_http_are_looked_up(serve):
    with pytest.raises(AttributeError):
        Conversation.__getattr__(object.__new__(Conversation), "nonsense")
