"""When planned faults strike, without any HTTP."""

import pytest

from sync.sandbox.faults import ANY_PART, RESET, TRUNCATED, TWICE, Faults, html, slow
from sync.sandbox.wire import Request

GET = Request("GET", "/api/a")
POST = Request("POST", "/api/b", body=b'{"id": "poison"}')


@pytest.fixture
def faults():
    return Faults(" /api")


def struck(faults, *requests):
    """Which of the requests are hit, by the names of the faults."""
    hits = [faults.strike(request) for request in requests]
    return [hit.fault.name if hit else None for hit in hits]


def test_nothing_goes_wrong_unless_somebody_asks(faults):
    assert struck(faults, GET, POST) == [None, None]


def test_a_fault_strikes_the_next_request_once(faults):
    faults.add(RESET)

    assert struck(faults, GET, GET) == ["reset", None]
    assert faults.planned == []


def test_a_fault_waits_for_its_number_and_lasts_as_long_as_asked(faults):
    faults.add(RESET, at=2, times=2)

    assert struck(faults, *[GET] * 5) == [None, "reset", "reset", None, None]


def test_a_storm_lasts_until_it_is_cleared(faults):
    faults.add(html(), times=0)
    assert struck(faults, *[GET] * 3) == ["HTML 503"] * 3

    faults.clear()
    assert struck(faults, GET) == [None]


def test_only_matching_requests_count(faults):
    faults.add(RESET, at=2, only="^POST")

    assert struck(faults, POST, GET, Request("POST", "/token"), GET) == [None, None, "reset", None]


def test_requests_elsewhere_do_not_count(faults):
    faults.add(RESET)

    assert struck(faults, Request("POST", "/token"), GET) == [None, "reset"]


def test_a_fault_can_aim_at_a_word_in_the_body(faults):
    faults.add(TRUNCATED, only="poison")

    assert struck(faults, GET, POST) == [None, "truncated"]


def test_a_pattern_may_name_the_whole_path(faults):
    faults.add(RESET, only="^POST /api/b$")

    assert struck(faults, Request("POST", "/api/b/c"), POST) == [None, "reset"]


def test_of_two_faults_at_one_request_the_first_strikes(faults):
    faults.add(slow(1))
    faults.add(TWICE, times=2)

    assert struck(faults, GET, GET) == ["slow by 1 s", "delivered twice"]


def test_faults_of_parts_leave_whole_requests_alone(faults):
    faults.add(RESET, part=2)
    assert struck(faults, GET) == [None]

    assert {number: hit.fault for number, hit in faults.strike_parts([GET, GET, GET]).items()} == {2: RESET}
    assert faults.strike_parts([GET, GET]) == {}


def test_a_fault_of_a_part_waits_until_a_batch_has_that_many(faults):
    faults.add(RESET, part=3)

    assert faults.strike_parts([GET, GET]) == {}
    assert list(faults.strike_parts([GET, GET, GET])) == [3]


def test_any_part_can_be_hit_by_what_is_in_it(faults):
    faults.add(RESET, part=ANY_PART, times=0, only="poison")

    assert list(faults.strike_parts([GET, POST, POST])) == [2, 3]


def test_the_work_is_done_unless_its_result_is_hidden_beforehand(faults):
    faults.add(RESET)
    faults.add(RESET, after=True, at=2)
    faults.add(slow(1), at=3)

    assert [faults.strike(GET).works for _ in range(3)] == [False, True, True]
