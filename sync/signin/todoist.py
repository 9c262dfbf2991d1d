"""Todoist's one token: from the environment, the keyring or a file; it opens everything and never ends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sync.errors import NotAuthorised, RetryLater, RoadmapSyncError, TargetError, UsageError
from sync.signin.addresses import is_loopback
from sync.signin.exchange import CONNECTING, PATIENCE, out_of_reach
from sync.signin.places import Places

if TYPE_CHECKING:
    import httpx

TOKEN = re.compile(r"[!-~]{8,500}")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
"""What a variable is named like; a token that was put in its place by mistake is not, and is not repeated."""
SIGN_IN = "Run `roadmap-sync auth todoist`."


@dataclass(frozen=True, slots=True)
class Found:
    """A token, and where it was found, as a person would call it."""

    token: str = field(repr=False)
    where: str


def clean_token(text: str) -> str:
    """The token in what a person pasted. Raises UsageError where it can be none."""
    token = text.strip()
    if not TOKEN.fullmatch(token):
        raise UsageError(
            "That is not a token of Todoist's.",
            "Copy it in Todoist under Settings, Integrations, Developer, API token.",
        )
    return token


def variable_name(token_env: str) -> str:
    """How to call the environment variable that the configuration names."""
    return f"the variable {token_env}" if VARIABLE.fullmatch(token_env) else "the variable of token_env"


def find_token(token_env: str, environ: Mapping[str, str], places: Places) -> Found:
    """The token that counts: that of the variable, else what was kept. Raises NotAuthorised."""
    given = environ.get(token_env, "").strip()
    name = variable_name(token_env)
    found = (given, name) if given else places.found()
    if found is None:
        raise NotAuthorised("Nobody is signed in to Todoist.", f"{SIGN_IN} Or put the token into {name}.")
    token, where = found[0].strip(), str(found[1])
    if not TOKEN.fullmatch(token):
        raise NotAuthorised(f"What lies in {where} is not a token of Todoist's.", SIGN_IN)
    return Found(token, where)


def account_of(token: str, endpoint: str) -> str:
    """The address of the person to whom a token belongs, asked of Todoist itself.

    Raises NotAuthorised where Todoist does not know it, RetryLater and TargetError where it cannot tell.
    """
    import httpx  # noqa: PLC0415 - 63 ms that only this command owes

    # what stays on this machine has no business with a proxy
    timeout = httpx.Timeout(PATIENCE, connect=CONNECTING)
    with httpx.Client(trust_env=not is_loopback(endpoint), timeout=timeout) as client:
        try:
            response = client.get(f"{endpoint}api/v1/user", headers={"Authorization": f"Bearer {token}"})
        except httpx.TransportError as error:
            raise out_of_reach(endpoint) from error
    if response.status_code != 200:
        raise _refused(response, urlsplit(endpoint).netloc)
    return _email(response, urlsplit(endpoint).netloc)


def _refused(response: "httpx.Response", host: str) -> RoadmapSyncError:
    status = response.status_code
    if status in {401, 403}:
        return NotAuthorised(
            "Todoist does not know this token.",
            "Copy it again in Todoist under Settings, Integrations, Developer; a new one ends the old one.",
        )
    if status == 429 or status >= 500:
        title = f"{host} is in trouble ({status})."
        return RetryLater(title, "Run the same command again in some minutes; nothing was stored.")
    return _not_todoist(host, status)


def _email(response: "httpx.Response", host: str) -> str:
    """The address in an answer, which holds the token as well and is not shown for that reason."""
    try:
        user: Any = response.json()
    except ValueError:
        user = None
    if not isinstance(user, dict) or not isinstance(user.get("email"), str):
        raise _not_todoist(host, response.status_code)
    return str(user["email"])


def _not_todoist(host: str, status: int) -> TargetError:
    return TargetError(
        f"{host} does not answer as Todoist does ({status}).",
        "Check `endpoint` under [todoist]; a proxy, or a network with a log-in of its own, may stand in between.",
    )
