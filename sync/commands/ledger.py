"""Commands for the ledger: its log for other programs, a lost one made again, a roadmap's history under a new name."""

from collections.abc import Sequence
from pathlib import Path

import click

from sync.commands.completion import NEW_SLUG, OLD_SLUG, TARGET
from sync.commands.options import Command, Shared, shared
from sync.commands.talking import complain, emit, leave_if_refused


@click.group()
@shared
def ledger(_: Shared) -> None:
    """Look after what is remembered."""


@ledger.command(
    cls=Command,
    examples=(
        ("> progress.jsonl", "one JSON object for each tick and check-in"),
        ("--format csv --out progress.csv", "for a spreadsheet"),
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line, or a table.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; default: print it.")
@shared
def export(options: Shared, form: str, out: Path | None) -> None:
    """Give out every tick and check-in, in order of time."""
    from sync.app import keeping  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.logged import log_document, log_text  # noqa: PLC0415

    made = keeping.export(options.run(), form, out.absolute() if out is not None else None)
    if out is None and not options.as_json:
        click.echo(made.text, nl=False)
    else:
        emit(options, lambda: log_document(made), lambda page: log_text(made, page))


@ledger.command(
    cls=Command,
    examples=(
        ("", "on a new computer, or after the state folder was lost"),
        ("--target todoist", "from one of them"),
    ),
)
@click.option("--target", "targets", type=TARGET, multiple=True, help="Only from this one.")
@shared
def rebuild(options: Shared, targets: Sequence[str]) -> None:
    """Make a lost ledger again from what was pushed."""
    from sync.app import rebuilding  # noqa: PLC0415
    from sync.reporting.rebuilt import rebuilt_document, rebuilt_text  # noqa: PLC0415

    made = rebuilding.rebuild(options.run(), targets)
    emit(options, lambda: rebuilt_document(made), lambda page: rebuilt_text(made, page))
    complain(made.unread, 0)
    leave_if_refused(made.refused)


@ledger.command(
    cls=Command,
    examples=(("team-2025 team-2026", "after the file was renamed, so that nothing is pushed anew"),),
)
@click.argument("old", type=OLD_SLUG, metavar="OLD")
@click.argument("new", type=NEW_SLUG, metavar="NEW")
@shared
def rename(options: Shared, old: str, new: str) -> None:
    """Hand a roadmap's keys and history to its new slug."""
    from sync.app import renaming  # noqa: PLC0415
    from sync.reporting.logged import renamed_document, renamed_text  # noqa: PLC0415

    made = renaming.rename(options.run(), old, new)
    emit(options, lambda: renamed_document(made), lambda page: renamed_text(made, page))
