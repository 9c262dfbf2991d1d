"""The command line: options in, one use case, one renderer, the exit code from the error's class."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn, cast

import click

from sync import __version__
from sync.commands.options import Shared, shared
from sync.commands.talking import fail
from sync.errors import RoadmapSyncError, UsageError

GROUPS = {
    "A beginning": {
        "demo": "sync.commands.demo",
        "init": "sync.commands.init",
    },
    "Roadmaps": {
        "add": "sync.commands.roadmaps",
        "check": "sync.commands.roadmaps",
        "fix": "sync.commands.fixing",
        "show": "sync.commands.roadmaps",
    },
    "Feeds": {
        "export": "sync.commands.feeds",
        "serve": "sync.commands.feeds",
    },
    "Calendars and task lists": {
        "auth": "sync.commands.auth",
        "plan": "sync.commands.pushing",
        "push": "sync.commands.pushing",
        "pull": "sync.commands.pulling",
        "unpush": "sync.commands.pushing",
    },
    "Progress": {
        "status": "sync.commands.progress",
        "done": "sync.commands.progress",
        "undo": "sync.commands.progress",
        "checkin": "sync.commands.progress",
        "ledger": "sync.commands.ledger",
    },
    "Looking after it": {
        "doctor": "sync.commands.doctor",
        "completion": "sync.commands.completion",
    },
    "Trying things out": {
        "sandbox": "sync.commands.sandbox",
    },
}
"""The commands in the order in which a person meets them, under what they are for, and where each is."""

PLACES = {name: place for commands in GROUPS.values() for name, place in commands.items()}
INTERRUPTED = 130
RARELY = 50_000
"""After how many new objects the collector looks for garbage; the interpreter's own choice is 700."""


class Grouped(click.Group):
    """A group whose help lists its commands by purpose, and which loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in their order."""
        del ctx  # every context lists the same ones
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; None where there is none."""
        del ctx
        if cmd_name not in PLACES:
            return None
        return cast(click.Command, getattr(import_module(PLACES[cmd_name]), cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words call, or a usage error that says which one may be meant."""
        if args[0] not in PLACES and not args[0].startswith("-") and not ctx.resilient_parsing:
            from sync.reading.spelling import did_you_mean  # noqa: PLC0415 - for mistakes only

            known = did_you_mean(args[0], PLACES) or f"The commands are {', '.join(PLACES)}."
            raise click.UsageError(f"There is no command {args[0]!r}. {known}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the command; a reader of its output that goes away (head, less) ends it in peace."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # there is nobody left to tell, and what is still buffered would fail again at the exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section for each purpose."""
        for title, names in GROUPS.items():
            commands = ((name, self.get_command(ctx, name)) for name in names)
            with formatter.section(title):
                formatter.write_dl(
                    [(name, each.get_short_help_str(80)) for name, each in commands if each is not None]
                )


@click.group(cls=Grouped, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="roadmap-sync")
@shared
def cli(_: Shared) -> None:
    """Turn a Markdown roadmap into a calendar and a task list that stay true."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave with its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    if args is None:
        signal.signal(signal.SIGTERM, _as_ctrl_c)
    # a short command ends before the collector would find anything, and its passes cost a twentieth of it
    gc.set_threshold(RARELY)
    try:
        code = cli.main(given, prog_name="roadmap-sync", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _interrupted(given, at_once=args is None)
    except click.exceptions.NoArgsIsHelpError as error:
        title = "No command is given." if _as_json(given) else error.format_message()
        _fail(given, UsageError.code, title, "", error.exit_code)
    except click.ClickException as error:
        hint = f"See `{_called(error)} --help`."
        _fail(given, UsageError.code, error.format_message(), hint, error.exit_code)
    except RoadmapSyncError as error:
        if _wants_traceback(given):
            raise
        _fail(given, error.code, error.title, error.hint, error.exit_code)
    except Exception as error:
        # the outermost door: what no adapter foresaw is still one sentence, and a traceback for who asks
        if _wants_traceback(given):
            raise
        title = f"Something unexpected happened: {type(error).__name__}: {error}"
        _fail(given, "unexpected", title, "Run it again with -vv and report what it prints.", 1)


def _as_ctrl_c(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Take being told to end like Ctrl-C."""
    raise KeyboardInterrupt


def _interrupted(given: Sequence[str], *, at_once: bool) -> NoReturn:
    """Say that nothing is lost, and leave."""
    hint = "Nothing is half-written: run it again, and it goes on where it stopped."
    try:
        _fail(given, "interrupted", "Interrupted.", hint, INTERRUPTED)
    finally:
        if at_once:
            # threads may still wait for a service, and nobody should wait for them: what they sent is
            # in the ledger, and what became of it is found out by the next run
            sys.stdout.flush()
            os._exit(INTERRUPTED)


def _fail(given: Sequence[str], code: str, title: str, hint: str, exit_code: int) -> NoReturn:
    fail(code, title, hint, exit_code, as_json=_as_json(given))


def _called(error: click.ClickException) -> str:
    """How the command in question is called."""
    context = getattr(error, "ctx", None)
    return context.command_path if isinstance(context, click.Context) else "roadmap-sync"


def _as_json(given: Sequence[str]) -> bool:
    """Whether the words ask for JSON; read from them, because they may be what cannot be parsed."""
    return "--json" in _options(given)


def _wants_traceback(given: Sequence[str]) -> bool:
    return (
        sum(len(word) - 1 for word in _options(given) if word.startswith("-v") and not word.strip("-v")) >= 2
    )


def _options(given: Sequence[str]) -> Sequence[str]:
    return given[: given.index("--")] if "--" in given else given
