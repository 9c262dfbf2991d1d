"""The command for trying things out: Google Calendar and Todoist, made up on this computer."""

from pathlib import Path

import click

from sync.commands.options import Command, Shared, shared
from sync.commands.talking import emit, talk


@click.command(
    cls=Command,
    examples=(
        ("--write trial", "with a configuration that points at it, in the folder trial"),
        ("--store sandbox.json", "remember everything until the next time"),
        ("--port 0 --json", "for scripts: any free port, said on stdout"),
    ),
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8322, show_default=True, help="0 for any free one."
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where its state is kept; default: nowhere, with --write in FOLDER.",
)
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write a config.toml and tokens for it there.",
)
@shared
def sandbox(options: Shared, port: int, store: Path | None, folder: Path | None) -> None:
    """Run a make-believe Google Calendar and Todoist, to try pushes on."""
    from sync.app.sandboxing import open_sandbox  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.opened import opened_document, opened_text  # noqa: PLC0415

    run = options.run()
    open_sandbox(
        run,
        port,
        None if store is None else run.cwd / store,
        None if folder is None else run.cwd / folder,
        ready=lambda told: emit(
            options, lambda: opened_document(told), lambda page: opened_text(told, run.cwd, page)
        ),
        say=talk,
    )
