"""Commands of `/sync`: their uuids, temporary ids, and an answer of its own to each."""

import json

import pytest

from sync.sandbox.todoist.quirks import Repeat


def titles(box):
    return [task["content"] for task in box.todoist.tasks()]


def test_a_uuid_is_executed_once_and_answered_alike_ever_after(box, todo):
    add = todo.command("item_add", "t-1", content="Arrays")

    first = todo.sync(add)
    second = todo.sync(add, add)

    assert first["sync_status"] == second["sync_status"] == {add["uuid"]: "ok"}
    assert first["temp_id_mapping"] == second["temp_id_mapping"]
    assert titles(box) == ["Arrays"]


@pytest.mark.parametrize("repeat", [Repeat.REFUSED, Repeat.BARE])
def test_older_servers_refuse_a_repeated_uuid(box, todo, repeat):
    box.todoist.quirks.repeat = repeat
    add = todo.command("item_add", "t-1", content="Arrays")
    made = todo.sync(add)["temp_id_mapping"]

    told = todo.sync(add)

    word = told["sync_status"][add["uuid"]]
    assert (word["http_code"], word["error_code"], word["error_tag"]) == (400, 37, "ALREADY_PROCESSED")
    assert told["temp_id_mapping"] == (made if repeat is Repeat.REFUSED else {})
    assert titles(box) == ["Arrays"]


def test_a_uuid_that_was_refused_is_tried_again(box, todo):
    close = todo.command("item_add", "t-1", content="Arrays", section_id="6XXXXXXXXXXXXXXX")
    assert todo.sync(close)["sync_status"][close["uuid"]]["error_tag"] == "SECTION_NOT_FOUND"

    again = {**close, "args": {"content": "Arrays"}}

    assert todo.sync(again)["sync_status"] == {close["uuid"]: "ok"}


def test_a_server_may_forget_old_uuids(box, todo):
    box.todoist.quirks.uuids_remembered = 1
    adds = [todo.command("item_add", content=word) for word in ("a", "b")]
    todo.sync(*adds)

    todo.sync(*reversed(adds))

    assert titles(box) == ["a", "b", "a"]


def test_a_temporary_id_serves_the_later_commands_of_its_request(box, todo):
    told = todo.sync(
        todo.command("project_add", "p-1", name="Roadmaps"),
        todo.command("section_add", "s-1", name="Phase 1", project_id="p-1"),
        todo.command("item_add", "i-1", content="Parent", section_id="s-1"),
        todo.command("item_add", "i-2", content="Child", parent_id="i-1"),
        todo.command("item_reorder", items=[{"id": "i-2", "child_order": 7}]),
    )

    ids = told["temp_id_mapping"]
    assert list(ids) == ["p-1", "s-1", "i-1", "i-2"]
    child = box.todoist.task(ids["i-2"])
    assert (child["parent_id"], child["section_id"], child["project_id"]) == (
        ids["i-1"],
        ids["s-1"],
        ids["p-1"],
    )
    assert child["child_order"] == 7


def test_a_temporary_id_does_not_outlive_its_request(todo):
    todo.sync(todo.command("project_add", "p-1", name="Roadmaps"))

    assert todo.refused("item_add", content="x", project_id="p-1") == (400, "INVALID_TEMPID")
    assert todo.refused("item_reorder", items=[{"id": "i-1", "child_order": 1}]) == (400, "INVALID_TEMPID")


def test_a_failed_command_takes_what_depends_on_it_along_and_undoes_nothing(box, todo):
    box.todoist.quirks.plan["max_projects"] = 0
    before = todo.command("item_add", content="Before")
    place = todo.command("project_add", "p-1", name="Roadmaps")
    inside = todo.command("item_add", "t-1", content="Inside", project_id="p-1")
    after = todo.command("item_add", content="After")

    told = todo.sync(before, place, inside, after)

    words = [told["sync_status"][command["uuid"]] for command in (before, place, inside, after)]
    assert [word if word == "ok" else word["error_tag"] for word in words] == [
        "ok",
        "MAX_PROJECTS_LIMIT_REACHED",
        "INVALID_TEMPID",
        "ok",
    ]
    assert told["temp_id_mapping"] == {}
    assert titles(box) == ["Before", "After"]


