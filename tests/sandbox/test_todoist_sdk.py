"""Todoist's own client library against the sandbox: its models demand fields that must all be there."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest


def all_of(pages):
    return [one for page in pages for one in page]


def test_every_field_of_a_task_can_be_read(box, sdk, project):
    section = box.todoist.seed_section(project, "Phase 1")
    box.todoist.seed_task("Parent", section_id=section)
    made = box.todoist.seed_task(
        "Arrays",
        section_id=section,
        description="Two pointers",
        priority=4,
        labels=["study"],
        due={"date": "2026-01-05T19:00:00"},
        deadline={"date": "2026-01-07"},
        duration={"amount": 90, "unit": "minute"},
    )

    task = sdk.get_task(made)

    assert (task.content, task.description, task.priority) == ("Arrays", "Two pointers", 4)
    assert (task.project_id, task.section_id, task.parent_id) == (project, section, None)
    assert (task.due.date, task.due.timezone) == (datetime(2026, 1, 5, 19, 0), None)
    assert (task.deadline.date, task.labels) == (date(2026, 1, 7), ["study"])
    assert (task.duration.amount, task.duration.unit) == (90, "minute")
    assert task.created_at == datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
    assert not task.is_completed
    assert task.url.endswith(f"/arrays-{made}")


@pytest.mark.parametrize(
    ("due", "read"),
    [
        ({"date": "2026-01-05"}, date(2026, 1, 5)),
        ({"date": "2026-01-05T19:00:00"}, datetime(2026, 1, 5, 19, 0)),
        (
            {"date": "2026-01-05T16:00:00Z", "timezone": "Africa/Nairobi"},
            datetime(2026, 1, 5, 16, 0, tzinfo=UTC),
        ),
    ],
)
@pytest.mark.parametrize("fractions", [False, True])
def test_each_kind_of_due_date_can_be_read(box, sdk, due, read, fractions):
    box.todoist.quirks.fractions = fractions and len(due["date"]) > 10
    task = sdk.get_task(box.todoist.seed_task("Arrays", due=due))

    assert (task.due.date, task.due.timezone) == (read, due.get("timezone"))


def test_a_task_can_be_added_updated_moved_and_deleted(box, sdk, project):
    section = sdk.add_section("Phase 1", project)
    task = sdk.add_task(
        "Arrays",
        project_id=project,
        due_date=date(2026, 1, 5),
        priority=3,
        labels=["study"],
        duration=1,
        duration_unit="day",
        deadline_date=date(2026, 1, 9),
        auto_parse_labels=False,
    )
    changed = sdk.update_task(task.id, content="Trees", due_string="every mon at 19:00", due_lang="en")
    sdk.move_task(task.id, section_id=section.id)

    assert changed.due.is_recurring
    assert sdk.get_task(task.id).section_id == section.id
    assert changed.duration is None
    sdk.delete_task(task.id)
    with pytest.raises(httpx.HTTPStatusError) as caught:
        sdk.get_task(task.id)
    assert caught.value.response.json()["error_tag"] == "NOT_FOUND"


def test_a_moment_in_utc_is_kept_in_the_zone_of_the_person(box, sdk):
    box.todoist.set_zone("Africa/Nairobi")

    task = sdk.add_task("Arrays", due_datetime=datetime(2026, 1, 5, 16, 0, tzinfo=UTC))

    assert task.due.timezone == "Africa/Nairobi"
    assert task.due.string == "5 Jan 2026 19:00"


def test_a_tick_through_the_library_moves_a_task_to_the_completed_ones(box, sdk, clock, project):
    ticked = box.todoist.seed_task("Arrays", project_id=project, due={"date": "2026-01-05"})
    box.todoist.seed_task("Trees", project_id=project)

    assert sdk.complete_task(ticked)

    window = {"since": clock.time - timedelta(days=1), "until": clock.time + timedelta(days=1)}
    done = all_of(sdk.get_completed_tasks_by_completion_date(**window))
    assert [(task.id, task.is_completed, task.completed_at) for task in done] == [(ticked, True, clock.time)]
    assert all_of(sdk.get_completed_tasks_by_due_date(project_id=project, **window)) == done
    assert [task.content for task in all_of(sdk.get_tasks(project_id=project))] == ["Trees"]

    assert sdk.uncomplete_task(ticked)
    assert len(all_of(sdk.get_tasks())) == 2


def test_lists_come_in_pages(box, sdk, todo, project):
    for number in range(5):
        box.todoist.seed_task(f"Task {number}", project_id=project)

    pages = list(sdk.get_tasks(project_id=project, limit=2))

    assert [[task.content for task in page] for page in pages] == [
        ["Task 0", "Task 1"],
        ["Task 2", "Task 3"],
        ["Task 4"],
    ]
    box.todoist.quirks.page_limit = 1
    assert [len(page) for page in sdk.get_tasks(limit=2)] == [1] * 5


def test_tasks_can_be_narrowed_by_place_label_and_id(box, sdk, project):
    section = box.todoist.seed_section(project, "Phase 1")
    inside = box.todoist.seed_task("In", section_id=section, labels=["study"])
    below = box.todoist.seed_task("Below", parent_id=inside)
    box.todoist.seed_task("Elsewhere")

    assert [t.id for t in all_of(sdk.get_tasks(section_id=section))] == [inside, below]
    assert [t.id for t in all_of(sdk.get_tasks(parent_id=inside))] == [below]
    assert [t.id for t in all_of(sdk.get_tasks(label="study"))] == [inside]
    assert [t.id for t in all_of(sdk.get_tasks(ids=[inside, below]))] == [inside, below]


def test_projects_can_be_read_and_changed(box, sdk, project):
    inbox, own = all_of(sdk.get_projects())
    assert (inbox.name, inbox.is_inbox_project, own.id) == ("Inbox", True, project)

    made = sdk.add_project("Team", color="teal", view_style="board", parent_id=project)
    assert sdk.get_project(made.id) == made
    assert sdk.update_project(made.id, name="Team 2026", order=7).order == 7
    assert [p.name for p in all_of(sdk.search_projects("team"))] == ["Team 2026"]
    assert sdk.archive_project(made.id).is_archived
    assert [p.id for p in all_of(sdk.get_projects())] == [inbox.id, project]
    assert not sdk.unarchive_project(made.id).is_archived
    assert all_of(sdk.get_collaborators(made.id)) == []
    assert sdk.delete_project(made.id)


def test_sections_can_be_read_and_changed(sdk, project):
    made = sdk.add_section("Phase 1", project, order=3)

    assert (made.order, sdk.get_section(made.id)) == (3, made)
    assert sdk.update_section(made.id, name="Phase One").name == "Phase One"
    assert [s.id for s in all_of(sdk.get_sections(project_id=project))] == [made.id]
    assert [s.id for s in all_of(sdk.search_sections("one", project_id=project))] == [made.id]
    assert sdk.delete_section(made.id)
    assert all_of(sdk.get_sections()) == []


def test_labels_can_be_read_and_changed(box, sdk):
    made = sdk.add_label("study", color="red", item_order=2, is_favorite=True)
    task = box.todoist.seed_task("Arrays", labels=["study", "shared"])

    assert (made.order, sdk.get_label(made.id)) == (2, made)
    assert all_of(sdk.get_shared_labels(omit_personal=True)) == ["shared"]
    assert sdk.update_label(made.id, name="learn").name == "learn"
    assert sdk.rename_shared_label("shared", "team")
    assert sdk.get_task(task).labels == ["learn", "team"]
    assert sdk.remove_shared_label("team")
    assert [label.name for label in all_of(sdk.search_labels("lea"))] == ["learn"]
    assert sdk.delete_label(made.id)
    assert all_of(sdk.get_labels()) == []
    assert sdk.get_task(task).labels == []


def test_comments_can_be_read_and_changed(box, sdk, project):
    task = box.todoist.seed_task("Arrays")
    made = sdk.add_comment("Done half", task_id=task)
    other = sdk.add_comment("A note", project_id=project)

    assert (made.task_id, made.project_id, other.project_id) == (task, None, project)
    assert sdk.get_comment(made.id) == made
    assert sdk.update_comment(made.id, "Done").content == "Done"
    assert [c.content for c in all_of(sdk.get_comments(task_id=task))] == ["Done"]
    assert [c.content for c in all_of(sdk.get_comments(project_id=project))] == ["A note"]
    assert sdk.delete_comment(made.id)
    with pytest.raises(httpx.HTTPStatusError, match="404"):
        sdk.get_comment(made.id)


def test_reminders_can_be_read_and_changed_where_the_plan_has_them(box, sdk):
    box.todoist.quirks.plan["reminders"] = True
    task = box.todoist.seed_task("Arrays", due={"date": "2026-01-05T19:00:00"})

    made = sdk.add_reminder(task, minute_offset=10)

    assert (made.task_id, made.type, made.minute_offset) == (task, "relative", 10)
    assert sdk.update_reminder(made.id, minute_offset=20).minute_offset == 20
    assert [r.id for r in all_of(sdk.get_reminders(task_id=task))] == [made.id]
    assert all_of(sdk.get_location_reminders()) == []
    absolute = sdk.add_reminder(task, reminder_type="absolute", due_datetime=datetime(2026, 1, 5, 18, 0))
    assert (absolute.type, absolute.due.date) == ("absolute", datetime(2026, 1, 5, 18, 0))
    assert sdk.delete_reminder(made.id)


def test_one_line_is_understood_by_quick_add_alone(box, sdk, project):
    quick = sdk.add_task_quick("Arrays #Roadmaps @study p1", note="Two pointers")
    plain = sdk.add_task("Arrays #Roadmaps p1")

    assert (quick.content, quick.project_id, quick.labels, quick.priority) == (
        "Arrays",
        project,
        ["study"],
        4,
    )
    assert quick.description == "Two pointers"
    assert (plain.content, plain.priority) == ("Arrays #Roadmaps p1", 1)
