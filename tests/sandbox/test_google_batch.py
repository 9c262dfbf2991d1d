"""The batch endpoint, with Google's own client and with bytes of our own."""

import pytest
from googleapiclient.errors import HttpError

from sync.sandbox.faults import ANY_PART, LOST_PART
from sync.sandbox.google.batch import parts_of
from sync.sandbox.google.service import refusal
from sync.sandbox.wire import Request

BATCH = "/batch/calendar/v3"


class Results:
    """What the callbacks of a batch were told, by request id and in the order of the answer."""

    def __init__(self):
        self.done = {}
        self.failed = {}

    def __call__(self, name, answer, problem):
        if problem is None:
            self.done[name] = answer
        else:
            self.failed[name] = (problem.status_code, problem.error_details[0]["reason"])


def inserts(client, calendar, timed, count, results):
    batch = client.new_batch_http_request(callback=results)
    for number in range(count):
        body = timed(id=f"rs0{number:03}", summary="Übung «1»")
        batch.add(client.events().insert(calendarId=calendar, body=body), request_id=f"é {number}")
    return batch


def multipart(*parts, boundary="b"):
    """A batch as a codec of one's own may write it, with CRLF throughout."""
    blocks = [f"--{boundary}\r\n{part}\r\n" for part in parts]
    return ("".join(blocks) + f"--{boundary}--\r\n").encode()


def test_a_batch_of_fifty_inserts_is_one_request_and_fifty_calls(client, box, calendar, timed):
    results = Results()
    batch = inserts(client, calendar, timed, 50, results)
    batch.execute()

    assert results.failed == {}
    assert results.done.keys() == {f"é {number}" for number in range(50)}
    assert all(results.done[f"é {number}"]["id"] == f"rs0{number:03}" for number in range(50))
    assert len(box.google.log.requests) == 1
    assert [call.name for call in box.google.log.calls] == ["calendar.events.insert"] * 50
    assert len(box.google.events(calendar)) == 50


def test_parts_are_carried_out_and_answered_in_another_order(client, box, calendar, timed):
    inserts(client, calendar, timed, 20, Results()).execute()
    shuffled = [event["id"] for event in box.google.events(calendar)]

    assert sorted(shuffled) == [f"rs0{number:03}" for number in range(20)]
    assert shuffled != sorted(shuffled)


def test_the_order_can_be_kept(client, box, calendar, timed):
    box.google.quirks.shuffled = False
    inserts(client, calendar, timed, 20, Results()).execute()

    written = [event["id"] for event in box.google.events(calendar)]

    assert written == sorted(written)


