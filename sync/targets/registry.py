"""Targets by name, each imported only when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from sync.errors import UsageError
from sync.remote import Target

_PLACES = {
    "ics": "sync.targets.ics.target:IcsTarget",
    "google": "sync.targets.google_calendar.target:GoogleCalendarTarget",
    "todoist": "sync.targets.todoist.target:TodoistTarget",
    "memory": "sync.targets.memory:MemoryTarget",
}
"""Name to module and what makes a target in it; a new target is one line here."""


def names() -> tuple[str, ...]:
    """Return the names of all targets, in the order in which they are pushed."""
    return tuple(_PLACES)


def factory(name: str) -> Callable[..., Target]:
    """Return what makes the target of this name, importing its module now; raise `UsageError` for others."""
    if name not in _PLACES:
        raise UsageError(f"There is no target named {name}.", f"Choose one of: {', '.join(_PLACES)}.")
    module, _, attribute = _PLACES[name].partition(":")
    return cast(Callable[..., Target], getattr(import_module(module), attribute))
