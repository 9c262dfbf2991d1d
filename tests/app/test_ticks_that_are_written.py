"""Ticks on targets that show them: written wherever they were made, no overwriting, and taken back by people."""

from dataclasses import replace
from datetime import date
from shutil import rmtree

import pytest

from sync.ledger.bindings import Bindings
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from tests.desk import Desk
from tests.invented import TEN
from tests.pushes import World, steps

BRAMBLES = "phased/2026-03-03/cut-the-brambles"
FIRST_PHASE, SECOND_PHASE = "phased/phase-1/period", date(2026, 3, 20)


@pytest.fixture
def pushed(garden: Desk, world: World) -> Desk:
    """A desk whose first phase is on a service that ticks, with one item done here and pushed."""
    world.ticking = True
    garden.run("push", "--yes")
    garden.run("done", BRAMBLES)
    garden.run("push", "--yes")
    assert world.thing("cut the brambles").fields["done"] == "done"
    return garden


def edit(world: World, item: str, **fields: str) -> None:
    thing = world.thing(item)
    world.put(replace(thing, fields={**thing.fields, **fields}))


def changes(desk: Desk) -> list[tuple[str, str]]:
    return [(each["change"], each["title"]) for each in desk.run("pull", "--json").json["changes"]]


def is_done(desk: Desk) -> bool:
    with open_ledger(desk.state) as ledger:
        standing = Progress(ledger).standing(BRAMBLES)
    return standing is not None and standing.done


def test_what_was_ticked_here_and_opened_there_before_anybody_looked_is_open_again(pushed, world):
    edit(world, "cut the brambles", done="")
    assert changes(pushed) == [("reopened", "cut the brambles")]
    assert not is_done(pushed)
    assert changes(pushed) == []
    pushed.run("push", "--yes")
    assert world.thing("cut the brambles").fields["done"] == ""


def test_a_tick_that_was_pushed_is_no_news_and_hides_no_edit(pushed, world):
    assert changes(pushed) == []
    edit(world, "cut the brambles", done="", title="cut all the brambles")
    assert changes(pushed) == [("reopened", "cut the brambles"), ("edited", "cut the brambles")]


def test_another_computer_sees_at_its_first_look_that_a_tick_was_taken_back(pushed, world):
    edit(world, "cut the brambles", done="")
    rmtree(pushed.state)
    assert changes(pushed) == [("reopened", "cut the brambles")]
    assert not is_done(pushed)


def test_what_is_ticked_late_is_written_with_the_phase_of_today_and_stays_in_its_own(pushed, world):
    pushed.run("done", "burn the cuttings")
    told = pushed.run("push", "--yes", "--json", today=SECOND_PHASE).json
    assert ("update", "burn the cuttings") in steps(told)
    assert world.thing("burn the cuttings").fields["done"] == "done"
    with open_ledger(pushed.state) as ledger:
        known = Bindings(ledger, "memory").all()
    assert {each.phase for each in known.values() if "2026-03-10" in each.key} == {FIRST_PHASE}
    assert steps(pushed.run("plan", "--json").json)[0][0] == "leave"


def test_only_a_tick_of_another_phase_comes_along(pushed, world):
    path = pushed.roadmaps / "phased.md"
    path.write_text(path.read_text("utf-8").replace("burn the", "burn all the"), "utf-8")
    assert ("update", "burn all the cuttings") not in steps(
        pushed.run("plan", "--json", today=SECOND_PHASE).json
    )


def test_many_ticks_at_once_need_no_force_and_many_other_changes_do(desk, world):
    world.ticking = True
    desk.write("roadmaps/ten.md", TEN)
    desk.run("push", "--yes")
    for day in range(3, 13):
        desk.run("done", f"ten/2026-03-{day:02}/step-{day}")
    said = desk.run("push", "--yes")
    assert said.code == 0
    assert "    ~ step 3   ticked off\n    ~ step 4   ticked off\n" in said.out
    assert {thing.fields["done"] for thing in world.services["memory"].things.values()} == {"done"}
    desk.write("roadmaps/ten.md", TEN.replace("step", "stage"))
    edit_all(world)
    assert desk.run("push", "--yes").code == 8


def edit_all(world: World) -> None:
    """Open everything on the phone."""
    for thing in list(world.services["memory"].things.values()):
        world.put(replace(thing, fields={**thing.fields, "done": ""}))
