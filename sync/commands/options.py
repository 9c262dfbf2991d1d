"""The options that every command takes, before and after its name, and what they mean together."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sync.app.run import Run, Told

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Shared:
    """The options that every command takes; None and 0 where they were not given."""

    config: str | None = None
    state: str | None = None
    today: date | None = None
    as_json: bool = False
    verbose: int = 0

    def under(self, inner: "Shared") -> "Shared":
        """These options with those given after the command's name on top."""
        return Shared(
            inner.config or self.config,
            inner.state or self.state,
            inner.today or self.today,
            inner.as_json or self.as_json,
            max(inner.verbose, self.verbose),
        )

    def run(self) -> "Run":
        """The world as these options describe it at this moment. Raises ConfigError."""
        from sync.app.run import Run  # noqa: PLC0415
        from sync.commands.talking import talk  # noqa: PLC0415 - it knows this module
        from sync.config.settings import default_state, load_config  # noqa: PLC0415 - `--version` reads no configuration

        _same_zones_everywhere()
        cwd = Path.cwd()
        config = load_config(Path(self.config) if self.config else None, cwd=cwd, environ=os.environ)
        state = Path(self.state).absolute() if self.state else default_state(os.environ)
        now = datetime.now(UTC)
        return Run(config, state, cwd, self.today or _today(config.timezone, now), now, self._told(), talk)

    def _told(self) -> "Told":
        """Who hears how far something has come: a person at a terminal, and no program."""
        if self.as_json or not is_screen(sys.stderr):
            from sync.app.run import unheard  # noqa: PLC0415

            return unheard
        from time import monotonic  # noqa: PLC0415

        from sync.commands.gauge import Gauge  # noqa: PLC0415 - only where a person looks

        return Gauge(sys.stderr, monotonic)


def is_screen(stream: Any) -> bool:
    """Whether a stream is a terminal on which the cursor can be moved."""
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _same_zones_everywhere() -> None:
    """Let zones have the rules of the tzdata package on every machine, not of whatever the system has."""
    import zoneinfo  # noqa: PLC0415 - `--version` needs no zones
    from importlib.util import find_spec  # noqa: PLC0415

    # named as a folder, because zoneinfo's own way to the package imports importlib.resources at every start
    package = find_spec("tzdata")
    places = (package.submodule_search_locations if package is not None else None) or ()
    zoneinfo.reset_tzpath(to=[str(Path(place, "zoneinfo").absolute()) for place in places])


def _today(zone: str, now: datetime) -> date:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - `--today` needs no zone

    return now.astimezone(ZoneInfo(zone)).date()


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that says how one is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-01-31.", param, ctx)


class Zone(click.ParamType[str]):
    """A zone of the IANA database."""

    name = "ZONE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The zone, or a usage error that says which one may be meant."""
        from sync.reading.spelling import is_zone, nearest_zone  # noqa: PLC0415

        zone = str(value)
        if not is_zone(zone):
            self.fail(f"there is no zone {zone!r}. {nearest_zone(zone)}", param, ctx)
        return zone


class RoadmapName(click.ParamType[str]):
    """A slug or a path; the shell completes both."""

    name = "ROADMAP"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """The slugs of the configured folder that begin so, else files."""
        del param  # every command completes them alike
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        from sync.app.library import known_names  # noqa: PLC0415
        from sync.errors import RoadmapSyncError  # noqa: PLC0415

        given = {**(ctx.parent.params if ctx.parent is not None else {}), **_said(ctx.params)}
        try:
            names = known_names(Shared(given.get("config")).run().config)
        except RoadmapSyncError:
            names = []  # a shell that completes has nowhere to show what is wrong
        found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return found or [CompletionItem(incomplete, type="file")]


def _said(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value is not None}


class Command(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.examples = tuple(examples)
        """What one types, and what it is good for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for words, why in self.examples:
                formatter.write(f"  {ctx.command_path} {words}".rstrip() + f"\n      {why}\n")


DAY = Day()
ZONE = Zone()
ROADMAP = RoadmapName()


def shared(command: F) -> F:
    """Give a command (or the group) the options that every command takes, gathered as its first argument."""

    @wraps(command)
    def _gathered(*args: Any, **given: Any) -> Any:
        own = Shared(
            given.pop("config"),
            given.pop("state"),
            given.pop("today"),
            given.pop("as_json"),
            given.pop("verbose"),
        )
        context = click.get_current_context()
        outer = context.parent.obj if context.parent is not None else None
        context.obj = outer.under(own) if isinstance(outer, Shared) else own
        return command(context.obj, *args, **given)

    for option in (
        click.option("-v", "verbose", count=True, help="Say more; twice for the traceback of an error."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."),
        click.option("--today", type=DAY, help="Act as if it were this day."),
        click.option(
            "--state", metavar="DIR", help="Where the ledger lives; default: your platform's data folder."
        ),
        click.option("--config", metavar="FILE", help="Default: ./config.toml where there is one."),
    ):
        option(_gathered)
    return cast(F, _gathered)
