"""Reading through `/sync`: everything, or what has changed since a token."""

import pytest

from sync.sandbox.todoist.quirks import DeadToken

EVERY = ("projects", "sections", "items", "labels", "notes", "reminders")


@pytest.fixture
def delta(todo):
    """What has changed since the last call, kind by kind."""
    token = todo.full(*EVERY)["sync_token"]

    def since():
        nonlocal token
        told = todo.sync(sync_token=token, resource_types=list(EVERY))
        assert told["full_sync"] is False
        token = told["sync_token"]
        return {kind: told[kind] for kind in EVERY if told[kind]}

    return since


def test_a_first_reading_is_full_and_has_an_inbox(todo):
    told = todo.full("projects", "items", "user")

    assert told["full_sync"] is True
    assert told["full_sync_date_utc"] == "2026-01-05T06:00:00Z"
    (inbox,) = told["projects"]
    assert (inbox["name"], inbox["inbox_project"]) == ("Inbox", True)
    assert told["user"]["inbox_project_id"] == inbox["id"]
    assert "sync_status" not in told


def test_only_the_wanted_kinds_are_answered(todo):
    assert set(todo.full("sections", "items")) >= {"sections", "items"}
    assert "projects" not in todo.full("items")
    everything = todo.full("all", "-stats", "-user")
    assert {*EVERY, "user_plan_limits", "filters", "collaborators", "completed_info"} <= set(everything)
    assert not {"stats", "user"} & set(everything)
    assert "stats" in todo.full("all")


def test_the_limits_of_the_plan_can_be_read(box, todo):
    limits = todo.full("user_plan_limits")["user_plan_limits"]
    assert [limits["current"][name] for name in ("max_tasks", "max_sections", "max_projects")] == [300, 20, 5]
    assert limits["next"]["plan_name"] == "pro"

    box.todoist.quirks.plan["plan_name"] = "pro"
    assert todo.full("user_plan_limits")["user_plan_limits"]["next"] is None
    assert todo.full("user")["user"]["is_premium"] is True


def test_the_user_has_a_zone(box, todo, clock):
    box.todoist.set_zone("America/St_Johns")
    info = todo.full("user")["user"]["tz_info"]
    assert (info["timezone"], info["gmt_string"], info["hours"], info["minutes"], info["is_dst"]) == (
        "America/St_Johns",
        "-03:30",
        -3,
        30,
        0,
    )

    clock.forward(days=180)
    assert todo.full("user")["user"]["tz_info"]["is_dst"] == 1


def test_a_delta_without_changes_is_empty(delta):
    assert delta() == {}


def test_single_objects_are_in_a_delta_only_where_they_changed(box, todo):
    token = todo.full("user")["sync_token"]
    types = ["user", "user_plan_limits"]
    assert "user" not in todo.sync(sync_token=token, resource_types=types)

    box.todoist.set_zone("Europe/Berlin")

    told = todo.sync(sync_token=token, resource_types=types)
    assert told["user"]["tz_info"]["timezone"] == "Europe/Berlin"
    assert "user_plan_limits" not in told


def test_ticked_deleted_and_edited_tasks_come_with_a_delta_and_once(box, delta, project, clock):
    tick, drop, edit, rest = (box.todoist.seed_task(word, project_id=project) for word in "abcd")
    assert [item["id"] for item in delta()["items"]] == [tick, drop, edit, rest]
    clock.forward(hours=1)

    box.todoist.user_tick(tick)
    box.todoist.user_delete(drop)
    box.todoist.user_edit(edit, content="C")

    items = {item["id"]: item for item in delta()["items"]}
    assert set(items) == {tick, drop, edit}
    assert (items[tick]["checked"], items[tick]["completed_at"]) == (True, "2026-01-05T07:00:00.000000Z")
    assert items[drop]["is_deleted"] is True
    assert (items[edit]["content"], items[edit]["updated_at"]) == ("C", "2026-01-05T07:00:00.000000Z")
    assert delta() == {}


