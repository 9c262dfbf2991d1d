"""Where a secret is kept: in the keyring of this computer, or in a file that only its owner may read."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sync.errors import ConfigError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "roadmap-sync"
OTHERS = 0o077
"""The rights of everybody but the owner."""


class Place(Protocol):
    """Somewhere a secret can lie; as a text it is what a person would call it."""

    def load(self) -> str | None:
        """Must return the secret, or None where none lies here."""

    def save(self, secret: str) -> bool:
        """Must keep the secret as a whole; returns whether this place could take it."""

    def forget(self) -> bool:
        """Must let go of the secret; returns whether there was one."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file, readable by its owner alone."""

    file: Path

    def __str__(self) -> str:
        return str(self.file)

    def load(self) -> str | None:
        """The text of the file. Raises ConfigError where it is there and cannot be read."""
        with _explained(self.file):
            return self.file.read_bytes().decode("utf-8", "replace") if self.file.exists() else None

    def save(self, secret: str) -> bool:
        """Put the secret in the file's place in one step. Raises ConfigError where that cannot be done."""
        with _explained(self.file):
            # where the file is a link, it stays one
            write_private(self.file.resolve(), secret)
        return True

    def forget(self) -> bool:
        """Delete the file."""
        there = self.is_there
        with _explained(self.file):
            self.file.unlink(missing_ok=True)
        return there

    @property
    def is_there(self) -> bool:
        """Whether the file exists. Raises ConfigError where its folder does not tell."""
        with _explained(self.file):
            return self.file.exists()

    @property
    def is_open_to_others(self) -> bool:
        """Whether more people than its owner may read it; unknown, so False, on Windows."""
        return os.name != "nt" and self.is_there and bool(self.file.stat().st_mode & OTHERS)


def write_private(file: Path, text: str) -> None:
    """Write a file as a whole or not at all, readable by its owner alone from its first moment."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes it 0600, whatever the umask
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(
            f"{file} cannot be read or written: {error.strerror}.",
            "Give yourself access to it, or choose another state folder with --state.",
        ) from error


@dataclass(frozen=True, slots=True)
class KeyringPlace:
    """An entry of the keyring."""

    backend: "KeyringBackend" = field(repr=False)
    entry: str

    def __str__(self) -> str:
        return "the keyring"

    def load(self) -> str | None:
        """The entry; None as well where the keyring is locked and stays so, since the next place may have it."""
        try:
            return self.backend.get_password(SERVICE, self.entry)
        except _troubles():
            return None

    def save(self, secret: str) -> bool:
        """Write the entry; False where the keyring is locked, or too small as on Windows."""
        try:
            self.backend.set_password(SERVICE, self.entry, secret)
        except _troubles():
            return False
        return True

    def forget(self) -> bool:
        """Delete the entry."""
        there = self.load() is not None
        try:
            if there:
                self.backend.delete_password(SERVICE, self.entry)
        except _troubles():
            return False
        return there


def _troubles() -> tuple[type[BaseException], ...]:
    """What a keyring raises: its own errors, those of the system, and those that its Linux backend lets through."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - only where there is a keyring

    storage = sys.modules.get("secretstorage.exceptions")
    passed_on = (storage.SecretStorageException,) if storage is not None else ()
    return (KeyringError, OSError, RuntimeError, *passed_on)


def keyring_place(entry: str) -> tuple[KeyringPlace, ...]:
    """The keyring of this computer, nothing where there is none that works."""
    try:
        import keyring  # noqa: PLC0415 - looks through all that is installed

        backend = keyring.get_keyring()
    except (ImportError, AttributeError, RuntimeError):
        # the one that a person named in the environment or in keyring's own file is not there
        return ()
    # the backends that fail always, keep nothing, or have nobody to ask say so by their priority
    return (KeyringPlace(backend, entry),) if backend.priority > 0 else ()


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one secret, in the order in which they count, and in which a new one is offered to them."""

    reading: tuple[Place, ...]
    writing: tuple[Place, ...]

    def found(self) -> tuple[str, Place] | None:
        """The secret that counts and where it lies, None where there is none. Raises ConfigError."""
        for place in self.reading:
            secret = place.load()
            if secret is not None:
                return secret, place
        return None

    def keep(self, secret: str) -> Place:
        """Keep a new secret, and no older one beside it. Raises ConfigError."""
        place = next(each for each in self.writing if each.save(secret))
        for other in self.reading:
            if other != place:
                other.forget()
        return place

    def forget(self) -> list[Place]:
        """Let go of the secret wherever it lies; returns where it was. Raises ConfigError."""
        return [place for place in self.reading if place.forget()]


def google_places(state: Path, configured: Path | None) -> Places:
    """The places of Google's token: a file that is there counts always, and is where a new one goes.

    `configured` is the file that the configuration names; without one it is in the state folder.
    """
    file = FilePlace(configured or state / "google-token.json")
    keyring = keyring_place(f"google {state}")
    chosen = configured is not None or file.is_there
    return Places((file, *keyring), (file,) if chosen else (*keyring, file))


def todoist_places(state: Path) -> Places:
    """The places of Todoist's token: the keyring before the file."""
    places: tuple[Place, ...] = (*keyring_place(f"todoist {state}"), FilePlace(state / "todoist-token"))
    return Places(places, places)
