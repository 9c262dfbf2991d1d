"""What facts about the program's world mean for a person: a line each, with the next step. All pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sync.errors import (
    ConfigError,
    LedgerError,
    NotAuthorised,
    RoadmapSyncError,
    RoadmapUnreadable,
    TargetError,
)

if TYPE_CHECKING:
    from sync.ledger.health import Health
    from sync.model import Schedule

SCARCE, FULL = 100_000_000, 10_000_000
"""Free bytes below which the state folder is worth a warning, and below which it will soon not be written."""
GRAVEST_FIRST = (
    ConfigError.exit_code,
    LedgerError.exit_code,
    NotAuthorised.exit_code,
    TargetError.exit_code,
    RoadmapUnreadable.exit_code,
)
"""Exit codes; what stops most comes first."""


class State(StrEnum):
    """How it is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    found: str
    next: str = ""
    """What to do; empty where there is nothing to be done."""
    exit_code: int = 0
    """That of the failure that it would lead to; 0 unless it is wrong."""


def ok(name: str, found: str, next_step: str = "") -> Check:
    """Something that is as it should be."""
    return Check(name, State.OK, found, next_step)


def warning(name: str, found: str, next_step: str) -> Check:
    """Something that works, and may not for long or not as thought."""
    return Check(name, State.WARNING, found, next_step)


def wrong(name: str, error: RoadmapSyncError) -> Check:
    """Something that does not work, told by the error that it leads to."""
    return Check(name, State.WRONG, error.title, error.hint, error.exit_code)


def exit_code(checks: Iterable[Check]) -> int:
    """That of the gravest thing that is wrong; 0 where nothing is."""
    found = {check.exit_code for check in checks if check.state is State.WRONG}
    return next((code for code in (*GRAVEST_FIRST, *sorted(found)) if code in found), 0)


# --- the configuration and the zones ---


def configuration(file: Path | None) -> Check:
    """A configuration that could be read."""
    if file is None:
        return ok("configuration", "no file, so the defaults hold", "`roadmap-sync init` writes one.")
    return ok("configuration", f"{file} is valid")


def zone_data(version: str | None, zone: str | None) -> Check:
    """The rules of time zones; the version is that of the package, the zone what could be looked up in it."""
    name = "time zones"
    if zone is None:
        hint = "Install roadmap-sync again, or its package tzdata alone: `pip install tzdata`."
        return wrong(name, ConfigError("There are no rules of time zones here.", hint))
    if version is None:
        hint = "`pip install tzdata`, so that every computer reckons alike."
        return warning(name, f"{zone}, by the rules of this system", hint)
    return ok(name, f"{zone}, by the rules of {version}")


# --- folders ---


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found out about a folder that is written to."""

    path: Path
    exists: bool
    problem: str = ""
    """Why it cannot be written, in the system's words; empty where it can, or could be made."""
    free: int | None = None
    """Bytes; None where the system does not say."""


def state_folder(folder: Folder) -> Check:
    """Where the ledger lives."""
    name = "state folder"
    if folder.problem:
        hint = "Check its permissions, or name another one with --state."
        return wrong(name, LedgerError(f"{folder.path} cannot be written: {folder.problem}.", hint))
    if folder.free is not None and folder.free < FULL:
        hint = "Make room; ticks and pushes cannot be put down on a full disk."
        return wrong(
            name, LedgerError(f"The disk of {folder.path} is full: {_size(folder.free)} free.", hint)
        )
    if folder.free is not None and folder.free < SCARCE:
        return warning(
            name, f"{folder.path} has {_size(folder.free)} left", "Make room before the disk is full."
        )
    return ok(name, _found(folder) if folder.free is None else f"{_found(folder)}, {_size(folder.free)} free")


def feeds_folder(folder: Folder) -> Check:
    """Where the calendar files go."""
    if folder.problem:
        hint = "Check its permissions, or name another one as `out` under [ics] in the configuration."
        return wrong("feeds folder", ConfigError(f"{folder.path} cannot be written: {folder.problem}.", hint))
    return ok("feeds folder", _found(folder))


def _found(folder: Folder) -> str:
    return str(folder.path) if folder.exists else f"{folder.path}, not made yet"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count // 1_000_000} MB"


# --- the ledger ---


