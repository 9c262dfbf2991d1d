"""How fast the commands are: `python -m benchmarks.app` prints ratios against the floors of `floors`.

Every figure is the median of whole processes, program and floor in turn, after one run that warms up.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from typing import Any

from icalendar import Calendar, Component

from benchmarks.floors import COMPONENTS

ROOT = Path(__file__).parents[1]
RUNS = 15
TODAY = "2026-02-05"

Property = tuple[str, str, Any]


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copytree(ROOT / "roadmaps", folder / "roadmaps")
        run(program(folder, "export"), folder)
        (folder / COMPONENTS).write_text(json.dumps(_components(folder / "feeds")), "utf-8")
        print(f"{'what':<34} {'ms':>6} {'floor':>6} {'ratio':>6}   goal")
        version = [sys.executable, "-m", "sync", "--version"]
        compare("--version", version, floor("--version"), folder, 1.5)
        compare("export, unchanged", program(folder, "export"), floor("unchanged", str(folder)), folder, 1.5)
        compare(
            "export, cold", program(folder, "export"), floor("cold", str(folder)), folder, 2.0, forget=True
        )


def _components(feeds: Path) -> dict[str, list[tuple[str, list[Property]]]]:
    """The components of the feeds of single roadmaps; the feed of all takes its own over from them."""
    found = {}
    for path in sorted(feeds.glob("*.ics")):
        if path.name != "all.ics":
            calendar = Calendar.from_ical(path.read_bytes())
            components = calendar.walk("VEVENT") + calendar.walk("VTODO")
            found[path.name] = [(each.name or "", list(_properties(each))) for each in components]
    return found


def _properties(component: Component) -> Iterator[Property]:
    for name, value in component.items():
        native = getattr(value, "dt", value)
        if isinstance(native, datetime) and "TZID" in value.params:
            yield name, "wall", [native.replace(tzinfo=None).isoformat(), str(value.params["TZID"])]
        elif isinstance(native, datetime):
            yield name, "moment", native.isoformat()
        elif isinstance(native, date):
            yield name, "day", native.isoformat()
        elif isinstance(native, dict):
            rule = {key: [str(each) for each in values] for key, values in native.items() if key != "UNTIL"}
            yield name, "rule", rule
        elif isinstance(native, int):
            yield name, "number", int(native)
        else:
            yield name, "text", value.to_ical().decode()


def program(folder: Path, *words: str) -> list[str]:
    """The command line of a command, with all it knows in this folder."""
    state = ["--state", str(folder / "state"), "--today", TODAY, "--config", "/dev/null"]
    return [sys.executable, "-m", "sync", *state, *words]


def floor(*words: str) -> list[str]:
    """The command line of a floor."""
    return [sys.executable, "-m", "benchmarks.floors", *words]


def run(command: Sequence[str], folder: Path) -> str:
    """Carry a command line out in a process of its own; what it prints."""
    environ = {"PYTHONPATH": str(ROOT), "TZ": "Africa/Nairobi", "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=True)
    return done.stdout


def _timed(command: Sequence[str], folder: Path, *, forget: bool) -> float:
    if forget:
        rmtree(folder / "state", ignore_errors=True)
        rmtree(folder / "feeds", ignore_errors=True)
    begin = time.perf_counter()
    run(command, folder)
    return (time.perf_counter() - begin) * 1000


def compare(
    what: str, ours: Sequence[str], floor: Sequence[str], folder: Path, goal: float, *, forget: bool = False
) -> None:
    """Print the median of a command beside that of its floor; with `forget`, all that it wrote is gone each time."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(RUNS + 1):
        for command, taken in zip((ours, floor), times, strict=True):
            took = _timed(command, folder, forget=forget and command is ours)
            if turn:
                taken.append(took)
    mine, least = map(statistics.median, times)
    print(f"{what:<34} {mine:>6.0f} {least:>6.0f} {mine / least:>6.2f}   {goal}")


if __name__ == "__main__":
    main()
