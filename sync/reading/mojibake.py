"""Tables and patterns of mojibake: UTF-8 that was once read in a single-byte encoding.

A lead byte of UTF-8 says how many continuation bytes follow, so in garbled text every character that
stands for a lead byte must be followed by that many characters which stand for continuation bytes.
Where there are fewer, bytes were lost: the encoding has no character for them, and whatever read the
text left them out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

LOST_MARKS = "\ufffd\x1a"
"""What some programs write in the place of a byte they could not read."""

QUOTES_AND_DASHES = "\xa0\xad’‘“”„‚«»‹›…–—•™®·¡¿"
"""What may follow a letter in sound text, so that such a pair alone proves nothing."""

STRAY_CONTROL = re.compile("[\x80-\x9f]")
"""C1 controls: punctuation of Windows-1252 that was read as Latin-1."""

RARE = re.compile("[βāí](?:€[\u2013-\u203a\u2122]|\xa0½í)")
"""Mojibake of encodings too rare for a table here: Greek, Baltic, and halves of surrogate pairs."""

LEADING = "<C2-C5,CE-D2,D7-DB,E0-F0>"
"""Lead bytes with which a sure sequence begins."""

_LEADS_OF_RARE_LETTERS = frozenset({*range(0xC6, 0xCE), *range(0xD2, 0xD7), *range(0xDC, 0xE0)})
_SUPERSCRIPTS = "²³¹°ªº£¥¤¢€"
_MATHEMATICS = "π∞∑∏∫Ω±≤≥µ∂°"
_BOXES = "│┤╡╢╖╕╣║╗╝╜╛┐░▒▓"


@dataclass(frozen=True, slots=True, eq=False)
class Codec:
    """A single-byte encoding through which UTF-8 may have been read."""

    name: str
    byte_of: Mapping[int, int]
    """Code point to byte value; the C1 controls stand for bytes that the encoding does not define."""
    lost: bytes
    """The bytes without a character of their own, which a reader may have left out."""
    letters: str
    """Letters of the languages whose computers read text in this encoding of old."""
    pair: re.Pattern[str]
    """A lead byte's character and one that may follow it: quick, and true of much sound text."""
    piece: re.Pattern[str]
    """One garbled character (group 1), or what is left of one."""
    sure: re.Pattern[str]
    """Sequences that do not occur in sound text of any language."""

    @property
    def has_torn_signs(self) -> bool:
        """Whether it loses bytes that signs are full of, and letters hardly follow its lead bytes."""
        return 0x9D in self.lost

    def undo(self, garbled: str) -> str:
        """Give the character behind a whole garbled one."""
        return garbled.translate(self.byte_of).encode("latin-1").decode("utf-8")

    def is_doubtful(self, garbled: str, before: str) -> bool:
        """Tell whether a sound reading is likelier than the letter that it would stand for.

        CAFÉ… would give a phonetic sign, the Ukrainian віє a Coptic letter.
        """
        first, second = (self.byte_of.get(ord(char), 0) for char in garbled.ljust(2)[:2])
        if len(garbled) == 2:
            return first in _LEADS_OF_RARE_LETTERS and before.isupper()
        return first == 0xE2 and second >= 0xB0 and garbled.isalpha()

    def proofs(self, text: str) -> Iterator[tuple[int, int]]:
        """Find where sure signs of this encoding begin and end, in order and without overlap."""
        end = 0
        while pair := self.pair.search(text, end):
            proof = self.sure.match(text, pair.start())
            end = proof.end() if proof else pair.start() + 1
            if proof:
                yield proof.span()


@dataclass(frozen=True, slots=True)
class _Family:
    """What tells one encoding from another when sure signs are looked for."""

    name: str
    python: str
    natural: str = QUOTES_AND_DASHES
    """Characters for continuation bytes that follow letters in sound text too."""
    latin: tuple[str, ...] = ()
    """Patterns of garbled Latin letters; byte ranges in angles stand for classes of characters."""
    letters: str = ""
    letters_follow: bool = False
    """Whether its continuation bytes are letters, so that pairs of them prove little."""


