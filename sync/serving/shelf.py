"""The feeds that are in memory, kept fresh without exporting twice at the same time."""

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Protocol

from sync.errors import RoadmapSyncError

_LAST_MODIFIED = re.compile(rb"^LAST-MODIFIED(?:;[^:\r\n]*)?:(\d{8}T\d{6}Z)\r?$", re.MULTILINE)


class FeedSource(Protocol):
    """Where the bytes of the feeds come from."""

    def refresh(self) -> None:
        """Bring the feeds up to date where a roadmap file or the ledger changed.

        Raises RoadmapSyncError where that cannot be done. Never called twice at the same time,
        but from changing threads.
        """

    def feeds(self) -> Mapping[str, bytes]:
        """File name to bytes (`all.ics`), as of the last refresh that went well."""


@dataclass(frozen=True, slots=True)
class Representation:
    """One body as it goes over the wire."""

    body: bytes
    etag: str
    """With its quotes; the sha256 of the body, so that each encoding has its own."""
    modified: datetime | None
    """When the calendar says it last changed, UTC."""
    content_type: str = "text/calendar; charset=utf-8"
    encoding: str = ""
    """The value of Content-Encoding, empty for none."""


def entity_tag(body: bytes) -> str:
    """Make a strong validator of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()}"'


def last_modified(calendar: bytes) -> datetime | None:
    """Read the LAST-MODIFIED of the calendar itself (RFC 7986, 5.4), not of its components.

    None where it has none, or one that is no moment.
    """
    head = calendar[: calendar.find(b"\nBEGIN:") + 1] or calendar
    stamp = _LAST_MODIFIED.search(head)
    if stamp is None:
        return None
    try:
        return datetime.strptime(stamp[1].decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


class Shelf:
    """The last good feeds, asked to be refreshed when a request comes in.

    At most one refresh in `every` seconds, and one at a time: while one thread exports, the others
    hand out what is there. Where a refresh fails, the feeds stay as they were, and `say` gets one
    line, again only when the reason changes. `now` counts seconds monotonically.
    """

    def __init__(
        self, source: FeedSource, *, say: Callable[[str], None], every: float, now: Callable[[], float]
    ) -> None:
        self._source = source
        self._say = say
        self._every = every
        self._now = now
        self._due = -inf
        self._said = ""
        self._feeds: Mapping[str, Representation] | None = None
        self._packed: dict[str, Representation] = {}
        self._refreshing = threading.Lock()
        self._packing = threading.Lock()

    def current(self) -> Mapping[str, Representation] | None:
        """Give the feeds by file name; None while there has never been one."""
        if self._refreshing.acquire(blocking=self._feeds is None):
            try:
                if self._now() >= self._due:
                    self._refresh()
            finally:
                self._refreshing.release()
        return self._feeds

    def gzipped(self, plain: Representation) -> Representation:
        """Pack a feed; the bytes and the tag are the same for the same feed."""
        with self._packing:
            if plain.etag not in self._packed:
                body = gzip.compress(plain.body, mtime=0)
                self._packed[plain.etag] = Representation(
                    body, entity_tag(body), plain.modified, plain.content_type, "gzip"
                )
            return self._packed[plain.etag]

    def _refresh(self) -> None:
        try:
            self._source.refresh()
        except RoadmapSyncError as error:
            if self._feeds is None:
                self._put(self._source.feeds())
            self._complain(error)
        else:
            self._said = ""
            self._put(self._source.feeds(), even_if_empty=True)
        finally:
            self._due = self._now() + self._every

    def _put(self, feeds: Mapping[str, bytes], *, even_if_empty: bool = False) -> None:
        if not feeds and not even_if_empty:
            return
        before = self._feeds or {}
        fresh = {name: _representation(body, before.get(name)) for name, body in feeds.items()}
        tags = {feed.etag for feed in fresh.values()}
        with self._packing:
            self._packed = {tag: packed for tag, packed in self._packed.items() if tag in tags}
        self._feeds = fresh

    def _complain(self, error: RoadmapSyncError) -> None:
        kept = "There is no feed yet" if self._feeds is None else "The feeds stay as they were"
        line = " ".join(f"{kept}: {error}".split())
        if line != self._said:
            self._said = line
            self._say(line)


def _representation(body: bytes, before: Representation | None) -> Representation:
    if before is not None and before.body == body:
        return before
    return Representation(body, entity_tag(body), last_modified(body))
