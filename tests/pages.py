"""The pages of documentation as data: their fenced blocks and tables, and their commands carried out."""

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import click
import pytest

from sync.cli import cli, main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^(`{3,})(\w*)$")
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


def blocks(page: Path, language: str) -> list[Block]:
    """The fenced blocks of one language."""
    lines = page.read_text("utf-8").splitlines()
    return [block for block in _blocks(page, lines) if block.language == language]


def _blocks(page: Path, lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if fence is None:
            at += 1
            continue
        end = lines.index(fence[1], at + 1)
        below = takewhile(lambda line: not line.startswith(("#", "```")), lines[end + 1 :])
        yield Block(page, at + 1, fence[2], tuple(lines[at + 1 : end]), tuple(below))
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
    words = (shlex.split(line, comments=True) for line in block.lines)
    return [each[1:] for each in words if each[:1] == ["roadmap-sync"]]


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
