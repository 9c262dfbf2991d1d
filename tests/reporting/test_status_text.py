"""`status` as a person reads it: at a glance, in any width, in any state of a plan."""

from pathlib import Path

import pytest

from sync.app.status import Figures, Survey
from sync.ledger.facts import CheckIns, Said
from sync.reporting.columns import width
from sync.reporting.page import Page
from sync.reporting.status.document import status_document
from sync.reporting.status.text import status_text
from tests.reporting.standings import DAY, NAIROBI, TODAY, figures, planned, removed, work

FOLDER = Path("/home/ada/roadmaps")
PHASES = [
    (planned("sowing", -9, days=10, kind="period", phase="plan/one"), False),
    (planned("reaping", 1, days=10, kind="period", phase="plan/two"), False),
]
BUSY = figures(
    points=[*PHASES, (planned("harvest-feast", 10, kind="milestone"), False)],
    work=[work(-1, 3, 1, "plan/one"), work(0, 4, 1, "plan/one"), work(3, 9, phase="plan/two"), work(None, 2)],
    removed=[removed("weeds", 3)],
    streak=4,
    late=[planned("dig-over-the-bed-behind-the-shed", -2), planned("order-seeds", -1)],
    coming=[
        planned("water", 0),
        planned("sow-the-beans", 0, hour=19),
        planned("hoe", 0),
        planned("mow", 1, hour=9),
    ],
    checkins=CheckIns(3, 40.25, 6.5, 7.25, "the ground was frozen"),
    said=[
        Said("Order seeds", "2026-03-05T22:30:00.000000+00:00", 1.5, 7, "slow\nstart"),
        Said("Hoe", "2026-03-04T09:00:00.000000+00:00", None, None, "x" * 200),
    ],
)
QUIET = BUSY._replace(said=())


def text(*some: Figures, page: Page = Page(), streak: int = 0) -> list[str]:  # noqa: B008 - a frozen value
    return status_text(Survey(some, TODAY, NAIROBI, FOLDER, streak), page).splitlines()


def test_a_roadmap_at_a_glance():
    assert text(QUIET) == [
        "The Plan",
        "  ██░░░░░░░░░░░░░░░░░░  11 %  2 of 18 done, 2 late, 3 due today",
        "  █████░░░░░░░░░░░░░░░  28 %  2 of 7 in Sowing",
        "  1 day behind plan, 4 days in a row, 2 without a date, 1 removed by hand and not counted",
        "  today      Water; 19:00 Sow the beans; Hoe",
        "  late       Dig over the bed behind the shed (4 Mar); Order seeds (5 Mar)",
        "  next       Mow, tomorrow 09:00",
        "  milestone  Harvest feast, Mon 16 Mar, in 10 days",
        "  check-ins  6.5 h this week, 40.25 h in all, energy 7.2, “the ground was frozen”",
    ]


def test_in_full_every_phase_item_and_checkin_has_a_line():
    lines = text(BUSY, page=Page(full=True))
    assert lines[2:4] == [
        "  █████░░░░░░░░░░░░░░░  28 %  2 of 7 in Sowing, 2 late",
        "  ░░░░░░░░░░░░░░░░░░░░   0 %  0 of 9 in Reaping",
    ]
    assert lines[5:10] == [
        "  today      Water, today",
        "             Sow the beans, today 19:00",
        "             Hoe, today",
        "  late       Dig over the bed behind the shed, Wed 4 Mar",
        "             Order seeds, yesterday",
    ]
    assert lines[-4:] == [
        "             6 Mar  Order seeds, 1.5 h, energy 7",
        "                     slow start",
        "             4 Mar  Hoe",
        f"                     {'x' * 78}…",
    ]


def test_more_items_than_were_gathered_are_counted():
    many = QUIET._replace(work=[work(-1, 30)], late=QUIET.late[:1])
    assert "  late       Dig over the bed behind the shed (4 Mar) and 29 more" in text(many)
    assert "             and 29 more" in text(many, page=Page(full=True))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_line_is_wider_than_the_page(columns, full):
    wide = BUSY._replace(
        head=BUSY.head._replace(title="A very long title " * 9),
        points=[
            (item._replace(title=f"{item.title} and much more " * 9), done) for item, done in BUSY.points
        ],
        late=[item._replace(title=f"{item.title} 日本語の長い題 " * 9) for item in BUSY.late],
        work=[each._replace(total=each.total + 120) for each in BUSY.work],
    )
    for line in text(wide, wide, page=Page(columns=columns, full=full), streak=99):
        assert width(line) <= columns, line


def test_a_terminal_without_unicode_gets_bars_of_plain_signs():
    lines = text(BUSY, page=Page(unicode=False, full=True))
    assert lines[1] == "  ##------------------  11 %  2 of 18 done, 2 late, 3 due today"
    assert all(line.isascii() for line in lines[:-1])


def test_colours_are_for_terminals_alone():
    assert "\x1b" not in "\n".join(text(BUSY, BUSY))
    painted = "\n".join(text(BUSY, BUSY, page=Page(colours=True)))
    assert "\x1b[33m1 day behind plan\x1b[0m, 4 days in a row" in painted
    assert "\x1b[32m██\x1b[0m\x1b[2m░░" in painted


def test_all_roadmaps_together_have_a_last_line():
    assert text(figures(work=[work(-1, 3, 1)]), figures(work=[work(0, 4, 4)]), streak=3)[-3:] == [
        "2 roadmaps",
        "  ██████████████░░░░░░  71 %  5 of 7 done, 2 late",
        "  3 days in a row",
    ]
    assert text(figures(), figures())[-1] == "2 roadmaps"


# --- every state of a plan ---


