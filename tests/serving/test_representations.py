import gzip
import hashlib
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"
DISCREET = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def tag(body):
    return f'"{hashlib.sha256(body).hexdigest()}"'


def test_a_feed_is_its_bytes_with_every_header_a_subscriber_needs(ask, source):
    reply = ask.feed()
    assert reply.body == source.shown["all.ics"]
    assert reply.status == 200
    assert reply.headers == DISCREET | {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": str(len(reply.body)),
        "ETag": tag(reply.body),
        "Last-Modified": MODIFIED,
        "Cache-Control": "private, max-age=300",
        "Vary": "Accept-Encoding",
    }


def test_gzip_is_another_representation_with_a_tag_of_its_own(ask, source):
    plain, packed = ask.feed(), ask.feed(accept_encoding="gzip")
    assert gzip.decompress(packed.body) == source.shown["all.ics"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == tag(packed.body) != plain.headers["ETag"]
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Last-Modified"] == MODIFIED


def test_gzip_bytes_tell_no_time(ask):
    assert ask.feed(accept_encoding="gzip").body[4:8] == b"\0\0\0\0"


@pytest.mark.parametrize(
    ("header", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip ; q=0.001", True),
        ("gzip;q=1.000, identity;q=0.5", True),
        ("", False),
        ("identity", False),
        ("deflate, br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=0.5, identity;q=0.9", False),
        ("gzip;q=nonsense", False),
        ("gzip;q=2", False),
    ],
)
def test_gzip_comes_only_where_it_is_welcome(ask, header, packed):
    assert ("Content-Encoding" in ask.feed(accept_encoding=header).headers) is packed


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("name", ["all.ics", ""])
def test_head_is_get_without_the_body(ask, name, encoding):
    get = ask.feed(name, accept_encoding=encoding)
    head = ask.feed(name, "HEAD", accept_encoding=encoding)
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")
    assert get.body


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"a,b",  W/{} ,"c"', "*", " * "])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_feed_gets_304_and_no_body(ask, form, method):
    fresh = ask.feed()
    reply = ask.feed("all.ics", method, if_none_match=form.format(fresh.headers["ETag"]))
    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers == DISCREET | {
        "ETag": fresh.headers["ETag"],
        "Cache-Control": "private, max-age=300",
        "Vary": "Accept-Encoding",
    }


def test_each_encoding_is_recognised_by_its_own_tag_alone(ask):
    plain, packed = ask.feed().headers["ETag"], ask.feed(accept_encoding="gzip").headers["ETag"]
    assert ask.feed(accept_encoding="gzip", if_none_match=packed).status == 304
    assert ask.feed(if_none_match=f"{packed}, {plain}").status == 304
    assert ask.feed(if_none_match=packed).status == 200
    assert ask.feed(accept_encoding="gzip", if_none_match=plain).status == 200


@pytest.mark.parametrize("stale", ['"other"', "", "nonsense", 'W/"*"', '"*"'])
def test_another_tag_gets_the_feed_whatever_the_date_says(ask, stale):
    assert ask.feed(if_none_match=stale, if_modified_since=MODIFIED).status == 200


def test_a_known_tag_gets_304_whatever_the_date_says(ask):
    current = ask.feed().headers["ETag"]
    old = "Thu, 01 Jan 1970 00:00:00 GMT"
    assert ask.feed(if_none_match=current, if_modified_since=old).status == 304


def test_a_tag_needs_its_quotes(ask):
    assert ask.feed(if_none_match=ask.feed().headers["ETag"].strip('"')).status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (MODIFIED, 304),
        ("Mon, 05 Jan 2026 08:00:01 GMT", 304),
        ("Mon, 05 Jan 2026 07:59:59 GMT", 200),
        ("Monday, 05-Jan-26 08:00:00 GMT", 304),
        ("Mon Jan  5 08:00:00 2026", 304),
        ("Mon Jan  5 07:59:59 2026", 200),
        ("yesterday", 200),
        ("", 200),
        ("Mon, 05 Jan 99999999999999999999 08:00:00 GMT", 200),
    ],
)
def test_a_date_alone_is_compared_with_the_calendars_own(ask, since, status):
    assert ask.feed(if_modified_since=since).status == status


@pytest.mark.parametrize(
    "calendar",
    [
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nLAST-MODIFIED:20260301T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nLAST-MODIFIED:20261399T080000Z\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nLAST-MODIFIED:20260105\r\nEND:VCALENDAR\r\n",
        b"",
    ],
)
def test_a_calendar_without_a_moment_of_its_own_has_no_last_modified(ask, source, calendar):
    source.shown["all.ics"] = calendar
    assert "Last-Modified" not in ask.feed().headers
    assert ask.feed(if_modified_since="Thu, 01 Jan 2099 00:00:00 GMT").status == 200


def test_an_empty_calendar_still_has_its_own_last_modified(ask, source):
    source.shown["all.ics"] = b"BEGIN:VCALENDAR\nLAST-MODIFIED;X-A=b:20260105T080000Z\nEND:VCALENDAR\n"
    assert ask.feed().headers["Last-Modified"] == MODIFIED


def test_a_last_modified_that_lies_ahead_is_not_sent(make_client):
    early = make_client(clock=lambda: 1_767_600_000.0 - 1)  # a second before 2026-01-05 08:00 UTC
    assert "Last-Modified" not in early.feed().headers
    assert early.feed(if_modified_since=MODIFIED).status == 200
    assert "Last-Modified" in make_client(clock=lambda: 1_767_600_000.0).feed().headers


header = st.text(st.sampled_from(string.printable + '\xe9\xff"W/*;=,q'), max_size=60)
date = st.lists(
    st.sampled_from(
        ["Mon", ",", " ", "05", "Jan", "-", "2026", "99999999999", ":", "08:00:00", "GMT", "+0300", "\xff"]
    ),
    max_size=12,
).map("".join)


@given(tags=header, since=header | date, encoding=header)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_header_breaks_the_answer(ask, tags, since, encoding):
    assert ask.feed(if_none_match=tags, accept_encoding=encoding).status in (200, 304)
    assert ask.feed(if_modified_since=since, accept_encoding=encoding).status in (200, 304)
