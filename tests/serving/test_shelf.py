import gzip
import threading

import pytest

from sync.errors import ConfigError
from sync.serving.shelf import Shelf

NEW = b"BEGIN:VCALENDAR\r\nLAST-MODIFIED:20260201T080000Z\r\nEND:VCALENDAR\r\n"


def test_requests_refresh_at_most_once_in_two_seconds(ask, source, clock):
    for clock.at in (0.0, 0.5, 1.99, 2.0, 2.1, 3.99, 4.0):
        ask.feed()
    assert source.refreshes == 3


def test_the_pause_is_the_callers_to_choose(make_client, source, clock):
    ask = make_client(every=60.0, now=clock)
    for clock.at in (0.0, 59.0, 60.0):
        ask.feed()
    assert source.refreshes == 2


def test_the_pause_begins_when_the_export_ends(ask, source, clock, monkeypatch):
    exports = []

    def half_a_minute():
        exports.append(clock.at)
        clock.at += 30

    monkeypatch.setattr(source, "refresh", half_a_minute)
    ask.feed()
    clock.at += 1.9
    ask.feed()
    assert exports == [0.0]


def test_a_changed_roadmap_is_served_at_the_next_refresh(ask, source, clock):
    first = ask.feed()
    source.shown = {"all.ics": NEW}
    assert ask.feed().body == first.body
    clock.at = 2.0
    changed = ask.feed(if_none_match=first.headers["ETag"])
    assert (changed.status, changed.body) == (200, NEW)
    assert changed.headers["Last-Modified"] == "Sun, 01 Feb 2026 08:00:00 GMT"


def test_a_feed_that_is_no_more_is_404(ask, source, clock):
    ask.feed()
    source.shown = {"other.ics": NEW}
    clock.at = 2.0
    assert ask.feed().status == 404
    assert ask.feed("other.ics").body == NEW


def test_a_failed_refresh_leaves_the_last_good_feed_and_one_line(ask, source, clock, said, trouble):
    good = ask.feed()
    source.error = trouble
    source.shown = {"all.ics": b"half an export"}
    for clock.at in (2.0, 4.0, 6.0):
        assert ask.feed() == good
    assert said == ["The feeds stay as they were: The roadmap thesis.md is empty. Paste it again."]


def test_a_new_reason_and_a_relapse_are_said_again(ask, source, clock, said, trouble):
    other = ConfigError("Two\nlines.", "Fix them.")
    for turn, source.error in enumerate([trouble, other, other, None, other]):
        clock.at = 2.0 * turn
        ask.feed()
    assert [line.partition(": ")[2] for line in said] == [
        "The roadmap thesis.md is empty. Paste it again.",
        "Two lines. Fix them.",
        "Two lines. Fix them.",
    ]


def test_without_any_good_feed_yet_the_subscriber_is_asked_to_come_back(ask, source, clock, said, trouble):
    source.error, source.shown = trouble, {}
    for name in ("all.ics", "", "none.ics"):
        reply = ask.feed(name)
        assert (reply.status, reply.body) == (503, b"")
        assert reply.headers == {"Retry-After": "60", "Content-Length": "0"}
    assert said == ["There is no feed yet: The roadmap thesis.md is empty. Paste it again."]
    source.error, source.shown = None, {"all.ics": NEW}
    clock.at = 2.0
    assert ask.feed().body == NEW


def test_what_the_source_had_before_counts_as_good_when_the_first_refresh_fails(ask, source, said, trouble):
    source.error = trouble
    assert ask.feed().body == source.shown["all.ics"]
    assert said[0].startswith("The feeds stay as they were")


def test_a_stranger_does_not_learn_that_there_is_no_feed_yet(ask, source, trouble):
    source.error, source.shown = trouble, {}
    assert ask("/f/wrong/all.ics").status == 404


def test_a_bug_is_not_hidden_and_stops_no_later_request(ask, source, clock):
    source.error = ZeroDivisionError("bug")
    with pytest.raises(ZeroDivisionError):
        ask.feed()
    source.error = None
    clock.at = 2.0
    assert ask.feed().status == 200


class Gate:
    """A refresh that waits until it is let through."""

    def __init__(self, source):
        self.entered, self.open, self.count = threading.Event(), threading.Event(), 0
        self.feeds = source.feeds

    def refresh(self):
        self.count += 1
        self.entered.set()
        assert self.open.wait(20)


@pytest.fixture
def gate(source, monkeypatch):
    gate = Gate(source)
    monkeypatch.setattr(source, "refresh", gate.refresh)
    yield gate
    gate.open.set()


def started(target):
    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    return thread


def test_requests_during_an_export_get_the_feed_that_is_there(ask, source, clock, monkeypatch):
    old = ask.feed()
    gate = Gate(source)
    monkeypatch.setattr(source, "refresh", gate.refresh)
    source.shown = {"all.ics": NEW}
    clock.at = 2.0
    replies = []
    exporting = started(lambda: replies.append(ask.feed()))
    assert gate.entered.wait(20)
    assert ask.feed() == old
    gate.open.set()
    exporting.join(20)
    assert replies[0].body == NEW
    assert gate.count == 1


def test_the_first_requests_wait_for_one_export(ask, gate):
    replies = []
    threads = [started(lambda: replies.append(ask.feed())) for _ in range(4)]
    assert gate.entered.wait(20)
    assert not replies
    gate.open.set()
    for thread in threads:
        thread.join(20)
    assert [reply.status for reply in replies] == [200] * 4
    assert gate.count == 1


def test_the_same_bytes_are_packed_once(ask, source, clock, monkeypatch):
    packed = []
    compress = gzip.compress

    def counting(data, **how):
        packed.append(data)
        return compress(data, **how)

    monkeypatch.setattr(gzip, "compress", counting)
    source.shown["copy.ics"] = bytes(source.shown["all.ics"])
    for clock.at in (0.0, 2.0, 4.0):
        ask.feed(accept_encoding="gzip")
        ask.feed("copy.ics", accept_encoding="gzip")
    assert len(packed) == 1
    source.shown["all.ics"] = NEW
    clock.at = 6.0
    assert gzip.decompress(ask.feed(accept_encoding="gzip").body) == NEW
    assert len(packed) == 2


@pytest.fixture
def shelf(source, clock):
    """A shelf that refreshes whenever it is asked."""
    return Shelf(source, say=lambda _: None, every=0.0, now=clock)


def test_packed_bytes_of_a_feed_that_changed_are_forgotten(shelf, source):
    for version in range(5):
        source.shown = {"all.ics": f"version {version}".encode()}
        shelf.gzipped(shelf.current()["all.ics"])
    assert len(shelf._packed) == 1


def test_the_same_bytes_are_hashed_once(shelf, source):
    first = shelf.current()["all.ics"]
    source.shown = {"all.ics": bytes(bytearray(first.body))}
    assert shelf.current()["all.ics"] is first
