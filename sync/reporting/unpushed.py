"""What `unpush` says: what is about to go, what went, what stays, and how it would come back."""

from collections.abc import Iterator, Sequence
from typing import Any

from sync.app.pushing import Proposal
from sync.app.unpushing import OWN, Unpushed
from sync.planning.decisions import Action, was_edited
from sync.reporting.columns import cut
from sync.reporting.page import Page
from sync.reporting.plans import outcome_lines, plans_text, pushed_document

Json = dict[str, Any]

NAMED = 5
"""How many containers are named before the rest is only counted."""


def removal_text(proposal: Proposal, page: Page) -> str:
    """The plans, and how much of what goes was changed by hand."""
    going = [step for plan in proposal.plans for step in plan.steps if step.action is Action.DELETE]
    edited = sum(step.there is not None and was_edited(step.there, step.bound) for step in going)
    if not edited:
        return plans_text(proposal, page)
    were = "One of them was" if edited == 1 else f"{edited} of them were"
    return (
        f"{plans_text(proposal, page)}\n{page.paint.yellow(f'{were} changed there by hand; that goes, too.')}"
    )


def unpushed_text(made: Unpushed, page: Page) -> str:
    """What went from each target, what stays there, and what the next push would do."""
    pushed = made.pushed
    if not pushed.agreed:
        return "Nothing was removed."
    ok = page.paint.green("✓")
    lines = outcome_lines(pushed, page)
    if not lines:
        return f"{ok} Nothing that was pushed is on {', '.join(pushed.requests)}."
    lines += [f"{ok} {name}: {_went(names)}" for name, names in made.tidied.items()]
    lines += [page.paint.dim(f"  {name}: {STAYS[name]}") for name in made.kept if name in STAYS]
    lines.append("What was ticked is kept in the ledger; `roadmap-sync status` still counts it.")
    return "\n".join([*lines, *_return(made)])


STAYS = {
    "google": "the calendar itself stays, since something else is in it or roadmap-sync did not make it.",
}
"""What is left of a target whose containers did not go."""


def _went(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    told = ", ".join(f"“{cut(name, 40)}”" for name in names[:NAMED])
    return f"{told}{more}, empty now, went as well"


def _return(made: Unpushed) -> Iterator[str]:
    """How all of it would come back, and what prevents that."""
    services = " and ".join(f"[{name}]" for name in made.returning if name != OWN)
    if services and made.roadmaps:
        them = " and ".join(made.roadmaps)
        yield f"The next push would bring {them} back, as long as the file is in the folder of roadmaps."
    elif services:
        yield "The next push would bring everything back, unless you switch it off:"
        yield f"`enabled = false` under {services} in config.toml."
    elif OWN in made.returning:
        yield "The next push or export writes the feeds again."


def unpushed_document(made: Unpushed) -> Json:
    """The plans with what became of each, and the containers that went as well."""
    tidied = {name: list(names) for name, names in made.tidied.items()}
    return {**pushed_document(made.pushed), "agreed": made.pushed.agreed, "tidied": tidied}
