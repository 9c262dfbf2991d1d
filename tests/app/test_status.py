"""`status` on a person's desk: which roadmaps, from what is remembered, and how ticks move it."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from sync.app import keeping
from sync.app.status import MOST, survey
from sync.commands.options import Shared
from sync.commands.talking import tell
from sync.errors import RoadmapUnreadable
from tests.desk import TODAY, Desk
from tests.invented import DATED, EVENINGS, PHASED, WEEK

STARTED = f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}"
LINES = "week/day-1/fill-a-page-with-straight-lines"
CIRCLES = "week/day-1/fill-a-page-with-circles"


@pytest.fixture
def week(desk: Desk) -> Desk:
    desk.write("roadmaps/week.md", STARTED)
    return desk


def roadmap(desk: Desk, *words: str, today: date = TODAY):
    (told,) = desk.run("status", *words, "--json", today=today).json["roadmaps"]
    return told


# --- what is counted ---


def test_the_first_status_reads_the_roadmaps_and_counts_their_marks(week):
    told = roadmap(week)
    counts = {"done": 1, "total": 4, "percent": 25, "late": 0, "due_today": 2}
    assert {name: told[name] for name in counts} == counts
    assert told["phase"] == "week"
    assert told["next"]["key"] == LINES


def test_a_tick_moves_the_counts_and_an_untick_moves_them_back(week):
    week.run("done", LINES, "--at", "2026-03-02T09:00")
    told = roadmap(week)
    assert (told["done"], told["due_today"], told["next"]["key"]) == (2, 1, CIRCLES)
    assert told["streak_days"] == 1
    week.run("undo", LINES)
    assert (roadmap(week)["done"], roadmap(week)["streak_days"]) == (1, 0)


def test_what_was_due_before_today_is_late(week):
    told = roadmap(week, today=date(2026, 3, 3))
    assert (told["late"], told["pace"]["days"]) == (2, -1)
    assert [each["key"] for each in told["overdue"]] == [LINES, CIRCLES]
    assert "1 day behind plan" in week.run("status", today=date(2026, 3, 3)).out


def test_a_window_of_days_is_due_on_its_last_one(week):
    week.write("roadmaps/week.md", STARTED.replace("- [ ] Shade what you have drawn\n", ""))
    assert roadmap(week, today=date(2026, 3, 4))["due_today"] == 0
    assert roadmap(week, today=date(2026, 3, 5))["due_today"] == 1


def test_ticks_on_days_in_a_row_are_a_streak_in_the_zone_of_the_person(week):
    week.run("done", LINES, "--at", "2026-03-02T23:30")
    week.run("done", CIRCLES, "--at", "2026-03-03T00:30")
    assert roadmap(week, today=date(2026, 3, 3))["streak_days"] == 2
    assert "2 days in a row" in week.run("status", today=date(2026, 3, 3)).out


def test_checkins_are_summed_up_by_week(week):
    week.run("checkin", LINES, "--hours", "2", "--energy", "4", "--note", "stiff")
    sums = roadmap(week, today=datetime.now(UTC).date())["checkins"]
    assert (sums["count"], sums["hours"], sums["hours_this_week"], sums["energy"], sums["note"]) == (
        1, 2.0, 2.0, 4.0, "stiff",
    )  # fmt: skip
    assert sums["entries"] == []
    assert roadmap(week, "-v")["checkins"]["entries"][0]["title"] == "Fill a page with straight lines"
    later = datetime.now(UTC).date() + timedelta(days=8)
    assert roadmap(week, today=later)["checkins"]["hours_this_week"] == 0


def test_phases_are_told_apart(desk):
    desk.write("roadmaps/phased.md", PHASED)
    desk.run("done", "brambles")
    told = roadmap(desk)
    assert [(each["title"], each["done"], each["total"]) for each in told["phases"]] == [
        ("Phase 1: clearing", 1, 2), ("Phase 2: planting", 0, 1),
    ]  # fmt: skip
    assert told["phase"] == "phased/phase-1/period"
    assert roadmap(desk, today=date(2026, 3, 20))["phase"] == "phased/phase-2/period"


def test_milestones_and_deadlines_come_next_and_are_not_work(desk):
    desk.write("roadmaps/dated.md", DATED)
    told = roadmap(desk)
    assert told["next_milestone"]["title"] == "grafting course"
    total = told["total"]
    desk.run("done", "grafting course")
    told = roadmap(desk)
    assert (told["next_milestone"]["title"], told["done"], told["total"]) == ("order the trees", 0, total)


def test_the_days_of_a_series_are_ticked_one_by_one(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    told = roadmap(desk, today=date(2026, 3, 4))
    assert (told["total"], told["late"]) == (23, 2)
    assert told["next"]["start"] == "2026-03-04T18:00:00+03:00"
    assert "18:00 practice the cello" in desk.run("status", today=date(2026, 3, 4)).out


def test_only_the_first_of_many_are_gathered_and_all_are_counted(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    told = roadmap(desk, today=date(2026, 4, 20))
    assert (told["late"], len(told["overdue"])) == (23, MOST)


# --- removed by hand ---


def test_what_was_removed_on_the_phone_is_not_counted_as_open(desk, world):
    desk.write("roadmaps/phased.md", PHASED)
    desk.run("push", "--yes")
    service = world.services["memory"]
    service.delete(world.thing("burn the cuttings").id)
    assert roadmap(desk)["total"] == 3
    desk.run("pull")
    told = roadmap(desk)
    assert (told["total"], told["removed"], told["phases"][0]["total"]) == (2, 1, 1)
    assert "1 removed by hand and not counted" in desk.run("status").out
    desk.run("push", "--yes", "--restore")
    assert (roadmap(desk)["total"], roadmap(desk)["removed"]) == (3, 0)


def test_what_is_next_is_not_what_was_removed(desk, world):
    desk.write("roadmaps/phased.md", PHASED)
    desk.run("push", "--yes")
    world.services["memory"].delete(world.thing("cut the brambles").id)
    desk.run("pull")
    assert roadmap(desk)["next"]["title"] == "burn the cuttings"


# --- which roadmaps ---


def test_all_roadmaps_come_in_the_order_of_their_slugs_and_named_ones_alone(week):
    week.write("roadmaps/dated.md", DATED)
    assert [each["slug"] for each in week.run("status", "--json").json["roadmaps"]] == ["dated", "week"]
    assert roadmap(week, "week")["slug"] == "week"
    assert roadmap(week, "roadmaps/dated.md")["slug"] == "dated"
    assert [each["slug"] for each in week.run("status", "week", "week", "dated", "--json").json["roadmaps"]] == [
        "week", "dated",
    ]  # fmt: skip


def test_a_roadmap_outside_the_folder_is_named_by_its_path(week):
    week.write("elsewhere/dated.md", DATED)
    assert roadmap(week, "elsewhere/dated.md")["slug"] == "dated"


def test_a_slug_of_the_front_matter_names_its_roadmap(week):
    week.write("roadmaps/x.md", DATED.replace("# Orchard", "---\nroadmap: {slug: trees}\n---\n# Orchard", 1))
    assert roadmap(week, "trees")["slug"] == "trees"


def test_a_name_that_is_no_roadmap_is_refused_with_the_nearest(week):
    said = week.run("status", "weke")
    assert said.code == RoadmapUnreadable.exit_code
    assert said.err == "There is no roadmap called weke.\nDid you mean `week`?\n"


def test_a_file_that_cannot_be_read_leaves_the_others_and_ends_with_4(week):
    week.write("roadmaps/bad.md", bytes(range(256)))
    said = week.run("status", "--json")
    assert (said.code, [each["slug"] for each in said.json["roadmaps"]]) == (4, ["week"])
    assert said.json["unread"][0]["title"].startswith("bad.md is not a text file")
    assert said.err.startswith("bad.md is not a text file")
    named = week.run("status", "roadmaps/bad.md")
    assert (named.code, named.out) == (4, "")
    assert named.err.startswith("bad.md is not a text file")


def test_a_name_among_several_that_cannot_be_read_leads_to_check(week):
    week.write("roadmaps/bad.md", bytes(range(256)))
    week.write("roadmaps/worse.md", bytes(range(256)))
    said = week.run("status", "roadmaps/bad.md")
    assert said.err == "roadmaps/bad.md could not be read.\n`roadmap-sync check roadmaps/bad.md` says why.\n"


@pytest.mark.parametrize("folder", [False, True], ids=["without a folder", "with an empty one"])
def test_without_any_roadmap_it_tells_how_to_begin(desk, folder):
    if folder:
        desk.roadmaps.mkdir()
    said = desk.run("status")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"No roadmaps in {desk.roadmaps} yet. Add one with `roadmap-sync add FILE`.\n"
    assert desk.run("status", "--json").json["roadmaps"] == []


def test_a_roadmap_that_vanished_is_not_told_of(week):
    week.write("roadmaps/dated.md", DATED)
    week.run("status")
    (week.roadmaps / "dated.md").unlink()
    assert roadmap(week)["slug"] == "week"
    (week.roadmaps / "week.md").unlink()
    assert week.run("status").out.startswith("No roadmaps in ")


# --- what it costs ---


def test_an_unchanged_roadmap_is_not_read_again(week, monkeypatch):
    week.run("status")
    monkeypatch.setattr(keeping, "read", lambda *_: pytest.fail("it was read again"))
    assert roadmap(week)["total"] == 4


def test_a_changed_roadmap_is_read_again(week):
    week.run("status")
    week.write("roadmaps/week.md", f"{STARTED}- [ ] Colour one of them\n")
    assert roadmap(week)["total"] == 5


def test_a_survey_asks_no_clock(week):
    assert survey(week.world(today=date(2026, 3, 3))).today == date(2026, 3, 3)


def test_a_terminal_that_lacks_signs_gets_question_marks_and_no_traceback(week, monkeypatch):
    class Ascii:
        encoding = "ascii"

        def write(self, text: str) -> int:
            self.said = getattr(self, "said", "") + text
            return len(text.encode("ascii"))

        def flush(self) -> None: ...
        def isatty(self) -> bool:
            return False

    stream = Ascii()
    monkeypatch.setattr(sys, "stdout", stream)
    tell(Shared(), lambda page: f"☐ {'█' if page.unicode else '#'}")
    assert stream.said == "? #\n"
