"""The tasks on the phone, used as a browser would: links, forms, and what they do to Todoist."""

import re

import pytest

from tests.sandbox.browser import titles


@pytest.fixture
def task(box, project):
    """A task due today at seven in the evening, in a section of its own."""
    box.todoist.set_zone("Africa/Nairobi")
    return box.todoist.seed_task(
        "Arrays",
        section_id=box.todoist.seed_section(project, "Phase <1>"),
        due={"date": "2026-01-05T19:00:00"},
        description="Two\npointers",
        labels=["study"],
    )


@pytest.fixture
def fields(box, task):
    """The sheet of the task as it stands."""
    shown = box.todoist.task(task)
    return {
        "task": task,
        "title": "Arrays",
        "due_date": "2026-01-05",
        "due_time": "19:00",
        "priority": "1",
        "labels": "study",
        "place": f"{shown['project_id']}/{shown['section_id']}",
        "notes": "Two\r\npointers",
    }


def headings(page):
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_a_project_shows_its_tasks_under_their_sections(box, task_phone, project, task):
    below = box.todoist.seed_task("Below", parent_id=task, priority=4)
    box.todoist.seed_task("Deeper", parent_id=below)
    box.todoist.seed_task("* Read this", project_id=project)
    done = box.todoist.seed_task("Finished", project_id=project)
    box.todoist.user_tick(done)

    page = task_phone.get()

    assert titles(page) == ["Read this", "Arrays", "Below", "Deeper", "Finished"]
    assert headings(page) == ["Phase &lt;1&gt;", "Done"]
    assert "Today · 19:00" in page
    assert "@study" in page
    assert (page.count(' below below1"'), page.count(' below below2"')) == (1, 1)
    assert page.count('class="tick"') == 4
    assert page.count(">✅</button>") == 1


def test_today_shows_what_is_due_and_late_in_all_projects(box, task_phone, task, project):
    box.todoist.seed_task("Late", due={"date": "2026-01-04"}, project_id=project)
    box.todoist.seed_task("This morning", due={"date": "2026-01-05T08:00:00"})
    box.todoist.seed_task("Next year", due={"date": "2027-01-05"})
    box.todoist.seed_task("Undated")

    page = task_phone.get(project="today")

    assert headings(page) == ["Overdue", "Today"]
    assert titles(page) == ["Late", "This morning", "Arrays"]
    assert page.count('class="late"') + page.count("class=late") == 2
    assert "Inbox</small>" in page


def test_days_lengths_and_series_are_said(box, task_phone):
    for title, due, length in (
        ("Hour", {"date": "2026-01-06T10:00:00"}, {"amount": 60, "unit": "minute"}),
        ("Day", {"date": "2027-12-24"}, {"amount": 1, "unit": "day"}),
        ("Days", {"date": "2026-02-03"}, {"amount": 3, "unit": "day"}),
        ("Daily", {"string": "every day"}, None),
    ):
        box.todoist.seed_task(title, due=due, duration=length)

    page = task_phone.get()

    for words in (
        "Tomorrow · 10:00 · 60 min",
        "Fri 24 Dec 2027 · 1 day",
        "Tue 3 Feb · 3 days",
        "Today · ↻",
    ):
        assert f"<span>{words}</span>" in page


def test_an_empty_list_says_that_pushed_tasks_will_appear(task_phone):
    assert "Pushed tasks appear by themselves." in task_phone.get()


def test_both_screens_lead_to_each_other(phone, task_phone):
    for page, here in ((phone.get(), "/phone"), (task_phone.get(), "/phone/tasks")):
        assert f'<a class=on href="{here}">' in page
        assert page.count('href="/phone"') == page.count('href="/phone/tasks"') == 1


def test_a_tick_goes_to_the_account_and_back_to_the_list(box, task_phone, task, project):
    answer = task_phone.post("/tick", task=task, project=project, done="yes")

    assert answer.url == f"{task_phone.home}?project={project}"
    assert ">✅</button>" in answer.text
    assert box.todoist.task(task)["checked"]

    task_phone.post("/tick", task=task, done="")
    assert not box.todoist.task(task)["checked"]


def test_the_sheet_shows_what_can_be_edited_and_what_the_api_shows(task_phone, task):
    page = task_phone.get("/task", task=task)

    for value in ('value="2026-01-05"', 'value="19:00"', 'value="study"', "Roadmaps / Phase &lt;1&gt;"):
        assert value in page
    assert ">Two\npointers</textarea>" in page
    assert "<dt>updated_at</dt>" in page


