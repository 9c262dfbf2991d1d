"""What people and their programs do to the files: read as what it is, merged, and never lost."""

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest

from sync.targets.ics.fields import shape
from tests.targets.ics.hands import DENTIST, IcsWorld
from tests.targets.ics.plans import MUCH_LATER, THREE, block, calendar, day, item, plan, reworded, task
from tests.targets.ics.pushing import Desk, actions, left, lines
from tests.targets.ics.readers import components, revisions
from tests.targets.ics.whole import WHOLE

AT = datetime(2026, 1, 6, 18, tzinfo=UTC)
ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:Go\r\nEND:VALARM\r\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A folder to which three roadmap items were pushed."""
    desk.push(THREE)
    return desk


EDITS = {
    "a title": ("plan/a", b"SUMMARY:\xe2\x98\x90 a", b"SUMMARY:Read more", {"title": "Read more"}),
    "a title whose box stays": ("plan/a", b"SUMMARY:\xe2\x98\x90 a", b"SUMMARY:\xe2\x98\x90 b", {"title": "b"}),
    "a title with escapes": ("plan/a", b"SUMMARY:\xe2\x98\x90 a", b"SUMMARY:a\\, b\\; \\\\ \\n c",
                             {"title": "a, b; \\ c"}),
    "another day": ("plan/a", b"DTSTART;VALUE=DATE:20260105", b"DTSTART;VALUE=DATE:20260104",
                    {"when": "2026-01-04 to 2026-01-05"}),
    "another hour": ("plan/b", b"DTSTART;TZID=Africa/Nairobi:20260106T190000",
                     b"DTSTART;TZID=Africa/Nairobi:20260106T183000", {"when": "2026-01-06 18:30-20:00 Africa/Nairobi"}),
    "a length for the end": ("plan/b", b"DTEND;TZID=Africa/Nairobi:20260106T200000", b"DURATION:PT2H",
                             {"when": "2026-01-06 19:00-21:00 Africa/Nairobi"}),
    "a length of days": ("plan/a", b"DTEND;VALUE=DATE:20260106", b"DURATION:P1W", {"when": "2026-01-05 to 2026-01-11"}),
    "no end": ("plan/b", b"DTEND;TZID=Africa/Nairobi:20260106T200000\r\n", b"",
               {"when": "2026-01-06 19:00-19:00 Africa/Nairobi"}),
    "no end of a day": ("plan/a", b"DTEND;VALUE=DATE:20260106\r\n", b"", {}),
    "a floating time": ("plan/b", b"DTSTART;TZID=Africa/Nairobi:", b"DTSTART:",
                        {"when": "DTSTART:20260106T190000 DTEND;TZID=Africa/Nairobi:20260106T200000"}),
    "a zone of Windows": ("plan/b", b"DTSTART;TZID=Africa/Nairobi:", b'DTSTART;TZID="E. Africa: Standard":',
                          {"when": 'DTSTART;TZID="E. Africa: Standard":20260106T190000 '
                                   "DTEND;TZID=Africa/Nairobi:20260106T200000"}),
    "nonsense": ("plan/b", b"DTSTART;TZID=Africa/Nairobi:20260106T190000", b"DTSTART:soon",
                 {"when": "DTSTART:soon DTEND;TZID=Africa/Nairobi:20260106T200000"}),
    "a day that is none": ("plan/a", b"DTSTART;VALUE=DATE:20260105", b"DTSTART;VALUE=DATE:20260230",
                           {"when": "DTSTART;VALUE=DATE:20260230 DTEND;VALUE=DATE:20260106"}),
    "a day for the begin of a time": ("plan/b", b"DTSTART;TZID=Africa/Nairobi:20260106T190000",
                                      b"DTSTART;VALUE=DATE:20260106",
                                      {"when": "DTSTART;VALUE=DATE:20260106 "
                                               "DTEND;TZID=Africa/Nairobi:20260106T200000"}),
    "a length that is none": ("plan/b", b"DTEND;TZID=Africa/Nairobi:20260106T200000", b"DURATION:later",
                              {"when": "DTSTART;TZID=Africa/Nairobi:20260106T190000 DURATION:later"}),
    "a rule": ("plan/a", b"DTEND;", b"RRULE:FREQ=DAILY;COUNT=3\r\nDTEND;", {"repeats": "COUNT=3;FREQ=DAILY"}),
    "no note": ("plan/a", b"DESCRIPTION:", b"X-WAS:", {"notes": ""}),
}  # fmt: skip


@pytest.mark.parametrize(("key", "old", "new", "edited"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_shows_as_the_field_it_is_of_and_stays(desk, world, key, old, new, edited):
    """Whatever the edit, the roadmap's change of another field goes through and leaves it as it is."""
    before = desk.there(THREE)

    def changed(block: bytes) -> bytes:
        return block.replace(old, new) if block.startswith(b"BEGIN:VEVENT") else block

    world.rewrite(key, changed)
    after = desk.there(THREE)

    assert after == {**before, key: after[key]}
    assert after[key].fields == {**before[key].fields, **edited}
    assert after[key].marker == before[key].marker
    assert actions(desk.plan(THREE)) == {}

    number = [each.key for each in THREE.items].index(key)
    field = "title" if "title" not in edited else "notes"
    value = {"title": "New title"} if field == "title" else {"notes": "New notes"}
    desk.push(reworded(THREE, number, **value), now=MUCH_LATER)

    assert desk.there(THREE)[key].fields == {**after[key].fields, field: value[field]}
    assert calendar_is_whole(desk)


