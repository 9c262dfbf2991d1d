"""A pull: what people did on the phone comes into the ledger; nothing is written on the other side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import partial
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from sync.app import connecting
from sync.app.connecting import Connect, connected
from sync.app.keeping import Complaint, complaints, existing, read
from sync.app.pushing import Refused
from sync.app.run import Run
from sync.applying.abreast import abreast
from sync.applying.absorbing import Change
from sync.applying.counting import Counted
from sync.applying.pulling import pull as pull_one
from sync.errors import RoadmapSyncError, RoadmapUnreadable, UsageError
from sync.ledger.lock import only_run
from sync.ledger.store import Ledger, open_ledger
from sync.model import Schedule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull found."""

    changes: tuple[Change, ...]
    targets: tuple[str, ...]
    """Those that answered."""
    refused: tuple[Refused, ...]
    requests: Mapping[str, int]
    zone: tzinfo
    """In which the person reads times."""
    unread: Sequence[Complaint]


def pull(
    run: Run, targets: Sequence[str] = (), *, force: bool = False, connect: Connect = connected
) -> Pulled:
    """Take ticks, unticks, edits, moves and removals into the ledger; each target is read once, all side by side.

    The failure of one target is a part of what comes back, and leaves the others. Raises Busy where
    another run is at work, UsageError for a target that nothing has, and the first failure where every
    target failed; `force` believes an answer that is empty though something must be there.
    """
    with only_run(run.state):
        schedules, unread = readings(run)
        asked = ask_each(run, targets, schedules, connect, partial(_pulled, run=run, force=force))
    found = [change for changes in asked.answers.values() for change in changes]
    zone = ZoneInfo(run.config.timezone)
    return Pulled(
        told(found, schedules), tuple(asked.answers), asked.refused, asked.requests, zone, tuple(unread)
    )


def _pulled(target: Counted, ledger: Ledger, *, run: Run, force: bool) -> tuple[Change, ...]:
    return pull_one(target, ledger, now=run.now, force=force)


# --- shared with what else only reads ---


def readings(run: Run) -> tuple[list[Schedule], list[Complaint]]:
    """Every roadmap there is, and what is wrong with those that cannot be read; a tick needs none of them."""
    paths = existing(run)
    try:
        loaded = read(run, paths) if paths else []
    except RoadmapUnreadable as error:
        return [], [(error.title, error.hint)]
    return [each.schedule for each in loaded if each.exportable], complaints(loaded)


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """What came of asking each target."""

    answers: Mapping[str, T]
    refused: tuple[Refused, ...]
    requests: Mapping[str, int]


def ask_each(
    run: Run,
    targets: Sequence[str],
    schedules: Sequence[Schedule],
    connect: Connect,
    ask: Callable[[Counted, Ledger], T],
) -> Asked[T]:
    """Ask every target that is named, or enabled where none is, at the same time, each with a ledger of its own.

    Raises UsageError, and the first failure where no target answered.
    """
    counted: dict[str, Counted] = {}

    def _answer(name: str) -> T:
        counted[name] = target = Counted(connect(name, run, schedules))
        with open_ledger(run.state) as ledger:
            return ask(target, ledger)

    names = dict.fromkeys(targets or connecting.enabled(run))
    ended = abreast({name: partial(_answer, name) for name in names})
    answers = {name: each for name, each in ended.items() if not isinstance(each, RoadmapSyncError)}
    refused = [
        Refused(name, None, each) for name, each in ended.items() if isinstance(each, RoadmapSyncError)
    ]
    for each in refused:
        if isinstance(each.error, UsageError) or not answers:
            raise each.error
    return Asked(answers, tuple(refused), {name: target.requests for name, target in counted.items()})


def told(changes: Sequence[Change], schedules: Sequence[Schedule]) -> tuple[Change, ...]:
    """The changes under the titles of the roadmaps; of a tick that was made in two places the earlier one."""
    titles = {item.key: item.title for each in schedules for item in each.items}
    ticks: dict[str, Change] = {}
    for each in changes:
        if each.change == "done" and (each.key not in ticks or each.at < ticks[each.key].at):
            ticks[each.key] = each
    return tuple(
        replace(each, title=titles.get(each.key, each.title))
        for each in changes
        if each.change != "done" or ticks[each.key] is each
    )
