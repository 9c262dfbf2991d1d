"""Readings: with memory and without, whatever the service says of itself and people do in between."""

from dataclasses import replace

import pytest
from todoist_api_python.api import TodoistAPI

from sync.errors import RetryLater, TargetError
from sync.ledger.bindings import Bindings
from sync.sandbox.faults import RESET
from sync.sandbox.todoist.quirks import DeadToken
from sync.sandbox.todoist.service import refusal
from tests.contract.samples import EVENING
from tests.contract.worlds import AT, item
from tests.targets.todoist.computer import Computer, days, effects, roadmap
from tests.targets.todoist.hands import TodoistWorld


def forget(computer: Computer) -> None:
    """Lose what the target remembers of its last look."""
    with computer.ledger() as ledger:
        Bindings(ledger, "todoist").keep_mirror(b"")


def ticks(computer: Computer) -> list[str]:
    """Pull, and return what was ticked."""
    return sorted(change.key for change in computer.pull() if change.change == "done")


def test_months_of_absence_do_not_lose_a_tick(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(6)))
    for n in range(5):
        world.time.forward(days=50)
        world.todoist.user_tick(world.id(f"plan/day-{n}"))

    assert ticks(computer) == [f"plan/day-{n}" for n in range(5)]


@pytest.mark.parametrize("dead", list(DeadToken))
def test_a_sync_token_that_has_died_loses_no_tick(computer: Computer, world: TodoistWorld, dead: DeadToken):
    world.todoist.quirks.dead_token = dead
    computer.push(roadmap(*days(6)))
    world.tick("plan/day-0")
    computer.pull()
    for n in range(1, 5):
        world.time.forward(days=50)
        world.todoist.user_tick(world.id(f"plan/day-{n}"))
    world.todoist.end_sync_tokens()
    world.requests()

    assert ticks(computer) == [f"plan/day-{n}" for n in range(1, 5)]
    assert world.requests() == 4 + (dead is DeadToken.REFUSED)  # one reading, three windows


def test_a_full_answer_at_any_moment_changes_nothing(computer: Computer, world: TodoistWorld):
    plan = roadmap(*days(6))
    computer.push(plan)
    world.tick("plan/day-0")
    computer.pull()
    world.todoist.quirks.full_syncs = 1
    world.requests()

    assert effects(computer.push(plan)) == []
    assert world.requests() == 1
    world.todoist.quirks.full_syncs = 1
    world.tick("plan/day-1")
    assert ticks(computer) == ["plan/day-1"]
    assert effects(computer.push(plan)) == []


def test_ticks_are_found_page_by_page_where_the_memory_is_lost(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(7)))
    world.todoist.quirks.page_limit = 2
    for n in range(6):
        world.tick(f"plan/day-{n}")
    forget(computer)

    assert ticks(computer) == [f"plan/day-{n}" for n in range(6)]


def test_ticks_are_found_in_a_project_with_nothing_left_to_do(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(2)))
    world.time.forward(days=300)
    for n in range(2):
        world.todoist.user_tick(world.id(f"plan/day-{n}"))
    forget(computer)

    assert ticks(computer) == ["plan/day-0", "plan/day-1"]


def test_a_tick_sent_late_by_a_phone_counts_from_when_it_was_made(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(2)))
    world.time.forward(days=40)
    world.tick("plan/day-0")

    assert ticks(computer) == ["plan/day-0"]
    assert computer.done() == {"plan/day-0": f"{AT:%Y-%m-%d %H:%M}"}


def test_the_services_own_library_reads_and_ticks_what_was_pushed(
    computer: Computer, world: TodoistWorld, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("todoist_api_python._core.endpoints.API_URL", f"{world.box.url}api/v1")
    computer.push(roadmap(item("a", span=EVENING, notes="Flour"), item("b", parent="plan/a")))
    with TodoistAPI(world.todoist.token) as api:
        seen = {task.content: task for page in api.get_tasks() for task in page}
        api.complete_task(seen["b"].id)

    assert seen["a"].duration is not None
    assert seen["a"].duration.amount == 120
    assert ticks(computer) == ["plan/b"]


def test_an_untick_is_pulled(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(*days(2)))
    world.todoist.user_tick(world.id("plan/day-0"))
    computer.pull()
    world.todoist.user_untick(world.id("plan/day-0"))
    world.time.forward(hours=1)

    assert [(change.key, change.change) for change in computer.pull()] == [("plan/day-0", "reopened")]
    assert computer.done() == {}


def test_a_sub_task_is_ticked_with_its_task(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a"), item("b", parent="plan/a")))
    world.tick("plan/a")

    assert ticks(computer) == ["plan/a", "plan/b"]


def test_a_lost_ledger_is_rebuilt_without_a_duplicate(computer: Computer, world: TodoistWorld, tmp_path):
    plan = roadmap(*days(5))
    computer.push(plan)
    world.tick("plan/day-1")
    world.edit("plan/day-2", "content", "by hand")
    new = Computer(tmp_path / "new", world)

    changes = new.rebuild(plan)

    assert sorted((change.key, change.change) for change in changes) == [
        ("plan/day-1", "done"), ("plan/day-2", "edited"),
    ]  # fmt: skip
    assert effects(new.push(plan)) == []
    assert len(world.todoist.tasks(done=True)) == 5
    assert world.task("plan/day-2")["content"] == "by hand"


def test_reading_waits_as_long_as_it_is_told(computer: Computer, world: TodoistWorld):
    world.todoist.faults.add(refusal("429 LIMITS_REACHED", retry_after=7), times=2)
    world.todoist.faults.add(RESET, at=3)

    computer.push(roadmap(item("a")))

    assert world.slept[:2] == [7, 7]
    assert len(world.slept) == 3
    assert len(world.todoist.tasks()) == 1


def test_reading_gives_up_where_the_wait_is_long(computer: Computer, world: TodoistWorld):
    world.todoist.faults.add(refusal("429 LIMITS_REACHED", retry_after=513))

    with pytest.raises(RetryLater) as caught:
        computer.pull()
    assert caught.value.after == 513
    assert world.slept == []


def test_another_account_is_not_taken_for_an_empty_one(computer: Computer, world: TodoistWorld):
    computer.push(roadmap(item("a")))
    computer.pull()
    world.todoist.account.user_id = "77777777"

    with pytest.raises(TargetError, match="another Todoist account"):
        computer.push(roadmap(item("a")))


def test_what_belongs_to_the_person_stays_byte_for_byte(computer: Computer, world: TodoistWorld):
    world.add_foreign()
    before = world.foreign()
    computer.push(roadmap(*days(4)))
    computer.push(roadmap(*(replace(each, title="new") for each in days(3))))
    forget(computer)
    computer.push(roadmap(item("day-0")))

    assert world.foreign() == before
