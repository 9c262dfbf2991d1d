"""What Todoist says to a write, byte for byte, and what becomes of it."""

import httpx
import pytest

from sync.errors import ItemVanished, NotAuthorised, OutOfReach, RetryLater, RoadmapSyncError, TargetRefused
from sync.remote import Failed, Intent, Landed, Marker, Op
from sync.targets.todoist.refusals import Complaint, of_command, of_request, translating
from sync.targets.todoist.transport import ENDPOINT
from tests.targets.todoist.scripted import (
    ACCOUNT,
    TOKEN,
    Answer,
    Scripted,
    each,
    outcome,
    results,
    tagged,
    whole,
)

TOO_MANY = (
    b'{"error":"Too many requests. Limits reached. Try again later","error_code":35,'
    b'"error_extra":{"event_id":"07c3","retry_after":66},"error_tag":"LIMITS_REACHED","http_code":429}'
)


def raised(answer: Answer) -> RoadmapSyncError:
    with pytest.raises(RoadmapSyncError) as caught:
        outcome(Scripted(answer))
    assert TOKEN not in f"{caught.value!r} {caught.value} {caught.value.title} {caught.value.hint}"
    return caught.value


def failure(word: object) -> Failed:
    """Return what becomes of a task of which this is said."""
    result = outcome(Scripted(each(word)))
    assert isinstance(result, Failed)
    return result


OLD_401 = (
    b'{"error":"Invalid token","error_code":401,"error_extra":{"access_type":"none","event_id":"1",'
    b'"retry_after":4},"error_tag":"AUTH_INVALID_TOKEN","http_code":403}'
)


@pytest.mark.parametrize(
    "answer",
    [
        whole(401, OLD_401),
        whole(403, OLD_401),
        whole(401, b"Forbidden"),
        whole(403, tagged("UNAUTHORIZED")),
        whole(403, tagged("FORBIDDEN", text="Insufficient token scope")),
    ],
)
def test_a_token_that_is_not_accepted_says_how_to_sign_in(answer: Answer):
    error = raised(answer)

    assert isinstance(error, NotAuthorised)
    assert error.exit_code == 7
    assert "auth todoist" in error.hint


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (whole(429, TOO_MANY), 66),
        (whole(429, TOO_MANY, **{"Retry-After": "513"}), 513),
        (whole(429, TOO_MANY, **{"Retry-After": "5"}), 66),
        (whole(429, b"slow down", **{"Retry-After": "7"}), 7),
        (whole(429, b"", **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), None),
        (whole(503, b"<html>", **{"Retry-After": "7"}), None),
    ],
)
def test_a_wish_for_a_pause_is_taken_from_header_and_body(answer: Answer, after: float | None):
    error = raised(answer)

    assert isinstance(error, RetryLater)
    assert error.after == after
    assert ("in 9 min" if after == 513 else "min" if after else "later") in error.hint


@pytest.mark.parametrize(
    "answer",
    [
        whole(500, tagged("INTERNAL_SERVER_ERROR", 500)),
        whole(502, b"<html>Bad gateway</html>"),
        whole(504),
        whole(408),
        whole(403, b"<html>Who are you?</html>"),
        whole(200, b"<!DOCTYPE html>"),
        whole(200, b'{"sync_status": {'),
        whole(200, b"[]"),
    ],
)
def test_where_the_fate_is_not_known_it_is_to_be_sent_again(answer: Answer):
    assert isinstance(raised(answer), RetryLater)


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout("t"), httpx.ConnectTimeout("t"), httpx.ConnectError("refused"),
     httpx.RemoteProtocolError("cut"), httpx.DecodingError("gzip"), httpx.TooManyRedirects("round")],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_nothing_of_the_library_crosses_the_door(error: Exception):
    def fail(_: object) -> httpx.Response:
        raise error

    assert isinstance(raised(fail), RetryLater)


