"""Checking roadmaps: each by itself, and those of one person side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sync.app.library import Loaded, find, load
from sync.app.run import Run

if TYPE_CHECKING:
    from sync.model import Problem, Schedule, Severity


def check(run: Run, names: Sequence[str]) -> list[Loaded]:
    """Read some roadmaps with all that is doubtful in each and between them."""
    from sync.scheduling.clashes import clashes, overbooked  # noqa: PLC0415 - only check looks across roadmaps

    loaded = standing(run, names)
    schedules = [each.schedule for each in loaded]
    between: Mapping[str, Sequence[Problem]] = clashes(schedules)
    limit = timedelta(minutes=run.config.limits.daily_load or 24 * 60)
    busy = overbooked(schedules, limit)
    result = []
    for at, each in enumerate(loaded):
        extra = [*between.get(each.schedule.slug, ()), *(busy if at == 0 else ())]
        result.append(replace(each, schedule=_with_problems(each.schedule, extra)))
    return result


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
