"""The note that a push leaves in the folder of feeds, and what is still to be done after it.

A push changes several files at once: all of them lie complete beside the old ones before this one
small file names them, and that is the moment at which the write is durable. Only then do they take
their places. Whoever looks into the folder next, and still finds a new file waiting, puts it into its
place, unless somebody else changed the old one in between.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

NOTE = ".roadmap-sync"


@dataclass(frozen=True, slots=True)
class Note:
    """What was written last."""

    writes: tuple[str, ...] = ()
    """Names of the last writes, so that none is carried out twice; the very last at the end."""
    moves: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """File name to the new file beside it, and to the hash of what that replaces."""

    def __bytes__(self) -> bytes:
        told = {"writes": self.writes, "moves": self.moves}
        return json.dumps(told, ensure_ascii=True, sort_keys=True).encode()


def read_note(folder: Path) -> Note:
    """Return the note of a folder, an empty one where there is none that can be read."""
    try:
        told = json.loads((folder / NOTE).read_bytes())
        moves = {str(name): (str(new), str(old)) for name, (new, old) in told["moves"].items()}
        return Note(tuple(map(str, told["writes"])), moves)
    except FileNotFoundError:
        return Note()
    except (ValueError, KeyError, TypeError, AttributeError):
        # a lost note costs no more than what it tells: which of the last writes need not be repeated
        return Note()


def finish(folder: Path) -> None:
    """Put each new file that still waits into its place. Raises OSError where that fails."""
    for name, (new, old) in read_note(folder).moves.items():
        target = (folder / name).resolve()
        waiting = target.with_name(Path(new).name)
        if not waiting.exists():
            continue
        if hash_at(target) == old:
            waiting.replace(target)
        else:
            waiting.unlink()


def hash_of(data: bytes | None) -> str:
    """Return the hash of a file's bytes, empty where there is none."""
    return "" if data is None else blake2b(data, digest_size=16).hexdigest()


def hash_at(path: Path) -> str:
    """Return the hash of a file as it is now."""
    try:
        return hash_of(path.read_bytes())
    except FileNotFoundError:
        return hash_of(None)
