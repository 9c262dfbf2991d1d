"""The front door: tokens, scopes, addresses, rates, and the words of every refusal."""

import httpx
import pytest

from sync.sandbox.todoist.quirks import BadToken
from sync.sandbox.todoist.refusals import BY_NAME

READ = {"sync_token": "*", "resource_types": '["items"]'}


def with_token(token):
    return {"headers": {"Authorization": f"Bearer {token}"}}


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer"])
def test_nobody_comes_in_without_a_token(todo, header):
    answer = todo("POST", "sync", data=READ, headers={"Authorization": header})

    assert (answer.status_code, answer.json()["error_tag"]) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize(
    ("mood", "status", "said"),
    [(BadToken.JSON, 401, 401), (BadToken.SAYS_403, 401, 403), (BadToken.FORBIDDEN, 403, 403)],
)
def test_a_wrong_token_is_told_so(box, todo, mood, status, said):
    box.todoist.quirks.bad_token = mood

    answer = todo("GET", "tasks", **with_token("f" * 40))

    assert (answer.status_code, answer.json()["http_code"]) == (status, said)
    assert answer.json()["error_tag"] == "AUTH_INVALID_TOKEN"
    assert answer.json()["error_extra"]["access_type"] == "none"


def test_a_wrong_token_may_be_told_so_in_plain_text(box, todo):
    box.todoist.quirks.bad_token = BadToken.TEXT

    answer = todo("GET", "tasks", **with_token("f" * 40))

    assert (answer.status_code, answer.text) == (401, "Unauthorized")


def test_a_new_personal_token_ends_the_old_ones(box, todo):
    old, app = box.todoist.token, box.todoist.new_token()
    new = box.todoist.end_tokens()

    assert [todo("GET", "tasks", **with_token(token)).status_code for token in (old, app, new)] == [
        401,
        401,
        200,
    ]
    assert len(new) == 40


def test_a_token_for_reading_writes_nothing(box, todo):
    token = box.todoist.new_token(["data:read"])
    write = {"commands": [todo.command("item_add", content="x")]}

    assert todo("POST", "sync", data=READ, **with_token(token)).status_code == 200
    refused = [
        todo("POST", "sync", json=write, **with_token(token)),
        todo("POST", "tasks", json={"content": "x"}, **with_token(token)),
    ]

    assert [(answer.status_code, answer.json()["error_tag"]) for answer in refused] == [
        (403, "FORBIDDEN")
    ] * 2
    assert todo("GET", "tasks", **with_token(box.todoist.new_token(["task:add"]))).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "moons"),
        ("GET", "sync"),
        ("PUT", "tasks"),
        ("PATCH", "tasks/{task}"),
        ("GET", "tasks/{task}/close"),
        ("POST", "tasks/{task}/explode"),
        ("GET", "tasks/{task}/close/twice"),
        ("GET", "comments/search?query=x"),
    ],
)
def test_what_is_not_there_is_not_found(box, todo, method, path):
    answer = todo(method, path.format(task=box.todoist.seed_task("Arrays")))

    assert (answer.status_code, answer.json()["error_tag"]) == (404, "NOT_FOUND")


def test_the_address_is_lower_case_and_old_ones_are_gone(box, todo):
    headers = {"Authorization": f"Bearer {box.todoist.token}"}
    assert todo.client.get(f"{box.url}API/V1/tasks", headers=headers).status_code == 404
    for old in ("rest/v2/tasks", "sync/v9/sync"):
        answer = todo.client.get(f"{box.url}{old}", headers=headers)
        assert (answer.status_code, answer.json()["error_code"]) == (410, 410)


def test_a_missing_task_is_worded_as_the_endpoints_do(todo):
    answer = todo("GET", "tasks/6XXXXXXXXXXXXXXX")

    body = answer.json()
    assert answer.status_code == 404
    assert (body["error"], body["error_code"], body["error_tag"]) == ("Task not found", 478, "NOT_FOUND")
    assert body["error_extra"]["retry_after"] == 3
    assert len(body["error_extra"]["event_id"]) == 32


@pytest.mark.parametrize(
    ("path", "body", "argument"),
    [
        ("tasks", {}, "content"),
        ("tasks", {"content": "x", "duration": 5}, "duration"),
        ("tasks/quick", {}, "text"),
        ("tasks/quick", {"text": "x #Nowhere"}, "text"),
    ],
)
def test_a_body_that_says_too_little_is_refused(todo, path, body, argument):
    answer = todo("POST", path, json=body)

    assert (answer.status_code, answer.json()["error_extra"]["argument"]) == (400, argument)


def test_lists_that_need_more_say_so(todo):
    for path in ("comments", "projects/search", "tasks/filter"):
        assert todo("GET", path).json()["error_tag"] == "ARGUMENT_MISSING"


def test_a_task_can_lose_its_dates_through_the_endpoints(box, todo):
    body = {"content": "x", "due_datetime": "2026-01-05T19:00:00", "duration": 5, "duration_unit": "minute"}
    task = todo("POST", "tasks", json=body | {"deadline_date": "2026-01-09"}).json()["id"]
    empty = {"duration": None, "duration_unit": None, "deadline_date": None}

    assert todo("POST", f"tasks/{task}", json=empty).json()["duration"] is None
    assert box.todoist.task(task)["deadline"] is None
    assert todo("POST", f"tasks/{task}", json={"due_string": "no date"}).json()["due"] is None
    todo("POST", f"tasks/{task}", json={"due_date": "2026-01-06"})
    assert todo("POST", f"tasks/{task}", json={"due_date": None}).json()["due"] is None


def test_archived_projects_have_a_list_of_their_own_and_the_user_an_address(box, todo, project):
    box.todoist.user_archive_project(project)

    assert [one["id"] for one in todo("GET", "projects/archived").json()["results"]] == [project]
    assert todo("GET", "user").json()["email"] == "you@example.com"


@pytest.mark.parametrize(
    ("limit", "ask"),
    [
        ("partial_syncs", lambda todo: todo("POST", "sync", json={"commands": [todo.command("x")]})),
        ("complete_syncs", lambda todo: todo("POST", "sync", data=READ)),
        ("rest_requests", lambda todo: todo("GET", "tasks")),
    ],
)
def test_each_kind_of_request_has_its_rate(box, todo, clock, limit, ask):
    setattr(box.todoist.quirks, limit, 2)
    assert ask(todo).status_code == 200
    clock.forward(minutes=5)
    assert ask(todo).status_code == 200

    refused = ask(todo)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    body = refused.json()
    assert (body["error_code"], body["error_tag"]) == (35, "LIMITS_REACHED")
    assert body["error_extra"]["retry_after"] == 600

    clock.forward(seconds=600)
    assert ask(todo).status_code == 200
    setattr(box.todoist.quirks, limit, None)
    assert ask(todo).status_code == 200


def test_the_wait_may_be_told_nowhere(box, todo):
    box.todoist.quirks.rest_requests = 0
    box.todoist.quirks.wait_told_in = frozenset()

    refused = todo("GET", "tasks")

    assert "Retry-After" not in refused.headers
    assert refused.json()["error_extra"].keys() == {"event_id"}


def test_every_refusal_is_json_of_one_form():
    for name, refusal in BY_NAME.items():
        answer = refusal.answer()
        body = httpx.Response(answer.status, content=answer.body).json()
        assert list(body) == ["error", "error_code", "error_extra", "error_tag", "http_code"]
        assert name == f"{answer.status} {body['error_tag']}"
