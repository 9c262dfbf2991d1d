"""The middle of a key: where in time an item stands, as the text says it."""

from typing import Any

import pytest

from tests.scheduling.roads import main_items, plan


def keys(text: str, **front: Any) -> list[str]:
    return [item.key.removeprefix("plan/") for item in main_items(plan(text, **front))]


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Week 3: Loops", "week-3"),
        ("Weeks 3-4: Loops", "week-3-4"),
        ("Month 2", "month-2"),
        ("Phase 1: Loops", "phase-1"),
        ("Day 5: Loops and more", "day-5"),
        ("Q2 2026", "2026-quarter-2"),
        ("Week 4 (Days 22-30)", "week-4"),
        ("Week 3 (Jan 19-25): Loops", "week-3"),
        ("2 weeks before", "week-2-before"),
        ("4-2 weeks before", "week-4-2-before"),
        ("1 week after", "week-1-after"),
        ("5 May 2026 - 9 May 2026: Camp", "2026-05-05"),
        ("5 May - 9 May: Camp", "05-05"),
        ("May 2026", "2026-05"),
    ],
)
def test_the_place_is_the_ordinal_unit_or_the_written_date(heading, place):
    first, *_ = keys(
        f"# P\n## {heading}\n- [ ] Read\n## Week 99\n- [ ] x", start="2026-01-05", event_date="2026-09-19"
    )
    assert first.split("/")[0] == place


def test_a_task_stands_where_its_period_stands_unless_it_has_a_date_of_its_own():
    assert keys("# P\n## Week 1\n- [ ] Read\n  - [ ] Notes\n- [ ] 8 January 2026: Sing", start="2026-01-05")[
        1:
    ] == [
        "week-1/read",
        "week-1/notes",
        "2026-01-08/sing",
    ]


def test_what_stands_in_no_time_is_in_the_plan():
    assert keys("# P\n- [ ] Read") == ["plan/read"]


def test_units_that_begin_again_stand_in_their_parents():
    text = "# P\n" + "\n".join(
        f"## Month {at}\n### Week 1\n- [ ] a{at}\n### Week 2\n- [ ] b{at}" for at in (1, 2)
    )
    assert keys(text, start="2026-01-05")[-1] == "month-2.week-2/b2"


@pytest.mark.parametrize("start", ["2026-01-05", "2026-06-20", None])
def test_no_date_computed_from_the_start_is_in_a_key(start):
    text = "# P\n## Week 1\n- [ ] Read\n- **MILESTONE:** Afloat (31 June)\n## Week 2\n- Tue 4: Sing\n- 03/04: Row"
    front = {"start": start} if start else {}
    assert keys(text, **front) == [
        "week-1/period",
        "week-1/read",
        "06-31/afloat",
        "week-2/period",
        "week-2.d04/sing",
        "04-03/row",
    ]


def test_month_and_day_in_figures_are_those_that_the_document_means():
    assert keys("# P\n- 25/03/2026: a\n- 03/04/2026: b") == ["2026-03-25/a", "2026-04-03/b"]
    assert keys("# P\n- 03/25/2026: a\n- 03/04/2026: b") == ["2026-03-25/a", "2026-03-04/b"]


def test_a_rotation_stands_in_its_turn():
    assert keys(
        "# P\n## Week A\n- Monday: run\n## Week B\n- Monday: swim", start="2026-01-05", end="2026-02-01"
    ) == [
        "week-a/run",
        "week-b/swim",
    ]


def test_a_correction_moves_no_key():
    text = "# P\n- 3 May 2026: Sing"
    assert keys(text) == keys(text, overrides='[{match: "Sing", date: 2026-05-04}]') == ["2026-05-03/sing"]
