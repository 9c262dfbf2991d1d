"""Taking back: asked before, told after, together with what is empty then, and whole again after a failure."""

import sqlite3

import pytest

from sync.app import unpushing
from sync.errors import NotAuthorised, RetryLater, TargetRefused
from sync.targets.memory import Service
from tests.app.removals import BRAMBLES, DENTIST, pushed_beside_a_dentist
from tests.desk import Desk
from tests.engine.faults import Killed
from tests.pushes import Named, World, snapshot


@pytest.fixture
def pushed(garden: Desk, world: World) -> Desk:
    return pushed_beside_a_dentist(garden, world)


# --- agreeing ---


def test_without_agreement_nothing_goes(pushed, world, monkeypatch):
    before = dict(world.services["memory"].things)
    said = pushed.run("unpush")
    assert (said.code, said.err.splitlines()) == (
        2,
        ["Nobody is there to agree to the plan.", "Add `--yes` to remove it without asking."],
    )
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text))
    said = pushed.run("unpush")
    assert (said.code, asked) == (130, ["Remove this?"])
    assert said.out.endswith("Nothing was removed.\n")
    told = pushed.run("unpush", "--json")
    assert (told.code, told.json["agreed"], told.json["plans"]) == (130, False, [])
    assert world.services["memory"].things == before


def test_json_tells_each_step_and_what_became_of_it(pushed, world):
    told = pushed.run("unpush", "--yes", "--json").json
    assert told["agreed"] is True
    assert (told["tidied"], told["refused"]) == ({}, [])
    (plan,) = told["plans"]
    assert plan["outcome"] == {"done": 5, "failed": [], "stopped": None}
    assert {(step["action"], step["reason"]) for step in plan["steps"]} == {("delete", "taken back as asked")}
    assert told["requests"] == {"memory": 1 + 5}


# --- containers ---


class Shelf(Named):
    """A service whose items stand on a shelf that can be taken away."""

    def __init__(self, service: Service, error: Exception | None) -> None:
        super().__init__("memory", service, keeps_past=False)
        self._error = error

    def tidy(self) -> tuple[str, ...]:
        if self._error is not None:
            raise self._error
        return () if foreign_to(self) else tuple(f"Shelf {number}" for number in range(1, 8))


def foreign_to(shelf: Shelf) -> bool:
    return any(not thing.marker for thing in shelf._service.things.values())


@pytest.fixture
def shelved(pushed, world, monkeypatch):
    """Let the service of the world stand on shelves."""

    def made(error=None):
        monkeypatch.setattr(world, "connect", lambda *_: Shelf(world.services["memory"], error))
        monkeypatch.setattr(
            unpushing, "unpush", lambda *args, **given: original(*args, **given | {"connect": world.connect})
        )
        return pushed

    original = unpushing.unpush
    return made


def test_containers_that_are_empty_go_as_well(shelved, world):
    desk = shelved()
    del world.services["memory"].things["dentist"]
    told = desk.run("unpush", "--yes")
    assert (
        "✓ memory: “Shelf 1”, “Shelf 2”, “Shelf 3”, “Shelf 4”, “Shelf 5” and 2 more, empty now, went as well"
        in told.out.splitlines()
    )


def test_a_container_with_something_of_the_persons_stays(shelved):
    assert shelved().run("unpush", "--yes", "--json").json["tidied"] == {}


def test_containers_that_could_not_go_are_told(shelved):
    said = shelved(TargetRefused("It is locked.", "Unlock it.")).run("unpush", "--yes")
    assert said.code == 6
    assert "✗ memory: It is locked.\n    → Unlock it." in said.out


# --- failures ---


def test_one_item_that_is_refused_is_named_and_nothing_is_tidied(shelved, world):
    world.services["memory"].refused = {BRAMBLES}
    said = shelved().run("unpush", "--yes")
    assert said.code == 6
    assert "✗ memory: phased: 4 of 5 steps done" in said.out
    assert "Shelf" not in said.out
    assert "bring everything back" not in said.out
    world.services["memory"].refused = set()
    assert pushed_titles(world) == ["cut the brambles"]


def pushed_titles(world: World) -> list[str]:
    return [thing.fields["title"] for thing in world.services["memory"].things.values() if thing.marker]


def test_one_service_that_fails_leaves_the_others_and_unknown_names_are_not_judged(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes")
    world.broken["other"] = NotAuthorised("Nobody is signed in.", "Run auth.")
    said = garden.run("unpush", "--yes", "--roadmap", "unheard-of")
    assert (said.code, "✗ other: Nobody is signed in." in said.out) == (7, True)
    assert garden.run("unpush", "--yes").code == 7
    assert world.services["memory"].things == {}
    assert len(world.services["other"].things) == 3
    assert garden.run("unpush", "--target", "other").code == 7


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_removal_that_ends_in_the_middle_is_finished_by_the_next(pushed, world, moment):
    service = world.services["memory"]

    def weather(now: str) -> None:
        if now == moment and service.requests[-1:] == ([1] if moment == "after" else [0]):
            raise Killed

    service.weather = lambda now: None
    service.requests.clear()
    service.weather = weather
    with pytest.raises(Killed):
        pushed.run("unpush", "--yes")
    service.weather = lambda now: None
    assert pushed.run("unpush", "--yes").code == 0
    assert service.things == {"dentist": DENTIST}


def test_a_creation_whose_answer_was_lost_is_settled_and_then_removed(garden, world):
    service = world.services["memory"]

    def weather(moment: str) -> None:
        if moment == "after" and service.requests[-1:] == [1]:
            raise RetryLater("No answer came.", "Push again.", after=999.0)

    service.weather = weather
    assert garden.run("push", "--yes").code == 6
    service.weather = lambda moment: None
    assert len(service.things) == 1
    assert garden.run("unpush", "--yes").code == 0
    assert service.things == {}


def test_a_creation_that_never_arrived_does_not_come_after_its_removal(garden, world):
    """Its bytes wait to be sent once more; the next push makes it anew, as it is by then."""
    service = world.services["memory"]

    def weather(moment: str) -> None:
        if moment == "before" and service.requests:
            raise RetryLater("No answer came.", "Push again.", after=999.0)

    service.weather = weather
    assert garden.run("push", "--yes").code == 6
    service.weather = lambda moment: None
    assert "send once more 1" in garden.run("plan").out
    assert garden.run("unpush", "--yes").code == 0
    assert service.things == {}
    assert "send once more" not in garden.run("plan").out
    assert garden.run("push", "--yes").code == 0
    assert garden.run("plan", "--json").json["plans"][0]["counts"]["create"] == 0


def test_another_run_makes_a_removal_wait_its_turn(pushed):
    before = snapshot(pushed.folder / "roadmaps")
    with sqlite3.connect(pushed.state / "run.lock", isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        assert pushed.run("unpush", "--yes").code == 10
    lock.close()
    assert snapshot(pushed.folder / "roadmaps") == before