def state(**more: object) -> str:
    lines = text(figures(**more))  # type: ignore[arg-type]  # a test's shorthand
    return next(line for line in lines[1:] if "%" not in line).strip()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"work": ()}, "Nothing to tick here; `roadmap-sync show plan` lists what happens"),
        ({"work": [work(-3, 4, 4)]}, "All done, congratulations"),
        ({"work": [work(None, 4, 1)]}, "No dates so far; `roadmap-sync check plan` says what is missing"),
        ({"work": [work(2, 4)], "start": TODAY + 2 * DAY}, "Starts on Sun 8 Mar 2026, in 2 days"),
        ({"work": [work(-8, 4, 1)], "last": TODAY - 8 * DAY}, "Ended on Thu 26 Feb 2026 with 3 open"),
        ({"work": [work(0, 4, 1)]}, "On plan"),
        ({"work": [work(1, 4, 4), work(2, 1)]}, "1 day ahead of plan"),
        ({"work": [work(-7, 4), work(9, 1)]}, "1 week behind plan"),
        ({"work": [work(-10, 4), work(9, 1)]}, "10 days behind plan"),
        ({"work": [work(-14, 4), work(9, 1)]}, "2 weeks behind plan"),
        ({"work": [work(-24, 4), work(9, 1)]}, "3 weeks behind plan"),
        ({"work": [work(0, 4, 1)], "streak": 1}, "On plan"),
        ({"work": [work(0, 4, 1)], "streak": 2}, "On plan, 2 days in a row"),
    ],
)
def test_each_state_has_its_sentence(more, words):
    assert state(**more) == words


def test_without_roadmaps_it_says_where_it_looked_and_how_to_begin():
    assert text() == ["No roadmaps in /home/ada/roadmaps yet. Add one with `roadmap-sync add FILE`."]


def test_a_first_tick_shows_and_only_everything_fills_the_bar():
    assert "█░" in text(figures(work=[work(5, 500, 1)]))[1]
    assert "█░" in text(figures(work=[work(5, 500, 499)]))[1]
    assert "░" not in text(figures(work=[work(5, 500, 500)]))[1]


def test_the_time_stands_beside_its_day():
    lines = text(QUIET._replace(coming=[planned("mow", 3, hour=9)]))
    assert "  next       Mow, Mon 9 Mar 09:00, in 3 days" in lines


def test_what_is_due_in_another_year_names_it():
    lines = text(QUIET._replace(coming=[planned("mow", 400)]))
    assert "  next       Mow, Sat 10 Apr 2027, in 57 weeks" in lines
    late = text(QUIET._replace(work=[work(-400, 1)], late=[planned("mow", -400)]))
    assert "  late       Mow (30 Jan 2025)" in late


@pytest.mark.parametrize(
    ("sums", "words"),
    [
        (CheckIns(2, 0.0, 0.0, None, ""), "2 check-ins"),
        (CheckIns(1, 0.0, 0.0, 6.0, ""), "1 check-in, energy 6.0"),
        (CheckIns(1, 2.0, 0.0, None, ""), "0 h this week, 2 h in all"),
    ],
)
def test_checkins_tell_what_they_have(sums, words):
    assert text(QUIET._replace(checkins=sums))[-1] == f"  check-ins  {words}"


# --- JSON ---


def test_the_same_as_json():
    (told,) = _documents(BUSY)
    assert {name: told[name] for name in ("slug", "title", "phase", "start", "end")} == {
        "slug": "plan", "title": "The Plan", "phase": "plan/one", "start": "2026-02-25", "end": "2026-03-26",
    }  # fmt: skip
    counts = {"done": 2, "total": 18, "percent": 11, "late": 2, "due_today": 3, "undated": 2}
    assert {name: told[name] for name in counts} == counts
    assert (told["removed"], told["streak_days"]) == (1, 4)
    assert told["pace"] == {"days": -1, "planned": 3, "done": 2}
    assert told["next"] == {
        "phase": "plan", "key": "plan/water", "title": "Water", "kind": "task",
        "start": "2026-03-06", "end": "2026-03-06",
    }  # fmt: skip
    assert told["next_milestone"]["key"] == "plan/harvest-feast"
    assert [each["title"] for each in told["today"]] == ["Water", "Sow the beans", "Hoe"]
    assert [each["title"] for each in told["overdue"]][1:] == ["Order seeds"]
    assert told["phases"][0] == {
        "key": "plan/one", "title": "Sowing", "start": "2026-02-25", "end": "2026-03-06",
        "done": 2, "total": 7, "percent": 28, "late": 2, "due_today": 3, "undated": 0,
    }  # fmt: skip
    assert told["checkins"]["hours_this_week"] == 6.5
    assert told["checkins"]["entries"][0]["note"] == "slow\nstart"


def test_what_there_is_none_of_is_null():
    (told,) = _documents(figures(start=None, last=None))
    for name in ("next", "next_step", "next_milestone", "pace", "checkins", "start", "end"):
        assert told[name] is None, name


def test_the_sums_stand_beside_the_roadmaps():
    told = status_document(Survey([BUSY], TODAY, NAIROBI, FOLDER, 4, [("a.md is empty.", "Fill it.")]))
    assert told["today"] == "2026-03-06"
    assert told["totals"] == {
        "done": 2, "total": 18, "percent": 11, "late": 2, "due_today": 3, "undated": 2, "removed": 1, "streak_days": 4,
    }  # fmt: skip
    assert told["unread"] == [{"title": "a.md is empty.", "hint": "Fill it."}]
    nothing = status_document(Survey([], TODAY, NAIROBI, FOLDER))
    assert nothing["roadmaps"] == []


def _documents(*some: Figures):
    return status_document(Survey(some, TODAY, NAIROBI, FOLDER))["roadmaps"]
