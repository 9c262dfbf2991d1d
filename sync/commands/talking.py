"""How a command speaks: its result on stdout, all talk on stderr, and one way to fail."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sync.commands.options import Shared, is_screen

if TYPE_CHECKING:
    from sync.app.pushing import Refused
    from sync.model import Schedule
    from sync.reporting.page import Page
    from sync.serving.welcome import Welcome

NARROWEST, WIDEST, USUAL = 60, 120, 100
"""Columns of a page: on a terminal what it has, within these; elsewhere the usual ones."""
FRESH = "\r\x1b[K"
"""Back to the beginning of the line, and clear it (ECMA-48 CR and EL)."""
DOUBTFUL, BROKEN = 3, 4
"""Exit codes for documents: warnings where they are forbidden, and errors."""


def emit(options: Shared, document: Callable[[], Any], text: Callable[["Page"], str]) -> None:
    """Print the result: one JSON document, or the text for a person; only the one asked for is made."""
    if options.as_json:
        import json  # noqa: PLC0415 - a person's output needs none

        click.echo(json.dumps(document(), ensure_ascii=False, indent=1))
    else:
        tell(options, text)


def tell(options: Shared, text: Callable[["Page"], str]) -> None:
    """Print a part of the result that only a person needs; nothing where JSON is asked for."""
    if not options.as_json:
        made = page(options)
        # click takes colours out of what is no terminal, unless it is told that they are meant
        click.echo(
            text(made) if made.unicode else _shown_in(_encoding(), text(made)), color=made.colours or None
        )


def _encoding() -> str:
    # what captures the output in this process has none, and takes every sign
    return sys.stdout.encoding or "utf-8"


def _shown_in(encoding: str, text: str) -> str:
    """The text with a question mark for each sign that the terminal cannot show, instead of a traceback."""
    return text.encode(encoding, "replace").decode(encoding)


def talk(text: str) -> None:
    """Say something that is not the result, in the place of a bar that may have been left there."""
    click.echo(f"{FRESH}{text}" if is_screen(sys.stderr) else text, err=True)


def leave_if_broken(schedules: Iterable["Schedule"], *, say: bool = False) -> None:
    """Leave with the exit code for broken documents where there is an error among the problems."""
    from sync.model import Severity  # noqa: PLC0415

    errors = [
        (schedule, problem)
        for schedule in schedules
        for problem in schedule.problems
        if problem.severity is Severity.ERROR
    ]
    unread = [problem for schedule, problem in errors if not schedule.receipts]
    if say:
        complain([(each.message, each.suggestion) for each in unread], len(errors) - len(unread))
    if errors:
        sys.exit(BROKEN)


def leave_if_refused(refused: "Iterable[Refused]") -> None:
    """Leave with the exit code of the targets that refused; with 6 where they have different ones."""
    from sync.errors import TargetError  # noqa: PLC0415 - for failures only

    codes = {each.error.exit_code for each in refused}
    if codes:
        sys.exit(codes.pop() if len(codes) == 1 else TargetError.exit_code)


def complain(unread: Iterable[tuple[str, str]], errors: int) -> None:
    """Say which documents gave nothing, title and hint of each, and how many lines of the others are wrong."""
    for title, hint in unread:
        talk(f"{title} {hint}")
    if errors:
        lines = "1 error was" if errors == 1 else f"{errors} errors were"
        talk(f"{lines} found in the text; `roadmap-sync check` names what is wrong and what to do.")


def open_doors(options: Shared, told: "Welcome") -> None:
    """Say where the feeds are: to a person on stderr, to a program the addresses alone on stdout."""
    from sync.serving.welcome import welcome_document, welcome_text  # noqa: PLC0415

    terminal = sys.stderr.isatty()
    talk(welcome_text(told, columns=_columns() if terminal else None, colour=colours(sys.stderr)))
    if options.as_json:
        emit(options, lambda: welcome_document(told), lambda _: "")
    elif not sys.stdout.isatty():
        click.echo("\n".join(links.webcal for _, links in told.links))


def page(options: Shared) -> "Page":
    """What the output looks like here: as wide as the terminal, coloured where one looks at it."""
    from sync.reporting.page import Page  # noqa: PLC0415

    unicode = _encoding().lower().startswith("utf")
    return Page(colours(sys.stdout), _columns(), full=options.verbose > 0, unicode=unicode)


def colours(stream: Any) -> bool:
    """Whether a stream is a terminal that wants colours (no-color.org), or is to have them anyway (force-color.org)."""
    wanted = is_screen(stream) or bool(os.environ.get("FORCE_COLOR"))
    return wanted and not os.environ.get("NO_COLOR")


def _columns() -> int:
    """As `shutil.get_terminal_size` finds them; importing that would cost more than the rest of a short command."""
    wanted = os.environ.get("COLUMNS", "")
    columns = int(wanted) if wanted.isdecimal() else 0
    if not columns and sys.stdout.isatty():
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    return max(NARROWEST, min(WIDEST, columns or USUAL))


def fail(code: str, title: str, hint: str, exit_code: int, *, as_json: bool) -> NoReturn:
    """Say what is wrong and what to do next, then leave."""
    if as_json:
        import json  # noqa: PLC0415

        error = {"error": {"code": code, "title": title, "hint": hint}}
        click.echo(json.dumps(error, ensure_ascii=False))
    else:
        talk("\n".join(part for part in (title, hint) if part))
    sys.exit(exit_code)