@pytest.mark.parametrize(
    ("error", "nothing_was_sent"),
    [(httpx.ConnectTimeout("t"), True), (httpx.ConnectError("refused"), True), (httpx.ProxyError("403"), True),
     (httpx.ReadTimeout("t"), False), (httpx.ReadError("reset"), False)],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_only_where_no_connection_was_made_is_it_sure_that_nothing_was_sent(error, nothing_was_sent):
    with pytest.raises(RetryLater) as caught, translating():
        raise error
    assert isinstance(caught.value, OutOfReach) == nothing_was_sent
    assert ("cannot be reached" in caught.value.title) == nothing_was_sent


def test_what_is_none_of_the_librarys_passes_the_door():
    with pytest.raises(KeyError), translating():
        raise KeyError("ours")


@pytest.mark.parametrize(
    "answer",
    [
        whole(410),
        whole(404, tagged("NOT_FOUND", 404)),
        whole(413),
        whole(400, tagged("BAD", 400, 20, "No such")),
        whole(302),
    ],
)
def test_what_will_never_be_taken_ends_the_push(answer: Answer):
    error = raised(answer)

    assert isinstance(error, TargetRefused)
    assert error.exit_code == 6


@pytest.mark.parametrize("status", [301, 302, 404, 405])
def test_an_address_without_the_api_is_named_with_the_place_where_it_is_written(status: int):
    error = raised(whole(status, b"<html>Nothing here</html>"))

    assert isinstance(error, TargetRefused)
    assert error.title == "There is no Todoist API at https://api.todoist.com/."
    assert "`endpoint` under [todoist]" in error.hint


def test_an_answer_that_nobody_can_read_says_what_to_look_at_if_it_stays_so():
    assert "`endpoint` under [todoist]" in raised(whole(200, b"<!DOCTYPE html>")).hint


@pytest.mark.parametrize(
    ("tag", "title", "step"),
    [
        ("MAX_ITEMS_LIMIT_REACHED", "no more tasks in this project", "ick off"),
        ("MAX_PROJECTS_LIMIT_REACHED", "no more projects in this account", "Delete or archive a project"),
        ("MAX_SECTIONS_LIMIT_REACHED", "no more sections in this project", "Delete or archive a section"),
        ("MAX_LABELS_LIMIT_REACHED", "no more labels in this account", "Delete labels"),
        ("MAX_COMETS_LIMIT_REACHED", "MAX_COMETS_LIMIT_REACHED", "larger plan"),
    ],
)
def test_each_limit_says_what_is_full_and_what_makes_room(tag: str, title: str, step: str):
    whole_request = raised(whole(403, tagged(tag)))
    one_command = raised(each({"error_tag": tag, "error": "Maximum exceeded", "http_code": 403}))

    for error in (whole_request, one_command):
        assert isinstance(error, TargetRefused)
        assert title in error.title
        assert step in error.hint


def test_a_limit_without_its_tag_is_that_of_tasks():
    assert "no more tasks" in raised(whole(403, tagged("", code=49))).title


# --- one command at a time ---


@pytest.mark.parametrize(
    "word", ["ok", {"error_tag": "ALREADY_PROCESSED", "error_code": 37, "http_code": 400}]
)
def test_done_before_is_done(word: object):
    assert outcome(Scripted(each(word))) == Landed("plan/a", "6X0")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ({"error": "Invalid", "error_tag": "INVALID_ARGUMENT_VALUE", "error_code": 20, "http_code": 400,
          "error_extra": {"argument": "due", "explanation": "bad"}}, TargetRefused),
        ({"error": "Premium only", "error_tag": "PREMIUM_ONLY", "error_code": 32, "http_code": 403}, TargetRefused),
        ({"error": "Section not found", "error_tag": "SECTION_NOT_FOUND", "http_code": 404}, TargetRefused),
    ],
)  # fmt: skip
def test_one_refused_command_is_a_failed_item(word: object, kind: type[Exception]):
    assert type(failure(word).error) is kind


