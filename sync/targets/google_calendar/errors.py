"""The one door for what Google refuses: by its reason, never by the status alone.

https://developers.google.com/calendar/api/guides/errors
"""

from sync.errors import NotAuthorised, OutOfReach, RetryLater, RoadmapSyncError, TargetError, TargetRefused
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
DENIED = frozenset({"forbidden", "requiredAccessLevel"})
"""Something of somebody else's, or not shared with us any more."""
CHANGED = frozenset({"conditionNotMet"})
TAKEN = frozenset({"duplicate"})
LONGEST = 200
LATER = "Run the same command again later; nothing is lost."
ENABLING = "docs/google.md, Calendar API"
CONNECTION = "Check the connection, then run the same command again; nothing is lost."
REFUSED = {
    403: f"Switch on the Google Calendar API ({ENABLING}), then sign in again with `roadmap-sync auth google` "
    "and leave both boxes ticked.",
    404: "Check `endpoint` under [google] in the configuration; without one it is Google's own.",
}
"""What helps where Google's reason is none of those above."""


class FateUnknown(RetryLater):
    """No answer came that says whether the request was carried out."""


class SyncTokenDead(TargetError):
    """What changed since the last reading cannot be told any more."""


class CalendarGone(TargetRefused):
    """There is no calendar under the id that is known."""


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
            f"Switch it on in the Google Cloud console ({ENABLING}), wait some minutes, then run the same "
            "command again.",
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
        return RetryLater(
            "Google asks to go slower.", "Run the same command again in a minute.", answer.after
        )
    if answer.reason in BROKEN or answer.status >= 500:
        return FateUnknown(f"Google Calendar is in trouble (HTTP {answer.status}).", LATER, answer.after)
    if answer.garbled and answer.status < 300:
        return FateUnknown(
            f"Google Calendar's answer could not be read (HTTP {answer.status}).", LATER, answer.after
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
    return TargetRefused(
        f"Google Calendar refused it: {_said(answer)}.",
        "Mend it in the roadmap, or leave it out, and push.",
    )


def about_calendar(answer: Answer) -> RoadmapSyncError:
    """Return the error for a call that was about the calendar of `calendar_id`."""
    if answer.reason not in GONE | DENIED:
        return trouble(answer)
    kind = CalendarGone if answer.reason in GONE else TargetRefused
    return kind(
        "The calendar of `calendar_id` is not there any more, or is not ours to use.",
        "Empty `calendar_id` in the configuration, then `roadmap-sync push --force --restore`: the calendar "
        "is searched for, or made anew. With --all every phase is written to it again.",
    )


def trouble(answer: Answer) -> RoadmapSyncError:
    """Return the error for a call that was about no single event, but the calendar or the list of them."""
    return hindrance(answer) or TargetRefused(
        f"Google Calendar refused the request: {_said(answer)}.",
        REFUSED.get(
            answer.status, "Run `roadmap-sync doctor`, and look for a newer version of roadmap-sync."
        ),
    )


def _said(answer: Answer) -> str:
    told = " ".join(answer.message.split())[:LONGEST] or answer.reason or f"HTTP {answer.status}"
    return told.rstrip(".")


def unreachable() -> OutOfReach:
    """Return what to say where no connection could be made, so that nothing was sent."""
    return OutOfReach("Google Calendar cannot be reached.", CONNECTION)


def unproven() -> OutOfReach:
    """Return what to say where whoever answered could not prove to be Google, so that nothing was sent."""
    return OutOfReach(
        "Google Calendar cannot be reached: whoever answers cannot prove to be Google.",
        "Check this computer's clock, and whether a proxy or a network with a log-in stands in between.",
    )


def cut_off(*, late: bool) -> FateUnknown:
    """Return what to say where the line failed in the middle, or nothing came over it for too long."""
    how = (
        "Google Calendar did not answer in time." if late else "The connection to Google Calendar broke off."
    )
    return FateUnknown(how, CONNECTION)


def lost() -> FateUnknown:
    """Return what to say of a call to which no answer came in a batch that was answered."""
    return FateUnknown("Google answered only a part of a request.", LATER)
