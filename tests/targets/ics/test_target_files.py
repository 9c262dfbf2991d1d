"""Files that are gone, torn or somebody else's, and runs that end in the middle of a write."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sync.errors import RetryLater, TargetError
from sync.remote import Sending
from sync.targets.ics import commit, files, parsing
from sync.targets.ics.target import IcsTarget
from tests.targets.ics.plans import LATER, MUCH_LATER, THREE, day, plan, reworded, task
from tests.targets.ics.pushing import Desk, creations
from tests.targets.ics.whole import OTHER

CHANGED = reworded(THREE, 0, title="Another")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.push(THREE, OTHER)
    return desk


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    reading = IcsTarget(tmp_path / "nowhere", [THREE], now=LATER).read(b"")

    assert (reading.items, reading.memory) == ((), b"")


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "feeds").write_bytes(b"")

    with pytest.raises(TargetError, match="cannot be read") as told:
        IcsTarget(tmp_path / "feeds", [THREE], now=LATER).read(b"")
    assert "[ics]" in told.value.hint


@pytest.mark.parametrize("name", ["plan.ics", "plan.tasks.ics"])
def test_a_feed_that_is_gone_is_not_a_feed_whose_items_were_removed(desk, name):
    desk.pulled(THREE, OTHER)
    (desk.folder / name).unlink()

    with pytest.raises(TargetError, match=f"{name} is gone") as told:
        desk.push(THREE, OTHER)
    assert "roadmap-sync export" in told.value.hint


def test_a_calendar_that_is_gone_is_missed_even_without_any_memory(desk):
    (desk.folder / "plan.ics").unlink()

    with pytest.raises(TargetError, match=r"plan\.ics is gone"):
        desk.target(THREE).read(b"")


def test_a_calendar_that_is_gone_is_missed_under_the_new_name_of_its_roadmap(tmp_path):
    desk, renamed = Desk(tmp_path / "renamed"), replace(THREE, slug="new")
    desk.push(renamed)
    (desk.folder / "new.ics").unlink()

    with pytest.raises(TargetError, match=r"new\.ics is gone"):
        desk.target(renamed).read(b"")


def test_a_feed_that_is_gone_comes_back_by_an_export(desk):
    desk.pulled(THREE, OTHER)
    (desk.folder / "plan.ics").unlink()

    desk.export(THREE, OTHER)

    assert desk.plan(THREE).effects == ()


def test_a_feed_of_a_roadmap_that_is_no_more_may_be_gone(desk):
    desk.pulled(THREE, OTHER)
    for name in ("other.ics", "other.tasks.ics"):
        (desk.folder / name).unlink()

    assert desk.plan(THREE).effects == ()


DAMAGE = {
    "cut": lambda data: data[:-40],
    "cut within the head": lambda data: data[:90],
    "empty": lambda data: b"",
    "no beginning": lambda data: data[20:],
    "an end too many": lambda data: re.sub(rb"(END:V(?:EVENT|TODO)\r\n)", rb"\1\1", data, count=1),
    "an end too few": lambda data: re.sub(rb"END:V(?:EVENT|TODO)\r\n", b"", data, count=1),
    "something before it": lambda data: b"<html>\r\n" + data,
    "something after it": lambda data: data + b"more\r\n",
    "two calendars": lambda data: data + data,
    "zeros": lambda data: b"\0" * 4096,
    "a page": lambda data: b"<!DOCTYPE html>",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("name", ["plan.ics", "plan.tasks.ics"])
def test_a_damaged_feed_is_an_error_and_stays_as_it_is(desk, damage, name):
    path = desk.folder / name
    path.write_bytes(damage(path.read_bytes()))
    before = desk.files()

    with pytest.raises(TargetError, match="damaged") as told:
        desk.push(THREE, OTHER)
    assert str(path) in told.value.title
    assert "roadmap-sync export" in told.value.hint
    assert desk.files() == before
    desk.export(THREE, OTHER)
    assert desk.plan(THREE).effects == ()


OTHERS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("name", ["plan.ics", "plan.tasks.ics", "all.ics"])
def test_somebody_elses_calendar_in_the_place_of_a_feed_is_an_error(desk, name):
    (desk.folder / name).write_bytes(OTHERS)

    with pytest.raises(TargetError, match="was not written by roadmap-sync"):
        desk.push(THREE)
    assert desk.file(name) == OTHERS


@pytest.mark.parametrize("data", [OTHERS, b"torn"])
def test_other_calendars_in_the_folder_are_left_alone(desk, data):
    (desk.folder / "holidays.ics").write_bytes(data)

    assert desk.plan(THREE).effects == ()
    assert set(desk.there(THREE)) == {each.key for each in (*THREE.items, *OTHER.items)}


def test_a_damaged_feed_of_all_is_made_anew(desk):
    path = desk.folder / "all.ics"
    path.write_bytes(path.read_bytes()[:-40])

    desk.push(CHANGED, OTHER, now=MUCH_LATER)

    assert desk.export(CHANGED, OTHER, now=MUCH_LATER) == []


def test_a_feed_that_cannot_be_read_is_an_error(desk):
    (desk.folder / "plan.ics").unlink()
    (desk.folder / "plan.ics").mkdir()

    with pytest.raises(TargetError, match="cannot be read"):
        desk.push(THREE)


def test_a_feed_that_cannot_be_written_is_an_error_and_nothing_changes(desk, monkeypatch):
    before = desk.files()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(commit, "stage", full)
    target = desk.target(THREE)
    events = target.write(creations(reworded(THREE, 0, key="plan/new", uid="new")))
    assert isinstance(next(events), Sending)
    with pytest.raises(TargetError, match="No space left"):
        next(events)

    assert desk.files() == before


def test_a_feed_changed_during_the_write_is_read_again(desk, monkeypatch):
    path = desk.folder / "plan.ics"
    real = files.stage

    def edited(data: bytes, temporary: Path, target: Path) -> None:
        real(data, temporary, target)
        if b"Mine" not in path.read_bytes():
            desk.edit("plan.ics", "SUMMARY:☐ b", "SUMMARY:Mine")

    monkeypatch.setattr(commit, "stage", edited)
    intents = creations(reworded(THREE, 0, key="plan/new", uid="new"))[:1]
    with pytest.raises(RetryLater, match="changed at the same moment"):
        list(desk.target(THREE).write(intents))
    assert not list(desk.folder.glob(".*.tmp"))

    list(desk.target(THREE).write(intents))
    assert desk.there(THREE)["plan/b"].fields["title"] == "Mine"
    assert "plan/new" in desk.there(THREE)


WEIGHT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from sync.targets.ics.target import IcsTarget
from tests.targets.ics.plans import LATER
reading = IcsTarget(Path({folder!r}), now=LATER).read(b"")
assert len(reading.items) == 4
print(*sorted({{"icalendar", "dateutil", "pydantic", "httpx"}} & set(sys.modules)))
"""


def test_a_reading_imports_nothing_heavy(desk, pytestconfig):
    code = WEIGHT.format(root=str(pytestconfig.rootpath), folder=str(desk.folder))

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert run.stdout.strip() == ""


def test_a_reading_looks_at_each_component_once_and_no_more(tmp_path, monkeypatch):
    """With 5,000 items a second look at each would show."""
    count = 5_000
    many = plan(*(task(f"plan/{n}", day("2026-01-05"), title=f"title {n}") for n in range(count)))
    desk = Desk(tmp_path)
    desk.export(many)
    looks = []
    real = parsing.own_lines

    def counted(block: bytes) -> bytes:
        looks.append(block)
        return real(block)

    monkeypatch.setattr(parsing, "own_lines", counted)

    assert len(desk.there(many)) == count
    assert len(looks) == 2 * count


def test_a_feed_that_is_a_link_to_nowhere_is_not_there(desk):
    (desk.folder / "lost.ics").symlink_to(desk.folder / "nowhere.ics")

    assert desk.plan(THREE).effects == ()