def test_a_line_of_ours_that_says_nonsense_is_an_edit_and_no_harm(desk):
    desk.edit("plan.ics", "X-ROADMAP-SYNC-KIND:task to tick", "X-ROADMAP-SYNC-KIND:whatever", times=9)

    assert {remote.fields["kind"] for remote in desk.there(THREE).values()} == {"whatever", "session"}
    desk.push(reworded(THREE, 0, title="x"))
    assert calendar_is_whole(desk)


def calendar_is_whole(desk: Desk) -> bool:
    return bool(icalendar.Calendar.from_ical(desk.file("plan.ics")).walk("VEVENT"))


def test_an_edit_is_overruled_where_that_is_asked(desk):
    desk.edit("plan.ics", "SUMMARY:☐ a", "SUMMARY:Mine")
    changed = reworded(THREE, 0, title="Theirs")

    assert left(desk.plan(changed)) == {"plan/a": "edited on both sides"}
    desk.push(changed, prefer_roadmap=True)

    assert desk.there(changed)["plan/a"].fields["title"] == "Theirs"


def test_an_edit_of_the_task_alone_counts_as_one_of_the_item(desk):
    desk.edit("plan.tasks.ics", "SUMMARY:a\r\n", "SUMMARY:Mine\r\n")
    desk.edit("plan.tasks.ics", "DUE;VALUE=DATE:20260105", "DUE;VALUE=DATE:20260109")

    fields = desk.there(THREE)["plan/a"].fields

    assert (fields["title"], fields["when"]) == ("Mine", "2026-01-09")


def test_a_floating_time_of_which_another_is_wanted_is_replaced(desk):
    desk.edit("plan.ics", "DTSTART;TZID=Africa/Nairobi:20260106T190000", "DTSTART:20260106T190000")
    moved = reworded(THREE, 1, span=block("2026-01-08T10:00"))

    desk.push(moved, prefer_roadmap=True, now=MUCH_LATER)

    assert desk.there(moved)["plan/b"].fields == shape(moved.items[1])
    assert "DTSTART:20260106T190000" not in lines(desk.file("plan.ics"))


def test_export_writes_what_the_roadmap_says_whatever_was_edited(desk):
    before = desk.files()
    desk.edit("plan.ics", "SUMMARY:☐ a", "SUMMARY:Mine")

    desk.export(THREE, now=MUCH_LATER)

    assert desk.files() == before
    assert desk.plan(THREE).effects == ()


def test_an_export_after_a_merge_brings_back_what_the_roadmap_says(desk):
    desk.edit("plan.ics", "SUMMARY:☐ a", "SUMMARY:Mine")
    changed = reworded(THREE, 0, notes="New")
    desk.push(changed)

    desk.export(changed, now=MUCH_LATER)

    assert desk.there(changed)["plan/a"].fields == shape(changed.items[0])
    assert desk.push(changed)[0].failed == ()
    assert desk.plan(changed).effects == ()


def test_what_is_removed_by_hand_stays_away_until_it_is_restored(desk, world):
    world.delete("plan/c")

    assert desk.pulled(THREE) == [("plan/c", "removed")]
    desk.push(reworded(THREE, 0, title="x"))
    assert "plan/c" not in desk.there(THREE)
    desk.push(reworded(THREE, 0, title="x"), restore=True)

    assert desk.there(THREE)["plan/c"].fields == shape(THREE.items[2])
    assert desk.export(reworded(THREE, 0, title="x"), now=MUCH_LATER) == []


@pytest.mark.parametrize("name", ["plan.ics", "plan.tasks.ics"])
def test_an_item_of_which_one_half_is_removed_is_there_and_that_half_stays_away(desk, world, name):
    world.cut(name, "plan/a")
    changed = reworded(THREE, 0, title="x")

    assert actions(desk.plan(THREE)) == {}
    desk.push(changed)

    assert desk.there(changed)["plan/a"].fields["title"] == "x"
    assert THREE.items[0].uid.encode() not in desk.file(name)


