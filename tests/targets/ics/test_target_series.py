"""Series: one item each, whatever became of their days and whatever people made of their events."""

from dataclasses import replace

import pytest

from sync.model import Schedule
from sync.remote import Marker, imprint
from sync.targets.ics.fields import shape
from tests.targets.ics.hands import IcsWorld
from tests.targets.ics.plans import LATER, MUCH_LATER, day, every, item, plan, reworded, series, task
from tests.targets.ics.pushing import Desk, lines
from tests.targets.ics.readers import revisions
from tests.targets.ics.whole import MEETING, ROUTINE, RUNS, WHOLE, ran

SERIES = plan(MEETING)


@pytest.mark.parametrize("done", [(0,), (2, 3), (0, 1, 2, 3, 4, 5)], ids=["first", "middle", "all"])
def test_days_that_are_done_stand_apart_as_in_an_export(desk, tmp_path, done):
    desk.push(WHOLE)
    desk.push(ran(*done), now=MUCH_LATER)
    other = Desk(tmp_path / "other")
    other.export(WHOLE)
    other.export(ran(*done), now=MUCH_LATER)

    def stamped(data: dict[str, bytes]) -> list[str]:
        return [line for name in data for line in lines(data[name]) if not line.startswith("X-ROADMAP-SYNC")]

    assert stamped(desk.files()) == stamped(other.files())
    assert desk.export(ran(*done), now=MUCH_LATER) == []
    assert desk.plan(ran(*done)).effects == ()
    assert desk.there(WHOLE)["plan/run"].fields == shape(ROUTINE)


def test_a_series_of_which_every_day_is_done_is_still_there_and_can_come_back(desk):
    all_done = ran(*range(6))
    desk.export(all_done)
    desk.push(all_done)
    assert desk.there(all_done)["plan/run"].fields == shape(ROUTINE)

    longer = replace(ROUTINE, title="Run faster")
    wanted = replace(all_done, items=tuple(longer if each is ROUTINE else each for each in all_done.items))
    desk.push(wanted)

    assert desk.there(wanted)["plan/run"].fields == shape(longer)
    assert desk.export(wanted) == []


def test_a_series_without_an_event_of_its_own_can_be_deleted(desk):
    all_done = ran(*range(6))
    desk.push(all_done)

    desk.push(replace(all_done, items=tuple(each for each in all_done.items if each.key != "plan/run")))

    assert "plan/run" not in desk.there(all_done)


def test_a_rule_that_fits_no_day_of_a_series_makes_single_days_that_are_one_item(desk):
    odd = series("plan/odd", day("2026-01-06"), "FREQ=WEEKLY;BYDAY=MO", every("2026-01-06", "2026-01-08"))
    roadmap = plan(odd)

    desk.push(roadmap)

    assert list(desk.there(roadmap)) == ["plan/odd"]
    assert len(revisions(desk.file("plan.ics"))) == 3
    assert desk.plan(roadmap).effects == ()
    assert desk.export(roadmap) == []
    desk.push(reworded(roadmap, title="Other"))
    assert desk.export(reworded(roadmap, title="Other")) == []


def test_a_change_of_a_series_without_an_event_of_its_own_is_numbered_in_an_export(desk):
    all_done = ran(*range(6))
    desk.export(all_done)
    longer = replace(ROUTINE, title="Run faster")
    wanted = replace(all_done, items=tuple(longer if each is ROUTINE else each for each in all_done.items))

    desk.export(wanted, now=MUCH_LATER)

    assert desk.there(wanted)["plan/run"].marker == Marker("plan/run", 2, imprint(shape(longer) or {}))


@pytest.fixture
def meeting(tmp_path) -> Desk:
    made = Desk(tmp_path / "meeting")
    made.push(SERIES)
    return made


