"""The roadmaps that come with the project: their dates, and that their keys hold."""

import itertools
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sync.model import Block, Days, Kind, Schedule
from sync.reading.reader import read
from sync.scheduling.expand import schedule
from sync.scheduling.settings import Settings
from tests.scheduling.roads import block, days, hours, main_items, remembered, series, the, ticks, when

FOLDER = Path(__file__).parents[2] / "roadmaps"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
NAIROBI = Settings(timezone="Africa/Nairobi")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def road(text: str, known=()) -> Schedule:
    return schedule(
        read(text.encode(), "road").roadmap,
        name="road",
        file="road.md",
        today=date(2026, 1, 1),
        settings=NAIROBI,
        known=known,
    )


def counts(made: Schedule) -> Counter[Kind]:
    return Counter(item.kind for item in main_items(made))


# --- what they must show ---


def test_the_blocks_of_january_are_back_to_back_in_the_evening_on_22_weekdays():
    made = road(text_of("january-2026"))
    blocks = [item for item in main_items(made) if item.title.startswith("Block")]
    assert hours(blocks) == ["19:00-20:30", "20:30-21:00", "21:00-21:15"]
    assert [series(item) for item in blocks] == [("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 22, "2026-01-30")] * 3
    assert [len(ticks(made, item.title)) for item in blocks] == [22, 22, 22]
    assert series(the(made, "Saturday")) == ("FREQ=WEEKLY;BYDAY=SA", 5, "2026-01-31")
    assert hours([the(made, "Saturday"), the(made, "Sunday")]) == ["10:00-13:00", "10:00-12:00"]
    assert when(the(made, "End of Week 2")) == "2026-01-14"


def test_the_meeting_of_the_team_is_one_series_at_nine_in_nairobi_for_the_whole_plan():
    made = road(text_of("backend-team-2026"))
    meeting = the(made, "Team Sync (Mandatory)")
    assert series(meeting) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 260, "2027-01-15")
    assert (when(meeting), block(meeting).zone, meeting.tick) == (
        "2026-01-19 21:00-22:00",
        "Africa/Nairobi",
        False,
    )
    assert ticks(made, meeting.title) == []
    assert series(the(made, "Team Coding Session")) == ("FREQ=WEEKLY;BYDAY=SA", 52, "2027-01-16")
    assert (made.start, made.end) == (date(2026, 1, 19), date(2027, 1, 17))


def test_the_tasks_of_the_team_lie_on_working_days_of_their_week_and_what_is_built_on_its_saturday():
    made = road(text_of("backend-team-2026"))
    weeks = {
        item.title: item.span
        for item in made.items
        if item.title.startswith("Week ") and isinstance(item.span, Days)
    }
    boxes = [item for item in made.items if item.kind is Kind.TASK and item.path and item.path[-1] in weeks]
    assert len(boxes) > 40
    for item in boxes:
        week = weeks[item.path[-1]]
        assert week.first <= days(item).first < days(item).until <= week.until
        assert days(item).first.isoweekday() <= 6
        if item.title.startswith(("Build:", "Deliverable:")):
            assert days(item).first.isoweekday() == 6


def test_self_study_does_not_fall_on_the_meeting():
    made = road(text_of("backend-team-2026"))
    study = next(
        item for item in main_items(made) if "elf-study" in item.title and not item.title.startswith("Opt")
    )
    assert hours([study]) == ["18:00-21:00"]


def test_ranges_of_days_are_single_items_due_on_their_last_day():
    made = road(text_of("mern-180-days"))
    item = the(made, "Revise and consolidate all designs")
    assert (when(item), item.tick, item.key) == (
        "2026-03-01..2026-03-03",
        True,
        "road/day-28-30/revise-and-consolidate-all-designs",
    )
    assert when(the(made, "SRE fundamentals (SLI, SLO, SLA)")) == "2026-05-03..2026-05-06"
    assert when(the(made, "CAP theorem, consistency models")) == "2026-02-07 10:00-15:00"
    assert made.end == date(2026, 7, 31)


def test_open_quantities_recur_within_their_month():
    made = road(text_of("mern-180-days"))
    quotas = {
        item.title.split(" (")[0]: series(item)[:2]
        for item in made.items
        if item.recurrence and item.parent is None
    }
    assert quotas["Solve 1–2 DSA problems per day"] == ("FREQ=DAILY", 30)
    assert quotas["Conduct 2 mock system design interviews per week"] == ("FREQ=WEEKLY;BYDAY=MO,TH", 8)
    assert quotas["Apply to 5–10 relevant jobs per week"][0].startswith("FREQ=WEEKLY")


def test_the_days_of_a_tracker_count_from_its_date_and_its_week_4_has_nine():
    made = road(text_of("backend-month-3"))
    topics = [
        item for item in main_items(made) if re.match(r"road/day-\d+/", item.key) and len(item.path) == 2
    ]
    assert [days(item).first.toordinal() - date(2026, 1, 30).toordinal() for item in topics] == list(
        range(30)
    )
    assert [problem.code for problem in made.problems] == ["week-length"]


def test_a_quarter_of_an_hour_a_day_is_that_long():
    made = road(text_of("system-design-week-1"))
    topics = [item for item in made.items if item.kind is Kind.TASK]
    assert hours(topics) == ["19:00-19:15"] * 5 + ["10:00-10:15"] * 2
    assert [f"{block(item).begin:%m-%d}" for item in topics] == [f"01-{day:02}" for day in range(5, 12)]


@pytest.mark.parametrize("name", NAMES)
def test_every_date_that_the_text_does_not_write_says_why(name):
    for item in road(text_of(name)).items:
        if item.recurrence is not None or not item.guessed:
            continue
        assert set(item.guessed) <= {"start", "end", "minutes", "timezone", "rrule"}
        assert all(item.guessed.values())
    timed = [item for item in road(text_of(name)).items if isinstance(item.span, Block) and item.minutes]
    assert all(
        "start" in item.guessed or "timezone" in item.guessed or block(item).zone == "Africa/Nairobi"
        for item in timed
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_time_of_one_roadmap_falls_on_another_of_the_same(name):
    made = road(text_of(name))
    taken = [
        (item.span.begin, item.span.end)
        for item in made.items
        if isinstance(item.span, Block)
        and item.recurrence is None
        and "optional" not in item.title.casefold()
    ]
    taken.sort()
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(taken))


# --- their keys ---


def keys_by_title(made: Schedule) -> dict[tuple[str, tuple[str, ...]], str]:
    return {(item.title, item.path): item.key for item in main_items(made)}


@pytest.mark.parametrize("name", NAMES)
def test_another_start_changes_no_key(name):
    text = text_of(name)
    moved = re.sub(r"start: 2026-0\d-0\d", "start: 2026-03-11", text)
    moved = moved.replace("January 30, 2026", "March 13, 2026")
    assert [item.key for item in main_items(road(moved))] == [item.key for item in main_items(road(text))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("codec", ["mac_roman", "cp1252", "cp1254"])
def test_other_damage_to_the_text_changes_no_key(name, codec):
    text = text_of(name)
    damaged = "".join(_damaged(line, codec) for line in text.splitlines(keepends=True))
    assert keys_by_title(road(damaged)) == keys_by_title(road(text))


def _damaged(line: str, codec: str) -> str:
    """The line as it looks after its UTF-8 was once read in another encoding, where that loses nothing."""
    try:
        return line.encode().decode(codec)
    except UnicodeDecodeError:
        return line


@pytest.mark.parametrize("name", NAMES)
def test_other_bullets_and_emphasis_change_no_key(name):
    text = text_of(name)
    pasted = re.sub(r"^(\s*)[-*] ", r"\1+ ", text, flags=re.MULTILINE)
    pasted = re.sub(r"\*\*([^*\n]+)\*\*(?! _)", r"__\1__", pasted)
    assert keys_by_title(road(pasted)) == keys_by_title(road(text))


BOX = re.compile(
    r"^(?P<head>\s*[-*] (?:\[.\] )?(?:\*\*Day [^*]+\*\* |Day \d+ - )?)(?P<words>[A-Z][^*_`:\[\]]{8,60})$"
)


@pytest.mark.parametrize("name", NAMES)
def test_a_line_more_a_line_less_and_a_reworded_line_change_no_other_key(name):
    text = text_of(name)
    before = road(text)
    known = remembered(before)
    keys = {item.source.line: item.key for item in main_items(before)}
    lines = text.split("\n")
    tasks = [at for at, line in enumerate(lines) if BOX.match(line) and at + 1 in keys]
    if not tasks:
        assert name in {"january-2026", "system-design-week-1"}
        return
    for at in tasks[:: max(1, len(tasks) // 12)]:
        match = BOX.match(lines[at])
        assert match is not None
        reworded = [*lines[:at], f"{match['head']}{match['words']} with great care", *lines[at + 1 :]]
        assert {item.source.line: item.key for item in main_items(road("\n".join(reworded), known))} == keys
        without = road("\n".join([*lines[:at], *lines[at + 1 :]]))
        left = {item.key for item in main_items(without)}
        assert {
            key for line, key in keys.items() if line != at + 1 and not _below(before, key, at + 1)
        } <= left


def _below(made: Schedule, key: str, line: int) -> bool:
    """Whether an item is a part of the one that stands on a line."""
    parents = {item.key for item in main_items(made) if item.source.line == line}
    return any(item.key == key and item.parent in parents for item in main_items(made))
