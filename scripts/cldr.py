# ruff: noqa: INP001  # a program, not a package
"""Months and weekdays as the Unicode CLDR has them, and which of them the reader does not know.

    python scripts/cldr.py        prints what is missing in sync/reading/languages, nothing when all is known
    python scripts/cldr.py LANG   prints the names of one language

The names come from Babel, which ships the CLDR; they are not needed at run time.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale

from sync.reading.expressions import Written
from sync.reading.grammar.phrase import phrase
from sync.reading.lexer import tokenize
from sync.reading.words import Vocabulary, available, vocabulary

CONTEXTS = ("format", "stand-alone")
WIDTHS = ("wide", "abbreviated")


class Name(NamedTuple):
    """A month or a weekday in one width and context."""

    kind: str
    """`month` or `weekday`, as the vocabulary calls it."""
    number: int
    """1 for January, 1 for Monday."""
    text: str


def names(code: str) -> Iterator[Name]:
    """Yield all names of a language, each with its final dot where the CLDR writes one."""
    locale = Locale.parse(code)
    for context in CONTEXTS:
        for width in WIDTHS:
            for number, text in locale.months[context][width].items():
                yield Name("month", number, text)
            for number, text in locale.days[context][width].items():
                yield Name("weekday", number + 1, text)


def is_known(name: Name, words: Vocabulary) -> bool:
    """Tell whether the reader takes a name for what it is, with and without a final dot."""
    bare = name.text.rstrip(".")
    return all(_reads(name, text, words) for text in (bare, f"{bare}.", bare.upper(), bare.capitalize()))


def _reads(name: Name, text: str, words: Vocabulary) -> bool:
    tokens = tokenize(text, words)
    if tokens[0].number is not None:  # 4月 is a number and a sign: the grammar puts them together
        written = phrase(text, words).first(Written)
        return name.kind == "month" and written is not None and written.first.month == name.number
    meaning = name.number if name.kind == "month" else (name.number,)
    rest = [tokens[at].text for at in range(1, tokens.size)]
    return tokens[0].features.get(name.kind) == meaning and rest in ([], ["."])


def unknown(code: str) -> list[Name]:
    """Return the names of a language that the reader does not know."""
    words = vocabulary((code, "en") if code != "en" else ("en",))
    return [name for name in names(code) if not is_known(name, words)]


def main(arguments: list[str]) -> int:
    """Print the names of the languages asked for, or what is missing in all of them."""
    rows = [(code, name) for code in arguments for name in names(code)]
    missing = [] if arguments else [(code, name) for code in available() for name in unknown(code)]
    for code, name in [*rows, *missing]:
        sys.stdout.write(f"{code} {name.kind} {name.number} {name.text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
