"""Signing in and out of the services, what the others need to be let in, and how it stands with each."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

from sync.app.run import Run
from sync.errors import ConfigError, NotAuthorised, RoadmapSyncError, TargetError
from sync.signin import notes, todoist
from sync.signin.clients import read_client
from sync.signin.consent import PASTED_BACK, Consent, Given
from sync.signin.exchange import ended, revoke
from sync.signin.grants import CALENDAR_LIST, Grant, read_grant
from sync.signin.loopback import Door
from sync.signin.places import FilePlace, Place, Places, google_places, todoist_places
from sync.signin.tokens import GoogleTokens, stored_grant

GOOGLE, TODOIST = "google", "todoist"
TESTING = timedelta(days=7)
"""How long Google lets a consent live that was given to an app in testing."""
WAIT = 300
"""Seconds that a person has to allow access in the browser."""

Invite = Callable[[str, bool], None]
"""Tells a person the address to open, and whether a browser was opened there already."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in came to."""

    service: str
    where: str
    """Where the token lies: a file, or the keyring."""
    enabled: bool
    """Whether the configuration lets anything be pushed there."""
    account: str = ""
    ends: datetime | None = None
    """When Google ends it by itself; None where it does not say so."""
    finds_calendar: bool = True
    """Whether the calendar can be found again after everything else is lost."""
    overruled: str = ""
    """What counts before the token that was kept, where there is such a thing."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Where a token was; nowhere where nobody was signed in."""

    service: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one service, as far as can be told without asking it."""

    service: str
    enabled: bool
    where: str = ""
    account: str = ""
    scopes: tuple[str, ...] | None = None
    expires: datetime | None = None
    """When the access token ends, which is renewed by itself."""
    since: datetime | None = None
    """When consent was given, None where that is not known."""
    ends: datetime | None = None
    """When the sign-in ends by itself, None where that is not known."""
    may_end: datetime | None = None
    """When it ends if the app is still in testing; None once that is past, or where the end is known."""
    open_to_others: bool = False
    finds_calendar: bool = True
    problem: RoadmapSyncError | None = None
    """Why nobody is signed in; None where somebody is."""
    doubt: RoadmapSyncError | None = None
    """Why it could not be found out whether the sign-in still holds; None where nobody doubts it."""


# --- Google ---


def google_tokens(run: Run) -> GoogleTokens:
    """What the calendar needs to be let in: `bearer()` and `renewed()`. Raises NotAuthorised, ConfigError."""
    began = monotonic()
    return GoogleTokens(
        _google_places(run),
        lambda: run.now + timedelta(seconds=monotonic() - began),
        lambda refresh_token: _note_end(run, refresh_token),
    )


def _note_end(run: Run, refresh_token: str) -> None:
    """Put down that a consent is over, so that it is known without asking."""
    note = notes.recall(run.sign_ins, GOOGLE, refresh_token) or notes.Note(None)
    # where nothing can be written, the next one to ask finds it out again
    with suppress(ConfigError):
        notes.remember(run.sign_ins, GOOGLE, refresh_token, replace(note, ends=run.now))


def sign_in_google(run: Run, browse: Callable[[str], bool], invite: Invite) -> SignedIn:
    """Let a person allow access in the browser of this computer, which `browse` opens if it can.

    Raises ConfigError without a usable client_secret.json, NotAuthorised where nothing was allowed.
    """
    client = read_client(run.config.google.client_secret)
    with Door() as door, Consent(client, door.address) as consent:
        invite(consent.address, browse(consent.address))
        given = consent.given(door.came_back(consent.state, WAIT), run.now)
    return _signed_in(run, given)


def sign_in_google_elsewhere(run: Run, paste: Callable[[], str], invite: Invite) -> SignedIn:
    """The same with a browser on another computer, whose address line `paste` returns in the end."""
    client = read_client(run.config.google.client_secret)
    with Consent(client, PASTED_BACK) as consent:
        invite(consent.address, False)
        given = consent.given(paste(), run.now)
    return _signed_in(run, given)


def _signed_in(run: Run, given: Given) -> SignedIn:
    place = _google_places(run).keep(given.grant.to_json())
    notes.remember(run.sign_ins, GOOGLE, given.grant.refresh_token, notes.Note(run.now, given.ends))
    return SignedIn(
        GOOGLE,
        str(place),
        run.config.google.enabled,
        ends=given.ends,
        finds_calendar=given.grant.has(CALENDAR_LIST),
    )


def sign_out_google(run: Run) -> SignedOut:
    """Take the consent back and forget the token. Where Google cannot be reached nothing is forgotten."""
    places = _google_places(run)
    found = places.found()
    if found is not None:
        # what is no token of Google's cannot be taken back, only forgotten
        with suppress(NotAuthorised):
            revoke(read_grant(*found))
    notes.drop(run.sign_ins, GOOGLE)
    return SignedOut(GOOGLE, tuple(map(str, places.forget())))


def _google_places(run: Run) -> Places:
    return google_places(run.sign_ins, run.config.google.token)


# --- Todoist ---


def todoist_token(run: Run, environ: Mapping[str, str] = os.environ) -> str:
    """The token that Todoist is asked with. Raises NotAuthorised where there is none, ConfigError."""
    return todoist.find_token(run.config.todoist.token_env, environ, todoist_places(run.sign_ins)).token


def sign_in_todoist(run: Run, pasted: str, environ: Mapping[str, str] = os.environ) -> SignedIn:
    """Try a token out, and keep it. Raises UsageError, NotAuthorised, TargetError; then nothing is kept."""
    token, config = todoist.clean_token(pasted), run.config.todoist
    account = todoist.account_of(token, config.endpoint)
    place = todoist_places(run.sign_ins).keep(token)
    notes.remember(run.sign_ins, TODOIST, token, notes.Note(run.now, account=account))
    set_already = environ.get(config.token_env, "").strip() not in {"", token}
    overruled = todoist.variable_name(config.token_env) if set_already else ""
    return SignedIn(TODOIST, str(place), config.enabled, account, overruled=overruled)


# --- how it stands ---


def standings(run: Run, environ: Mapping[str, str] = os.environ) -> tuple[Standing, ...]:
    """How it stands with each service; nothing is asked over the network."""
    return _of_google(run), _of_todoist(run, environ)


def tried_standings(run: Run, environ: Mapping[str, str] = os.environ) -> tuple[Standing, ...]:
    """The same, once Google was asked for new access where the last one has run out.

    Only then does it tell whether a consent still holds; Todoist is not asked, whose token never runs out.
    """
    return tuple(
        _tried(run, each) if _has_run_out(each, run.now) else each for each in standings(run, environ)
    )


def _has_run_out(each: Standing, now: datetime) -> bool:
    usable = each.enabled and each.problem is None
    return usable and each.expires is not None and each.expires <= now


def _tried(run: Run, standing: Standing) -> Standing:
    try:
        google_tokens(run).bearer()
    except NotAuthorised as error:
        return replace(standing, problem=error)
    except TargetError as error:
        return replace(standing, doubt=error)
    return _of_google(run)


def _of_google(run: Run) -> Standing:
    enabled = run.config.google.enabled
    try:
        grant, place = stored_grant(_google_places(run))
    except RoadmapSyncError as error:
        return Standing(GOOGLE, enabled, problem=error)
    note = notes.recall(run.sign_ins, GOOGLE, grant.refresh_token)
    since, ends = (note.at, note.ends) if note else (None, None)
    may_end = since + TESTING if since and ends is None and run.now < since + TESTING else None
    return Standing(
        GOOGLE,
        enabled,
        where=str(place),
        account=grant.account,
        scopes=grant.scopes,
        expires=grant.expiry,
        since=since,
        ends=ends,
        may_end=may_end,
        open_to_others=_open(place),
        finds_calendar=grant.has(CALENDAR_LIST),
        problem=_over(grant, ends, run.now),
    )


def _over(grant: Grant, ends: datetime | None, now: datetime) -> NotAuthorised | None:
    """Why a grant is of no use any more, as far as the clock tells."""
    if ends is not None and now >= ends:
        return ended()
    if not grant.refresh_token and not grant.is_fresh(now):
        return NotAuthorised(
            "The access has run out and cannot be renewed.", "Run `roadmap-sync auth google`."
        )
    return None


def _of_todoist(run: Run, environ: Mapping[str, str]) -> Standing:
    config = run.config.todoist
    places = todoist_places(run.sign_ins)
    try:
        found = todoist.find_token(config.token_env, environ, places)
    except RoadmapSyncError as error:
        return Standing(TODOIST, config.enabled, problem=error)
    note = notes.recall(run.sign_ins, TODOIST, found.token)
    return Standing(
        TODOIST,
        config.enabled,
        where=found.where,
        account=note.account if note else "",
        since=note.at if note else None,
        open_to_others=any(found.where == str(place) and _open(place) for place in places.reading),
    )


def _open(place: Place) -> bool:
    return isinstance(place, FilePlace) and place.is_open_to_others
