"""Partial answers: `fields=items(id,etag),nextPageToken` and `extendedProperties/private`."""

import re
from collections.abc import Mapping
from typing import Any

from sync.sandbox.google.refusals import Refused, unknown

Json = dict[str, Any]
Wanted = dict[str, "Wanted"]

TOKEN = re.compile(r"[A-Za-z0-9_*]+|[(),/]")


def selected(value: Json, fields: str, schema: Json, schemas: Mapping[str, Json]) -> Json:
    """What the selector names of an answer; raises Refused where it cannot be read or names nothing."""
    wanted = _parsed(fields)
    _check(wanted, schema, schemas, unknown(f"Invalid field selection {fields}"))
    kept = _pruned(value, wanted)
    assert isinstance(kept, dict)
    return kept


def _parsed(fields: str) -> Wanted:
    complaint = unknown(f"Invalid field selection {fields}")
    words = TOKEN.findall(fields)
    if "".join(words) != fields or not words:
        raise complaint
    words.append("")
    wanted = _list(words, complaint)
    if words != [""]:
        raise complaint
    return wanted


def _list(words: list[str], complaint: Refused) -> Wanted:
    wanted: Wanted = {}
    while True:
        _path(words, wanted, complaint)
        if words[0] != ",":
            return wanted
        words.pop(0)


def _path(words: list[str], wanted: Wanted, complaint: Refused) -> None:
    """One `a/b/c(d,e)`, consumed from the front."""
    name = words.pop(0)
    if not name or name in "(),/":
        raise complaint
    inner = wanted.setdefault(name, {})
    if words[0] == "/":
        words.pop(0)
        _path(words, inner, complaint)
    elif words[0] == "(":
        words.pop(0)
        inner.update(_list(words, complaint))
        if words.pop(0) != ")":
            raise complaint


def _check(wanted: Wanted, schema: Json, schemas: Mapping[str, Json], complaint: Refused) -> None:
    schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    if schema.get("type") == "array":
        _check(wanted, schema["items"], schemas, complaint)
        return
    known = schema.get("properties", {})
    for name, inner in wanted.items():
        member = known.get(name, schema.get("additionalProperties"))
        if member is None and name != "*":
            raise complaint
        if member is not None:
            _check(inner, member, schemas, complaint)


def _pruned(value: Any, wanted: Wanted) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [_pruned(member, wanted) for member in value]
    if "*" in wanted:
        return {name: _pruned(member, wanted.get(name, wanted["*"])) for name, member in value.items()}
    return {name: _pruned(value[name], inner) for name, inner in wanted.items() if name in value}
