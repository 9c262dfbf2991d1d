"""Projects, sections, labels, comments and reminders through the commands of `/sync`."""

import pytest

MISSING = "6XXXXXXXXXXXXXXX"


def names(things):
    return [one["name"] for one in things]


def test_a_project_has_every_field_from_the_start(box, project):
    made = box.todoist.projects()[1]

    assert (made["name"], made["view_style"], made["color"], made["child_order"]) == (
        "Roadmaps",
        "list",
        "charcoal",
        1,
    )
    assert made["created_at"] == made["updated_at"] == "2026-01-05T06:00:00.000000Z"


@pytest.mark.parametrize(
    "args",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "x", "color": "mud"},
        {"name": "x", "view_style": "wall"},
        {"name": "x", "is_favorite": 1},
        {},
    ],
)
def test_a_project_that_cannot_be_is_refused(box, todo, args):
    assert todo.refused("project_add", **args)[0] == 400
    assert names(box.todoist.projects()) == ["Inbox"]


def test_a_plan_allows_so_many_projects_beside_the_inbox(box, todo):
    ids = [todo.do("project_add", name=f"P{number}") for number in range(5)]
    assert todo.refused("project_add", name="P6") == (403, "MAX_PROJECTS_LIMIT_REACHED")

    todo.do("project_archive", id=ids[0])
    ids.append(todo.do("project_add", name="P6"))
    assert todo.refused("project_unarchive", id=ids[0]) == (403, "MAX_PROJECTS_LIMIT_REACHED")
    todo.do("project_unarchive", id=ids[1])
    todo.do("project_delete", id=ids[-1])
    todo.do("project_unarchive", id=ids[0])
    assert names(box.todoist.projects()) == ["Inbox", "P0", "P1", "P2", "P3", "P4"]


def test_a_project_can_be_renamed_moved_and_put_in_order(box, todo, project):
    child = todo.do("project_add", name="Child", parent_id=project)
    other = todo.do("project_add", name="Other")

    todo.do("project_update", id=child, name="Renamed", parent_id=other)
    todo.do("project_reorder", projects=[{"id": other, "child_order": 9}])
    by_id = {one["id"]: one for one in box.todoist.projects()}
    assert (by_id[child]["name"], by_id[child]["parent_id"]) == ("Renamed", project)
    assert by_id[other]["child_order"] == 9

    todo.do("project_move", id=child, parent_id=other)
    todo.do("project_move", id=project, parent_id=None)
    by_id = {one["id"]: one for one in box.todoist.projects()}
    assert by_id[child]["parent_id"] == other
    assert todo.refused("project_move", id=other, parent_id=child)[0] == 400


def test_the_inbox_stays(box, todo):
    inbox = box.todoist.account.inbox_id
    for kind in ("project_update", "project_delete", "project_archive"):
        assert todo.refused(kind, id=inbox)[0] == 400
    assert todo.refused("project_delete") == (400, "ARGUMENT_MISSING")
    assert todo.refused("project_delete", id=MISSING) == (404, "PROJECT_NOT_FOUND")


def test_deleting_a_project_takes_everything_in_it_along(box, todo, project):
    child = todo.do("project_add", name="Child", parent_id=project)
    section = todo.do("section_add", name="Phase 1", project_id=child)
    task = todo.do("item_add", content="Arrays", section_id=section)

    box.todoist.user_delete_project(project)

    assert names(box.todoist.projects()) == ["Inbox"]
    assert box.todoist.sections(child) == []
    assert box.todoist.task(task)["is_deleted"]


def test_a_project_holds_so_many_sections(box, todo, project):
    sections = [todo.do("section_add", name=f"Week {n}", project_id=project) for n in range(20)]
    full = (403, "MAX_SECTIONS_LIMIT_REACHED")
    assert todo.refused("section_add", name="Week 21", project_id=project) == full
    elsewhere = box.todoist.seed_section(box.todoist.account.inbox_id, "Week 21")
    assert todo.refused("section_move", id=elsewhere, project_id=project) == full

    todo.do("section_delete", id=sections[0])
    todo.do("section_move", id=elsewhere, project_id=project)
    assert names(box.todoist.sections(project))[-1] == "Week 21"


def test_a_section_can_be_renamed_folded_moved_and_put_in_order(box, todo, project):
    first = todo.do("section_add", name="Phase 1", project_id=project)
    second = todo.do("section_add", name="Phase 2", project_id=project, section_order=5)
    task = todo.do("item_add", content="Arrays", section_id=first)
    other = box.todoist.seed_project("Other")

    todo.do("section_update", id=first, name="Phase One", is_collapsed=True)
    todo.do("section_reorder", sections=[{"id": second, "section_order": 1}])
    todo.do("section_move", id=first, project_id=other)

    assert [(one["name"], one["is_collapsed"]) for one in box.todoist.sections(other)] == [
        ("Phase One", True)
    ]
    assert box.todoist.sections(project)[0]["section_order"] == 1
    assert box.todoist.task(task)["project_id"] == other


