"""The targets as they are configured: the feeds always, Google and Todoist where they are enabled."""

import time
from collections.abc import Callable, Sequence
from random import random
from zoneinfo import ZoneInfo

from sync.app.run import Run
from sync.applying.patience import Patience
from sync.errors import UsageError
from sync.model import Schedule
from sync.remote import Target

Connect = Callable[[str, Run, Sequence[Schedule]], Target]
"""Makes the target of a name; the schedules are those of all roadmaps that exist."""

PATIENCE = Patience(sleep=time.sleep, random=random)


def connected(name: str, run: Run, schedules: Sequence[Schedule]) -> Target:
    """The target of this name as it is configured.

    Raises UsageError for a name that nothing has and for a service that is not enabled, NotAuthorised
    where nobody is signed in.
    """
    if name in _MAKERS and name not in enabled(run):
        raise UsageError(
            f"The target {name} is not enabled.",
            f"Put `enabled = true` under [{name}] in config.toml, then sign in with `roadmap-sync auth {name}`.",
        )
    return reached(name, run, schedules)


def reached(name: str, run: Run, schedules: Sequence[Schedule]) -> Target:
    """The target of this name whether or not it is enabled: one that was switched off can still be emptied.

    Raises UsageError for a name that nothing has, NotAuthorised where nobody is signed in.
    """
    if name not in _MAKERS:
        raise UsageError(f"There is no target named {name}.", f"Choose one of: {', '.join(_MAKERS)}.")
    return _MAKERS[name](run, schedules)


def enabled(run: Run) -> tuple[str, ...]:
    """The targets that are pushed to where none is named, in that order."""
    services = {"google": run.config.google.enabled, "todoist": run.config.todoist.enabled}
    return ("ics", *(name for name, wanted in services.items() if wanted))


def _ics(run: Run, schedules: Sequence[Schedule]) -> Target:
    from sync.targets.registry import factory  # noqa: PLC0415 - imports the target's own module

    return factory("ics")(run.config.ics.out, schedules, now=run.now)


def _google(run: Run, schedules: Sequence[Schedule]) -> Target:
    from sync.app.signing import google_tokens  # noqa: PLC0415 - only who pushes there signs in
    from sync.targets.google_calendar.pacing import Pace  # noqa: PLC0415
    from sync.targets.google_calendar.settings import Settings  # noqa: PLC0415
    from sync.targets.registry import factory  # noqa: PLC0415

    del schedules  # an event needs to know no others
    chosen = run.config.google
    settings = Settings(
        chosen.calendar,
        chosen.calendar_id,
        chosen.endpoint,
        chosen.mark_done,
        chosen.done_color,
        chosen.reminders,
    )
    return factory("google")(
        settings,
        google_tokens(run),
        zone=run.config.timezone,
        patience=PATIENCE.telling(run.say),
        found=lambda calendar: _remember_calendar(run, calendar),
        # a server on this machine has no quota to keep below
        pace=Pace(time.monotonic, time.sleep, run.say) if chosen.endpoint.startswith("https:") else None,
    )


def _remember_calendar(run: Run, calendar: str) -> None:
    """Put the calendar's id into the configuration, so that a lost ledger finds it in one request."""
    from sync.config.settings import set_value  # noqa: PLC0415 - twice in the life of a calendar

    if run.lender is not None:
        return  # a plan writes nothing
    if run.config.file is not None:
        set_value(run.config.file, "google", "calendar_id", calendar)


def _todoist(run: Run, schedules: Sequence[Schedule]) -> Target:
    from sync.app.signing import todoist_token  # noqa: PLC0415
    from sync.targets.registry import factory  # noqa: PLC0415

    return factory("todoist")(
        todoist_token(run),
        schedules,
        zone=run.config.timezone,
        now=run.now.astimezone(ZoneInfo(run.config.timezone)),
        patience=PATIENCE.telling(run.say),
        endpoint=run.config.todoist.endpoint,
    )


_MAKERS: dict[str, Callable[[Run, Sequence[Schedule]], Target]] = {
    "ics": _ics,
    "google": _google,
    "todoist": _todoist,
}
