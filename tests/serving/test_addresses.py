import socket
from urllib.parse import parse_qs, urlsplit

import pytest
import segno

from sync.serving.addresses import (
    base_url,
    feed_links,
    index_url,
    is_loopback,
    own_address,
    qr_text,
    who_can_reach,
)

BASE = "http://10.0.0.7:8080"


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("localhost", "http://localhost:8080"),
        ("::1", "http://[::1]:8080"),
        ("0.0.0.0", "http://192.168.1.20:8080"),
        ("::", "http://192.168.1.20:8080"),
    ],
)
def test_the_base_is_an_address_to_go_to(host, base):
    assert base_url(host, 8080, own=lambda: "192.168.1.20") == base


def test_a_computer_without_a_network_goes_by_its_name():
    assert base_url("0.0.0.0", 80, own=lambda: None) == f"http://{socket.gethostname()}:80"


@pytest.mark.parametrize(("answer", "found"), [(0, "192.168.1.20"), (101, None)])
def test_the_own_address_is_the_one_on_the_way_out(monkeypatch, answer, found):
    monkeypatch.setattr(socket.socket, "connect_ex", lambda self, address: answer)
    monkeypatch.setattr(socket.socket, "getsockname", lambda self: ("192.168.1.20", 40000))
    assert own_address() == found


def test_a_feed_has_three_forms_of_one_address():
    links = feed_links(BASE, "s3cret", "all.ics")
    assert links.http == "http://10.0.0.7:8080/f/s3cret/all.ics"
    assert links.webcal == "webcal://10.0.0.7:8080/f/s3cret/all.ics"
    google = urlsplit(links.google)
    assert (google.scheme, google.netloc, google.path) == ("https", "calendar.google.com", "/calendar/r")
    assert parse_qs(google.query) == {"cid": [links.webcal]}
    assert "cid=webcal%3A%2F%2F" in links.google


def test_a_name_is_encoded_as_the_server_expects_it(ask, source):
    source.shown["план 1&2.ics"] = b"x"
    links = feed_links(BASE, ask.token, "план 1&2.ics")
    assert ask(urlsplit(links.http).path).status == 200
    assert ask(urlsplit(index_url(BASE, ask.token)).path).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST."])
def test_on_loopback_only_this_computer_reads_the_feeds(host):
    assert is_loopback(host)
    assert who_can_reach(host).startswith("Only programs on this computer")


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("0.0.0.0", "any network this computer is on"),
        ("::", "any network this computer is on"),
        ("192.168.1.20", "the network of 192.168.1.20"),
        ("laptop.local", "the network of laptop.local"),
    ],
)
def test_elsewhere_it_is_said_who_can_read_them_and_that_nothing_is_encrypted(host, where):
    assert not is_loopback(host)
    said = who_can_reach(host)
    assert said.startswith(f"Whoever knows the secret address can read your roadmaps from {where}, ")
    assert "not encrypted" in said


def modules(text):
    """Read the drawing back: True where a scanner sees black."""
    halves = {" ": (1, 1), "▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
    rows = []
    for line in text.splitlines():
        pairs = [halves[character] for character in line]
        rows += [[bool(pair[0]) for pair in pairs], [bool(pair[1]) for pair in pairs]]
    return rows


@pytest.mark.parametrize("name", ["all.ics", "a-long-roadmap-name-of-a-year.tasks.ics"])
def test_the_drawing_is_the_qr_code_of_the_address_with_a_light_frame(name):
    address = feed_links(BASE, "s" * 43, name).webcal
    code = segno.make(address, micro=False)
    drawn = modules(qr_text(address, colour=False))
    size = len(code.matrix)
    assert [row[2 : 2 + size] for row in drawn[2 : 2 + size]] == [
        [bool(bit) for bit in row] for row in code.matrix
    ]
    frame = drawn[:2] + drawn[size + 2 : size + 4] + [row[:2] + row[-2:] for row in drawn[2 : 2 + size]]
    assert not any(module for row in frame for module in row)


def test_colour_makes_it_white_and_black_on_any_terminal():
    plain, coloured = qr_text("webcal://x", colour=False), qr_text("webcal://x")
    lines = coloured.splitlines()
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in lines)
    assert [line[8:-4] for line in lines] == plain.splitlines()
    assert "\x1b" not in plain


def test_a_code_that_does_not_fit_is_left_out():
    width = len(qr_text("webcal://x", colour=False).splitlines()[0])
    assert qr_text("webcal://x", columns=width)
    assert qr_text("webcal://x", columns=width - 1) == ""
