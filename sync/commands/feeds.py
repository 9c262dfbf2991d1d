"""Commands for calendar programs: the feeds as files, and over HTTP."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sync.commands.options import ROADMAP, Command, Shared, shared
from sync.commands.talking import BROKEN, complain, emit, open_doors, talk


@click.command(
    cls=Command,
    examples=(
        ("", "all roadmaps, into the configured folder"),
        ("team-2026 --out public", "one of them, to be published"),
    ),
)
@click.argument("roadmaps", nargs=-1, type=ROADMAP)
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the files; default: feeds.")
@shared
def export(options: Shared, roadmaps: Sequence[str], out: Path | None) -> None:
    """Write the calendar files: SLUG.ics, SLUG.tasks.ics, all.ics.

    Without --out, all.ics always holds every roadmap; in a folder of its own, those that are named.
    """
    from sync.app.exporting import export_feeds, selection  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.exported import exported_document, exported_text  # noqa: PLC0415

    run = options.run()
    done = export_feeds(run, selection(run, roadmaps, out.absolute() if out is not None else None))
    emit(options, lambda: exported_document(done), lambda page: exported_text(done, page))
    complain([(each.title, each.hint) for each in done.unread], done.errors - len(done.unread))
    if done.errors:
        sys.exit(BROKEN)


@click.command(
    cls=Command,
    examples=(
        ("", "for the programs on this computer"),
        ("--host 0.0.0.0", "for the phone on the same network"),
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 for any free one."
)
@shared
def serve(options: Shared, host: str, port: int) -> None:
    """Serve the feeds over HTTP, to subscribe to."""
    from sync.app import serving  # noqa: PLC0415

    serving.serve(options.run, host, port, ready=lambda told: open_doors(options, told), say=talk)
