"""Feeds taken apart, whatever program wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.targets.ics.parsing import Component, Line, NotACalendar, folded_lines, normalised, parts, unfolded
from tests.targets.ics.plans import THREE, calendar

EVENT = (
    b'BEGIN:VEVENT\r\nUID:1\r\nATTENDEE;CN="A:B; C":mailto:a\r\nsummary;LANGUAGE=en:A\\, b\\; c\\\\n\\n\\N'
    b"d\r\nEXDATE:1\r\nEXDATE:2\r\nBEGIN:VALARM\r\nUID:2\r\nBEGIN:X-IN\r\nA:1\r\nEND:X-IN\r\nEND:VALARM\r\n"
    b"no line\r\nX-LONG:one\r\n  two\r\n\tthree\r\nEND:VEVENT\r\n"
)  # fmt: skip
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nA:1\r\n" + EVENT + b"B:2\r\nBEGIN:VTODO\r\nEND:VTODO\r\nC:3\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_is_its_properties_and_its_components():
    found = parts(CALENDAR)

    assert found.head == b"A:1\r\nB:2\r\nC:3\r\n"
    assert [(each.kind, each.block) for each in found.components] == [
        ("VEVENT", EVENT),
        ("VTODO", b"BEGIN:VTODO\r\nEND:VTODO\r\n"),
    ]


def test_names_may_be_written_small():
    found = parts(CALENDAR.lower())

    assert [each.kind for each in found.components] == ["VEVENT", "VTODO"]
    assert found.components[0].text("UID") == "1"


def test_a_component_gives_its_lines_and_not_those_within():
    event = Component.of(EVENT)

    assert event.kind == "VEVENT"
    assert event.text("UID") == "1"
    assert event.line("ATTENDEE") == Line("ATTENDEE", ';CN="A:B; C"', "mailto:a")
    assert event.text("SUMMARY") == "A, b; c\\n\n\nd"
    assert [line.value for line in event.lines("EXDATE")] == ["1", "2"]
    assert event.text("X-LONG") == "one twothree"
    assert event.text("NONE") == ""
    assert event.line("NONE") is None
    assert event.inner == [
        b"BEGIN:VALARM\r\nUID:2\r\nBEGIN:X-IN\r\nA:1\r\nEND:X-IN\r\nEND:VALARM\r\n",
    ]


def test_a_line_that_is_none_is_none():
    assert Line.of("no line") is None
    assert Line.of('odd;x="open:1') is None


def test_lines_are_given_as_they_are_folded():
    data = b"A:1\r\n 2\r\nb;c=d:3\r\n(:4\r\n"

    assert list(folded_lines(data)) == [("A", b"A:1\r\n 2\r\n"), ("B", b"b;c=d:3\r\n"), ("", b"(:4\r\n")]
    assert unfolded(data) == ["A:12", "b;c=d:3", "(:4", ""]


def test_bytes_that_are_no_text_are_read_all_the_same():
    assert (
        Component.of(b"BEGIN:VEVENT\r\nSUMMARY:a\xff\r\nEND:VEVENT\r\n").text("SUMMARY")
        == "a\N{REPLACEMENT CHARACTER}"
    )


@pytest.mark.parametrize("data", [b"", b"\r\n", b"A:1\r\n", CALENDAR * 2, CALENDAR[2:], CALENDAR[:-5], EVENT,
                                  CALENDAR + b"x\r\n", CALENDAR.replace(b"END:VEVENT", b"END:VTODO")])  # fmt: skip
def test_what_is_not_one_whole_calendar_is_told(data):
    with pytest.raises(NotACalendar):
        parts(data)


@given(st.binary(max_size=40), st.integers(0, 4000), st.integers(0, 4000))
def test_no_bytes_do_more_than_not_be_a_calendar(noise, start, end):
    data = calendar(THREE)
    data = normalised(data[:start] + noise + data[end:])
    try:
        found = parts(data)
    except NotACalendar:
        return
    for component in found.components:
        component.text("SUMMARY")
        assert component.block in data
