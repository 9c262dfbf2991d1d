"""What a service says of itself, and what that means for a person: a line each, with the next step. All pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.app.diagnosing import Check, ok, warning, wrong
from sync.app.signing import Standing
from sync.errors import NotAuthorised, RoadmapSyncError, TargetError
from sync.probing.asking import Heard

SKEW = timedelta(seconds=60)
"""How far a clock may be off."""
SOON = timedelta(days=2)
"""How long before the end of a sign-in it is worth a warning."""


def switched_off(service: str) -> Check:
    """A service that nothing is pushed to."""
    return ok(service, "switched off", f"`enabled = true` under [{service}] in config.toml switches it on.")


def sign_in(standing: Standing, now: datetime) -> Check:
    """Whether somebody is signed in to a service, and for how long."""
    name = f"{standing.service} sign-in"
    if standing.problem is not None:
        return wrong(name, standing.problem)
    again = f"`roadmap-sync auth {standing.service}` signs in anew."
    if standing.open_to_others:
        hint = f"Make it yours alone: `chmod 600 {standing.where}`."
        return warning(name, f"the token in {standing.where} can be read by others on this computer", hint)
    if standing.ends is not None and standing.ends - now < SOON:
        return warning(name, f"ends on {standing.ends:%Y-%m-%d %H:%M} UTC", again)
    if not standing.finds_calendar:
        return warning(name, "cannot find the calendar again, should config.toml be lost", again)
    return ok(name, f"token in {standing.where}{_lasts(standing)}")


def _lasts(standing: Standing) -> str:
    if standing.ends is not None:
        return f", until {standing.ends:%Y-%m-%d %H:%M} UTC"
    if standing.expires is not None:
        return f"; good until {standing.expires:%Y-%m-%d %H:%M} UTC, then renewed by itself"
    return "; it does not end by itself"


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of asking a service."""

    service: str
    endpoint: str
    answer: Heard | RoadmapSyncError
    signed_in: bool
    """Whether it was asked as somebody."""


def reach(reached: Reached) -> Check:
    """Whether a service answers, and takes the token."""
    name, answer = f"{reached.service} endpoint", reached.answer
    if isinstance(answer, RoadmapSyncError):
        return wrong(name, answer)
    took = f"{reached.endpoint} in {answer.seconds * 1000:.0f} ms"
    if answer.status in {401, 403} and reached.signed_in:
        hint = f"Run `roadmap-sync auth {reached.service}`."
        return wrong(
            name, NotAuthorised(f"{reached.endpoint} does not take the token ({answer.status}).", hint)
        )
    if answer.status == 429:
        return warning(
            name, f"{took}, and asks for patience (429)", "Wait some minutes before the next push."
        )
    if answer.status >= 500:
        hint = "Try again in some minutes; nothing is lost."
        return wrong(name, TargetError(f"{reached.endpoint} is in trouble ({answer.status}).", hint))
    if reached.signed_in and answer.status != 200:
        hint = f"Check `endpoint` under [{reached.service}]; a proxy or a network with a log-in may stand in between."
        return wrong(
            name, TargetError(f"{reached.endpoint} answers as no such service does ({answer.status}).", hint)
        )
    return ok(name, took if reached.signed_in else f"{took}; asked without a token")


def clock(reached: Sequence[Reached]) -> Check:
    """Whether the time here is that of the services."""
    heard = [each.answer for each in reached if not isinstance(each.answer, RoadmapSyncError)]
    ahead = max((each.ahead for each in heard if each.ahead is not None), key=abs, default=None)
    if ahead is None:
        return ok("clock", "not compared, since no service told its time")
    seconds = round(abs(ahead).total_seconds())
    if abs(ahead) <= SKEW:
        return ok("clock", f"within {max(1, seconds)} s of the services")
    way = "fast" if ahead > timedelta() else "slow"
    hint = "Let the system set it from the network; sign-ins fail with a wrong clock."
    return warning("clock", f"{_long(seconds)} {way}", hint)


def _long(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else str(timedelta(seconds=seconds))


def limits(service: str, found: Sequence[tuple[str, str]], plan: str) -> list[Check]:
    """What an account does not hold of the roadmaps: message and suggestion of each."""
    name = f"{service} limits"
    if not found:
        return [ok(name, f"the roadmaps fit into the {plan} plan")]
    return [warning(name, message, suggestion) for message, suggestion in found]
