"""What the grammar finds in a line, as tables per language in `cases/`: `text => expressions in short form`."""

from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.reading.expressions import (
    Bound,
    Clock,
    DayPart,
    Expression,
    Extent,
    Found,
    Length,
    Offset,
    Ordinal,
    PartialDate,
    Rate,
    Unit,
    Weekdays,
    Written,
)
from sync.reading.grammar.phrase import Parsed, Phrase, may_begin, phrase
from sync.reading.words import available, vocabulary

CASES = Path(__file__).parent / "cases"
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH = vocabulary(("en",))


def words_of(code):
    return vocabulary((code, "en") if code != "en" else ("en",))


def table(code):
    lines = (CASES / f"{code}.txt").read_text("utf-8").splitlines()
    return [tuple(part.strip() for part in line.split(" =>")) for line in lines]


def compact(read: Phrase) -> str:
    """All expressions of a line: `week 3; 05-04..05-10; 90m/day`."""
    return "; ".join(found(hit) for hit in read.found)


def found(hit: Found) -> str:
    return f"{hit.bound} {value(hit.value)}" if hit.bound else value(hit.value)


def value(expression: Expression) -> str:
    shown = ""
    match expression:
        case Ordinal(unit, first, last, iso, year):
            run = f"{first}+" if last is None else f"{first}" if first == last else f"{first}-{last}"
            shown = f"{'iso-' if iso else ''}{unit} {run}{f' of {year}' if year else ''}"
        case Written(since, until):
            shown = date(since) if since == until else f"{date(since)}..{date(until)}"
        case Offset(unit, far, near, after):
            shown = f"{'after' if after else 'before'} {near}-{far} {unit}"
        case Weekdays(days, plural):
            shown = weekdays(days) + ("*" if plural else "")
        case Clock(begin, end, zone):
            shown = f"{begin:%H:%M}{f'-{end:%H:%M}' if end else ''}{f' {zone}' if zone else ''}"
        case DayPart(name):
            shown = name
        case Length(low, high, times, per):
            size = f"{low}m" if low == high else f"{low}-{high}m"
            shown = f"{f'{times}x' if times > 1 else ''}{size}{f'/{per}' if per else ''}"
        case Extent(count, unit):
            shown = f"{count} {unit}"
        case Rate(low, high, unit, interval, days, nth):
            often = f"{low}x" if low == high else f"{low}-{high}x"
            every = f"{interval} {unit}" if interval > 1 else f"{unit}"
            which = f" #{','.join(map(str, nth))}" if nth else ""
            shown = f"{often}/{every}{f' {weekdays(days)}' if days else ''}{which}"
    return shown


def date(partial: PartialDate) -> str:
    fields = [f"{partial.year}"] if partial.year else []
    if partial.numeric:
        shown = " ".join([*fields, "{}/{}".format(*partial.numeric)])
    else:
        fields.append(f"{partial.month:02}" if partial.month else "__")
        shown = "-".join([*fields, *([f"{partial.day:02}"] if partial.day else [])])
    return f"{NAMES[partial.weekday - 1]} {shown}" if partial.weekday else shown


def weekdays(days: tuple[int, ...]) -> str:
    return "+".join(NAMES[day - 1] for day in days)


@pytest.mark.parametrize(
    ("code", "text", "expected"), [(code, *row) for code in available() for row in table(code)]
)
def test_a_line_says_what_a_person_reads_in_it(code, text, expected):
    assert compact(phrase(text, words_of(code))) == expected


def test_every_language_has_a_table_long_enough_to_mean_something():
    assert {code: len(table(code)) for code in available() if len(table(code)) < 25} == {}
    assert len(table("en")) >= 80


@pytest.mark.parametrize(
    ("code", "text", "rest"),
    [
        ("en", "Week 1 (Jan 19-25): Python Basics", "Python Basics"),
        ("en", "from 9:00 to 10:30", ""),
        ("en", "about 2 hours of reading", "of reading"),
        ("de", "ca. 2 Stunden lesen", "lesen"),
        ("es", "del 4 al 10 de mayo: repaso", "repaso"),
        ("ru", "за 2 недели до экзамена", "экзамена"),
        ("zh", "第2周（4月6日-4月12日）：复习", "复习"),
        ("ko", "1주차 (4월 6일 ~ 4월 12일): 복습", "복습"),
        ("ja", "4月1日から7日まで合宿", "合宿"),
    ],
)
def test_the_rest_is_the_title_without_the_time_and_its_signs(code, text, rest):
    assert phrase(text, words_of(code)).rest == rest


