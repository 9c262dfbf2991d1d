"""Commands for the documents themselves: take one in, see how it was read, see what it says."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from sync.commands.options import DAY, ROADMAP, ZONE, Command, Shared, shared
from sync.commands.talking import DOUBTFUL, emit, leave_if_broken, tell


@click.command(
    cls=Command,
    examples=(
        ("", "all roadmaps"),
        ("plan.md -v", "one file, line by line"),
        ("--strict", "for a script: exit 3 on any warning"),
    ),
)
@click.argument("roadmaps", nargs=-1, type=ROADMAP)
@click.option("--strict", is_flag=True, help="Exit with 3 where there are warnings.")
@shared
def check(options: Shared, roadmaps: Sequence[str], *, strict: bool) -> None:
    """Say what every line was taken for, and what does not fit."""
    from sync.app import checking  # noqa: PLC0415 - each command loads only what it needs
    from sync.model import Severity  # noqa: PLC0415
    from sync.reporting.documents import check_document  # noqa: PLC0415
    from sync.reporting.receipt import receipts  # noqa: PLC0415

    checked = checking.check(options.run(), roadmaps)
    schedules = [each.schedule for each in checked]
    emit(options, lambda: check_document(schedules), lambda page: receipts(checked, page))
    leave_if_broken(schedules)
    if strict and checking.worst(schedules) is Severity.WARNING:
        sys.exit(DOUBTFUL)


@click.command(
    cls=Command,
    examples=(
        ("", "the next two weeks of all roadmaps"),
        ("team-2026 --from 2026-03-01 --to 2026-03-31", "one of them, in March"),
        ("team-2026 --phase 2", "a whole phase"),
    ),
)
@click.argument("roadmaps", nargs=-1, type=ROADMAP)
@click.option("--from", "first", type=DAY, help="First day; default: today, with --phase its first.")
@click.option("--to", "last", type=DAY, help="Last day, inclusive; default: two weeks on.")
@click.option("--phase", help="Only one phase, by number, title or key.")
@shared
def show(
    options: Shared, roadmaps: Sequence[str], first: date | None, last: date | None, phase: str | None
) -> None:
    """Show the dated items: today and the next 14 days."""
    from sync.app import showing  # noqa: PLC0415
    from sync.app.choosing import agenda_days  # noqa: PLC0415
    from sync.reporting.agenda import agenda  # noqa: PLC0415
    from sync.reporting.documents import show_document  # noqa: PLC0415

    run = options.run()
    items, schedules = showing.show(run, roadmaps, showing.Window(first, last, phase))
    days = agenda_days(items, run.today, first, last, whole=phase is not None)
    emit(options, lambda: show_document(items), lambda page: agenda(items, days, run.today, page))
    leave_if_broken(schedules, say=True)


@click.command(
    cls=Command,
    examples=(
        ("pasted.txt", "shows what was understood and asks what is missing"),
        ("pasted.txt --slug team-2026 --start 2026-01-19 --yes", "asks nothing"),
        ("edited.md --replace", "a new version; front matter stays"),
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--slug", help="Its name here; default: from its title.")
@click.option("--start", type=DAY, help="Day 1 of the plan.")
@click.option("--event-date", type=DAY, help="The event that the plan counts down to.")
@click.option("--timezone", type=ZONE, help="The zone in which the plan is lived.")
@click.option("--replace", "replace_old", is_flag=True, help="Put it in the place of a roadmap of that name.")
@click.option("--yes", is_flag=True, help="Ask nothing; leave open what is not given.")
@shared
def add(options: Shared, file: Path, *, replace_old: bool, yes: bool, **given: Any) -> None:
    """Take in a pasted document: repair it, ask what is missing."""
    from sync.app.adding import Answers, draft, written  # noqa: PLC0415
    from sync.commands.asking import asked  # noqa: PLC0415
    from sync.reporting.added import added_document, added_text  # noqa: PLC0415
    from sync.reporting.receipt import receipt  # noqa: PLC0415

    run = options.run()
    made = draft(run, file, Answers(**given), replace_old=replace_old)
    tell(options, lambda page: f"{receipt(made.understood, page)}\n")
    made = made if yes or options.as_json else asked(run, made)
    added = written(run, made)
    emit(options, lambda: added_document(added), lambda page: added_text(added, page))
    leave_if_broken([added.loaded.schedule])
