"""The JSON documents: the shape that other programs rely on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.app.exporting import Exported, Unread
from sync.model import Block, Days, Item, Kind, Problem, Receipt, Recurrence, Role, Schedule, Severity, Source
from sync.reporting.documents import check_document, counts, error_document, show_document
from sync.reporting.exported import exported_document, exported_text
from sync.reporting.page import Page

DAY = timedelta(days=1)
FIRST = date(2026, 3, 2)
ITEM = Item(
    key="plan/week-1/read", uid="u", roadmap="plan", phase="plan/phase-1/period", path=("Phase 1", "Week 1"),
    kind=Kind.TASK, title="Read", notes="Slowly.", span=Days(FIRST, FIRST + 2 * DAY), source=Source("plan.md", 3, 4),
    tick=True, guessed={"start": "because"},
)  # fmt: skip
SERIES = Recurrence("FREQ=WEEKLY", FIRST, FIRST + 30 * DAY, (FIRST, FIRST + 7 * DAY))


def shown(item: Item):
    return show_document([item])["items"][0]


def test_an_item_has_exactly_these_keys():
    assert shown(ITEM) == {
        "key": "plan/week-1/read", "uid": "u", "roadmap": "plan", "phase": "plan/phase-1/period",
        "path": ["Phase 1", "Week 1"], "kind": "task", "title": "Read", "notes": "Slowly.",
        "start": "2026-03-02", "end": "2026-03-03", "all_day": True, "timezone": None, "minutes": None,
        "rrule": None, "occurrences": 1, "from": None, "until": None, "tick": True, "done": None, "parent": None,
        "guessed": {"start": "because"}, "source": {"file": "plan.md", "line": 3, "end_line": 4},
    }  # fmt: skip


def test_a_timed_item_has_moments_with_their_offset():
    begin = datetime(2026, 3, 2, 19, tzinfo=ZoneInfo("Africa/Nairobi"))
    told = shown(replace(ITEM, span=Block(begin, begin + timedelta(hours=1), "Africa/Nairobi"), minutes=60))
    assert (told["start"], told["end"]) == ("2026-03-02T19:00:00+03:00", "2026-03-02T20:00:00+03:00")
    assert (told["all_day"], told["timezone"], told["minutes"]) == (False, "Africa/Nairobi", 60)


def test_what_has_no_date_has_none():
    told = shown(replace(ITEM, span=None))
    assert (told["start"], told["end"], told["all_day"], told["timezone"]) == (None, None, False, None)


@pytest.mark.parametrize(("open_end", "occurrences"), [(False, 2), (True, None)])
def test_a_series_has_its_rule_and_inclusive_bounds(open_end, occurrences):
    told = shown(replace(ITEM, recurrence=replace(SERIES, open_end=open_end)))
    assert (told["rrule"], told["from"], told["until"]) == ("FREQ=WEEKLY", "2026-03-02", "2026-04-01")
    assert told["occurrences"] == occurrences


@pytest.mark.parametrize(
    ("done", "told"),
    [(None, None), (True, True), (datetime(2026, 3, 2, 6, tzinfo=UTC), "2026-03-02T06:00:00+00:00")],
)
def test_done_is_a_time_or_a_mark_or_nothing(done, told):
    assert shown(replace(ITEM, done=done))["done"] == told


def test_a_check_has_exactly_these_keys():
    problem = Problem(3, Severity.WARNING, "no-start", "No start.", "Give one.")
    lines = (Receipt(1, Role.HEADING), Receipt(2, Role.TASK, ("a", "b")))
    made = Schedule("plan", "Plan", "plan.md", "UTC", FIRST, None, (ITEM,), lines, (problem,))
    assert check_document([made]) == {
        "roadmaps": [
            {
                "slug": "plan", "title": "Plan", "file": "plan.md", "start": "2026-03-02", "end": None,
                "timezone": "UTC", "counts": {"task": 1},
                "lines": [
                    {"line": 1, "role": "heading", "item": None, "items": []},
                    {"line": 2, "role": "task", "item": "a", "items": ["a", "b"]},
                ],
                "problems": [
                    {"line": 3, "severity": "warning", "code": "no-start", "message": "No start.",
                     "suggestion": "Give one."}
                ],
            }
        ]
    }  # fmt: skip


def test_a_series_counts_once_and_its_occurrences_not_at_all():
    series = replace(ITEM, kind=Kind.SESSION, recurrence=SERIES)
    occurrence = replace(ITEM, key=f"{ITEM.key}@2026-03-02", parent=ITEM.key)
    part = replace(ITEM, key="part", parent="another")
    assert counts([series, occurrence, part]) == {"session": 1, "task": 1}


def test_an_error_is_a_document_too():
    assert error_document("usage", "Wrong.", "Do it so.") == {
        "error": {"code": "usage", "title": "Wrong.", "hint": "Do it so."}
    }


# --- export ---

DONE = Exported(
    Path("/feeds"), ("a.ics", "all.ics"), ("a.ics",), 2, (Unread("b.md", "unreadable", "Empty.", "Fill it."),)
)


def test_an_export_as_json_names_feeds_and_what_was_not_read():
    assert exported_document(DONE) == {
        "folder": "/feeds", "files": ["a.ics", "all.ics"], "changed": ["a.ics"], "errors": 2,
        "unread": [{"file": "b.md", "code": "unreadable", "title": "Empty.", "hint": "Fill it."}], "kept": [],
    }  # fmt: skip


def test_an_export_names_the_feeds_that_changed():
    assert exported_text(DONE, Page()) == "✓ 1 of 2 feeds written to /feeds\n  a.ics"
    assert exported_text(replace(DONE, changed=()), Page()) == "✓ 2 feeds in /feeds, nothing changed"


def test_feeds_that_were_kept_are_named_with_the_reason():
    told = exported_text(replace(DONE, changed=(), kept=("b.ics", "all.ics")), Page()).splitlines()
    assert told[1] == "! b.ics, all.ics stay as they were: they hold what cannot be read now"


def test_of_many_feeds_the_first_are_named():
    names = tuple(f"{n}.ics" for n in range(15))
    many = replace(DONE, files=names, changed=names)
    assert exported_text(many, Page()).splitlines()[-1] == "  and 3 more; -v lists them"
    assert len(exported_text(many, Page(full=True)).splitlines()) == 16
