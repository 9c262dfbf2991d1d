"""The use cases: one function for each thing a person wants done, knowing all stages and printing nothing.

Adding a document has a file of its own (`adding`), as has exporting (`exporting`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sync.library import Loaded, find, load
from sync.run import Run

if TYPE_CHECKING:
    from sync.exporting import Exported
    from sync.model import Item, Problem, Schedule, Severity
    from sync.serving.welcome import Welcome

# --- check ---


def check(run: Run, names: Sequence[str]) -> list[Loaded]:
    """Read some roadmaps with all that is doubtful in each and between them."""
    from sync.scheduling.clashes import clashes, overbooked  # noqa: PLC0415 - only check looks across roadmaps

    loaded = _read(run, names)
    schedules = [each.schedule for each in loaded]
    between: Mapping[str, Sequence[Problem]] = clashes(schedules)
    limit = timedelta(minutes=run.config.limits.daily_load or 24 * 60)
    busy = overbooked(schedules, limit)
    result = []
    for at, each in enumerate(loaded):
        extra = [*between.get(each.schedule.slug, ()), *(busy if at == 0 else ())]
        result.append(replace(each, schedule=_with_problems(each.schedule, extra)))
    return result


def _read(run: Run, names: Sequence[str]) -> list[Loaded]:
    """Some roadmaps with what is done by now; nothing is written."""
    from sync.remembering import with_known_progress  # noqa: PLC0415 - an unchanged export shows nothing

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


# --- show ---


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
    from sync.choosing import in_phase, in_window  # noqa: PLC0415 - an unchanged export chooses nothing

    schedules = [each.schedule for each in _read(run, names)]
    items = in_phase(schedules, window.phase)
    return in_window(items, window.first, window.last), schedules


# --- export and serve ---


def export(run: Run, names: Sequence[str], out: Path | None) -> "Exported":
    """Write the feeds of some roadmaps; an unchanged set is told by its hash and nothing is read."""
    from sync.exporting import export_feeds, selection  # noqa: PLC0415 - only this command needs it

    return export_feeds(run, selection(run, names, out))


def serve(
    world: Callable[[], Run],
    host: str,
    port: int,
    *,
    ready: Callable[["Welcome"], None],
    say: Callable[[str], None],
) -> None:
    """Serve the feeds over HTTP until a signal comes; `ready` is told their addresses once they answer.

    `world` is asked again before each export: a server outlives days and configurations.
    """
    from sync.exporting import ServedFeeds  # noqa: PLC0415
    from sync.serving.feeds import feed_app  # noqa: PLC0415
    from sync.serving.secret import secret_path  # noqa: PLC0415
    from sync.serving.server import serve as run_server  # noqa: PLC0415
    from sync.serving.welcome import welcome  # noqa: PLC0415

    token = secret_path(world().state)
    source = ServedFeeds(world)
    source.refresh()

    def opened(base: str) -> None:
        ready(welcome(base, host, token, source.feeds()))
        if source.errors:
            say("There are errors in the text of the roadmaps; `roadmap-sync check` names them.")

    run_server(feed_app(source, token, say=say), host=host, port=port, say=say, ready=opened)
