"""The command that takes in what was done on the phone."""

from collections.abc import Sequence

import click

from sync.commands.completion import TARGET
from sync.commands.options import Command, Shared, shared
from sync.commands.talking import complain, emit, leave_if_refused


@click.command(
    cls=Command,
    examples=(
        ("", "everything that was ticked, edited, moved or removed since the last look"),
        ("--target todoist", "from one of them"),
        ("--force", "believe a calendar that is empty now: you emptied it yourself"),
    ),
)
@click.option("--target", "targets", type=TARGET, multiple=True, help="Only this one.")
@click.option("--force", is_flag=True, help="Believe an answer that is empty.")
@shared
def pull(options: Shared, targets: Sequence[str], *, force: bool) -> None:
    """Take in what was ticked, edited or removed on the other side."""
    from sync.app import pulling  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.pulled import pulled_document, pulled_text  # noqa: PLC0415

    made = pulling.pull(options.run(), targets, force=force)
    emit(options, lambda: pulled_document(made), lambda page: pulled_text(made, page))
    complain(made.unread, 0)
    leave_if_refused(made.refused)
