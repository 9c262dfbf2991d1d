"""Raw HTML in Markdown: its headings, lists and tables as pieces of the outline, with source lines."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th", "caption", "summary", "dt", "dd"}
)
"""Tags whose text is a piece of its own."""


@dataclass(slots=True)
class Piece:
    """A heading, list item, paragraph or table row found in HTML."""

    tag: str
    """h1 to h6, li, p, or tr."""
    line: int
    end: int
    text: str = ""
    cells: list[str] = field(default_factory=list)
    header: bool = False
    """Whether every cell of a row is a heading cell."""


class HtmlBlocks(HTMLParser):
    """Collects pieces; a table may run over several blocks, because blank lines end a block in Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._first = 0
        self._row: Piece | None = None
        self._open: Piece | None = None
        self._tag = ""
        self._words: list[str] = []

    def read(self, text: str, first: int) -> list[Piece]:
        """The pieces that a block completes; `first` is its first source line, from 1."""
        self.pieces = []
        self._first = first - self.getpos()[0]
        text = text if text.endswith("\n") else text + "\n"
        self.feed(text)
        last = first + text.count("\n") - 1
        for piece in self.pieces:
            # the parser keeps a broken tag back, and its lines are counted once more with the next block
            piece.end = min(piece.end, last)
            piece.line = min(piece.line, piece.end)
        return self.pieces

    def _line(self) -> int:
        return self._first + self.getpos()[0]

    def parse_html_declaration(self, i: int) -> int:
        """Skip what begins with `<!`; the parser's own way raises AssertionError where no name follows `<![`."""
        if self.rawdata[i : i + 3] == "<![":
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a piece, or mark a break inside one."""
        del attrs
        if tag == "tr":
            self._finish()
            self._row = Piece("tr", self._line(), self._line(), header=True)
        elif tag == "br":
            self._words.append("<br>")
        elif tag in BLOCKS:
            self._finish()
            self._tag, self._words = tag, []
            self._open = Piece(tag, self._line(), self._line())

    def handle_endtag(self, tag: str) -> None:
        """Complete a piece."""
        if tag in BLOCKS:
            self._finish()
        elif tag in {"tr", "table"}:
            self._finish()
            if self._row is not None and any(self._row.cells):
                self._row.end = self._line()
                self.pieces.append(self._row)
            self._row = None

    def handle_data(self, data: str) -> None:
        """Collect the words of the open piece."""
        if self._open is not None:
            self._words.append(data)

    def _finish(self) -> None:
        piece, self._open = self._open, None
        if piece is None:
            return
        piece.text = " ".join("".join(self._words).split())
        piece.end = self._line()
        if self._tag in {"td", "th"} and self._row is not None:
            self._row.cells.append(piece.text)
            self._row.header = self._row.header and self._tag == "th"
        elif piece.text:
            self.pieces.append(piece)
