"""Writes single values into a TOML file, found statement by statement; every other byte stays."""

import json
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from sync.config.values import checked
from sync.errors import ConfigError

LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Statement(NamedTuple):
    """A header or an assignment, on the lines from `first` up to `until`."""

    first: int
    until: int
    table: tuple[str, ...]
    """The table it stands in, or opens."""
    says: dict[str, Any] | None
    """What it assigns, by its keys; None for a header."""


def toml(value: object) -> str:
    """Return a text, a truth value, a number or a list of them as TOML."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def statements(lines: Sequence[str]) -> Iterator[Statement]:
    """Split the lines of a valid TOML text into its statements."""
    table: tuple[str, ...] = ()
    first = 0
    while first < len(lines):
        if lines[first].strip().startswith("#") or not lines[first].strip():
            first += 1
            continue
        until, says = _parsed(lines, first)
        header = lines[first].lstrip().startswith("[")
        table = _opened(says) if header else table
        yield Statement(first, until, table, None if header else says)
        first = until


def _parsed(lines: Sequence[str], first: int) -> tuple[int, dict[str, Any]]:
    """Return the line after the statement that begins at `first`, and what it says."""
    for until in range(first + 1, len(lines)):
        try:
            return until, tomllib.loads("".join(lines[first:until]))
        except tomllib.TOMLDecodeError:
            continue
    return len(lines), tomllib.loads("".join(lines[first:]))


def _opened(says: Any) -> tuple[str, ...]:
    """Return the path of the table that a header opens; an entry of a list of tables ends in []."""
    names = []
    while isinstance(says, dict) and says:
        name, says = next(iter(says.items()))
        names.append(name)
    return tuple(names) if says == {} else (*names, "[]")


def _path(table: str, key: str) -> tuple[str, ...]:
    return tuple(name for name in (table, key) if name)


def _assigns(statement: Statement, path: tuple[str, ...]) -> bool:
    """Tell whether the statement gives what lies at the path its value, or a part of it."""
    depth = len(statement.table)
    if statement.says is None or statement.table != path[:depth]:
        return False
    said: Any = statement.says
    for name in path[depth:]:
        if not isinstance(said, dict) or name not in said:
            return False
        said = said[name]
    return True


def line_of(written: str, table: str, key: str) -> int | None:
    """Return the line, from 1, on which a key stands, or a table where one of the two is empty."""
    path = _path(table, key)
    for statement in statements(LINE.findall(written)):
        opens = statement.says is None and statement.table in (path, (*path, "[]"))
        if opens or _assigns(statement, path):
            return statement.first + 1
    return None


def with_value(written: str, table: str, key: str, value: object) -> str:
    """Return the TOML text with one value set; raises ValueError where it cannot be done safely."""
    value = list(value) if isinstance(value, tuple) else value
    lines = LINE.findall(written)
    found = list(statements(lines))
    place = next((statement for statement in found if _assigns(statement, _path(table, key))), None)
    if place:
        old = "".join(lines[place.first : place.until])
        lines[place.first : place.until] = [_assigned(old, toml(value))]
    else:
        eol = "\r\n" if "\r\n" in written else "\n"
        _insert(lines, found, table, f"{key} = {toml(value)}{eol}", eol)
    wanted = deepcopy(tomllib.loads(written))
    (wanted.setdefault(table, {}) if table else wanted)[key] = value
    after = "".join(lines)
    if tomllib.loads(after) != wanted:
        raise ValueError("the statement is written in an unusual way")
    return after


def _assigned(statement: str, value: str) -> str:
    """Exchange the value of an assignment and keep what stands around it, a comment above all."""
    head, equals, tail = statement.partition("=")
    ends = (*(found.start() for found in re.finditer("#", tail)), len(tail))
    end = next(end for end in ends if _is_value(tail[:end]))
    old = tail[:end]
    before = old[: len(old) - len(old.lstrip())]
    after = old[len(old.rstrip()) :]
    return head + equals + before + value + after + tail[end:]


def _is_value(written: str) -> bool:
    try:
        tomllib.loads(f"x ={written}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _insert(lines: list[str], found: Sequence[Statement], table: str, row: str, eol: str) -> None:
    """Put a new assignment below the last one of its table, opening the table where there is none."""
    inside = [statement.until for statement in found if statement.table == ((table,) if table else ())]
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += eol
    if inside:
        lines.insert(inside[-1], row)
    elif table:
        lines += [*([eol] if lines else []), f"[{table}]{eol}", row]
    else:
        lines.insert(0, row)


def written_with(path: Path, table: str, key: str, value: object) -> None:
    """Write one value into the file; see `config.set_value`."""
    name = f"{table}.{key}" if table else key
    by_hand = f"Write {name} = {toml(value)} into it by hand."
    try:
        raw = path.read_bytes().decode("utf-8")
        bom = "\ufeff" if raw.startswith("\ufeff") else ""
        after = with_value(raw.removeprefix("\ufeff"), table, key, value)
        checked(tomllib.loads(after), str(path), after)
        _replace(path.resolve(), (bom + after).encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}.", by_hand) from error
    except ValueError as error:
        raise ConfigError(f"{name} in {path} cannot be changed: {error}.", by_hand) from error


def _replace(file: Path, content: bytes) -> None:
    """Put new content in the place of a file, in one step that a crash cannot halve."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(handle)
        shutil.copymode(file, name)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink()
        raise
