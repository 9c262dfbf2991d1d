"""The one door for what Google refuses: by its reason, never by the status alone.

https://developers.google.com/calendar/api/guides/errors
"""

from sync.errors import NotAuthorised, RetryLater, RoadmapSyncError, TargetError, TargetRefused
from sync.targets.google_calendar.answers import Answer

BUSY = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED", "conflict"}
)
"""Refused for now and surely not carried out; `conflict` is a clash with another call of the same batch."""
EXHAUSTED = frozenset({"quotaExceeded", "dailyLimitExceeded"})
OUT_OF_SCOPE = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
SWITCHED_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
STALE = frozenset({"fullSyncRequired", "updatedMinTooLongAgo"})
BROKEN = frozenset({"backendError", "internalError", "INTERNAL", "UNAVAILABLE", "DEADLINE_EXCEEDED"})
"""Carried out or not: nobody knows."""
GONE = frozenset({"notFound", "deleted"})
CHANGED = frozenset({"conditionNotMet"})
TAKEN = frozenset({"duplicate"})
LONGEST = 200


class FateUnknown(RetryLater):
    """No answer came that says whether the request was carried out."""


class SyncTokenDead(TargetError):
    """What changed since the last reading cannot be told any more."""


def is_unauthorised(answer: Answer) -> bool:
    """Tell whether the token was not accepted; a token that has run out says no more than that."""
    return answer.status == 401 or answer.reason in {"authError", "UNAUTHENTICATED"}


def hindrance(answer: Answer) -> RoadmapSyncError | None:
    """Return what stands in the way of everything, None where the answer is about one event alone."""
    if answer.ok:
        return None
    reason = answer.reason
    if is_unauthorised(answer):
        return signed_out()
    if reason in OUT_OF_SCOPE:
        return NotAuthorised(
            "Google was not allowed to let roadmap-sync do this.",
            "Run `roadmap-sync auth google` and leave every box on the consent page ticked.",
        )
    if reason in SWITCHED_OFF:
        return TargetRefused(
            "The Google Calendar API is switched off for this client.",
            "Switch it on in the Google Cloud console (APIs & Services), wait a minute, push again.",
        )
    if reason in EXHAUSTED:
        return TargetRefused(
            "Google takes no more changes to this account for now: its usage limit is reached.",
            "Push again in some hours; it goes on where it stopped.",
        )
    if reason in STALE:
        return SyncTokenDead("Google no longer knows what changed since the last look.", "Try again.")
    return _passing(answer)


def _passing(answer: Answer) -> RetryLater | TargetRefused | None:
    """Return what goes away by waiting, and what is no answer of Google Calendar at all."""
    if answer.reason in BUSY or (answer.status == 429 and not answer.reason):
        return RetryLater("Google asks to go slower.", "Push again in a minute.", answer.after)
    if answer.reason in BROKEN or answer.status >= 500 or (answer.garbled and answer.status < 300):
        return FateUnknown(
            f"Google Calendar is in trouble (HTTP {answer.status}).", "Push again later.", answer.after
        )
    if answer.garbled:
        return TargetRefused(
            f"This is no answer of Google Calendar (HTTP {answer.status}, no JSON).",
            "Check `endpoint` in the configuration, and whether a proxy stands in between.",
        )
    return None


def signed_out() -> NotAuthorised:
    """Return what to say where Google accepts neither the token nor a new one."""
    return NotAuthorised(
        "Google does not accept the sign-in any more.",
        "Run `roadmap-sync auth google`. While the consent screen of the app is in testing, a sign-in "
        "ends after seven days; publishing the app ends that.",
    )


def refusal(answer: Answer) -> TargetRefused:
    """Return what to say of one event that Google will not take."""
    told = " ".join(answer.message.split())[:LONGEST] or answer.reason or f"HTTP {answer.status}"
    return TargetRefused(
        f"Google Calendar refused it: {told.rstrip('.')}.",
        "Mend it in the roadmap, or leave it out, and push.",
    )


def no_calendar() -> TargetRefused:
    """Return what to say where there is no calendar under the id that is configured."""
    return TargetRefused(
        "The calendar of `calendar_id` is not there, or was not made by roadmap-sync.",
        "Empty `calendar_id` in the configuration: then it is searched for, and made anew where it is gone.",
    )


def trouble(answer: Answer) -> RoadmapSyncError:
    """Return the error for a call that was about no single event."""
    return hindrance(answer) or refusal(answer)


def unreachable(why: str) -> FateUnknown:
    """Return what to say where the network failed; `why` is the kind of failure."""
    return FateUnknown(
        f"Google Calendar cannot be reached ({why}).", "Check the connection, then push again."
    )


def lost() -> FateUnknown:
    """Return what to say of a call to which no answer came in a batch that was answered."""
    return FateUnknown("Google answered only a part of a request.", "Push again.")
