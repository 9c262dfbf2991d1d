"""What a plan must not do without being asked: arithmetic, and two answers that are never believed."""

from collections import Counter
from collections.abc import Collection, Sequence

from sync.errors import NothingToSchedule, UnsafePlan
from sync.planning.decisions import Action
from sync.planning.plans import Known, Plan
from sync.planning.scopes import Scope, roadmap_of
from sync.planning.witnesses import Draft
from sync.remote import Reading

ALIKE = 3
"""So many items of one place and name are no chance."""
FLOOR = 10
"""With fewer items there than this, a share says nothing."""
SHARE = 0.30
"""The largest part of what is there that may be deleted or overwritten without `--force`."""


def check_reading(target: str, reading: Reading, known: Known, *, force: bool = False) -> None:
    """Raise `UnsafePlan` where nothing came back though something must be there.

    An empty answer is never read as "all deleted", unless the service names each deletion or the
    person says so with `force`.
    """
    expected = {key for key, binding in known.bindings.items() if binding.live} - reading.removed.keys()
    if expected and not reading.items and not force:
        raise UnsafePlan(
            f"{target} answered with nothing, though {_items(len(expected))} should be there.",
            "If you removed them yourself, --force lets them stay away and --force --restore brings them back; "
            "else just try again later. Nothing was changed.",
        )


def check_roadmap(scope: Scope, wanted: Sequence[Draft], reading: Reading, known: Known) -> None:
    """Raise `NothingToSchedule` where a roadmap that was pushed before suddenly yields nothing at all."""
    if wanted:
        return
    bound = any(binding.live and binding.roadmap == scope.roadmap for binding in known.bindings.values())
    if bound or any(
        roadmap_of(remote.marker.key, known.renames) == scope.roadmap for remote in reading.items
    ):
        raise NothingToSchedule(
            f"The roadmap {scope.roadmap} has no dated items any more, though it was pushed before.",
            "See what happened to the file with roadmap-sync check; to take its items off the service, "
            "use roadmap-sync unpush.",
        )


def objection(plan: Plan) -> UnsafePlan | None:
    """Return why this plan needs `--force`, or None where it is safe; who ticks a lot overwrites nothing."""
    deleted = plan.counts[Action.DELETE]
    overwritten = sum(step.action is Action.UPDATE and not step.is_tick for step in plan.steps)
    touched = overwritten + deleted
    if plan.existing < FLOOR or touched <= SHARE * plan.existing:
        return None
    return UnsafePlan(
        f"This would overwrite {overwritten} and delete {deleted} of {plan.existing} items on {plan.target}.",
        "Look at it with roadmap-sync plan; if it is what you want, push with --force.",
    )


def twin(plan: Plan, known: Known, slugs: Collection[str]) -> UnsafePlan | None:
    """Return why a plan would push a roadmap once more under another name, or None where it would not.

    `slugs` are the roadmaps that exist. Most of what is to be made then has the places and names of a
    roadmap that was pushed and is there no longer: a file was renamed, and nobody told the ledger.
    """
    made = {_within(step.key) for step in plan.steps if step.action is Action.CREATE}
    before = Counter(
        binding.roadmap
        for key, binding in known.bindings.items()
        if binding.live and binding.roadmap not in slugs and _within(key) in made
    )
    for slug, count in before.most_common(1):
        if count >= ALIKE and 2 * count >= len(made):
            return UnsafePlan(
                f"{plan.scope.roadmap} looks like {slug} under another name: {count} of {len(made)} items "
                f"would be on {plan.target} twice.",
                f"If it is the same, say `roadmap-sync ledger rename {slug} {plan.scope.roadmap}` first; "
                "if it is another one, push with --force.",
            )
    return None


def _within(key: str) -> str:
    """A key without the roadmap's name."""
    return key.partition("/")[2]


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"
