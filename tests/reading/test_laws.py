"""Laws of reading: the same plan written differently asks for the same things."""

import unicodedata
from collections.abc import Iterator

import pytest

from tests.reading.casebook import Case, cases, reading, told
from tests.reading.rewriting import (
    MONTH_FORMS,
    REWRITINGS,
    language,
    numbered_months,
    renamed,
    shuffles,
)


def _zone(case: Case) -> str:
    return case.header.get("zone", "UTC")


def _told(text: str, case: Case) -> tuple[str, ...]:
    # no-break blanks and full-width digits stay in titles, so titles are compared by what they say
    return tuple(
        unicodedata.normalize("NFKC", line) for line in told(reading(text, case).schedule, _zone(case))
    )


def _param(case: Case, law: str, *values: object) -> object:
    wanted = case.wanted_laws.get(law)
    marks = [pytest.mark.xfail(reason=wanted)] if wanted else []
    return pytest.param(case, *values, marks=marks, id=f"{case.name}, {' '.join(map(str, values))}")


def _rewritten() -> Iterator[object]:
    for case in cases():
        for law, change in REWRITINGS.items():
            if law not in case.exempt and change(case.document) != case.document:
                yield _param(case, law, law)


@pytest.mark.parametrize(("case", "law"), list(_rewritten()))
def test_writing_it_differently_changes_no_item(case: Case, law: str):
    assert _told(REWRITINGS[law](case.document), case) == _told(case.document, case)


def _renamed() -> Iterator[object]:
    for case in cases():
        for name, form in MONTH_FORMS.items():
            if "months" not in case.exempt and renamed(case.document, language(case), form) != case.document:
                yield _param(case, "months", name)


@pytest.mark.parametrize(("case", "form"), list(_renamed()))
def test_another_form_of_a_months_name_changes_no_date(case: Case, form: str):
    code = language(case)
    other = _told(renamed(case.document, code, MONTH_FORMS[form]), case)
    before = _told(case.document, case)
    assert [numbered_months(line, code) for line in other] == [numbered_months(line, code) for line in before]


@pytest.mark.parametrize(
    "case", [_param(case, "shuffle") for case in cases() if case.header.get("independent") == "yes"]
)
def test_independent_sections_may_stand_in_any_order(case: Case):
    expected = sorted(_told(case.document, case))
    for other in shuffles(case.document):
        assert other != case.document
        assert sorted(_told(other, case)) == expected


def test_titles_have_plain_blanks():
    made = reading("# Plan\n\n- [ ] Order\u00a0the\u202fpaint\n").schedule
    assert [item.title for item in made.items] == ["Order the paint"]
