"""The folder of feeds as a target: a push writes what an export writes, and no more than it must."""

import re
from dataclasses import replace

import pytest

from sync.errors import ConfigError
from sync.model import Kind
from sync.remote import Intent, Marker, Op, imprint
from sync.targets import registry
from sync.targets.ics.fields import FIELDS, shape
from sync.targets.ics.target import IcsTarget
from tests.targets.ics.plans import MUCH_LATER, NEW_YORK, THREE, block, day, item, plan, reworded, task
from tests.targets.ics.pushing import Desk, actions, lines
from tests.targets.ics.readers import revisions
from tests.targets.ics.whole import MEETING, OTHER, RUNS, WHOLE, ran


def test_the_registry_knows_the_feeds():
    assert registry.factory("ics") is IcsTarget


def test_what_it_is(desk):
    target = desk.target()

    assert (target.name, target.fields, target.keeps_past) == ("ics", FIELDS, True)
    assert target.times == {"when", "repeats"}


def test_a_push_of_everything_writes_what_an_export_writes(desk, tmp_path):
    other = Desk(tmp_path / "other")

    desk.push(WHOLE, OTHER)
    other.export(WHOLE, OTHER)

    assert desk.files() == other.files()
    assert desk.plan(WHOLE).effects == ()


def test_after_an_export_a_plan_adopts_and_then_there_is_nothing_to_do(desk):
    desk.export(WHOLE)
    before = desk.files()

    (first,), (second,) = desk.push(WHOLE), desk.push(WHOLE)

    assert set(actions(first.plan).values()) == {"adopt"}
    assert second.plan.effects == ()
    assert desk.files() == before


def test_an_export_after_a_push_changes_nothing(desk):
    desk.push(WHOLE, OTHER)

    assert desk.export(WHOLE, OTHER, now=MUCH_LATER) == []


def test_phases_pushed_one_by_one_end_as_an_export_and_none_touches_the_others(desk):
    desk.push(WHOLE, phase="plan/2")
    first = desk.there(WHOLE)
    desk.push(WHOLE, phase="plan/3", now=MUCH_LATER)

    assert first.items() <= desk.there(WHOLE).items()
    assert {"plan/ship", "plan/run"} & first.keys() == set()
    assert "plan/someday" not in desk.there(WHOLE)
    desk.push(WHOLE, now=MUCH_LATER)
    assert desk.export(WHOLE, now=MUCH_LATER) == []


def test_days_of_a_series_that_is_not_there_yet_are_tasks_alone(desk):
    desk.push(WHOLE, phase="plan/2")

    assert RUNS[0].uid.encode() in desk.file("plan.tasks.ics")
    assert RUNS[0].uid.encode() not in desk.file("plan.ics")


def test_only_what_changed_gets_new_bytes(desk):
    desk.push(THREE)
    before = desk.files()
    changed = reworded(THREE, 0, title="Another")

    desk.push(changed, now=MUCH_LATER)

    found = revisions(desk.file("plan.ics"))
    assert {uid: each.sequence for uid, each in found.items()} == {
        each.uid: int(each.key == "plan/a") for each in THREE.items
    }
    assert found[THREE.items[0].uid].modified == MUCH_LATER
    assert desk.there(changed)["plan/a"].marker.revision == 2
    assert desk.file("all.ics") != before["all.ics"]
    assert desk.export(changed, now=MUCH_LATER) == []


def test_a_roadmap_that_is_not_concerned_keeps_its_files(desk):
    desk.push(THREE, OTHER)
    before = desk.files()

    desk.push(reworded(THREE, 0, title="Another"), OTHER, now=MUCH_LATER)

    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {
        "plan.ics",
        "plan.tasks.ics",
        "all.ics",
    }


def test_what_left_the_roadmap_leaves_all_files(desk):
    desk.push(THREE, OTHER)

    desk.push(replace(THREE, items=THREE.items[1:]), OTHER, now=MUCH_LATER)

    assert not [name for name, data in desk.files().items() if THREE.items[0].uid.encode() in data]
    assert desk.export(replace(THREE, items=THREE.items[1:]), OTHER, now=MUCH_LATER) == []


def test_a_series_that_left_the_roadmap_leaves_nothing_behind(desk):
    desk.push(ran(0))
    kept = replace(WHOLE, items=tuple(each for each in WHOLE.items if not each.key.startswith("plan/run")))

    desk.push(kept)

    # the day that is done is history, and stays a task
    assert {key for key in desk.there(kept) if key.startswith("plan/run")} == {RUNS[0].key}
    assert not any(line.startswith("SUMMARY") and "run" in line for line in lines(desk.file("plan.ics")))


