"""Each fault over real HTTP: what the caller sees, and whether the write was done."""

import json

import httpx
import pytest

from sync.sandbox import Sandbox
from sync.sandbox.faults import ANY_PART, LOST_PART, RESET, TRUNCATED, TWICE, html, slow
from sync.sandbox.todoist.refusals import BY_NAME
from sync.sandbox.todoist.service import refusal


@pytest.fixture
def send(todo):
    """Send one command, the same bytes each time."""
    body = {"commands": [todo.command("item_add", "t-1", content="Arrays")]}
    return lambda: todo("POST", "sync", json=body)


@pytest.fixture
def written(box):
    return lambda: [task["content"] for task in box.todoist.tasks()]


@pytest.mark.parametrize("after", [False, True])
def test_after_a_reset_the_same_bytes_settle_it(box, send, written, after):
    box.todoist.faults.add(RESET, after=after)

    with pytest.raises(httpx.TransportError):
        send()
    assert written() == (["Arrays"] if after else [])

    assert send().json()["temp_id_mapping"]["t-1"] == box.todoist.tasks()[0]["id"]
    assert written() == ["Arrays"]


def test_a_truncated_body_ends_early_although_the_write_was_done(box, send, written):
    box.todoist.faults.add(TRUNCATED)

    with pytest.raises(httpx.RemoteProtocolError):
        send()

    assert written() == ["Arrays"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("status", [502, 503])
def test_a_page_comes_where_json_was_due(box, send, written, status, after):
    box.todoist.faults.add(html(status), after=after)

    answer = send()

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert written() == (["Arrays"] if after else [])


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", BY_NAME)
def test_every_refusal_can_be_had_before_and_after_the_write(box, send, written, name, after):
    box.todoist.faults.add(refusal(name), after=after)

    answer = send()

    status, tag = name.split()
    assert (answer.status_code, answer.json()["error_tag"]) == (int(status), tag)
    assert written() == (["Arrays"] if after else [])


@pytest.mark.parametrize("told_in", [frozenset(), frozenset(("body",)), frozenset(("header",))])
def test_a_storm_lasts_until_it_is_cleared_and_says_how_long_to_wait(box, send, told_in):
    box.todoist.faults.add(refusal("429 LIMITS_REACHED", retry_after=7, told_in=told_in), times=0)

    for answer in (send(), send(), send()):
        assert answer.status_code == 429
        assert answer.headers.get("Retry-After") == ("7" if "header" in told_in else None)
        assert answer.json()["error_extra"].get("retry_after") == (7 if "body" in told_in else None)

    box.todoist.faults.clear()
    assert send().status_code == 200


def test_a_request_that_is_delivered_twice_is_done_once(box, send, written):
    box.todoist.faults.add(TWICE)

    assert send().json()["sync_status"] == {"uuid-1": "ok"}
    assert written() == ["Arrays"]


def test_a_slow_answer_is_the_true_one(clock):
    waited: list[float] = []
    with Sandbox(now=clock, sleep=waited.append) as box, httpx.Client() as client:
        box.todoist.faults.add(slow(15))
        headers = {"Authorization": f"Bearer {box.todoist.token}"}

        answer = client.get(f"{box.url}api/v1/tasks", headers=headers)

    assert (answer.status_code, waited) == (200, [15])


def test_one_command_of_many_can_fail_for_a_reason_of_its_own(box, todo, written):
    box.todoist.faults.add(refusal("500 INTERNAL_SERVER_ERROR"), part=2)
    adds = [todo.command("item_add", f"t-{word}", content=word) for word in "abc"]

    told = todo.sync(*adds)

    words = [told["sync_status"][add["uuid"]] for add in adds]
    assert [word if word == "ok" else word["http_code"] for word in words] == ["ok", 500, "ok"]
    assert words[1]["error_extra"] == {}
    assert written() == ["a", "c"]
    assert list(told["temp_id_mapping"]) == ["t-a", "t-c"]
    assert set(todo.sync(*adds)["sync_status"].values()) == {"ok"}
    assert written() == ["a", "c", "b"]


def test_a_command_may_be_done_and_called_failed(box, todo, written):
    box.todoist.faults.add(html(500), part=1, after=True)
    add = todo.command("item_add", "t-1", content="Arrays")

    told = todo.sync(add)

    assert told["sync_status"][add["uuid"]]["error_tag"] == "INTERNAL_SERVER_ERROR"
    assert told["temp_id_mapping"] == {}
    assert written() == ["Arrays"]
    assert todo.sync(add)["temp_id_mapping"] == {"t-1": box.todoist.tasks()[0]["id"]}


@pytest.mark.parametrize("after", [False, True])
def test_a_command_may_be_missing_from_the_status(box, todo, written, after):
    box.todoist.faults.add(LOST_PART, part=1, after=after)
    adds = [todo.command("item_add", "t-1", content="a"), todo.command("item_add", "t-2", content="b")]

    told = todo.sync(*adds)

    assert told["sync_status"] == {adds[1]["uuid"]: "ok"}
    assert list(told["temp_id_mapping"]) == ["t-2"]
    assert written() == (["a", "b"] if after else ["b"])


def test_a_poisoned_task_is_never_taken(box, todo, written):
    poison = refusal("400 INVALID_ARGUMENT_VALUE")
    box.todoist.faults.add(poison, part=ANY_PART, times=0, only="Größe")

    for _ in range(2):
        told = todo.sync(*(todo.command("item_add", content=word) for word in ("a", "Größe", "b")))
        assert sum(word == "ok" for word in told["sync_status"].values()) == 2

    assert written() == ["a", "b"] * 2


def test_a_fault_of_another_kind_leaves_a_command_as_it_is(box, todo):
    box.todoist.faults.add(slow(9), part=1)

    assert todo.do("item_add", content="Arrays")


def test_faults_of_one_service_leave_the_other_alone(box, raw, todo):
    box.todoist.faults.add(RESET, times=0)
    assert raw("GET", "/calendar/v3/colors").status_code == 200

    box.todoist.faults.clear()
    box.google.faults.add(RESET, times=0)
    assert todo("GET", "tasks").status_code == 200


def test_all_faults_have_names(box):
    names = box.todoist.mishaps()

    assert {"reset", "truncated", "HTML 503", "slow by 15 s", "429 LIMITS_REACHED"} <= names.keys()
    assert all(fault.name == name for name, fault in names.items())
    for fault in names.values():
        if fault.answer and fault.name != "HTML 503":
            assert json.loads(fault.answer.body)["error_tag"] in fault.name
