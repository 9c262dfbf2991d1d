"""The pages of documentation as data: their fenced blocks and tables, and their commands carried out."""

import importlib.util
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import ModuleType

import click
import pytest

from sync.cli import cli, main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^( *)(`{3,})(\w*)$")
TYPED = re.compile(r"(?:^|[\s/=])roadmap-sync ([^|>;&]*)")
"""A command of the program, wherever it stands in a line: behind a pipe, in a crontab, in a unit of systemd."""
CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    """The line of its first fence, from 1."""
    language: str
    lines: tuple[str, ...]
    below: tuple[str, ...]
    """What follows it up to the next block or heading."""

    @property
    def name(self) -> str:
        """Where it stands, for the names of tests."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def name_of(page: Path) -> str:
    """A page as a person would name it."""
    return page.relative_to(ROOT).as_posix()


def every_block(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    return list(_blocks(page, page.read_text("utf-8").splitlines()))


def blocks(page: Path, language: str) -> list[Block]:
    """The fenced blocks of one language."""
    return [block for block in every_block(page) if block.language == language]


def _blocks(page: Path, lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if fence is None:
            at += 1
            continue
        indent, mark, language = fence.groups()
        end = lines.index(indent + mark, at + 1)
        below = takewhile(lambda line: not line.startswith(("#", "```")), lines[end + 1 :])
        inside = tuple(line.removeprefix(indent) for line in lines[at + 1 : end])
        yield Block(page, at + 1, language, inside, tuple(below))
        at = end + 1


def tables(lines: tuple[str, ...] | list[str]) -> list[list[tuple[str, ...]]]:
    """The tables among some lines, each with its heading first and without its ruler."""
    found: list[list[tuple[str, ...]]] = []
    inside = False
    for line in lines:
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
            inside = True
        cells = tuple(cell.strip().replace("\\|", "|") for cell in CELL_BORDER.split(line)[1:-1])
        if not set("".join(cells)) <= set("-: "):
            found[-1].append(cells)
    return found


def table_of(page: Path, *heading: str) -> list[tuple[str, ...]]:
    """The rows of the one table of a page that has this heading, without code quotes."""
    pages = tables(page.read_text("utf-8").splitlines())
    (rows,) = [table[1:] for table in pages if table[0] == heading]
    return rows


def commands(block: Block) -> list[list[str]]:
    """The arguments of each roadmap-sync command of a block."""
    found = (TYPED.search(line) for line in block.lines if not line.startswith("#"))
    return [shlex.split(each[1], comments=True) for each in found if each is not None]


def script(name: str) -> ModuleType:
    """A program of the folder scripts/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int | str | None, str]:
    """Carry out a command in this process: its exit code and its output."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    captured = capsys.readouterr()
    return left.value.code, captured.out + captured.err


def serve(arguments: list[str]) -> tuple[int, str]:
    """Run a server until it says its address, then end it with SIGTERM: its exit code and what it said."""
    program = [sys.executable, "-m", "sync", *arguments, "--port", "0"]
    # its output is read line by line, so that nothing has to be waited for by the clock
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "webcal://" in line:
                break
        # once: a second signal would cut it off
        process.send_signal(signal.SIGTERM)
        said += process.stdout.read()
        return process.wait(), said


def program_commands(group: click.Group = cli, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of the program by its full name, in the order of the help."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from program_commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command
