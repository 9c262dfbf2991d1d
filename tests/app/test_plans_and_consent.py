"""A plan is what a push does; a push does it only where a person agrees and nothing is at stake."""

import re
import sys
from dataclasses import replace

import pytest

from sync.ledger.lock import only_run
from sync.ledger.progress import Progress
from sync.ledger.store import open_ledger
from sync.targets.memory import Service
from tests.desk import NOW, Desk
from tests.invented import BROKEN, DATED, PHASED, TEN
from tests.pushes import feed, snapshot, steps

# --- plan ---


def test_a_plan_writes_nothing_anywhere(garden):
    garden.run("plan")
    assert sorted(each.name for each in garden.folder.iterdir()) == ["roadmaps"]
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", PHASED.replace("[ ] 3", "[x] 3").replace("beans", "peas"))
    before = snapshot(garden.folder)
    assert garden.run("plan", "--all").code == 0
    after = snapshot(garden.folder)
    assert before == after


def test_a_plan_has_the_digest_of_the_push(garden):
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", PHASED.replace("[ ] 3", "[x] 3").replace("burn", "shred"))
    planned = garden.run("plan", "--all", "--json").json
    pushed = garden.run("push", "--all", "--yes", "--json").json
    assert planned["digest"] == pushed["digest"] == pushed["plans"][0]["digest"]


def test_a_mark_that_vanished_from_the_text_is_planned_as_it_is_pushed(garden):
    garden.write("roadmaps/phased.md", PHASED.replace("[ ] 3", "[x] 3"))
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", PHASED)
    planned = garden.run("plan", "--json").json
    assert planned["digest"] == garden.run("push", "--yes", "--json").json["digest"]


def test_a_tick_made_there_is_planned_as_it_is_pushed(garden, world):
    garden.run("push", "--yes")
    thing = world.thing("burn the cuttings")
    world.put(replace(thing, done=NOW))
    garden.write("roadmaps/phased.md", PHASED.replace("- [ ] 10 March 2026: burn the cuttings\n", ""))
    planned = garden.run("plan", "--json").json
    assert steps(planned) == [("leave", "burn the cuttings")]
    assert planned["digest"] == garden.run("push", "--yes", "--json").json["digest"]
    with open_ledger(garden.state) as ledger:
        assert Progress(ledger).standings()[thing.marker.rpartition(":")[2]].done


def test_the_plan_tells_what_a_person_wants_to_know(garden):
    told = garden.run("plan").out.splitlines()
    assert told[0] == "ics: phased, Phase 1: clearing"
    assert told[1] == "  + create 3"
    assert told[-2] == "Plan: 3 to create."
    assert re.fullmatch(r"Digest [0-9a-f]{16}", told[-1])


def test_with_nothing_to_do_a_plan_is_one_line(garden):
    garden.write("roadmaps/dated.md", DATED)
    garden.run("push", "--yes")
    assert garden.run("plan").out == "ics: nothing to do in dated, phased\n"
    assert garden.run("push").out == "✓ Nothing to do: 2 roadmaps on ics.\n"


# --- agreeing ---


class Terminal:
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_and_without_yes_the_plan_is_shown_and_not_pushed(garden):
    said = garden.run("push")
    assert said.code == 2
    assert "+ create 3" in said.out
    assert said.err == "Nobody is there to agree to the plan.\nAdd `--yes` to push it without asking.\n"
    assert not (garden.folder / "feeds").exists()


def test_without_yes_a_program_gets_the_error_alone(garden):
    assert garden.run("push", "--json").json["error"]["code"] == "usage"


@pytest.mark.parametrize(("answer", "code", "pushed"), [(True, 0, True), (False, 130, False)])
def test_a_person_is_asked(garden, monkeypatch, answer: bool, code: int, pushed: bool):  # noqa: FBT001
    asked: list[str] = []

    def agreeing(text: str, **_: object) -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("click.confirm", agreeing)
    said = garden.run("push")
    assert (said.code, asked) == (code, ["Push this?"])
    assert (garden.folder / "feeds").exists() is pushed
    assert pushed or said.out.endswith("Nothing was pushed.\n")


def test_what_concerns_the_ledger_alone_is_not_asked(garden):
    garden.run("export")
    assert {action for action, _ in steps(garden.run("push", "--json").json)} == {"adopt"}


def test_what_is_forgotten_is_not_asked(garden, world):
    garden.run("push", "--yes")
    world.services["memory"].delete(world.thing("burn the cuttings").id)
    garden.write("roadmaps/phased.md", PHASED.replace("- [ ] 10 March 2026: burn the cuttings\n", ""))
    assert steps(garden.run("push", "--json").json) == [("forget", "burn the cuttings")]


def test_the_plan_that_was_reviewed_is_pushed(garden):
    digest = garden.run("plan", "--json").json["digest"]
    assert garden.run("push", "--yes", "--expect", digest).code == 0


