"""The multipart codec: what is sent is ASCII, and one bad part costs the others nothing."""

import pytest

from sync.sandbox.google.batch import parts_of
from sync.sandbox.wire import Request
from sync.targets.google_calendar.answers import Answer, Call
from sync.targets.google_calendar.batch import Part, decoded, encoded
from tests.targets.google.desk import days

KIND = "multipart/mixed; boundary=b"


def block(number: object, text: str) -> str:
    return f"--b\r\nContent-Type: application/http\r\nContent-ID: <response-item-{number}>\r\n\r\n{text}\r\n"


def test_calls_arrive_as_they_were_sent():
    parts = [
        Part(
            "PUT",
            "/calendar/v3/calendars/c%40x/events/1?alt=json",
            '{"summary": "\\u2610 x"}',
            {"If-Match": '"1"'},
        ),
        Part("DELETE", "/calendar/v3/calendars/c%40x/events/2?"),
    ]
    kind, body = encoded(parts)
    found = parts_of(Request.at("POST", "/batch/calendar/v3", {"content-type": kind}, body))

    assert body.isascii()
    assert [each.label for each in found] == ["<item-0>", "<item-1>"]
    assert [(each.request.method, each.request.body) for each in found] == [
        ("PUT", b'{"summary": "\\u2610 x"}'),
        ("DELETE", b""),
    ]
    assert found[0].request.headers["if-match"] == '"1"'
    assert encoded(parts) == (kind, body)


def test_answers_are_told_apart_whatever_their_order():
    text = block(1, "HTTP/1.1 204 No Content\r\n\r\n") + block(
        0, 'HTTP/1.1 200 OK\r\nX: y\r\n\r\n{"id": "a"}'
    )

    assert decoded(KIND, f"{text}--b--".encode(), 2) == [Answer(200, body={"id": "a"}), Answer(204)]


@pytest.mark.parametrize(
    "bad",
    [
        "--b\r\n\r\n",
        "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n",
        block("x", "HTTP/1.1 200 OK\r\n\r\n{}"),
        block(1, "no status line"),
        "--b\r\nContent-ID: <response-item-1>\r\n",
    ],
)
def test_a_part_that_cannot_be_read_costs_the_others_nothing(bad):
    text = bad + block(0, "HTTP/1.1 200 OK\r\n\r\n{}") + "--b--"

    assert decoded(KIND, text.encode(), 2) == [Answer(200), None]


@pytest.mark.parametrize("lines", ["\r\n", "\n"])
def test_a_part_without_headers_and_one_without_a_body_are_read(lines):
    text = block(0, 'HTTP/1.1 200 OK\r\n\r\n{"id": "a"}') + block(1, "HTTP/1.1 204 No Content")

    assert decoded(
        'multipart/mixed; boundary="b"', f"{text}--b--\r\n".replace("\r\n", lines).encode(), 2
    ) == [
        Answer(200, body={"id": "a"}),
        Answer(204),
    ]


def test_a_torn_answer_ends_with_its_last_whole_part():
    text = (
        block(0, 'HTTP/1.1 200 OK\r\n\r\n{"id": "a"}')
        + block(1, 'HTTP/1.1 200 OK\r\n\r\n{"id": "b"}')
        + "--b--"
    )

    for end in range(text.index("item-1"), text.index('"b"') + 4):
        assert decoded(KIND, text[:end].encode(), 2) == [Answer(200, body={"id": "a"}), None]


@pytest.mark.parametrize("kind", ["text/html", "application/json", "multipart/mixed", ""])
def test_what_is_no_batch_is_none(kind):
    assert decoded(kind, b"--b--", 1) is None


def test_the_batch_goes_where_the_single_calls_go(desk, world):
    desk.push(days(1))

    assert [each.path.partition("?")[0] for each in world.google.log.requests][1:] == ["/batch/calendar/v3"]
    assert world.google.log.requests[1].headers["authorization"] == "[hidden]"
    assert b"uthorization" not in world.google.log.requests[1].body


def test_a_call_is_the_same_after_the_outbox():
    call = Call("update", "rs1", '"7"', {"summary": "☐ \N{CHECK MARK}", "start": {"date": "2026-01-05"}})

    assert Call.parse(bytes(call)) == call
    assert bytes(Call.parse(bytes(call))) == bytes(call)
