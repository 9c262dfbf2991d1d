"""What is worth remembering beside a secret: when consent was given, until when, and by whom.

One small file for all services, `sign-ins.json` in the state folder; it holds no secret, may be lost,
and says nothing about another secret than the one it was written for.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sync.signin.places import FilePlace

FILE = "sign-ins.json"


@dataclass(frozen=True, slots=True)
class Note:
    """One sign-in."""

    at: datetime | None
    """When consent was given, None where that is not known."""
    ends: datetime | None = None
    """When it ends by itself, or was found to be over; None where that is not known."""
    account: str = ""


def remember(state: Path, service: str, secret: str, note: Note) -> None:
    """Note a sign-in, in the place of the service's last one. Raises ConfigError."""
    told = {
        "of": _print(secret),
        "at": note.at and note.at.isoformat(),
        "ends": note.ends and note.ends.isoformat(),
        "account": note.account,
    }
    _write(state, {**_all(state), service: told})


def recall(state: Path, service: str, secret: str) -> Note | None:
    """What was noted when this very secret was kept; None where nothing was, or it cannot be read."""
    told = _all(state).get(service)
    if not isinstance(told, dict) or told.get("of") != _print(secret):
        return None
    try:
        at, ends = (told[name] and datetime.fromisoformat(told[name]) for name in ("at", "ends"))
        return Note(at, ends, str(told["account"]))
    except (KeyError, TypeError, ValueError):
        return None


def drop(state: Path, service: str) -> None:
    """Forget a service's sign-in. Raises ConfigError."""
    notes = _all(state)
    if notes.pop(service, None) is not None:
        _write(state, notes)


def _print(secret: str) -> str:
    """Enough to know a secret again, and of no use to find it out."""
    return blake2b(secret.encode(), digest_size=8).hexdigest()


def _all(state: Path) -> dict[str, Any]:
    try:
        notes = json.loads(FilePlace(state / FILE).load() or "{}")
    except (ValueError, RecursionError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _write(state: Path, notes: dict[str, Any]) -> None:
    FilePlace(state / FILE).save(json.dumps(notes, indent=1) + "\n")
