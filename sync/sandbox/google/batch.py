"""The batch endpoint: many calls in one multipart request, each answered for itself.

Parts are carried out and answered in any order; a caller tells them apart by their Content-ID,
which comes back unchanged but for `response-` in front.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sync.sandbox.chance import LOWER, Chance
from sync.sandbox.faults import Strike
from sync.sandbox.google.refusals import PARSE_ERROR, Refused, unknown
from sync.sandbox.wire import Answer, Request

BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^\s;]+))', re.IGNORECASE)
REQUEST_LINE = re.compile(rb"([A-Z]+) (/\S*) HTTP/1\.1\r?\n")
HEADS_END = re.compile(rb"\r?\n\r?\n")
NOT_PASSED_ON = "content-"
"""Headers of the whole request apply to every call in it, but for those that describe its body."""


@dataclass(frozen=True, slots=True)
class Part:
    """One call and the name under which it wants to be answered."""

    label: str
    request: Request


def parts_of(outer: Request) -> list[Part]:
    """Take a batch apart; raises Refused (400) where it is no batch."""
    match = BOUNDARY.search(outer.headers.get("content-type", ""))
    if match is None:
        raise unknown("Failed to parse batch request, error: no boundary.")
    mark = b"--" + (match[1] or match[2]).encode()
    pieces = re.split(rb"(?:^|\r?\n)" + re.escape(mark) + rb"(?:--)?[ \t]*(?:\r?\n|$)", outer.body)
    return [_part(piece, outer) for piece in pieces if piece.strip()]


def _part(piece: bytes, outer: Request) -> Part:
    head, call = _split(piece)
    line = REQUEST_LINE.match(call)
    if head.get("content-type", "").lower() != "application/http" or line is None:
        raise unknown("Failed to parse batch request, error: a part is no HTTP request with a path.")
    own, body = _split(call[line.end() :])
    shared = {name: value for name, value in outer.headers.items() if not name.startswith(NOT_PASSED_ON)}
    if own.get("content-length", "").isdecimal():
        body = body[: int(own["content-length"])]
    request = Request.at(line[1].decode(), line[2].decode(), {**shared, **own}, body)
    return Part(head.get("content-id", ""), request)


def _split(block: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and body of a block, whichever line ends it uses."""
    halves = HEADS_END.split(block, maxsplit=1)
    lines = halves[0].decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}, [*halves, b""][1]


@dataclass(frozen=True, slots=True)
class Batches:
    """Answers batches with the help of whatever answers single calls."""

    single: Callable[[Request], Answer]
    chance: Chance

    def answer(self, parts: list[Part], strikes: dict[int, Strike], *, shuffled: bool) -> Answer:
        """Carry out the calls and put their answers together; `strikes` by part number from 1."""
        order = list(enumerate(parts, start=1))
        if shuffled:
            order = self.chance.shuffled(order)
        done = [(part, self._one(part, strikes.get(number)), strikes.get(number)) for number, part in order]
        boundary = f"batch_{self.chance.word(24, LOWER)}"
        blocks = [
            _block(part.label, answer) for part, answer, strike in done if not (strike and strike.fault.lost)
        ]
        opening = f"--{boundary}\r\n".encode()
        body = b"".join(opening + block + b"\r\n" for block in blocks) + f"--{boundary}--\r\n".encode()
        calls = tuple(call for _, answer, _ in done for call in answer.calls)
        return Answer(200, (("Content-Type", f"multipart/mixed; boundary={boundary}"),), body, calls)

    def _one(self, part: Part, strike: Strike | None) -> Answer:
        if strike is None:
            return self.single(part.request)
        worked = self.single(part.request) if strike.works else Answer(200)
        told = strike.fault.answer or worked
        return Answer(told.status, told.headers, told.body, worked.calls)


def _block(label: str, answer: Answer) -> bytes:
    """One part of the answer; its inner head ends with an empty line even where no body follows."""
    head = "Content-Type: application/http\r\n"
    if label:
        head += f"Content-ID: {_response_label(label)}\r\n"
    sized = answer.having(("Content-Length", str(len(answer.body)))) if answer.body else answer
    return head.encode() + b"\r\n" + sized.head() + answer.body


def _response_label(label: str) -> str:
    return f"<response-{label[1:]}" if label.startswith("<") else f"response-{label}"


def too_many(limit: int) -> Refused:
    """A batch with more calls than are taken."""
    return unknown(f"The batch request holds more than {limit} calls.")


def empty() -> Refused:
    """A batch without a call."""
    return Refused(PARSE_ERROR)
