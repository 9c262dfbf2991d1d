"""What the doctor finds out about the calendar at Google is what a push would meet, with a step that helps."""

from collections.abc import Iterator
from unittest.mock import ANY

import pytest
import requests

from sync.config.settings import FILE
from sync.sandbox import Sandbox
from sync.sandbox.google.service import refusal as google_refusal
from tests.app.examinations import at_google, calendar_with_events, examined, states
from tests.desk import Desk
from tests.invented import DATED


@pytest.fixture
def box(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with at_google(desk, monkeypatch) as made:
        yield made


def test_a_calendar_that_is_not_there_any_more_is_wrong_and_what_is_said_brings_it_back(desk, box):
    desk.write("roadmaps/dated.md", DATED)
    assert desk.run("push", "--yes", "--all").code == 0
    calendar, before = calendar_with_events(box)
    assert states(examined(desk)[0])["google endpoint"] == "ok"
    address = f"{box.url}calendar/v3/calendars/{calendar}"
    token = box.google.authorized_user()["token"]
    requests.delete(address, headers={"Authorization": f"Bearer {token}"}, timeout=10).raise_for_status()
    lines, said = examined(desk)
    assert said.code == 6
    assert lines["google endpoint"]["found"].startswith("The calendar of `calendar_id` is not there any more")
    step = "Empty `calendar_id` in the configuration, then `roadmap-sync push --force --restore`: "
    assert lines["google endpoint"]["next"].startswith(step)
    text = (desk.folder / FILE).read_text()
    desk.write(FILE, text.replace(calendar, ""))
    said = desk.run("push", "--all", "--force", "--restore", "--yes", "--target", "google")
    assert said.code == 0
    assert examined(desk)[1].code == 0
    assert calendar_with_events(box) == (ANY, before)


@pytest.mark.parametrize(
    ("refusal", "calendar", "told", "code"),
    [
        ("403 forbidden", "team@group.calendar.google.com", "is not ours to use", 6),
        ("403 accessNotConfigured", "", "switched off for this client", 6),
        ("404 notFound", "", "refused the request: Not Found", 6),
        ("401 authError", "", "does not accept the sign-in any more", 7),
    ],
)
def test_what_google_refuses_is_told_as_a_push_would_tell_it(desk, box, refusal, calendar, told, code):
    desk.roadmaps.mkdir()
    desk.write(FILE, (desk.folder / FILE).read_text() + f'calendar_id = "{calendar}"\n')
    box.google.faults.add(google_refusal(refusal), only="^GET ")
    lines, said = examined(desk)
    assert (said.code, lines["google endpoint"]["state"]) == (code, "wrong")
    assert told in lines["google endpoint"]["found"]
