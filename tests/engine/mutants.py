"""Break the engine in every way that matters, one at a time, and see that the tests notice.

    python -m tests.engine.mutants            # try all, tell what survived
    python -m tests.engine.mutants --write    # and write the table into docs/architecture/mutants.md

Each mutant changes one place of a copy of the project, never the project itself, and runs the
engine's tests on it until the first failure. `test_mutants.py` keeps list, code and page in step.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture" / "mutants.md"
QUICK = (
    "tests/planning",
    "tests/applying",
    "tests/engine/test_stories.py",
    "tests/engine/test_recovery.py",
    "tests/contract",
    "tests/ledger",
)
SLOW = ("tests/engine/test_machine.py",)


class Mutant(NamedTuple):
    """One place and what stands there instead."""

    what: str
    file: str
    old: str
    new: str


def mutants() -> list[Mutant]:
    """Return the list, in its order."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["mutant"]
    return [Mutant(**mutant) for mutant in listed]


def tried(mutant: Mutant, folder: Path) -> str:
    """Return the test that caught the mutant in this copy of the project, or the empty text."""
    file = folder / mutant.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(mutant.old, mutant.new, 1), encoding="utf-8")
    try:
        return first_failure(folder, QUICK) or first_failure(folder, SLOW)
    finally:
        file.write_text(sound, encoding="utf-8")


def first_failure(folder: Path, tests: tuple[str, ...]) -> str:
    """Return the first test that fails, or the empty text where all pass."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not soak", "-p", "no:cacheprovider", *tests],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode == 0:
        return ""
    failed = [line.split(" ")[1] for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].rpartition("/")[2].partition("[")[0] if failed else "no test could be collected"


def copied(folder: Path) -> None:
    """Copy the project."""
    for part in ("sync", "tests", "docs"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)


def page(caught: dict[Mutant, str]) -> str:
    """Return the page with one line per mutant."""
    lines = [
        "# Mutants: the tests notice",
        "",
        "Written by `python -m tests.engine.mutants --write`.",
        "Each line is one change to the engine, and the first test that fails with it.",
        "",
        "| change | in | caught by |",
        "|---|---|---|",
        *(f"| {mutant.what} | `{mutant.file}` | `{test}` |" for mutant, test in caught.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try the mutants; return 1 where one survived."""
    parser = argparse.ArgumentParser(description="Break the engine and see that the tests notice.")
    parser.add_argument("--write", action="store_true", help="write the table into the documentation")
    parser.add_argument("--only", default="", help="try only mutants whose description holds this text")
    choice = parser.parse_args()
    caught: dict[Mutant, str] = {}
    with tempfile.TemporaryDirectory() as name:
        copied(Path(name))
        for mutant in mutants():
            if choice.only in mutant.what:
                caught[mutant] = tried(mutant, Path(name))
                sys.stdout.write(f"{caught[mutant] or 'SURVIVED':80} {mutant.what}\n")
                sys.stdout.flush()
    if choice.write and not choice.only and all(caught.values()):
        PAGE.write_text(page(caught), encoding="utf-8")
    return 0 if all(caught.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
