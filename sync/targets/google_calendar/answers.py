"""Calls to the API about one event, and what Google answers to one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call; as bytes it is what the outbox keeps, and the same bytes make the same call."""

    verb: str
    """As the API names it: get, insert, update, delete."""
    event: str
    """The id of the event."""
    match: str = ""
    """The etag that the event must still have; empty for any."""
    body: Json | None = None

    def __bytes__(self) -> bytes:
        told = {"verb": self.verb, "event": self.event, "match": self.match, "body": self.body}
        return json.dumps(told, sort_keys=True).encode()

    @classmethod
    def parse(cls, payload: bytes) -> "Call":
        """Read what `bytes` wrote."""
        return cls(**json.loads(payload))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the reason is Google's own word, empty where there is none."""

    status: int
    reason: str = ""
    message: str = ""
    body: Json = field(default_factory=dict)
    after: float | None = None
    """Seconds that we are asked to wait."""
    garbled: bool = False
    """Whether something else stood where JSON was due."""

    @property
    def ok(self) -> bool:
        """Whether it was carried out."""
        return 200 <= self.status < 300 and not self.garbled

    @classmethod
    def of(cls, status: int, headers: Mapping[str, str], content: bytes) -> "Answer":
        """Read an answer; header names are in lower case."""
        try:
            body = json.loads(content) if content else {}
        except ValueError:
            body = None
        after = _seconds(headers.get("retry-after", ""), headers.get("date", ""))
        if not isinstance(body, dict):
            return cls(status, after=after, garbled=True)
        if status < 300:
            return cls(status, body=body, after=after)
        return cls.refused(status, body, after)

    @classmethod
    def refused(cls, status: int, body: Json, after: float | None = None) -> "Answer":
        """Read what came with a status that says no."""
        reason, message = _told(body.get("error"))
        return cls(status, reason, message, body, after, garbled=not body)


def _told(error: Any) -> tuple[str, str]:
    """Return reason and message: of the back end's list, else of the front end's details or status."""
    if not isinstance(error, dict):
        return "", ""
    lists = [*(error.get("errors") or ()), *(error.get("details") or ())]
    reasons = [each["reason"] for each in lists if isinstance(each, dict) and each.get("reason")]
    return str([*reasons, error.get("status") or ""][0]), str(error.get("message") or "")


def _seconds(wish: str, now: str) -> float | None:
    """Return what Retry-After asks for: seconds, or a date (RFC 9110 10.2.3) counted from the answer's own."""
    if wish.strip().isdecimal():
        return float(wish)
    try:
        until = parsedate_to_datetime(wish)
        since = parsedate_to_datetime(now) if now else datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return max(0.0, (until - since).total_seconds())
