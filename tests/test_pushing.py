"""Plans and pushes from the command line: over the feeds, and over a service in memory."""

import re
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sync import keeping, pushing
from sync.applying import pushing as engine
from sync.applying.patience import Patience
from sync.errors import NotAuthorised, RetryLater, TargetRefused, UsageError
from sync.ledger.bindings import Bindings
from sync.ledger.lock import only_run
from sync.ledger.progress import Progress
from sync.ledger.schedules import Schedules
from sync.ledger.store import open_ledger
from sync.model import Schedule
from sync.pushing import Asked, Proposal, phase_of
from sync.reading.reader import VERSION
from sync.remote import Target
from sync.run import Run
from sync.targets.memory import MemoryTarget, Service, Thing
from tests.desk import NOW, TODAY, Desk, at_desk
from tests.engine.faults import Killed
from tests.invented import BROKEN, DATED, PHASED

SECOND_PHASE = date(2026, 3, 20)
TEN = "# Ten 2026\n\n" + "".join(f"- [ ] {day} March 2026: step {day}\n" for day in range(3, 13))
ROUTINE = """\
# Choir 2026

- Monday 18:00-19:00: warm-up

## Phase 1: learning (2 March 2026 - 15 March 2026)
- [ ] 3 March 2026: learn the words

## Phase 2: singing (16 March 2026 - 29 March 2026)
- [ ] 17 March 2026: sing by heart
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return at_desk(tmp_path, monkeypatch)


@pytest.fixture
def garden(desk: Desk) -> Desk:
    desk.write("roadmaps/phased.md", PHASED)
    return desk


@dataclass
class World:
    """Services in memory, as they would be configured."""

    services: dict[str, Service] = field(default_factory=lambda: {"memory": Service()})
    broken: dict[str, Exception] = field(default_factory=dict)
    keeps_past: bool = False

    def connect(self, name: str, run: Run, schedules: object) -> Target:
        if name in self.broken:
            raise self.broken[name]
        return Named(name, self.services[name], keeps_past=self.keeps_past)

    @property
    def titles(self) -> list[str]:
        return [thing.fields["title"] for thing in self.services["memory"].things.values()]

    def thing(self, title: str) -> Thing:
        return next(each for each in self.services["memory"].things.values() if each.fields["title"] == title)

    def put(self, thing: Thing) -> None:
        self.services["memory"].things[thing.id] = replace(thing, version=thing.version + 1)


class Named(MemoryTarget):
    """A service in memory under a name of its own."""

    def __init__(self, name: str, service: Service, *, keeps_past: bool) -> None:
        super().__init__(service, keeps_past=keeps_past)
        self._name = name

    @property
    def name(self) -> str:
        return self._name


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Let the commands push to memory, and wait for nothing."""
    made = World()
    push, plan = pushing.push, pushing.plan
    monkeypatch.setattr(pushing, "push", lambda *args, **given: push(*args, **given, connect=made.connect))
    monkeypatch.setattr(pushing, "plan", lambda run, asked: plan(run, asked, made.connect))
    monkeypatch.setattr(pushing, "enabled", lambda run: tuple(made.services))
    monkeypatch.setattr(pushing, "PATIENCE", Patience(sleep=lambda _: None, random=lambda: 0.0))
    return made


def steps(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["action"], step["title"]) for plan in told["plans"] for step in plan["steps"]]


def feed(desk: Desk, name: str = "phased.ics") -> list[str]:
    text = (desk.folder / "feeds" / name).read_text("utf-8")
    return re.findall(r"^SUMMARY:(?:☐ )?(.*?)\r?$", text, re.MULTILINE)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- the feeds ---


def test_a_first_push_writes_the_phase_that_holds_today_and_the_second_plan_is_empty(garden):
    told = garden.run("push", "--yes", "--json").json
    (plan,) = told["plans"]
    assert (plan["target"], plan["roadmap"], plan["phase"]) == ("ics", "phased", "phased/phase-1/period")
    assert plan["outcome"] == {"done": 3, "failed": [], "stopped": None}
    assert told["requests"] == {"ics": 2}
    assert feed(garden) == ["Phase 1: clearing", "cut the brambles", "burn the cuttings"]
    again = garden.run("plan", "--json").json
    assert steps(again) == []
    assert garden.run("push", "--yes", "--json").json["requests"] == {"ics": 1}


def test_a_reworded_title_keeps_its_item(garden):
    garden.run("push", "--yes")
    before = re.findall(r"UID:.*", (garden.folder / "feeds" / "phased.ics").read_text("utf-8"))
    garden.write("roadmaps/phased.md", PHASED.replace("cut the brambles", "cut all of the brambles"))
    told = garden.run("push", "--yes", "--json").json
    assert steps(told) == [("update", "cut all of the brambles")]
    assert told["plans"][0]["steps"][0]["fields"]["title"] == {
        "old": "cut the brambles", "new": "cut all of the brambles",
    }  # fmt: skip
    assert before == re.findall(r"UID:.*", (garden.folder / "feeds" / "phased.ics").read_text("utf-8"))


