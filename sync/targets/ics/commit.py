"""Several files of one folder, replaced together: all of them or none, whenever the run ends."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from sync.errors import RetryLater
from sync.targets.ics.files import refused, settle, stage, target_of, write_files
from sync.targets.ics.note import NOTE, Note, finish, hash_at, read_note

REMEMBERED = 16
"""How many writes the note names; a run that lost an answer asks again before it writes anything else."""


def commit(
    folder: Path, writes: tuple[str, ...], files: Mapping[str, bytes], before: Mapping[str, str]
) -> None:
    """Replace files, given by name and bytes, and note the names of the writes that this carries out.

    `before` has the hash of each file as it was read. Makes the folder. Raises `ConfigError` where that
    fails, and `RetryLater` where a file was changed in between; before the note nothing has changed.
    """
    moves: dict[str, tuple[str, str]] = {}
    staged: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            target = target_of(folder, name)
            staged.append(target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp"))
            moves[name] = (staged[-1].name, before.get(name, ""))
            stage(data, staged[-1], target)
        settle({path.parent for path in staged})
        for name, (_, old) in moves.items():
            if hash_at(target_of(folder, name)) != old:
                raise RetryLater(f"{folder / name} was changed at the same moment.", "Push again.")
        known = [each for each in read_note(folder).writes if each not in writes]
        note = Note((*known, *writes)[-REMEMBERED:], moves)
        write_files(folder, [(NOTE, bytes(note))])
        staged.clear()
        finish(folder)
        settle({target_of(folder, name).parent for name in files})
    except OSError as cause:
        raise refused(folder, cause) from cause
    finally:
        for path in staged:
            path.unlink(missing_ok=True)
