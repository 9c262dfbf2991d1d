"""The marker in a description: its last line, as short as it can be."""

from sync.remote import Marker, read_imprint

MARKED = ("content", "due", "duration", "priority", "labels", "description", "done")
"""Fields whose fingerprints stand in a marker, in this order; it only ever grows at its end."""
_PRINT = 8
"""Characters of a fingerprint."""


def written(notes: str, marker: Marker) -> str:
    """Return the description of a task: its notes, and below them to whom it belongs."""
    line = str(Marker(marker.key, marker.revision, _short(marker.imprint)))
    return f"{notes}\n\n{line}" if notes else line


def find(description: str) -> Marker | None:
    """Return the last marker in a description, wherever people have moved it, or None."""
    return next((marker for line in reversed(description.split("\n")) if (marker := _marker(line))), None)


def without(description: str) -> str:
    """Return a description but for its last marker."""
    lines = description.split("\n")
    for place in reversed(range(len(lines))):
        if _marker(lines[place]):
            del lines[place]
            break
    return "\n".join(lines)


def remembered(line: str) -> Marker:
    """Return the marker that `str` made."""
    marker = _marker(line)
    assert marker is not None, "only markers are remembered"
    return marker


def _marker(line: str) -> Marker | None:
    marker = Marker.parse(line)
    return None if marker is None else Marker(marker.key, marker.revision, _long(marker.imprint))


def _short(prints: str) -> str:
    """Leave the names of the fields away where they are the usual ones."""
    told = read_imprint(prints)
    return "".join(told[name] for name in MARKED) if set(told) == set(MARKED) else prints


def _long(prints: str) -> str:
    if "=" in prints or len(prints) % _PRINT:
        return prints
    chunks = [prints[at : at + _PRINT] for at in range(0, len(prints), _PRINT)]
    return ",".join(sorted(f"{name}={chunk}" for name, chunk in zip(MARKED, chunks, strict=False)))
