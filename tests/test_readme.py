"""The README tells the truth: its commands, its exit codes and its output are those of the program."""

import os
import re
import shutil
from pathlib import Path

import httpx
import pytest

from sync import errors
from tests.pages import README, ROOT, Block, blocks, commands, program_commands, run, table_of, tables
from tests.typist import typist

COMMAND = re.compile(r"`([a-z]+(?: [a-z]+)?)( [^`]*)?`")
ANYTHING = "…"
UPDATE = "ROADMAP_SYNC_UPDATE"
"""Set, it makes the test write what the program says into the README instead of comparing it."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the README has it: the shipped roadmaps, a pasted document, nothing remembered."""
    shutil.copytree(ROOT / "roadmaps", tmp_path / "roadmaps")
    shutil.copyfile(ROOT / "tests" / "pasted.txt", tmp_path / "pasted.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


# --- the commands ---


def in_readme() -> dict[str, str]:
    """The commands of the README with their sentences."""
    text = README.read_text("utf-8").splitlines()
    rows = [row for table in tables(text) if table[0][0] == "command" for row in table[1:]]
    found = {}
    for row in rows:
        match = COMMAND.fullmatch(row[0])
        assert match is not None, row
        found[match[1]] = row[1]
    return found


def test_the_readme_lists_the_commands_of_the_program_in_their_order():
    assert list(in_readme()) == [name for name, _ in program_commands()]


@pytest.mark.parametrize(("name", "command"), list(program_commands()), ids=str)
def test_the_readme_says_of_a_command_what_its_help_says(name, command):
    assert in_readme()[name] == command.get_short_help_str(limit=1000)


def test_help_names_every_command_of_the_readme(capsys):
    code, told = run(["--help"], capsys)
    assert code == 0
    for name in in_readme():
        assert re.search(rf"^  {name.partition(' ')[0]}\b", told, re.MULTILINE), name


@pytest.mark.parametrize("name", [name for name, _ in program_commands()])
def test_every_command_explains_itself(name, capsys):
    code, told = run([*name.split(), "--help"], capsys)
    assert code == 0
    assert told.startswith(f"Usage: roadmap-sync {name}")


# --- the exit codes ---


def test_the_readme_lists_every_exit_code_of_the_program():
    classes = [each for each in vars(errors).values() if isinstance(each, type) and each is not str]
    raised = {each.exit_code for each in classes if issubclass(each, errors.RoadmapSyncError)}
    told = [int(code) for code, _ in table_of(README, "code", "means")]
    assert told == sorted(raised | {0, 1, 3, 130})


# --- the examples ---


def with_output(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines it should print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("block", blocks(README, "console"), ids=lambda block: block.name)
def test_the_output_in_the_readme_is_what_the_program_prints(block, desk, capsys):
    for command, expected in with_output(block):
        (arguments,) = commands(Block(block.page, block.line, "sh", (command[2:],), ()))
        code, told = run(arguments, capsys)
        assert code == 0, told
        actual = [line.rstrip() for line in told.splitlines()]
        actual = shortened(actual, expected)
        if UPDATE in os.environ:
            _rewrite(command, expected, actual)
        else:
            assert actual == expected
            assert actual != [ANYTHING]


def shortened(actual: list[str], expected: list[str]) -> list[str]:
    """The output cut where the README cuts it: a line with nothing but … stands for the rest."""
    return [*actual[: len(expected) - 1], ANYTHING] if expected[-1:] == [ANYTHING] else actual


def _rewrite(command: str, old: list[str], new: list[str]) -> None:
    before = "\n".join([command, *old])
    README.write_text(README.read_text("utf-8").replace(before, "\n".join([command, *new])), "utf-8")


def test_the_commands_in_the_readme_work_one_after_another(desk, capsys, monkeypatch):
    with typist(desk / "data" / "roadmap-sync", capsys, monkeypatch) as person:
        said = "".join(person.types(block) for block in blocks(README, "sh"))
    assert "Signed in to Google Calendar" in said
    assert "Signed in to Todoist" in said


def test_a_newcomer_comes_from_a_pasted_document_to_a_tick_in_four_commands(desk, capsys, monkeypatch):
    """Nothing is there but the document; every word is the README's, but for the tick on the phone."""
    shutil.rmtree(desk / "roadmaps")
    first, second, third = (block for block in blocks(README, "sh") if "trial" in "".join(block.lines))
    with typist(desk / "data" / "roadmap-sync", capsys, monkeypatch) as person:
        person.types(first)
        assert "to create" in person.types(second)
        page = httpx.get(f"{person.trial}phone/tasks", trust_env=False).text
        tasks = re.findall(r'name="task" value="([^"]+)"', page)
        form = {"task": tasks[0], "done": "yes"}
        assert httpx.post(f"{person.trial}phone/tasks/tick", data=form, trust_env=False).status_code == 303
        assert "todoist: 1 done" in person.types(third)
    assert sum(len(commands(block)) for block in (first, second, third)) == 4


def test_the_targets_in_the_readme_are_in_the_makefile():
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README.read_text("utf-8"), re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"demo", "test"} <= named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
