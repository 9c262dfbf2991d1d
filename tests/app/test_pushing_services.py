"""Pushes to services: hand edits, routines, failures, and the end of the process at any request."""

from dataclasses import replace
from datetime import date

import pytest

from sync.app import keeping, pushing
from sync.applying import pushing as engine
from sync.errors import LedgerError, NotAuthorised, RetryLater, TargetRefused
from sync.ledger.bindings import Bindings
from sync.ledger.store import open_ledger
from sync.model import Schedule
from sync.targets.memory import Service
from tests.desk import NOW
from tests.engine.faults import Killed
from tests.invented import PHASED
from tests.pushes import steps

SECOND_PHASE = date(2026, 3, 20)
ROUTINE = """\
# Choir 2026

- Monday 18:00-19:00: warm-up

## Phase 1: learning (2 March 2026 - 15 March 2026)
- [ ] 3 March 2026: learn the words

## Phase 2: singing (16 March 2026 - 29 March 2026)
- [ ] 17 March 2026: sing by heart
"""


def test_restore_brings_back_what_was_removed(garden, world):
    garden.run("push", "--yes")
    world.services["memory"].delete(world.thing("burn the cuttings").id)
    assert steps(garden.run("push", "--yes", "--json").json) == [("leave", "burn the cuttings")]
    assert "leave 1: removed on the other side" in garden.run("plan").out
    assert steps(garden.run("push", "--yes", "--restore", "--json").json) == [("create", "burn the cuttings")]


@pytest.mark.parametrize(("prefer", "title"), [("remote", "by hand"), ("roadmap", "cut all the brambles")])
def test_where_both_sides_changed_a_field_the_preferred_one_counts(garden, world, prefer, title):
    garden.run("push", "--yes")
    thing = world.thing("cut the brambles")
    world.put(replace(thing, fields={**thing.fields, "title": "by hand"}))
    garden.write("roadmaps/phased.md", PHASED.replace("cut the", "cut all the"))
    garden.run("push", "--yes", "--prefer", prefer)
    assert title in world.titles


def test_what_is_past_is_left_out_and_counted_until_it_is_asked_for(garden, world):
    said = garden.run("plan", today=date(2026, 3, 12))
    assert "past" not in garden.run("plan").out
    assert "  2 past and left out; --include-past brings them" in said.out
    assert garden.run("plan", "--json", today=date(2026, 3, 12)).json["plans"][0]["left_out"] == 2
    garden.run("push", "--yes", "--include-past", today=date(2026, 3, 12))
    assert len(world.titles) == 3


def test_routines_of_the_whole_plan_come_with_the_phase_of_today(desk, world):
    desk.write("roadmaps/choir.md", ROUTINE)
    first = desk.run("push", "--yes", "--json").json
    assert {title for _, title in steps(first)} == {"warm-up", "Phase 1: learning", "learn the words"}
    assert desk.run("plan", "--json").json["plans"][0]["steps"] == []
    assert "warm-up" not in [title for _, title in steps(desk.run("plan", "--phase", "2", "--json").json)]


def test_a_routine_that_is_dropped_goes_with_a_later_phase(desk, world):
    desk.write("roadmaps/choir.md", ROUTINE)
    desk.run("push", "--yes")
    desk.write("roadmaps/choir.md", ROUTINE.replace("- Monday 18:00-19:00: warm-up\n", ""))
    told = desk.run("push", "--yes", "--json", today=SECOND_PHASE).json
    assert ("delete", "warm-up") in steps(told)
    assert ("delete", "learn the words") not in steps(told)


def test_a_routine_that_could_not_be_dropped_still_belongs_to_no_phase(desk, world):
    desk.write("roadmaps/choir.md", ROUTINE)
    desk.run("push", "--yes")
    desk.write("roadmaps/choir.md", ROUTINE.replace("- Monday 18:00-19:00: warm-up\n", ""))
    key = "choir/plan/warm-up"
    world.services["memory"].refused = {key}
    assert desk.run("push", "--yes", today=SECOND_PHASE).code == 6
    with open_ledger(desk.state) as ledger:
        assert Bindings(ledger, "memory").all()[key].phase is None


def test_the_same_text_read_by_another_reader_has_a_section_of_its_own(garden, monkeypatch):
    garden.run("push", "--yes")
    monkeypatch.setattr("sync.reading.VERSION", 99)
    read = keeping.read

    def otherwise(run, paths):
        loaded = read(run, paths)
        return [replace(each, schedule=_retitled(each.schedule)) for each in loaded]

    monkeypatch.setattr(pushing, "read", otherwise)
    assert "  A new reader reads the same text differently:\n  ~ change 1\n" in garden.run("plan").out
    (step,) = garden.run("plan", "--json").json["plans"][0]["steps"]
    assert step["section"] == "reader"


def _retitled(schedule: Schedule) -> Schedule:
    items = [replace(item, title=item.title.replace("cut the", "trim the")) for item in schedule.items]
    return replace(schedule, items=tuple(items))


