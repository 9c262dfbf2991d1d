"""A push that broke off: what must go out once more is shown, asked for, and covered by the digest."""

from collections.abc import Sequence

import pytest

from sync.errors import RetryLater
from sync.remote import Objection
from sync.targets.memory import Service
from tests.desk import Desk
from tests.pushes import Named, World

NEVER = "The line is dead."


def no_answer(service: Service) -> None:
    """Let no write through from now on; readings go on."""

    def weather(moment: str) -> None:
        # the first request of every run is its reading
        if moment == "before" and len(service.requests) > len_before:
            raise RetryLater(NEVER, "Push again.", after=999.0)

    len_before = len(service.requests)
    service.weather = weather


@pytest.fixture
def broken_off(garden: Desk, world: World) -> Desk:
    """A first push of which nothing arrived, and a line that is well again."""
    service = world.services["memory"]
    no_answer(service)
    assert garden.run("push", "--yes").code == 6
    service.weather = lambda moment: None
    return garden


def test_the_plan_names_what_goes_out_once_more(broken_off):
    told = broken_off.run("plan").out
    assert "» send once more 1" in told
    assert "» Phase 1: clearing  the answer of an interrupted push was lost" in told
    assert "1 to send once more, 2 to create" in told
    steps = broken_off.run("plan", "--json").json["plans"][0]["steps"]
    assert [each["action"] for each in steps] == ["resend", "create", "create"]


def test_nothing_goes_out_once_more_without_agreement(broken_off, world):
    assert broken_off.run("push").code == 2
    assert world.titles == []
    assert broken_off.run("push", "--yes").code == 0
    assert len(world.titles) == 3
    assert broken_off.run("plan", "--json").json["plans"][0]["steps"] == []


def test_a_plan_that_only_sends_once_more_is_asked_about(broken_off, world):
    text = (broken_off.roadmaps / "phased.md").read_text()
    cut = [line for line in text.splitlines(keepends=True) if "March 2026:" not in line or "17 " in line]
    broken_off.write("roadmaps/phased.md", "".join(cut))
    told = broken_off.run("plan", "--json").json["plans"][0]
    assert {each["action"] for each in told["steps"]} == {"resend"}
    assert broken_off.run("push").code == 2
    assert broken_off.run("push", "--yes").code == 0
    assert world.titles == ["Phase 1: clearing"]


def test_what_goes_out_once_more_takes_room_too(broken_off, monkeypatch):
    asked: list[int] = []

    def objections(_target: Named, keys: Sequence[str]) -> Sequence[Objection]:
        asked.append(len(keys))
        return ()

    monkeypatch.setattr(Named, "objections", objections, raising=False)
    assert broken_off.run("plan").code == 0
    assert asked == [3]


def test_the_digest_that_was_reviewed_covers_what_goes_out_once_more(broken_off, world):
    plan = broken_off.run("plan", "--json").json
    assert plan["digest"] == plan["plans"][0]["digest"]
    assert broken_off.run("push", "--yes", "--expect", "0" * 16).code == 9
    assert world.titles == []
    assert broken_off.run("push", "--yes", "--expect", plan["digest"]).code == 0
    assert len(world.titles) == 3


def test_each_step_that_was_shown_counts_in_the_outcome(broken_off):
    pushed = broken_off.run("push", "--yes", "--json").json
    assert pushed["plans"][0]["outcome"] == {"done": 3, "failed": [], "stopped": None}
    assert pushed["plans"][0]["counts"] == {
        "resend": 1, "create": 2, "update": 0, "delete": 0, "adopt": 0, "forget": 0, "leave": 0,
    }  # fmt: skip


def test_a_line_that_is_dead_again_leaves_the_same_plan(broken_off, world):
    before = broken_off.run("plan", "--json").json["digest"]
    no_answer(world.services["memory"])
    assert broken_off.run("push", "--yes").code == 6
    world.services["memory"].weather = lambda moment: None
    assert broken_off.run("plan", "--json").json["digest"] == before


def test_a_push_of_another_roadmap_sends_nothing_of_this_one(broken_off, world):
    broken_off.write("roadmaps/kite.md", "# Kite\n\n- [ ] 4 March 2026: buy spruce\n")
    assert broken_off.run("push", "--yes", "--roadmap", "kite").code == 0
    assert world.titles == ["buy spruce"]
    assert "send once more 1" in broken_off.run("plan").out
