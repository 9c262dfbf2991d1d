import errno
import socket

import pytest

from sync.errors import ConfigError
from sync.serving.listening import listening_sockets


@pytest.fixture
def listening():
    """Sockets that are closed when the test ends."""
    opened = []

    def listen(host, port):
        opened.extend(sockets := listening_sockets(host, port))
        return sockets

    yield listen
    for sock in opened:
        sock.close()


def resolve(monkeypatch, *addresses):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(f, 1, 6, "", a) for f, a in addresses])


def test_a_host_listens_on_a_free_port(listening):
    (sock,) = listening("127.0.0.1", 0)
    with socket.create_connection(sock.getsockname(), timeout=20):
        pass


def test_a_port_in_use_is_one_clear_sentence(listening):
    (sock,) = listening("127.0.0.1", 0)
    port = sock.getsockname()[1]
    with pytest.raises(ConfigError) as caught:
        listening("127.0.0.1", port)
    assert caught.value.title == f"Port {port} on 127.0.0.1 is already in use."
    assert "--port" in caught.value.hint
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_is_none_is_one_clear_sentence(listening, port):
    with pytest.raises(ConfigError, match=f"no port {port}"):
        listening("127.0.0.1", port)


@pytest.mark.parametrize("host", ["", "a..b", "x" * 70, "999.1.1.1", "bad host"])
def test_a_host_that_nobody_knows_is_one_clear_sentence(listening, host):
    with pytest.raises(ConfigError, match="Nobody knows a host named") as caught:
        listening(host, 0)
    assert "127.0.0.1" in caught.value.hint


def test_an_address_of_another_computer_is_one_clear_sentence(listening):
    with pytest.raises(ConfigError, match=r"203\.0\.113\.77 is not an address of this computer"):
        listening("203.0.113.77", 0)


def test_every_address_of_a_host_has_the_same_port(listening, monkeypatch):
    resolve(
        monkeypatch,
        (socket.AF_INET, ("127.0.0.1", 0)),
        (socket.AF_INET, ("127.0.0.1", 0)),
        (socket.AF_INET, ("127.0.0.2", 0)),
    )
    first, second = (sock.getsockname() for sock in listening("somewhere", 0))
    assert (first[0], second[0]) == ("127.0.0.1", "127.0.0.2")
    assert first[1] == second[1]


def test_both_families_can_have_the_same_port(listening, monkeypatch):
    made = []

    class Recording(socket.socket):
        def __init__(self, family, kind):
            made.append((family, self))
            super().__init__(socket.AF_INET, kind)

        def setsockopt(self, *option):
            options.append((made[-1][0], option))

        def bind(self, address):
            super().bind(("127.0.0.1", 0))

    options = []
    resolve(monkeypatch, (socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_INET6, ("::1", 0, 0, 0)))
    monkeypatch.setattr(socket, "socket", Recording)
    assert len(listening("localhost", 0)) == 2
    only_six = (socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    assert (socket.AF_INET6, only_six) in options
    assert (socket.AF_INET, only_six) not in options


def test_a_family_this_computer_lacks_is_left_out(listening, monkeypatch):
    resolve(monkeypatch, (socket.AF_INET, ("203.0.113.77", 0)), (socket.AF_INET, ("127.0.0.1", 0)))
    (sock,) = listening("localhost", 0)
    assert sock.getsockname()[0] == "127.0.0.1"


def test_sockets_that_were_open_are_closed_when_a_later_one_fails(listening, monkeypatch):
    (taken,) = listening("127.0.0.2", 0)
    port = taken.getsockname()[1]
    resolve(monkeypatch, (socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_INET, ("127.0.0.2", 0)))
    with pytest.raises(ConfigError, match="already in use"):
        listening("somewhere", port)
    monkeypatch.undo()
    listening("127.0.0.1", port)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.EACCES, "Port 80 is reserved for the system."), (errno.ENOBUFS, "The feeds cannot be served at")],
)
def test_what_the_system_refuses_is_one_clear_sentence(listening, monkeypatch, number, sentence):
    def refuse(self, address):
        raise OSError(number, "refused")

    class Refusing(socket.socket):
        bind = refuse

    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(ConfigError) as caught:
        listening("127.0.0.1", 80)
    assert caught.value.title.startswith(sentence)
    assert "--port" in caught.value.hint