def test_a_removed_line_deletes_its_item(garden):
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", PHASED.replace("- [ ] 10 March 2026: burn the cuttings\n", ""))
    assert steps(garden.run("push", "--yes", "--json").json) == [("delete", "burn the cuttings")]
    assert feed(garden) == ["Phase 1: clearing", "cut the brambles"]


def test_a_phase_push_touches_no_other_phase(garden):
    garden.run("push", "--yes", "--all")
    changed = PHASED.replace("cut the brambles", "cut all the brambles").replace(
        "sow the beans", "sow the peas"
    )
    garden.write("roadmaps/phased.md", changed)
    told = garden.run("push", "--yes", "--phase", "2", "--json").json
    assert steps(told) == [("update", "sow the peas")]
    assert "cut the brambles" in feed(garden)
    assert "sow the peas" in feed(garden)


def test_an_export_finds_the_feeds_as_a_whole_push_left_them(garden):
    garden.run("push", "--yes", "--all")
    assert garden.run("export", "--json").json["changed"] == []
    assert steps(garden.run("plan", "--all", "--json").json) == []


def test_a_tick_by_hand_goes_into_the_feed_with_the_next_push(garden):
    garden.run("push", "--yes")
    garden.run("done", "brambles", "--at", "2026-03-02T08:00Z")
    assert steps(garden.run("push", "--yes", "--json").json) == [("update", "cut the brambles")]
    assert "STATUS:COMPLETED" in (garden.folder / "feeds" / "phased.tasks.ics").read_text("utf-8")


def test_several_roadmaps_are_pushed_together_and_read_once(garden):
    garden.write("roadmaps/dated.md", DATED)
    told = garden.run("push", "--yes", "--json").json
    assert [plan["roadmap"] for plan in told["plans"]] == ["dated", "phased"]
    assert told["requests"] == {"ics": 2}


def test_one_roadmap_of_several_can_be_pushed(garden):
    garden.write("roadmaps/dated.md", DATED)
    outside = garden.write("elsewhere/ten.md", TEN)
    told = garden.run("push", "--yes", "--roadmap", "dated", "--roadmap", outside, "--json").json
    assert [plan["roadmap"] for plan in told["plans"]] == ["dated", "ten"]
    assert not (garden.folder / "feeds" / "phased.ics").exists()


def test_pushing_one_roadmap_leaves_the_others_in_the_feed_of_all(garden):
    garden.write("roadmaps/dated.md", DATED)
    garden.run("push", "--yes")
    before = feed(garden, "all.ics")
    garden.write("roadmaps/dated.md", DATED.replace("Dig the holes", "Dig deep holes"))
    assert garden.run("push", "--yes", "--roadmap", "dated").code == 0
    assert sorted(feed(garden, "all.ics")) == sorted(
        title.replace("Dig the holes", "Dig deep holes") for title in before
    )


def test_another_roadmap_of_that_name_is_noticed_though_it_is_not_pushed(garden):
    garden.write(
        "roadmaps/aaa.md", DATED.replace("# Orchard", "---\nroadmap: {slug: phased}\n---\n# Orchard", 1)
    )
    said = garden.run("push", "--yes", "--roadmap", "roadmaps/phased.md")
    assert said.code == 4
    assert "would be called phased" in said.err
    assert not (garden.folder / "feeds").exists()


# --- what is asked for ---


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2026, 1, 5), "phased/phase-1/period"),
        (date(2026, 3, 15), "phased/phase-1/period"),
        (date(2026, 3, 16), "phased/phase-2/period"),
        (date(2026, 5, 1), "phased/phase-2/period"),
    ],
    ids=["before", "last day of the first", "first day of the second", "over"],
)
def test_the_default_is_the_phase_of_today_else_the_next_one_else_the_last(garden, today, phase):
    (plan,) = garden.run("plan", "--json", today=today).json["plans"]
    assert plan["phase"] == phase


@pytest.mark.parametrize(
    ("text", "phase"),
    [(DATED, "x"), ("# X\n\n## Phase 1: a\n- [ ] b\n\n## Phase 2: c\n- [ ] d\n", "x/phase-1/period")],
    ids=["without phases", "without dates"],
)
def test_a_roadmap_without_dated_phases_has_a_default_too(desk, text, phase):
    path = desk.write("roadmaps/x.md", text)
    (loaded,) = keeping.read(desk.world(), [path])
    assert phase_of(loaded.schedule, TODAY) == phase


