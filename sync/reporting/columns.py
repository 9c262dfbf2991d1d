"""Text in columns: how wide it is on a terminal; cut, padded, wrapped and stripped of what could move a cursor."""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate

EMOJI_STYLE = "\ufe0f"
"""Draws the sign before it as a picture, two columns wide."""
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text after them (Unicode Annex 9)."""


def plain(text: str) -> str:
    """The text in one line and without what a terminal would obey: control characters and turns of direction."""
    if text.isprintable():
        return text
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _harmless(char))


def _harmless(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in TURNS


def width(text: str) -> int:
    """How many columns the text takes (Unicode Annex 11; marks and joiners take none)."""
    if text.isascii():
        return len(text)
    return sum(_widths(text))


def _widths(text: str) -> list[int]:
    found: list[int] = []
    for char in text:
        if char == EMOJI_STYLE:
            found.append(1 if found and found[-1] == 1 else 0)
        elif unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            found.append(0)
        else:
            found.append(2 if unicodedata.east_asian_width(char) in "WF" else 1)
    return found


def cut(text: str, columns: int) -> str:
    """The text in one line, with an ellipsis in the place of what does not fit."""
    text = plain(text)
    if width(text) <= columns:
        return text
    taken = sum(total < columns for total in accumulate(_widths(text)))
    return text[:taken].rstrip() + "…"


def pad(text: str, columns: int) -> str:
    """The text, filled up with blanks on its right."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines that fit, broken between words; a longer word keeps a line of its own."""
    lines: list[str] = []
    for word in plain(text).split():
        if lines and width(lines[-1]) + 1 + width(word) <= columns:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def count(number: int, one: str, many: str) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else many}"


def ranges(numbers: Sequence[int], gap: int = 1) -> str:
    """Sorted numbers in short, as 1-3, 7, 9-10; up to `gap` apart they are one range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + gap:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)
