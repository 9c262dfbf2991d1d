"""What holds for any text at all: a role for each line, sound items, the same answer every time."""

import random
import re
import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sync.errors import RoadmapUnreadable
from sync.model import Block, Kind, Role, Severity
from sync.reading.decoding import split_lines
from sync.reading.reader import Document, read_lines
from sync.scheduling.identity import uid
from tests.reading.casebook import Reading, cases, codes, reading, reading_of, told
from tests.reading.fragments import mutated, texts

PLACEHOLDER = re.compile(r"\[[^\]]*\][\s._…]*$")
SIGNS = re.compile(r"^\s*(?:#{1,6} |[-*+] |\|)|\*\*|~~|\]\(|^\[[ xX]\]")
CAMPAIGN = 100_000
SLOWEST = 20.0
"""Seconds for any one small document: a text that costs more has found something quadratic."""


def sound(made: Reading) -> None:
    """Assert everything that must hold for each reading."""
    _receipts(made)
    _items(made)
    _problems(made)


def _receipts(made: Reading) -> None:
    lines, plan = made.document.lines, made.schedule
    assert [receipt.line for receipt in plan.receipts] == list(range(1, len(lines) + 1))
    assert len(made.document.roadmap.lines) == len(lines)
    assert all(receipt.role is not Role.UNKNOWN for receipt in plan.receipts)
    keys = {item.key for item in plan.items}
    for receipt, line in zip(plan.receipts, lines, strict=True):
        assert set(receipt.items) <= keys
        assert not receipt.items or line.strip()
        assert (receipt.role is Role.BLANK) == (not line.strip()) or receipt.role is Role.META


def _items(made: Reading) -> None:
    lines, plan = made.document.lines, made.schedule
    keys = [item.key for item in plan.items]
    assert len(keys) == len(set(keys))
    for item in plan.items:
        assert item.uid == uid(item.key)
        assert item.title.strip(), item
        assert "\n" not in item.title
        assert 1 <= item.source.line <= item.source.end_line <= len(lines)
        whole = item.key.split("@")[0] if "@" in item.key else item.key
        own = plan.receipts[item.source.line - 1].items
        assert whole in own or item.parent in own or item.key.rpartition("-")[0] in own, (item.key, own)
        assert item.parent is None or item.parent in keys
        assert item.minutes is None or item.minutes >= 0
        if isinstance(item.span, Block):
            assert item.span.end > item.span.begin
            assert item.span.begin.utcoffset() is not None
        elif item.span is not None:
            assert item.span.until > item.span.first
        if item.recurrence is not None:
            days = item.recurrence.occurrences
            assert list(days) == sorted(set(days))
            assert days[0] == item.recurrence.first


def _problems(made: Reading) -> None:
    for problem in made.schedule.problems:
        assert 0 <= problem.line <= len(made.document.lines)
        assert problem.message
        assert problem.code


@given(texts)
@example("")
@example("\n")
@example("---\nroadmap:\n---\n")
@example("- [ ] \n")
@example("Week 999999999")
def test_any_text_at_all_is_read_line_by_line(text: str):
    raw = text.encode("utf-8", "surrogatepass")
    try:
        made = reading_of(raw)
    except RoadmapUnreadable:
        return
    sound(made)


@given(texts.filter(lambda text: "\x00" not in text))
def test_any_lines_are_read_without_the_door_for_bytes(text: str):
    lines = tuple(split_lines(text))
    assert len(read_lines(lines, "any").lines) == len(lines)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_the_same_text_is_read_the_same_way_every_time(text: str):
    lines = tuple(split_lines(text.replace("\x00", "")))
    assert read_lines(lines, "any") == read_lines(lines, "any")


@given(st.randoms(use_true_random=False))
def test_a_corpus_document_that_something_happened_to_is_read_to_the_end(chance: random.Random):
    try:
        made = reading(mutated(chance))
    except RoadmapUnreadable:
        return
    sound(made)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_titles_of_the_corpus_say_something_and_carry_no_markdown(case):
    made = reading(case.document, case)
    sound(made)
    for item in made.schedule.items:
        assert not SIGNS.search(item.title), item.title