def test_an_occurrence_that_is_not_ticked_is_a_part_of_its_series(desk):
    moved = item("plan/meet@2026-01-13", block("2026-01-14T09:00", zone=NEW_YORK), parent="plan/meet")
    roadmap = plan(MEETING, moved)
    desk.export(roadmap)

    assert shape(moved) is None
    assert list(desk.there(roadmap)) == ["plan/meet"]
    desk.push(roadmap)
    assert desk.plan(roadmap).effects == ()
    assert desk.export(roadmap) == []


def test_undated_things_that_are_no_work_have_no_place():
    assert shape(item("plan/dream", kind=Kind.PERIOD)) is None
    assert shape(item("plan/due", kind=Kind.DEADLINE)) is not None


def test_fields_read_well_in_a_plan(desk):
    steps = {step.key: step for step in desk.plan(WHOLE).steps}

    def shown(key: str) -> dict[str, str]:
        return {change.field: change.wanted for change in steps[key].verdict.changes}

    assert shown("plan/b") == {
        "title": "b",
        "when": "2026-01-06 23:00 to 2026-01-07 01:00 Africa/Nairobi",
        "kind": "task to tick",
        "done": "done 2026-01-06 21:05:06 UTC",
    }
    assert shown("plan/c") == {
        "title": "c",
        "when": "2026-01-12 to 2026-01-14",
        "kind": "task to tick",
        "done": "done",
    }
    assert shown("plan/run") == {
        "title": "run",
        "when": "2026-01-05 07:00-08:00 Africa/Nairobi",
        "repeats": "FREQ=WEEKLY;BYDAY=MO,WE,FR from 2026-01-05 until 2026-01-16",
        "kind": "session to tick",
    }
    assert shown("plan/a/part")["part of"] == "plan/a"
    assert shown("plan/meet")["repeats"] == "FREQ=WEEKLY;BYDAY=TU from 2026-01-06 known until 2026-03-31"


def test_the_feed_of_all_is_made_from_what_lies_there(desk):
    desk.push(OTHER)
    (desk.folder / "all.ics").unlink()

    desk.push(THREE, now=MUCH_LATER)

    assert set(revisions(desk.file("all.ics"))) == {each.uid for each in (*THREE.items, *OTHER.items)}


def test_a_roadmap_of_another_folder_stays_in_the_feed_of_all(desk):
    desk.push(THREE, OTHER)
    for name in ("other.ics", "other.tasks.ics"):
        (desk.folder / name).unlink()

    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)

    assert OTHER.items[0].uid in revisions(desk.file("all.ics"))


def test_a_renamed_roadmap_goes_on_in_its_new_file(desk):
    renamed = replace(THREE, slug="new")
    target = desk.target(renamed)
    fields = shape(THREE.items[0])
    assert fields is not None
    intent = Intent(Op.CREATE, Marker("plan/a", 1, imprint(fields)), "c", THREE.items[0].uid, fields)

    list(target.write([intent]))

    assert set(desk.files()) == {"all.ics", "new.ics", "new.tasks.ics"}


def test_nothing_asked_is_nothing_done(desk):
    assert list(desk.target().write([])) == []
    assert not desk.folder.exists()


def test_an_unknown_zone_is_told_before_anything_is_written(desk):
    lost = replace(block("2026-01-05T07:00"), zone="Africa/Nowhere")

    with pytest.raises(ConfigError, match="Nowhere"):
        desk.push(plan(task("plan/a", lost)))


def test_a_feed_from_before_there_were_markers_is_taken_over(desk):
    desk.export(THREE)
    before = desk.files()
    for name, data in before.items():
        plain = re.sub(rb"X-ROADMAP-SYNC(?!-HASH|-SUM)[^\r]*\r\n( [^\r]*\r\n)*", b"", data)
        (desk.folder / name).write_bytes(plain)
    assert desk.there(THREE) == {}

    desk.push(THREE, now=MUCH_LATER)

    assert {each.sequence for each in revisions(desk.file("plan.ics")).values()} == {1}
    assert desk.there(THREE).keys() == {each.key for each in THREE.items}
    assert desk.export(THREE, now=MUCH_LATER) == []


@pytest.mark.parametrize("title", ["☐ Boxed", "✅ Checked", "◆ Marked", "☐ ◆ ⏰ All", "☐"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("tick", [False, True])
def test_a_title_that_looks_as_if_it_had_marks_is_read_as_it_is(desk, title, kind, tick):
    roadmap = plan(item("plan/a", day("2026-01-05"), title=title, kind=kind, tick=tick))
    desk.export(roadmap)

    assert desk.there(roadmap)["plan/a"].fields == shape(roadmap.items[0])
    assert desk.there(roadmap)["plan/a"].done is None


def test_what_only_our_own_lines_say_is_exported_anew_when_it_changes(desk):
    before = plan(item("plan/a", day("2026-01-05"), kind=Kind.PERIOD))
    after = reworded(before, kind=Kind.SESSION)
    desk.export(before)

    desk.export(after, now=MUCH_LATER)

    assert desk.there(after)["plan/a"].fields["kind"] == "session"
