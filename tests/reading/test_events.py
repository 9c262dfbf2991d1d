"""The day to which a plan counts down, and the occasions that a label names."""

import pytest

from tests.reading.casebook import codes, reading, told

COUNTDOWN = "\n**1 week before**\n- [ ] Pack\n"


def days(text: str) -> list[str]:
    return [line.split(" | ", 1)[1] for line in told(reading(text).schedule)]


@pytest.mark.parametrize(
    "above",
    [
        "# Trip\n\nThe boat leaves on 22 August 2026.\n",
        "# Trip in 2026\n\nThe boat leaves on Saturday 22 August.\n",
        "# Trip\n\nThe boat leaves on 22 August 2026. We sail on 22 August 2026.\n",
        "# Trip\n\nStart: 2 May 2026\n\nThe boat leaves on 22 August 2026.\n",
        "# Trip\n\nUpdated: 2 May 2026\n\nThe boat leaves on 22 August 2026.\n",
    ],
    ids=[
        "a day",
        "a year in the title",
        "the same day twice",
        "beside a start",
        "beside what tells of the text",
    ],
)
def test_a_countdown_leads_up_to_the_one_day_told_above_it(above: str):
    assert days(above + COUNTDOWN) == ["1 week before | 2026-08-15..2026-08-21", "Pack | 2026-08-17"]


@pytest.mark.parametrize(
    "above",
    [
        "# Trip\n\nThe boat leaves on 22 August 2026, the bus on 23 August 2026.\n",
        "# Trip\n\nThe boat leaves in August 2026.\n",
        "# Trip\n",
    ],
    ids=["two days", "a month", "none"],
)
def test_a_countdown_to_no_one_day_stays_undated(above: str):
    assert days(above + COUNTDOWN) == ["1 week before | undated", "Pack | undated"]


def test_a_day_told_below_the_countdown_is_not_its_event():
    assert days("# Trip\n" + COUNTDOWN + "\n## Later\n\nThe bill comes on 2 October 2026.\n") == [
        "1 week before | undated",
        "Pack | undated",
    ]


def test_the_day_in_the_title_goes_before_those_in_the_text():
    text = "# Trip on 22 August 2026\n\nPay by card on 1 August 2026.\n"
    assert days(text + COUNTDOWN) == ["1 week before | 2026-08-15..2026-08-21", "Pack | 2026-08-17"]


def occasions(line: str) -> list[str]:
    plan = "# Choir\n\n## May 2026\n- [ ] Rehearse\n\n## June 2026\n- [ ] Sing\n\n"
    return [each for each in told(reading(plan + line + "\n").schedule) if "2026 |" not in each][2:]


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("Concert: 12 June, 19:00–21:00", ["milestone | Concert | 2026-06-12 | 19:00-21:00"]),
        ("Camp: 12–14 June", ["period | Camp | 2026-06-12..2026-06-14 |  |  | tick"]),
        ("Tour: June–July", []),
        ("Author: 12 June", []),
        ("Singers: those who came on 12 June", []),
        ("Concert: 12 June in the old church behind the market hall", []),
    ],
)
def test_a_label_with_its_days_is_an_occasion_and_a_label_with_words_is_not(line: str, items: list[str]):
    assert occasions(line) == items


def test_where_an_occasion_is_held_is_kept_with_it():
    text = "# Choir, May 2026\n\nBoard: Mondays 18:00, Room 204\n\n- [ ] 4 May: sing\n- [ ] 29 May: sing\n"
    made = reading(text)
    assert [item.notes for item in made.schedule.items if item.title == "Board"] == ["Room 204"]
    assert codes(made.schedule) == ()


def test_the_key_of_a_series_does_not_follow_its_dates():
    def keys(day: str) -> list[str]:
        text = f"# Choir\n\n- Board: Mondays 18:00, starting {day}\n\n## June 2026\n- [ ] Sing\n"
        return [
            item.key for item in reading(text).schedule.items if item.title == "Board" and "@" not in item.key
        ]

    assert keys("4 May 2026") == keys("11 May 2026") == ["any/plan/board"]
