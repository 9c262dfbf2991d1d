"""The lines of a paragraph: which of them stand by themselves, and which continue the one above."""

import re
from collections.abc import Callable, Sequence

from sync.reading.inline import LEADING, bare, box, clean, plain_lead

DRAWN_BULLET = re.compile(r"(?:[•◦‣▪▫●○∙·–—*+-]|\d{1,3}[.)])\s+(?=\S)")
"""A bullet that CommonMark takes for text: a drawn one, or one indented too far below a line of text."""
CAPTION_WORDS = 4
"""Words up to which a plain line above a list is its heading."""
Starts = Callable[[str], bool]
"""Tells whether a text begins with a place in time."""
Piece = tuple[int, int, str]
"""First source line, last source line and text of what stands by itself."""


class Prose:
    """The source lines of a document, asked how those of a paragraph belong together."""

    def __init__(self, lines: Sequence[str], starts: Starts) -> None:
        self._lines = lines
        self._starts = starts

    def pieces(self, texts: Sequence[str], begin: int, *, listed: bool) -> list[Piece]:
        """The lines of a paragraph from source line `begin` on, wrapped ones joined; `listed` inside a list item."""
        pieces: list[Piece] = []
        for at, text in enumerate(texts):
            line = begin + at
            if not text.strip():
                continue  # a blank to us that is none to Markdown
            if pieces and not self._own_line(line, text, listed=listed):
                first, _, before = pieces[-1]
                pieces[-1] = (first, line, f"{before} {text.strip()}")
            else:
                pieces.append((line, line, text))
        return pieces

    def _own_line(self, line: int, text: str, *, listed: bool) -> bool:
        """Whether a line of a paragraph stands by itself rather than continuing the one above."""
        above = self._lines[line - 2] if line >= 2 else ""
        if above.endswith(("  ", "\\")) or above.rstrip().lower().endswith(("<br>", "<br/>", "<br />")):
            return True
        stripped = text.lstrip()
        if stripped.startswith("**") or box(stripped) is not None or above.rstrip().endswith("**"):
            return True
        if LEADING.match(stripped) is not None or DRAWN_BULLET.match(stripped) or self._starts(stripped):
            return True
        if not listed and (self.is_below(line, stripped) or self.is_bare_place(above)):
            return True
        # two labels one below the other are two statements: "Start date: ..." and "End date: ..."
        return plain_lead(stripped) is not None and plain_lead(above.strip()) is not None

    def is_below(self, line: int, text: str) -> bool:
        """Whether a line is indented deeper than a short one that says when, or says when itself."""
        above = self._lines[line - 2] if line >= 2 else ""
        if not above.strip() or self.indent(line) <= self.indent(line - 1):
            return False
        short = len(above.split()) < CAPTION_WORDS and self._starts(bare(clean(above.strip())))
        return short or self._starts(bare(clean(text)))

    def is_bare_place(self, text: str) -> bool:
        """Whether a line is little more than a place in time, as SEMANA 1 above its days."""
        words = bare(clean(text.strip()))
        return len(words.split()) < CAPTION_WORDS and not words.endswith(".") and self._starts(words)

    def indent(self, line: int) -> int:
        """How many blanks a source line begins with."""
        raw = self._lines[line - 1]
        return len(raw) - len(raw.lstrip())
