"""Whatever is sent, it is answered: with tasks that the client library can read, or with a refusal."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from todoist_api_python.models import Task

from sync.sandbox import Sandbox
from sync.sandbox.todoist.service import Todoist
from sync.sandbox.wire import Request

NOW = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
DATES = st.sampled_from(
    ["2026-01-05", "2026-03-29T02:30:00", "2026-01-05T19:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z"]
)
WORDS = st.sampled_from(
    ["today", "every day", "every 0 days", "every 0 months", "every 999 months", "every mon at 19:00", "ev "]
)
DUES = st.fixed_dictionaries(
    {},
    optional={
        "date": DATES | JSON,
        "string": WORDS | JSON,
        "timezone": st.sampled_from(["Europe/Madrid", "../x", ""]) | JSON,
        "lang": JSON,
    },
)
IDS = st.sampled_from(["PROJECT", "SECTION", "PARENT", "CHILD", "LABEL", "t-1", "6XXXXXXXXXXXXXXX"]) | JSON
ROWS = st.lists(st.fixed_dictionaries({}, optional={"id": IDS, "child_order": JSON}), max_size=2) | JSON
ARGS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("id", "project_id", "section_id", "parent_id", "item_id"), IDS),
        "content": st.text(max_size=9) | JSON,
        "name": st.text(max_size=9) | JSON,
        "due": DUES | JSON,
        "deadline": st.fixed_dictionaries({"date": DATES | JSON}) | JSON,
        "duration": st.fixed_dictionaries({}, optional={"amount": JSON, "unit": JSON}) | JSON,
        "date_completed": DATES | JSON,
        **dict.fromkeys(("items", "projects", "sections"), ROWS),
        **dict.fromkeys(("labels", "priority", "description", "color", "view_style", "type"), JSON),
        **dict.fromkeys(
            ("child_order", "section_order", "is_collapsed", "is_favorite", "minute_offset"), JSON
        ),
        **dict.fromkeys(("responsible_uid", "auto_parse_labels", "is_forward"), JSON),
    },
)


@pytest.fixture(scope="module")
def start():
    """The state that every example begins with."""
    todoist = Sandbox(now=lambda: NOW).todoist
    project = todoist.seed_project("Roadmaps")
    section = todoist.seed_section(project, "Phase 1")
    parent = todoist.seed_task("Arrays", section_id=section, due={"string": "every day"})
    child = todoist.seed_task("Trees", parent_id=parent, due={"date": "2026-01-05"})
    label = todoist.commands.do("label_add", {"name": "study"})
    names = {"PROJECT": project, "SECTION": section, "PARENT": parent, "CHILD": child, "LABEL": label}
    return json.dumps(todoist.snapshot()), names


def begun(start) -> Todoist:
    todoist = Sandbox(now=lambda: NOW).todoist
    todoist.restore(json.loads(start[0]))
    todoist.quirks.plan["reminders"] = True
    return todoist


def meant(start, value):
    """The same arguments with ids that exist in the place of their names."""
    if isinstance(value, dict):
        return {key: meant(start, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [meant(start, inner) for inner in value]
    return start[1].get(value, value) if isinstance(value, str) else value


def ask(todoist, method, path, body=None, query=()):
    headers = {"authorization": f"Bearer {todoist.token}", "content-type": "application/json"}
    content = b"" if body is None else json.dumps(body).encode()
    answer = todoist.answer(Request(method, f"/api/v1/{path}", tuple(query), headers, content))
    return answer.status, json.loads(answer.body) if answer.body else None


@given(
    kind=st.sampled_from(sorted(Sandbox(now=lambda: NOW).todoist.commands._handlers)),
    args=ARGS,
    temp_id=st.none() | st.just("t-1"),
)
def test_any_command_leaves_tasks_that_can_be_read(start, kind, args, temp_id):
    todoist = begun(start)
    command = {"type": kind, "uuid": "u-1", "args": meant(start, args), "temp_id": temp_id}

    status, told = ask(todoist, "POST", "sync", {"commands": [command]})

    if status == 400:
        # texts that are no Unicode come back as one refusal
        assert told["error_extra"]["argument"] == "body"
        return
    word = told["sync_status"]["u-1"]
    assert word == "ok" or word["http_code"] in (400, 403, 404)
    _, read = ask(todoist, "POST", "sync", {"sync_token": "*", "resource_types": ["all"]})
    for item in read["items"]:
        assert Task.from_dict(item).id == item["id"]
        if not item["content"].startswith("* "):
            todoist.user_tick(item["id"])
    assert json.loads(json.dumps(todoist.snapshot())) == todoist.snapshot()


@given(body=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(("commands", "sync_token"), JSON)))
def test_any_body_of_sync_is_answered(start, body):
    status, _ = ask(begun(start), "POST", "sync", body)

    assert status in (200, 400)


@given(
    resource_types=st.lists(st.sampled_from(["items", "-items", "all"]) | JSON),
    token=st.sampled_from(["*", "WzAsMSwiMSJd", "W10=", "é", "WzAsIngiLCJ4Il0="]) | JSON,
)
def test_any_reading_is_answered(start, resource_types, token):
    body = {"sync_token": token, "resource_types": resource_types}

    status, _ = ask(begun(start), "POST", "sync", body)

    assert status in (200, 400)


@given(
    method=st.sampled_from(["GET", "POST", "DELETE", "PUT"]),
    noun=st.sampled_from(["tasks", "projects", "sections", "labels", "comments", "reminders", "tasks/quick"]),
    below=st.sampled_from(["", "/PARENT", "/PROJECT/archive", "/CHILD/close", "/CHILD/move", "/search"]),
    body=JSON | ARGS,
)
def test_any_request_to_the_endpoints_is_answered(start, method, noun, below, body):
    path = "/".join(start[1].get(word, word) for word in f"{noun}{below}".split("/"))

    status, _ = ask(begun(start), method, path, meant(start, body))

    assert status in (200, 204, 400, 403, 404)


@given(
    path=st.sampled_from(
        ["tasks", "tasks/filter", "tasks/completed/by_completion_date", "activities", "labels/shared"]
    ),
    query=st.lists(
        st.tuples(
            st.sampled_from(["limit", "cursor", "since", "until", "query", "object_event_types", "ids"]),
            st.text(max_size=9)
            | DATES
            | st.sampled_from(["9" * 5000, "(" * 900, "[1]", "[", "ZnJvbSAtNQ=="]),
        )
    ),
)
def test_any_query_is_answered(start, path, query):
    status, _ = ask(begun(start), "GET", path, query=query)

    assert status in (200, 400)


@given(texts=st.lists(st.text(max_size=12), min_size=9, max_size=9), project=st.sampled_from(["", "today"]))
def test_no_form_upsets_the_phone(start, texts, project):
    box = Sandbox(now=lambda: NOW)
    box.todoist.restore(json.loads(start[0]))
    names = ("title", "due_date", "due_time", "priority", "labels", "place", "notes", "done", "what")
    form = {**dict(zip(names, texts, strict=True)), "project": project}

    for task in ({}, {"task": start[1]["CHILD"]}, {"task": texts[0]}):
        for path in ("save", "tick", "delete"):
            body = urlencode({**form, **task}).encode()
            answer = box._deliver(Request("POST", f"/phone/tasks/{path}", (), {}, body)).answer
            assert answer.status in (303, 400)
    for path in ("/phone/tasks", "/phone/tasks/new", "/phone/tasks/task"):
        answer = box._deliver(Request("GET", path, tuple(form.items()))).answer
        assert answer.status in (200, 303)


def test_halves_of_characters_and_endless_brackets_are_refused(todo):
    kind = {"headers": {"Content-Type": "application/json"}}
    for body in (b'{"sync_token": "\\ud800"}', b'{"commands": ' + b"[" * 100_000):
        assert todo("POST", "sync", content=body, **kind).status_code == 400
    assert todo("POST", "sync", data={"commands": "[" * 100_000}).status_code == 400
