"""What can go wrong in the world, each with a next step and an exit code.

What is wrong in a *document* is a `Problem` (see `model`), returned beside the good part.
"""


class RoadmapSyncError(Exception):
    """A failure that a person can act on: `title` says what is wrong, `hint` what to do next."""

    exit_code = 1
    code = "unexpected"

    def __init__(self, title: str, hint: str) -> None:
        super().__init__(f"{title} {hint}".strip())
        self.title = title
        self.hint = hint


class UsageError(RoadmapSyncError):
    """The command was called in a way that cannot be carried out."""

    exit_code = 2
    code = "usage"


class RoadmapUnreadable(RoadmapSyncError):
    """A file that cannot be read as a roadmap at all: missing, binary, empty, a folder, too large."""

    exit_code = 4
    code = "unreadable"


class NothingToSchedule(RoadmapSyncError):
    """A roadmap that used to yield items suddenly yields none."""

    exit_code = 4
    code = "nothing-to-schedule"


class ConfigError(RoadmapSyncError):
    """The configuration is missing a value, has an unknown one, or points nowhere."""

    exit_code = 5
    code = "config"


class TargetError(RoadmapSyncError):
    """A calendar or task list refused, or is out of reach."""

    exit_code = 6
    code = "target"


class ItemVanished(TargetError):
    """The remote item that was to be changed is no longer there."""

    code = "item-vanished"


class ItemChanged(TargetError):
    """The remote item changed between our read and our write."""

    code = "item-changed"


class RetryLater(TargetError):
    """The service asks for patience; `after` is its wish in seconds, None where it named none."""

    code = "retry-later"

    def __init__(self, title: str, hint: str, after: float | None = None) -> None:
        super().__init__(title, hint)
        self.after = after


class OutOfReach(RetryLater):
    """No connection could be made at all, so nothing was sent."""


class TargetRefused(TargetError):
    """The service will not take this, however often it is sent."""

    code = "target-refused"


class NotAuthorised(RoadmapSyncError):
    """Nobody is signed in, or the consent has ended."""

    exit_code = 7
    code = "not-signed-in"


class UnsafePlan(RoadmapSyncError):
    """A plan that would delete or overwrite more than is safe without being asked."""

    exit_code = 8
    code = "unsafe-plan"


class PlanMoved(RoadmapSyncError):
    """The plan is not the one that was reviewed."""

    exit_code = 9
    code = "plan-moved"


class Busy(RoadmapSyncError):
    """Another run holds the lock."""

    exit_code = 10
    code = "busy"


class LedgerError(RoadmapSyncError):
    """The ledger is damaged or cannot be written."""

    exit_code = 11
    code = "ledger"