def ledger(health: "Health | None", newest: int) -> Check:
    """What is remembered; None where nothing is yet."""
    name = "ledger"
    if health is None:
        return ok(name, "none yet; the first tick, export or push makes it")
    if not health.is_ours:
        hint = "Name another folder with --state; the file was not touched."
        return wrong(name, LedgerError(f"{health.path} is a database of another program.", hint))
    if health.version > newest:
        hint = "Update roadmap-sync on this computer; the ledger was not touched."
        return wrong(name, LedgerError(f"{health.path} was written by a newer roadmap-sync.", hint))
    if health.faults:
        hint = (
            f"Put back {health.backup}." if health.backup is not None
            else "Put back a copy of your own, or move it away and run `roadmap-sync ledger rebuild`."
        )  # fmt: skip
        return wrong(name, LedgerError(f"{health.path} is damaged: {health.faults[0]}.", hint))
    older = "" if health.version == newest else ", and is brought up to date by the next command"
    copy = f"last copy {health.backup.name}" if health.backup is not None else "no copy was needed so far"
    return ok(name, f"sound, tables of version {health.version}{older}; {copy}")


def unexamined(error: RoadmapSyncError) -> Check:
    """A ledger that cannot even be looked at."""
    check = wrong("ledger", error)
    # what sends a person to doctor is of no use in its own answer
    hint = "Check the disk; then put back a copy, or move it away and run `roadmap-sync ledger rebuild`."
    return replace(check, next=hint) if "roadmap-sync doctor" in check.next else check


# --- the roadmaps ---


def no_roadmaps(folder: Path, *, configured: bool, exists: bool) -> Check:
    """A folder that holds none, or is none."""
    hint = "`roadmap-sync add FILE` takes one in."
    if exists:
        return warning("roadmaps", f"{folder} holds no roadmap yet", hint)
    if not configured:
        return warning("roadmaps", f"there is no folder {folder} yet", hint)
    return wrong(
        "roadmaps", ConfigError(f"There is no folder of roadmaps at {folder}.", "Make it, or " + hint)
    )


def roadmaps(folder: Path, schedules: Sequence["Schedule"]) -> list[Check]:
    """Those that were read: one line for all, and one for each that has errors."""
    found = [each for schedule in schedules if (each := _with_errors(schedule)) is not None]
    number = "1 roadmap" if len(schedules) == 1 else f"{len(schedules)} roadmaps"
    whole = "" if not found else f", {len(found)} of them with errors"
    return [ok("roadmaps", f"{number} in {folder}{whole}"), *found]


def _with_errors(schedule: "Schedule") -> Check | None:
    from sync.model import Severity  # noqa: PLC0415 - only where roadmaps were read

    errors = [each for each in schedule.problems if each.severity is Severity.ERROR]
    if not errors:
        return None
    number = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    where = f" on line {errors[0].line}" if errors[0].line else ""
    hint = f"`roadmap-sync check {schedule.file}` names each and what to do."
    return wrong(
        f"roadmap {schedule.slug}",
        RoadmapUnreadable(f"{number}, the first{where}: {errors[0].message}", hint),
    )


# --- the libraries ---

BOUND = re.compile(r"(>=|<)\s*([\d.]+)")


def libraries(own: str, wanted: Iterable[tuple[str, str, str | None]]) -> list[Check]:
    """What is installed, as (name, bounds such as ">=8.2,<9", version or None where it is missing)."""
    listed = list(wanted)
    odd = [each for each in (_library(*one) for one in listed) if each is not None]
    return [
        ok("libraries", f"{own}; {len(listed) - len(odd)} of {len(listed)} libraries as they should be"),
        *odd,
    ]


def _library(name: str, bounds: str, version: str | None) -> Check | None:
    hint = "Install roadmap-sync again with pip, which brings what it needs."
    if version is None:
        return Check(f"library {name}", State.WRONG, "is not installed", hint, RoadmapSyncError.exit_code)
    for sign, bound in BOUND.findall(bounds):
        fits = _number(version) >= _number(bound) if sign == ">=" else _number(version) < _number(bound)
        if not fits:
            return warning(f"library {name}", f"is {version}, and {sign} {bound} is wanted", hint)
    return None


def _number(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version)]
    return tuple([*parts, 0, 0, 0][:3])
