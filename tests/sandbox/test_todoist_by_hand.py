"""What people do by hand in Todoist, and what a restart must not lose."""

import json
from datetime import UTC, datetime

import pytest

from sync.sandbox import Sandbox
from sync.sandbox.todoist.refusals import Refused


@pytest.fixture
def task(box, project):
    return box.todoist.seed_task("Arrays", project_id=project, due={"date": "2026-01-05"})


def test_a_tick_can_be_taken_back(box, task):
    ticked = box.todoist.user_tick(task)
    opened = box.todoist.user_untick(task)

    assert (ticked["checked"], ticked["completed_at"]) == (True, "2026-01-05T06:00:00.000000Z")
    assert (opened["checked"], opened["completed_at"]) == (False, None)


def test_a_phone_that_was_offline_tells_of_its_tick_later(box, task):
    ticked = box.todoist.user_tick(task, at=datetime(2026, 1, 4, 21, 30, tzinfo=UTC))

    assert ticked["completed_at"] == "2026-01-04T21:30:00.000000Z"


def test_an_edit_is_seen_at_once(box, todo, task):
    box.todoist.user_edit(task, content="Trees", due={"date": "2026-01-06"})

    shown = todo("GET", f"tasks/{task}").json()
    assert (shown["content"], shown["due"]["date"]) == ("Trees", "2026-01-06")


def test_a_task_can_be_moved_and_deleted(box, task, project):
    section = box.todoist.seed_section(project, "Phase 1")

    assert box.todoist.user_move(task, section_id=section)["section_id"] == section
    box.todoist.user_delete(task)

    assert box.todoist.task(task)["is_deleted"]
    with pytest.raises(Refused):
        box.todoist.user_delete(task)


def test_open_and_finished_tasks_can_be_looked_at(box, task, project):
    elsewhere = box.todoist.seed_task("Elsewhere")
    box.todoist.user_tick(task)

    assert [one["id"] for one in box.todoist.tasks()] == [elsewhere]
    assert [one["id"] for one in box.todoist.tasks(project)] == []
    assert [one["id"] for one in box.todoist.tasks(project, done=True)] == [task]


def test_what_is_handed_in_and_out_is_not_shared_with_the_state(box):
    labels = ["study"]
    task = box.todoist.seed_task("Arrays", labels=labels)
    labels.append("x")
    box.todoist.task(task)["labels"].append("y")

    assert box.todoist.task(task)["labels"] == box.todoist.tasks()[0]["labels"] == ["study"]


def test_by_hand_costs_no_rate_and_leaves_no_request(box, task):
    box.todoist.quirks.partial_syncs = box.todoist.quirks.rest_requests = 0

    box.todoist.user_tick(task)

    assert len(box.log) == 0


def test_a_snapshot_holds_everything_and_shares_nothing(box, todo, clock, task):
    add = todo.command("item_add", "t-1", content="Once")
    mapping = todo.sync(add)["temp_id_mapping"]
    read = todo.full("all")
    state = json.loads(json.dumps(box.snapshot()))
    box.todoist.user_delete(task)

    with Sandbox(now=clock, seed=9) as other:
        other.restore(state)
        assert other.snapshot() == state
        todo.box = other
        assert todo.sync(add)["temp_id_mapping"] == mapping
        assert todo.full("all") == read
        assert todo.sync(sync_token=read["sync_token"], resource_types=["items"])["full_sync"] is False


def test_every_change_by_hand_is_stored(clock, tmp_path):
    path = tmp_path / "store.json"
    with Sandbox(now=clock, store=path) as box:
        token = box.todoist.token
        project = box.todoist.seed_project("Roadmaps")
        task = box.todoist.seed_task("Arrays", project_id=project)
        box.todoist.end_sync_tokens()
        box.todoist.set_zone("Africa/Nairobi")
        box.todoist.user_tick(task)

    with Sandbox(now=clock, store=path) as box:
        assert box.todoist.token == token
        assert box.todoist.task(task)["checked"]
        assert box.todoist.account.zone_name == "Africa/Nairobi"
        assert box.todoist.seed_task("Trees") != task
        assert box.todoist.new_token() != token


def test_the_same_seed_makes_the_same_ids_whatever_google_did(clock):
    def story(seed, *, busy):
        with Sandbox(now=clock, seed=seed) as box:
            if busy:
                box.google.seed_calendar("x")
            return box.todoist.token, box.todoist.seed_project("x"), box.todoist.seed_task("y")

    assert story(1, busy=True) == story(1, busy=False)
    assert story(1, busy=False) != story(2, busy=False)
