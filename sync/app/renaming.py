"""A roadmap that has another name now: its keys, its history and its feeds go along."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from sync.app.exporting import ENDS
from sync.app.library import of_slug
from sync.app.naming import checked_name
from sync.app.run import Run
from sync.errors import ConfigError, UsageError
from sync.ledger.keys import Keys
from sync.ledger.progress import TEXT, Progress
from sync.ledger.schedules import Schedules
from sync.ledger.store import FILE, Ledger, open_ledger


class Renamed(NamedTuple):
    """What was handed from one slug to another."""

    old: str
    new: str
    keys: int


def rename(run: Run, old: str, new: str) -> Renamed:
    """Hand keys, ticks and all that was pushed from one slug to another; the file is renamed by the person.

    Raises UsageError where the old name is unknown or still has a file, and where the new one has ticks
    of its own, ConfigError where the feeds cannot be renamed.
    """
    _check_is_free(run, old, checked_name(new))
    if not (run.state / FILE).exists():
        raise _unknown(old, ())
    with open_ledger(run.state) as ledger, ledger.transaction():
        keys = Keys(ledger)
        if not keys.all_keys(old):
            raise _unknown(old, Schedules(ledger).stamps())
        own = {each.key for each in keys.all_keys(new)}
        _refuse_two_histories(new, own & _ticked(ledger))
        # keys that the file got under its new name before this was said give way to the older ones
        keys.remember(new, ())
        Schedules(ledger).drop(new)
        _hand_over_feeds(run.config.ics.out, old, new)
        return Renamed(old, new, keys.rename(old, new))


def _hand_over_feeds(folder: Path, old: str, new: str) -> None:
    """Give the feeds the new name, with all that is in them; one that has it already stays."""
    try:
        for end in ENDS:
            feed, named = folder / f"{old}{end}", folder / f"{new}{end}"
            if feed.exists() and not named.exists():
                feed.rename(named)
    except OSError as error:
        raise ConfigError(
            f"The feeds of {old} cannot be renamed: {error.strerror}.",
            "Make the folder of the feeds writable, then say it again.",
        ) from error


def _check_is_free(run: Run, old: str, new: str) -> None:
    if old == new:
        raise UsageError("Both names are the same.", "Give the old slug first and the new one after it.")
    file = of_slug(run.config, old)
    if file is not None:
        raise UsageError(
            f"There is still a roadmap called {old}, in {file}.",
            "Rename the file, or the `slug` in its front matter, and then say so here.",
        )


def _unknown(old: str, slugs: Iterable[str]) -> UsageError:
    from sync.reading.spelling import did_you_mean  # noqa: PLC0415 - for mistakes only

    hint = did_you_mean(old, slugs) or "Give the slug that it had when it was last pushed or exported."
    return UsageError(f"The ledger knows no roadmap called {old}.", hint)


def _ticked(ledger: Ledger) -> set[str]:
    """The keys that a person ticked or checked in somewhere else than in the text."""
    return {entry.key for entry in Progress(ledger).entries() if entry.source != TEXT}


def _refuse_two_histories(new: str, ticked: Collection[str]) -> None:
    if ticked:
        ticks = "a tick" if len(ticked) == 1 else f"{len(ticked)} ticks"
        raise UsageError(
            f"The roadmap {new} has {ticks} of its own already; two histories cannot be made one.",
            "Give the file another name, and hand the history over to that.",
        )