def test_each_part_fails_for_itself(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs0001"))
    results = Results()

    inserts(client, calendar, timed, 3, results).execute()

    assert results.failed == {"é 1": (409, "duplicate")}
    assert results.done.keys() == {"é 0", "é 2"}


def test_a_deletion_within_a_batch_has_an_empty_body(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs0001"))
    results = Results()
    batch = client.new_batch_http_request(callback=results)
    batch.add(client.events().delete(calendarId=calendar, eventId="rs0001"))

    batch.execute()

    assert results.done == {"1": ""}


def test_if_match_counts_within_a_part(client, box, calendar, timed):
    box.google.seed_event(calendar, timed(id="rs0001"))
    old = box.google.event(calendar, "rs0001")
    box.google.user_edit(calendar, "rs0001", {"summary": "Edited"})
    request = client.events().update(calendarId=calendar, eventId="rs0001", body=old)
    request.headers["If-Match"] = old["etag"]
    results = Results()
    batch = client.new_batch_http_request(callback=results)
    batch.add(request)

    batch.execute()

    assert results.failed == {"1": (412, "conditionNotMet")}
    assert box.google.event(calendar, "rs0001")["summary"] == "Edited"


def test_more_calls_than_the_limit_are_refused_as_a_whole(client, box, calendar, timed):
    with pytest.raises(HttpError) as caught:
        inserts(client, calendar, timed, 51, Results()).execute()
    assert caught.value.status_code == 400
    assert box.google.events(calendar) == []

    box.google.quirks.batch_limit = 1000
    inserts(client, calendar, timed, 51, Results()).execute()
    assert len(box.google.events(calendar)) == 51


def test_a_part_can_be_refused_before_and_after_its_write(client, box, calendar, timed):
    box.google.quirks.shuffled = False
    box.google.faults.add(refusal("403 rateLimitExceeded"), part=2)
    box.google.faults.add(refusal("503 backendError"), part=3, after=True)
    results = Results()

    inserts(client, calendar, timed, 4, results).execute()

    assert results.failed == {"é 1": (403, "rateLimitExceeded"), "é 2": (503, "backendError")}
    assert [event["id"] for event in box.google.events(calendar)] == ["rs0000", "rs0002", "rs0003"]


def test_a_poisoned_item_fails_every_time_and_the_others_do_not(client, box, calendar, timed):
    box.google.faults.add(refusal("409 conflict"), part=ANY_PART, times=0, only="rs0001")
    first, second = Results(), Results()
    inserts(client, calendar, timed, 3, first).execute()
    inserts(client, calendar, timed, 2, second).execute()

    assert first.failed == {"é 1": (409, "conflict")}
    assert second.failed == {"é 0": (409, "duplicate"), "é 1": (409, "conflict")}


def test_a_part_may_be_missing_from_the_answer(client, box, calendar, timed):
    """Google's own client then loses all results, so that the write must be looked up."""
    box.google.faults.add(LOST_PART, part=2, after=True)

    with pytest.raises(KeyError):
        inserts(client, calendar, timed, 3, Results()).execute()

    assert len(box.google.events(calendar)) == 3


def test_content_ids_come_back_unchanged_but_for_a_prefix(raw, calendar):
    call = f"GET {raw.events(calendar)}?fields=kind HTTP/1.1\r\nAccept: */*\r\n\r\n"
    with_id = f"Content-Type: application/http\r\nContent-ID: <x + 1>\r\n\r\n{call}"
    bare_id = f"Content-Type: application/http\r\nContent-ID: two\r\n\r\n{call}"
    without = f"Content-Type: application/http\r\n\r\n{call}"

    answer = raw(
        "POST", BATCH, multipart(with_id, bare_id, without), Content_Type="multipart/mixed; boundary=b"
    )

    boundary = answer.headers["Content-Type"].partition("boundary=")[2]
    parts = answer.content.decode().split(f"--{boundary}")
    assert (parts[0], parts[-1]) == ("", "--\r\n")
    ids = [line for part in parts for line in part.splitlines() if line.startswith("Content-ID")]
    assert sorted(ids) == ["Content-ID: <response-x + 1>", "Content-ID: response-two"]
    assert all(
        "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n" in part
        for part in parts[1:-1]
    )


def test_a_part_uses_the_authorization_of_the_whole_unless_it_has_its_own(raw, calendar):
    call = f"GET {raw.events(calendar)}?fields=kind HTTP/1.1\r\n"
    head = "Content-Type: application/http\r\n\r\n"
    own = f"{head}{call}Authorization: Bearer nonsense\r\n\r\n"
    outer = f"{head}{call}Accept: */*\r\n\r\n"

    answer = raw("POST", BATCH, multipart(own, outer), Content_Type='multipart/mixed; boundary="b"')

    assert sorted(word for word in answer.text.split() if word in ("200", "401")) == ["200", "401"]


def test_headers_of_the_whole_apply_to_every_part_but_for_those_about_its_body():
    part = "Content-Type: application/http\r\n\r\nGET /a?b=c HTTP/1.1\r\nX-Own: 1\r\n\r\n"
    shared = {
        "content-type": "multipart/mixed; boundary=b",
        "content-length": "9",
        "x-own": "2",
        "x-all": "3",
    }

    (only,) = parts_of(Request("POST", BATCH, headers=shared, body=multipart(part)))

    assert only.request == Request("GET", "/a", (("b", "c"),), {"x-own": "1", "x-all": "3"}, b"")


def test_bodies_may_be_utf8_and_are_as_long_as_their_length_says(raw, box, calendar, timed):
    body = '{"summary":"Übung","start":{"date":"2026-01-05"},"end":{"date":"2026-01-06"}}'
    head = f"Content-Type: application/http\r\n\r\nPOST {raw.events(calendar)} HTTP/1.1\r\n"
    sized = f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}\r\n"

    raw("POST", BATCH, multipart(sized), Content_Type="multipart/mixed; boundary=b")

    assert [event["summary"] for event in box.google.events(calendar)] == ["Übung"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "application/json"),
        (b"--b--\r\n", "multipart/mixed; boundary=b"),
        (multipart("Content-Type: text/plain\r\n\r\nGET / HTTP/1.1\r\n\r\n"), "multipart/mixed; boundary=b"),
        (
            multipart(
                "Content-Type: application/http\r\n\r\nGET http://x/calendar/v3/colors HTTP/1.1\r\n\r\n"
            ),
            "multipart/mixed; boundary=b",
        ),
    ],
    ids=["no multipart", "no part", "no call", "address with a host"],
)
def test_what_is_no_batch_is_refused(raw, body, kind):
    assert raw("POST", BATCH, body, Content_Type=kind).status_code == 400


def test_a_batch_is_sent_by_post(raw):
    assert raw("GET", BATCH).status_code == 404


def test_calls_to_other_paths_are_not_found(raw):
    call = "Content-Type: application/http\r\n\r\nGET /tasks/v1/lists HTTP/1.1\r\nAccept: */*\r\n\r\n"

    answer = raw("POST", BATCH, multipart(call), Content_Type="multipart/mixed; boundary=b")

    assert b"HTTP/1.1 404 Not Found" in answer.content
