"""Each fault over real HTTP: what the caller sees, and whether the write was done."""

import json

import pytest
import requests

from sync.sandbox import Sandbox
from sync.sandbox.faults import RESET, TRUNCATED, TWICE, html, slow
from sync.sandbox.google.refusals import BY_NAME
from sync.sandbox.google.service import refusal


@pytest.fixture
def insert(raw, calendar, timed):
    def send(name="rs001"):
        return raw("POST", raw.events(calendar), timed(id=name))

    return send


@pytest.fixture
def written(box, calendar):
    return lambda: [event["id"] for event in box.google.events(calendar)]


@pytest.mark.parametrize("after", [False, True])
def test_a_reset_connection_brings_no_answer(box, insert, written, after):
    box.google.faults.add(RESET, after=after)

    with pytest.raises(requests.ConnectionError):
        insert()

    assert written() == (["rs001"] if after else [])
    assert (box.google.log.requests[0].status, box.google.log.requests[0].fault) == (0, "reset")
    assert insert().status_code == (409 if after else 200)


def test_a_truncated_body_ends_early_although_the_write_was_done(box, insert, written):
    box.google.faults.add(TRUNCATED)

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        insert()

    assert written() == ["rs001"]


@pytest.mark.parametrize("after", [False, True])
def test_a_page_of_a_front_end_comes_where_json_was_due(box, insert, written, after):
    box.google.faults.add(html(503), after=after)

    answer = insert()

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)
    assert written() == (["rs001"] if after else [])


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", BY_NAME)
def test_every_refusal_can_be_had_before_and_after_the_write(box, insert, written, name, after):
    box.google.faults.add(refusal(name, retry_after=7), after=after)

    answer = insert()

    status, reason = name.split()
    assert (answer.status_code, answer.headers["Retry-After"]) == (int(status), "7")
    assert answer.json()["error"]["errors"][0]["reason"] == reason
    assert answer.json()["error"]["code"] == int(status)
    assert written() == (["rs001"] if after else [])


def test_a_request_that_is_delivered_twice_answers_with_the_second_result(box, insert, written):
    box.google.faults.add(TWICE)

    assert insert().status_code == 409
    assert written() == ["rs001"]
    assert [call.status for call in box.google.log.calls] == [200, 409]


def test_a_slow_answer_is_the_true_one_and_holds_up_nobody_else(clock, timed):
    waited: list[float] = []
    with Sandbox(now=clock, sleep=waited.append) as box, requests.Session() as session:
        box.google.faults.add(slow(15))
        address = f"{box.url}calendar/v3/colors"
        headers = {"Authorization": f"Bearer {box.google.authorized_user()['token']}"}

        answers = [session.get(address, headers=headers, timeout=5) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert waited == [15]


def test_a_caller_may_give_up_on_a_slow_answer(box, raw, calendar, timed, written):
    box.google.faults.add(slow(0.2))

    with pytest.raises(requests.Timeout):
        raw.session.post(
            box.url + raw.events(calendar).lstrip("/"),
            json=timed(id="rs001"),
            headers={"Authorization": f"Bearer {raw.token}"},
            timeout=0.05,
        )

    assert written() == ["rs001"]


def test_a_push_can_be_cut_off_at_any_request(box, insert, written):
    box.google.faults.add(RESET, at=3)

    insert("rs001")
    insert("rs002")
    with pytest.raises(requests.ConnectionError):
        insert("rs003")

    assert written() == ["rs001", "rs002"]


def test_the_token_endpoint_can_fail_too(box, raw, session):
    box.google.faults.add(html(502), only="POST /token")

    assert raw("GET", "/calendar/v3/colors").status_code == 200
    assert session.post(f"{box.url}token", timeout=5).status_code == 502


def test_all_faults_of_a_service_have_names(box):
    names = box.google.mishaps()

    assert {"reset", "truncated", "HTML 503", "slow by 3 s", "429 rateLimitExceeded"} <= names.keys()
    assert all(fault.name == name for name, fault in names.items())
