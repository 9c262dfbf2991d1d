"""A Markdown text as an outline: what stands under what, with source lines.

markdown-it-py finds the blocks (CommonMark and tables); this module nests them the way people mean
them: bold lines and labels act as headings, wrapped lines belong together, hard-broken ones do not.
"""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sync.reading.html_blocks import HtmlBlocks, Piece
from sync.reading.inline import WHOLE_EMPHASIS, WHOLE_STRONG, bare, box, clean
from sync.reading.nodes import Node, Shape
from sync.reading.prose import CAPTION_WORDS, DRAWN_BULLET, Prose, Starts

BLANKS = dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), " ")
"""Odd blanks that mean a plain one."""
ODD = re.compile(f"[{''.join(map(chr, BLANKS))}]")
NUMBER_IN_BULLET = re.compile(r"\s*[-*+]\s+(?P<number>\d{1,9}[.)])\s")
LEVEL = {Shape.STRONG: 7, Shape.LABEL: 9}
LONGEST_HEADING = 120
"""Characters beyond which a bold line is a sentence rather than a heading."""


@cache
def _parser() -> MarkdownIt:
    # Indented code is never meant in a roadmap (deep lists and pasted HTML are); link definitions would
    # vanish without a trace; inline rules cost half the time and are not needed.
    rules = MarkdownIt("commonmark", {"html": True}).enable("table")
    return rules.disable(["code", "reference", "inline", "text_join"])


def outline(lines: Sequence[str], first: int, starts: Starts) -> Node:
    """The outline of the lines from index `first` on.

    `starts` tells whether a text begins with a place in time, which makes it a line of its own.
    """
    builder = _Builder(lines, first, starts)
    builder.blocks(_parser().parse("\n".join(lines[first:]) + "\n"))
    return builder.root


