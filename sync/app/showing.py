"""Showing dated items: those of some roadmaps inside a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sync.app.checking import standing
from sync.app.run import Run

if TYPE_CHECKING:
    from sync.model import Item, Schedule


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a roadmap to be shown; bounds are inclusive, None is open."""

    first: date | None = None
    last: date | None = None
    phase: str | None = None


def show(run: Run, names: Sequence[str], window: Window) -> tuple[list["Item"], list["Schedule"]]:
    """The items of some roadmaps inside a window, with the schedules they come from.

    Raises UsageError for a phase that none of them has, and for a window that ends before it begins.
    """
    from sync.app.choosing import in_phase, in_window  # noqa: PLC0415 - an unchanged export chooses nothing

    schedules = [each.schedule for each in standing(run, names)]
    items = in_phase(schedules, window.phase)
    return in_window(items, window.first, window.last), schedules
