"""Taking everything back from Google: the calendar that was made for it goes as well, and can be made again."""

import json
from collections.abc import Iterator

import pytest

from sync.config.settings import FILE
from sync.sandbox import Sandbox
from tests.app.examinations import at_google, calendar_with_events
from tests.desk import Desk
from tests.invented import PHASED

WAY_BACK = ("unpush", "--target", "google", "--yes")


@pytest.fixture
def box(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Google on loopback, to which a roadmap was pushed."""
    with at_google(desk, monkeypatch) as made:
        desk.write("roadmaps/phased.md", PHASED)
        assert desk.run("push", "--all", "--yes").code == 0
        yield made


def test_the_calendar_goes_and_the_next_push_makes_another(desk, box):
    calendar, count = calendar_with_events(box)
    said = desk.run(*WAY_BACK)
    assert said.code == 0
    assert "✓ google: “Roadmaps”, empty now, went as well" in said.out
    assert box.google.account.calendars[calendar].deleted
    assert calendar not in (desk.folder / FILE).read_text()
    assert desk.run("pull").code == 0
    assert desk.run("push", "--all", "--yes").code == 0
    again = calendar_with_events(box)
    assert again == (again[0], count)
    assert again[0] != calendar
    assert json.loads(desk.run("plan", "--all", "--json").out)["plans"][0]["counts"]["create"] == 0


def test_a_calendar_with_something_of_the_persons_stays_and_that_is_said(desk, box):
    calendar, _ = calendar_with_events(box)
    day = {"start": {"date": "2026-03-07"}, "end": {"date": "2026-03-08"}}
    box.google.seed_event(calendar, {"summary": "Dentist", **day})
    said = desk.run(*WAY_BACK)
    assert said.code == 0
    assert "google: the calendar itself stays, since something else is in it" in said.out
    assert [each["summary"] for each in box.google.events(calendar)] == ["Dentist"]
    assert calendar in (desk.folder / FILE).read_text()