class _Builder:
    """Takes the flat token stream and keeps the stack of what is open."""

    def __init__(self, lines: Sequence[str], first: int, starts: Starts) -> None:
        self.lines = lines
        self.first = first
        self.starts = starts
        self.prose = Prose(lines, starts)
        self.root = Node(Shape.ROOT, first + 1, max(len(lines), first + 1))
        self.open: list[Node] = [self.root]
        self.items: list[Node] = []
        self.quotes = 0
        self.html = HtmlBlocks()
        self.table: Node | None = None
        """The HTML table whose rows are being read."""
        self.plain: Node | None = None
        """The last plain line that acts as a heading because it says when the list below it is."""
        self.bullets: list[tuple[int, Node]] = []
        """Indentation and node of the items drawn in this paragraph that are still open."""

    def blocks(self, tokens: list[Token]) -> None:
        """Read all tokens."""
        i = 0
        while i < len(tokens):
            i = self._block(tokens, i)

    def _block(self, tokens: list[Token], i: int) -> int:
        token = tokens[i]
        kind = token.type
        if kind == "heading_open":
            self._heading(token, tokens[i + 1])
            return i + 3
        if kind == "paragraph_open":
            self._paragraph(tokens, i)
            return i + 3
        if kind == "table_open":
            return self._table(tokens, i)
        if kind == "html_block":
            self._html(token)
        elif kind == "fence":
            self._add(Node(Shape.FENCE, *self._span(token), markup=token.content, info=token.info.strip()))
        elif kind == "hr":
            self._close(7)
            self._add(Node(Shape.RULE, *self._span(token)))
        else:
            self._nesting(token)
        return i + 1

    def _nesting(self, token: Token) -> None:
        kind = token.type
        if kind == "list_item_open":
            begin, end = self._span(token)
            if self.items and self.items[-1].line == begin and not self.items[-1].text:
                # "- 12. March" is a numbered list in a bullet to CommonMark, and a date to its author
                self.items.append(self.items[-1])
                return
            node = Node(Shape.ITEM, begin, end, quoted=self.quotes > 0)
            self._add(node)
            self.items.append(node)
        elif kind == "list_item_close":
            self.items.pop()
        elif kind == "blockquote_open":
            self.quotes += 1
        elif kind == "blockquote_close":
            self.quotes -= 1

    def _span(self, token: Token) -> tuple[int, int]:
        begin, end = token.map or [0, 1]
        last = min(self.first + end, len(self.lines))
        while last > self.first + begin + 1 and not self.lines[last - 1].strip():
            last -= 1
        return self.first + begin + 1, last

    def _close(self, level: int) -> None:
        while len(self.open) > 1 and self.open[-1].level >= level:
            self.open.pop()

    def _add(self, node: Node) -> None:
        if self.items:
            self.items[-1].children.append(node)
            return
        if node.shape is not Shape.ITEM and self.open[-1].shape is Shape.LABEL:
            self.open.pop()
        self.open[-1].children.append(node)

    def _section(self, node: Node) -> None:
        """Open a heading of any sort; inside a list item it nests no further."""
        if self.items:
            self.items[-1].children.append(node)
            return
        self._close(node.level)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _heading(self, token: Token, inline: Token) -> None:
        begin, end = self._span(token)
        begin = self._first_line(begin, end, inline.content.count("\n") + 1)
        node = self._text(Node(Shape.HEADING, begin, end), inline.content.replace("\n", " "))
        node.level = int(token.tag[1])
        self._section(node)

    def _paragraph(self, tokens: list[Token], i: int) -> None:
        texts = tokens[i + 1].content.split("\n")
        pieces = self.prose.pieces(
            texts, self._first_line(*self._span(tokens[i]), len(texts)), listed=bool(self.items)
        )
        self.bullets = []
        if not pieces:
            return
        if self.items and not self.items[-1].text and not self.items[-1].children:
            line, end, markup = pieces.pop(0)
            number = NUMBER_IN_BULLET.match(self.lines[line - 1])
            self._item_text(self.items[-1], f"{number['number']} {markup}" if number else markup)
            self.items[-1].line = line
            if not pieces:
                return
        before_list = i + 3 < len(tokens) and tokens[i + 3].type.endswith("list_open")
        drawn = [DRAWN_BULLET.match(markup.lstrip()) is not None for _, _, markup in pieces]
        heads = [
            is_item
            or self.prose.is_below(line, text)
            or (self.prose.is_bare_place(above) and not self.starts(text))
            for is_item, (_, _, above), (line, _, text) in zip(drawn[1:], pieces, pieces[1:], strict=False)
        ]
        for (line, end, markup), is_item, introduces in zip(
            pieces, drawn, [*heads, before_list], strict=False
        ):
            if is_item:
                self._drawn_item(line, end, markup.lstrip())
            else:
                self._line(line, end, markup, introduces=introduces, first=line == pieces[0][0])

    def _first_line(self, begin: int, end: int, count: int) -> int:
        """Where a paragraph's text begins: lines of odd blanks alone, such as NBSP, are stripped from its content.

        Some of them, such as U+001C, are not: then the content has as many lines as the paragraph.
        """
        while begin + count <= end and not self.lines[begin - 1].replace(">", " ").strip():
            begin += 1
        return begin

    def _item_text(self, node: Node, markup: str) -> None:
        found = box(markup)
        if found is not None:
            node.box, markup = found.done, found.rest
        self._text(node, markup)

    def _text(self, node: Node, markup: str) -> Node:
        node.markup = _with_plain_blanks(markup)
        node.text = bare(clean(node.markup))
        node.quoted = self.quotes > 0
        return node

    def _drawn_item(self, line: int, end: int, markup: str) -> None:
        """An item whose bullet is drawn; one that is indented deeper belongs to the one above."""
        indent = self.prose.indent(line)
        while self.bullets and self.bullets[-1][0] >= indent:
            self.bullets.pop()
        node = Node(Shape.ITEM, line, end)
        self._item_text(node, DRAWN_BULLET.sub("", markup, count=1))
        if self.bullets:
            self.bullets[-1][1].children.append(node)
        else:
            self._add(node)
        self.bullets.append((indent, node))

    def _line(self, line: int, end: int, markup: str, *, introduces: bool, first: bool) -> None:
        shape = Shape.PARAGRAPH if self.quotes else self._shape(markup, introduces=introduces, first=first)
        node = self._text(Node(shape, line, end), markup)
        starts = not self.items and self.starts(node.text)
        if shape is Shape.PARAGRAPH:
            head = self.open[-1]
            if starts and head is self.plain and self.prose.indent(line) <= self.prose.indent(head.line):
                self._close(node.level or LEVEL[Shape.STRONG])
            found = box(node.markup)
            if found is not None:
                node.box, node.markup = found.done, found.rest
                node.text = bare(clean(found.rest))
            self._add(node)
        else:
            node.level = LEVEL[shape]
            self.plain = node if shape is Shape.STRONG and starts and "*" not in markup else None
            self._section(node)

    def _shape(self, markup: str, *, introduces: bool, first: bool) -> Shape:
        """What a line of prose acts as: a heading when bold, placed above a list, or a short name above it."""
        strong = WHOLE_STRONG.match(markup) or WHOLE_EMPHASIS.match(markup)
        text = bare(clean(markup))
        placed = introduces and self.starts(clean(markup)) and len(markup) <= LONGEST_HEADING
        sentence = text.endswith(".") and len(text.split()) > 2 * CAPTION_WORDS
        if (strong is not None and len(strong["body"]) <= LONGEST_HEADING and not sentence) or placed:
            return Shape.STRONG
        named = text[-1:].isalnum() and text[:1].isupper() and ":" not in text
        caption = first and named and len(text.split()) <= CAPTION_WORDS
        return Shape.LABEL if introduces and (caption or text.endswith((":", "："))) else Shape.PARAGRAPH

    def _table(self, tokens: list[Token], i: int) -> int:
        begin, end = self._span(tokens[i])
        table = Node(Shape.TABLE, begin, end, quoted=self.quotes > 0)
        self._add(table)
        shape = Shape.HEADER
        while tokens[i].type != "table_close":
            if tokens[i].type == "tbody_open":
                shape = Shape.ROW
            elif tokens[i].type == "tr_open":
                row = Node(shape, *self._span(tokens[i]))
                cells: list[str] = []
                while tokens[i].type != "tr_close":
                    if tokens[i].type == "inline":
                        cells.append(_with_plain_blanks(tokens[i].content))
                    i += 1
                row.cells = tuple(cells)
                row.text = " | ".join(cells)
                table.children.append(row)
            i += 1
        return i + 1

    def _html(self, token: Token) -> None:
        """Raw HTML: what it says is read like Markdown, the rest is kept as it is."""
        begin, end = self._span(token)
        pieces = self.html.read(token.content, begin)
        for piece in pieces:
            self._piece(piece)
        if not pieces:
            self._add(Node(Shape.HTML, begin, end, markup=token.content))

    def _piece(self, piece: Piece) -> None:
        if piece.tag == "tr":
            self._html_row(piece)
            return
        self.table = None
        if piece.tag[0] == "h":
            node = self._text(Node(Shape.HEADING, piece.line, piece.end), piece.text)
            node.level = int(piece.tag[1])
            self._section(node)
        else:
            shape = Shape.ITEM if piece.tag in {"li", "dd"} else Shape.PARAGRAPH
            node = Node(shape, piece.line, piece.end)
            self._item_text(node, piece.text)
            self._add(node)

    def _html_row(self, piece: Piece) -> None:
        """A row joins the table above it; a row of headings begins a new one."""
        if self.table is None or piece.header:
            self.table = Node(Shape.TABLE, piece.line, piece.end, quoted=self.quotes > 0)
            self._add(self.table)
        row = Node(Shape.HEADER if piece.header else Shape.ROW, piece.line, piece.end)
        row.cells = tuple(map(_with_plain_blanks, piece.cells))
        row.text = " | ".join(piece.cells)
        self.table.children.append(row)
        self.table.end = piece.end


def _with_plain_blanks(text: str) -> str:
    return text.strip() if text.isascii() or ODD.search(text) is None else text.translate(BLANKS).strip()
