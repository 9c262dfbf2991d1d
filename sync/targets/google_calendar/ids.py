"""Event ids: the same item always asks for the same one, so that no answer lost makes a second event.

Google takes base32hex in lower case (RFC 4648, section 7) and never frees an id: where a deleted event
cannot be brought back, its item goes on under the next incarnation of the id.
"""

import re
from base64 import b32hexencode
from hashlib import sha256

LENGTH = 34
MINTED = re.compile(r"rs[a-v0-9]{32}(?:n[1-9]\d*)?")
INCARNATIONS = 9
"""The last one that is tried."""


def event_id(uid: str, incarnation: int = 0) -> str:
    """Return the id for an item; the first incarnation is 0."""
    digest = sha256(f"roadmap-sync\x1f{uid}".encode()).digest()[:20]
    return f"rs{b32hexencode(digest).decode().lower()}{f'n{incarnation}' if incarnation else ''}"


def next_incarnation(name: str) -> str | None:
    """Return the id to try after this one, None after the last."""
    base, number = name[:LENGTH], int(name[LENGTH + 1 :] or 0)
    return f"{base}n{number + 1}" if number < INCARNATIONS else None


def is_minted(name: str) -> bool:
    """Tell whether it is an id of ours: copies and split series have others, and are the person's."""
    return MINTED.fullmatch(name) is not None
