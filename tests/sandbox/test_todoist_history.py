"""What has been done: windows of completed tasks, the activity log, and filters."""

from datetime import UTC, datetime

import pytest

WINDOW = {"since": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z"}
BY_COMPLETION = "tasks/completed/by_completion_date"
BY_DUE = "tasks/completed/by_due_date"


@pytest.fixture
def done(box, project):
    """Three finished tasks, one of them in the inbox, and one that is open."""
    days = (2, 3, 4)
    made = []
    for day in days:
        due = {"date": f"2026-01-{day + 10}"}
        place = {} if day == 4 else {"project_id": project}
        made.append(box.todoist.seed_task(f"Day {day}", due=due, **place))
        box.todoist.user_tick(made[-1], at=datetime(2026, 1, day, 12, 0, tzinfo=UTC))
    box.todoist.seed_task("Open", due={"date": "2026-01-12"})
    return made


def titles(answer, name="items"):
    assert answer.status_code == 200, answer.text
    return [one["content"] for one in answer.json()[name]]


def test_completed_tasks_are_found_by_the_time_of_their_tick(todo, done, project):
    assert titles(todo("GET", BY_COMPLETION, params=WINDOW)) == ["Day 4", "Day 3", "Day 2"]
    narrow = {"since": "2026-01-02T12:00:00Z", "until": "2026-01-03T12:00:00Z"}
    assert titles(todo("GET", BY_COMPLETION, params=narrow)) == ["Day 2"]
    assert titles(todo("GET", BY_COMPLETION, params={**WINDOW, "project_id": project})) == ["Day 3", "Day 2"]
    # without an offset it is UTC
    assert titles(todo("GET", BY_COMPLETION, params={**narrow, "since": "2026-01-02T12:00:01"})) == []


def test_completed_tasks_are_found_by_their_due_date_in_the_persons_zone(box, todo, done):
    box.todoist.set_zone("Africa/Nairobi")
    narrow = {"since": "2026-01-11T21:00:00Z", "until": "2026-01-12T20:59:00Z"}

    assert titles(todo("GET", BY_DUE, params=narrow)) == ["Day 2"]


def test_deleted_and_reopened_tasks_are_not_in_the_windows(box, todo, done):
    box.todoist.user_untick(done[0])
    box.todoist.user_delete(done[1])

    assert titles(todo("GET", BY_COMPLETION, params=WINDOW)) == ["Day 4"]


@pytest.mark.parametrize(
    ("path", "longest", "too_long"),
    [(BY_COMPLETION, "2026-04-01", "2026-04-05"), (BY_DUE, "2026-02-12", "2026-02-13")],
)
def test_a_window_has_its_greatest_length(todo, path, longest, too_long):
    since = "2026-01-01T00:00:00Z"
    assert todo("GET", path, params={"since": since, "until": f"{longest}T00:00:00Z"}).status_code == 200

    answer = todo("GET", path, params={"since": since, "until": f"{too_long}T00:00:00Z"})

    assert (answer.status_code, answer.json()["error_tag"]) == (400, "INVALID_ARGUMENT_VALUE")


def test_a_window_needs_two_moments_in_their_order(todo):
    turned = {"since": WINDOW["until"], "until": WINDOW["since"]}
    assert todo("GET", BY_COMPLETION, params=turned).json()["error_extra"]["argument"] == "until"
    half = todo("GET", BY_COMPLETION, params={"since": WINDOW["since"]})
    assert half.json()["error_extra"]["argument"] == "until"
    wrong = todo("GET", BY_COMPLETION, params={**WINDOW, "since": "soon"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "Invalid date format")


def test_windows_are_read_page_by_page(todo, done):
    first = todo("GET", BY_COMPLETION, params={**WINDOW, "limit": 2})
    rest = todo("GET", BY_COMPLETION, params={**WINDOW, "limit": 2, "cursor": first.json()["next_cursor"]})

    assert titles(first) + titles(rest) == ["Day 4", "Day 3", "Day 2"]
    assert rest.json()["next_cursor"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "201"), ("limit", "x"), ("cursor", "x!"), ("cursor", "eHg=")],
)
def test_a_limit_or_cursor_that_is_none_is_refused(todo, name, value):
    answer = todo("GET", BY_COMPLETION, params={**WINDOW, name: value})

    assert (answer.status_code, answer.json()["error_extra"]["argument"]) == (400, name)


