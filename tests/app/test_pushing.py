"""Pushes to the feeds from the command line: what is asked for, and what is written."""

import re
from datetime import date

import pytest

from sync.app import keeping, pushing
from sync.app.pushing import Asked, Proposal, phase_of
from sync.errors import UsageError
from sync.ledger.schedules import Schedules
from sync.ledger.store import open_ledger
from tests.desk import TODAY
from tests.invented import DATED, PHASED, TEN
from tests.pushes import feed, steps

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


def test_what_was_ticked_and_unticked_again_goes_with_its_line(garden):
    garden.run("push", "--yes")
    garden.run("done", "cuttings")
    garden.run("undo", "cuttings")
    garden.run("push", "--yes")
    garden.write("roadmaps/phased.md", PHASED.replace("- [ ] 10 March 2026: burn the cuttings\n", ""))
    assert steps(garden.run("push", "--yes", "--json").json) == [("delete", "burn the cuttings")]


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


def test_a_roadmap_is_one_however_its_path_is_written(garden):
    (garden.folder / "elsewhere").mkdir()
    said = garden.run("plan", "--roadmap", "elsewhere/../roadmaps/phased.md", "--json")
    assert (said.code, [plan["roadmap"] for plan in said.json["plans"]]) == (0, ["phased"])


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
    ("today", "phase"),
    [(date(2026, 1, 5), 1), (date(2026, 4, 5), 2), (date(2026, 9, 1), 3)],
    ids=["before", "between", "over"],
)
def test_the_next_phase_and_the_last_are_those_by_date_wherever_they_stand_in_the_text(desk, today, phase):
    spans = {
        3: "1 May 2026 - 10 May 2026",
        2: "10 April 2026 - 20 April 2026",
        1: "2 March 2026 - 15 March 2026",
    }
    phases = [f"## Phase {number}: part\n### {span}\n- [ ] work {number}\n" for number, span in spans.items()]
    desk.write("roadmaps/x.md", "# X\n\n" + "\n".join(phases))
    (plan,) = desk.run("plan", "--json", today=today).json["plans"]
    assert plan["phase"] == f"x/phase-{phase}/period"


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
        (("--target", "fax"), 2, "There is no target named fax.\nChoose one of: ics, google, todoist."),
        (("--target", "ics", "--target", "memory"), 2, "There is no target named memory."),
        (("--prefer", "both"), 2, "Invalid value for '--prefer'"),
        (("--roadmap", "nothing"), 4, "There is no roadmap called nothing."),
        (("--roadmap", "nothing.md"), 4, "There is no file"),
    ],
)
def test_a_wrong_call_is_refused(garden, command, words, code, title):
    said = garden.run(command, *words)
    assert (said.code, said.err.startswith(title)) == (code, True), said.err


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
