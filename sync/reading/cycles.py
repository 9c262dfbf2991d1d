"""Rotations: weeks A, B and C that follow one another and begin again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sync.reading.expressions import Unit
from sync.reading.ideographs import CHARACTERS
from sync.reading.lexer import tokenize
from sync.reading.words import Vocabulary

LETTERS = "ABCDEFGH"
LONE_LETTER = re.compile(rf"(?<![^\W\d_{CHARACTERS}])[{LETTERS}](?![^\W\d_{CHARACTERS}])")
"""One of them with no letter beside it, but for those of scripts without blanks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a rotation: the `index`-th of `size` units, from 0."""

    unit: Unit
    index: int
    size: int

    @property
    def name(self) -> str:
        """The turn as part of a key: week-a."""
        return f"{self.unit}-{LETTERS[self.index].lower()}"


def lettered(text: str, words: Vocabulary) -> tuple[Unit, int] | None:
    """The unit and letter with which a heading begins: "Week B: Listening" is the second week."""
    if len(text) < 3 or LONE_LETTER.search(text, 0, 24) is None:
        return None  # as most headings are
    tokens = tokenize(text[:40], words)
    unit, letter, following = tokens[0].features.get("unit"), tokens[1], tokens[2]
    if not isinstance(unit, str) or len(letter.text) != 1 or letter.text not in LETTERS:
        return None
    if following.text[:1].isalpha() and following.text[:1].islower():
        return None
    return Unit(unit), LETTERS.index(letter.text)


def sizes(headings: Iterable[str], words: Vocabulary) -> dict[Unit, int]:
    """How many turns each rotation of a document has, by its unit; one letter alone is no rotation."""
    found: dict[Unit, set[int]] = {}
    for text in headings:
        turn = lettered(text, words)
        if turn is not None:
            found.setdefault(turn[0], set()).add(turn[1])
    return {unit: max(letters) + 1 for unit, letters in found.items() if len(letters) > 1}
