"""What entries that stand side by side tell about one another's days."""

from tests.scheduling.roads import plan, problems, the, told

BOAT = """
# Boat club 2026
- 14 April: Skiff
- 21 April: Rigging
- 28 April: Drill
- {stray}: Boat day
- 12 May: Night row
- 19 May: Briefing
"""


def test_a_section_of_a_countdown_goes_on_until_the_next_and_the_last_until_the_event():
    made = plan(
        "# Wedding\n## 6 weeks before\n- [ ] Cards\n## 4 weeks before\n- [ ] Cake\n## 1 week before\n- [ ] Chairs",
        event_date="2026-09-19",
    )
    assert told(made)["6 weeks before"] == "2026-08-08..2026-08-21"
    assert told(made)["4 weeks before"] == "2026-08-22..2026-09-11"
    assert told(made)["1 week before"] == "2026-09-12..2026-09-18"
    assert told(made)["Cake"] == "2026-08-22..2026-09-11"


def test_a_section_ends_where_a_range_begins_and_a_range_keeps_its_end():
    made = plan(
        "# Wedding\n## 8 weeks before\n- [ ] Cards\n## 4-2 weeks before\n- [ ] Cake\n## 1 week after\n- [ ] Thanks",
        event_date="2026-09-19",
    )
    assert told(made)["8 weeks before"] == "2026-07-25..2026-08-21"
    assert told(made)["4-2 weeks before"] == "2026-08-22..2026-09-04"
    assert told(made)["1 week after"] == "2026-09-20..2026-09-26"


def test_sections_of_a_countdown_are_phases_of_their_own():
    made = plan(
        "# Wedding\n## 6 months before\n- [ ] Hall\n## 4 weeks before\n- [ ] Cake", event_date="2026-09-19"
    )
    assert the(made, "Hall").phase == the(made, "6 months before").key
    assert the(made, "Cake").phase == the(made, "4 weeks before").key


def test_a_month_ends_with_its_numbered_days_where_the_next_goes_on_counting():
    made = plan(
        "# Guitar\n## Month 1\n- Day 1: Tune\n- Day 30: Play\n## Month 2\n- Day 31: Barre\n- Day 60: Sing",
        start="2026-01-05",
    )
    assert told(made)["Month 1"] == "2026-01-05..2026-02-03"
    assert told(made)["Month 2"] == "2026-02-04..2026-03-05"


def test_a_date_far_outside_a_regular_series_is_told_and_left_undated():
    made = plan(BOAT.format(stray="3 March"))
    assert told(made)["Boat day"] == "undated"
    assert told(made)["Night row"] == "2026-05-12"
    assert problems(made) == [(5, "outlier")]
    assert "2026-03-03" in made.problems[0].message


def test_a_regular_series_and_an_irregular_one_are_left_alone():
    regular, irregular = plan(BOAT.format(stray="5 May")), plan(BOAT.format(stray="2 May"))
    assert problems(regular) == problems(irregular) == []
    assert told(irregular)["Boat day"] == "2026-05-02"


def test_four_dates_are_too_few_to_tell_a_series():
    made = plan("# Boat club 2026\n- 14 April: a\n- 21 April: b\n- 3 March: c\n- 5 May: d")
    assert problems(made) == []
