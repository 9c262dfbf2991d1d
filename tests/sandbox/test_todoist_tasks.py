"""The life of a task: made, changed, moved, ticked, opened again, deleted."""

import pytest

MISSING = "6XXXXXXXXXXXXXXX"


@pytest.fixture
def family(box, project):
    """A task, its sub-task, and a sub-task of that."""
    first = box.todoist.seed_task("Grandparent", project_id=project)
    second = box.todoist.seed_task("Parent", parent_id=first)
    return first, second, box.todoist.seed_task("Child", parent_id=second)


def checked(box, *ids):
    return [box.todoist.task(name)["checked"] for name in ids]


def test_a_task_without_a_place_goes_to_the_inbox(box, todo):
    task = box.todoist.task(todo.do("item_add", content="Arrays"))

    assert task["project_id"] == box.todoist.account.inbox_id
    assert (task["priority"], task["child_order"], task["description"]) == (1, 1, "")


def test_a_title_is_one_line_without_blanks_around_it(box, todo):
    assert box.todoist.task(todo.do("item_add", content=" two\npointers  "))["content"] == "two pointers"


@pytest.mark.parametrize("word", ["#Roadmaps", "p1", "{2026-01-05}", "every day", "/Phase", "**bold**"])
def test_nothing_but_labels_means_anything_in_a_title(box, todo, word):
    task = box.todoist.task(todo.do("item_add", content=f"Read {word}", auto_parse_labels=False))

    assert (task["content"], task["due"], task["priority"]) == (f"Read {word}", None, 1)


def test_words_with_an_at_become_labels_unless_that_is_switched_off(box, todo):
    parsed = box.todoist.task(todo.do("item_add", content="Mail @ann a@b.example", labels=["study"]))
    kept = box.todoist.task(todo.do("item_add", content="Mail @ann", auto_parse_labels=False))
    alone = box.todoist.task(todo.do("item_add", content="@ann"))

    assert (parsed["content"], parsed["labels"]) == ("Mail a@b.example", ["study", "ann"])
    assert (kept["content"], kept["labels"]) == ("Mail @ann", [])
    assert (alone["content"], alone["labels"]) == ("@ann", ["ann"])

    todo.do("item_update", id=parsed["id"], content="Write @bob")
    assert box.todoist.task(parsed["id"])["labels"] == ["study", "ann", "bob"]

    box.todoist.quirks.labels_parsed = False
    assert box.todoist.task(todo.do("item_add", content="Mail @ann"))["labels"] == []


def test_a_title_with_an_asterisk_in_front_has_no_box_to_tick(todo):
    task = todo.do("item_add", content="* A heading")

    assert todo.refused("item_close", id=task) == (400, "INVALID_ARGUMENT_VALUE")


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("content", ""),
        ("content", "   "),
        ("content", "x" * 501),
        ("content", 5),
        ("description", "x" * 16384),
        ("description", None),
        ("priority", 0),
        ("priority", 5),
        ("priority", "4"),
        ("priority", True),
        ("labels", "study"),
        ("labels", [""]),
        ("labels", ["x" * 61]),
        ("labels", [str(number) for number in range(101)]),
        ("duration", {"amount": 5}),
        ("duration", {"amount": 0, "unit": "minute"}),
        ("duration", {"amount": 5, "unit": "hour"}),
        ("duration", {"amount": 1441, "unit": "minute"}),
        ("duration", "5"),
        ("deadline", {"date": "soon"}),
        ("deadline", {"date": "2026-01-05T10:00:00"}),
        ("deadline", "2026-01-05"),
        ("child_order", "1"),
        ("is_collapsed", 1),
        ("responsible_uid", 1),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(box, todo, argument, value):
    due = {"date": "2026-01-05T19:00:00"}
    add = todo.command("item_add", **{"content": "Arrays", "due": due, argument: value})

    word = todo.sync(add)["sync_status"][add["uuid"]]

    assert (word["error_tag"], word["error_extra"]["argument"]) == ("INVALID_ARGUMENT_VALUE", argument)
    assert box.todoist.tasks() == []


