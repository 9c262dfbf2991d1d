"""The command that looks at everything the program lives on."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from os import devnull

import click

from sync.commands.options import Command, Shared, shared
from sync.commands.talking import emit


@click.command(
    cls=Command,
    examples=(
        ("", "before asking somebody for help"),
        ("--json", "for a script, or a report"),
    ),
)
@shared
def doctor(options: Shared) -> None:
    """Look whether everything works, and say what to do."""
    from sync.app import examining  # noqa: PLC0415 - each command loads only what it needs
    from sync.app.diagnosing import exit_code  # noqa: PLC0415
    from sync.reporting.examined import examined_document, examined_text  # noqa: PLC0415

    # without a configuration no zone is known, and today is of no interest
    bare = replace(options, config=devnull, today=options.today or datetime.now(UTC).date())
    checks = examining.examine(options.run, bare.run)
    emit(options, lambda: examined_document(checks), lambda page: examined_text(checks, page))
    sys.exit(exit_code(checks))
