"""Checking roadmaps: each by itself, and those of one person side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sync.app.library import Loaded, find, load
from sync.app.run import Run

if TYPE_CHECKING:
    from sync.model import Problem, Schedule, Severity
    from sync.targets.todoist.limits import Limits

FULL, FULL_TOGETHER = "todoist-limit", "todoist-limit-together"
"""Codes of warnings that an account would not hold a roadmap, or all of them at once."""


def check(run: Run, names: Sequence[str]) -> list[Loaded]:
    """Read some roadmaps with all that is doubtful in each and between them."""
    from sync.scheduling.clashes import clashes, overbooked  # noqa: PLC0415 - only check looks across roadmaps

    loaded = standing(run, names)
    schedules = [each.schedule for each in loaded]
    between: Mapping[str, Sequence[Problem]] = clashes(schedules)
    limit = timedelta(minutes=run.config.limits.daily_load or 24 * 60)
    busy = overbooked(schedules, limit)
    full = limits(run, schedules)
    result = []
    for at, each in enumerate(loaded):
        slug = each.schedule.slug
        extra = [
            *between.get(slug, ()),
            *full.get(slug, ()),
            *([*busy, *full.get("", ())] if at == 0 else ()),
        ]
        result.append(replace(each, schedule=_with_problems(each.schedule, extra)))
    return result


def limits(run: Run, schedules: Sequence["Schedule"]) -> Mapping[str, Sequence["Problem"]]:
    """Slug to what a Todoist account would not hold of it, under "" what several together would be too much for.

    Nothing is asked: the account's plan is the one that the last push or pull saw, else the free one.
    Nothing where Todoist is not enabled.
    """
    if not run.config.todoist.enabled:
        return {}
    from sync.model import Problem, Severity  # noqa: PLC0415
    from sync.targets.todoist.limits import objections  # noqa: PLC0415 - loads no library of the service

    found: dict[str, list[Problem]] = {}
    for each in objections(schedules, _account(run)):
        # of one roadmap alone it was said already that it is too long
        if each.roadmap or len(schedules) > 1:
            code = FULL if each.roadmap else FULL_TOGETHER
            problem = Problem(0, Severity.WARNING, code, each.message, each.suggestion)
            found.setdefault(each.roadmap, []).append(problem)
    return found


def _account(run: Run) -> "Limits":
    """The limits of the account as it was at the last look."""
    from sync.ledger.bindings import Bindings  # noqa: PLC0415
    from sync.ledger.store import FILE, open_ledger  # noqa: PLC0415
    from sync.targets.todoist.mirror import Mirror  # noqa: PLC0415

    if not (run.state / FILE).exists():
        return Mirror().limits
    with open_ledger(run.state) as ledger:
        return Mirror.load(Bindings(ledger, "todoist").mirror()).limits


def standing(run: Run, names: Sequence[str]) -> list[Loaded]:
    """Some roadmaps with what is done by now; nothing is written."""
    from sync.app.remembering import with_known_progress  # noqa: PLC0415 - an unchanged export shows nothing

    loaded = load(run, find(run.config, names, run.cwd))
    known = with_known_progress(run.state, [each.schedule for each in loaded])
    return [replace(each, schedule=schedule) for each, schedule in zip(loaded, known, strict=True)]


def _with_problems(schedule: "Schedule", extra: Sequence["Problem"]) -> "Schedule":
    problems = sorted({*schedule.problems, *extra}, key=lambda problem: (problem.line, problem.code))
    return replace(schedule, problems=tuple(problems))


def worst(schedules: Sequence["Schedule"]) -> "Severity | None":
    """The gravest problem among some schedules."""
    from sync.model import Severity  # noqa: PLC0415 - the everyday commands load as little as they can

    found = {problem.severity for schedule in schedules for problem in schedule.problems}
    return next((severity for severity in Severity if severity in found), None)
