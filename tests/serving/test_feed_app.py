from urllib.parse import quote
from wsgiref.validate import validator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WRONG = [
    "/",
    "",
    "*",
    "/robots.txt",
    "/f",
    "/f/",
    "/f//",
    "/f//all.ics",
    "/f/{}",
    "/f/{}x/all.ics",
    "/f/{}/none.ics",
    "/f/{}/all.ICS",
    "/f/{}/all.ics/",
    "/f/{}//all.ics",
    "//f/{}/all.ics",
    "/f//{}/all.ics",
    "/f/{}/./all.ics",
    "/f/{}/x/../all.ics",
    "/f/{}/%2e/all.ics",
    "/f/{}/.",
    "/f/{}/..",
    "/f/{}/all%2eics",
    "/f/{}/all%2Eics",
    "/f/{}/%61ll.ics",
    "/f/{}/all.ics%00",
    "/f/{}/all.ics%0a",
    "/f/{}/all.ics%2f",
    "/f/{}%2fall.ics",
    "/f%2f{}/all.ics",
    "/%66/{}/all.ics",
    "/F/{}/all.ics",
    "/f/{}/all.ics;x=1",
    "/f/{}/all.ics#x",
    "/f/{}/\xe9.ics",
    "/f/\xe9/all.ics",
    "/x/f/{}/all.ics",
    "http:/f/{}/all.ics",
    "https://example.org//f/{}/all.ics",
    "https://example.org",
]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", WRONG)
def test_every_wrong_path_is_the_same_empty_404(ask, path, method):
    reply = ask(path.format(ask.token), method)
    assert (reply.status, reply.headers, reply.body) == (404, {"Content-Length": "0"}, b"")


@pytest.mark.parametrize("cut", [slice(-1), slice(1, None), slice(0), slice(1)])
def test_a_part_of_the_token_opens_nothing(ask, cut):
    assert ask(f"/f/{ask.token[cut]}/all.ics").status == 404
    assert ask(f"/f/{ask.token.swapcase()}/all.ics").status == 404


def test_a_stranger_makes_no_work(ask, source):
    ask("/f/wrong/all.ics")
    ask("/robots.txt")
    assert source.refreshes == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get"])
@pytest.mark.parametrize("name", ["all.ics", ""])
def test_another_method_on_a_right_path_is_told_which_ones_there_are(ask, name, method):
    reply = ask.feed(name, method)
    assert (reply.status, reply.body) == (405, b"")
    assert reply.headers == {"Allow": "GET, HEAD", "Content-Length": "0"}


@pytest.mark.parametrize(
    "target", ["{}?x=1", "{}?", "http://example.org:8080{}", "HTTPS://example.org{}?a=/b"]
)
def test_a_query_or_the_whole_address_changes_nothing(ask, target):
    assert ask(target.format(f"/f/{ask.token}/all.ics")).status == 200


@pytest.mark.parametrize(
    "name", ["my plan.ics", "план.ics", "a&b=\"<c>'.ics", "100%.ics", "a~b_c-d.tasks.ics"]
)
def test_a_name_has_exactly_one_address(ask, source, name):
    source.shown[name] = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert ask.feed(quote(name, safe="")).body == source.shown[name]
    everything_encoded = "".join(f"%{byte:02x}" for byte in name.encode())
    assert ask.feed(everything_encoded).status == 404


def test_a_name_with_a_slash_is_not_a_path(ask, source):
    source.shown["a/b.ics"] = b"x"
    assert ask.feed("a/b.ics").status == 404


def test_a_server_that_keeps_no_original_path_is_served_too(ask, source):
    source.shown["план.ics"] = b"x"
    wsgi = "план.ics".encode().decode("latin-1")
    assert ask.environ({"PATH_INFO": f"/f/{ask.token}/all.ics"}).status == 200
    assert ask.environ({"PATH_INFO": f"/f/{ask.token}/{wsgi}"}).body == b"x"
    assert ask.environ({"SCRIPT_NAME": "/f", "PATH_INFO": f"/{ask.token}/all.ics"}).status == 200
    assert ask.environ({"PATH_INFO": f"//f/{ask.token}/all.ics"}).status == 404


def test_the_list_links_every_feed_and_all_of_them_first(ask, source):
    source.shown |= {"thesis.ics": b"x", "a&b.ics": b"x"}
    reply = ask.feed("")
    page = reply.body.decode()
    base = f"webcal://example.org:8080/f/{ask.token}/"
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (
        page.index(f'"{base}all.ics"') < page.index(f'"{base}a%26b.ics"') < page.index(f'"{base}thesis.ics"')
    )
    assert '<a href="./thesis.ics">' in page
    assert "a&amp;b.ics" in page
    assert "a&b" not in page


def test_the_list_runs_nothing_and_is_framed_by_nobody(ask):
    headers = ask.feed("").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["Referrer-Policy"], headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert headers["Cache-Control"].startswith("private")


def test_who_has_the_list_gets_304(ask):
    assert ask.feed("", if_none_match=ask.feed("").headers["ETag"]).status == 304


@pytest.mark.parametrize("host", ['"><script>', "a/b", "a b", "", "x:123456", "[::1"])
def test_a_host_that_is_none_is_put_into_no_link(ask, host):
    page = ask.feed("", host=host).body.decode()
    assert "webcal:" not in page
    assert '<a href="./all.ics">' in page
    assert "<script" not in page


@pytest.mark.parametrize("host", ["localhost", "[::1]:8080", "plan.example.org", "10.0.0.7:80"])
def test_the_links_go_to_the_host_that_was_asked(ask, host):
    assert f"webcal://{host}/f/" in ask.feed("", host=host).body.decode()


def test_an_empty_list_says_so(ask, source):
    source.shown.clear()
    reply = ask.feed("")
    assert reply.status == 200
    assert "There is no feed yet." in reply.body.decode()
    assert ask.feed().status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", ["all.ics", ""])
@pytest.mark.parametrize("known", [{}, {"if_none_match": "*"}])
def test_every_answer_with_a_body_keeps_to_the_rules_of_wsgi(ask, name, method, known):
    ask.app = validator(ask.app)
    assert ask.feed(name, method, **known).status == (304 if known else 200)


@given(target=st.text(st.characters(max_codepoint=255), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_breaks_the_answer(ask, target):
    assert ask(target).status == 404
    assert ask.feed(target).status in (200, 404)
