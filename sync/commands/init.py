"""The command for a beginning: a configuration from a few answers."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sync.commands.options import ZONE, Command, Shared, shared
from sync.commands.talking import emit
from sync.errors import UsageError

if TYPE_CHECKING:
    from sync.app.starting import Beginning, Question

SLOTS = ("weekday", "saturday", "sunday")


class Clock(click.ParamType[str]):
    """A time of day as HH:MM."""

    name = "HH:MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The time as it was written, or a usage error that says how one is written."""
        from sync.config.values import clock  # noqa: PLC0415 - each command loads only what it needs

        try:
            clock(value)
        except ValueError as error:
            self.fail(f"{value!r} {error}.", param, ctx)
        return str(value)


class Slot(click.ParamType[tuple[str, str]]):
    """A kind of day and when work begins on it."""

    name = "DAY=HH:MM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two parts, or a usage error that says which days there are."""
        day, _, time = str(value).partition("=")
        if day not in SLOTS:
            self.fail(
                f"{value!r} is no slot; write weekday=19:00, saturday=10:00 or sunday=10:00.", param, ctx
            )
        return day, CLOCK.convert(time, param, ctx)


CLOCK = Clock()
SLOT = Slot()
KINDS: dict[str, click.ParamType[Any]] = {"timezone": ZONE, "weekday": CLOCK, "saturday": CLOCK}


@click.command(
    cls=Command,
    examples=(
        ("", "asks a few questions"),
        ("--yes --timezone Africa/Nairobi --slot weekday=18:30", "asks nothing, for a script"),
        ("--replace --todoist", "again; what is not asked for stays as it was"),
    ),
)
@click.option("--timezone", type=ZONE, help="The zone you live in; default: this computer's.")
@click.option("--roadmaps", metavar="DIR", help="The folder of the documents; default: roadmaps.")
@click.option(
    "--slot", "slots", type=SLOT, multiple=True, help="When you work on weekday, saturday or sunday."
)
@click.option("--out", metavar="DIR", help="The folder of the feeds; default: feeds.")
@click.option("--google/--no-google", default=None, help="Whether to push to Google Calendar.")
@click.option("--todoist/--no-todoist", default=None, help="Whether to push to Todoist.")
@click.option("--replace", "replace_old", is_flag=True, help="Write it anew; the old file is kept beside it.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults of what is not given.")
@shared
def init(
    options: Shared, slots: Iterable[tuple[str, Any]], *, replace_old: bool, yes: bool, **said: Any
) -> None:
    """Write a configuration from a few answers, and say what is next."""
    from sync.app.starting import Choices, begin, written  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting.started import started_document, started_text  # noqa: PLC0415

    choices = Choices(**said, **dict(slots))
    made = begin(options.config, choices, cwd=Path.cwd(), environ=os.environ, replace_old=replace_old)
    done = written(made if yes else _asked(made))
    emit(options, lambda: started_document(done), lambda page: started_text(done, page))


def _asked(made: "Beginning") -> "Beginning":
    """The beginning with what a person answers; an empty line takes the default."""
    from sync.app.starting import answered, questions  # noqa: PLC0415

    open_ones = questions(made)
    if open_ones and not sys.stdin.isatty():
        raise UsageError(
            "Nobody is there to answer questions.", "Add `--yes` to take the defaults of what is not given."
        )
    for question in open_ones:
        made = answered(made, question, _answer(question))
    return made


def _answer(question: "Question") -> str | bool:
    if isinstance(question.default, bool):
        return click.confirm(question.text, default=question.default, err=True)
    kind = KINDS.get(question.names[0], click.STRING)
    return str(click.prompt(question.text, default=question.default, type=kind, err=True))
