"""The one door through which Todoist's errors, and those of its library, become ours."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from sync.errors import ItemVanished, NotAuthorised, RetryLater, RoadmapSyncError, TargetError, TargetRefused

AGAIN = "Push again later; what arrived is not written twice."
FULL = re.compile(r"MAX_.*_LIMIT_REACHED")
_GONE = re.compile(r"(?:.*_)?NOT_FOUND")
_SIGNED_OUT = re.compile(r"AUTH_.*|UNAUTHORIZED")
_REPEATED = ("ALREADY_PROCESSED", 37)
_FULL_CODES = frozenset({49})
_GONE_CODES = frozenset({22, 478})
_BUSY = frozenset({408, 425, 429})
_LONGEST = 200


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


def of_request(complaint: Complaint) -> RoadmapSyncError:
    """Return what the refusal of a whole request means."""
    if complaint.signed_out:
        return not_signed_in("Todoist does not accept the token.")
    if complaint.passing:
        return _later(complaint)
    if complaint.full:
        return no_room(complaint)
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
    return TargetRefused(f"Todoist refused it{_said(complaint)}.", "Mend it in the roadmap and push again.")


def no_room(complaint: Complaint) -> TargetRefused:
    """Return that a limit was reached, and what makes room."""
    what = "sections in this project" if "SECTION" in complaint.tag else "tasks in this project"
    if "PROJECT" in complaint.tag:
        what = "projects in this account"
    return TargetRefused(
        f"Todoist takes no more {what}.",
        "Tick off or delete what is done with there, or push a phase at a time; then push again.",
    )


def not_signed_in(title: str) -> NotAuthorised:
    """Return that there is no token that works."""
    return NotAuthorised(title, "Sign in with roadmap-sync auth todoist.")


def unreadable() -> RetryLater:
    """Return that an answer came which nobody can read: whether anything was done is not known."""
    return RetryLater("Todoist's answer could not be read.", AGAIN)


@contextmanager
def translating() -> Iterator[None]:
    """Turn what httpx raises into our own errors; none of them tells the token."""
    import httpx  # noqa: PLC0415 - 60 ms, and only who speaks to Todoist needs it

    try:
        yield
    except httpx.TimeoutException as cause:
        raise RetryLater("Todoist did not answer in time.", AGAIN) from cause
    except httpx.RequestError as cause:
        raise RetryLater(
            f"Todoist cannot be reached ({type(cause).__name__}).", f"Check the connection. {AGAIN}"
        ) from cause


def _later(complaint: Complaint) -> RetryLater:
    if complaint.status == 429 or complaint.code == 35:
        return RetryLater("Todoist asks for a pause: too many requests.", AGAIN, complaint.after)
    # elsewhere retry_after is told, too, and means nothing
    told = complaint.status or "no status"
    return RetryLater(f"Todoist has trouble at the moment ({told}{_said(complaint)}).", AGAIN)


def _said(complaint: Complaint) -> str:
    return f": {complaint.text.rstrip('.')}" if complaint.text else ""


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
