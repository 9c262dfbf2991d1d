"""A line of text as tokens that know what they can mean.

The text keeps its length while it is normalised (full-width digits and punctuation, odd blanks and
hyphens), so that positions in tokens are positions in the line.
"""

import re
from typing import NamedTuple

from sync.reading.ideographs import NUMERALS, numeral
from sync.reading.words import PIECE, Features, Vocabulary

NO_FEATURES: Features = {}
ARTICLE: Features = {"of": True}
NUMBER, RUN = 1, 3
"""The groups of PIECE that need more than a look into the vocabulary."""
WEEKDAY = {"weekday"}
DASHES = frozenset("-–—−~→")
LONGEST_NUMBER = 8
"""A longer run of digits is an id or a phone number, never a time."""

# One character for one character: full-width ASCII, blanks, hyphens, quotes and the signs of East Asian text.
PLAIN = (
    {0xFF01 + n: 0x21 + n for n in range(94)}
    | dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), " ")
    | dict.fromkeys((0x2010, 0x2011, 0x00AD), "-")
    | {0x301C: "~", 0x30FB: "·", 0x3001: ",", 0x3002: ".", 0x300C: '"', 0x300D: '"', 0x00D7: "x"}
    | {0x2019: "'", 0x3010: "(", 0x3011: ")"}
)
ODD = re.compile(f"[{''.join(map(chr, PLAIN))}]")


class Token(NamedTuple):
    """A number, a word or a sign, with what the vocabulary knows of it."""

    text: str
    begin: int
    end: int
    features: Features = NO_FEATURES
    number: int | None = None
    """The value of digits and Han numerals; number words carry theirs as a feature."""
    spaced: bool = False
    """Whether a blank stands before it."""
    stuck: bool = False
    """Whether it touches letters that are no known word, in a script without blanks: 月 in 月亮."""

    def has(self, feature: str) -> bool:
        """Whether the word can mean this."""
        return feature in self.features

    @property
    def is_dash(self) -> bool:
        """Whether it is a hyphen, a dash or an arrow."""
        return self.text in DASHES

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital, or belongs to a script that has none."""
        return not self.text[0].islower()


END = Token("", -1, -1)
MARGIN = (END,) * 16
"""More than any expression looks ahead or back."""


class Tokens(list[Token]):
    """The tokens of one line, with empty ones behind them: reading past either end gives an empty token."""

    __slots__ = ("size", "text")

    def __init__(self, text: str, items: list[Token]) -> None:
        super().__init__(items)
        self.extend(MARGIN)
        self.text = text
        self.size = len(items)
        """How many tokens the line has."""


def plain(text: str) -> str:
    """The text with one plain character for each odd one; the length stays the same."""
    return text if text.isascii() or ODD.search(text) is None else text.translate(PLAIN)


def tokenize(text: str, words: Vocabulary) -> Tokens:
    """All tokens of a line in order."""
    return Tokens(text, _tokens(plain(text), words))


def _tokens(text: str, words: Vocabulary) -> list[Token]:
    known, compounds, glued = words.words, words.compounds, words.glued is not None
    make = tuple.__new__  # half the cost of the constructor of Token, for the most frequent object of all
    items: list[Token] = []
    end = 0
    for match in PIECE.finditer(text):
        begin, stop = match.span()
        if begin < end:
            continue
        piece, kind = match.group(), match.lastindex
        spaced, end = begin > end, stop
        if kind == NUMBER:
            value = int(piece) if len(piece) <= LONGEST_NUMBER else None
            items.append(make(Token, (piece, begin, end, NO_FEATURES, value, spaced, False)))
            continue
        if kind == RUN and glued:
            items.extend(_segments(piece, begin, words, spaced=spaced))
            continue
        folded = piece.casefold()
        if "'" in folded and folded not in known and (head := _elision(folded, words)):
            items.append(make(Token, (piece[:head], begin, begin + head, ARTICLE, None, spaced, False)))
            begin, spaced = begin + head, False
            piece, folded = piece[head:], folded[head:]
        for entry in compounds.get(folded, ()):
            longer = begin + len(entry)
            if text[begin:longer].casefold() == entry and not text[longer : longer + 1].isalnum():
                piece, folded, end = text[begin:longer], entry, longer
                break
        items.append(make(Token, (piece, begin, end, known.get(folded, NO_FEATURES), None, spaced, False)))
    return items


def _elision(folded: str, words: Vocabulary) -> int:
    """How many characters of a word belong to an article before it: 2 in d'avril; 0 where there is none."""
    head, apostrophe, tail = folded.partition("'")
    if not apostrophe or head not in words.elisions:
        return 0
    return len(head) + 1 if tail in words.words or tail in words.compounds else 0


def _segments(run: str, offset: int, words: Vocabulary, *, spaced: bool) -> list[Token]:
    """A run of a script without blanks, cut at the words that are known."""
    cuts: list[tuple[int, int, Features, int | None]] = []
    at = unknown = 0
    while at < len(run):
        end = _word_end(run, at, words)
        if end is None:
            at += 1
            continue
        if at > unknown:
            cuts.append((unknown, at, NO_FEATURES, None))
        features = words.words.get(run[at:end], NO_FEATURES)
        cuts.append((at, end, features, None if features else numeral(run[at:end])))
        at = unknown = end
    if at > unknown:
        cuts.append((unknown, at, NO_FEATURES, None))
    known = [True, *(bool(features) or number is not None for *_, features, number in cuts), True]
    return [
        Token(
            run[begin:end],
            offset + begin,
            offset + end,
            features,
            number,
            spaced and index == 0,
            not (known[index] and known[index + 2]),
        )
        for index, (begin, end, features, number) in enumerate(cuts)
    ]


def _word_end(run: str, at: int, words: Vocabulary) -> int | None:
    """Where the longest known word, or else a numeral, that begins at a position ends; None where none does."""
    assert words.glued is not None
    for word in words.glued.get(run[at], ()):
        if run.startswith(word, at):
            end = at + len(word)
            counts = word[-1] in NUMERALS and run.startswith(words.counters, end)
            if not (counts and words.words[word].keys() == WEEKDAY):
                return end
    end = at
    while end < len(run) and run[end] in NUMERALS:
        end += 1
    return end if end > at else None
