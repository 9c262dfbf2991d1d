"""The one door through which Todoist's errors, and those of its library, become ours."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any, Self

from sync.errors import (
    ItemVanished,
    NotAuthorised,
    OutOfReach,
    RetryLater,
    RoadmapSyncError,
    TargetError,
    TargetRefused,
)

AGAIN = "Run the same command again later; nothing is written twice."
_ADDRESS = "`endpoint` under [todoist] in the configuration; without one it is Todoist's own."
FULL = re.compile(r"MAX_.*_LIMIT_REACHED")
_GONE = re.compile(r"(?:.*_)?NOT_FOUND")
_SIGNED_OUT = re.compile(r"AUTH_.*|UNAUTHORIZED")
_REPEATED = ("ALREADY_PROCESSED", 37)
_FULL_CODES = frozenset({49})
_GONE_CODES = frozenset({22, 478})
_BUSY = frozenset({408, 425, 429})
_ELSEWHERE = frozenset({301, 302, 303, 307, 308, 404, 405})
"""Said of a request as a whole: that another server listens at this address, or nobody."""
_PAID = ("PREMIUM_ONLY", 32)
_LONGEST = 200

_TASKS = (
    "tasks in this project",
    "Tick off or delete tasks there, or push a phase at a time; then push again.",
)
_ROOM = {
    "PROJECT": ("projects in this account", "Delete or archive a project in Todoist, then push again."),
    "SECTION": ("sections in this project", "Delete or archive a section there, then push again."),
    "LABEL": (
        "labels in this account",
        "Delete labels in Todoist that are not used any more, then push again.",
    ),
    "ITEM": _TASKS,
}
"""Word in the tag of a limit to what there may be no more of, and to what makes room."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an error body says, be it of a whole request or of one command."""

    status: int = 0
    """HTTP; 0 where it is not told."""
    tag: str = ""
    code: int = 0
    text: str = ""
    after: float | None = None
    """Seconds to wait, also told where waiting does not help."""

    @classmethod
    def read(cls, told: object, status: int = 0) -> Self:
        """Take a body apart; what is no JSON object says nothing but its status."""
        if not isinstance(told, Mapping):
            return cls(status)
        extra = told.get("error_extra")
        wish = extra.get("retry_after") if isinstance(extra, Mapping) else None
        return cls(
            status=status or _whole(told.get("http_code")),
            tag=str(told.get("error_tag") or ""),
            code=_whole(told.get("error_code")),
            text=_shortened(told.get("error"), extra),
            after=float(wish) if isinstance(wish, int | float) else None,
        )

    @property
    def repeated(self) -> bool:
        """Whether the command was carried out before, which is what we wanted."""
        return self.tag == _REPEATED[0] or self.code == _REPEATED[1]

    @property
    def orphaned(self) -> bool:
        """Whether it refers to something that was to be made by an earlier command and was not."""
        return self.tag == "INVALID_TEMPID"

    @property
    def full(self) -> bool:
        """Whether the account, or a project of it, holds no more."""
        return FULL.fullmatch(self.tag) is not None or self.code in _FULL_CODES

    @property
    def gone(self) -> bool:
        """Whether what was to be changed is not there."""
        return _GONE.fullmatch(self.tag) is not None or self.code in _GONE_CODES or self.status == 404

    @property
    def signed_out(self) -> bool:
        """Whether the token is not accepted, or not for this."""
        scope = self.status == 403 and "scope" in self.text.lower()
        return self.status == 401 or _SIGNED_OUT.fullmatch(self.tag) is not None or scope

    @property
    def passing(self) -> bool:
        """Whether the same may succeed later."""
        nameless = self.status == 403 and not self.tag and not self.code
        return self.status in _BUSY or self.status >= 500 or self.status == 0 or self.code == 35 or nameless


def of_request(complaint: Complaint, endpoint: str) -> RoadmapSyncError:
    """Return what the refusal of a whole request means; `endpoint` is the address that was asked."""
    if complaint.signed_out:
        return not_signed_in("Todoist does not accept the token.")
    if complaint.passing:
        return _later(complaint)
    if complaint.full:
        return no_room(complaint)
    if complaint.status in _ELSEWHERE:
        return TargetRefused(f"There is no Todoist API at {endpoint}.", f"Check {_ADDRESS}")
    return TargetRefused(
        f"Todoist refused the request ({complaint.status}{_said(complaint)}).",
        "Look for a newer version of roadmap-sync; nothing more is sent.",
    )


