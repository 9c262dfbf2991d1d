"""What a value must be like: lengths, numbers, names; each raises Refused (400) and names the argument."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sync.sandbox.todoist.refusals import invalid, required

Json = dict[str, Any]

CONTENT_LIMIT = 500
DESCRIPTION_LIMIT = 16383
LABEL_LIMIT = 60
LABELS_LIMIT = 100
COMMENT_LIMIT = 15000
DEEPEST = 4
"""Levels of tasks below the first."""
LONGEST_MINUTES = 24 * 60
UNCOMPLETABLE = "* "
"""A title that begins so has no box to tick."""
LABEL_WORD = re.compile(r"(?<!\S)@([^\s@]+)")
COLOURS = frozenset(
    (
        *("berry_red", "red", "orange", "yellow", "olive_green", "lime_green", "green", "mint_green"),
        *("teal", "sky_blue", "light_blue", "blue", "grape", "violet", "lavender", "magenta"),
        *("salmon", "charcoal", "grey", "taupe"),
    )
)


def text(args: Mapping[str, Any], name: str, most: int, *, least: int = 0) -> str:
    """A text of at most so many characters."""
    value = args.get(name)
    if value is None and least:
        raise required(name)
    if not isinstance(value, str):
        raise invalid(name, "Input should be a valid string")
    if len(value.strip()) < least:
        raise invalid(name, f"String should have at least {least} character")
    if len(value) > most:
        raise invalid(name, f"String should have at most {most} characters")
    return value


def title(args: Mapping[str, Any], name: str, most: int) -> str:
    """A text of one line, without blanks around it."""
    return " ".join(text(args, name, most, least=1).splitlines()).strip()


def whole(args: Mapping[str, Any], name: str) -> int:
    """A whole number."""
    value = args.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(name, "Input should be a valid integer")
    return value


def rows(args: Mapping[str, Any], name: str) -> list[Json]:
    """A list of objects."""
    value = args.get(name)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise invalid(name, "Input should be a valid list of dictionaries")
    return value


def person(args: Mapping[str, Any], name: str) -> str | None:
    """The id of a person, or nobody."""
    value = args[name]
    if not isinstance(value, str | None):
        raise invalid(name, "Input should be a valid string")
    return value


def flag(args: Mapping[str, Any], name: str) -> bool:
    """True or false."""
    value = args[name]
    if not isinstance(value, bool):
        raise invalid(name, "Input should be a valid boolean")
    return value


def priority(args: Mapping[str, Any]) -> int:
    """1 to 4, 4 the most urgent."""
    value = whole(args, "priority")
    if not 1 <= value <= 4:
        raise invalid("priority", "Input should be between 1 and 4")
    return value


def names(args: Mapping[str, Any]) -> list[str]:
    """Names of labels, each once."""
    value = args["labels"]
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise invalid("labels", "Input should be a valid list of strings")
    if len(value) > LABELS_LIMIT or any(len(name) > LABEL_LIMIT for name in value):
        raise invalid("labels", f"At most {LABELS_LIMIT} labels of {LABEL_LIMIT} characters")
    return list(dict.fromkeys(value))


def deadline(args: Mapping[str, Any]) -> Json | None:
    """A day by which something must be done; it has no time of day."""
    value = args["deadline"]
    if value is None:
        return None
    said: Json = value if isinstance(value, dict) else {}
    try:
        return {
            "date": date.fromisoformat(said.get("date", "")).isoformat(),
            "lang": said.get("lang") or "en",
        }
    except (TypeError, ValueError):
        raise invalid("deadline", "Input should be a date in the format YYYY-MM-DD") from None


def duration(args: Mapping[str, Any]) -> Json | None:
    """How long something takes: an amount above zero and its unit, both required."""
    value = args["duration"]
    if value is None:
        return None
    amount, unit = (value.get("amount"), value.get("unit")) if isinstance(value, dict) else (None, None)
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 1 or unit not in ("minute", "day"):
        raise invalid("duration", "amount must be above zero, unit must be minute or day")
    if unit == "minute" and amount > LONGEST_MINUTES:
        raise invalid("duration", f"At most {LONGEST_MINUTES} minutes")
    return {"amount": amount, "unit": unit}


def fitting(length: Json | None, due: Json | None) -> bool:
    """Whether minutes stand beside a due time of day, and days beside a due date."""
    if length is None:
        return True
    return due is not None and (length["unit"] == "minute") == ("T" in due["date"])


def colour(args: Mapping[str, Any]) -> str:
    """A colour by its name."""
    value = args["color"]
    if value not in COLOURS:
        raise invalid("color", "Unknown color")
    return str(value)
