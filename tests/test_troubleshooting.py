"""The page for when something does not work knows every failure, and quotes the program."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from sync import errors
from tests.pages import README, ROOT, table_of, tables

PAGE = ROOT / "docs" / "troubleshooting.md"
HEADING = ("it says", "exit", "kind", "why", "what to do")
CLASSES = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, errors.RoadmapSyncError)
]
Row = tuple[str, ...]


def rows() -> list[Row]:
    found = tables(PAGE.read_text("utf-8").splitlines())
    return [row for table in found if table[0] == HEADING for row in table[1:]]


def kinds(row: Row) -> list[str]:
    return re.findall(r"`([a-z-]+)`", row[2])


@pytest.mark.parametrize("failure", CLASSES, ids=lambda each: each.__name__)
def test_the_page_has_every_kind_of_failure_under_its_exit_code(failure):
    assert (str(failure.exit_code), failure.code) in {(row[1], kind) for row in rows() for kind in kinds(row)}


def test_the_page_names_no_kind_that_there_is_not():
    known = {(str(each.exit_code), each.code) for each in CLASSES} | {("130", "interrupted")}
    assert {(row[1], kind) for row in rows() for kind in kinds(row)} == known


def test_the_page_has_every_exit_code_of_the_readme_but_that_of_success():
    codes = {code for code, _ in table_of(README, "code", "means")}
    assert {row[1] for row in rows()} == codes - {"0"}


@cache
def said() -> tuple[str, ...]:
    """Every text of the program, with … where it puts something in."""
    return tuple(_said())


def _said() -> Iterator[str]:
    for path in (ROOT / "sync").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (text := text_of(node)) is not None:
                yield text


QUOTED = [row for row in rows() if not row[0].startswith("(")]


def pattern(row: Row) -> re.Pattern[str]:
    """What the words of a row look like in the program, whatever stands between them."""
    parts = [part.strip() for part in row[0].split("…") if part.strip(" .“”'")]
    assert parts
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)


@pytest.mark.parametrize("row", QUOTED, ids=lambda row: row[0])
def test_what_the_page_quotes_is_what_the_program_says(row):
    assert any(pattern(row).search(text) for text in said())


UNSEEN = ("sandbox/", "targets/memory.py", "app/diagnosing")
"""What no person meets, and the lines of the doctor, who says for each what to do."""


def titles() -> Iterator[tuple[str, str]]:
    """Exit code and title of each error that is made with words of its own, with … where something is put in."""
    trees = {
        path: ast.parse(path.read_text("utf-8"))
        for path in sorted((ROOT / "sync").rglob("*.py"))
        if not path.relative_to(ROOT / "sync").as_posix().startswith(UNSEEN)
    }
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    codes = {each.__name__: str(each.exit_code) for each in CLASSES}
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.bases and ast.unparse(node.bases[0]) in codes:
            codes.setdefault(node.name, codes[ast.unparse(node.bases[0])])
    for node in nodes:
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in codes:
            title = text_of(node.args[0])
            if title is not None and title.strip("….: "):
                yield codes[ast.unparse(node.func)], title


def text_of(node: ast.AST) -> str | None:
    """What a text is made from, None for anything but a text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@pytest.mark.parametrize(("code", "title"), sorted(set(titles())))
def test_the_page_has_a_row_for_each_sentence_that_a_person_may_meet(code, title):
    assert [row[0] for row in QUOTED if row[1] == code and pattern(row).search(title)]


def test_every_row_says_why_and_what_to_do():
    assert all(all(cell for at, cell in enumerate(row) if at != 2) for row in rows())
