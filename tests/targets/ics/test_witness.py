"""The earlier file as the only witness: whole, damaged or not ours."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.targets.ics.witness import Trust, read_witness
from tests.targets.ics.plans import FIRST, LATER, MUCH_LATER, THREE, calendar, reworded
from tests.targets.ics.readers import Revision, components, revisions


def without(pattern: str, data: bytes) -> bytes:
    found, times = re.subn(pattern.encode(), b"", data)
    assert times
    return found


DAMAGE = {
    "an edited title": lambda data: data.replace(b"\r\nSUMMARY:", b"\r\nSUMMARY:XX"),
    "an edited note": lambda data: data.replace(b"long long", b"short", 1),
    "no checksum": lambda data: without(r"X-ROADMAP-SYNC-SUM:\w+\r\n", data),
    "no content hash in the head": lambda data: without(r"(?<=PT6H\r\n)X-ROADMAP-SYNC-HASH:\w+\r\n", data),
    "no stamp in the head": lambda data: data.replace(b"LAST-MODIFIED:", b"X-WAS:", 1),
    "cut within the last component": lambda data: data[:-30],
    "cut after the head": lambda data: data[: data.index(b"BEGIN:VTIMEZONE")],
    "cut within the head": lambda data: data[:120],
    "something appended": lambda data: data + b"\0\xff",
    "a component twice": lambda data: data.replace(b"BEGIN:VEVENT", data[data.index(b"BEGIN:VEVENT") :], 1),
    "no sequence": lambda data: without(r"SEQUENCE:\d+\r\n", data),
    "a sequence of words": lambda data: data.replace(b"SEQUENCE:", b"SEQUENCE:one"),
    "a sequence that no counter reaches": lambda data: data.replace(b"SEQUENCE:", b"SEQUENCE:" + b"9" * 5000),
    "no creation": lambda data: without(r"CREATED:\w+\r\n", data),
    "an impossible creation": lambda data: data.replace(b"CREATED:2026", b"CREATED:20269999"),
    "an impossible modification": lambda data: re.sub(
        rb"LAST-MODIFIED:\d{8}", b"LAST-MODIFIED:20261399", data
    ),
    "no uid": lambda data: without(r"UID:.*\r\n", data),
    "every end gone": lambda data: data.replace(b"END:VEVENT\r\n", b""),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_still_gives_a_whole_feed(damage):
    broken = damage(calendar(THREE))

    data = calendar(THREE, previous=broken, now=MUCH_LATER)

    assert set(revisions(data)) == set(revisions(calendar(THREE)))
    assert [str(each["SUMMARY"]) for each in components(data)] == ["☐ a", "c", "☐ b"]
    assert calendar(THREE, previous=data, now=MUCH_LATER) == data


@pytest.mark.parametrize(
    "kind",
    ["an edited title", "an edited note", "no checksum", "no content hash in the head", "something appended"],
)
def test_a_file_touched_by_hand_is_put_right_with_the_same_stamps(kind):
    data = calendar(THREE)

    assert calendar(THREE, previous=DAMAGE[kind](data), now=MUCH_LATER) == data


def test_a_file_with_other_line_ends_is_still_the_whole_witness():
    data = calendar(reworded(THREE, 0, title="x"), previous=calendar(THREE))

    assert (
        calendar(reworded(THREE, 0, title="x"), previous=data.replace(b"\r\n", b"\n"), now=MUCH_LATER) == data
    )


def test_what_can_be_read_of_a_cut_file_keeps_its_revision():
    second = calendar(reworded(THREE, 0, title="x"), previous=calendar(THREE))

    whole = LATER.replace(microsecond=0)
    third = calendar(reworded(THREE, 0, title="x"), previous=second[:-30], now=MUCH_LATER)

    assert revisions(third)[THREE.items[0].uid] == Revision(1, FIRST, whole, whole)


def test_the_latest_stamp_of_a_touched_file_counts_wherever_it_stands():
    second = calendar(reworded(THREE, 0, title="x"), previous=calendar(THREE), now=MUCH_LATER)
    turned_back = re.sub(rb"LAST-MODIFIED:\w+", b"LAST-MODIFIED:20260105T000000Z", second, count=1)

    third = calendar(reworded(THREE, 0, title="y"), previous=turned_back, now=LATER)

    assert revisions(third)[THREE.items[0].uid].modified > MUCH_LATER


FOREIGN = [
    b"",
    b"\0" * 5000,
    "ünïcode".encode("utf-16"),
    b"<!DOCTYPE html>",
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
]


@pytest.mark.parametrize("data", FOREIGN)
def test_a_foreign_file_says_nothing(data):
    assert read_witness(data, "VEVENT").trust is Trust.FOREIGN
    assert calendar(THREE, previous=data) == calendar(THREE)


def test_each_state_of_an_earlier_file_has_its_name():
    data = calendar(THREE)

    assert read_witness(None, "VEVENT").trust is Trust.NONE
    assert read_witness(data, "VEVENT").trust is Trust.INTACT
    assert read_witness(data.replace(b"\r\n", b"\n"), "VEVENT").trust is Trust.INTACT
    assert read_witness(data + b" ", "VEVENT").trust is Trust.TOUCHED
    assert sorted(read_witness(data, "VEVENT").seen) == sorted(each.uid.encode() for each in THREE.items)


@given(st.binary(max_size=300), st.integers(0, 3000), st.integers(0, 3000))
def test_no_bytes_make_the_reading_fail(noise, start, end):
    data = calendar(THREE)

    mixed = data[:start] + noise + data[end:]

    assert len(components(calendar(THREE, previous=mixed, now=MUCH_LATER))) == 3
