"""A look at everything that the program lives on: each part by itself, so that one that is broken hides no other."""

import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib import metadata
from pathlib import Path
from time import monotonic
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync import __version__
from sync.app import diagnosing, diagnosing_services, signing
from sync.app.diagnosing import Check, Folder, wrong
from sync.app.diagnosing_services import Reached
from sync.app.library import find, in_folder, load
from sync.app.remembering import with_known_progress
from sync.app.run import Run
from sync.applying.abreast import abreast
from sync.errors import ConfigError, RoadmapSyncError, RoadmapUnreadable
from sync.ledger import health
from sync.model import Schedule
from sync.probing.asking import Heard, ask

PACKAGE = "roadmap-sync"
REQUIREMENT = re.compile(r"([\w.-]+)\s*([^;]*)")


def examine(world: Callable[[], Run], bare: Callable[[], Run]) -> list[Check]:
    """Everything that was looked at, in the order in which a person would mend it.

    `world` gives the run, and raises ConfigError where the configuration is damaged; then `bare` gives
    one without it, and what depends on the configuration is left out. Nothing is written.
    """
    try:
        run = world()
    except ConfigError as error:
        return [wrong("configuration", error), *_of_this_computer(bare()), *_libraries()]
    except ZoneInfoNotFoundError:
        return [diagnosing.zone_data(None, None), *_of_this_computer(bare()), *_libraries()]
    schedules, found = _roadmaps(run)
    return [
        diagnosing.configuration(run.config.file),
        diagnosing.zone_data(_zone_rules(), _known(run.config.timezone)),
        *_of_this_computer(run),
        *found,
        diagnosing.feeds_folder(folder_facts(run.config.ics.out)),
        *_services(run, schedules),
        *_libraries(),
    ]


def _of_this_computer(run: Run) -> list[Check]:
    """What needs no configuration."""
    return [diagnosing.state_folder(folder_facts(run.state)), _ledger(run)]


# --- files and folders ---


def folder_facts(path: Path) -> Folder:
    """Whether a folder could be written to, without making it; a file of a moment is written into one that is there."""
    try:
        there = next(each for each in (path, *path.parents) if each.exists())
        problem = "" if there == path else _why_not_made(there)
        if there == path:
            with tempfile.TemporaryFile(dir=path, prefix=".doctor-"):
                pass
        return Folder(path, there == path, problem, shutil.disk_usage(there).free)
    except OSError as error:
        return Folder(path, exists=True, problem=error.strerror or str(error))


def _why_not_made(parent: Path) -> str:
    """Why a folder cannot be made inside another one; empty where it can."""
    may = parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)
    return "" if may else f"{parent} is no folder that may be written to"


def _ledger(run: Run) -> Check:
    try:
        return diagnosing.ledger(health.examine(run.state), health.NEWEST)
    except RoadmapSyncError as error:
        return diagnosing.unexamined(error)


def _roadmaps(run: Run) -> tuple[Sequence[Schedule], list[Check]]:
    """What could be read, and how it is."""
    folder = run.config.roadmaps
    try:
        if not in_folder(run.config):
            configured = run.config.file is not None
            return (), [diagnosing.no_roadmaps(folder, configured=configured, exists=folder.is_dir())]
        # a state folder that is none: what is remembered is of no interest here, and may be damaged
        loaded = load(replace(run, state=run.state / "none"), find(run.config, (), run.cwd))
    except (RoadmapUnreadable, ConfigError) as error:
        return (), [wrong("roadmaps", error)]
    schedules = [each.schedule for each in loaded]
    return schedules, diagnosing.roadmaps(folder, schedules)


# --- zones and libraries ---


def _zone_rules() -> str | None:
    """The package that tells the rules, with its version; None where there is none."""
    try:
        return f"tzdata {metadata.version('tzdata')}"
    except metadata.PackageNotFoundError:
        return None


def _known(zone: str) -> str | None:
    try:
        return ZoneInfo(zone).key
    except ZoneInfoNotFoundError:
        return None


def _libraries() -> list[Check]:
    own = f"roadmap-sync {__version__}, Python {platform.python_version()}, SQLite {health.SQLITE}"
    return diagnosing.libraries(own, wanted_libraries())


