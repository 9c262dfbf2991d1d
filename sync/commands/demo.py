"""The command that shows everything: a story of real commands, without an account."""

import sys
from pathlib import Path

import click

from sync.commands.options import Command, Shared, shared
from sync.commands.talking import emit, page, tell


@click.command(
    cls=Command,
    examples=(
        ("", "in a temporary folder"),
        ("--out demo", "in the folder demo, to look around in afterwards"),
        ("-v", "with everything that each command prints"),
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder it happens in; default: a temporary one.",
)
@shared
def demo(options: Shared, out: Path | None) -> None:
    """Tell the whole story on make-believe services: no account, no network."""
    from sync.app.demonstrating import Look, demonstrate  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.demonstrated import demo_document, ended_text, told_text  # noqa: PLC0415

    here, cwd = page(options), Path.cwd()
    folder = _new_folder() if out is None else cwd / out
    look = Look(here.columns, here.colours)
    made = demonstrate(folder, look, lambda event: tell(options, lambda page: told_text(event, page)))
    emit(options, lambda: demo_document(made), lambda page: ended_text(made, cwd, _program(), page))
    sys.exit(made.exit)


def _new_folder() -> Path:
    from tempfile import mkdtemp  # noqa: PLC0415

    return Path(mkdtemp(prefix="roadmap-sync-demo-"))


def _program() -> str:
    """How a person calls this program: by its name where the shell finds it, else by its path."""
    from shlex import quote  # noqa: PLC0415
    from shutil import which  # noqa: PLC0415

    name = "roadmap-sync"
    return name if which(name) else quote(str(Path(sys.executable).with_name(name)))
