"""What `init` says: where the configuration is, and what to do next."""

from collections.abc import Iterator

from sync.app.starting import Started
from sync.reporting.columns import pad
from sync.reporting.page import Page


def started_text(started: Started, page: Page) -> str:
    """The files that were made, and the next steps."""
    return "\n".join(_lines(started, page))


def _lines(started: Started, page: Page) -> Iterator[str]:
    paint = page.paint
    yield f"{paint.green('✓')} {paint.bold(str(started.file))} is written; your roadmaps go into {started.roadmaps}"
    if started.kept is not None:
        yield f"  What stood there before is kept in {started.kept}"
    yield "Next:"
    widest = max(len(step.command) for step in started.steps)
    yield from (f"  {paint.cyan(pad(step.command, widest))}  {step.why}" for step in started.steps)


def started_document(started: Started) -> dict[str, object]:
    """The same as JSON; `next` are commands."""
    return {
        "file": str(started.file), "roadmaps": str(started.roadmaps),
        "kept": None if started.kept is None else str(started.kept),
        "next": [step.command for step in started.steps],
    }  # fmt: skip
