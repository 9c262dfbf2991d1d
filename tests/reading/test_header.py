"""What a document says of itself: its title, its year, its start and end, the time it sets aside."""

import pytest

from sync.reading.expressions import Length, PartialDate
from sync.reading.reader import read
from tests.reading.sketches import only, roadmap


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The title\n\n## Other\n", "The title"),
        ("**Bold title**\n\ntext\n", "Bold title"),
        ("just text\n", "plan"),
        ("", "plan"),
        ("---\nroadmap: {title: Given}\n---\n# Written\n", "Given"),
        ("# 🚀 **Decorated** 🚀\n", "Decorated"),
    ],
)
def test_a_document_is_named_by_its_heading_its_bold_line_or_its_file(text: str, title: str):
    assert roadmap(text).title == title


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("# Wedding 2027\n", 2027),
        ("# Wedding\n\n## Spring 2027\n", 2027),
        ("# Room 101, seat 3000\n", None),
        ("# Plan\n\n**Start date:** 4 May 2028\n", 2028),
        ("# Plan\n", None),
    ],
)
def test_a_year_in_the_title_or_the_header_is_the_years(text: str, year: int | None):
    assert roadmap(text).year == year


def test_the_year_key_counts_before_the_title():
    assert roadmap("# Wedding 2027\n", "year: 2030").year == 2030


def test_start_and_end_are_taken_where_the_text_labels_them():
    made = roadmap("# Plan\n\n**Start date:** 4 May 2026\n**End date:** 31 May 2026\n**Author:** nobody\n")
    assert made.start == PartialDate(2026, 5, 4)
    assert made.end == PartialDate(2026, 5, 31)
    assert made.written_start_line == 3
    assert [str(line.role) for line in made.lines] == ["heading", "blank", "meta", "meta", "meta"]


def test_only_the_first_start_and_end_count():
    text = "Start: 4 May 2026\n\nStart: 5 May 2026\n\nEnd: 6 May 2026\n\nEnd: 7 May 2026\n"
    made = roadmap(text)
    assert (made.start, made.end) == (PartialDate(2026, 5, 4), PartialDate(2026, 5, 6))


def test_dates_of_the_whole_plan_are_its_start_and_its_end():
    made = roadmap("# Plan\n\n**Dates:** 4 May - 31 May 2026\n")
    assert (made.start and made.start.day, made.end and made.end.day) == (4, 31)


def test_a_front_matter_is_meta_line_by_line():
    made = roadmap("text\n", "start: 2026-01-05")
    assert [str(line.role) for line in made.lines] == ["meta"] * 3 + ["note"]
    assert made.header_lines == 3


def test_bytes_of_any_encoding_become_the_same_roadmap():
    text = "# Café\n\n- [ ] Löffel kaufen\n"
    readings = {
        read(text.encode(codec), "plan").roadmap.entries for codec in ("utf-8", "utf-8-sig", "utf-16")
    }
    assert len(readings) == 1


def test_plain_labels_on_lines_of_their_own_are_read_one_by_one():
    made = roadmap("# Plan\n\nStart date: 4 May 2026\nEnd date: 31 May 2026\n")
    assert (made.start, made.end) == (PartialDate(2026, 5, 4), PartialDate(2026, 5, 31))


def test_a_heading_that_sets_time_aside_keeps_it():
    assert only("## Week 1 (3h): Tar\n- [ ] stir\n").length == Length(180, 180)
    made = roadmap("## Week 1 (15 min / day): Tar\n- [ ] stir\n")
    assert made.commitments[0].minutes == tuple((day, 15) for day in range(1, 8))
    assert made.commitments[0].entry == made.entries[0].number


def test_time_set_aside_by_a_label_is_a_commitment_for_the_days_it_names():
    made = roadmap("**Daily time:** 2-3 hours on weekdays, 4 hours on weekends\n\n## Week 1\n- [ ] a\n")
    assert dict(made.commitments[0].minutes) == {1: 180, 2: 180, 3: 180, 4: 180, 5: 180, 6: 240, 7: 240}
    assert made.commitments[0].entry is None


def test_days_off_are_rest_days():
    made = roadmap("## Routine\n- Monday 18:00-19:00: Run\n- Sunday: rest\n")
    assert made.rest_days == (7,)
    assert [str(line.role) for line in made.lines] == ["heading", "session", "note"]


def test_what_the_document_claims_of_itself_is_kept():
    text = (
        "## Weekly routine\n### Weekdays\n- 07:00-08:00 Scales\n\n**Total time:** 2 hours\n\n## Rules\n"
        "- the Monday 18:00 meeting counts\n- 5 hours per week at least\n\n## Week 3 (today)\n- [ ] x\n"
    )
    assert {claim.subject for claim in roadmap(text).claims} == {
        "daily-total",
        "meeting",
        "weekly-total",
        "today",
    }


def test_an_empty_document_has_nothing_and_no_problem():
    made = roadmap("")
    assert (made.entries, made.lines, made.problems) == ((), (), ())