_WINDOWS_LATIN = (
    r"<C3><sure>",
    r"<C2><sure A0-BF>",
    rf"<C4-C5,CE-D1>(?![{_SUPERSCRIPTS}])<sure>",
    r"<C4-C5,CE-CF>[«°²³¹ªº](?=[a-z])",
    r"(?<=[a-z])<C3-C5><80-BF>",
    r"(?<=[a-z])<C2><A0-BF>",
)
_A_LONE_CAPITAL = (
    r"(?<![A-ZÀ-Þ])Ã (?!\w\b(?!['’]))",
    r"""(?<![^\W\d_])(?<!['"“„‘‚«»‹›(\[/])<C3>(?!’)<80-BF>""",
    r"""(?<![^\W\d_])(?<!['"“„‘‚«»‹›(\[/])<C2><A0-BF>""",
    r"(?<=[^\W\d_])<C3>[‘“”™‹„‚](?=[^\W\d_])",
)
_MAC_LATIN = (
    rf"<C3>(?![{_MATHEMATICS}])<80-BF>",
    r"(?<=[^\W\d_])<C3><80-BF>(?=[^\W\d_])",
    r"<C2>[†©Æ£ß∑•]",
    rf"<C4-C5>(?![{_MATHEMATICS}£])<80-BF>",
)
_DOS_LATIN = (rf"<C3>(?![{_BOXES}])<80-BF>", rf"<C2>(?![{_BOXES}])<A0-AF>")

FAMILIES = (
    _Family("mac-roman", "mac_roman", "", _MAC_LATIN, letters_follow=True),
    _Family("windows-1252", "cp1252", latin=_WINDOWS_LATIN + _A_LONE_CAPITAL),
    _Family("windows-1254", "cp1254", latin=_WINDOWS_LATIN + _A_LONE_CAPITAL, letters="ğışİ"),
    _Family("windows-1250", "cp1250", QUOTES_AND_DASHES + "ŠŚŤŽŹšśťžźŁĄŞŻłąşĽľż", _WINDOWS_LATIN),
    _Family(
        "windows-1251",
        "cp1251",
        QUOTES_AND_DASHES + "ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґёєјЅѕї°№§",
        (r"<C2><sure A0-BF>", r"<C3><sure>", r"(?<=[a-z])<C2-C5><80-BF>", r"<E2><98-9E>[…•–—ЂЃЉЊЌЋЏ]"),
    ),
    _Family("ibm-437", "cp437", "", _DOS_LATIN, letters_follow=True),
    _Family("ibm-850", "cp850", "", _DOS_LATIN, letters_follow=True),
)
"""In the order in which they are preferred where the text fits several alike."""

_WHOLE = (
    r"<F0><90-BF><80-BF><80-BF>|<F1-F3><80-BF><80-BF><80-BF>|<F4><80-8F><80-BF><80-BF>"
    r"|<E0><A0-BF><80-BF>|<E1-EC,EE-EF><80-BF><80-BF>|<ED><80-9F><80-BF>|<C2-DF><80-BF>"
)
_TORN = r"<F0-F4><gap>{0,3}|<E0-EF><gap>{0,2}|<C2-DF>[" + LOST_MARKS + "]?"
_SIGNS = (
    r"<F0><90-BF><80-BF><80-BF>",
    r"<E2><80><80-BF>",
    r"<E2>(?:<sure 80-84,86-8F,95-9F,A4-A5,AC-AD><80-BF>|<80-84,86-8F,94-9F,A4-A5,AC-AD><sure>)",
    r"<EF>(?:<AC><80-84>|<B8><8F>|<BB><BF>|<BF><BD>|<BC-BD><80-BF>)",
)
_TORN_SIGNS = (
    r"<F0><9F><gap>{0,2}",
    r"<E2><80>[" + LOST_MARKS + "]?(?!<80-BF>)",
    r"<E2>[" + LOST_MARKS + "]<sure>(?!<80-BF>)",
    r"<E2><sure>[" + LOST_MARKS + "]?(?!<80-BF>)",
    r"<EF><AC,B8>[" + LOST_MARKS + "]?(?!<80-BF>)",
)
_DENSE = (
    r"(?:<CE-CF><80-BF>){3,}",
    r"(?:<D0-D2><80-BF>){3,}",
    r"(?:<D7><80-BF>){3,}",
    r"(?:<D8-DB><80-BF>){3,}",
    r"(?:<E0-EF><80-BF><80-BF>){3,}",
)
_LETTERS = r"<E0-E1,E3-ED>(?!´)<sure><sure>"


@cache
def codecs() -> tuple[Codec, ...]:
    """List the encodings that are tried, compiled once and only when damage was seen."""
    return tuple(_codec(family) for family in FAMILIES)


