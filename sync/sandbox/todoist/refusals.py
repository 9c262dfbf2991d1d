"""How Todoist says no: the JSON of every refusal, for a whole request or for one command of `/sync`.

The same words stand in both places. A whole request carries `event_id` and sometimes `retry_after` in
`error_extra`; an entry of `sync_status` carries neither.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sync.sandbox.wire import Answer, terse_answer

Json = dict[str, Any]

WAIT_PLACES = frozenset(("header", "body"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way to be refused."""

    status: int
    code: int
    tag: str
    message: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    said_status: int | None = None
    """What the body calls `http_code` where that is not the status itself."""

    def body(self, event: str = "") -> Json:
        """The JSON that says so; `event` is the service's name for the incident."""
        extra = {**self.extra, **({"event_id": event} if event else {})}
        return {
            "error": self.message,
            "error_code": self.code,
            "error_extra": extra,
            "error_tag": self.tag,
            "http_code": self.said_status or self.status,
        }

    def answer(self, event: str = "", told_in: Container[str] = WAIT_PLACES) -> Answer:
        """The whole answer; `told_in` says whether header, body or neither tells how long to wait."""
        wait = self.extra.get("retry_after")
        said = self if "body" in told_in else replace(self, extra={})
        headers = (("Retry-After", str(wait)),) if self.status == 429 and "header" in told_in and wait else ()
        return terse_answer(said.body(event), self.status, headers)

    def having(self, **extra: object) -> "Refusal":
        """The same refusal with more in `error_extra`."""
        return replace(self, extra={**self.extra, **extra})


class Refused(Exception):
    """Raised where a request or a command is turned down."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


NO_TOKEN = Refusal(401, 401, "UNAUTHORIZED", "Unauthorized", {"access_type": "none"})
BAD_TOKEN = Refusal(
    401, 401, "AUTH_INVALID_TOKEN", "Invalid token", {"access_type": "none", "retry_after": 4}
)
BAD_TOKEN_AS_403 = replace(BAD_TOKEN, said_status=403)
BAD_TOKEN_403 = replace(BAD_TOKEN, status=403)
OUT_OF_SCOPE = Refusal(403, 403, "FORBIDDEN", "Insufficient token scope")
PREMIUM_ONLY = Refusal(403, 32, "PREMIUM_ONLY", "Premium only feature")
MAX_ITEMS = Refusal(403, 49, "MAX_ITEMS_LIMIT_REACHED", "Maximum number of items per project limit reached")
MAX_SECTIONS = Refusal(
    403, 50, "MAX_SECTIONS_LIMIT_REACHED", "Maximum number of sections per project reached"
)
MAX_PROJECTS = Refusal(
    403, 48, "MAX_PROJECTS_LIMIT_REACHED", "Maximum number of projects per user limit reached"
)
MAX_LABELS = Refusal(403, 51, "MAX_LABELS_LIMIT_REACHED", "Maximum number of labels per user limit reached")
BAD_TEMP_ID = Refusal(400, 16, "INVALID_TEMPID", "Invalid temporary id")
PROCESSED = Refusal(400, 37, "ALREADY_PROCESSED", "Sync item already processed. Ignored")
TOO_MANY_REQUESTS = Refusal(
    429, 35, "LIMITS_REACHED", "Too many requests. Limits reached. Try again later", {"retry_after": 66}
)
INTERNAL = Refusal(500, 0, "INTERNAL_SERVER_ERROR", "Internal server error")
BUSY = Refusal(503, 0, "SERVICE_UNAVAILABLE", "Service unavailable")
NO_SUCH_PATH = Refusal(404, 404, "NOT_FOUND", "Not found")
GONE = Refusal(410, 410, "GONE", "This endpoint is deprecated. Use https://api.todoist.com/api/v1")
BAD_DATE = Refusal(400, 20, "INVALID_ARGUMENT_VALUE", "Invalid date format", {"argument": "due"})
MOVE_FORBIDDEN = Refusal(403, 403, "FORBIDDEN", "Not allowed to move objects out of a workspace")
BAD_TOKEN_OF_SYNC = Refusal(
    400, 20, "INVALID_ARGUMENT_VALUE", "Invalid argument value", {"argument": "sync_token"}
)

NOT_FOUND_CODES = {
    "projects": (21, "Project"),
    "items": (22, "Item"),
    "sections": (23, "Section"),
    "labels": (24, "Label"),
    "notes": (25, "Note"),
    "reminders": (26, "Reminder"),
}
"""How `/sync` numbers and names what is not there; only the item's number is reported by users."""

REST_NAMES = {"Item": "Task", "Note": "Comment"}
"""What the REST endpoints call the things of `/sync`."""


def missing(kind: str) -> Refused:
    """There is no such thing, as `/sync` says it."""
    code, name = NOT_FOUND_CODES[kind]
    return Refused(Refusal(404, code, f"{name.upper()}_NOT_FOUND", f"{name} not found"))


def as_rest(refusal: Refusal) -> Refusal:
    """The refusal as the REST endpoints word it: what is missing has one code and one tag."""
    if refusal.status != 404 or not refusal.tag.endswith("_NOT_FOUND"):
        return refusal
    name = refusal.message.split()[0]
    return Refusal(404, 478, "NOT_FOUND", f"{REST_NAMES.get(name, name)} not found", {"retry_after": 3})


def invalid(argument: str, expected: str = "") -> Refused:
    """A value that cannot be."""
    extra = {"argument": argument, **({"expected": expected} if expected else {})}
    return Refused(Refusal(400, 20, "INVALID_ARGUMENT_VALUE", "Invalid argument value", extra))


def required(argument: str) -> Refused:
    """A value that is missing."""
    return Refused(
        Refusal(400, 19, "ARGUMENT_MISSING", "Required argument is missing", {"argument": argument})
    )


def not_emulated(name: str) -> Refused:
    """Todoist has it, the sandbox does not."""
    return Refused(Refusal(501, 501, "NOT_IMPLEMENTED", f"The sandbox does not emulate {name}."))


BY_NAME = {
    "400 INVALID_ARGUMENT_VALUE": invalid("content").refusal,
    "400 INVALID_TEMPID": BAD_TEMP_ID,
    "400 ALREADY_PROCESSED": PROCESSED,
    "401 AUTH_INVALID_TOKEN": BAD_TOKEN,
    "403 AUTH_INVALID_TOKEN": BAD_TOKEN_403,
    "403 FORBIDDEN": MOVE_FORBIDDEN,
    "403 MAX_ITEMS_LIMIT_REACHED": MAX_ITEMS,
    "403 MAX_SECTIONS_LIMIT_REACHED": MAX_SECTIONS,
    "403 MAX_PROJECTS_LIMIT_REACHED": MAX_PROJECTS,
    "403 PREMIUM_ONLY": PREMIUM_ONLY,
    "404 NOT_FOUND": as_rest(missing("items").refusal),
    "404 ITEM_NOT_FOUND": missing("items").refusal,
    "429 LIMITS_REACHED": TOO_MANY_REQUESTS,
    "500 INTERNAL_SERVER_ERROR": INTERNAL,
    "503 SERVICE_UNAVAILABLE": BUSY,
}
"""What a fault may say without having a cause."""
