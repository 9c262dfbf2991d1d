"""Every document of the corpus reads as a careful person reads it, and the corpus covers what it claims."""

import pytest

from tests.reading.casebook import Case, cases, codes, reading, role_of, told

FRONT_MATTER_KEYS = """
    start month_length week_start first_week week_numbering anchor ranges workdays day_counting exclude conflict
    year overrides date_order event_date due tasks_from nested dedupe recurring session_days end timezone duration
    day_parts default_time pace fences include
"""


def expected(case: Case) -> pytest.MarkDecorator | tuple[()]:
    wanted = case.header.get("wanted")
    return pytest.mark.xfail(reason=wanted) if wanted else ()


@pytest.mark.parametrize("case", [pytest.param(case, marks=expected(case), id=case.name) for case in cases()])
def test_a_document_reads_as_a_careful_person_reads_it(case: Case):
    made = reading(case.document, case)
    assert told(made.schedule, case.header.get("zone", "UTC")) == case.items
    assert [(role_of(made, words), words) for _, words in case.roles] == list(case.roles)
    assert codes(made.schedule) == case.problems


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_line_of_the_corpus_is_without_a_role(case: Case):
    made = reading(case.document, case)
    assert [receipt.line for receipt in made.schedule.receipts] == list(
        range(1, len(made.document.lines) + 1)
    )
    assert "unknown" not in {receipt.role for receipt in made.schedule.receipts}


def test_every_ambiguity_and_every_key_has_a_case():
    rows = {row for case in cases() for row in case.rows}
    ambiguities = {f"4.{number}" for number in range(1, 31)}
    combinations = {f"7.{number}" for number in range(1, 10)}
    covered = {row.split()[0] for row in rows}
    assert ambiguities | combinations <= covered
    assert {row.split()[1] for row in rows if " " in row} >= set(FRONT_MATTER_KEYS.split())


def test_the_corpus_is_large_and_its_documents_are_small():
    assert len(cases()) >= 60
    assert all(3 <= len(case.document.splitlines()) <= 45 for case in cases())
