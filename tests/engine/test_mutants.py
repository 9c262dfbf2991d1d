"""The list of mutants stays in step with the code, and the page with the list."""

from tests.engine.mutants import PAGE, ROOT, mutants, page


def test_each_mutant_changes_exactly_one_place():
    for mutant in mutants():
        source = (ROOT / mutant.file).read_text(encoding="utf-8")
        assert source.count(mutant.old) == 1, mutant.what
        assert mutant.old != mutant.new, mutant.what


def test_each_mutant_is_named_once_and_was_caught():
    text = PAGE.read_text(encoding="utf-8")
    listed = mutants()

    assert len({mutant.what for mutant in listed}) == len(listed)
    for mutant in listed:
        assert f"| {mutant.what} | `{mutant.file}` | `test_" in text, mutant.what


def test_the_page_has_one_line_per_mutant():
    listed = mutants()

    assert len(PAGE.read_text(encoding="utf-8").splitlines()) == len(
        page(dict.fromkeys(listed, "")).splitlines()
    )