def test_what_others_added_stays(desk, world):
    world.insert(DENTIST.format("dentist"))
    world.insert("BEGIN:VJOURNAL\r\nUID:diary\r\nSUMMARY:Dear diary\r\nEND:VJOURNAL\r\n")
    desk.edit("plan.ics", "BEGIN:VTIMEZONE", "X-WR-RELCALID:my-own\r\nBEGIN:VTIMEZONE")
    more = f'TRANSP:OPAQUE\r\nLOCATION:Home\r\nCATEGORIES:Private\r\nATTENDEE;CN="A: B":mailto:a@b\r\n{ALARM}END:VEVENT'
    world.rewrite(
        "plan/a",
        lambda block: block.replace(b"TRANSP:TRANSPARENT\r\n", b"").replace(b"END:VEVENT", more.encode()),
    )

    desk.push(reworded(THREE, 0, title="New", span=day("2026-01-07")), now=MUCH_LATER)

    text = desk.file("plan.ics").decode()
    assert DENTIST.format("dentist") in text
    assert ALARM in text
    assert {"X-WR-RELCALID:my-own", "LOCATION:Home", "TRANSP:OPAQUE", "CATEGORIES:Private", "SUMMARY:Dear diary",
            'ATTENDEE;CN="A: B":mailto:a@b', "SUMMARY:☐ New"} <= set(lines(desk.file("plan.ics")))  # fmt: skip
    assert "CATEGORIES:My plan" in text
    assert text.count("TRANSP:TRANSPARENT") == calendar(THREE).count(b"TRANSP:TRANSPARENT") - 1
    assert desk.there(THREE)["plan/a"].fields["title"] == "New"
    components(desk.file("plan.ics"))


def test_a_relation_that_others_added_stays_beside_the_task_it_is_a_part_of(whole):
    sibling = "RELATED-TO;RELTYPE=SIBLING:errand"
    world = IcsWorld(whole.folder)
    world.rewrite(
        "plan/a/part", lambda block: block.replace(b"END:VTODO", f"{sibling}\r\nEND:VTODO".encode())
    )

    part = next(at for at, each in enumerate(WHOLE.items) if each.key == "plan/a/part")
    whole.push(reworded(WHOLE, part, title="New"), now=MUCH_LATER)

    told = [
        line for line in lines(world.block("plan.tasks.ics", "plan/a/part").encode()) if "RELATED-TO" in line
    ]
    assert told == [f"RELATED-TO;RELTYPE=PARENT:{WHOLE.items[1].uid}", sibling]


def test_a_roadmap_with_a_new_title_gives_it_to_what_is_written(desk):
    renamed = replace(reworded(THREE, 0, title="New"), title="Better plan")

    desk.push(renamed, now=MUCH_LATER)

    found = lines(desk.file("plan.ics"))
    assert "NAME:Better plan" in found
    assert "CATEGORIES:Better plan" in found


def test_a_file_that_another_program_wrote_anew_is_still_ours(desk):
    """icalendar sorts, folds and names itself in its own way, as a calendar program does."""
    before = desk.there(THREE)
    calendar = icalendar.Calendar.from_ical(desk.file("plan.ics"))
    calendar["PRODID"] = "-//Somebody//Calendar//EN"
    calendar["METHOD"] = "PUBLISH"
    (desk.folder / "plan.ics").write_bytes(calendar.to_ical(sorted=False))

    after = desk.there(THREE)
    assert {key: (each.fields, each.marker) for key, each in after.items()} == {
        key: (each.fields, each.marker) for key, each in before.items()
    }
    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)
    assert revisions(desk.file("plan.ics"))[THREE.items[0].uid].sequence == 1
    assert "METHOD:PUBLISH" not in lines(desk.file("plan.ics"))
    assert desk.export(reworded(THREE, 0, title="x"), now=MUCH_LATER) == []


@pytest.mark.parametrize(
    "change", [lambda data: data.replace(b"\r\n", b"\n"), lambda data: b"\xef\xbb\xbf" + data[:-2]]
)
def test_other_line_ends_and_a_mark_of_order_are_no_edits(desk, change):
    before, path = desk.there(THREE), desk.folder / "plan.ics"
    path.write_bytes(change(path.read_bytes()))

    assert {key: each.fields for key, each in desk.there(THREE).items()} == {
        key: each.fields for key, each in before.items()
    }
    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)
    assert desk.file("plan.ics").count(b"\n") == desk.file("plan.ics").count(b"\r\n")


def test_a_file_in_which_nothing_is_to_be_written_keeps_its_bytes(tmp_path):
    desk = Desk(tmp_path)
    roadmap = plan(task("plan/a", day("2026-01-05")), item("plan/b", day("2026-01-06")))
    desk.push(roadmap)
    path = desk.folder / "plan.tasks.ics"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n") + b"\n")
    before = path.read_bytes()

    desk.push(reworded(roadmap, 1, title="x"), now=MUCH_LATER)

    assert path.read_bytes() == before


def test_a_zone_that_only_others_use_stays_described(desk, world):
    zone = "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nEND:VTIMEZONE\r\n"
    world.insert(
        zone + DENTIST.format("dentist").replace(";VALUE=DATE:20260107", ";TZID=Mine:20260107T090000")
    )
    desk.edit(
        "plan.ics", "BEGIN:VTIMEZONE", "BEGIN:VTIMEZONE\r\nTZID:Unused\r\nEND:VTIMEZONE\r\nBEGIN:VTIMEZONE"
    )

    desk.push(reworded(THREE, 0, title="x"), now=MUCH_LATER)

    text = desk.file("plan.ics").decode()
    assert zone in text
    assert "TZID:Unused" not in text
    assert text.count("TZID:Africa/Nairobi\r\n") == 1
