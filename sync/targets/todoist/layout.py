"""Where new tasks go: which project, which section, and what must be made for them first.

A roadmap has a project of its own where the plan leaves room for one for each roadmap and for one
more; else roadmaps share one. A phase is a section. What does not fit goes to a further project as
long as the plan allows one. What people moved is followed, and nothing is ever moved back.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sync.targets.todoist.homes import Place, Section, active_sections, personal_projects, usual_homes
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.naming import new_names
from sync.targets.todoist.shelves import Shelf, Shelves, is_named, numbered

SHARED = "Roadmaps"
"""The project of roadmaps that have none of their own."""


@dataclass(slots=True)
class Allotment:
    """Where each task goes, and what that needs."""

    places: dict[str, Place] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    """Temporary id to name, of projects to be made."""
    sections: dict[str, Section] = field(default_factory=dict)
    """By temporary id, those to be made."""
    left: list[str] = field(default_factory=list)
    """Keys for which the account has no room."""

    @property
    def needs_nothing(self) -> bool:
        """Whether every place is there already."""
        return not self.projects and not self.sections


class Layout:
    """One allotment, against an account as the mirror shows it."""

    def __init__(self, mirror: Mirror, shelves: Shelves) -> None:
        self._mirror = mirror
        self._shelves = shelves
        self._limits = mirror.limits
        self._made = Allotment()
        self._projects = personal_projects(mirror)
        mine = [task for task in mirror.tasks.values() if not task.get("checked")]
        self._held = Counter(str(task["project_id"]) for task in (*mine, *mirror.strangers.values()))
        self._ours = {str(task["project_id"]) for task in mirror.tasks.values()}
        self._theirs = {str(task["project_id"]) for task in mirror.strangers.values()} - self._ours
        self._keys = mirror.keys()
        self._homes = usual_homes(mirror, shelves)
        self._renamed = new_names(mirror, shelves, self._homes, self._ours)
        self._sections = active_sections(mirror)
        for ident, new in self._renamed.items():
            self._sections[ident] = self._sections[ident]._replace(name=new.name)

    def allot(self, keys: Sequence[str]) -> Allotment:
        """Find a place for each task, those of a phase together where that can be."""
        groups: dict[Shelf, list[str]] = {}
        for key in keys:
            groups.setdefault(self._shelves.of(key), []).append(key)
        for shelf, members in groups.items():
            self._fill(shelf, members)
        return self._made

    def renamings(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the new names of sections, by id, that belong to the phases of these tasks."""
        phases = {self._shelves.of(key) for key in keys}
        return {ident: new.name for ident, new in self._renamed.items() if new.phase in phases}

    def _fill(self, shelf: Shelf, keys: Sequence[str]) -> None:
        project: str | None = None
        for number, key in enumerate(keys):
            parent = self._parent(key)
            if parent is None and (project is None or self._room(project) < 1):
                project = self._choose(shelf, len(keys) - number)
            if parent is not None and self._room(parent.project) > 0:
                place = parent
            elif project is not None and self._room(project) > 0:
                place = Place(project, self._section(project, shelf))
            else:
                self._made.left.append(key)
                continue
            self._made.places[key] = place
            self._held[place.project] += 1

    def _parent(self, key: str) -> Place | None:
        """Return where the task is that this one is shown below, None where it stands by itself."""
        above = self._shelves.above(key)
        if above in self._made.places:
            return self._made.places[above]
        task = self._mirror.tasks.get(self._keys.get(above or "", ""))
        if task is None or task.get("checked"):
            return None
        return Place(str(task["project_id"]), task["section_id"])

    def _choose(self, shelf: Shelf, number: int) -> str | None:
        """Return a project for so many tasks, else one for some of them, None where all are full."""
        own = self._named(shelf.title)
        known = shelf.title in self._shelves.titles
        title = shelf.title if own or (known and self._is_roomy()) else SHARED
        usual = [
            place.project for name in (shelf, shelf.slug) if (place := self._homes.get(name)) is not None
        ]
        candidates = list(dict.fromkeys([*usual, *(own or self._named(title))]))
        wanted = min(number, self._limits.tasks)  # not even an empty project has room for more
        for project in candidates:
            if self._room(project) >= wanted and self._has_section(project, shelf):
                return project
        if len(self._personal()) < self._limits.projects:
            return self._new_project(title)
        others = [*candidates, *self._named(SHARED), *(each for each in self._projects if each in self._ours)]
        return next((project for project in others if self._room(project) > 0), None)

    def _personal(self) -> list[str]:
        return [
            ident for ident in self._projects if not self._mirror.projects.get(ident, {}).get("inbox_project")
        ]

    def _named(self, title: str) -> list[str]:
        """Return the projects with a title, ours or empty; a person's own list is left alone."""
        return sorted(
            (
                ident
                for ident in self._personal()
                if ident not in self._theirs and is_named(self._projects[ident], title)
            ),
            key=lambda ident: (len(self._projects[ident]), self._projects[ident]),
        )

    def _is_roomy(self) -> bool:
        titles = (*self._shelves.titles, SHARED)
        mine = {ident for title in titles for ident in self._named(title)}
        others = len(self._personal()) - len(mine)
        return self._limits.projects - others > max(1, self._shelves.roadmaps)

    def _room(self, project: str) -> int:
        return self._limits.tasks - self._held[project]

    def _new_project(self, title: str) -> str:
        taken = {name.casefold() for name in self._projects.values()}
        number = next(n for n in range(1, len(taken) + 2) if numbered(title, n).casefold() not in taken)
        ident = f"project-{len(self._made.projects) + 1}"
        self._projects[ident] = self._made.projects[ident] = numbered(title, number)
        self._ours.add(ident)
        return ident

    # --- sections ---

    def _has_section(self, project: str, shelf: Shelf) -> bool:
        return not shelf.section(self._projects[project]) or (
            self._known_section(project, shelf) is not None or self._can_have_section(project)
        )

    def _known_section(self, project: str, shelf: Shelf) -> str | None:
        home = self._homes.get(shelf)
        if home is not None and home.project == project and home.section is not None:
            return home.section
        name = shelf.section(self._projects[project]).casefold()
        return next(
            (
                ident
                for ident, each in self._sections.items()
                if each.project == project and each.name.casefold() == name
            ),
            None,
        )

    def _can_have_section(self, project: str) -> bool:
        return sum(each.project == project for each in self._sections.values()) < self._limits.sections

    def _section(self, project: str, shelf: Shelf) -> str | None:
        """Return the section of a phase, a new one if need be; None where it needs none, or has no room."""
        name = shelf.section(self._projects[project])
        known = self._known_section(project, shelf)
        if known is not None or not name or not self._can_have_section(project):
            return known
        ident = f"section-{len(self._made.sections) + 1}"
        self._sections[ident] = self._made.sections[ident] = Section(project, name)
        return ident


def names_of(shelves: Shelves) -> Iterable[str]:
    """Return the titles that projects of ours may have."""
    return (*shelves.titles, SHARED)
