"""Plans of numbered days, weeks and months against a slow oracle that counts them out on a calendar, day by day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.scheduling.roads import days, plan, told

DAY = timedelta(days=1)
HORIZON = 3000


def every_day(start: date) -> Iterator[date]:
    """The start and all days after it."""
    return (start + at * DAY for at in range(HORIZON))


def numbered_days(start: date, unit: str, length: str, lowest: int) -> dict[int, list[date]]:
    """Each number of a unit with its days, by leafing through a calendar."""
    found: dict[int, list[date]] = {}
    number, since = lowest, 0
    for at, day in enumerate(every_day(start)):
        if at and _begins_anew(start, day, unit, length, since, number - lowest + 1):
            number, since = number + 1, 0
        found.setdefault(number, []).append(day)
        since += 1
    return found


def _begins_anew(start: date, day: date, unit: str, length: str, since: int, nth: int) -> bool:
    if unit == "Day":
        return True
    if unit == "Week":
        return since == 7
    if length in {"28", "30"}:
        return since == int(length)
    # the day of the month on which the plan began, or the last of a shorter month
    month = (start.month + nth - 1) % 12 + 1
    tomorrow = day + DAY
    clipped = tomorrow.month != day.month and day.day < start.day
    return day.month == month and (day.day == start.day or clipped)


def runs(lowest: st.SearchStrategy[int]) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Numbers and ranges of numbers that follow one another, with gaps or without."""
    steps = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6)

    def built(first: int, rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
        made: list[tuple[int, int]] = []
        at = first
        for gap, more in rows:
            at += gap if made else 0
            made.append((at, at + more))
            at += more + 1
        return made

    return st.builds(built, lowest, steps)


starts = st.dates(date(2023, 1, 1), date(2032, 12, 31))
lengths = st.sampled_from(["auto", "calendar", "28", "30"])


def inclusive(days: list[date]) -> str:
    return f"{days[0]}" if len(days) == 1 else f"{days[0]}..{days[-1]}"


@given(starts, st.sampled_from(["Week", "Month"]), lengths, runs(st.integers(1, 6)))
def test_numbered_periods_are_the_days_that_one_counts_out(start, unit, length, numbers):
    text = ["# Counted"]
    for first, last in numbers:
        name = f"{unit} {first}" if first == last else f"{unit}s {first}-{last}"
        text += [f"## {name}", f"- [ ] task {first}"]
    made = told(plan("\n".join(text), start=start, month_length=length))
    counted = numbered_days(start, unit, length, numbers[0][0])
    for first, last in numbers:
        name = f"{unit} {first}" if first == last else f"{unit}s {first}-{last}"
        assert made[name] == inclusive(
            [day for number in range(first, last + 1) for day in counted[number]]
        ), name


@given(starts, runs(st.integers(1, 40)))
def test_numbered_days_are_the_days_that_one_counts_out(start, numbers):
    text = ["# Counted"]
    text += [
        f"- Day{'s' if last > first else ''} {first}{f'-{last}' if last > first else ''}: topic {first}"
        for first, last in numbers
    ]
    made = told(plan("\n".join(text), start=start))
    counted = numbered_days(start, "Day", "", numbers[0][0])
    assert made == {
        f"topic {first}": inclusive([counted[number][0] for number in range(first, last + 1)])
        for first, last in numbers
    }


@given(starts, runs(st.just(1)), st.lists(st.integers(1, 7), min_size=1, unique=True))
def test_numbered_working_days_are_those_that_one_counts_out(start, numbers, workdays):
    text = [
        f"- Days {first}-{last}: topic {first}" if last > first else f"- Day {first}: topic {first}"
        for first, last in numbers
    ]
    names = ", ".join(["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day - 1] for day in sorted(workdays))
    made = told(
        plan("\n".join(["# Counted", *text]), start=start, day_counting="workdays", workdays=f"[{names}]")
    )
    worked = [day for day in every_day(start) if day.isoweekday() in workdays]
    for first, last in numbers:
        days = worked[first - 1 : last]
        assert made[f"topic {first}"] == (inclusive(days) if first == last else f"{days[0]}..{days[-1]}")


@given(starts, st.integers(1, 4), st.sampled_from([1, 6, 7]), st.booleans())
def test_weeks_that_begin_on_a_weekday_do_so(start, weeks, first_day, partial):
    text = "\n".join(
        ["# Counted", *(f"## Week {number}\n- [ ] task {number}" for number in range(1, weeks + 1))]
    )
    front: dict[str, Any] = {
        "week_start": {1: "monday", 6: "saturday", 7: "sunday"}[first_day],
        "first_week": "partial" if partial else "full",
    }
    made = told(plan(text, start=start, **front))
    number = 1 if partial else 0
    counted: dict[int, list[date]] = {}
    for at, day in enumerate(every_day(start)):
        if day.isoweekday() == first_day and (at or not partial):
            number += 1
        counted.setdefault(number, []).append(day)
    for at in range(1, weeks + 1):
        assert made[f"Week {at}"] == inclusive(counted[at])


@given(starts, st.integers(1, 3), st.integers(1, 4), lengths)
def test_weeks_that_begin_again_in_each_month_are_counted_from_it(start, months, weeks, length):
    text = ["# Counted"]
    for month in range(1, months + 1):
        text.append(f"## Month {month}")
        for week in range(1, weeks + 1):
            text += [f"### Week {week}", f"- [ ] task {month}.{week}"]
    made = plan("\n".join(text), start=start, month_length=length)
    by_month = numbered_days(start, "Month", "28" if length == "auto" and weeks == 4 else length, 1)
    firsts = [days(item).first for item in made.items if item.title.startswith("Week ")]
    expected = [
        by_month[month][0] + (week - 1) * 7 * DAY
        for month in range(1, months + 1)
        for week in range(1, weeks + 1)
    ]
    assert firsts == expected
