"""Ticks, unticks and check-ins from the command line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sync.app import ticking
from sync.errors import UsageError
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import open_ledger
from tests.desk import NOW, Desk
from tests.invented import DATED, EVENINGS, STARTED, WEEK
from tests.pushes import in_memory, tick

BOXES = "week/day-2/draw-twenty-boxes"
LINES = "week/day-1/fill-a-page-with-straight-lines"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.write("roadmaps/week.md", STARTED)
    return desk


def log(desk: Desk) -> list[Entry]:
    with open_ledger(desk.state) as ledger:
        return Progress(ledger).entries()


def stands(desk: Desk, key: str) -> bool:
    with open_ledger(desk.state) as ledger:
        standing = Progress(ledger).standing(key)
    return standing is not None and standing.done


# --- done and undo ---


def test_a_part_of_the_title_ticks_an_item(desk):
    said = desk.run("done", "straight", "LINES")
    assert said.code == 0
    assert said.out.startswith("✓ Fill a page with straight lines, done ")
    assert said.out.endswith("  week · due 2 Mar 2026 · 2 of 4 done\n")
    assert stands(desk, LINES)


def test_a_tick_as_json(desk):
    told = desk.run("done", LINES, "--at", "2026-03-02T18:00", "--json").json
    assert told == {
        "roadmap": "week", "phase": "week", "key": LINES, "title": "Fill a page with straight lines",
        "kind": "task", "start": "2026-03-02", "end": "2026-03-02", "done": "2026-03-02T15:00:00+00:00",
        "changed": True, "progress": {"done": 2, "total": 4}, "milestones": {"done": 0, "total": 0},
        "ticked_on": [],
    }  # fmt: skip


def test_an_item_without_a_date_can_be_ticked(desk):
    desk.write("roadmaps/week.md", WEEK)
    assert desk.run("done", LINES).out.endswith("\n  week · 2 of 4 done\n")


def test_a_second_tick_is_told_and_not_counted(desk):
    desk.run("done", LINES)
    entries = len(log(desk))
    assert " was done already, " in desk.run("done", LINES).out
    assert len(log(desk)) == entries


def test_a_tick_can_be_put_earlier_afterwards(desk):
    desk.run("done", LINES, "--at", "2026-03-03T12:00Z")
    assert (
        desk.run("done", LINES, "--at", "2026-03-02T12:00Z", "--json")
        .json["done"]
        .startswith("2026-03-02T12")
    )
    assert not desk.run("done", LINES, "--at", "2026-03-04T12:00Z", "--json").json["changed"]


def test_an_untick_takes_a_tick_back_also_one_of_the_text(desk):
    said = desk.run("undo", "twenty boxes")
    assert said.out.startswith("☐ Draw twenty boxes is open again\n")
    assert not stands(desk, BOXES)
    assert desk.run("undo", BOXES).out.startswith("☐ Draw twenty boxes was open already\n")
    assert desk.run("undo", BOXES, "--json").json["done"] is None


def test_an_untick_outlives_a_new_reading_of_the_text(desk):
    desk.run("undo", BOXES)
    desk.write("roadmaps/week.md", f"{STARTED}\nA line more.\n")
    desk.run("done", LINES)
    assert not stands(desk, BOXES)


def test_an_untick_counts_even_after_a_tick_in_the_future(desk):
    ahead = datetime.now(UTC) + timedelta(days=400)
    desk.run("done", LINES, "--at", ahead.isoformat())
    desk.run("undo", LINES)
    assert not stands(desk, LINES)
    desk.run("done", LINES)
    assert stands(desk, LINES)


def test_a_tick_before_the_last_untick_is_refused_because_it_would_not_count(desk):
    desk.run("undo", BOXES)
    entries = len(log(desk))
    said = desk.run("done", BOXES, "--at", "2026-03-03")
    assert said.code == 2
    assert "was unticked after that" in said.err
    assert len(log(desk)) == entries


def test_what_is_done_shows_in_the_next_export(desk):
    desk.run("export")
    assert "STATUS:COMPLETED" not in _todo(desk, "straight lines")
    desk.run("done", LINES)
    desk.run("export")
    assert "STATUS:COMPLETED" in _todo(desk, "straight lines")


def _todo(desk: Desk, title: str) -> str:
    feed = (desk.folder / "feeds" / "week.tasks.ics").read_text("utf-8")
    return next(part for part in feed.split("BEGIN:VTODO") if title in part)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-03-01", "2026-03-01T12:00:00+03:00"),
        ("2026-03-02", NOW.isoformat()),
        ("2026-03-01T18:30", "2026-03-01T18:30:00+03:00"),
        ("2026-03-01 18:30", "2026-03-01T18:30:00+03:00"),
        ("2026-03-01T18:30Z", "2026-03-01T21:30:00+03:00"),
        ("2026-03-01T18:30-05:00", "2026-03-02T02:30:00+03:00"),
    ],
)
def test_a_time_is_in_the_configured_zone_unless_it_names_one(desk, said, expected):
    assert ticking.moment(said, desk.world()).isoformat() == expected


@pytest.mark.parametrize(
    "said", ["yesterday", "", "2026-02-30", "2026-03-01T25:00", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_time_is_a_usage_error(desk, said):
    with pytest.raises(UsageError, match=r"is not a time\. Write it as"):
        ticking.moment(said, desk.world())
    assert desk.run("done", LINES, "--at", said or "x").code == 2


# --- which item is meant ---


def test_words_that_mean_several_items_are_answered_with_their_keys(desk):
    said = desk.run("done", "fill a page")
    assert said.code == 2
    assert said.err.splitlines() == [
        "“fill a page” may mean 2 items.",
        "Say which by its key:",
        f"  {LINES}  Fill a page with straight lines",
        "  week/day-1/fill-a-page-with-circles  Fill a page with circles",
    ]


def test_at_most_eight_candidates_are_listed(desk):
    days = "".join(f"- [ ] {day} March 2026: water the garden, bed {day}\n" for day in range(2, 13))
    desk.write("roadmaps/garden.md", f"# Garden 2026\n\n{days}")
    lines = desk.run("done", "water").err.splitlines()
    assert len(lines) == 2 + 8 + 1
    assert lines[-1] == "  and 3 more"


def test_a_whole_title_wins_over_titles_that_hold_it(desk):
    desk.write(
        "roadmaps/paint.md", "# Paint 2026\n\n- [ ] 3 March 2026: paint\n- [ ] 4 March 2026: paint the door\n"
    )
    assert desk.run("done", "Paint", "--json").json["key"] == "paint/2026-03-03/paint"


def test_of_the_days_of_a_series_todays_is_meant(desk):
    desk.write("roadmaps/evenings.md", EVENINGS)
    told = desk.run("done", "practice the cello", "--json").json
    assert told["key"] == "evenings/plan/practice-the-cello@2026-03-02"
    assert told["start"] == "2026-03-02T18:00:00+03:00"
    assert "may mean 3 items" in desk.run("done", "orchestra").err
    assert desk.run("done", "orchestra", today=date(2026, 3, 14)).code == 0


def test_days_of_several_series_are_not_guessed(desk):
    desk.write("roadmaps/a.md", EVENINGS.replace("Evenings", "A"))
    desk.write("roadmaps/b.md", EVENINGS.replace("Evenings", "B"))
    assert "may mean 40 items" in desk.run("done", "practice the cello").err


@pytest.mark.parametrize("command", ["done", "undo", "checkin"])
def test_an_unknown_item_is_answered_with_the_nearest_one(desk, command):
    said = desk.run(command, "drow twnty boxes", *(["--hours", "1"] if command == "checkin" else []))
    assert said.code == 2
    assert said.err.splitlines() == [
        "No item is called “drow twnty boxes”.",
        "Did you mean `Draw twenty boxes`?",
    ]


def test_words_that_are_near_nothing_are_answered_with_the_way_to_the_list(desk):
    assert "`roadmap-sync show` lists" in desk.run("done", "zzzzzz").err
    assert desk.run("done", " ").code == 2


def test_a_period_with_work_in_it_is_not_ticked(desk):
    said = desk.run("done", "Day 1: lines")
    assert said.code == 2
    assert said.err.startswith("“Day 1: lines” is a period and not to be ticked.\nTick what is in it")


@pytest.mark.parametrize("words", ["grafting course", "order the trees"])
def test_milestones_and_deadlines_can_be_ticked(desk, words):
    desk.write("roadmaps/dated.md", DATED)
    assert desk.run("done", words).code == 0


def test_a_milestone_counts_among_milestones_and_not_to_the_work(desk):
    desk.write("roadmaps/dated.md", DATED)
    assert desk.run("done", "grafting course").out.endswith(
        "  dated · due 20 Mar 2026 · 1 of 2 milestones and deadlines reached\n"
    )
    told = desk.run("done", "order the trees", "--json").json
    assert (told["progress"], told["milestones"]) == ({"done": 0, "total": 3}, {"done": 2, "total": 2})
    assert desk.run("done", "Test the soil").out.endswith(" · 1 of 3 done\n")


# --- what was pushed ---


def test_an_untick_of_what_was_pushed_says_where_the_tick_stays_and_until_when(desk):
    desk.run("done", LINES)
    assert "until the next" not in desk.run("undo", LINES).out
    desk.run("done", LINES)
    desk.run("push", "--yes")
    said = desk.run("undo", LINES)
    assert said.out.splitlines()[-1] == (
        "  The feeds have it as done until the next `roadmap-sync export`; a push leaves ticks alone."
    )
    desk.run("push", "--yes")
    assert "STATUS:COMPLETED" in _todo(desk, "straight lines")
    desk.run("export")
    assert "STATUS:COMPLETED" not in _todo(desk, "straight lines")


def test_an_untick_of_what_a_service_has_as_done_names_the_service(desk, monkeypatch):
    world = in_memory(monkeypatch)
    desk.run("push", "--yes")
    tick(world, "Fill a page with straight lines")
    desk.run("pull")
    said = desk.run("undo", LINES)
    assert said.out.splitlines()[-1] == (
        "  On memory it stays done until you open it there; a push leaves ticks alone."
    )
    assert desk.run("done", LINES, "--json").json["ticked_on"] == ["memory"]
    assert "stays done" not in desk.run("done", LINES).out


# --- check-ins ---


def test_a_checkin_is_kept_with_all_that_was_said(desk):
    said = desk.run("checkin", "Day 1: lines", "--hours", "1.5", "--energy", "7", "--note", "too\nshort")
    assert said.out == "✓ Day 1: lines: 1.5 h, energy 7, too short\n  week\n"
    (entry,) = [each for each in log(desk) if each.kind == "checkin"]
    assert (entry.key, entry.hours, entry.energy, entry.note, entry.source) == (
        "week/day-1/period", 1.5, 7, "too\nshort", "cli",
    )  # fmt: skip


def test_a_checkin_as_json(desk):
    told = desk.run("checkin", BOXES, "--hours", "0", "--json").json
    assert (told["key"], told["hours"], told["energy"], told["note"]) == (BOXES, 0.0, None, "")
    assert datetime.fromisoformat(told["at"]).tzinfo is not None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ((), "Nothing to check in was said."),
        (("--note", ""), "Nothing to check in was said."),
        (("--energy", "11"), "An energy of 11 is outside the scale."),
        (("--energy", "0"), "An energy of 0 is outside the scale."),
        (("--hours", "25"), "25 hours do not fit into a day."),
        (("--hours", "nan"), "nan hours do not fit into a day."),
        (("--hours", "x"), "Invalid value for '--hours'"),
    ],
)
def test_a_checkin_that_says_nothing_or_too_much_is_refused(desk, words, title):
    said = desk.run("checkin", BOXES, *words)
    assert said.code == 2
    assert said.err.startswith(title)
    assert not desk.state.exists() or not [each for each in log(desk) if each.kind == "checkin"]


def test_only_a_checkin_without_ticks_leaves_an_item_open(desk):
    desk.run("checkin", LINES, "--hours", "2")
    assert not stands(desk, LINES)
