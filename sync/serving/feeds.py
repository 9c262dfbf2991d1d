"""The feeds as a WSGI application that knows neither sockets nor how a feed is made.

It answers `/f/<token>/<name>.ics` and the list `/f/<token>/`; everything else is one and the same
empty 404, so that a stranger learns nothing by trying.
"""

import hmac
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from urllib.parse import quote, unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sync.serving.conditional import accepts_gzip, still_current
from sync.serving.index_page import index_page
from sync.serving.shelf import FeedSource, Representation, Shelf, entity_tag

__all__ = ["FeedSource", "feed_app"]

_UNDER_SECRET = re.compile(r"/f/([^/]*)/([^/]*)")
_CACHE = ("Cache-Control", "private, max-age=300")
_DISCREET = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
)
_VARY = ("Vary", "Accept-Encoding")
_PAGE_POLICY = (
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
)

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    headers: Headers
    body: bytes = b""


_NOT_FOUND = _Answer("404 Not Found", (("Content-Length", "0"),))
_WRONG_METHOD = _Answer("405 Method Not Allowed", (("Allow", "GET, HEAD"), ("Content-Length", "0")))
_NOTHING_YET = _Answer("503 Service Unavailable", (("Retry-After", "60"), ("Content-Length", "0")))


def feed_app(
    source: FeedSource,
    token: str,
    *,
    say: Callable[[str], None],
    every: float = 2.0,
    now: Callable[[], float] = time.monotonic,
    clock: Callable[[], float] = time.time,
) -> WSGIApplication:
    """Make the application that serves what `source` has, to those who know `token`.

    A request refreshes the source first, at most once in `every` seconds of `now`; `say` is told,
    in one line, when that fails. `clock` gives seconds since 1970: a Last-Modified that lies ahead
    of it must not be sent (RFC 9110, 8.8.2.1), and the first stamp of a feed comes from its
    roadmap, which may well lie ahead.
    """
    shelf = Shelf(source, say=say, every=every, now=now)

    def _app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _answer(environ, shelf, token, clock)
        start_response(answer.status, list(answer.headers))
        return [answer.body] if answer.body else []

    return _app


def _answer(environ: WSGIEnvironment, shelf: Shelf, token: str, clock: Callable[[], float]) -> _Answer:
    name = _name_under(token, _path(environ))
    if name is None:
        return _NOT_FOUND
    feeds = shelf.current()
    if feeds is None:
        return _NOTHING_YET
    if name and name not in feeds:
        return _NOT_FOUND
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return _WRONG_METHOD
    if not name:
        return _conditionally(environ, _listing(environ, feeds, token), (_PAGE_POLICY,), clock)
    feed = feeds[name]
    if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        feed = shelf.gzipped(feed)
    return _conditionally(environ, feed, (_VARY,), clock)


def _path(environ: WSGIEnvironment) -> str:
    """Find the path as the request wrote it, percent-encoding and double slashes included.

    PATH_INFO is decoded and, by some servers, tidied up; it stands in only where a server does not
    hand on the original. A request may name the whole address (RFC 9112, 3.2.2).
    """
    target: str | None = environ.get("REQUEST_URI")
    if target is None:
        decoded = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        return quote(decoded, safe="/", encoding="latin-1")
    if target.lower().startswith(("http://", "https://")):
        target = "/" + target.split("://", 1)[1].partition("/")[2]
    return target.partition("?")[0]


def _name_under(token: str, path: str) -> str | None:
    """Find the file name under the secret path, empty for the list; None for any other path.

    Only the one canonical spelling of a name counts, so that no feed has two addresses.
    """
    written = _UNDER_SECRET.fullmatch(path)
    if written is None or not hmac.compare_digest(written[1].encode(), token.encode()):
        return None
    name = unquote(written[2])
    return name if quote(name, safe="") == written[2] else None


def _listing(environ: WSGIEnvironment, names: Iterable[str], token: str) -> Representation:
    body = index_page(names, host=environ.get("HTTP_HOST"), folder=f"/f/{token}/")
    return Representation(body, entity_tag(body), None, "text/html; charset=utf-8")


def _conditionally(
    environ: WSGIEnvironment, wanted: Representation, extra: Headers, clock: Callable[[], float]
) -> _Answer:
    """Answer with the representation, or 304 where the client has it; to HEAD without the body."""
    modified = wanted.modified
    if modified is not None and modified.timestamp() > clock():
        modified = None
    validators = (("ETag", wanted.etag), _CACHE, *extra)
    asked, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    if still_current(wanted.etag, modified, asked, since):
        return _Answer("304 Not Modified", (*validators, *_DISCREET))
    headers = (*_described(wanted), *validators, *_DISCREET)
    if modified is not None:
        headers = (*headers, ("Last-Modified", format_datetime(modified, usegmt=True)))
    return _Answer("200 OK", headers, wanted.body if environ["REQUEST_METHOD"] == "GET" else b"")


def _described(wanted: Representation) -> Iterator[tuple[str, str]]:
    yield "Content-Type", wanted.content_type
    yield "Content-Length", str(len(wanted.body))
    if wanted.encoding:
        yield "Content-Encoding", wanted.encoding
