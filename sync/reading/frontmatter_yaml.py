"""Values of the front matter as YAML on one line, readable alike for YAML 1.1 and 1.2 tools."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import singledispatch
from typing import Any

from sync.reading.frontmatter_values import SHORT_DAYS
from sync.reading.options import DAY_PARTS, Anchor, Override, Pace
from sync.reading.yaml_nodes import NOT_PLAIN

BARE = re.compile(r"[A-Za-z](?:[A-Za-z0-9_/ -]*[A-Za-z0-9])?")
"""Text that needs no quotes, also inside braces."""
NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
"""Words that some tool takes for something else."""


def scalar(words: str) -> str:
    """Return text as a scalar, quoted where it could be taken for anything else."""
    if BARE.fullmatch(words) and words.casefold() not in NOT_TEXT:
        return words
    quoted = json.dumps(words, ensure_ascii=False)
    return NOT_PLAIN.sub(lambda odd: f"\\u{ord(odd[0]):04x}", quoted)


def flow(key: str, value: object) -> str:
    """Return the value of a key on one line."""
    return SPECIAL.get(key, _plain)(value)


@singledispatch
def _plain(value: object) -> str:
    return scalar(str(value))


@_plain.register
def _(value: bool) -> str:  # noqa: FBT001  # the type chooses the function
    return "true" if value else "false"


@_plain.register
def _(value: int) -> str:
    return str(value)


@_plain.register
def _(value: dt.time) -> str:
    return f'"{value:%H:%M}"'


@_plain.register
def _(value: dt.date) -> str:
    return value.isoformat()[:10]


@_plain.register
def _(value: Anchor) -> str:
    return _braces({value.unit: value.number, "date": value.date})


@_plain.register
def _(value: Pace) -> str:
    return _braces({"per_week": value.per_week, "per_day": value.per_day})


@_plain.register(tuple)
@_plain.register(list)
def _(value: Iterable[object]) -> str:
    return f"[{', '.join(map(_plain, value))}]"


@_plain.register
def override(made: Override) -> str:
    """Return one line of `overrides`, without its dash."""
    skip = True if made.skip else None
    parts = {"line": made.line, "date": made.date, "end": made.end, "skip": skip, "role": made.role}
    return _braces({"match": made.match, **parts})


def _braces(parts: dict[str, object]) -> str:
    said = (f"{key}: {_plain(value)}" for key, value in parts.items() if value is not None)
    return f"{{{', '.join(said)}}}"


def _days(days: Iterable[int]) -> str:
    return f"[{', '.join(SHORT_DAYS[day - 1] for day in days)}]"


def _day_parts(parts: Iterable[tuple[str, tuple[dt.time, dt.time]]]) -> str:
    own = [(name, ends) for name, ends in parts if (name, ends) not in DAY_PARTS]
    said = (f'{scalar(name)}: "{begin:%H:%M}-{end:%H:%M}"' for name, (begin, end) in own)
    return f"{{{', '.join(said)}}}"


SPECIAL: Mapping[str, Callable[[Any], str]] = {
    "workdays": _days,
    "session_days": _days,
    "day_parts": _day_parts,
    "duration": lambda minutes: f"{minutes}m",
    "recurring": lambda on: "on" if on else "off",
}
"""Keys whose value is not written as its type is."""