def wanted_libraries(package: str = PACKAGE) -> Iterator[tuple[str, str, str | None]]:
    """What a package needs to run: name, bounds, and the version that is there; nothing where it is not installed."""
    try:
        listed = metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return
    for each in listed:
        found = REQUIREMENT.match(each)
        # what stands behind a ; says when it is needed, as for development
        if found is not None and ";" not in each:
            yield found[1], found[2], _version(found[1])


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


# --- the services ---


def _services(run: Run, schedules: Sequence[Schedule]) -> list[Check]:
    """Both services side by side: each that is switched on is asked once."""
    try:
        standings = signing.standings(run)
    except RoadmapSyncError as error:
        return [wrong("sign-ins", error)]
    on = [each for each in standings if each.enabled]
    answers = abreast({each.service: partial(_asked, run, each) for each in on})
    reached = {
        each.service: Reached(
            each.service, _endpoint(run, each.service), answers[each.service], each.problem is None
        )
        for each in on
    }
    checks: list[Check] = []
    for each in standings:
        if each.enabled:
            checks += [
                diagnosing_services.sign_in(each, run.now),
                diagnosing_services.reach(reached[each.service]),
            ]
        else:
            checks.append(diagnosing_services.switched_off(each.service))
    heard = list(reached.values())
    return [*checks, diagnosing_services.clock(heard), *_limits(run, schedules, heard)]


LIMITS = ("api/v1/sync", {"sync_token": "*", "resource_types": ["user_plan_limits"]})
"""Path and body of the cheapest thing that Todoist tells only to somebody."""


def _asked(run: Run, standing: signing.Standing) -> Heard:
    """One question: as somebody where somebody is signed in, else only whether anything answers."""
    began = monotonic()

    def _clock() -> datetime:
        return run.now + timedelta(seconds=monotonic() - began)

    endpoint = _endpoint(run, standing.service)
    if standing.problem is not None:
        return ask(endpoint, _clock)
    if standing.service == signing.TODOIST:
        return ask(endpoint + LIMITS[0], _clock, token=signing.todoist_token(run), body=LIMITS[1])
    return _asked_google(run, endpoint, _clock)


def _asked_google(run: Run, endpoint: str, clock: Callable[[], datetime]) -> Heard:
    """Ask after the calendar where one is known. Raises what Google's own refusal would mean to a push."""
    from sync.targets.google_calendar.answers import Answer  # noqa: PLC0415 - only where it is switched on
    from sync.targets.google_calendar.errors import about_calendar, trouble  # noqa: PLC0415

    calendar = run.config.google.calendar_id
    path = f"calendars/{quote(calendar, safe='')}" if calendar else "colors"
    heard = ask(f"{endpoint}calendar/v3/{path}", clock, token=signing.google_tokens(run).bearer())
    if 400 <= heard.status < 500 and heard.status != 429 and heard.told:
        refused = Answer.refused(heard.status, dict(heard.told))
        raise about_calendar(refused) if calendar else trouble(refused)
    return heard


def _endpoint(run: Run, service: str) -> str:
    return run.config.google.endpoint if service == signing.GOOGLE else run.config.todoist.endpoint


def _limits(run: Run, schedules: Sequence[Schedule], reached: Sequence[Reached]) -> list[Check]:
    """What an account of Todoist would not hold; without an answer the free plan is assumed."""
    asked = [each for each in reached if each.service == signing.TODOIST]
    if not asked or not schedules:
        return []
    from sync.targets.todoist.limits import Limits, objections  # noqa: PLC0415 - only where it is switched on

    answer = asked[0].answer
    told = answer.told.get("user_plan_limits") if isinstance(answer, Heard) else None
    limits = Limits.read(told if isinstance(told, dict) else {})
    found = objections(_with_ticks(run, schedules), limits)
    told_apart = [(each.message, each.suggestion) for each in found]
    return diagnosing_services.limits(signing.TODOIST, told_apart, limits.plan)


def _with_ticks(run: Run, schedules: Sequence[Schedule]) -> Sequence[Schedule]:
    """The roadmaps with what is done, or as they are where the ledger cannot tell."""
    try:
        return with_known_progress(run.state, schedules)
    except RoadmapSyncError:
        return schedules
