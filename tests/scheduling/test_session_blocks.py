"""Blocks of time under the heading of a single day."""

from tests.scheduling.roads import plan, the, told

DAY = "# Retreat\n## 5 January 2026\n"


def test_a_block_of_time_has_its_hours_and_gives_them_to_its_boxes():
    made = plan(f"{DAY}### 8:00-10:00 Workshop\n- [ ] Wood\n- [ ] Glue")
    assert told(made)["Workshop"] == "2026-01-05 08:00-10:00"
    assert told(made)["Wood"] == told(made)["Glue"] == "2026-01-05 08:00-10:00"
    assert the(made, "Wood").parent == the(made, "Workshop").key


def test_a_block_without_an_end_lasts_until_the_next():
    made = plan(f"{DAY}### 8:00 Workshop\n- [ ] Wood\n### 11:30 Lunch\n- [ ] Soup")
    assert told(made)["Workshop"] == "2026-01-05 08:00-11:30"
    assert "until the next time" in the(made, "Workshop").guessed["end"]


def test_the_hours_of_a_block_are_left_free():
    made = plan(
        "# Retreat\n- Day 1: Rope (60 min)\n## 5 January 2026\n### 19:00-20:00 Workshop\n- [ ] Wood",
        start="2026-01-05",
    )
    assert told(made)["Rope"] == "2026-01-05 20:00-21:00"


def test_a_block_of_a_longer_period_is_not_put_on_a_day():
    made = plan("# Retreat\n## 5-9 January 2026: Camp\n### 8:00-10:00 Workshop\n- [ ] Wood")
    assert told(made)["Workshop"] == "2026-01-05..2026-01-09"


def test_a_block_of_an_undated_period_waits():
    made = plan("# Retreat\n## Day 3\n### 8:00-10:00 Workshop\n- [ ] Wood")
    assert told(made)["Workshop"] == "undated"
