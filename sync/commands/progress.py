"""Commands for what was done: see where one stands, tick, untick, check in; as quick as looking."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from sync.commands.completion import ANY_ITEM, DONE, TO_DO
from sync.commands.options import ROADMAP, Command, Shared, shared
from sync.commands.talking import BROKEN, complain, emit


@click.command(
    cls=Command,
    examples=(
        ("", "all roadmaps at a glance"),
        ("team-2026 -v", "one of them: every phase, every check-in"),
    ),
)
@click.argument("roadmaps", nargs=-1, type=ROADMAP)
@shared
def status(options: Shared, roadmaps: Sequence[str]) -> None:
    """Show where you stand: done, late, today, next."""
    from sync.app.status import survey  # noqa: PLC0415 - each command loads only what it needs

    made = survey(options.run(), roadmaps, full=options.verbose > 0)
    if options.as_json:
        from sync.reporting.status.document import status_document  # noqa: PLC0415

        emit(options, lambda: status_document(made), lambda _: "")
    else:
        from sync.reporting.status.text import status_text  # noqa: PLC0415

        emit(options, dict, lambda page: status_text(made, page))
    complain(made.unread, 0)
    if made.unread:
        sys.exit(BROKEN)


@click.command(
    cls=Command,
    examples=(
        ("twenty boxes", "a part of its title is enough"),
        ("bread/day-3/shape-the-loaf --at 2026-03-04T18:30", "by its key, done some time ago"),
    ),
)
@click.argument("item", nargs=-1, required=True, type=TO_DO)
@click.option("--at", metavar="TIME", help="When it was done: a date, or date and time; default: now.")
@shared
def done(options: Shared, item: Sequence[str], at: str | None) -> None:
    """Tick an item."""
    from sync.app.ticking import done as tick  # noqa: PLC0415
    from sync.reporting.ticked import ticked_document, ticked_text  # noqa: PLC0415 - each loads only its own

    made = tick(options.run(), " ".join(item), at)
    emit(options, lambda: ticked_document(made), lambda page: ticked_text(made, page))
    complain(made.unread, 0)


@click.command(cls=Command, examples=(("twenty boxes", "it was not done after all"),))
@click.argument("item", nargs=-1, required=True, type=DONE)
@shared
def undo(options: Shared, item: Sequence[str]) -> None:
    """Take the tick of an item back."""
    from sync.app.ticking import undo as untick  # noqa: PLC0415
    from sync.reporting.ticked import ticked_document, ticked_text  # noqa: PLC0415

    made = untick(options.run(), " ".join(item))
    emit(options, lambda: ticked_document(made), lambda page: ticked_text(made, page))
    complain(made.unread, 0)


@click.command(
    cls=Command,
    examples=(
        ("twenty boxes --hours 1.5 --energy 7", "how long it took, and how it went"),
        ('day 3 --note "the dough was too wet"', "whatever is worth remembering"),
    ),
)
@click.argument("item", nargs=-1, required=True, type=ANY_ITEM)
@click.option("--hours", type=float, metavar="H", help="How long you worked on it, from 0 to 24.")
@click.option("--energy", type=int, metavar="1-10", help="How much energy you had.")
@click.option("--note", metavar="TEXT", default="", help="Anything worth remembering.")
@shared
def checkin(options: Shared, item: Sequence[str], **said: Any) -> None:
    """Put down hours, energy or a note."""
    from sync.app.ticking import CheckIn  # noqa: PLC0415
    from sync.app.ticking import checkin as put_down  # noqa: PLC0415
    from sync.reporting.ticked import checkin_document, checkin_text  # noqa: PLC0415

    made = put_down(options.run(), " ".join(item), CheckIn(**said))
    emit(options, lambda: checkin_document(made), lambda page: checkin_text(made, page))
    complain(made.unread, 0)
