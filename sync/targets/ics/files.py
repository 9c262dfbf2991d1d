"""Feeds in a folder: each file is replaced as a whole or not at all."""

import errno
import glob
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from sync.errors import ConfigError
from sync.targets.ics.note import finish

SYNC_FOLDERS = os.name == "posix"
"""Whether a folder can be opened and synced, which makes new names durable."""

LEFT_BEHIND = 3600.0
"""Seconds by which a staged file is older than a new one, where the run that staged it was killed."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def read_file(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a file, None where there is none; first ends a write that was cut short.

    Raises `ConfigError` where there is one that cannot be read.
    """
    try:
        finish(folder)
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as cause:
        raise ConfigError(
            f"{folder / name} cannot be read: {cause.strerror}.",
            "Make it readable or remove it, or choose another folder with --out.",
        ) from cause


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Write a set of files, given by name and bytes, and return the names of those that changed.

    All of them lie complete on the disk before the first takes its place, so a full disk changes
    nothing; a file that has these bytes already is not touched. Keeps the mode of a file that is
    replaced, and follows a link to it. Makes the folder. Raises `ConfigError` where that fails.
    """
    staged: list[tuple[str, Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            target = target_of(folder, name)
            if _holds(target, data):
                continue
            staged.append((name, target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp"), target))
            stage(data, staged[-1][1], target)
        for _, temporary, target in staged:
            _clear_away(temporary, target)
            temporary.replace(target)
        settle({target.parent for _, _, target in staged})
    except OSError as cause:
        raise refused(folder, cause) from cause
    finally:
        for _, temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    return [name for name, _, _ in staged]


def target_of(folder: Path, name: str) -> Path:
    """Return the path of a feed, links followed. Raises `ConfigError` for a name that leaves the folder."""
    if name in {"", ".", ".."} or Path(name).name != name:
        raise ConfigError(
            f"{name!r} cannot be the name of a feed.", "Give the roadmap a `slug` of letters and digits."
        )
    return (folder / name).resolve()


def _holds(target: Path, data: bytes) -> bool:
    try:
        with target.open("rb") as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except FileNotFoundError:
        return False


def stage(data: bytes, temporary: Path, target: Path) -> None:
    """Write the bytes to the disk, with the mode that the target has."""
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o7777)


def _clear_away(temporary: Path, target: Path) -> None:
    """Remove what killed runs have staged for the same file."""
    now = temporary.stat().st_mtime
    for other in target.parent.glob(f".{glob.escape(target.name)}.????????.tmp"):
        if now - other.stat().st_mtime > LEFT_BEHIND:
            other.unlink(missing_ok=True)


def settle(folders: Iterable[Path]) -> None:
    """Make new names durable."""
    for folder in folders if SYNC_FOLDERS else ():
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refused(folder: Path, cause: OSError) -> ConfigError:
    """Return the error that says why nothing could be written, and what to do."""
    reason = cause.strerror or str(cause)
    if cause.errno in FULL:
        hint = "Free some space, then run it again. No file is half-written."
    else:
        hint = "Choose a folder that you may write to: --out, or `out` under [ics] in config.toml."
    return ConfigError(f"The feeds cannot be written to {folder}: {reason}.", hint)
