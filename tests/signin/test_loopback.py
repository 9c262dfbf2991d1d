"""The door for the browser: who is heard, who is turned away, and how long it stays open."""

import socket
import threading

import pytest
import requests

from sync.errors import NotAuthorised
from sync.signin.loopback import HEARD, STRAY, Door


class Waiting:
    """A door that waits for the state `ours`; called, it says what came."""

    def __init__(self, door: Door) -> None:
        self.address = door.address
        self._answers: list[str] = []
        self._thread = threading.Thread(target=lambda: self._answers.append(door.came_back("ours", 20)))
        self._thread.start()

    def __call__(self) -> list[str]:
        self._thread.join(20)
        return self._answers

    def end(self) -> None:
        if self._thread.is_alive():
            requests.get(f"{self.address}?state=ours", timeout=10)
            self._thread.join(20)


@pytest.fixture
def heard():
    with Door() as door:
        waiting = Waiting(door)
        yield waiting
        waiting.end()


def test_the_answer_with_our_state_is_handed_over(heard):
    page = requests.get(f"{heard.address}?state=ours&code=4/0abc&scope=a%20b", timeout=10)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert HEARD in page.text
    assert "4/0abc" not in page.text
    assert heard() == ["/?state=ours&code=4/0abc&scope=a%20b"]


@pytest.mark.parametrize(
    "query", ["", "?code=4/0evil", "?state=theirs&error=access_denied", "?state=%C3%BC", "?state="]
)
def test_a_request_with_another_state_changes_nothing(heard, query):
    page = requests.get(heard.address + query, timeout=10)
    assert page.status_code == 404
    assert STRAY in page.text
    requests.get(f"{heard.address}?state=ours&code=right", timeout=10)
    assert heard() == ["/?state=ours&code=right"]


def test_a_browsers_wish_for_an_icon_and_a_silent_connection_hold_nothing_up(heard):
    port = int(heard.address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)):
        assert requests.get(f"{heard.address}favicon.ico", timeout=10).status_code == 404
        assert requests.post(heard.address, timeout=10).status_code == 501
        requests.get(f"{heard.address}?state=ours", timeout=10)
        assert heard() == ["/?state=ours"]


def test_a_browser_that_hangs_up_is_heard_all_the_same(heard, monkeypatch, capsys):
    monkeypatch.setattr("sync.signin.loopback._Visit._show", hung_up)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{heard.address}?state=ours&code=4/0abc", timeout=10)
    assert heard() == ["/?state=ours&code=4/0abc"]
    assert capsys.readouterr() == ("", "")


def hung_up(self, status, words):
    raise BrokenPipeError


def test_nothing_of_the_address_is_printed(heard, capsys):
    requests.get(f"{heard.address}?state=ours&code=4/0abc", timeout=10)
    heard()
    assert capsys.readouterr() == ("", "")


def test_nobody_who_comes_is_a_sentence_with_a_way_out():
    with Door() as door, pytest.raises(NotAuthorised, match="Nobody allowed") as caught:
        door.came_back("ours", 0.01)
    assert "--no-browser" in caught.value.hint


def test_each_door_has_a_port_of_its_own_on_this_machine_alone():
    with Door() as one, Door() as other:
        assert one.address != other.address
        assert {each.server_address[0] for each in (one, other)} == {"127.0.0.1"}