def test_the_longest_texts_are_taken(box, todo):
    task = todo.do("item_add", content="x" * 500, description="é" * 16383, labels=["y" * 60])

    assert len(box.todoist.task(task)["description"]) == 16383


def test_what_is_missing_is_named(todo):
    assert todo.refused("item_add") == (400, "ARGUMENT_MISSING")
    assert todo.refused("item_update", content="x") == (400, "ARGUMENT_MISSING")
    assert todo.refused("item_update", id=MISSING, content="x") == (404, "ITEM_NOT_FOUND")
    assert todo.refused("item_add", content="x", project_id=MISSING) == (404, "PROJECT_NOT_FOUND")
    assert todo.refused("item_add", content="x", parent_id=MISSING) == (404, "ITEM_NOT_FOUND")


def test_an_order_is_a_list_of_tasks_with_their_places(box, todo):
    task = box.todoist.seed_task("Arrays")
    for items in ("x", [1], [{"id": task}], [{"child_order": 1}], None):
        assert todo.refused("item_reorder", items=items)[0] == 400


def test_a_section_of_another_project_is_refused(box, todo, project):
    section = box.todoist.seed_section(project, "Phase 1")
    other = box.todoist.seed_project("Other")

    answer = todo.refused("item_add", content="x", project_id=other, section_id=section)

    assert answer == (404, "SECTION_NOT_FOUND")


@pytest.mark.parametrize(
    ("due", "duration", "fits"),
    [
        ("2026-01-05T19:00:00", {"amount": 60, "unit": "minute"}, True),
        ("2026-01-05", {"amount": 2, "unit": "day"}, True),
        ("2026-01-05", {"amount": 60, "unit": "minute"}, False),
        ("2026-01-05T19:00:00", {"amount": 1, "unit": "day"}, False),
        (None, {"amount": 60, "unit": "minute"}, False),
    ],
)
def test_minutes_need_a_due_time_and_days_a_due_date(box, todo, due, duration, fits):
    args = {"content": "Arrays", "due": due and {"date": due}, "duration": duration}
    if fits:
        assert box.todoist.task(todo.do("item_add", **args))["duration"] == duration
    else:
        assert todo.refused("item_add", **args) == (400, "INVALID_ARGUMENT_VALUE")

    box.todoist.quirks.durations_strict = False
    todo.do("item_add", **args)


def test_an_update_changes_what_it_names_and_null_removes(box, todo):
    task = todo.do(
        "item_add",
        content="Arrays",
        due={"date": "2026-01-05T19:00:00"},
        duration={"amount": 60, "unit": "minute"},
        deadline={"date": "2026-01-09"},
    )
    todo.do("item_update", id=task, priority=4, deadline=None)
    changed = box.todoist.task(task)
    assert (changed["content"], changed["priority"], changed["deadline"]) == ("Arrays", 4, None)
    assert changed["duration"] == {"amount": 60, "unit": "minute"}

    todo.do("item_update", id=task, due=None)
    assert (box.todoist.task(task)["due"], box.todoist.task(task)["duration"]) == (None, None)


def test_an_update_neither_moves_nor_ticks(box, todo, project):
    task = todo.do("item_add", content="Arrays")

    todo.do("item_update", id=task, project_id=project, checked=True)

    assert box.todoist.task(task)["project_id"] == box.todoist.account.inbox_id
    assert checked(box, task) == [False]


def test_a_task_moves_with_its_sub_tasks_and_goes_last(box, todo, family, project):
    other = box.todoist.seed_project("Other")
    section = box.todoist.seed_section(other, "Phase 1")
    box.todoist.seed_task("Already there", section_id=section)

    todo.do("item_move", id=family[0], section_id=section)

    places = {(box.todoist.task(name)["project_id"], box.todoist.task(name)["section_id"]) for name in family}
    assert places == {(other, section)}
    assert box.todoist.task(family[0])["child_order"] == 2
    todo.do("item_move", id=family[2], project_id=project)
    assert box.todoist.task(family[2])["parent_id"] is None


