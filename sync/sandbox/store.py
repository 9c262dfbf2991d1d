"""The state of the emulated services in one JSON file, replaced as a whole or not at all."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FORMAT = 1


class StoreUnreadable(ValueError):
    """The file is there but is not a sandbox's state."""


def save(path: Path, services: Mapping[str, Any]) -> None:
    """Write the state beside the file and move it into its place; only the owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"sandbox": FORMAT, "services": services}, ensure_ascii=False, separators=(",", ":"))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def load(path: Path) -> dict[str, Any]:
    """Read the state of each service by name; nothing where there is no file yet.

    Raises StoreUnreadable where the file holds something else.
    """
    if not path.exists():
        return {}
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as reason:
        raise StoreUnreadable(f"{path} is not the JSON of a sandbox.") from reason
    if not isinstance(state, dict) or state.get("sandbox") != FORMAT:
        raise StoreUnreadable(f"{path} was not written by this sandbox.")
    services: dict[str, Any] = state["services"]
    return services
