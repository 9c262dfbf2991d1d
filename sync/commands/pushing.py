"""Commands that write to calendars and task lists: what would happen, and then doing it."""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from sync.commands.completion import TARGET
from sync.commands.options import ROADMAP, Command, Shared, shared
from sync.commands.talking import emit, leave_if_broken, tell
from sync.errors import LedgerError, NotAuthorised, TargetError, UsageError

if TYPE_CHECKING:
    from sync.app.pushing import Asked, Proposal, Pushed, Refused

F = TypeVar("F", bound=Callable[..., Any])
DECLINED = 130
"""Exit code where a person answered no."""


def scoped(command: F) -> F:
    """Give a command the options that say what is to be pushed, gathered as `asked`."""

    @wraps(command)
    def _gathered(*args: Any, **given: Any) -> Any:
        from sync.app.pushing import Asked  # noqa: PLC0415
        from sync.planning.decisions import Rules  # noqa: PLC0415 - each command loads only what it needs

        if given["phase"] is not None and not given["phase"].strip():
            raise UsageError(
                "There is no phase without a name.", "Give its number, title or key; or no --phase."
            )
        rules = Rules(
            restore=given.pop("restore"),
            prefer_roadmap=given.pop("prefer") == "roadmap",
            include_past=given.pop("include_past"),
        )
        names = ("roadmaps", "phase", "targets", "whole", "force")
        asked = Asked(rules=rules, **{name: given.pop(name) for name in names})
        return command(*args, asked=asked, **given)

    for option in reversed(
        (
            click.option("--phase", help="By number, title or key; default: the one that holds today."),
            click.option("--roadmap", "roadmaps", type=ROADMAP, multiple=True, help="Only this one."),
            click.option("--target", "targets", type=TARGET, multiple=True, help="Only this one."),
            click.option("--all", "whole", is_flag=True, help="Whole roadmaps instead of a phase of each."),
            click.option("--include-past", is_flag=True, help="Also what is past and was never pushed."),
            click.option("--restore", is_flag=True, help="Bring back what was removed on the other side."),
            click.option(
                "--prefer",
                type=click.Choice(["roadmap", "remote"]),
                default="remote",
                show_default=True,
                help="Whose value counts where both sides changed a field.",
            ),
            click.option("--force", is_flag=True, help="Delete and overwrite as much as the plan says."),
        )
    ):
        option(_gathered)
    return cast(F, _gathered)


@click.command(
    cls=Command,
    examples=(
        ("", "the phase of each roadmap that holds today"),
        ("--roadmap team-2026 --phase 2", "another phase"),
        ("--all -v", "everything, item by item"),
    ),
)
@scoped
@shared
def plan(options: Shared, asked: "Asked") -> None:
    """Show what a push would do; nothing is written."""
    from sync.app import pushing  # noqa: PLC0415
    from sync.reporting.plans import proposal_document, proposal_text  # noqa: PLC0415

    made = pushing.plan(options.run(), asked)
    emit(options, lambda: proposal_document(made), lambda page: proposal_text(made, page))
    _leave(made, made.refused)


@click.command(
    cls=Command,
    examples=(
        ("", "shows the plan and asks"),
        ("--yes", "asks nothing, for a script"),
        ("--expect 4f2a9c0d1e8b7a65", "only if the plan is still the one that was reviewed"),
    ),
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--expect", metavar="DIGEST", multiple=True, help="Push only the plan with this digest.")
@scoped
@shared
def push(options: Shared, asked: "Asked", *, yes: bool, expect: Sequence[str]) -> None:
    """Write what changed to calendars and task lists, after a plan."""
    from sync.app import pushing  # noqa: PLC0415
    from sync.reporting.plans import proposal_text, pushed_document, pushed_text, tells_something  # noqa: PLC0415

    def _show(made: "Proposal") -> None:
        if tells_something(made):
            tell(options, lambda page: proposal_text(made, page))

    done = pushing.push(
        options.run(), asked, show=_show, agree=lambda _: yes or _agreed("Push"), expect=expect
    )
    emit(options, lambda: pushed_document(done), lambda page: pushed_text(done, page))
    _leave(done.proposal, done.refused, done)


@click.command(
    cls=Command,
    examples=(
        ("", "shows what would go from Google and Todoist, and asks"),
        ("--target todoist --roadmap team-2026", "one roadmap, from one of them"),
        ("--target ics", "the feeds, which it leaves alone otherwise"),
    ),
)
@click.option("--target", "targets", type=TARGET, multiple=True, help="Only from this one.")
@click.option("--roadmap", "roadmaps", type=ROADMAP, multiple=True, help="Only this one, by its slug.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@shared
def unpush(options: Shared, targets: Sequence[str], roadmaps: Sequence[str], *, yes: bool) -> None:
    """Remove from a service all that was pushed there, after a plan."""
    from sync.app import unpushing  # noqa: PLC0415
    from sync.reporting.plans import tells_something  # noqa: PLC0415
    from sync.reporting.unpushed import removal_text, unpushed_document, unpushed_text  # noqa: PLC0415

    def _show(made: "Proposal") -> None:
        if tells_something(made):
            tell(options, lambda page: removal_text(made, page))

    done = unpushing.unpush(
        options.run(), targets, roadmaps, show=_show, agree=lambda _: yes or _agreed("Remove")
    )
    emit(options, lambda: unpushed_document(done), lambda page: unpushed_text(done, page))
    _leave(done.pushed.proposal, done.pushed.refused, done.pushed)


def _agreed(verb: str) -> bool:
    """Ask; without a person to ask, say how to go on."""
    if not sys.stdin.isatty():
        hint = f"Add `--yes` to {verb.lower()} it without asking."
        raise UsageError("Nobody is there to agree to the plan.", hint)
    return click.confirm(f"{verb} this?", err=True)


def _leave(proposal: "Proposal", refused: "Sequence[Refused]", pushed: "Pushed | None" = None) -> None:
    """Leave with the exit code of what went wrong, if anything did."""
    if pushed is not None and not pushed.agreed:
        sys.exit(DECLINED)
    outcomes = () if pushed is None else pushed.outcomes
    if any(isinstance(each.error, LedgerError) for each in refused):
        sys.exit(LedgerError.exit_code)  # no service is to blame, and no later try will do better
    failures = [each.error for each in refused if each.roadmap is None]
    failures += [each.stopped for each in outcomes if each.stopped is not None]
    items_failed = any(each.failed for each in outcomes)
    if failures or items_failed:
        alone = not items_failed and all(isinstance(each, NotAuthorised) for each in failures)
        sys.exit(NotAuthorised.exit_code if alone else TargetError.exit_code)
    leave_if_broken([each.schedule for each in proposal.loaded], say=True)
    if refused:
        sys.exit(refused[0].error.exit_code)
