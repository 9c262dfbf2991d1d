"""Commands for signing in: consent at Google, the token of Todoist, and how it stands with both."""

import sys
from typing import TextIO

import click

from sync.commands.options import Command, Shared, shared
from sync.commands.talking import emit, talk
from sync.errors import NotAuthorised, UsageError


@click.group()
@shared
def auth(_: Shared) -> None:
    """Sign in to Google Calendar and Todoist."""


@auth.command(
    cls=Command,
    examples=(
        ("", "allow access in the browser of this computer"),
        ("--no-browser", "over ssh: open the address elsewhere, paste back where it leads"),
        ("--revoke", "take the consent back and forget the token"),
    ),
)
@click.option("--no-browser", is_flag=True, help="Paste what a browser on another computer says.")
@click.option("--revoke", is_flag=True, help="Sign out.")
@shared
def google(options: Shared, *, no_browser: bool, revoke: bool) -> None:
    """Let roadmap-sync keep a calendar of its own at Google."""
    import webbrowser  # noqa: PLC0415 - for signing in only

    from sync.app import signing  # noqa: PLC0415 - each command loads only what it needs
    from sync.reporting import signed  # noqa: PLC0415

    if revoke:
        out = signing.sign_out_google(options.run())
        emit(options, lambda: signed.out_document(out), lambda page: signed.out_text(out, page))
        return
    if no_browser:
        made = signing.sign_in_google_elsewhere(options.run(), _pasted, _invite)
    else:
        made = signing.sign_in_google(options.run(), webbrowser.open, _invite)
    emit(options, lambda: signed.in_document(made), lambda page: signed.in_text(made, page))


@auth.command(
    cls=Command,
    examples=(
        ("", "paste the token; it is not shown"),
        ("--token-file -", "for scripts: the token comes in on standard input"),
    ),
)
@click.option("--token-file", type=click.File(), metavar="FILE", help="The file it is in, - for stdin.")
@shared
def todoist(options: Shared, token_file: TextIO | None) -> None:
    """Keep the token of a Todoist account, after trying it out."""
    from sync.app import signing  # noqa: PLC0415
    from sync.reporting import signed  # noqa: PLC0415

    made = signing.sign_in_todoist(options.run(), _token(token_file))
    emit(options, lambda: signed.in_document(made), lambda page: signed.in_text(made, page))


@auth.command(cls=Command, examples=(("", "who is signed in, until when, and where the tokens lie"),))
@shared
def status(options: Shared) -> None:
    """Say who is signed in where, and whether it still holds."""
    from sync.app import signing  # noqa: PLC0415
    from sync.reporting import signed  # noqa: PLC0415

    run = options.run()
    found = signing.tried_standings(run)
    emit(options, lambda: signed.status_document(found), lambda page: signed.status_text(found, run, page))
    if any(each.enabled and each.problem for each in found):
        sys.exit(NotAuthorised.exit_code)


def _invite(address: str, opened: bool) -> None:  # noqa: FBT001 - it is called with what a browser said
    """Tell a person where to allow access."""
    talk("Allow access in your browser; if none opens, here:" if opened else "Allow access here:")
    talk(f"\n  {address}\n")


def _pasted() -> str:
    """The address that a person copies out of another browser."""
    talk("The browser ends on a page that it cannot show. Paste the address of that page:")
    if sys.stdin.isatty():
        return str(click.prompt("Address", err=True))
    return _line(sys.stdin)


def _token(file: TextIO | None) -> str:
    """The token, typed unseen on a terminal, else read from a file or standard input."""
    if file is None and sys.stdin.isatty():
        talk("You find it in Todoist under Settings, Integrations, Developer, API token.")
        return str(click.prompt("Token (not shown)", hide_input=True, err=True))
    return _line(file or sys.stdin)


def _line(stream: TextIO) -> str:
    """The first line of a stream. Raises UsageError where there is none."""
    try:
        line = stream.readline(10_000)
    except (OSError, ValueError):
        # without the cause: it may quote what was read
        raise UsageError("What was given cannot be read as text.", "Give one line of UTF-8.") from None
    if not line.strip():
        raise UsageError("Nothing was given to read.", "Give it on the first line of standard input.")
    return line
