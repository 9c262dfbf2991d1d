"""Which of the times in a line is its own place, and what remains as its title."""

import pytest

from sync.reading.expressions import Bound, Extent, Length, Offset, Ordinal, Unit, Written
from sync.reading.grammar.phrase import phrase
from sync.reading.placing import is_day_range, is_single_day, place
from sync.reading.roadmap import When
from sync.reading.titles import title
from sync.reading.words import vocabulary

ENGLISH = vocabulary(("en",))
PLACES = (Ordinal, Written, Offset, Extent)


def placed(text: str) -> When:
    return place(phrase(text, ENGLISH))


def titled(text: str, *more: type) -> str:
    return title(phrase(text, ENGLISH), drop=(*PLACES, *more))


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("Week 3: loops", Ordinal(Unit.WEEK, 3, 3)),
        ("Loops (week 3)", Ordinal(Unit.WEEK, 3, 3)),
        ("Days 8-10 – a portrait", Ordinal(Unit.DAY, 8, 10)),
        ("Finish by week 3", Ordinal(Unit.WEEK, 3, 3)),
    ],
)
def test_a_unit_in_front_in_brackets_or_as_a_bound_is_the_place(text: str, ordinal: Ordinal):
    assert placed(text).ordinal == ordinal


@pytest.mark.parametrize(
    "text",
    [
        "Repeat what week 3 taught about loops",
        "A sentence without time",
        "Read the 8 weeks of letters",
        "(no time)",
    ],
)
def test_a_time_inside_a_sentence_is_no_place(text: str):
    assert not placed(text)


def test_a_finer_unit_beside_a_coarser_one_is_the_inner_count():
    when = placed("Week 4 (Days 22-30): review")
    assert when.ordinal == Ordinal(Unit.WEEK, 4, 4)
    assert when.inner == Ordinal(Unit.DAY, 22, 30)
    assert when.unit is Unit.WEEK


def test_the_first_of_two_equal_places_counts():
    assert placed("Week 3 (week 4): x").ordinal == Ordinal(Unit.WEEK, 3, 3)


def test_dates_stand_beside_units():
    when = placed("Week 1 (Jan 19-25): basics")
    assert when.ordinal is not None
    assert when.written is not None
    assert (when.written.first.day, when.written.last.day) == (19, 25)


def test_a_length_in_brackets_is_an_extent_and_elsewhere_none():
    assert placed("Hull (4 weeks)").extent == Extent(4, Unit.WEEK)
    assert not placed("4 weeks of sanding")


def test_a_countdown_knows_its_unit():
    when = placed("6 weeks before: invitations")
    assert when.offset == Offset(Unit.WEEK, 6, 6)
    assert when.unit is Unit.WEEK


def test_a_bound_is_kept():
    assert placed("End of week 1: review").bound is Bound.END
    assert placed("By 4 May 2026: tiles").bound is Bound.BY


def test_nothing_said_is_falsy():
    assert not When()
    assert When().unit is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Week 1 (Jan 19-25): Python basics", "Python basics"),
        ("4 May 2026 – Visit", "Visit"),
        ("Visit (4 May 2026)", "Visit"),
        ("Exam: 4 May", "Exam"),
        ("Week 2", ""),
        ("What week 3 taught us", "What week 3 taught us"),
        ("Week 1 (total)", ""),
        ("Plain words", "Plain words"),
    ],
)
def test_a_title_is_the_text_without_its_places(text: str, words: str):
    assert titled(text) == words


def test_only_the_kinds_asked_for_are_taken_out():
    assert titled("Day 1: Orion (45 min)") == "Orion (45 min)"
    assert titled("Day 1: Orion (45 min)", Length) == "Orion"


@pytest.mark.parametrize(
    ("text", "single", "run"),
    [
        ("Day 3", True, False),
        ("Days 3-4", False, True),
        ("Week 3", False, False),
        ("4 May 2026", True, False),
        ("03/04/2026", True, False),
        ("4-6 May 2026", False, True),
        ("May 2026", False, False),
        ("(3 weeks)", False, False),
    ],
)
def test_one_day_is_told_from_a_run_of_days(text: str, single: bool, run: bool):  # noqa: FBT001  # columns of the table
    assert (is_single_day(placed(text)), is_day_range(placed(text))) == (single, run)
