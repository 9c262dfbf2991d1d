"""Both services in one run: neither waits for the other, and what happens to one is not felt by the other."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier

import pytest

from sync.sandbox.faults import RESET, html, slow
from sync.sandbox.google.service import refusal as google_refusal
from sync.sandbox.todoist.service import refusal as todoist_refusal
from tests.stories.computers import Computer
from tests.stories.home import Home, at_home

SLUG = "backend-month-3"
WRITES = {"google": r"^POST /batch/calendar/v3", "todoist": r'"item_add"'}


@pytest.fixture
def meeting() -> Barrier:
    """Where late answers wait for one another; it breaks where the second one does not come."""
    return Barrier(2, timeout=10)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meeting: Barrier) -> Iterator[Home]:
    def _late(_seconds: float) -> None:
        meeting.wait()

    yield from at_home(tmp_path, monkeypatch, _late)


@pytest.fixture
def laptop(home: Home) -> Computer:
    home.on("2026-01-30")
    return home.computer(SLUG)


@pytest.mark.parametrize("only", [None, WRITES], ids=["reading", "writing"])
def test_both_are_read_and_written_at_the_same_time(home, laptop, meeting, only):
    for name in ("google", "todoist"):
        service = getattr(home.box, name)
        service.faults.add(slow(1), only=only and only[name])
    laptop.push()
    assert not meeting.broken
    assert home.count == (50, 45)


FAILING = {
    "google": ("403 quotaExceeded", google_refusal),
    "todoist": ("503 SERVICE_UNAVAILABLE", todoist_refusal),
}


@pytest.mark.parametrize("broken", ["google", "todoist"])
def test_one_that_refuses_every_write_leaves_the_other_complete_and_is_finished_later(home, laptop, broken):
    name, refusal = FAILING[broken]
    getattr(home.box, broken).faults.add(refusal(name), times=0, only=WRITES[broken])
    said = laptop.run("push", "--yes", code=6)
    other = "todoist" if broken == "google" else "google"
    total = {"google": 50, "todoist": 45}
    assert f"✓ {other}: " in said.out
    assert f"{total[other]} of {total[other]} steps done" in said.out
    assert f"✗ {broken}: " in said.out
    assert f"0 of {total[broken]} steps done" in said.out
    getattr(home.box, broken).faults.clear()
    again = laptop.push()
    assert {target for target, _, _ in again.effects} <= {broken}
    assert home.count == (50, 45)
    assert laptop.asks_once_each_and_writes_nothing()


@pytest.mark.parametrize("broken", ["google", "todoist"])
def test_one_that_is_out_of_reach_is_named_and_the_other_goes_on(home, laptop, broken):
    laptop.push()
    home.tick("Routing foundations")
    laptop.edit(SLUG, "Request lifecycle", "The life of a request")
    getattr(home.box, broken).faults.add(html(503), times=0)
    said = laptop.run("push", "--yes", code=6)
    assert f"✗ {broken}: " in said.out
    assert laptop.run("pull", code=6).out.count(f"✗ {broken}: ") == 1
    there = {"google": home.events, "todoist": home.tasks}
    changed = {
        name: any("The life of a request" in title for title in titles) for name, titles in there.items()
    }
    assert changed == {"google": broken != "google", "todoist": broken != "todoist"}
    getattr(home.box, broken).faults.clear()
    laptop.push()
    assert laptop.asks_once_each_and_writes_nothing()


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("after", [False, True], ids=["before the work", "after the work"])
def test_answers_that_are_lost_on_both_sides_double_nothing(home, laptop, at, after):
    for name in ("google", "todoist"):
        service = getattr(home.box, name)
        service.faults.add(RESET, at=at, after=after, only=r"^(POST|PUT) /(batch|api)")
    laptop.push()
    assert home.count == (50, 45)
    assert laptop.asks_once_each_and_writes_nothing()


def test_a_removal_that_one_service_refuses_takes_everything_off_the_other(home, laptop):
    laptop.push()
    home.box.google.faults.add(google_refusal("403 quotaExceeded"), times=0, only=WRITES["google"])
    said = laptop.run("unpush", "--yes", code=6)
    assert home.count == (50, 0)
    assert "✗ google: " in said.out
    home.box.google.faults.clear()
    laptop.run("unpush", "--yes")
    assert home.ours() == ([], [])