def test_a_line_without_digits_and_words_of_time_is_not_even_cut_into_tokens():
    assert phrase("Read the whole chapter again", ENGLISH) == Phrase(
        "Read the whole chapter again", (), ENGLISH
    )


@pytest.mark.parametrize("code", available())
def test_no_line_that_begins_with_a_time_is_passed_over_at_a_quick_look(code):
    words = words_of(code)
    texts = [text for each in available() for text, _ in table(each)]
    passed = [phrase(text, words) for text in texts if not may_begin(text, words)]
    assert passed
    assert all(read.found[0].begin > 1 for read in passed if read.found)


def test_a_text_is_parsed_once_for_a_whole_document():
    phrases = Parsed(ENGLISH)
    assert phrases["Week 3"] is phrases["Week 3"]
    assert phrases["Week 3"] == phrase("Week 3", ENGLISH)


@pytest.mark.parametrize("text", ["30 pages", "3; May", "(3) weeks", "2, then tea", "7 = 7 h"])
def test_a_number_that_nothing_joins_to_the_next_word_begins_nothing(text):
    assert not phrase(text, ENGLISH).found or phrase(text, ENGLISH).found[0].begin > 1


def test_expressions_can_be_asked_for_by_kind():
    read = phrase("Week 2: Mon 9:00 and Wed 10:00", ENGLISH)
    assert read.first(Ordinal) == Ordinal(Unit.WEEK, 2, 2)
    assert read.every(Clock) == (Clock(time(9)), Clock(time(10)))
    hit = read.hit(Ordinal)
    assert hit is not None
    assert read.text[hit.begin : hit.end] == "Week 2"
    assert read.first(Length) is None
    assert read.hit(Length) is None


def test_words_that_only_lead_a_range_belong_to_it():
    hit = phrase("Camp from 4 to 10 May", ENGLISH).found[0]
    assert hit.begin == len("Camp ")


@pytest.mark.parametrize(
    ("text", "bound"),
    [("by 4 May", Bound.BY), ("end of May", Bound.END), ("start of May", Bound.BEGIN), ("on 4 May", None)],
)
def test_the_words_before_a_date_say_how_a_line_leans_on_it(text, bound):
    assert phrase(text, ENGLISH).found[0].bound is bound


def test_a_word_that_belongs_to_another_expression_does_not_bound_the_next_one():
    offset, written = phrase("2 weeks before 4 May", ENGLISH).found
    assert (offset.bound, written.bound) == (None, None)


ODD = [
    "99999999",
    "123456789",
    "²",
    "①",
    "½",
    "'",
    "é",
    "İ",
    "ß",
    "́",
    "　",
    "\t",
    "\n",
    "24:00",
    "9:75",
    "10.75",
    "31.02.",
]
SIGNS = list(".,:;-–—/()|&+~→%'°ºª#x*·")


@st.composite
def lines(draw):
    """Words of one language in any order, with numbers and signs between them."""
    code = draw(st.sampled_from(available()))
    numbers = st.integers(0, 2030).map(str)
    pieces = st.one_of(
        st.sampled_from(sorted(words_of(code).words)), numbers, st.sampled_from(SIGNS), st.sampled_from(ODD)
    )
    return code, "".join(
        draw(st.lists(st.tuples(pieces, st.sampled_from(["", " "])).map("".join), max_size=9))
    )


@settings(max_examples=600, deadline=None)
@given(lines())
def test_words_and_numbers_in_any_order_are_read_in_order_and_without_overlap(case):
    code, text = case
    assert_sound(text, phrase(text, words_of(code)))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(available()), st.text())
def test_any_text_at_all_is_read_in_order_and_without_overlap(code, text):
    assert_sound(text, phrase(text, words_of(code)))


def assert_sound(text: str, read: Phrase) -> None:
    at = 0
    for hit in read.found:
        assert at <= hit.begin < hit.end <= len(text)
        at = hit.end
    assert isinstance(read.rest, str)
