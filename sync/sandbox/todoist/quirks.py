"""How the service behaves today: every limit and mood that a test may want otherwise."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Repeat(StrEnum):
    """What is said to a command whose uuid was already executed; users report all three."""

    SAME = "the same answer and mapping"
    REFUSED = "ALREADY_PROCESSED with the mapping"
    BARE = "ALREADY_PROCESSED without the mapping"


class BadToken(StrEnum):
    """What a token that is none is told."""

    JSON = "401 with JSON"
    SAYS_403 = "401 whose body says 403"
    FORBIDDEN = "403 with JSON"
    TEXT = "401 with plain text"


class DeadToken(StrEnum):
    """What becomes of a sync token that is no longer, or never was, good."""

    FULL = "everything is read anew"
    REFUSED = "400"


FREE_PLAN: dict[str, Any] = {
    "plan_name": "free",
    "max_projects": 5,
    "max_sections": 20,
    "max_tasks": 300,
    "max_labels": 500,
    "max_filters": 3,
    "max_collaborators": 5,
    "max_free_workspaces_created": 1,
    "max_guests_per_workspace": 25,
    "max_folders_per_workspace": 1000,
    "max_calendar_accounts": 1,
    "max_reminders_location": 300,
    "max_reminders_time": 700,
    "activity_log": True,
    "activity_log_limit": 7,
    "advanced_permissions": False,
    "automatic_backups": False,
    "calendar_feeds": True,
    "calendar_layout": True,
    "comments": True,
    "completed_tasks": True,
    "custom_app_icon": False,
    "customization_color": False,
    "deadlines": True,
    "durations": True,
    "email_forwarding": True,
    "filters": True,
    "labels": True,
    "reminders": False,
    "reminders_at_due": True,
    "templates": True,
    "upload_limit_mb": 5,
    "uploads": True,
    "weekly_trends": True,
}
PRO_PLAN: dict[str, Any] = FREE_PLAN | {
    "plan_name": "pro",
    "max_projects": 300,
    "max_filters": 150,
    "activity_log_limit": -1,
    "automatic_backups": True,
    "reminders": True,
    "upload_limit_mb": 100,
}


@dataclass(slots=True)
class Quirks:
    """Change a field at any time; it counts from the next request."""

    plan: dict[str, Any] = field(default_factory=lambda: dict(FREE_PLAN))
    """What `user_plan_limits` says and what is refused beyond it."""
    repeat: Repeat = Repeat.SAME
    uuids_remembered: int | None = None
    """How many executed commands are still known; None: all."""
    bad_token: BadToken = BadToken.JSON
    dead_token: DeadToken = DeadToken.FULL
    full_syncs: int = 0
    """How many of the next incremental reads answer in full all the same."""
    commands_allowed: int = 100
    """Commands in one request."""
    body_limit: int = 1024 * 1024
    """Bytes of one request's body."""
    partial_syncs: int | None = 1000
    """Requests to `/sync` within 15 minutes that are not full; None: no limit."""
    complete_syncs: int | None = 100
    """Full ones within 15 minutes."""
    rest_requests: int | None = 1000
    """Requests to all other addresses within 15 minutes."""
    wait_told_in: frozenset[str] = frozenset(("header", "body"))
    """Where a 429 says how long to wait; sources disagree about the header."""
    labels_parsed: bool = True
    """Whether `@words` in a title become labels where `auto_parse_labels` is not sent."""
    durations_strict: bool = True
    """Whether minutes need a due time of day, and days a due date; Todoist documents neither."""
    moves_forbidden: bool = False
    """Whether moving tasks is answered with 403, as one user met it."""
    page_limit: int | None = None
    """No page holds more than this, whatever was asked for."""
    fractions: bool = False
    """Whether due times come back with microseconds."""