def test_saving_without_a_change_changes_nothing(box, task_phone, fields, task):
    revision = box.todoist.account.revision

    assert task_phone.post("/save", **fields).status_code == 200

    assert box.todoist.account.revision == revision


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"title": "Two\r\n @trees "}, "content", "Two @trees"),
        ({"notes": "x\r\ny"}, "description", "x\ny"),
        ({"priority": "4"}, "priority", 4),
        ({"labels": "a, b,"}, "labels", ["a", "b"]),
        ({"due_date": ""}, "due", None),
    ],
)
def test_a_change_leaves_everything_else_alone(box, task_phone, fields, task, change, name, value):
    before = box.todoist.task(task)

    task_phone.post("/save", **{**fields, **change})

    after = box.todoist.task(task)
    assert after[name] == value
    assert {key for key in after if after[key] != before[key]} <= {name, "updated_at"}


@pytest.mark.parametrize(("hour", "date"), [("20:30", "2026-01-07T20:30:00"), ("", "2026-01-07")])
def test_a_task_can_be_put_to_another_day_or_hour(box, task_phone, fields, task, hour, date):
    task_phone.post("/save", **{**fields, "due_date": "2026-01-07", "due_time": hour})

    assert box.todoist.task(task)["due"]["date"] == date


def test_a_script_may_send_only_what_it_changes(box, task_phone, task):
    before = box.todoist.task(task)

    task_phone.post("/save", task=task, title="Trees")

    after = box.todoist.task(task)
    assert (after["content"], after["due"], after["section_id"]) == (
        "Trees",
        before["due"],
        before["section_id"],
    )


def test_a_task_can_be_moved(box, task_phone, fields, task, project):
    section = box.todoist.seed_section(project, "Phase 2")
    task_phone.post("/save", **{**fields, "place": f"{project}/{section}"})
    assert box.todoist.task(task)["section_id"] == section

    task_phone.post("/save", **{**fields, "place": f"{box.todoist.account.inbox_id}/"})
    assert box.todoist.task(task)["project_id"] == box.todoist.account.inbox_id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "String should have at least 1 character"),
        ({"due_date": "soon"}, "Invalid date format"),
        ({"priority": "high"}, "Input should be between 1 and 4"),
        ({"place": "nowhere/"}, "Project not found"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept_on_the_sheet(box, task_phone, fields, change, words):
    answer = task_phone.post("/save", **{**fields, "notes": "Still here", **change})

    assert answer.status_code == 400
    assert words in answer.text
    assert "Still here" in answer.text


def test_a_new_task_can_be_made_by_hand(box, task_phone, project):
    section = box.todoist.seed_section(project, "Phase 1")
    sheet = task_phone.get("/new", project=project, section=section)
    assert f'value="{project}/{section}" selected' in sheet

    task_phone.post("/save", title="Mine", place=f"{project}/{section}", due_date="2026-01-06", notes="")
    task_phone.post("/save", title="Bare")
    task_phone.post("/save", title="Here", place=f"{project}/")

    made = {task["content"]: task for task in box.todoist.tasks()}
    assert (made["Mine"]["section_id"], made["Mine"]["due"]["date"]) == (section, "2026-01-06")
    assert made["Bare"]["project_id"] == box.todoist.account.inbox_id
    assert (made["Here"]["project_id"], made["Here"]["section_id"]) == (project, None)


def test_a_new_task_of_today_is_due_today_in_the_inbox(box, task_phone, project):
    sheet = task_phone.get("/new", project="today")

    assert 'value="2026-01-05"' in sheet
    assert f'value="{box.todoist.account.inbox_id}/" selected' in sheet


def test_a_task_can_be_deleted(box, task_phone, task):
    task_phone.post("/delete", task=task)

    assert box.todoist.task(task)["is_deleted"]


def test_what_is_gone_leads_back_to_the_list(box, task_phone, task, session):
    box.todoist.user_delete(task)

    assert "<h1>Roadmaps</h1>" in task_phone.get("/task", task="6XXXXXXXXXXXXXXX")
    assert "<h1>Roadmaps</h1>" in task_phone.post("/tick", task=task, done="yes").text
    assert "<h1>Roadmaps</h1>" in task_phone.get(project="6XXXXXXXXXXXXXXX")
    for form in ("/tick", "/delete", "/save"):
        assert task_phone.post(form).status_code in (200, 400)
    assert task_phone.post("/task").status_code == 404


def test_forms_of_other_sites_are_refused(box, task_phone, task):
    foreign = task_phone.post("/delete", {"Origin": "https://evil.example"}, task=task)

    assert foreign.status_code == 403
    assert not box.todoist.task(task)["is_deleted"]


def test_the_pulse_tells_of_changes_in_either_service(box, session, calendar):
    def pulse():
        return session.get(f"{box.url}phone/pulse", timeout=5).json()

    seen = [pulse()]
    box.todoist.seed_task("Arrays")
    seen.append(pulse())
    box.google.seed_calendar("x")
    seen.append(pulse())

    assert len(set(seen)) == 3
