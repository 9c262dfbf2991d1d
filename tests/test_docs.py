"""The documentation tells the truth: its examples are read, its commands run, its paths and links exist."""

import ast
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from sync.cli import cli
from sync.errors import RoadmapUnreadable
from sync.model import Block, Days, Item, Schedule
from sync.reading.grammar import phrase as grammar
from sync.reading.reader import read
from sync.reading.words import available, vocabulary
from sync.scheduling.expand import schedule
from sync.scheduling.settings import Settings
from tests import pages
from tests.invented import PHASED
from tests.pages import (
    PAGES,
    README,
    ROOT,
    blocks,
    commands,
    every_block,
    name_of,
    program_commands,
    table_of,
    tables,
)
from tests.typist import typist

DOCS = tuple(page for page in PAGES if page != README)
GRAMMAR = ROOT / "docs" / "architecture" / "02-grammar.md"
FORMAT = ROOT / "docs" / "format" / "README.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
TODAY = date(2026, 1, 5)
TYPED = ("sh", "crontab", "systemd")
"""Kinds of blocks whose commands are carried out."""
LINK = re.compile(r"\]\(([^()\s]+)\)")
INLINE = re.compile(r"`roadmap-sync ([^`]+)`")
SHARED = {"--help", "--version", "-h", "-vv"}
PATH = re.compile(r"`((?:sync|tests|docs|benchmarks|scripts)/[\w./-]*)`")


def examples(language: str) -> list[pages.Block]:
    return [block for page in DOCS for block in blocks(page, language)]


# --- documents and what is read in them ---


def read_example(block: pages.Block) -> Schedule:
    text = "\n".join(block.lines) + "\n"
    roadmap = read(text.encode(), "example").roadmap
    settings = Settings(timezone="Africa/Nairobi")
    return schedule(roadmap, name="example", file="example.md", today=TODAY, settings=settings)


def when(item: Item) -> str:
    """An item's time in one line: dates, inclusive at both ends, and times as they are on the clock."""
    if item.span is None:
        return "no date"
    if isinstance(item.span, Block):
        first = f"{item.span.begin:%Y-%m-%d %H:%M}–{item.span.end:%H:%M}"
    else:
        first = days(item.span)
    series = item.recurrence
    if series is None:
        return first
    last = "and on" if series.open_end else f"to {max(series.occurrences)}"
    return f"{first}, {len(series.occurrences)} times {last}"


def days(span: Days) -> str:
    return f"{span.first}" if span.first == span.last else f"{span.first} to {span.last}"


