"""What the shell completes beyond commands and options, and the command that teaches it to."""

import os
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from sync.commands.options import Command, Shared, shared
from sync.commands.talking import emit
from sync.errors import RoadmapSyncError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from sync.app.completing import Wanted

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_ROADMAP_SYNC_COMPLETE"
"""By which the shell asks the program; click derives it from the program's name."""


class ItemWords(click.ParamType[str]):
    """A word of an item: its key, or part of its title."""

    name = "ITEM"

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        """The name of the rule of `completing` that says what is offered."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """The keys that begin so, else words of titles."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        from sync.app import completing  # noqa: PLC0415 - each command loads only what it needs

        earlier = ctx.params.get(param.name or "") or ()
        wanted: Wanted = getattr(completing, self._wanted)
        try:
            run = Shared(**_given(ctx)).run()
            found = completing.offers(run.state, run.today, wanted, earlier, incomplete)
        except RoadmapSyncError:
            found = []  # a shell that completes has nowhere to show what is wrong
        return [CompletionItem(value, help=told) for value, told in found]


class TargetName(click.ParamType[str]):
    """A calendar or a task list."""

    name = "T"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """The targets that begin so."""
        del ctx, param  # every command knows the same ones
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        from sync.targets.registry import names  # noqa: PLC0415

        # the one in memory is for tests and cannot be pushed to
        return [CompletionItem(each) for each in names() if each != "memory" and each.startswith(incomplete)]


class Slug(click.ParamType[str]):
    """The slug of a roadmap: of one that has a file, or of one that has none any more."""

    name = "SLUG"

    def __init__(self, *, vanished: bool) -> None:
        self._vanished = vanished

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """The slugs that begin so."""
        del param  # told apart by the type itself
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        from sync.app.library import known_names  # noqa: PLC0415

        try:
            run = Shared(**_given(ctx)).run()
            found = known_names(run.config)
            if self._vanished:
                from sync.app.completing import vanished  # noqa: PLC0415

                found = vanished(run.state, found)
        except RoadmapSyncError:
            found = []
        return [CompletionItem(slug) for slug in found if slug.startswith(incomplete)]


TO_DO = ItemWords("can_be_done")
DONE = ItemWords("can_be_undone")
ANY_ITEM = ItemWords("anything")
TARGET = TargetName()
OLD_SLUG, NEW_SLUG = Slug(vanished=True), Slug(vanished=False)


def _given(ctx: click.Context) -> dict[str, Any]:
    """What was said on the line about configuration, state and day, the inner words before the outer ones."""
    around: click.Context | None = ctx
    given: dict[str, Any] = dict.fromkeys(("config", "state", "today"))
    while around is not None:
        given = {name: value or around.params.get(name) for name, value in given.items()}
        around = around.parent
    return given


@click.command(
    cls=Command,
    examples=(
        ("bash >> ~/.bashrc", "for every bash from now on"),
        ("zsh > ~/.zfunc/_roadmap-sync", "where fpath holds ~/.zfunc and compinit runs"),
        ("fish > ~/.config/fish/completions/roadmap-sync.fish", "for every fish from now on"),
    ),
)
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@shared
def completion(options: Shared, shell: str | None) -> None:
    """Print what teaches your shell to complete commands and items."""
    root = click.get_current_context().find_root().command
    shell = shell or _own_shell()
    script = _script(root, shell)
    emit(options, lambda: {"shell": shell, "script": script}, lambda _: script)


def _own_shell() -> str:
    """The shell of the person, as the system has it."""
    name = PurePath(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError("Which shell is meant is not known.", f"Name it: {', '.join(SHELLS)}.")
    return name


def _script(root: click.Command, shell: str) -> str:
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    make: Callable[..., Any] | None = get_completion_class(shell)
    assert make is not None, "click knows the three"
    return str(make(root, {}, "roadmap-sync", VARIABLE).source())
