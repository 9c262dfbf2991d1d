"""How `demo` is told: a sentence, the command, what it printed; at the end where everything lies."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

from sync.app.demonstrating import LIES, SHARED, Demo, Event, Step
from sync.app.story import Scene
from sync.reporting.columns import wrap
from sync.reporting.page import Page


def told_text(event: Event, page: Page) -> str:
    """What has just happened, or is about to."""
    if isinstance(event, Scene):
        return _about_text(event, page)
    return _step_text(event, page) if isinstance(event, Step) else _began_text(event, page)


def _began_text(folder: Path, page: Page) -> str:
    """Where it happens, and what each command is given besides what is shown."""
    text = (
        "Two services on this computer stand in for Google Calendar and Todoist; nothing leaves it. "
        f"Each command below runs in the folder named here, with `{' '.join(SHARED)}`."
    )
    return "\n".join([page.paint.bold(str(folder)), *wrap(text, page.columns)])


def _about_text(scene: Scene, page: Page) -> str:
    """What is about to happen."""
    return "\n".join(["", *(page.paint.bold(line) for line in wrap(scene.text, page.columns))])


def _step_text(step: Step, page: Page) -> str:
    """A command and what it printed, cut in its middle where it is long."""
    sign = "" if step.command.startswith("POST") else "$ "
    lines = step.output.splitlines()
    first, last = step.scene.first, step.scene.last
    # a note in the place of two lines would save nothing
    if not page.full and not step.exit and len(lines) > first + last + 2:
        missing = page.paint.dim(f"  … {len(lines) - first - last} more lines")
        lines = [*lines[:first], missing, *lines[len(lines) - last :]]
    return "\n".join([page.paint.cyan(f"{sign}{step.command}"), *lines])


def ended_text(demo: Demo, cwd: Path, program: str, page: Page) -> str:
    """Where everything lies and how to go on, with the program as it is called here; or which step failed."""
    return "\n".join(["", *_ending(demo, cwd, program, page)])


def _ending(demo: Demo, cwd: Path, program: str, page: Page) -> Iterator[str]:
    paint, near = page.paint, quote(_near(demo.folder, cwd))
    if demo.exit:
        yield f"{paint.red('✗')} `{demo.steps[-1].command}` failed with exit code {demo.exit}; the folder is {near}."
        return
    yield f"{paint.green('✓')} {len(demo.steps)} steps in {_seconds(demo):.0f} seconds. In {paint.bold(near)}:"
    room = max(len(name) for name, _ in LIES)
    for name, what in LIES:
        yield f"  {paint.cyan(name.ljust(room))}  {what}"
    yield "To go on, let the services run again, with their pages for a browser:"
    yield f"  {paint.cyan(f'{program} sandbox --write {near}')}"
    yield "and in another terminal:"
    yield f"  {paint.cyan(f'cd {near}')}"
    yield f"  {paint.cyan(' '.join([program, *SHARED, 'status']))}"


def _near(path: Path, cwd: Path) -> str:
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)


def _seconds(demo: Demo) -> float:
    return sum(step.seconds for step in demo.steps)


def demo_document(demo: Demo) -> dict[str, Any]:
    """The steps as JSON: what was done, how it ended, how long it took."""
    return {
        "folder": str(demo.folder),
        "seconds": round(_seconds(demo), 3),
        "steps": [
            {"command": each.command, "exit": each.exit, "seconds": round(each.seconds, 3)}
            for each in demo.steps
        ],
    }