def test_a_series_moved_by_hand_keeps_its_days_and_its_new_time(meeting):
    meeting.edit("plan.ics", "T090000", "T080000")
    changed = reworded(SERIES, title="Talk")

    assert meeting.there(SERIES)["plan/meet"].fields["when"] == "2026-01-06 08:00-10:00 America/New_York"
    meeting.push(changed)

    assert meeting.there(changed)["plan/meet"].fields == {
        **(shape(changed.items[0]) or {}), "when": "2026-01-06 08:00-10:00 America/New_York"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "repeats"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3", "BYDAY=TU;COUNT=3;FREQ=WEEKLY"),
        ("TRANSP:", "EXDATE;TZID=America/New_York:20260113T090000\r\nTRANSP:",
         "BYDAY=TU;FREQ=WEEKLY, not 2026-01-13T09:00:00-05:00[America/New_York]"),
        ("TRANSP:", "EXDATE:20260113T090000\r\nTRANSP:", "BYDAY=TU;FREQ=WEEKLY, not 20260113T090000"),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU\r\n", "", ""),
    ],
)  # fmt: skip
def test_a_rule_edited_by_hand_stays_as_it_is(meeting, old, new, repeats):
    meeting.edit("plan.ics", old, new)
    before = meeting.there(SERIES)["plan/meet"].fields

    meeting.push(reworded(SERIES, title="Talk"))

    assert before["repeats"] == repeats
    assert meeting.there(SERIES)["plan/meet"].fields == {**before, "title": "Talk"}


@pytest.mark.parametrize("line", ["X-ROADMAP-SYNC-FACE:", "X-ROADMAP-SYNC-FACE:odd\r\nX-WAS:"])
def test_a_series_without_its_face_is_read_as_it_looks(meeting, line):
    meeting.edit("plan.ics", "X-ROADMAP-SYNC-FACE:", line if "odd" in line else "X-WAS:")

    assert meeting.there(SERIES)["plan/meet"].fields["repeats"] == "BYDAY=TU;FREQ=WEEKLY"


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"marker": "none"\\, "uid": "x"\\, "fields": {}}'])
def test_a_series_that_its_days_tell_of_badly_is_not_there(tmp_path, spoilt):
    desk = Desk(tmp_path)
    all_done = ran(*range(6))
    desk.push(all_done)
    path = desk.folder / "plan.ics"
    text = path.read_bytes().decode().replace("\r\n ", "")
    start = text.index("X-ROADMAP-SYNC-SERIES:")
    path.write_bytes(
        (text[:start] + f"X-ROADMAP-SYNC-SERIES:{spoilt}" + text[text.index("\r\n", start) :]).encode()
    )

    assert "plan/run" not in desk.there(all_done)
    assert RUNS[0].key in desk.there(all_done)


def test_a_series_whose_event_is_removed_is_removed(tmp_path):
    desk = Desk(tmp_path)
    desk.push(WHOLE)
    IcsWorld(desk.folder).cut("plan.ics", "plan/run")
    assert ("plan/run", "removed") in desk.pulled(WHOLE)

    desk.push(ran(1), now=MUCH_LATER)

    assert "plan/run" not in desk.there(WHOLE)
    assert ROUTINE.uid.encode() not in desk.file("plan.ics")


def test_a_ticked_series_that_nothing_stands_for_is_read_as_it_was_shaped(tmp_path):
    desk = Desk(tmp_path)
    alone: Schedule = plan(ROUTINE, item("plan/x", day("2026-01-05")))

    desk.push(alone)

    assert desk.there(alone)["plan/run"].fields == shape(ROUTINE)
    IcsWorld(desk.folder).cut("plan.ics", "plan/run")
    assert desk.there(alone)["plan/run"].fields == shape(ROUTINE)


def test_a_task_without_any_date_given_one_by_hand_is_moved(tmp_path):
    desk = Desk(tmp_path)
    undated = plan(task("plan/someday"))
    desk.push(undated)
    desk.edit("plan.tasks.ics", "STATUS:", "DUE:20260109T170000Z\r\nSTATUS:")

    assert desk.there(undated)["plan/someday"].fields["when"] == "2026-01-09 17:00-17:00 UTC"
    assert desk.pulled(undated) == [("plan/someday", "moved")]
    desk.push(reworded(undated, title="New"), now=LATER)
    assert "DUE:20260109T170000Z" in lines(desk.file("plan.tasks.ics"))
