"""What is written into front matter reads back, and nothing else is touched."""

import datetime as dt
from dataclasses import fields
from zoneinfo import available_timezones

from hypothesis import given
from hypothesis import strategies as st

from sync.errors import RoadmapUnreadable
from sync.reading.frontmatter import with_options
from sync.reading.options import (
    DEFAULTS,
    Anchor,
    Options,
    Override,
    Pace,
)
from tests.reading.fronts import BLOCK, read

WORDS = st.text(min_size=1, max_size=12).filter(lambda words: words.split())
SPECIAL = st.sampled_from(
    ["on", "null", "~", "a: b", "# x", "- y", "[z]", "'", '"', "yes ", "2026-01-05", "é😀", "\\n"]
)
TEXT = (WORDS | SPECIAL).filter(lambda words: words.encode("utf-8", "ignore").decode().split())
DATES = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
DAYS = st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days)))
CLOCKS = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
PARTS = st.tuples(TEXT, st.tuples(CLOCKS, CLOCKS).filter(lambda ends: ends[0] < ends[1]))
OVERRIDE = st.builds(
    Override,
    TEXT,
    st.none() | st.integers(1, 999),
    DATES,
    st.none(),
    st.booleans(),
    st.sampled_from([None, "task"]),
)
STRATEGIES = {
    "slug": st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True).filter(lambda slug: slug != "all"),
    "title": TEXT,
    "start": DATES,
    "year": st.integers(1900, 2199),
    "event_date": DATES,
    "event": TEXT,
    "anchor": st.builds(Anchor, st.sampled_from(["day", "week", "month"]), st.integers(1, 9999), DATES),
    "week_numbering": st.sampled_from(["plan", "iso"]),
    "week_start": st.sampled_from(["start", "monday", "sunday", "saturday"]),
    "month_length": st.sampled_from(["auto", "calendar", 28, 30]),
    "pace": st.builds(Pace, st.integers(1, 99)) | st.builds(Pace, st.none(), st.integers(1, 99)),
    "workdays": DAYS,
    "session_days": DAYS,
    "exclude": st.lists(TEXT, max_size=3).map(tuple),
    "timezone": st.sampled_from(sorted(available_timezones() - {"localtime", "Factory", "posixrules"})),
    "duration": st.integers(1, 1440),
    "default_time": CLOCKS,
    "day_parts": st.lists(PARTS, max_size=2).map(tuple),
    "rest_words": st.lists(TEXT, max_size=2).map(tuple),
    "dedupe": st.booleans(),
    "recurring": st.booleans(),
    "fences": st.sampled_from(["auto", "skip", "read"]),
    "overrides": st.lists(OVERRIDE, max_size=4).map(tuple),
}
CHANGES = st.fixed_dictionaries({}, optional={key: st.none() | values for key, values in STRATEGIES.items()})
LISTED = BLOCK.replace(
    "    slug: plan\n",
    """    overrides:
        # one
        - {match: a, skip: true}  # why
        - match: b
          date: 2026-05-03
    slug: plan
""",
)
TEXTS = st.sampled_from(
    [
        "# Plan\n",
        "",
        "---\n---\nno end",
        "---\ntitle: x\n---\nplan",
        "---\ntitle: a: b\n---\nplan",
        "---\nroadmap: {}\n---\nplan",
        "---\nroadmap: {due: end, start: 2026-01-05, title: x} # c\nlayout: y\n---\nplan",
        "---\nroadmap:\n  overrides: [{match: z, skip: true}]\n  rest_words: [a]\n  dedupe: off # c\n---\n",
        LISTED,
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def options_of(text: str) -> dict[str, object]:
    return {field.name: getattr(read(text).options, field.name) for field in fields(Options)}


@given(TEXTS, CHANGES, ENDS, st.sampled_from(["", "\ufeff"]))
def test_what_is_written_is_what_is_read(text, changes, eol, bom):
    before = bom + text.replace("\n", eol)
    after = with_options(before, changes)
    alone = options_of(with_options("", changes))
    unchanged = options_of(before)

    expected = {key: alone[key] if key in changes else unchanged[key] for key in unchanged}

    assert options_of(after) == expected
    assert with_options(after, changes) == after


@given(CHANGES)
def test_options_written_out_in_full_read_back_the_same(changes):
    options = options_of(with_options("# Plan\n", changes))

    assert options_of(with_options("# Another\n", options)) == options


@given(TEXTS, CHANGES, ENDS)
def test_what_is_not_ours_stays_byte_for_byte(text, changes, eol):
    before = text.replace("\n", eol)
    after = with_options(before, changes)
    theirs = [row for row in before.split(eol) if row and not row.startswith((" ", "roadmap:", "---"))]
    rows = iter(after.split(eol))

    assert after.endswith(before.rpartition(f"---{eol}")[2])
    assert [row for row in theirs if row not in rows] == []


@given(CHANGES.map(lambda changes: {key: value for key, value in changes.items() if value is not None}))
def test_what_was_added_can_be_taken_back(changes):
    text = LISTED.replace("    start: 2026-01-05   # a Monday\n", "")
    said = options_of(text)
    new = {key: value for key, value in changes.items() if said[key] == getattr(DEFAULTS, key)}

    assert with_options(with_options(text, new), dict.fromkeys(new)) == text


ODD = st.lists(st.text(alphabet="ary:{}[]-#&*!|>'\"%@` \t,?\n\u2028é0", max_size=20), max_size=6)
KEPT = st.sampled_from(
    ["start: 2026-01-05", "start:", "overrides: [", "overrides:", "year: &y 2026", "{", "}"]
)


@given(st.lists(ODD.map("".join) | KEPT, max_size=5), st.sampled_from(["", "  ", "    "]))
def test_the_oddest_block_is_changed_rightly_or_not_at_all(rows, indent):
    text = "\n".join(["---", "roadmap:", *(indent + row for row in rows), "---", "# Plan"])
    changes = {"start": dt.date(2026, 2, 2), "overrides": (Override("a", skip=True),), "title": None}
    try:
        after = read(with_options(text, changes))
    except RoadmapUnreadable:
        return

    assert after.options.start == dt.date(2026, 2, 2)
    assert after.options.overrides == (Override("a", skip=True),)
