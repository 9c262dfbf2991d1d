"""A probe: what it learns from an answer, what it says where none comes, and that it tells nobody the token."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import requests

from sync.errors import TargetError
from sync.probing import asking
from sync.probing.asking import ask
from tests.desk import NOW
from tests.sign_ins import Canned, Clock, canned

TOKEN = "a-secret-of-the-test"


@pytest.fixture
def service() -> Iterator[Canned]:
    with canned() as made:
        yield made


@pytest.fixture
def dated(monkeypatch: pytest.MonkeyPatch):
    """Let services on loopback send this as their Date."""

    def says(text: str) -> None:
        monkeypatch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda _: text)

    return says


def date(moment: datetime) -> str:
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


class Ticking(Clock):
    """A clock on which every look takes a quarter of a second."""

    def __call__(self) -> datetime:
        self.forward(seconds=0.25)
        return self.time


def test_an_answer_tells_its_status_its_content_and_how_long_it_took(service):
    service.says(207, {"kind": "colours"})
    heard = ask(service.url, Ticking())
    assert (heard.status, dict(heard.told)) == (207, {"kind": "colours"})
    assert heard.seconds == 0.25


@pytest.mark.parametrize("content", [b"<html>", b"[1]", b"\xff"])
def test_content_that_is_no_object_is_none(service, content):
    service.says(200, content)
    assert dict(ask(service.url, Clock()).told) == {}


def test_the_token_goes_where_it_is_meant_to_and_no_further(service):
    with canned() as thief:
        service.says(302, {}, Location=thief.url)
        assert ask(service.url + "x?y=1", Clock(), token=TOKEN).status == 302
        assert thief.asked == []
    assert service.asked == [("GET", "/x?y=1", f"Bearer {TOKEN}")]


def test_without_a_token_none_is_sent_not_even_from_netrc(service, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    ask(service.url, Clock())
    ask(service.url, Clock(), token=TOKEN)
    assert [authorization for _, _, authorization in service.asked] == [None, f"Bearer {TOKEN}"]


@pytest.mark.parametrize(
    ("theirs", "ahead"),
    [(NOW, 0.0), (NOW - timedelta(minutes=5), 300.0), (NOW + timedelta(hours=1), -3600.0)],
)
def test_the_clock_is_compared_with_the_middle_of_the_exchange(service, dated, theirs, ahead):
    dated(date(theirs))
    heard = ask(service.url, Clock(NOW))
    # a Date is cut to whole seconds: on average it is half of one old
    assert heard.ahead == timedelta(seconds=ahead - 0.5)


def test_a_date_of_unknown_place_is_utc(service, dated):
    dated("Mon, 02 Mar 2026 06:00:00 -0000")
    assert ask(service.url, Clock(datetime(2026, 3, 2, 6, tzinfo=UTC))).ahead == timedelta(seconds=-0.5)


def test_a_date_that_is_none_is_no_comparison(service, dated):
    dated("yesterday")
    assert ask(service.url, Clock()).ahead is None


def test_a_closed_port_cannot_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TargetError) as caught:
        ask(f"http://127.0.0.1:{port}/", Clock(), token=TOKEN)
    assert caught.value.title == f"127.0.0.1:{port} cannot be reached."
    assert TOKEN not in str(caught.value)


def test_who_does_not_answer_in_time_is_said_so(monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(TargetError, match=r"did not answer within 0\.05 seconds"):
            ask(address, Clock())


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (requests.exceptions.SSLError(TOKEN), "example.org cannot prove who it is."),
        (requests.exceptions.ProxyError(TOKEN), "The proxy on the way to example.org"),
        (requests.exceptions.InvalidHeader(TOKEN), "example.org cannot be reached."),
    ],
)
def test_what_stands_in_between_is_named(monkeypatch, error, title):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "request", fails)
    with pytest.raises(TargetError) as caught:
        ask("https://example.org/x", Clock(), token=TOKEN)
    assert caught.value.title.startswith(title)
    assert TOKEN not in str(caught.value)
