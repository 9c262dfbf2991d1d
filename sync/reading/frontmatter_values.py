"""From a node of YAML to a value of the front matter, or to a sentence on why it is none.

Scalars arrive as they are written, so dates, clock times and on/off mean here what a person means by them.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sync.reading.options import DAY_PARTS, Anchor, Pace, Weekdays
from sync.reading.spelling import did_you_mean, is_zone, nearest_zone
from sync.reading.yaml_nodes import Node

T = TypeVar("T")

EARLIEST, LATEST = 1900, 2199
"""Years beyond these are slips of the keyboard, and a plan over them would overflow the calendar."""

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = tuple(name[:3] for name in DAY_NAMES)
WEEKDAYS = {
    **{name: iso for iso, name in enumerate(DAY_NAMES, start=1)},
    **{name: iso for iso, name in enumerate(SHORT_DAYS, start=1)},
    "tues": 2,
    "wednes": 3,
    "thur": 4,
    "thurs": 4,
}

DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ \t]+)[0-9].*)?")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")
CLOCK_RANGE = re.compile(r"(.+?)\s*[-\N{EN DASH}]\s*(.+)")
LENGTH = re.compile(
    r"(?:([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*h(?:rs?|ours?)?)?\s*(?:([0-9]{1,4})\s*(?:m(?:ins?|inutes?)?)?)?",
    re.IGNORECASE,
)
DAY_RANGE = re.compile(r"(\w+)\s*[-\N{EN DASH}]\s*(\w+)")
SLUG = re.compile(r"\w[\w-]{0,99}")


class UnfitError(ValueError):
    """What stands at `node` is no value for its key; `reason` ends a sentence, `suggestion` is one."""

    def __init__(self, node: Node, reason: str, suggestion: str) -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason
        self.suggestion = suggestion


def text(node: Node) -> str:
    """Read a line of text."""
    if node.kind != "scalar":
        raise UnfitError(node, "should be text, not a list or a table", "Put the text in quotes.")
    words = " ".join(node.text.split())
    if not words:
        raise UnfitError(node, "is empty", "Write a value, or remove the key.")
    return words


def texts(node: Node) -> tuple[str, ...]:
    """Read a list of texts; a single text is a list of one."""
    parts = node.items if node.kind == "sequence" else (node,)
    return tuple(dict.fromkeys(text(part) for part in parts))


def choice(*words: str) -> Callable[[Node], str]:
    """Return a reader that takes one of the words, in capitals or not."""

    def read(node: Node) -> str:
        """Read one of the words; raises UnfitError for any other."""
        word = text(node)
        if word.casefold() in words:
            return word.casefold()
        listed = ", ".join(words)
        suggestion = did_you_mean(word, words) or f"Write {words[0]}, which also holds without the key."
        raise UnfitError(node, f"is {word}, and not one of {listed}", suggestion)

    return read


def whole(lowest: int, highest: int) -> Callable[[Node], int]:
    """Return a reader for a whole number between the two, inclusive."""

    def read(node: Node) -> int:
        """Read a whole number; raises UnfitError for what is none or does not fit."""
        digits = text(node)
        if re.fullmatch("[0-9]{1,6}", digits) and lowest <= int(digits) <= highest:
            return int(digits)
        example = f"Write a whole number from {lowest} to {highest}."
        raise UnfitError(node, f"is {digits}, and not a number that fits", example)

    return read


def switch(node: Node) -> bool:
    """Read on or off, also as true or false, yes or no."""
    word = text(node).casefold()
    if word not in ("on", "true", "yes", "off", "false", "no"):
        raise UnfitError(node, f"is {text(node)}, and neither on nor off", "Write on or off.")
    return word in ("on", "true", "yes")


def day(node: Node) -> dt.date:
    """Read a date; of a date with a time, the date."""
    written = text(node)
    found = DATE.fullmatch(written)
    if not found:
        example = "Write it as year-month-day, for example 2026-01-05."
        raise UnfitError(node, f"is {written}, which is not a date", example)
    year, month, number = map(int, found.groups())
    if not EARLIEST <= year <= LATEST:
        limits = f"Write a year from {EARLIEST} to {LATEST}."
        raise UnfitError(node, f"is {written}, a year that no plan is made for", limits)
    if not 1 <= month <= 12:
        raise UnfitError(node, f"is {written}, but there is no month {month}", "Write year-month-day.")
    longest = monthrange(year, month)[1]
    if not 1 <= number <= longest:
        last = dt.date(year, month, longest)
        raise UnfitError(node, f"is {written}, a day that does not exist", f"That month ends on {last}.")
    return dt.date(year, month, number)


def clock(node: Node) -> dt.time:
    """Read a time of day."""
    return _clock(node, text(node))


def _clock(node: Node, written: str) -> dt.time:
    found = CLOCK.fullmatch(written)
    if not found:
        example = "Write it as HH:MM, for example 19:00."
        raise UnfitError(node, f"has {written}, which is not a time of day", example)
    return dt.time(int(found[1]), int(found[2]))


def minutes(node: Node) -> int:
    """Read a length of time of at most a day: 60m, 1h30, 1.5h, 90."""
    written = text(node)
    found = LENGTH.fullmatch(written)
    hours, rest = (found[1] or "0", found[2] or "0") if found else ("0", "0")
    length = round(float(hours.replace(",", ".")) * 60) + int(rest)
    if not 1 <= length <= 24 * 60:
        example = "Write it as 60m, 1h30 or 90 (minutes), at most 24h."
        raise UnfitError(node, f"is {written}, which is not a length of time", example)
    return length


def weekdays(node: Node) -> Weekdays:
    """Read days of the week, as a list or as mon-fri."""
    parts = [text(part) for part in node.items] if node.kind == "sequence" else text(node).split(",")
    named = {iso for part in parts for iso in _named_days(node, part.strip())}
    if not named:
        raise UnfitError(node, "names no day", "Write for example [mon, tue, wed, thu, fri].")
    return tuple(sorted(named))


def _named_days(node: Node, part: str) -> Iterator[int]:
    span = DAY_RANGE.fullmatch(part)
    ends = [WEEKDAYS.get(word.casefold()) for word in (span.groups() if span else (part, part))]
    if ends[0] is None or ends[1] is None:
        suggestion = did_you_mean(part, DAY_NAMES) or "Write for example [mon, tue, wed, thu, fri]."
        raise UnfitError(node, f"has {part or 'nothing'} where a day of the week should be", suggestion)
    for step in range((ends[1] - ends[0]) % 7 + 1):
        yield (ends[0] + step - 1) % 7 + 1


def zone(node: Node) -> str:
    """Read a zone of the IANA database."""
    name = text(node)
    if not is_zone(name):
        raise UnfitError(node, f"is {name}, and no such zone is known", nearest_zone(name))
    return name


def slug(node: Node) -> str:
    """Read the name that keys, files and feeds are made of."""
    name = text(node)
    if name.casefold() == "all":
        raise UnfitError(node, "is all, the name of the feed of all roadmaps", "Choose another name.")
    if not SLUG.fullmatch(name):
        simple = re.sub(r"[\W_]+", "-", name).strip("-")[:100] or "my-plan"
        raise UnfitError(node, f"is {name}, and not one word of letters, digits and -", f"Write {simple}.")
    return name


def month_length(node: Node) -> str | int:
    """Read how long a numbered month is."""
    word = choice("auto", "28", "30", "calendar")(node)
    return int(word) if word.isdecimal() else word


def table(node: Node, known: tuple[str, ...]) -> dict[str, Node]:
    """Return the entries of a small table with known keys; nulls are left out."""
    if node.kind != "mapping":
        raise UnfitError(node, "should be a table in braces", f"Its keys are {', '.join(known)}.")
    for key, _ in node.entries:
        if key.text not in known:
            suggestion = did_you_mean(key.text, known) or f"Its keys are {', '.join(known)}."
            raise UnfitError(key, f"has {key.text or 'a list'}, which is no key of it", suggestion)
    return {key.text: value for key, value in node.entries if not value.is_null}


def part(parts: Mapping[str, Node], name: str, reader: Callable[[Node], T]) -> T | None:
    """Read one entry of a small table, None where it is not there."""
    if name not in parts:
        return None
    try:
        return reader(parts[name])
    except UnfitError as unfit:
        reason = f"has a `{name}` that {unfit.reason}"
        raise UnfitError(unfit.node, reason, unfit.suggestion) from unfit


def anchor(node: Node) -> Anchor:
    """Read a numbered unit tied to a date."""
    parts = table(node, ("day", "week", "month", "date"))
    at = part(parts, "date", day)
    units = [unit for unit in parts if unit != "date"]
    numbers = {unit: part(parts, unit, whole(1, 9999)) or 0 for unit in units}
    if at is None or len(numbers) != 1:
        example = "Write for example {week: 5, date: 2026-03-02}."
        raise UnfitError(node, "needs one numbered unit and its date", example)
    if "week" in numbers:
        return Anchor("week", numbers["week"], at)
    if "month" in numbers:
        return Anchor("month", numbers["month"], at)
    return Anchor("day", numbers["day"], at)


def pace(node: Node) -> Pace:
    """Read how many tasks of an undated list fit a week or a day."""
    parts = table(node, ("per_week", "per_day"))
    if len(parts) != 1:
        raise UnfitError(node, "needs one of per_week and per_day", "Write for example {per_week: 5}.")
    return Pace(part(parts, "per_week", whole(1, 999)), part(parts, "per_day", whole(1, 999)))


def day_parts(node: Node) -> tuple[tuple[str, tuple[dt.time, dt.time]], ...]:
    """Read when parts of the day begin and end, laid over the built-in ones."""
    example = 'Write for example {morning: "09:00-12:00"}.'
    if node.kind != "mapping":
        raise UnfitError(node, "should be a table in braces", example)
    return tuple({**dict(DAY_PARTS), **dict(_day_part(key, value) for key, value in node.entries)}.items())


def _day_part(key: Node, value: Node) -> tuple[str, tuple[dt.time, dt.time]]:
    name, ends = text(key).lower(), CLOCK_RANGE.fullmatch(text(value))
    if not ends:
        example = 'Write for example {morning: "09:00-12:00"}.'
        raise UnfitError(value, f"has {text(value)} for {name}, and not two clock times", example)
    begin, end = _clock(value, ends[1]), _clock(value, ends[2])
    if end <= begin:
        raise UnfitError(value, f"has {name} ending before it begins", "Both times lie on the same day.")
    return name, (begin, end)