def test_deleting_a_section_takes_its_tasks_along(box, todo, project):
    section = box.todoist.seed_section(project, "Phase 1")
    task = todo.do("item_add", content="Arrays", section_id=section)
    below = todo.do("item_add", content="Warm up", parent_id=task)
    other = todo.do("item_add", content="Elsewhere", project_id=project)

    box.todoist.user_delete_section(section)

    assert [box.todoist.task(name)["is_deleted"] for name in (task, below, other)] == [True, True, False]


def test_what_a_section_needs_is_named(todo, project):
    assert todo.refused("section_add", project_id=project) == (400, "ARGUMENT_MISSING")
    assert todo.refused("section_add", name="x") == (400, "ARGUMENT_MISSING")
    assert todo.refused("section_add", name="x" * 2049, project_id=project)[0] == 400
    assert todo.refused("section_delete") == (400, "ARGUMENT_MISSING")
    assert todo.refused("section_delete", id=MISSING) == (404, "SECTION_NOT_FOUND")


def test_an_archived_section_completes_its_tasks_and_comes_back_with_one_of_them(box, todo, project):
    section = todo.do("section_add", name="Phase 1", project_id=project)
    first, second = (todo.do("item_add", content=word, section_id=section) for word in "ab")
    todo.do("item_close", id=first)

    todo.do("section_archive", id=section)
    assert box.todoist.task(second)["checked"]
    todo.do("item_uncomplete", id=second)
    assert not box.todoist.sections(project)[0]["is_archived"]

    todo.do("section_archive", id=section)
    todo.do("section_unarchive", id=section)
    assert box.todoist.task(second)["checked"]
    assert not box.todoist.sections(project)[0]["is_archived"]


def test_a_label_has_its_name_alone(box, todo):
    label = todo.do("label_add", name="study")
    assert todo.refused("label_add", name="study")[0] == 400
    task = box.todoist.seed_task("Arrays", labels=["study", "learn"])

    todo.do("label_update", id=label, name="learn", color="red")
    assert box.todoist.task(task)["labels"] == ["learn"]
    todo.do("label_update", id=label, is_favorite=True)

    box.todoist.quirks.plan["max_labels"] = 1
    assert todo.refused("label_add", name="more") == (403, "MAX_LABELS_LIMIT_REACHED")
    assert todo.refused("label_delete") == (400, "ARGUMENT_MISSING")
    assert todo.refused("label_delete", id="2000000000") == (404, "LABEL_NOT_FOUND")


def test_comments_hang_on_tasks_or_projects(box, todo, project):
    task = box.todoist.seed_task("Arrays")
    note = todo.do("note_add", item_id=task, content="Half")
    todo.do("project_note_add", project_id=project, content="Hello")

    todo.do("note_update", id=note, content="Done")
    assert box.todoist.task(task)["note_count"] == 1
    todo.do("note_delete", id=note)
    assert box.todoist.task(task)["note_count"] == 0
    assert todo.refused("note_add", content="x") == (400, "ARGUMENT_MISSING")
    assert todo.refused("note_add", item_id=task, content="x" * 15001)[0] == 400


def test_reminders_are_for_paid_plans_but_for_the_one_at_the_due_time(box, todo):
    task = box.todoist.seed_task("Arrays", due={"date": "2026-01-05T19:00:00"})
    other = box.todoist.seed_task("Trees", due={"date": "2026-01-05"})
    made = todo.do("reminder_add", item_id=task, type="relative", minute_offset=0)

    ten = {"item_id": task, "type": "relative", "minute_offset": 10}
    at = {"item_id": task, "type": "absolute", "due": {"date": "2026-01-05T18:00:00"}}
    assert todo.refused("reminder_add", **ten) == (403, "PREMIUM_ONLY")
    assert todo.refused("reminder_add", **at) == (403, "PREMIUM_ONLY")
    assert todo.refused("reminder_add", item_id=other, minute_offset=0)[0] == 400
    for args in ({}, {"item_id": task}, {**ten, "type": "loud"}, {**at, "due": None}):
        assert todo.refused("reminder_add", **args)[0] == 400

    box.todoist.quirks.plan["reminders"] = True
    todo.do("reminder_update", id=made, minute_offset=10)
    todo.do("reminder_add", **at)
    shown = todo.full("reminders")["reminders"]
    assert [(one["type"], one.get("minute_offset"), "due" in one) for one in shown] == [
        ("relative", 10, False),
        ("absolute", None, True),
    ]
    todo.do("reminder_delete", id=made)
    assert len(todo.full("reminders")["reminders"]) == 1