@pytest.mark.parametrize("words", ["2", "Phase 2: planting", "phased/phase-2/period", "phase 2"])
def test_a_phase_is_named_by_number_title_or_key(garden, words):
    (plan,) = garden.run("plan", "--phase", words, "--json").json["plans"]
    assert plan["phase"] == "phased/phase-2/period"
    assert [title for _, title in steps({"plans": [plan]})] == ["Phase 2: planting", "sow the beans"]


def test_roadmaps_without_the_named_phase_are_left_out(garden):
    garden.write("roadmaps/dated.md", DATED)
    assert [plan["roadmap"] for plan in garden.run("plan", "--phase", "2", "--json").json["plans"]] == [
        "phased"
    ]


def test_everything_is_planned_where_everything_is_asked_for(garden):
    (plan,) = garden.run("plan", "--all", "--json").json["plans"]
    assert (plan["phase"], plan["counts"]["create"]) == (None, 5)


@pytest.mark.parametrize("command", ["plan", "push"])
@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        (("--phase", "9"), 2, "There is no phase 9."),
        (("--all", "--phase", "1"), 2, "--all and --phase contradict each other."),
        (("--target", "fax"), 2, "There is no target named fax.\nChoose one of: ics."),
        (("--target", "ics", "--target", "memory"), 2, "There is no target named memory."),
        (("--prefer", "both"), 2, "Invalid value for '--prefer'"),
        (("--roadmap", "nothing"), 4, "There is no roadmap called nothing."),
        (("--roadmap", "nothing.md"), 4, "There is no file"),
    ],
)
def test_a_wrong_call_is_refused(garden, command, words, code, title):
    said = garden.run(command, *words)
    assert (said.code, said.err.startswith(title)) == (code, True), said.err


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


def test_the_plan_that_was_reviewed_is_pushed(garden):
    digest = garden.run("plan", "--json").json["digest"]
    assert garden.run("push", "--yes", "--expect", digest).code == 0


def test_another_plan_than_the_one_reviewed_is_shown_and_not_pushed(garden):
    digest = garden.run("plan", "--json").json["digest"]
    garden.write("roadmaps/phased.md", PHASED.replace("brambles", "nettles"))
    said = garden.run("push", "--yes", "--expect", digest)
    assert said.code == 9
    assert "cut the nettles" in said.out
    assert said.err.startswith("The plan is not the one that was reviewed.\n")
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


# --- services: hand edits, failures, ends of the process ---


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
    (key,) = world.services["memory"].refused = {"choir/plan/warm-up"}
    assert desk.run("push", "--yes", today=SECOND_PHASE).code == 6
    with open_ledger(desk.state) as ledger:
        assert Bindings(ledger, "memory").all()[key].phase is None


def test_the_same_text_read_by_another_reader_has_a_section_of_its_own(garden, monkeypatch):
    garden.run("push", "--yes")
    monkeypatch.setattr("sync.pushing.VERSION", VERSION + 1)
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
    assert said.code == 6
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
    assert garden.run("plan").code == 6


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

    monkeypatch.setattr("sync.pushing.apply", failing)
    said = garden.run("push", "--yes")
    assert said.code == 6
    assert "✗ other: It broke." in said.out
    assert len(world.titles) == 3


def test_a_tick_seen_on_one_target_counts_for_one_that_was_read_before_it(garden, world, monkeypatch):
    world.services = {"other": Service(), "memory": Service()}
    monkeypatch.setattr("sync.pushing.abreast", lambda jobs: {name: job() for name, job in jobs.items()})
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


def test_a_lost_answer_is_sent_again_within_the_push(garden, world):
    lost = iter(["after"])
    service = world.services["memory"]

    def weather(moment: str) -> None:
        if service.requests[-1:] == [1] and moment == "after" and next(lost, None):
            raise RetryLater("No answer came.", "Push again.")

    service.weather = weather
    assert garden.run("push", "--yes", "--json").json["requests"] == {"memory": 5}
    assert len(world.titles) == 3


# --- what a push leaves for the everyday commands ---


def test_a_push_keeps_the_reading_so_that_a_tick_needs_no_parser(garden, monkeypatch):
    garden.run("push", "--yes")
    with open_ledger(garden.state) as ledger:
        assert Schedules(ledger).stamps().keys() == {"phased"}
    monkeypatch.setattr(keeping, "read", lambda *_: pytest.fail("it was read again"))
    assert garden.run("done", "brambles").code == 0


def test_a_push_that_is_interrupted_while_asking_lets_go_of_the_lock(garden):
    def refusing(_: Proposal) -> bool:
        raise UsageError("No.", "")

    with pytest.raises(UsageError):
        pushing.push(garden.world(), Asked(), show=lambda _: None, agree=refusing)
    assert garden.run("push", "--yes").code == 0
