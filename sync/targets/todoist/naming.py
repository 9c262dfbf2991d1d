"""The names of sections: a phase that has another title by now takes its section along.

Todoist keeps no note of who gave a section its name. So the mirror notes what each phase was called; the
section of a phase that bears such a name was named by us. Any other name is a person's, and stays.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sync.targets.todoist.homes import Homes, Section, active_sections, usual_homes
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.shelves import Shelf, Shelves


class NewName(NamedTuple):
    """What the section of a phase is to be called from now on."""

    phase: Shelf
    name: str


def note_titles(mirror: Mirror, shelves: Shelves) -> None:
    """Put down what each phase is called, beside earlier titles as long as its section may bear one."""
    homes, sections = usual_homes(mirror, shelves), active_sections(mirror)
    for shelf in shelves.phases:
        home = homes.get(shelf)
        section = sections.get(home.section or "") if home else None
        earlier = [title for title in mirror.called.get(shelf.key, ()) if title != shelf.phase]
        settled = section is not None and section.name in shelf.names(shelf.phase)
        mirror.called[shelf.key] = [shelf.phase] if settled else [*earlier, shelf.phase]


def new_names(mirror: Mirror, shelves: Shelves, homes: Homes, ours: Collection[str]) -> dict[str, NewName]:
    """Return the sections that bear a former title of their phase, by id; `ours` are projects with tasks of ours.

    Of a phase that lives nowhere any more it is a section in which no other does. Where two phases live in
    one section it keeps its name, and so it does where another section of its project has the new one.
    """
    sections = active_sections(mirror)
    lodgers = Counter(homes[shelf].section for shelf in shelves.phases if shelf in homes)
    found: dict[str, NewName] = {}
    for shelf in shelves.phases:
        former = _former_names(shelf, mirror.called.get(shelf.key, ()))
        home = homes.get(shelf)
        if home is not None:
            likely = [home.section] if lodgers[home.section] == 1 else []
        else:
            likely = [ident for ident in sections if sections[ident].project in ours and not lodgers[ident]]
        for ident in likely:
            if ident in sections and sections[ident].name in former:
                found[ident] = NewName(shelf, former[sections[ident].name])
                break
    staying = {section for ident, section in sections.items() if ident not in found}
    return {
        ident: new
        for ident, new in found.items()
        if Section(sections[ident].project, new.name) not in staying
    }


def _former_names(shelf: Shelf, titles: Iterable[str]) -> Mapping[str, str]:
    """Return each name that a phase's section may have had from us, with the present one of the same form."""
    now = shelf.names(shelf.phase)
    return {
        old: new
        for title in titles
        if title != shelf.phase
        for old, new in zip(shelf.names(title), now, strict=True)
    }