def is_suspicious(text: str) -> bool:
    """Tell whether any encoding's sure signs, lone control characters or rare mojibake are in the text.

    Sound text of any language pays one scan for pairs; the patterns behind it are compiled only once
    such a pair has been seen.
    """
    if STRAY_CONTROL.search(text) or RARE.search(text):
        return True
    end = 0
    while pair := _any_pair().search(text, end):
        if _any_sure().match(text, pair.start()):
            return True
        end = pair.start() + 1
    return False


@cache
def _any_pair() -> re.Pattern[str]:
    """Compile what every sure sequence begins with; Cyrillic followers count only where more follows.

    Without that, nearly every Ukrainian word would be looked at closely.
    """
    tables = [byte_table(family.python) for family in FAMILIES]
    leading = set(_ranges(LEADING.strip("<>")))
    leads = {chr(point) for table in tables for point, byte in table.items() if byte in leading}
    followers = {chr(point) for table in tables for point, byte in table.items() if 0x80 <= byte <= 0xBF}
    letters = {char for char in followers if "\u0400" <= char <= "\u04ff"}
    others = _one_of(followers - letters | set(LOST_MARKS))
    more = _one_of(followers | {chr(point) for point in range(0x0410, 0x0430)})
    cyrillic = f"{_one_of(letters)}(?:(?<=[a-z][ВГДЕ].)|(?={more}))"
    return re.compile(f"{_one_of(leads)}(?:{others}|{cyrillic}|(?<=Ã) )")


@cache
def _any_sure() -> re.Pattern[str]:
    return re.compile("|".join(_sure(family) for family in FAMILIES))


def _one_of(chars: Iterable[str]) -> str:
    return "[" + re.escape("".join(sorted(chars))) + "]"


def _codec(family: _Family) -> Codec:
    byte_of = byte_table(family.python)
    write = _writer(family)
    return Codec(
        name=family.name,
        byte_of=byte_of,
        lost=bytes(sorted(_undefined(family.python))),
        letters=family.letters,
        pair=re.compile(write(LEADING + r"(?:<gap>|(?<=Ã) )")),
        piece=re.compile(f"({write(_WHOLE)})|{write(_TORN)}"),
        sure=re.compile(_sure(family)),
    )


def _sure(family: _Family) -> str:
    """Write the pattern of all sequences that prove this encoding."""
    parts = [*_SIGNS, *family.latin, *_DENSE]
    if 0x9D in _undefined(family.python):
        parts += _TORN_SIGNS
    if not family.letters_follow:
        parts.append(_LETTERS)
    write = _writer(family)
    return "|".join(write(part) for part in parts)


def _undefined(python: str) -> set[int]:
    return {byte for byte in range(0x80, 0x100) if not bytes([byte]).decode(python, "ignore")}


def byte_table(python: str) -> dict[int, int]:
    """Map code points to bytes, with the C1 controls as a second name for the bytes 80 to 9F."""
    windows = {} if python in {"mac_roman", "cp437", "cp850"} else {byte: byte for byte in range(0x80, 0xA0)}
    read = {byte: bytes([byte]).decode(python, "ignore") for byte in range(0x80, 0x100)}
    return windows | {ord(char): byte for byte, char in read.items() if char}


def _writer(family: _Family) -> Callable[[str], str]:
    """Make a function that turns `<byte ranges>` in a pattern into classes of this encoding's characters.

    `<gap>` is any continuation byte or the mark of a lost one, `<sure>` any that does not follow letters
    in sound text, `<sure A0-BF>` those of a range.
    """
    byte_of = byte_table(family.python)

    def class_of(bytes_: Iterable[int], *, without: str = "", also: str = "") -> str:
        """A class of the characters that these bytes became."""
        wanted = set(bytes_)
        chars = {chr(point) for point, byte in byte_of.items() if byte in wanted} - set(without) | set(also)
        return _one_of(chars) if chars else r"(?!)"

    def replace(match: re.Match[str]) -> str:
        """The class that one `<...>` stands for."""
        word, _, rest = match[1].partition(" ")
        if word == "gap":
            return class_of(range(0x80, 0xC0), also=LOST_MARKS)
        if word == "sure":
            return class_of(_ranges(rest or "80-BF"), without=family.natural)
        return class_of(_ranges(word))

    return lambda pattern: re.sub(r"<((?:gap|sure|[0-9A-F]{2})[^<>]*)>", replace, pattern)


def _ranges(text: str) -> Iterable[int]:
    """Expand `C2-C5,CE` to byte values."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