@pytest.mark.parametrize("word", [None, {}, {"error_tag": "INTERNAL_SERVER_ERROR", "http_code": 500}, "soon"])
def test_one_unanswered_command_is_to_be_sent_again(word: object):
    assert isinstance(failure(word).error, RetryLater)


def test_a_pause_that_one_command_asks_for_is_taken():
    word = {
        "error_tag": "LIMITS_REACHED",
        "error_code": 35,
        "http_code": 429,
        "error_extra": {"retry_after": 9},
    }
    error = failure(word).error

    assert isinstance(error, RetryLater)
    assert error.after == 9


def test_a_token_that_ends_within_a_request_ends_the_push():
    assert isinstance(raised(each({"error_tag": "AUTH_INVALID_TOKEN", "http_code": 401})), NotAuthorised)


def test_the_argument_that_was_refused_is_named():
    word = {"error": "Invalid argument value", "error_tag": "INVALID_ARGUMENT_VALUE", "http_code": 400,
            "error_extra": {"argument": "due", "expected": "a date"}}  # fmt: skip

    assert of_command(Complaint.read(word)).title == "Todoist refused it: Invalid argument value due a date."


def test_a_task_that_is_gone_is_vanished_for_an_update_and_landed_for_a_deletion():
    there = {
        "id": "6Xa", "content": "a", "priority": 1, "project_id": "6Xhome", "labels": [],
        "description": "roadmap-sync:1::plan/a",
    }  # fmt: skip
    gone = {"error_tag": "ITEM_NOT_FOUND", "error_code": 22, "http_code": 404}
    target = Scripted(each(gone), {**ACCOUNT, "items": [there]}).target()
    (remote,) = target.read(b"").items
    marker, uuid = Marker("plan/a", 2, ""), "6a7c1f0e-5d0b-5c55-9d4e-0f4b1d6a2c11"
    update = Intent(Op.UPDATE, marker, uuid, "", remote.fields, ("content",), remote.id, remote.version)
    deletion = Intent(Op.DELETE, marker, uuid, remote_id=remote.id, version=remote.version)

    (updated,) = results(target, update)
    assert isinstance(updated, Failed)
    assert isinstance(updated.error, ItemVanished)
    assert results(target, deletion) == [Landed("plan/a", "6Xa")]


def test_an_answer_without_the_new_id_is_followed_by_one_look():
    world = Scripted(each("ok", mapping=False))
    result = outcome(world)

    assert [request.url.path for request in world.seen[-2:]] == ["/api/v1/sync"] * 2
    assert isinstance(result, Failed)
    assert isinstance(result.error, ItemVanished)


@pytest.mark.parametrize(
    ("word", "title", "step"),
    [
        ({"error_tag": "PREMIUM_ONLY", "error_code": 32, "http_code": 403}, "paid plan", "larger plan"),
        ({"error_tag": "FORBIDDEN", "error": "Not allowed to move", "http_code": 403},
         "Todoist does not allow it: Not allowed to move.", "may change the project"),
        ({"error_tag": "INVALID_ARGUMENT_VALUE", "http_code": 400},
         "Todoist refused it: INVALID_ARGUMENT_VALUE.", "Mend it in the roadmap"),
    ],
)  # fmt: skip
def test_a_refusal_of_one_task_says_what_helps(word: dict[str, object], title: str, step: str):
    error = failure(word).error

    assert title in error.title
    assert step in error.hint


def test_a_project_that_went_while_its_section_was_to_be_made_is_not_called_a_task():
    account = {**ACCOUNT, "sections": [], "projects": [{**ACCOUNT["projects"][0]}]}
    gone = {"error_tag": "PROJECT_NOT_FOUND", "http_code": 404}

    with pytest.raises(TargetRefused, match="project, section or task above it is gone"):
        outcome(Scripted(each(gone), account))


def test_other_refusals_have_words():
    assert "403" in of_request(Complaint(403, "FORBIDDEN", 403, "Not allowed to move"), ENDPOINT).title
    assert isinstance(of_command(Complaint(404)), ItemVanished)
