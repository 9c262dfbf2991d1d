"""Many calls in one request, each answered for itself.

https://developers.google.com/calendar/api/guides/batch. Answers come in any order and are told apart by
their Content-ID; one that is missing or cannot be read costs the others nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from sync.targets.google_calendar.answers import Answer

MOST = 50
"""Calls in a batch; sources name 50 and 1000."""

BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
LABEL = re.compile(rb"<?response-item-(\d+)>?")
HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/[\d.]+ (\d{3})[^\r\n]*(?:\r?\n|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """One call as HTTP: ASCII throughout."""

    method: str
    path: str
    """With its query."""
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        named = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        if self.body:
            named += f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n"
        return f"{self.method} {self.path} HTTP/1.1\r\n{named}\r\n{self.body}"


def encoded(parts: Sequence[Part]) -> tuple[str, bytes]:
    """Return content type and body; the same parts make the same bytes."""
    texts = [str(part) for part in parts]
    boundary = f"batch_{blake2b(''.join(texts).encode(), digest_size=16).hexdigest()}"
    blocks = (
        f"--{boundary}\r\nContent-Type: application/http\r\nContent-ID: <item-{number}>\r\n\r\n{text}\r\n"
        for number, text in enumerate(texts)
    )
    return f"multipart/mixed; boundary={boundary}", f"{''.join(blocks)}--{boundary}--\r\n".encode("ascii")


def decoded(content_type: str, content: bytes, count: int) -> list[Answer | None] | None:
    """Return the answer to each part, None for one that is missing; None alone where this is no batch."""
    found = BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/") or found is None:
        return None
    answers = dict(_answers(content, found[1].encode()))
    return [answers.get(number) for number in range(count)]


def _answers(content: bytes, boundary: bytes) -> Iterator[tuple[int, Answer]]:
    blocks = re.split(rb"(?:^|\r?\n)--" + re.escape(boundary), content)
    # what follows the last boundary is nothing where the answer is whole, and a torn part where it is not
    for block in blocks[1:-1]:
        head, *inner = HEAD_ENDS.split(block, maxsplit=1)
        label = LABEL.search(_headers(head).get("content-id", "").encode())
        status = STATUS.match(inner[0].lstrip()) if inner else None
        if label is not None and status is not None:
            rest = b"\r\n" + inner[0].lstrip()[status.end() :] + b"\r\n\r\n"
            named, *body = HEAD_ENDS.split(rest, maxsplit=1)
            yield int(label[1]), Answer.of(int(status[1]), _headers(named), body[0].strip())


def _headers(block: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in block.decode("latin-1").splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
