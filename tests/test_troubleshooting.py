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
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                parts = (str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values)
                yield "".join(parts)


@pytest.mark.parametrize("row", [row for row in rows() if not row[0].startswith("(")], ids=lambda row: row[0])
def test_what_the_page_quotes_is_what_the_program_says(row):
    parts = [part.strip() for part in row[0].split("…") if part.strip(" .“”'")]
    assert parts
    pattern = re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
    assert any(pattern.search(text) for text in said())


def test_every_row_says_why_and_what_to_do():
    assert all(all(cell for at, cell in enumerate(row) if at != 2) for row in rows())
