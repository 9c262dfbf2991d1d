"""Who is told how far something has come, and in which steps."""

from dataclasses import replace

import pytest

from sync.app.checking import check
from sync.app.pushing import Asked, push
from sync.app.tallying import Tally
from sync.applying.counting import Counted
from sync.errors import RetryLater, TargetRefused
from sync.remote import Answered, Failed, Landed, Sending
from sync.targets.memory import MemoryTarget, Service
from tests.desk import Desk
from tests.invented import DATED, PHASED
from tests.pushes import World

Heard = list[tuple[str, int, int]]


def pushed(desk: Desk, world: World, asked: Asked) -> Heard:
    heard: Heard = []
    run = replace(desk.world(), told=lambda *how: heard.append(how))
    push(run, asked, show=lambda _: None, agree=lambda _: True, connect=world.connect)
    return [each for each in heard if each[0] == "Pushing"]


def test_a_push_tells_each_write_that_has_its_answer(garden, world):
    told = pushed(garden, world, Asked(targets=["memory"]))
    assert told == [("Pushing", done, 3) for done in range(4)]
    assert pushed(garden, world, Asked(targets=["memory"])) == [("Pushing", 0, 0), ("Pushing", 0, 0)]


def test_targets_side_by_side_are_told_as_one(garden, world):
    world.services["other"] = Service()
    told = pushed(garden, world, Asked(targets=["memory", "other"]))
    assert told == [("Pushing", done, 6) for done in range(7)]


def test_a_push_that_fails_ends_the_telling_too(garden, world):
    def dead(_: str) -> None:
        raise TargetRefused("No.", "Never.")

    assert pushed(garden, world, Asked(targets=["memory"]))[-1] == ("Pushing", 3, 3)
    garden.write("roadmaps/phased.md", PHASED.replace("cut the", "cut all the"))
    world.services["memory"].weather = lambda moment: dead(moment) if moment == "after" else None
    with pytest.raises(TargetRefused):
        pushed(garden, world, Asked(targets=["memory"]))


def test_reading_tells_each_roadmap(desk):
    for name in ("a", "b"):
        desk.write(f"roadmaps/{name}.md", DATED)
    heard: Heard = []
    check(replace(desk.world(), told=lambda *how: heard.append(how)), ())
    assert heard == [("Reading", 0, 2), ("Reading", 1, 2), ("Reading", 2, 2)]


def test_what_is_counted_before_the_start_is_told_to_nobody():
    heard: Heard = []
    tally = Tally("Pushing", lambda *how: heard.append(how))
    tally.more(3)
    assert heard == []
    with tally.towards(2):
        for _ in range(3):
            tally.more(1)
    assert heard == [("Pushing", 0, 2), ("Pushing", 1, 2), ("Pushing", 2, 2)]


def test_a_write_that_will_be_sent_again_is_not_counted_yet():
    class Hurried(MemoryTarget):
        def write(self, intents):
            yield Sending({})
            late = Failed("a", RetryLater("Later.", "Wait."))
            yield Answered((late, Landed("b", "1"), Failed("c", TargetRefused("No.", "Never."))))

    counts: list[int] = []
    target = Counted(Hurried(Service()), counts.append)
    assert len(list(target.write(()))) == 2
    assert (counts, target.requests) == ([2], 1)
