"""What `auth google`, `auth todoist` and `auth status` say; never a token."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.app.run import Run
from sync.app.signing import SignedIn, SignedOut, Standing
from sync.errors import RoadmapSyncError
from sync.reporting.dates import with_weekday
from sync.reporting.page import Page

Json = dict[str, object]

NAMES = {"google": "Google Calendar", "todoist": "Todoist"}
PUBLISH = "Publish the app (docs/google.md), then run `roadmap-sync auth google` once more."
LIST_UNSEEN = (
    "The list of your calendars may not be seen, so the calendar cannot be found again if its id is lost."
)


# --- signing in and out ---


def in_text(made: SignedIn, page: Page) -> str:
    """Who is signed in now, where the token lies, and what is left to do."""
    return "\n".join(_in_lines(made, page))


def _in_lines(made: SignedIn, page: Page) -> Iterator[str]:
    who = f" as {made.account}" if made.account else ""
    yield f"{page.paint.green('✓')} Signed in to {NAMES[made.service]}{who}; the token is in {made.where}."
    mark = page.paint.yellow("!")
    if made.ends is not None:
        yield f"{mark} The app is in testing, so Google ends this after seven days. {PUBLISH}"
    if not made.finds_calendar:
        yield f"{mark} {LIST_UNSEEN}"
    if made.overruled:
        yield f"{mark} As long as {made.overruled} is set, the token in it counts instead."
    if not made.enabled:
        yield f"  To push there, set `enabled = true` under [{made.service}] in config.toml."


def in_document(made: SignedIn) -> Json:
    """The same as JSON."""
    return {
        "service": made.service,
        "where": made.where,
        "account": made.account or None,
        "enabled": made.enabled,
        "ends": _iso(made.ends),
        "finds_calendar": made.finds_calendar,
        "overruled_by": made.overruled or None,
    }


def out_text(out: SignedOut, page: Page) -> str:
    """What was forgotten."""
    name = NAMES[out.service]
    if not out.where:
        return f"Nobody was signed in to {name}."
    return f"{page.paint.green('✓')} Signed out of {name}; the token in {' and '.join(out.where)} is gone."


def out_document(out: SignedOut) -> Json:
    """The same as JSON."""
    return {"service": out.service, "forgotten": list(out.where)}


# --- how it stands ---


def status_text(found: Sequence[Standing], run: Run, page: Page) -> str:
    """Each service: signed in or not, where the token lies, until when, and what deserves a look."""
    zone = ZoneInfo(run.config.timezone)
    return "\n".join(line for each in found for line in _standing(each, zone, page))


def _standing(each: Standing, zone: ZoneInfo, page: Page) -> Iterator[str]:
    paint = page.paint
    name = paint.bold(f"{NAMES[each.service]:<15}")
    off = "" if each.enabled else ", not enabled in the configuration"
    if each.problem is not None:
        mark = paint.red("✗") if each.enabled else paint.dim("–")
        yield f"{mark} {name}  not signed in{off}"
        yield f"  {each.problem.title} {each.problem.hint}"
        return
    who = f" as {each.account}" if each.account else ""
    yield f"{paint.green('✓')} {name}  signed in{who}{off}"
    yield from (paint.dim(f"  {fact}") for fact in _facts(each, zone))
    yield from (f"  {paint.yellow('!')} {warning}" for warning in _warnings(each, zone))


def _facts(each: Standing, zone: ZoneInfo) -> Iterator[str]:
    since = f", since {_day(each.since, zone)}" if each.since else ""
    yield f"token in {each.where}{since}"
    if each.scopes:
        yield f"scopes {', '.join(scope.rpartition('/')[2] for scope in each.scopes)}"
    if each.expires:
        yield f"access until {_day(each.expires, zone)}, then renewed by itself"


def _warnings(each: Standing, zone: ZoneInfo) -> Iterator[str]:
    if each.doubt:
        yield f"Whether it still holds is not known: {each.doubt.title} {each.doubt.hint}"
    if each.ends:
        yield f"The app is in testing: Google ends this sign-in on {_day(each.ends, zone)}. {PUBLISH}"
    if each.may_end:
        yield f"If the app is still in testing, this sign-in ends on {_day(each.may_end, zone)}. {PUBLISH}"
    if not each.finds_calendar:
        yield LIST_UNSEEN
    if each.open_to_others:
        yield f"Others on this computer can read {each.where}: `chmod 600` it."


def status_document(found: Sequence[Standing]) -> Json:
    """The same as JSON; `problem` says why nobody is signed in, `doubt` why that could not be found out."""
    return {"services": [_standing_document(each) for each in found]}


def _standing_document(each: Standing) -> Json:
    return {
        "service": each.service,
        "enabled": each.enabled,
        "signed_in": each.problem is None,
        "where": each.where or None,
        "account": each.account or None,
        "scopes": None if each.scopes is None else list(each.scopes),
        "expires": _iso(each.expires),
        "since": _iso(each.since),
        "ends": _iso(each.ends),
        "ends_if_testing": _iso(each.may_end),
        "finds_calendar": each.finds_calendar,
        "open_to_others": each.open_to_others,
        "problem": _told(each.problem),
        "doubt": _told(each.doubt),
    }


def _told(error: RoadmapSyncError | None) -> Json | None:
    return None if error is None else {"title": error.title, "hint": error.hint}


def _day(moment: datetime, zone: ZoneInfo) -> str:
    at = moment.astimezone(zone)
    return f"{with_weekday(at)}, {at:%H:%M}"


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