def test_fifty_stand_on_a_page_where_nothing_else_is_asked(box, todo):
    for number in range(51):
        box.todoist.seed_task(str(number))

    assert len(titles(todo("GET", "tasks"), "results")) == 50


def test_a_recurring_task_shows_in_the_log_alone(box, todo):
    task = box.todoist.seed_task("Arrays", due={"string": "every day"})
    box.todoist.user_tick(task)

    assert titles(todo("GET", BY_COMPLETION, params=WINDOW)) == []
    params = {"event_type": "completed", "object_type": "item"}
    (event,) = todo("GET", "activities", params=params).json()["results"]
    assert (event["object_id"], event["event_date"]) == (task, "2026-01-05T06:00:00.000000Z")
    extra = event["extra_data"]
    assert (extra["completed_due_date"], extra["due_date"]) == ("2026-01-05", "2026-01-06")
    assert (extra["content"], extra["is_recurring"]) == ("Arrays", True)


def test_the_log_can_be_narrowed_and_is_the_newest_first(box, todo, project):
    task = box.todoist.seed_task("Arrays", project_id=project)
    box.todoist.user_tick(task)
    box.todoist.user_untick(task)

    def events(**params):
        found = todo("GET", "activities", params=params).json()["results"]
        return [(event["object_type"], event["event_type"]) for event in found]

    whole = [("item", "uncompleted"), ("item", "completed"), ("item", "added"), ("project", "added")]
    assert events() == whole
    assert events(object_event_types='["item:completed"]') == [("item", "completed")]
    assert events(object_event_types=["project:", "item:added"]) == whole[2:]
    assert events(parent_project_id=project) == whole[:3]
    for wrong in ({"limit": 101}, {"object_event_types": "[item"}):
        assert todo("GET", "activities", params=wrong).status_code == 400


def test_the_log_of_a_free_plan_goes_back_a_week(box, todo, clock):
    box.todoist.seed_task("Arrays")
    clock.forward(days=8)

    assert todo("GET", "activities").json()["results"] == []
    box.todoist.quirks.plan["activity_log_limit"] = -1
    assert len(todo("GET", "activities").json()["results"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("#roadmaps", ["Arrays", "Trees"]),
        ("#Roadmaps & @study", ["Arrays"]),
        ("/Phase 1", ["Trees"]),
        ("search: tre", ["Trees"]),
        ("!#Roadmaps", ["Late"]),
        ("today | overdue", ["Arrays", "Late"]),
        ("no date & #Roadmaps", ["Trees"]),
        ("(tomorrow | @study) & !overdue", ["Arrays"]),
    ],
)
def test_tasks_can_be_found_by_a_filter(box, todo, project, query, found):
    section = box.todoist.seed_section(project, "Phase 1")
    box.todoist.seed_task("Arrays", project_id=project, labels=["study"], due={"date": "2026-01-05"})
    box.todoist.seed_task("Trees", section_id=section)
    box.todoist.seed_task("Late", due={"date": "2026-01-04T10:00:00"})

    assert titles(todo("GET", "tasks/filter", params={"query": query}), "results") == found


@pytest.mark.parametrize("query", ["", "(today", "today &", "today )", "moonday", "!", "!" * 99])
def test_a_filter_that_is_not_understood_is_refused(todo, query):
    answer = todo("GET", "tasks/filter", params={"query": query})

    assert (answer.status_code, answer.json()["error_extra"]["argument"]) == (400, "query")