def test_another_plan_than_the_one_reviewed_is_shown_and_not_pushed(garden):
    digest = garden.run("plan", "--json").json["digest"]
    garden.write("roadmaps/phased.md", PHASED.replace("brambles", "nettles"))
    said = garden.run("push", "--yes", "--expect", digest)
    assert said.code == 9
    assert "cut the nettles" in said.out
    moved = garden.run("plan", "--json").json["digest"]
    assert said.err.splitlines() == [
        "The plan is not the one that was reviewed.",
        f"Look at it again with `roadmap-sync plan`; its digest is now {moved}.",
    ]
    assert not (garden.folder / "feeds").exists()


def test_of_several_plans_the_digest_of_all_or_each_one_is_expected(garden):
    garden.write("roadmaps/dated.md", DATED)
    told = garden.run("plan", "--json").json
    one, other = (plan["digest"] for plan in told["plans"])
    assert garden.run("push", "--yes", "--expect", one).code == 9
    assert garden.run("push", "--yes", "--expect", one, "--expect", "f" * 16).code == 9
    assert garden.run("push", "--yes", "--expect", one, "--expect", other).code == 0
    assert garden.run("push", "--yes", "--expect", garden.run("plan", "--json").json["digest"]).code == 0
    assert garden.run("push", "--yes", "--expect", told["digest"]).code == 9


# --- safety ---


@pytest.fixture
def ten(desk: Desk) -> Desk:
    desk.write("roadmaps/ten.md", TEN)
    desk.run("push", "--yes")
    desk.write("roadmaps/ten.md", "\n".join(TEN.splitlines()[:-4]) + "\n")
    return desk


def test_a_plan_that_deletes_too_much_is_shown_and_not_pushed(ten):
    before = snapshot(ten.folder / "feeds")
    said = ten.run("push", "--yes")
    assert said.code == 8
    assert "- delete 4" in said.out
    assert said.err.startswith("This would overwrite 0 and delete 4 of 10 items on ics.\n")
    assert snapshot(ten.folder / "feeds") == before
    assert ten.run("plan").code == 0


def test_force_pushes_a_plan_that_deletes_too_much(ten):
    assert ten.run("push", "--yes", "--force").code == 0
    assert len(feed(ten, "ten.ics")) == 6


def test_one_unsafe_plan_holds_all_others_back(ten, world):
    world.services = {"memory": Service(), "other": Service()}
    ten.write("roadmaps/ten.md", TEN)
    ten.run("push", "--yes", "--target", "memory")
    ten.write("roadmaps/ten.md", "\n".join(TEN.splitlines()[:-4]) + "\n")
    assert ten.run("push", "--yes").code == 8
    assert world.services["other"].things == {}


def test_a_roadmap_that_yields_nothing_any_more_is_an_error_and_others_are_pushed(desk):
    desk.write("roadmaps/ten.md", TEN)
    desk.write("roadmaps/phased.md", PHASED)
    desk.run("push", "--yes")
    desk.write("roadmaps/ten.md", "# Ten 2026\n\nNothing is left of it.\n")
    desk.write("roadmaps/phased.md", PHASED.replace("cut the", "cut all the"))
    said = desk.run("push", "--yes")
    assert said.code == 4
    assert "✗ ics: ten: The roadmap ten has no dated items any more" in said.out
    assert "cut all the brambles" in feed(desk)
    assert len(feed(desk, "ten.ics")) == 10
    assert desk.run("push", "--yes", "--roadmap", "ten").code == 4


def test_a_service_that_answers_with_nothing_is_not_believed(garden, world):
    garden.run("push", "--yes")
    world.services["memory"].things.clear()
    for command in (("plan",), ("push", "--yes")):
        said = garden.run(*command)
        assert said.code == 8
        assert said.err.startswith("memory answered with nothing, though 3 items should be there.\n")
    assert garden.run("push", "--yes", "--force", "--restore").code == 0
    assert len(world.titles) == 3


def test_one_service_that_answers_with_nothing_holds_all_others_back(garden, world):
    world.services = {"memory": Service(), "other": Service()}
    garden.run("push", "--yes")
    world.services["memory"].things.clear()
    garden.write("roadmaps/phased.md", PHASED.replace("brambles", "nettles"))
    said = garden.run("push", "--yes")
    assert (said.code, said.err.partition(",")[0]) == (8, "memory answered with nothing")
    assert "cut the brambles" in [each.fields["title"] for each in world.services["other"].things.values()]


def test_documents_with_errors_are_pushed_as_far_as_they_are_readable(desk):
    desk.write("roadmaps/broken.md", BROKEN)
    said = desk.run("push", "--yes")
    assert said.code == 4
    assert "first rehearsal" in feed(desk, "broken.ics")
    assert "1 error was found in the text" in said.err
    assert desk.run("plan", "--json").code == 4


def test_a_file_that_cannot_be_read_deletes_nothing(garden):
    garden.write("roadmaps/dated.md", DATED)
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", b"")
    said = garden.run("push", "--yes")
    assert said.code == 4
    assert "phased.md is empty." in said.err
    assert len(feed(garden)) == 3
    assert garden.run("push", "--yes", "--roadmap", "phased").code == 4


def test_two_runs_do_not_write_at_once(garden):
    with only_run(garden.state):
        said = garden.run("push", "--yes", "--json")
        assert (said.code, said.json["error"]["code"]) == (10, "busy")
        assert garden.run("plan").code == 0
        assert garden.run("done", "brambles").code == 0
