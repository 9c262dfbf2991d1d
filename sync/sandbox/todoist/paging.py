"""Pages of the REST endpoints: a limit, and a cursor that leads to the next one."""

import base64
from collections.abc import Sequence
from typing import Any

from sync.sandbox.todoist.quirks import Quirks
from sync.sandbox.todoist.refusals import invalid
from sync.sandbox.wire import Request

Json = dict[str, Any]

USUAL = 50
MOST = 200


def page(
    request: Request, quirks: Quirks, found: Sequence[Any], name: str = "results", most: int = MOST
) -> Json:
    """One page of what was found, under that name, and the cursor of the next one or null."""
    start, size = _start(request), min(_limit(request, most), quirks.page_limit or most)
    end = start + size
    cursor = None if end >= len(found) else base64.urlsafe_b64encode(f"from {end}".encode()).decode()
    return {name: list(found[start:end]), "next_cursor": cursor}


def _limit(request: Request, most: int) -> int:
    said = request.first("limit")
    if said is None:
        return USUAL
    if not (said.isascii() and said.isdigit()) or int(said[:9]) == 0:
        raise invalid("limit", "Input should be greater than 0")
    if int(said[:9]) > most:
        raise invalid("limit", f"Input should be less than or equal to {most}")
    return int(said)


def _start(request: Request) -> int:
    cursor = request.first("cursor")
    if not cursor:
        return 0
    try:
        words = base64.b64decode(cursor, "-_", validate=True).decode().split()
        return int(words[1])
    except (ValueError, IndexError):
        raise invalid("cursor") from None
