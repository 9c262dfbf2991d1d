"""The secret part of the feeds' address, kept in the state folder."""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import ConfigError

_NAME = "feed-secret"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def secret_path(state: Path, *, rotate: bool = False) -> str:
    """Give the token under which the feeds are served: 256 random bits, made once and then kept.

    It lies in a file of `state` that only its owner may read. `rotate` makes a new one; who
    subscribed under the old one gets nothing any more. Raises ConfigError where the file cannot be
    read or written, or holds something else: making a new token then would cut off subscribers.
    """
    file = state / _NAME
    try:
        if rotate:
            return _replaced(file)
        return _read(file) if file.exists() else _created(file)
    except OSError as error:
        raise ConfigError(
            f"The secret address of the feeds in {file} cannot be read or written: {error.strerror}.",
            "Give yourself access to that file, or choose another state folder with --state.",
        ) from error


def _read(file: Path) -> str:
    token = file.read_bytes().decode("ascii", "replace").strip()
    if not _TOKEN.fullmatch(token):
        raise ConfigError(
            f"The secret address of the feeds in {file} is damaged.",
            "Restore the file, or delete it for a new address and subscribe again.",
        )
    return token


def _created(file: Path) -> str:
    """Make a new token, unless another run was first: then take the one it made."""
    with _written_beside(file) as written:
        try:
            file.hardlink_to(written)
        except FileExistsError:
            return _read(file)
        except OSError:
            # some file systems (exFAT, Android's) know no second name for a file
            written.replace(file)
    return _read(file)


def _replaced(file: Path) -> str:
    with _written_beside(file) as written:
        written.replace(file)
    return _read(file)


@contextmanager
def _written_beside(file: Path) -> Iterator[Path]:
    """Write a new token to disk for good, in the same folder, readable by its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it 0600 from its first moment
    descriptor, name = tempfile.mkstemp(prefix=f".{_NAME}-", dir=file.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(32) + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        yield written
    finally:
        written.unlink(missing_ok=True)