def told(made: Schedule, heading: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What the program has to say under such a heading."""
    if heading[0] == "line":
        rows = [
            {"line": f"{each.line}", "role": f"{each.role}"} for each in made.receipts if each.role != "blank"
        ]
    elif heading[0] == "problem":
        rows = [
            {"problem": each.code, "line": f"{each.line}", "message": each.message} for each in made.problems
        ]
    else:
        rows = [_facts(item) for item in made.items if "@" not in item.key]
    return [tuple(row[name] for name in heading) for row in rows]


def _facts(item: Item) -> dict[str, str]:
    return {
        "kind": f"{item.kind}",
        "title": item.title,
        "when": when(item),
        "key": item.key,
        "done": "done" if item.done else "",
        "notes": item.notes.replace("\n", " / "),
        "because": "; ".join(item.guessed.values()),
    }


@pytest.mark.parametrize("block", examples("markdown"), ids=lambda block: block.name)
def test_an_example_is_read_as_the_table_below_it_says(block):
    expected = tables(block.below)
    assert expected, "an example needs a table with its reading below it"
    made = read_example(block)
    for heading, *rows in expected:
        assert told(made, heading) == rows


def codes_in_the_program() -> Iterator[str]:
    """The code of every problem that the source makes with a code of its own."""
    for path in (ROOT / "sync").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Problem"
                and len(node.args) > 2
            ):
                code = node.args[2]
                if isinstance(code, ast.Constant):
                    yield str(code.value)


def test_the_format_page_lists_every_problem_of_the_program():
    listed = [row[0].strip("`") for row in table_of(FORMAT, "problem", "what it means")]
    assert listed == sorted({*codes_in_the_program(), RoadmapUnreadable.code})


def test_the_format_page_lists_every_language():
    (row,) = [line for line in FORMAT.read_text("utf-8").splitlines() if line.startswith("Languages: ")]
    assert tuple(sorted(re.findall(r"`(\w\w)`", row))) == available()


# --- the grammar ---


def parts_in_the_grammar() -> set[str]:
    tried = [*grammar.AT_NUMBER, *(part for parts in grammar.AT_WORD.values() for part in parts)]
    return {part.__name__ for part in tried}


def grammar_table() -> list[tuple[str, ...]]:
    return table_of(GRAMMAR, "part", "module", "value", "reads")


def test_the_grammar_page_lists_every_part():
    assert sorted(row[0].strip("`") for row in grammar_table()) == sorted(parts_in_the_grammar())


@pytest.mark.parametrize("row", grammar_table(), ids=lambda row: row[0])
def test_a_part_of_the_grammar_reads_its_examples(row):
    part, module, value, reads = row
    assert (ROOT / "sync" / "reading" / "grammar" / module.strip("`")).is_file(), part
    words = vocabulary(available())
    for example in re.findall(r"`([^`]+)`", reads):
        found = grammar.phrase(example, words).found
        assert value.strip("`") in {type(hit.value).__name__ for hit in found}, example


# --- commands ---


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder: two roadmaps, `bread` and `garden`, and a pasted document that is not added yet."""
    pasted = (ROOT / "tests" / "pasted.txt").read_text("utf-8")
    (tmp_path / "pasted.txt").write_text(pasted, "utf-8")
    (tmp_path / "roadmaps").mkdir()
    header = "---\nroadmap:\n  start: 2026-03-02\n---\n"
    (tmp_path / "roadmaps" / "bread.md").write_text(header + pasted, "utf-8")
    (tmp_path / "roadmaps" / "garden.md").write_text(PHASED, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


@pytest.mark.parametrize("page", DOCS, ids=name_of)
def test_the_commands_of_a_page_work_one_after_another(page, folder, capsys, monkeypatch):
    typed = [block for block in every_block(page) if block.language in TYPED and commands(block)]
    if not typed:
        return
    with typist(folder / "data" / "roadmap-sync", capsys, monkeypatch) as person:
        person.sign_in()
        for block in typed:
            person.types(block)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_command_stands_where_it_is_tried_out(page):
    """In no other kind of block, and in none that is made by indentation."""
    others = [block for block in every_block(page) if block.language not in {*TYPED, "console"}]
    assert not [block.name for block in others if commands(block)]
    assert not re.findall(r"^ {4,}(?:\$ )?roadmap-sync .*", page.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_command_within_a_sentence_has_a_name_and_options_that_exist(page):
    known = dict(program_commands())
    groups = {name.partition(" ")[0] for name in known if " " in name}
    for words in (shlex.split(each) for each in INLINE.findall(page.read_text("utf-8"))):
        plain = [word for word in words if not word.startswith("-")]
        name = " ".join(plain[: 2 if plain[:1] and plain[0] in groups else 1])
        if name and not name.isupper():
            assert name in {*known, *groups}, name
            options = {*SHARED, *(option for each in known.get(name, cli).params for option in opts(each))}
            assert {word for word in words if word.startswith("-")} <= options, words


def opts(parameter: click.Parameter) -> list[str]:
    return [*parameter.opts, *parameter.secondary_opts]


# --- paths, links, decisions ---


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_links_of_a_page_lead_somewhere(page):
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" not in link:
            assert (page.parent / link.partition("#")[0]).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_files_that_a_page_names_exist(page):
    for path in PATH.findall(page.read_text("utf-8")):
        assert (ROOT / path).exists(), path


def test_decisions_are_numbered_and_short():
    assert [page.name[:4] for page in DECISIONS] == [f"{at:03}-" for at in range(1, len(DECISIONS) + 1)]
    for page in DECISIONS:
        lines = page.read_text("utf-8").splitlines()
        assert len(lines) <= 25, page.name
        assert lines[0].startswith(f"# {page.name[:3]}: "), page.name


def test_every_page_can_be_found_from_the_first_one():
    seen, left = set(), [README]
    while left:
        page = left.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            links = LINK.findall(page.read_text("utf-8"))
            left += [(page.parent / link.partition("#")[0]).resolve() for link in links if "://" not in link]
    assert not [name_of(page) for page in PAGES if page not in seen]
