"""The command that corrects a line."""

from typing import Any

import click

from sync.commands.options import DAY, ROADMAP, Command, Shared, shared
from sync.commands.talking import emit, leave_if_broken


@click.command(
    cls=Command,
    examples=(
        ("roadmaps/team-2026.md:12 --role milestone", "it is a milestone, not a task"),
        ("team-2026:30 --date 2026-03-02 --end 2026-03-04", "it is on these days"),
        ("team-2026:41 --skip", "it is no part of the plan"),
    ),
)
@click.argument("place", type=ROADMAP, metavar="FILE:LINE")
@click.option("--role", metavar="R", help="What the line is, for example task, milestone, deadline or note.")
@click.option("--date", type=DAY, help="Its day, or the first one.")
@click.option("--end", type=DAY, help="Its last day, inclusive.")
@click.option("--skip", is_flag=True, help="Make nothing of it.")
@shared
def fix(options: Shared, place: str, **said: Any) -> None:
    """Correct one line that was read wrongly."""
    from sync.app.fixing import Correction  # noqa: PLC0415 - each command loads only what it needs
    from sync.app.fixing import fix as correct  # noqa: PLC0415
    from sync.reporting.fixed import fixed_document, fixed_text  # noqa: PLC0415

    made = correct(options.run(), place, Correction(**said))
    emit(options, lambda: fixed_document(made), lambda page: fixed_text(made, page))
    leave_if_broken([made.schedule], say=True)
