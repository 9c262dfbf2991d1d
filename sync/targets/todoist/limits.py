"""How much an account holds, and what to do about a roadmap that is larger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sync.model import Item, Schedule
from sync.targets.todoist.fields import has_place


@dataclass(frozen=True, slots=True)
class Limits:
    """What the plan of an account allows; what it does not say is as on the free plan."""

    plan: str = "free"
    projects: int = 5
    """Active ones, the inbox not counted."""
    sections: int = 20
    """In a project."""
    tasks: int = 300
    """In a project, open ones, sub-tasks counted."""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return what `user_plan_limits` says of the present plan."""
        now = told.get("current") or told
        return cls(
            plan=str(now.get("plan_name") or cls().plan),
            projects=_number(now.get("max_projects"), cls().projects),
            sections=_number(now.get("max_sections"), cls().sections),
            tasks=_number(now.get("max_tasks"), cls().tasks),
        )


def _number(told: object, otherwise: int) -> int:
    """Return a limit; a negative one means that there is none."""
    if not isinstance(told, int):
        return otherwise
    return told if told >= 0 else 1_000_000


FREE = Limits()


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that an account would not hold, known before anything is written."""

    roadmap: str
    """The slug; empty where several are meant."""
    phase: str | None
    """The key of the phase, None where the whole is meant."""
    message: str
    suggestion: str


def objections(schedules: Sequence[Schedule], limits: Limits = FREE) -> tuple[Objection, ...]:
    """Return what would not fit, whatever else is in the account; nothing is asked for this."""
    found = [each for schedule in schedules for each in _of_one(schedule, limits)]
    total = sum(len(_open(schedule.items)) for schedule in schedules)
    room = limits.projects * limits.tasks
    if total > room:
        found.append(
            Objection(
                "", None,
                f"All roadmaps together have {total} open tasks; an account of the {limits.plan} plan holds {room}.",
                "Push phase by phase, which is the default: what is finished makes room for what comes next.",
            )
        )  # fmt: skip
    return tuple(found)


def _of_one(schedule: Schedule, limits: Limits) -> Iterable[Objection]:
    tasks = _open(schedule.items)
    if len(tasks) > limits.tasks:
        yield Objection(
            schedule.slug, None,
            f"{schedule.title} has {len(tasks)} open tasks; a Todoist project holds {limits.tasks} at a time.",
            "Push it phase by phase, which is the default: what is finished makes room for what comes next.",
        )  # fmt: skip
    phases: dict[str | None, int] = {}
    for item in tasks:
        phases[item.phase] = phases.get(item.phase, 0) + 1
    titles = {item.key: item.title for item in schedule.items}
    for phase, number in phases.items():
        if number > limits.tasks:
            yield Objection(
                schedule.slug, phase,
                f"{titles.get(phase or '', schedule.title)} has {number} open tasks; "
                f"a Todoist project holds {limits.tasks} at a time.",
                "Split it into phases of their own; until then it is spread over several projects.",
            )  # fmt: skip


def _open(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if has_place(item) and not item.done]
