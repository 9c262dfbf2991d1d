"""What the layout must know of the roadmaps: titles, phases, and which task is below which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.model import Item, Schedule
from sync.targets.todoist import wording
from sync.targets.todoist.fields import has_place

DEEPEST = 2
"""Levels of sub-tasks below a task; Todoist allows more, people rarely see them."""

_SEPARATOR = " · "
_FURTHER = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a task belongs: a phase of a roadmap."""

    slug: str
    title: str
    """The roadmap's; the name of its project."""
    phase: str
    """The phase's title; empty where there is none, or where it is called like the roadmap."""
    key: str = ""
    """The phase's key; empty where there is none."""

    def section(self, project: str) -> str:
        """Return the name of its section in a project, empty where it needs none."""
        alone = is_named(project, self.title)
        parts = [part for part in ("" if alone else self.title, self.phase) if part]
        return wording.name(_SEPARATOR.join(parts)) if parts else ""

    def names(self, phase: str) -> tuple[str, str]:
        """Return both names that a phase of this title may give its section: in its own project, in a shared one."""
        return wording.name(phase), wording.name(f"{self.title}{_SEPARATOR}{phase}")


class Shelves:
    """All roadmaps that exist; a key of none of them stands on a shelf named by its slug."""

    def __init__(self, schedules: Sequence[Schedule]) -> None:
        self._titles = {each.slug: wording.name(each.title or each.slug) for each in schedules}
        self._items = {item.key: item for each in schedules for item in each.items}

    @property
    def roadmaps(self) -> int:
        """How many roadmaps there are."""
        return len(self._titles)

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the roadmaps."""
        return self._titles.values()

    @property
    def phases(self) -> list[Shelf]:
        """The phases that have a title of their own."""
        keys = dict.fromkeys(item.phase for item in self._items.values() if item.phase)
        return [shelf for shelf in map(self.of, keys) if shelf.phase]

    def of(self, key: str) -> Shelf:
        """Return where the task of a key belongs."""
        item = self._items.get(key)
        slug = item.roadmap if item else key.partition("/")[0]
        title = self._titles.get(slug, wording.name(slug))
        head = self._items.get(item.phase or "") if item else None
        phase = wording.name(head.title) if head else ""
        own = "" if _words(phase) == _words(title) else phase
        return Shelf(slug, title, own, head.key if head else "")

    def above(self, key: str) -> str | None:
        """Return the key of the task that this one is shown below, None for one that stands by itself.

        What would be deeper than two levels is shown on the second.
        """
        line = list(self._ancestors(key))
        return line[-DEEPEST] if len(line) >= DEEPEST else line[0] if line else None

    def _ancestors(self, key: str) -> Iterable[str]:
        """Yield the tasks above, the nearest first."""
        seen = {key}
        item: Item | None = self._items.get(key)
        while item is not None and item.parent is not None and item.parent not in seen:
            seen.add(item.parent)
            item = self._items.get(item.parent)
            if item is not None and has_place(item):
                yield item.key


def is_named(project: str, title: str) -> bool:
    """Tell whether a project bears a title, be it as a further one with its number."""
    name = _FURTHER.sub("", wording.one_line(project)).casefold()
    return name in (title.casefold(), _short(title).casefold())


def numbered(title: str, number: int) -> str:
    """Return the name of the n-th project with a title."""
    return title if number == 1 else f"{_short(title)} ({number})"


def _words(title: str) -> list[str]:
    """Return what a title says, whatever signs stand between its words."""
    return re.findall(r"\w+", title.casefold())


def _short(title: str) -> str:
    return wording.cut(title, wording.LONGEST_NAME - len(" (99)"))