def test_a_full_reading_leaves_out_what_is_completed_archived_or_deleted(box, todo, project):
    section = box.todoist.seed_section(project, "Phase 1")
    done = box.todoist.seed_task("done", section_id=section)
    box.todoist.seed_task("open", section_id=section)
    box.todoist.user_tick(done)
    gone = box.todoist.seed_section(project, "Phase 2")
    box.todoist.user_delete_section(gone)

    told = todo.full(*EVERY)
    assert [item["content"] for item in told["items"]] == ["open"]
    assert [one["id"] for one in told["sections"]] == [section]

    box.todoist.user_archive_project(project)
    told = todo.full(*EVERY)
    assert [one["name"] for one in told["projects"]] == ["Inbox"]
    assert told["items"] == told["sections"] == []


def test_what_hangs_on_a_task_is_read_with_it(box, todo, delta):
    task = box.todoist.seed_task("Arrays", due={"date": "2026-01-05T19:00:00"})
    note = todo.do("note_add", item_id=task, content="Half")
    reminder = todo.do("reminder_add", item_id=task, type="relative", minute_offset=0)

    assert {kind: [one["id"] for one in found] for kind, found in delta().items()} == {
        "items": [task],
        "notes": [note],
        "reminders": [reminder],
    }
    full = todo.full("items", "notes")
    assert (full["items"][0]["note_count"], full["notes"][0]["content"]) == (1, "Half")

    box.todoist.user_delete(task)
    assert {kind: [one["is_deleted"] for one in found] for kind, found in delta().items()} == {
        "items": [True],
        "notes": [True],
        "reminders": [True],
    }
    assert todo.full("notes")["notes"] == []


def test_counts_of_what_is_done_stand_beside_the_projects(box, todo, project):
    for word in "ab":
        box.todoist.user_tick(box.todoist.seed_task(word, project_id=project))

    assert todo.full("completed_info")["completed_info"] == [
        {"project_id": project, "completed_items": 2, "archived_sections": 0}
    ]


def test_any_answer_may_be_full(box, todo, project):
    token = todo.full()["sync_token"]
    box.todoist.quirks.full_syncs = 1

    told = todo.sync(sync_token=token, resource_types=["projects"])
    again = todo.sync(sync_token=told["sync_token"], resource_types=["projects"])

    assert (told["full_sync"], [one["id"] for one in told["projects"]][1:]) == (True, [project])
    assert (again["full_sync"], again["projects"]) == (False, [])


@pytest.mark.parametrize("token", ["bm9uc2Vuc2U=", "nonsense!", "WzEsMl0=", "NQ==", ""])
def test_a_token_that_is_none_is_answered_in_full(todo, token):
    assert todo.sync(sync_token=token, resource_types=["items"])["full_sync"] is True


@pytest.mark.parametrize("mood", DeadToken)
def test_a_token_may_have_died(box, todo, mood):
    token = todo.full()["sync_token"]
    box.todoist.end_sync_tokens()
    box.todoist.quirks.dead_token = mood

    answer = todo("POST", "sync", data={"sync_token": token, "resource_types": '["items"]'})

    if mood is DeadToken.FULL:
        assert answer.json()["full_sync"] is True
        fresh = answer.json()["sync_token"]
        assert todo.sync(sync_token=fresh, resource_types=["items"])["full_sync"] is False
    else:
        assert (answer.status_code, answer.json()["error_extra"]["argument"]) == (400, "sync_token")


def test_a_project_that_comes_back_brings_its_tasks_into_the_delta(box, todo, delta, project):
    task = box.todoist.seed_task("Arrays", section_id=box.todoist.seed_section(project, "Phase 1"))
    box.todoist.user_archive_project(project)
    delta()

    todo.do("project_unarchive", id=project)

    found = delta()
    assert [one["is_archived"] for one in found["projects"]] == [False]
    assert [one["id"] for one in found["items"]] == [task]
    assert len(found["sections"]) == 1
