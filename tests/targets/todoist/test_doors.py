"""The doors: answers that are not whole, tokens that are none, addresses that must not be."""

import json
from typing import Any

import httpx
import pytest

from sync.errors import ConfigError, NotAuthorised, RetryLater, TargetRefused
from sync.targets.todoist.target import TodoistTarget
from sync.targets.todoist.transport import ENDPOINT, Service
from tests.contract.worlds import patient
from tests.targets.todoist.hands import NOW, ZONE
from tests.targets.todoist.scripted import ACCOUNT, TOKEN, Scripted, each, outcome, tagged, whole


def answering(answer: Any) -> TodoistTarget:
    """A target whose every request is answered by this."""
    return TodoistTarget(TOKEN, zone=ZONE, now=NOW, patience=patient(), transport=httpx.MockTransport(answer))


@pytest.mark.parametrize("left_out", ["items", "projects", "sections", "sync_token"])
def test_a_reading_that_is_not_whole_is_not_believed(left_out: str):
    told = {name: value for name, value in ACCOUNT.items() if name != left_out}

    with pytest.raises(RetryLater):
        Scripted(each("ok"), told).target().read(b"")


def test_pages_of_finished_tasks_that_are_none_are_not_believed():
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"results": []} if request.method == "GET" else ACCOUNT)

    with pytest.raises(RetryLater):
        answering(answer).read(b"")


def test_a_state_older_than_the_answer_is_brought_up_to_date_at_once():
    told = {**ACCOUNT, "projects": [], "full_sync_date_utc": "2026-01-05T05:00:00Z"}
    task = {"id": "6Xa", "content": "a", "description": "roadmap-sync:1::plan/a", "priority": 1, "labels": []}
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content)["sync_token"] if request.content else "completed")
        changes = {"full_sync": False, "sync_token": "s-2", "items": [task]}
        date = {"Date": "Mon, 05 Jan 2026 06:00:00 GMT"}
        return httpx.Response(200, json=told if asked == ["*"] else changes, headers=date)

    assert [remote.marker.key for remote in answering(answer).read(b"").items] == ["plan/a"]
    assert asked[:2] == ["*", "s-1"]


@pytest.mark.parametrize(
    "memory",
    [b"", b"nonsense", b"[]", b'{"version": 1, "token": "s-1"}', b'{"version": 2, "odd": 2}', b"\xff"],
)
def test_memory_that_cannot_be_read_is_none(memory: bytes):
    world = Scripted(each("ok"))

    assert world.target().read(memory).items == ()
    assert json.loads(world.seen[0].content)["sync_token"] == "*"


def test_an_answer_whose_date_is_no_date_is_taken_all_the_same():
    def answer(request: httpx.Request) -> httpx.Response:
        told = {"items": []} if request.method == "GET" else ACCOUNT
        return httpx.Response(200, json=told, headers={"Date": "yesterday"})

    assert answering(answer).read(b"").items == ()


# --- token and address ---


@pytest.mark.parametrize("token", ["", "with blank", "line\nend", "tøken", "\x00"])
def test_a_token_that_is_none_is_not_repeated(token: str):
    with pytest.raises(NotAuthorised) as caught:
        Service(ENDPOINT, token)

    assert not token or token not in str(caught.value)
    assert "auth todoist" in caught.value.hint


def test_the_token_is_in_no_text_that_anybody_sees():
    world = Scripted(whole(500, tagged("INTERNAL_SERVER_ERROR", 500)))
    target = world.target()

    with pytest.raises(RetryLater) as caught:
        outcome(world)
    causes = [caught.value, caught.value.__cause__, caught.value.__context__]
    assert TOKEN not in " ".join(f"{cause!r} {cause}" for cause in causes)
    assert TOKEN not in repr(target) + repr(vars(target))
    assert TOKEN.encode() not in target.read(b"").memory
    assert world.seen[0].headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:8080/", "http://localhost:1", "http://[::1]:1/", ENDPOINT, "https://example.org/todo"],
)
def test_an_endpoint_may_be_on_this_computer_or_encrypted(endpoint: str):
    world = Scripted(each("ok"), ACCOUNT | {"projects": [], "sections": []})
    world.target(endpoint).read(b"")

    assert [str(request.url) for request in world.seen] == [f"{endpoint.rstrip('/')}/api/v1/sync"]


@pytest.mark.parametrize(
    "endpoint", ["http://api.todoist.com/", "http://10.0.0.1/", "http://127.0.0.1.example.org/"]
)
def test_the_token_is_never_sent_in_the_clear(endpoint: str):
    with pytest.raises(ConfigError, match="unencrypted"):
        Service(endpoint, TOKEN)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "todoist",
        "ftp://127.0.0.1/",
        "file:///etc",
        "http://evil.example\\@127.0.0.1/",
        "http://me@127.0.0.1/",
    ],
)
def test_an_endpoint_that_is_no_address_is_an_error_of_the_configuration(endpoint: str):
    with pytest.raises(ConfigError, match="no address"):
        Service(endpoint, TOKEN)


def test_requests_are_counted_and_no_write_asks_for_nothing():
    world = Scripted(each("ok"))
    target = world.target()

    assert list(target.write([])) == []
    assert target.requests == 0
    target.read(b"")
    assert target.requests == len(world.seen)


def test_an_unknown_zone_is_an_error_of_the_configuration():
    with pytest.raises(ConfigError, match="Mars/Base"):
        TodoistTarget(TOKEN, zone="Mars/Base", now=NOW, patience=patient())


def test_a_refused_reading_of_everything_is_a_refusal():
    with pytest.raises(TargetRefused):
        answering(lambda _: httpx.Response(400)).read(b"")


def test_what_was_made_and_is_not_there_ends_the_push():
    world = Scripted(each("ok", mapping=False), ACCOUNT | {"projects": [], "sections": []})

    with pytest.raises(TargetRefused, match="gone at once"):
        outcome(world)
