"""The API's own description: routes, scopes, parameters and the shape of bodies.

Read as data from the discovery document that google-api-python-client ships, so that the emulator
and the client library agree on revision and names without sharing any code.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sync.sandbox.google.refusals import PARSE_ERROR, Refused, required, unknown
from sync.sandbox.google.times import DATE, MOMENT

INT32 = range(-(2**31), 2**31)
FORMATS = {"date": DATE, "date-time": MOMENT}
Json = dict[str, Any]


class DescriptionMissing(RuntimeError):
    """google-api-python-client is not installed, so nothing says what its requests look like."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the API."""

    name: str
    """Its id, for example `calendar.events.insert`."""
    verb: str
    path: re.Pattern[str]
    parameters: Mapping[str, Json]
    scopes: frozenset[str]
    """Full scope URLs, any of which is enough."""
    body: str
    """The schema of the request's body, or nothing."""
    answer: Json
    """The schema of what comes back."""


@dataclass(frozen=True, slots=True)
class Description:
    """The whole document, sorted for use."""

    revision: str
    service_path: str
    batch_path: str
    methods: tuple[Method, ...]
    schemas: Mapping[str, Json]
    common: Mapping[str, Json]
    """Parameters that every method takes."""

    def route(self, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method behind a path relative to the service, and the values in the path."""
        for method in self.methods:
            match = method.path.fullmatch(path) if method.verb == verb else None
            if match:
                return method, {name: unquote(value) for name, value in match.groupdict().items()}
        return None


def document_path() -> Path:
    """Where the installed client library keeps the description; nothing of the library is imported."""
    spec = find_spec("googleapiclient")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / "discovery_cache" / "documents" / "calendar.v3.json"
        if path.exists():
            return path
    raise DescriptionMissing("google-api-python-client is not installed.")


@cache
def describe() -> Description:
    """Read the description once per process."""
    document = json.loads(document_path().read_text(encoding="utf-8"))
    return Description(
        revision=document["revision"],
        service_path="/" + document["servicePath"],
        batch_path="/" + document["batchPath"],
        methods=tuple(_methods(document)),
        schemas=document["schemas"],
        common=document["parameters"],
    )


def _methods(part: Json) -> Iterator[Method]:
    for method in part.get("methods", {}).values():
        yield Method(
            name=method["id"],
            verb=method["httpMethod"],
            path=re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(method["path"]))),
            parameters=method.get("parameters", {}),
            scopes=frozenset(method.get("scopes", ())),
            body=method.get("request", {}).get("$ref", ""),
            answer=method.get("response", {}),
        )
    for resource in part.get("resources", {}).values():
        yield from _methods(resource)


def arguments(method: Method, pairs: tuple[tuple[str, str], ...]) -> Json:
    """The query as typed values; lists where a parameter may be repeated.

    Raises Refused for names, numbers and words that the description does not know.
    """
    known = {**describe().common, **method.parameters}
    values: Json = {}
    for name, text in pairs:
        if name not in known or known[name].get("location") == "path":
            raise unknown(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
            )
        value = _argument(name, known[name], text)
        if known[name].get("repeated"):
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    for name, spec in method.parameters.items():
        if spec.get("required") and spec["location"] == "query" and name not in values:
            raise required(f"Required parameter: {name}")
    return values


def _argument(name: str, spec: Json, text: str) -> Any:
    wrong = unknown(f"Invalid value '{text}' for parameter {name}.")
    if spec["type"] == "boolean":
        if text not in ("true", "false"):
            raise wrong
        return text == "true"
    if spec["type"] == "integer":
        if not re.fullmatch(r"-?\d{1,10}", text):
            raise wrong
        number = int(text)
        if number < int(spec.get("minimum", number)) or number > int(spec.get("maximum", number)):
            raise wrong
        return number
    if text not in spec.get("enum", (text,)) or (
        spec.get("format") == "date-time" and not MOMENT.fullmatch(text)
    ):
        raise wrong
    return text


def body_of(method: Method, raw: bytes) -> Json:
    """The JSON body of a request, checked against the schema of its method; read-only fields may be there.

    In a PATCH, null stands for "remove". Elsewhere it stands for nothing and is left out.
    """
    if not method.body:
        if raw.strip():
            raise unknown("Request body must be empty for this method.")
        return {}
    try:
        body = json.loads(raw)
        # Half of a surrogate pair is valid JSON, but no text that could be answered.
        json.dumps(body, ensure_ascii=False).encode()
    except ValueError as reason:
        raise Refused(PARSE_ERROR) from reason
    check(describe().schemas[method.body], body, method.body)
    for name, spec in describe().schemas[method.body]["properties"].items():
        if method.name in spec.get("annotations", {}).get("required", ()) and body.get(name) is None:
            raise required(f"Missing {name} time." if name in ("start", "end") else f"Missing {name}.")
    kept: Json = body if method.verb == "PATCH" else without_nulls(body)
    return kept


def without_nulls(value: Any) -> Any:
    """The same JSON without the members that are null."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return value


def check(schema: Json, value: Any, where: str) -> None:
    """Compare a value with a schema; raises Refused and names the place."""
    if "$ref" in schema:
        schema = describe().schemas[schema["$ref"]]
    kind = schema["type"]
    if kind == "object":
        _check_object(schema, value, where)
    elif kind == "array":
        if not isinstance(value, list):
            raise _wrong(where, "a list")
        for number, member in enumerate(value):
            check(schema["items"], member, f"{where}[{number}]")
    else:
        _check_plain(schema, value, where)


def _check_object(schema: Json, value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise _wrong(where, "an object")
    known = schema.get("properties", {})
    for name, member in value.items():
        inner = known.get(name, schema.get("additionalProperties"))
        if inner is None:
            raise unknown(
                f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
            )
        if member is not None:
            check(inner, member, f"{where}.{name}")


def _check_plain(schema: Json, value: Any, where: str) -> None:
    kind = schema["type"]
    if kind == "boolean" and not isinstance(value, bool):
        raise _wrong(where, "true or false")
    if kind == "integer" and (isinstance(value, bool) or not isinstance(value, int) or value not in INT32):
        raise _wrong(where, "a 32-bit number")
    if kind == "string":
        if not isinstance(value, str):
            raise _wrong(where, "a text")
        pattern = FORMATS.get(schema.get("format", ""))
        if pattern and not pattern.fullmatch(value):
            raise _wrong(where, schema["format"])


def _wrong(where: str, wanted: str) -> Refused:
    return unknown(f"Invalid value at '{where}': {wanted} expected.")
