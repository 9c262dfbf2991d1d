"""Where things are: active sections, and the place in which most tasks of a phase stand, wherever people moved them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.shelves import Shelf, Shelves


@dataclass(frozen=True, slots=True)
class Place:
    """A project and a section in it; ids, temporary ones for what is still to be made."""

    project: str
    section: str | None = None


class Section(NamedTuple):
    """A section, there or still to be made."""

    project: str
    """The id of its project."""
    name: str


Homes = Mapping[Shelf | str, Place]
"""Phase to the place of more than half of its tasks; and slug to that of a roadmap, told without a section."""


def personal_projects(mirror: Mirror) -> dict[str, str]:
    """Return the names of the projects that tasks may go to, by id: active ones of the person alone."""
    return {
        ident: str(each["name"] or "")
        for ident, each in mirror.projects.items()
        if not each.get("is_archived") and not each.get("workspace_id")
    }


def active_sections(mirror: Mirror) -> dict[str, Section]:
    """Return the sections that are not archived, by id."""
    return {
        ident: Section(str(each["project_id"]), str(each["name"] or ""))
        for ident, each in mirror.sections.items()
        if not each.get("is_archived")
    }


def usual_homes(mirror: Mirror, shelves: Shelves) -> Homes:
    """Return where more than half of the tasks of each phase are, and of each roadmap; done ones count, too."""
    seen: dict[Shelf | str, Counter[Place]] = {}
    projects, sections = personal_projects(mirror), active_sections(mirror)
    for key, ident in mirror.keys().items():
        task: Mapping[str, Any] = mirror.tasks[ident]
        project, section = str(task["project_id"]), task["section_id"]
        if project in projects and (section is None or section in sections):
            shelf = shelves.of(key)
            seen.setdefault(shelf, Counter())[Place(project, section)] += 1
            seen.setdefault(shelf.slug, Counter())[Place(project)] += 1
    return {name: home for name, places in seen.items() if (home := _most(places)) is not None}


def _most(places: Counter[Place]) -> Place | None:
    place, number = places.most_common(1)[0]
    return place if 2 * number > places.total() else None