def test_one_bad_line_never_hides_the_others():
    good = [f"- [ ] {day} May 2026: page {day}" for day in range(1, 28)]
    bad = [*good[:9], "- [ ] 31 June 2026: page nobody", *good[9:]]
    made = reading("\n".join(["# Read", "", *bad]))
    before = told(reading("\n".join(["# Read", "", *good])).schedule)
    assert [line for line in told(made.schedule) if "nobody" not in line] == list(before)
    assert codes(made.schedule) == ("impossible-date",)
    errors = [each for each in made.schedule.problems if each.severity is Severity.ERROR]
    assert [each.line for each in errors] == [12]


def test_a_line_is_never_dropped():
    for case in cases():
        made = reading(case.document, case)
        carried = "\n".join(f"{item.title}\n{item.notes}" for item in made.schedule.items)
        for receipt, line in zip(made.schedule.receipts, made.document.lines, strict=True):
            if receipt.role not in {Role.NOTE, Role.RULE, Role.CRITERION} or PLACEHOLDER.search(line):
                continue
            if receipt.items:
                words = re.findall(r"[^\W_]{4,}", line)
                assert not words or any(word in carried for word in words), (case.name, line)


def test_sessions_that_are_ticked_have_one_task_for_each_occurrence():
    for case in cases():
        items = reading(case.document, case).schedule.items
        for series in items:
            ticks = [item for item in items if item.key.startswith(f"{series.key}@")]
            assert all(item.kind is Kind.TASK and item.tick and item.parent == series.key for item in ticks)
            if ticks and series.recurrence is not None:
                days = [str(day) for day in series.recurrence.occurrences]
                assert [_day(item.span) for item in ticks] == days


def _day(span: object) -> str:
    return str(span.begin.date() if isinstance(span, Block) else getattr(span, "first", None))


FOUND = {
    "a date quoted beside a countdown": "## 1 week before> > 4 May 2026\n- [ ] Price the books\n",
    "an empty heading above a month": "# City day, 2026\n##\n May 2026\n",
    "talk that begins in a bullet": "- [ ] Thu\nSure! Here's your plan\n",
    "a sign that is a blank to us and none to Markdown": "\x1c\nDay 1: Import\nDay 2: Colour\n",
    "weeks that run backwards, up to a number beyond any calendar": "Start: 2026-01-05\n\n- Week 99999999-19\n",
    "a date beside weeks that run backwards": "# Weeks 9-3 (2026-02-02)\n",
    "a sign that is a blank to us above an underlined heading": "May\n\n\x1c\nWeek 4: Draw\n----\n",
    "a sign that is a blank to us below a month": "JUNE\n\u2029\nEvery Sunday: swim\n0 June 27: race\n",
    "a broken declaration in a table": "<table>\n<tr><![](x)\ntd>11 May 2026\n</table>\n",
    "a list item of a sign that is a blank to us": "- \u2029\n",
    "no weeks after the event": "---\nroadmap: {event_date: 2026-10-01}\n---\n## 0 weeks after\n- [ ] Unpack\n",
}


@pytest.mark.parametrize("name", FOUND)
def test_what_the_campaign_found_is_sound(name: str):
    sound(reading(FOUND[name]))


def test_a_slip_in_a_year_does_not_make_a_series_of_hundreds_of_years():
    concert = "## 2226年4月25日：発表会"
    routine = "## Weekly routine\n\n### Weekdays\n- 07:00-07:30 Scales"
    text = f"---\nroadmap: {{start: 2026-02-02}}\n---\n# 三味線の練習\n\n{concert}\n\n{routine}\n"
    series = [item.recurrence for item in reading(text).schedule.items if item.recurrence is not None]
    assert all(len(each.occurrences) < 5000 for each in series)


@pytest.mark.soak
def test_a_long_campaign_of_mutated_documents_finds_nothing():
    worst = timedelta()
    for seed in range(CAMPAIGN):
        text = mutated(random.Random(seed))
        begin = time.perf_counter()
        try:
            made: Reading | None = reading(text)
        except RoadmapUnreadable:
            made = None
        worst = max(worst, timedelta(seconds=time.perf_counter() - begin))
        assert worst.total_seconds() < SLOWEST, f"seed {seed} took {worst}"
        if made is not None:
            assert isinstance(made.document, Document)
            try:
                sound(made)
            except AssertionError as broken:
                raise AssertionError(f"seed {seed}: {broken}") from broken
