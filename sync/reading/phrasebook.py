"""Groups of phrases that are looked for in headings, labels and columns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sync.reading.ideographs import IDEOGRAPH

WORD_START = re.compile(r"\w+")
REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Phrases:
    """Some phrases, found as whole words whatever their case; scripts without blanks have no word borders."""

    whole: dict[str, int]
    """Each phrase with its place in the list."""
    by_word: dict[str, tuple[str, ...]]
    """The first word of a phrase to the phrases that begin with it."""
    anywhere: tuple[str, ...]
    """Phrases that do not begin with a word of letters: signs, and scripts without blanks."""

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """Sort phrases by the way in which they are found."""
        whole: dict[str, int] = {}
        for phrase in phrases:
            whole.setdefault(phrase.casefold(), len(whole))
        by_word: dict[str, list[str]] = {}
        anywhere = []
        for phrase in sorted(whole):
            head = WORD_START.match(phrase)
            if head is None or IDEOGRAPH.search(phrase):
                anywhere.append(phrase)
            else:
                by_word.setdefault(head.group(), []).append(phrase)
        return cls(whole, {head: tuple(found) for head, found in by_word.items()}, tuple(anywhere))

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands anywhere in the text."""
        folded, words = _words(text)
        if not self.by_word.keys().isdisjoint(words):  # most texts hold no word of most groups
            for match in WORD_START.finditer(folded):
                for phrase in self.by_word.get(match.group(), ()):
                    if folded.startswith(phrase, match.start()) and _ends(folded, phrase, match.start()):
                        return True
        return bool(self.anywhere) and any(_stands(phrase, folded) for phrase in self.anywhere)

    def open(self, text: str) -> bool:
        """Whether the text begins with one of them."""
        folded, words = _words(text)
        named = self.by_word.get(words[0], ()) if words and folded.startswith(words[0]) else ()
        return any(folded.startswith(phrase) and _ends(folded, phrase, 0) for phrase in named) or any(
            folded.startswith(phrase) for phrase in self.anywhere
        )

    def are(self, text: str) -> bool:
        """Whether the text is one of them and nothing else."""
        return _folded(text.strip()) in self.whole

    def rank(self, text: str) -> int | None:
        """The place in the list of the one that the text is; None where it is none of them."""
        return self.whole.get(_folded(text.strip()))


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> tuple[str, tuple[str, ...]]:
    """The folded text and its words; the same line is asked for many groups in turn."""
    folded = _folded(text)
    return folded, tuple(WORD_START.findall(folded))


def _folded(text: str) -> str:
    return text.casefold().replace("’", "'")


def _stands(phrase: str, folded: str) -> bool:
    at = folded.find(phrase)
    return at >= 0 and (IDEOGRAPH.search(phrase) is not None or _ends(folded, phrase, at))


def _ends(folded: str, phrase: str, start: int) -> bool:
    """Whether the phrase ends where a word ends."""
    after = folded[start + len(phrase) : start + len(phrase) + 1]
    return not (phrase[-1].isalnum() and (after.isalnum() or after == "_"))
