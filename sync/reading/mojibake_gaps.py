"""What stood where a byte is gone: one sign if only one makes sense.

The bytes that get lost are those which an encoding does not define (in Windows-1254 these are 81, 8D,
8E, 8F, 90, 9D and 9E), so that a torn character has a handful of possible completions, of which
people use very few.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from sync.reading.mojibake import Codec
from sync.reading.mojibake_signs import (
    FAMILIAR,
    HANDS,
    KNOWN,
    LAST_LETTERS,
    LETTERS,
    ROWS,
    STYLED,
    UNKNOWN_LETTER,
)

PICTURE = "\U0001f5bc"
"""Stands for a torn picture when the text before it is completed."""
STYLE = "\ufe0f"
JOINER = "\u200d"
NO_BREAK_SPACE = 0xA0
MISSING = 0

_SCRIPTS = {page: re.compile(f"[{chr(page << 8)}-{chr((page << 8) + 255)}]") for page in (3, 4, 5, 6)}
"""Greek, Cyrillic, Hebrew and Arabic by the upper byte of their code points."""
_TONES = frozenset("🏻🏼🏽🏾🏿")
_ENDING_LIKE_A_SPACE = FAMILIAR | KNOWN | {"à", "\xa0"}
_PUNCTUATION = frozenset({JOINER, "‐", "‘"})
_BULLET = re.compile(r"[\s>|*-]*\Z")
_LEADS_OF_SIGNS = frozenset({0xE2, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4})
_CLOSES = {"」": "「", "』": "『"}


@dataclass(frozen=True, slots=True)
class Filling:
    """What takes the place of a torn character: nothing where only decoration was lost."""

    text: str
    eats: int = 0
    """How many of the characters that follow were part of it: a no-break space turned into a plain one."""

    @property
    def how(self) -> str:
        """The word for it in a `Repair`."""
        return "dropped" if self.text in {"", UNKNOWN_LETTER} else "completed"


def fill(torn: str, codec: Codec, before: str, after: str) -> Filling | None:
    """Tell what a torn character was, given the text on both sides in its line.

    None where it looks like a sound letter after all. Both sides have `PICTURE` for pictures that are
    torn or were dropped. Of several letters the likeliest is taken; of several signs, none.
    """
    known = tuple(codec.byte_of.get(ord(char), MISSING) for char in torn)
    possible = completions(known, codec.lost)
    spaced, eaten = _with_a_space(known, codec, after)
    candidates = spaced if spaced and eaten else possible | spaced
    if not candidates:
        return None
    if known[0] in _LEADS_OF_SIGNS or known[:2] == (0xEF, 0xB8):
        chosen: str | None = _sign(candidates, before, after)
    else:
        chosen = _letter(candidates, before, after) or _ideograph(possible)
    if chosen is None:
        is_text = known[0] >= 0xE0 and (len(known) > 1 or _is_among_ideographs(before, after))
        return Filling(UNKNOWN_LETTER) if is_text else None
    if chosen in spaced and (eaten or chosen not in possible):
        return Filling(chosen, 1 if chosen == "\xa0" and after else eaten)
    return Filling(chosen)


def _with_a_space(known: tuple[int, ...], codec: Codec, after: str) -> tuple[frozenset[str], int]:
    """Find characters whose last byte is that of a no-break space, where one may have become plain or gone.

    With them, how many characters that follow were part of it.
    """
    if after[:1] not in {"", " "} or codec.byte_of.get(NO_BREAK_SPACE) != NO_BREAK_SPACE:
        return frozenset(), 0
    found = completions(known, bytes([NO_BREAK_SPACE])) & _ENDING_LIKE_A_SPACE
    return found, 1 if after.startswith(("  ", " s ", f" {STYLE}")) else 0


@lru_cache(maxsize=4096)
def completions(known: tuple[int, ...], lost: bytes) -> frozenset[str]:
    """Find every character whose UTF-8 gives the known bytes once bytes of `lost` are left out.

    `MISSING` among the known bytes is a place where a byte is known to be missing.
    """
    return frozenset(_completions(known, lost))


def _completions(known: tuple[int, ...], lost: bytes) -> Iterator[str]:
    size = 2 if known[0] < 0xE0 else 3 if known[0] < 0xF0 else 4
    for places in combinations(range(1, size), size - len(known)):
        rest = iter(known)
        row = [MISSING if place in places else next(rest) for place in range(size)]
        for filler in product(lost, repeat=row.count(MISSING)):
            gaps = iter(filler)
            text = bytes(byte or next(gaps) for byte in row).decode("utf-8", "ignore")
            if len(text) == 1:
                yield text


def is_torn(torn: str, codec: Codec, before: str, after: str) -> bool:
    """Tell whether a piece is the rest of a garbled character, and not a sound letter that looks like one."""
    if len(torn) == 1 and codec.byte_of.get(ord(torn), 0) >= 0xE0:
        if codec.byte_of[ord(torn)] == 0xE2:
            return not before[-1:].isalpha()
        return bool(codec.lost) and _is_among_ideographs(before, after)
    return fill(torn, codec, before, after) is not None


def _sign(possible: frozenset[str], before: str, after: str) -> str:
    """Choose the one sign that makes sense here, else nothing."""
    if STYLE in possible:
        return STYLE
    if after.startswith(STYLE) and possible & STYLED:
        return _the_only(possible & STYLED)
    if possible & _PUNCTUATION:
        return _mark_of_punctuation(possible, before, after)
    if possible & _TONES and before[-1:] in HANDS | {PICTURE}:
        return "" if before[-1:] == PICTURE else min(possible & _TONES)
    return _in_a_row(possible, before, after) or _the_only(possible)


def _the_only(possible: frozenset[str]) -> str:
    """Choose the only familiar sign, or the only known one where none is familiar."""
    hits = possible & FAMILIAR or possible & KNOWN
    return next(iter(hits)) if len(hits) == 1 else ""


def _in_a_row(possible: frozenset[str], before: str, after: str) -> str:
    """Choose a sign that draws lines, rates things or leads lines, if it stands where those do."""
    for sign in ROWS:
        if sign in possible and (after[:1] in {PICTURE, "○"} or before[-1:] in {sign, "○"}):
            return sign
    if {"●", "❗"} <= possible:
        return "●" if _BULLET.match(before) else "❗"
    return ""


def _mark_of_punctuation(possible: frozenset[str], before: str, after: str) -> str:
    """Choose a joiner between pictures, a hyphen within a word, otherwise a quotation mark."""
    left, right = before[-1:], after[:1]
    if JOINER in possible and _is_picture(left) and _is_picture(right):
        return JOINER
    if "”" not in possible:
        return "‘"
    low, high, closing = (before.rfind(mark) for mark in "„“”")
    opened = low > max(high, closing) if low >= 0 else high > closing
    if left.isalpha() and right.isalpha() and not opened:
        return "‐"
    opens = not left.strip() and bool(right.strip())
    return "„" if opens and not opened and "„" in possible else "”"


def _is_picture(char: str) -> bool:
    return char in {STYLE, "♀", "♂", "⚕", "❤"} or char >= "\U0001f000"


def _letter(possible: frozenset[str], before: str, after: str) -> str | None:
    """Choose the most likely letter of running text that fits the case of its neighbours."""
    left, right = before[-1:], after[:1]
    shouted = left.isupper() or (not left.isalpha() and right.isupper())
    fitting = [
        letter
        for letter in _letters(possible)
        if _belongs(letter, before, after)
        and not (left.islower() and letter.isupper())
        and not (shouted and letter.islower())
        and (letter not in _CLOSES or before.rfind(_CLOSES[letter]) > before.rfind(letter))
    ]
    if left.isalpha() and not right.isalpha():
        fitting.sort(key=lambda letter: letter not in LAST_LETTERS)
    if "Í" in fitting and re.match(r"AS?\b", after):
        return "Í"
    if "\xa0" in possible:
        return "\xa0"
    if "à" in possible and not left.isupper():
        return "à"
    return fitting[0] if fitting else None


@lru_cache(maxsize=4096)
def _letters(possible: frozenset[str]) -> tuple[str, ...]:
    return tuple(letter for letter in LETTERS if letter in possible)


def _belongs(letter: str, before: str, after: str) -> bool:
    """Tell whether a letter has company: a neighbour if it is Latin, else its own script in the line."""
    script = _SCRIPTS.get(ord(letter) >> 8)
    if script:
        return bool(script.search(before) or script.search(after))
    return not letter.isalpha() or letter == "à" or before[-1:].isalpha() or after[:1].isalpha()


@lru_cache(maxsize=4096)
def _ideograph(possible: frozenset[str]) -> str | None:
    """Choose the only common character of Chinese or Japanese that is possible."""
    common = [char for char in possible if _is_common(char)]
    return common[0] if len(common) == 1 else None


def _is_among_ideographs(before: str, after: str) -> bool:
    return "\u2e80" <= before[-1:] <= "\u9fff" or "\u2e80" <= after[:1] <= "\u9fff"


def _is_common(char: str) -> bool:
    """Tell whether it is among the first-level characters of GB 2312 or of JIS X 0208."""
    if not "\u3040" <= char <= "\u9fff":
        return False
    chinese, japanese = char.encode("gb2312", "ignore"), char.encode("shift_jis", "ignore")
    return b"\xb0" <= chinese[:1] < b"\xd8" or b"\x81" <= japanese[:1] < b"\x98"