def test_one_item_that_is_refused_is_named_and_ends_with_6(garden, world):
    world.services["memory"].refused = {"phased/2026-03-03/cut-the-brambles"}
    said = garden.run("push", "--yes")
    assert said.code == 6
    assert "✗ memory: phased, Phase 1: clearing: 2 of 3 steps done" in said.out
    assert "✗ cut the brambles: The item was refused." in said.out
    told = garden.run("push", "--yes", "--json").json["plans"][0]["outcome"]
    assert told["failed"] == [
        {
            "key": "phased/2026-03-03/cut-the-brambles",
            "title": "cut the brambles",
            "reason": "The item was refused.",
        }
    ]


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["text", "json"])
def test_a_service_that_stops_is_told_and_the_next_push_resumes(garden, world, words):
    service = world.services["memory"]

    def weather(moment: str) -> None:
        if moment == "before" and len(service.requests) >= 2:
            raise TargetRefused("The quota is used up.", "Wait until tomorrow.")

    service.weather = weather
    said = garden.run("push", "--yes", *words)
    assert said.code == 6
    if words:
        assert said.json["plans"][0]["outcome"]["stopped"]["title"] == "The quota is used up."
    else:
        assert "    The quota is used up. Wait until tomorrow.\n    What was not reached" in said.out
    service.weather = lambda moment: None
    assert garden.run("push", "--yes").code == 0
    assert len(world.titles) == 3


def test_one_target_that_fails_leaves_the_others(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    world.broken["other"] = NotAuthorised("Nobody is signed in.", "Run auth.")
    said = garden.run("push", "--yes")
    assert said.code == 7
    assert "✗ other: Nobody is signed in.\n    → Run auth." in said.out
    assert len(world.titles) == 3
    told = garden.run("push", "--yes", "--json").json
    assert told["refused"] == [
        {
            "target": "other",
            "roadmap": None,
            "code": "not-signed-in",
            "title": "Nobody is signed in.",
            "hint": "Run auth.",
        }
    ]
    assert garden.run("plan").code == 7
    world.broken["other"] = TargetRefused("It broke.", "Mend it.")
    assert garden.run("push", "--yes").code == garden.run("plan").code == 6


@pytest.mark.parametrize("command", [("plan",), ("push", "--yes")])
def test_a_ledger_that_fails_half_way_ends_with_11_as_no_service_is_to_blame(garden, world, command):
    world.services = {"memory": Service(), "other": Service()}
    world.broken["other"] = LedgerError("The disk is full.", "Make room and run the same command again.")
    assert garden.run(*command).code == 11


def test_where_every_target_fails_its_own_exit_code_counts(garden, world):
    world.broken["memory"] = NotAuthorised("Nobody is signed in.", "Run auth.")
    assert garden.run("push", "--yes").code == 7
    assert garden.run("plan").code == 7


def test_a_target_that_fails_while_it_is_written_leaves_the_others(garden, world, monkeypatch):
    world.services = {"memory": Service(), "other": Service()}

    def failing(plans, target, ledger, **given):
        if target.name == "other":
            raise TargetRefused("It broke.", "Mend it.")
        return engine.apply(plans, target, ledger, **given)

    monkeypatch.setattr("sync.app.sides.apply", failing)
    said = garden.run("push", "--yes")
    assert said.code == 6
    assert "✗ other: It broke." in said.out
    assert len(world.titles) == 3


def test_a_tick_seen_on_one_target_counts_for_one_that_was_read_before_it(garden, world, monkeypatch):
    world.services = {"other": Service(), "memory": Service()}
    monkeypatch.setattr("sync.app.sides.abreast", lambda jobs: {name: job() for name, job in jobs.items()})
    garden.run("push", "--yes")
    thing = world.thing("cut the brambles")
    world.put(replace(thing, done=NOW))
    garden.write("roadmaps/phased.md", PHASED.replace("- [ ] 3 March 2026: cut the brambles\n", ""))
    for command in (("plan",), ("push", "--yes")):
        assert {action for action, _ in steps(garden.run(*command, "--json").json)} == {"leave"}


@pytest.mark.parametrize("request_number", [1, 2, 3])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_process_that_ends_in_the_middle_doubles_and_loses_nothing(garden, world, request_number, moment):
    service = world.services["memory"]

    def weather(now: str) -> None:
        done = len(service.requests) - (now == "after")
        if now == moment and done == request_number:
            raise Killed

    service.weather = weather
    with pytest.raises(Killed):
        garden.run("push", "--yes")
    service.weather = lambda now: None
    planned = garden.run("plan", "--json").json
    pushed = garden.run("push", "--yes", "--json").json
    assert planned["digest"] == pushed["digest"]
    assert sorted(world.titles) == ["Phase 1: clearing", "burn the cuttings", "cut the brambles"]
    assert steps(garden.run("plan", "--json").json) == []


def test_a_wait_in_the_middle_of_a_push_is_told_as_it_begins(garden, world):
    service = world.services["memory"]
    lost = iter([True])

    def weather(moment: str) -> None:
        if moment == "after" and service.requests[-1:] == [1] and next(lost, False):
            raise RetryLater("No answer came.", "Push again.")

    service.weather = weather
    said = garden.run("push", "--yes", "--json")
    assert (said.code, said.err) == (0, "No answer came; asking again in 1 s.\n")
    assert len(world.titles) == 3


def test_a_lost_answer_is_sent_again_within_the_push(garden, world):
    lost = iter(["after"])
    service = world.services["memory"]

    def weather(moment: str) -> None:
        if service.requests[-1:] == [1] and moment == "after" and next(lost, None):
            raise RetryLater("No answer came.", "Push again.")

    service.weather = weather
    assert garden.run("push", "--yes", "--json").json["requests"] == {"memory": 5}
    assert len(world.titles) == 3
