"""How Google says no: status, reason and body of every refusal, as its documentation and users report.

`https://developers.google.com/calendar/api/guides/errors` names most of them. Refusals of the back end
have no `status` beside `code`; those of the front end (sign-in, scopes, unknown methods) do.
"""

from dataclasses import dataclass
from typing import Any

from sync.sandbox.wire import Answer, json_answer


@dataclass(frozen=True, slots=True)
class Refusal:
    """One way to be refused."""

    status: int
    reason: str
    message: str
    domain: str = "global"
    location: tuple[str, str] | None = None
    """What kind of place is at fault (parameter, header), and its name."""
    front: str = ""
    """The front end's word for it, for example PERMISSION_DENIED."""
    details: tuple[dict[str, Any], ...] = ()

    def body(self) -> dict[str, Any]:
        """The JSON that says so."""
        error: dict[str, Any] = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location:
            error["locationType"], error["location"] = self.location
        whole: dict[str, Any] = {"errors": [error], "code": self.status, "message": self.message}
        if self.front:
            whole["status"] = self.front
        if self.details:
            whole["details"] = list(self.details)
        return {"error": whole}

    def answer(self, *headers: tuple[str, str]) -> Answer:
        """The whole answer."""
        return json_answer(self.body(), self.status, headers)


class Refused(Exception):
    """Raised where a request is turned down; the service answers with the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


NOT_SIGNED_IN = Refusal(
    401, "authError", "Invalid Credentials", location=("header", "Authorization"), front="UNAUTHENTICATED"
)
NOT_FOUND = Refusal(404, "notFound", "Not Found")
NO_SUCH_METHOD = Refusal(404, "notFound", "Not Found", front="NOT_FOUND")
FORBIDDEN = Refusal(403, "forbidden", "Forbidden")
DUPLICATE = Refusal(409, "duplicate", "The requested identifier already exists.")
CONFLICT = Refusal(409, "conflict", "Conflict")
DELETED = Refusal(410, "deleted", "Resource has been deleted")
CHANGED = Refusal(412, "conditionNotMet", "Precondition Failed", location=("header", "If-Match"))
SYNC_TOKEN_DEAD = Refusal(
    410,
    "fullSyncRequired",
    "Sync token is no longer valid, a full sync is required.",
    domain="calendar",
    location=("parameter", "syncToken"),
)
UPDATED_MIN_TOO_OLD = Refusal(
    410,
    "updatedMinTooLongAgo",
    "The requested minimum modification time lies too far in the past.",
    domain="calendar",
    location=("parameter", "updatedMin"),
)
TIME_RANGE_EMPTY = Refusal(
    400,
    "timeRangeEmpty",
    "The specified time range is empty.",
    domain="calendar",
    location=("parameter", "timeMax"),
)
BOTH_REMINDERS = Refusal(
    400,
    "cannotUseDefaultRemindersAndSpecifyOverride",
    "Cannot specify both default reminders and overrides at the same time.",
    domain="calendar",
)
OLD_SEQUENCE = Refusal(
    400,
    "invalid",
    "Invalid sequence value. The specified sequence number is below the current sequence number of the "
    "resource. Re-fetch the resource and use its sequence number on the following request.",
)
PARSE_ERROR = Refusal(400, "parseError", "Parse Error")
USER_RATE_LIMIT = Refusal(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")
RATE_LIMIT = Refusal(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
TOO_MANY_REQUESTS = Refusal(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
QUOTA_GONE = Refusal(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits")
BACKEND_ERROR = Refusal(500, "backendError", "Backend Error")
BACKEND_BUSY = Refusal(503, "backendError", "Backend Error")
NO_ORIGINAL = Refusal(
    403,
    "forbiddenForNonOrganizer",
    "Shared properties can only be changed by the organizer of the event.",
    domain="calendar",
)
API_OFF = Refusal(
    403,
    "accessNotConfigured",
    "Google Calendar API has not been used in this project before or it is disabled.",
    domain="usageLimits",
    front="PERMISSION_DENIED",
)

BY_NAME = {
    "401 authError": NOT_SIGNED_IN,
    "403 forbidden": FORBIDDEN,
    "403 userRateLimitExceeded": USER_RATE_LIMIT,
    "403 rateLimitExceeded": RATE_LIMIT,
    "403 quotaExceeded": QUOTA_GONE,
    "403 forbiddenForNonOrganizer": NO_ORIGINAL,
    "403 accessNotConfigured": API_OFF,
    "404 notFound": NOT_FOUND,
    "409 conflict": CONFLICT,
    "410 fullSyncRequired": SYNC_TOKEN_DEAD,
    "412 conditionNotMet": CHANGED,
    "429 rateLimitExceeded": TOO_MANY_REQUESTS,
    "500 backendError": BACKEND_ERROR,
    "503 backendError": BACKEND_BUSY,
}
"""What a fault may say without having a cause."""


def invalid(message: str, parameter: str = "") -> Refused:
    """A value that cannot be; the real service often names neither field nor rule, this one does."""
    location = ("parameter", parameter) if parameter else None
    return Refused(Refusal(400, "invalid", message, location=location))


def required(message: str) -> Refused:
    """A value that is missing."""
    return Refused(Refusal(400, "required", message))


def unknown(message: str) -> Refused:
    """A body or parameter that the API's own description does not know."""
    return Refused(Refusal(400, "badRequest", message, front="INVALID_ARGUMENT"))


def out_of_scope(method: str) -> Refused:
    """The token's scopes do not cover the method, named as in `calendar.events.insert`."""
    service, resource, verb = method.split(".")
    return Refused(
        Refusal(
            403,
            "insufficientPermissions",
            "Request had insufficient authentication scopes.",
            front="PERMISSION_DENIED",
            details=(
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": {
                        "service": "calendar-json.googleapis.com",
                        "method": f"{service}.v3.{resource[0].upper()}{resource[1:]}."
                        f"{verb[0].upper()}{verb[1:]}",
                    },
                },
            ),
        )
    )


def not_emulated(method: str) -> Refused:
    """The method exists at Google, but not here."""
    return Refused(
        Refusal(501, "notImplemented", f"The sandbox does not emulate {method}.", front="UNIMPLEMENTED")
    )
