"""Who may be sent a secret: Google itself, and programs on this machine."""

import re

ADDRESS = re.compile(r"(https?)://([0-9a-z.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?(?:/[0-9A-Za-z._/-]*)?")
"""Nothing in it leaves open which host is meant: no user, no backslash, no escapes."""
LOOPBACK = re.compile(r"localhost|\[::1\]|127(?:\.[0-9]{1,3}){3}")
GOOGLE = ("accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com")


def is_loopback(address: str) -> bool:
    """Whether an address lies on this machine, encrypted or not."""
    found = ADDRESS.fullmatch(address)
    return found is not None and LOOPBACK.fullmatch(found[2]) is not None


def is_googles(address: str) -> bool:
    """Whether an address is one at which Google signs people in, and encrypted."""
    found = ADDRESS.fullmatch(address)
    return found is not None and found[1] == "https" and found[2] in GOOGLE and not found[3]


def is_trusted(address: str) -> bool:
    """Whether Google's secrets may be sent there."""
    return is_googles(address) or is_loopback(address)
