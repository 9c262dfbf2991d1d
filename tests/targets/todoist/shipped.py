"""The five roadmaps that come with the program, and what a person sees in the account."""

from collections import Counter
from functools import cache
from pathlib import Path

from sync.model import Schedule
from sync.planning.decisions import Rules
from sync.reading.reader import read
from sync.scheduling.expand import schedule
from sync.scheduling.settings import Settings
from tests.targets.todoist.computer import TODAY
from tests.targets.todoist.hands import ZONE, TodoistWorld

SHIPPED = Path(__file__).parents[3] / "roadmaps"
ALL = Rules(include_past=True)


@cache
def shipped() -> tuple[Schedule, ...]:
    """The five roadmaps that come with the program."""
    made = [
        schedule(
            read(path.read_bytes(), path.stem).roadmap,
            name=path.stem,
            file=path.name,
            today=TODAY,
            settings=Settings(timezone=ZONE),
        )
        for path in sorted(SHIPPED.glob("*.md"))
    ]
    assert len(made) == 5
    return tuple(made)


def names(world: TodoistWorld) -> list[str]:
    return [each["name"] for each in world.todoist.projects()]


def sections(world: TodoistWorld, name: str) -> list[str]:
    project = next(each["id"] for each in world.todoist.projects() if each["name"] == name)
    return [each["name"] for each in world.todoist.sections(project)]


def held(world: TodoistWorld) -> dict[str, int]:
    """Open tasks by project."""
    titles = {each["id"]: each["name"] for each in world.todoist.projects()}
    return dict(Counter(titles[each["project_id"]] for each in world.todoist.tasks()))