def test_an_entry_of_the_status_names_error_code_tag_and_argument(todo):
    add = todo.command("item_add", content="x" * 501)

    assert todo.sync(add)["sync_status"][add["uuid"]] == {
        "error": "Invalid argument value",
        "error_code": 20,
        "error_extra": {"argument": "content", "expected": "String should have at most 500 characters"},
        "error_tag": "INVALID_ARGUMENT_VALUE",
        "http_code": 400,
    }


def test_a_write_without_a_token_reads_nothing_and_calls_itself_full(todo):
    told = todo.sync(todo.command("item_add", "t-1", content="Arrays"), resource_types=["items"])

    assert told["full_sync"] is True
    assert told.keys() == {
        "full_sync",
        "full_sync_date_utc",
        "sync_status",
        "sync_token",
        "temp_id_mapping",
    }


def test_one_request_may_write_and_read(todo):
    token = todo.full()["sync_token"]

    told = todo.sync(
        todo.command("item_add", content="Arrays"), sync_token=token, resource_types=["items", "projects"]
    )

    assert told["full_sync"] is False
    assert [item["content"] for item in told["items"]] == ["Arrays"]
    assert told["projects"] == []


def test_json_bodies_are_taken_as_well_as_forms(box, todo):
    add = todo.command("item_add", content="Größe ✔", auto_parse_labels=False)
    fields = {"commands": [add], "sync_token": "*", "resource_types": ["items"]}
    body = json.dumps(fields, ensure_ascii=False).encode()

    told = todo("POST", "sync", content=body, headers={"Content-Type": "application/json"}).json()

    assert [item["content"] for item in told["items"]] == ["Größe ✔"]


def test_a_hundred_commands_fit_into_a_request_and_not_one_more(box, todo):
    adds = [todo.command("item_add", content=f"Task {number}") for number in range(101)]

    answer = todo("POST", "sync", json={"commands": adds})

    assert answer.status_code == 400
    assert answer.json()["error_extra"]["argument"] == "commands"
    assert titles(box) == []
    assert set(todo.sync(*adds[:100])["sync_status"].values()) == {"ok"}
    assert len(box.todoist.log.writes) == 100


def test_a_body_above_a_mebibyte_is_turned_away(box, todo):
    big = todo.command("item_add", content="x", description="y" * 1024 * 1024)

    answer = todo("POST", "sync", json={"commands": [big]})

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert titles(box) == []


@pytest.mark.parametrize(
    ("body", "argument"),
    [
        ({"commands": "x"}, "commands"),
        ({"commands": {}}, "commands"),
        ({"commands": ["x"]}, "commands"),
        ({"commands": [{"type": "item_add"}]}, "uuid"),
        ({"commands": [{"uuid": "1"}]}, "type"),
        ({"commands": [{"type": "item_add", "uuid": "1", "args": []}]}, "args"),
        ({"commands": [{"type": "item_add", "uuid": "1", "temp_id": 5}]}, "temp_id"),
        ({}, "sync_token"),
        ({"sync_token": "*", "resource_types": [1]}, "resource_types"),
        ([], "body"),
        ("{", "body"),
        ({"sync_token": "*", "resource_types": ["moons"]}, "resource_types"),
    ],
)
def test_what_is_no_request_is_refused_as_a_whole(todo, body, argument):
    text = body if isinstance(body, str) else json.dumps(body)

    answer = todo("POST", "sync", content=text, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["error_extra"]["argument"] == argument


def test_a_command_that_is_not_emulated_says_so(todo):
    assert todo.refused("filter_add", name="x") == (501, "NOT_IMPLEMENTED")


def test_each_command_stands_in_the_log_for_itself(box, todo):
    todo.sync(todo.command("item_add", content="a"), todo.command("item_add", content=""), sync_token="*")
    todo.full("items")

    log = box.todoist.log
    assert [(call.name, call.status) for call in log.writes] == [("item_add", 200), ("item_add", 400)]
    assert [call.name for call in log.calls if call.method == "GET"] == ["read"]
    assert len(log.requests) == 2