def of_command(complaint: Complaint) -> TargetError:
    """Return what the refusal of one command means; `NotAuthorised` is raised, since it ends everything."""
    if complaint.signed_out:
        raise not_signed_in("Todoist does not accept the token any more.")
    if complaint.full:
        return no_room(complaint)
    if complaint.gone:
        return ItemVanished("The task is no longer there.", "Push again to see what is.")
    if complaint.passing:
        return _later(complaint)
    if complaint.tag == _PAID[0] or complaint.code == _PAID[1]:
        return TargetRefused(
            "Todoist does this on a paid plan only.",
            "Leave its time or length out in the roadmap, or take a larger plan in Todoist; then push again.",
        )
    if complaint.status == 403:
        return TargetRefused(
            f"Todoist does not allow it{_said(complaint)}.",
            "See in Todoist whether you may change the project that it is in, then push again.",
        )
    return TargetRefused(f"Todoist refused it{_said(complaint)}.", "Mend it in the roadmap and push again.")


def of_creation(complaint: Complaint) -> TargetError:
    """Return what the refusal of a command means that makes something."""
    if complaint.gone:
        return TargetRefused("The project, section or task above it is gone.", "Push again.")
    return of_command(complaint)


def no_room(complaint: Complaint) -> TargetRefused:
    """Return that a limit was reached, and what makes room."""
    found = next((told for word, told in _ROOM.items() if word in complaint.tag), None)
    if found is None and complaint.tag:
        return TargetRefused(
            f"Todoist has reached a limit of this account ({complaint.tag}).",
            "Make room for it in Todoist, or take a larger plan; then push again.",
        )
    what, step = found or _TASKS
    return TargetRefused(f"Todoist takes no more {what}.", step)


def not_signed_in(title: str) -> NotAuthorised:
    """Return that there is no token that works."""
    return NotAuthorised(
        title,
        "Sign in with roadmap-sync auth todoist. If the token stands in a variable, put the new one there.",
    )


def unreadable() -> RetryLater:
    """Return that an answer came which nobody can read: whether anything was done is not known."""
    return RetryLater("Todoist's answer could not be read.", f"{AGAIN} If it stays so, check {_ADDRESS}")


@contextmanager
def translating() -> Iterator[None]:
    """Turn what httpx raises into our own errors; none of them tells the token."""
    import httpx  # noqa: PLC0415 - 60 ms, and only who speaks to Todoist needs it

    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as cause:
        raise OutOfReach(
            "Todoist cannot be reached.",
            "Check the connection, then run the same command again; nothing is lost.",
        ) from cause
    except httpx.TimeoutException as cause:
        raise RetryLater("Todoist did not answer in time.", AGAIN) from cause
    except httpx.RequestError as cause:
        raise RetryLater("The connection to Todoist broke off.", f"Check the connection. {AGAIN}") from cause


def _later(complaint: Complaint) -> RetryLater:
    if complaint.status == 429 or complaint.code == 35:
        wish = (
            AGAIN
            if complaint.after is None
            else AGAIN.replace("later", f"in {ceil(complaint.after / 60)} min")
        )
        return RetryLater("Todoist asks for a pause: too many requests.", wish, complaint.after)
    # elsewhere retry_after is told, too, and means nothing
    told = complaint.status or "no status"
    return RetryLater(f"Todoist has trouble at the moment ({told}{_said(complaint)}).", AGAIN)


def _said(complaint: Complaint) -> str:
    text = complaint.text or complaint.tag
    return f": {text.rstrip('.')}" if text else ""


def _shortened(error: object, extra: Any) -> str:
    text = str(error or "")
    if isinstance(extra, Mapping):
        text = " ".join(
            filter(
                None,
                [text, *(str(extra[k]) for k in ("argument", "explanation", "expected") if extra.get(k))],
            )
        )
    return text[:_LONGEST]


def _whole(told: object) -> int:
    return told if isinstance(told, int) else 0
