"""Checking: within a roadmap and across several."""

import pytest

from sync.app.checking import check, worst
from sync.model import Severity
from tests.invented import BROKEN, DATED, EVENINGS, LANGUAGE, STARTED, WEEK


def test_clashes_stand_among_the_problems_of_the_later_roadmap(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.write("roadmaps/language.md", LANGUAGE)
    evenings, language = (each.schedule for each in check(desk.world(), ()))
    assert "clash" not in {problem.code for problem in evenings.problems}
    assert [problem.code for problem in language.problems].count("clash") == 2


@pytest.mark.parametrize(("hours", "told"), [("2.5", True), ("0", False), ("12", False)])
def test_days_that_are_too_full_are_told_once(desk, hours, told):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.write("roadmaps/language.md", LANGUAGE)
    desk.write("config.toml", f"[limits]\ndaily_hours = {hours}\n")
    codes = [problem.code for each in check(desk.world(), ()) for problem in each.schedule.problems]
    assert codes.count("overbooked") == int(told)


def test_json_keeps_every_clash(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.write("roadmaps/language.md", LANGUAGE)
    roadmaps = desk.run("check", "--json").json["roadmaps"]
    assert sum(problem["code"] == "clash" for each in roadmaps for problem in each["problems"]) == 2


def test_the_worst_problem_counts(desk):
    run = desk.world()
    files = {name: desk.write(f"{name}.md", text) for name, text in
             (("dated", DATED), ("week", WEEK), ("broken", BROKEN))}  # fmt: skip

    def found(*names: str) -> Severity | None:
        return worst([each.schedule for each in check(run, [str(files[name]) for name in names])])

    assert found("dated") is None
    assert found("dated", "week") is Severity.WARNING
    assert found("broken", "week") is Severity.ERROR


@pytest.mark.parametrize("command", ["check", "show"])
def test_looking_writes_nothing(desk, command):
    desk.write("roadmaps/week.md", STARTED)
    assert desk.run(command).code == 0
    assert sorted(each.name for each in desk.folder.iterdir()) == ["roadmaps"]


def test_two_roadmaps_that_overlap_are_told_in_three_lines(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    desk.write("roadmaps/language.md", LANGUAGE)
    told = desk.run("check").out.partition("Between the roadmaps\n")[2].splitlines()
    assert told[:3] == [
        "  ! evenings and language overlap 24 times, first on 2 Mar 2026:",
        "    “practice the cello” and “vocabulary”, 20 times",
        "    and 1 other pair of items; -v lists them",
    ]