def test_a_move_needs_one_aim_that_is_not_below_itself(box, todo, family, project):
    assert todo.refused("item_move", id=family[0]) == (400, "INVALID_ARGUMENT_VALUE")
    assert todo.refused("item_move", id=family[0], parent_id=family[2])[0] == 400
    section = box.todoist.seed_section(project, "Phase 1")
    assert todo.refused("item_move", id=family[0], section_id=section, project_id=project)[0] == 400

    box.todoist.quirks.moves_forbidden = True
    assert todo.refused("item_move", id=family[0], project_id=project) == (403, "FORBIDDEN")


def test_sub_tasks_go_four_levels_deep(box, todo, family):
    fourth = box.todoist.seed_task("4", parent_id=family[2])
    fifth = box.todoist.seed_task("5", parent_id=fourth)

    assert todo.refused("item_add", content="6", parent_id=fifth)[0] == 400
    other = box.todoist.seed_task("Other")
    box.todoist.seed_task("Below other", parent_id=other)
    assert todo.refused("item_move", id=other, parent_id=fourth)[0] == 400


def test_a_deletion_takes_the_sub_tasks_along(box, todo, family):
    todo.do("item_delete", id=family[0])

    assert [box.todoist.task(name)["is_deleted"] for name in family] == [True] * 3
    assert todo.refused("item_delete", id=family[1]) == (404, "ITEM_NOT_FOUND")


def test_a_tick_takes_the_sub_tasks_along_and_counts_once(box, todo, family, clock):
    todo.do("item_close", id=family[1])
    clock.forward(hours=1)
    todo.do("item_close", id=family[0])
    todo.do("item_close", id=family[0])

    assert checked(box, *family) == [True] * 3
    times = [box.todoist.task(name)["completed_at"] for name in family]
    assert times == ["2026-01-05T07:00:00.000000Z", *["2026-01-05T06:00:00.000000Z"] * 2]


def test_the_time_of_a_completion_can_be_told(box, todo, family):
    todo.do("item_complete", id=family[2], date_completed="2026-01-02T10:00:00.5Z")

    assert box.todoist.task(family[2])["completed_at"] == "2026-01-02T10:00:00.000000Z"
    assert todo.refused("item_complete", id=family[0], date_completed="yesterday")[0] == 400


def test_opening_a_sub_task_opens_what_it_stands_below(box, todo, family, project):
    todo.do("item_close", id=family[0])
    box.todoist.seed_task("Later", project_id=project)

    todo.do("item_uncomplete", id=family[1])
    todo.do("item_reopen", id=family[1])

    assert checked(box, *family) == [False, False, True]
    assert box.todoist.task(family[0])["child_order"] == 3
    assert box.todoist.task(family[1])["completed_at"] is None


def test_opening_a_sub_task_leaves_what_is_open_as_it_was(box, todo, family):
    todo.do("item_close", id=family[2])
    before = box.todoist.task(family[1])

    todo.do("item_uncomplete", id=family[2])

    assert checked(box, *family) == [False] * 3
    assert box.todoist.task(family[1]) == before


def test_nobody_or_somebody_may_be_responsible(box, todo):
    task = todo.do("item_add", content="Arrays", responsible_uid="1")
    todo.do("item_update", id=task, responsible_uid=None)

    assert box.todoist.task(task)["responsible_uid"] is None


def test_a_project_holds_so_many_open_tasks_and_no_more(box, todo, project):
    box.todoist.quirks.plan["max_tasks"] = 2
    first = todo.do("item_add", content="1", project_id=project)
    todo.do("item_add", content="2", parent_id=first)
    full = (403, "MAX_ITEMS_LIMIT_REACHED")
    assert todo.refused("item_add", content="3", project_id=project) == full

    todo.do("item_close", id=first)
    third = todo.do("item_add", content="3", project_id=project)
    todo.do("item_add", content="4", project_id=project)
    assert todo.refused("item_uncomplete", id=first) == full

    elsewhere = box.todoist.seed_task("5")
    assert todo.refused("item_move", id=elsewhere, project_id=project) == full
    todo.do("item_delete", id=third)
    todo.do("item_move", id=elsewhere, project_id=project)
