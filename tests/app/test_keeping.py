"""The readings that make ticks quick: made anew when something changed, and only then."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sync.app import keeping, library
from sync.errors import ConfigError, RoadmapUnreadable
from sync.ledger.progress import Progress
from sync.ledger.schedules import Schedules
from sync.ledger.store import open_ledger
from tests.desk import Desk
from tests.invented import DATED, PHASED, STARTED

BOXES = "week/day-2/draw-twenty-boxes"
LINES = "week/day-1/fill-a-page-with-straight-lines"
HEAVY = ("pydantic", "markdown_it", "icalendar", "yaml", "ftfy", "sync.reading.reader", "sync.scheduling")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.write("roadmaps/week.md", STARTED)
    return desk


def stands(desk: Desk, key: str) -> bool:
    with open_ledger(desk.state) as ledger:
        standing = Progress(ledger).standing(key)
    return standing is not None and standing.done


def readings(desk: Desk) -> dict[str, tuple[str, str]]:
    with open_ledger(desk.state) as ledger:
        return Schedules(ledger).stamps()


def count_readings(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note which files are read from here on."""
    seen: list[list[str]] = []
    read = keeping.read

    def noting(run, paths):
        seen.append([path.name for path in paths])
        return read(run, paths)

    monkeypatch.setattr(keeping, "read", noting)
    return seen


@pytest.mark.parametrize(
    "words",
    [("done", LINES), ("undo", BOXES), ("checkin", BOXES, "--hours", "1"), ("done", BOXES)],
    ids=lambda words: words[0],
)
def test_a_tick_loads_no_parser_once_the_roadmaps_were_read(desk, words):
    desk.run("done", "circles")
    program = "import sys; from sync.cli import main\ntry: main(sys.argv[1:])\nfinally: print(*sys.modules)"
    given = ["--state", str(desk.state), "--today", "2026-03-02", *words]
    ran = subprocess.run([sys.executable, "-c", program, *given], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "sync.app.ticking" in loaded
    assert not loaded & set(HEAVY)


def test_a_roadmap_is_read_again_only_when_it_changed(desk, monkeypatch):
    seen = count_readings(monkeypatch)
    desk.write("roadmaps/dated.md", DATED)
    desk.run("done", BOXES)
    desk.run("done", LINES)
    assert seen == [["dated.md", "week.md"]]
    desk.write("roadmaps/dated.md", f"{DATED}- [ ] Rest\n")
    desk.run("done", "rest")
    assert seen[1:] == [["dated.md"]]


def test_a_document_that_changes_while_it_is_read_is_read_again(desk, monkeypatch):
    load, shapes = library.load, ["spirals", "spheres"]

    def slow(run, paths):
        loaded = load(run, paths)
        desk.write("roadmaps/week.md", STARTED.replace("circles", shapes.pop(0)))
        return loaded

    with monkeypatch.context() as patched:
        patched.setattr(library, "load", slow)
        desk.run("done", BOXES)
    assert shapes == []
    assert desk.run("done", "spheres").code == 0


@pytest.mark.parametrize("change", ["timezone", "slots", "year"])
def test_a_roadmap_is_read_again_when_it_would_be_dated_otherwise(desk, monkeypatch, change):
    desk.run("done", BOXES)
    seen = count_readings(monkeypatch)
    text = {"timezone": 'timezone = "Asia/Tokyo"\n', "slots": '[slots]\nweekday = "06:00"\n', "year": ""}
    desk.write("config.toml", text[change])
    desk.run("done", LINES, today=date(2027, 3, 2) if change == "year" else date(2026, 3, 3))
    assert seen == [["week.md"]]


@pytest.mark.parametrize(
    "moved", ["sync.reading.VERSION", "sync.app.keeping.FORMAT", "sync.app.keeping.__version__"]
)
def test_a_roadmap_is_read_again_by_another_reader_or_program(desk, monkeypatch, moved):
    desk.run("done", BOXES)
    seen = count_readings(monkeypatch)
    monkeypatch.setattr(moved, "another")
    desk.run("done", LINES)
    desk.run("undo", LINES)
    assert seen == [["week.md"]]


def test_a_roadmap_that_vanished_is_no_longer_offered_and_keeps_its_ticks(desk):
    desk.write("roadmaps/dated.md", DATED)
    desk.run("done", LINES)
    (desk.roadmaps / "week.md").unlink()
    assert desk.run("done", "circles").code == 2
    assert readings(desk).keys() == {"dated"}
    assert stands(desk, LINES)


def test_a_roadmap_outside_the_folder_stays_known_once_it_was_read(desk):
    outside = desk.write("elsewhere/phased.md", PHASED)
    keeping.read(desk.world(), [outside.resolve()])
    assert desk.run("done", "brambles").code == 0
    outside.write_text(PHASED.replace("brambles", "nettles"), "utf-8")
    assert desk.run("done", "nettles").code == 0


def test_a_file_that_cannot_be_read_does_not_stop_a_tick_in_another(desk):
    desk.write("roadmaps/bad.md", bytes(range(256)))
    said = desk.run("done", LINES)
    assert said.code == 0
    assert said.err.startswith("bad.md is not a text file.")
    again = desk.run("undo", LINES)
    assert (again.code, again.err) == (0, said.err)


def test_without_any_roadmap_that_can_be_read_a_tick_fails(desk):
    desk.write("roadmaps/week.md", "")
    assert desk.run("done", LINES).code == RoadmapUnreadable.exit_code
    (desk.roadmaps / "week.md").unlink()
    assert desk.run("done", LINES).code == RoadmapUnreadable.exit_code
    desk.roadmaps.rmdir()
    assert desk.run("done", LINES).code == ConfigError.exit_code


def test_a_second_file_of_the_same_name_takes_nothing_from_the_first(desk):
    desk.write("roadmaps/week.md", STARTED)
    desk.run("done", LINES)
    desk.write("roadmaps/zzz.md", DATED.replace("# Orchard", "---\nroadmap: {slug: week}\n---\n# Orchard", 1))
    said = desk.run("undo", LINES)
    assert said.code == 0
    assert "would be called week" in said.err
    assert Path(readings(desk)["week"][0]).name == "week.md"


def test_the_first_file_in_order_gets_the_name_that_two_want(desk):
    desk.run("done", LINES)
    desk.write("roadmaps/aaa.md", DATED.replace("# Orchard", "---\nroadmap: {slug: week}\n---\n# Orchard", 1))
    assert desk.run("done", "test the soil").code == 0
    assert Path(readings(desk)["week"][0]).name == "aaa.md"


def test_json_stays_alone_on_stdout(desk):
    desk.write("roadmaps/bad.md", "")
    said = desk.run("done", LINES, "--json")
    assert json.loads(said.out)["changed"]
    assert said.err.startswith("bad.md is empty.")
