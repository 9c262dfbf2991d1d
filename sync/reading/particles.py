"""The little words around a time, as patterns made from the language files: articles, by and until, asides."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.reading.ideographs import IDEOGRAPH

LEADING = ("by", "before", "end", "begin", "mid", "late", "since", "of")
"""The groups of words that lean on the time behind them: due, until the end of, early in."""
ASIDE = re.compile(r"[(\[（←⬅⟵◀👈📍<]")
"""What opens an aside, or points at the line."""
POINTING = r"(?:[←⬅⟵◀👈📍]\ufe0f?|<[-=]+)"


@dataclass(frozen=True, slots=True)
class Particles:
    """What may stand beside a time or a title without being part of it."""

    articles: frozenset[str]
    """Words that may stand before a date without making it part of a sentence, in small letters."""
    leaning: re.Pattern[str]
    """Words at the end of a text that lean on what comes next: "by the end of "."""
    opening: re.Pattern[str]
    """The end of a text behind which a place may stand: a sign that sets it off, then only such words."""
    asides: re.Pattern[str]
    """Brackets around nothing but a word such as total, each, today; and a finger that points at the line."""
    here: re.Pattern[str]
    """Where the author stood when writing: "(today)", "← you are here"."""

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]]) -> "Particles":
        """Build the patterns from the words of each group."""
        leading = [word for group in LEADING for word in groups.get(group, ())]
        articles = frozenset(groups.get("article", ()))
        here = _any(groups.get("here", ()))
        said = _any([word for group in ("aside", "about", "here") for word in groups.get(group, ())])
        pointed = rf"{POINTING}\s*(?:{here})[\s.!)\]）]*$"
        between = rf"(?:(?:{_any([*leading, *articles])})\s+)*"
        return cls(
            articles,
            _pattern(rf"(?:(?:{_any(leading)})(?:\s*|-))+$"),
            _pattern(rf"(?:^|[(\[（:：|·•,;@]|\s[-–—~→]|^[^\w]*)\s*{between}$"),
            _pattern(rf"[(\[（]\s*(?:(?:{said})\.?|[~+:\s])*\s*[)\]）]|{pointed}"),
            _pattern(rf"[(\[（]\s*(?:{here})\s*[)\]）]|{pointed}"),
        )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first; in scripts with blanks only where a word begins."""
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    glued = [re.escape(word) for word in listed if IDEOGRAPH.match(word)]
    whole = [re.escape(word) for word in listed if not IDEOGRAPH.match(word)]
    return "|".join([*glued, *([rf"(?<!\w)(?:{'|'.join(whole)})"] if whole else [])]) or "(?!)"
