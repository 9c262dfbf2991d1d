"""Changes keys of ours in a document and leaves every other byte where it is.

Edits are splices into the text, found through the places of the YAML nodes and applied from the end.
The result is read again before it is handed out.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any, NamedTuple, cast

from sync.errors import RoadmapUnreadable, UsageError
from sync.reading.frontmatter import read_front_matter
from sync.reading.frontmatter_fence import Fenced, find
from sync.reading.frontmatter_model import ALL_KEYS, override
from sync.reading.frontmatter_values import UnfitError
from sync.reading.frontmatter_yaml import flow
from sync.reading.frontmatter_yaml import override as override_line
from sync.reading.options import DEFAULTS, Override
from sync.reading.yaml_nodes import Node, Place

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
COLON = re.compile(r"[ \t]*:")
COMMA = re.compile(r"\s*,")
EMPTY = ("[]", "{}")

Entry = tuple[Node, Node]


class Splice(NamedTuple):
    """Text to put in place of what stands from `start` up to `end`, as offsets."""

    start: int
    end: int
    text: str


class _Page:
    """A document as text and as lines, with the way from places to offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = LINE.findall(text)
        self.starts = [0, *accumulate(map(len, self.lines))]
        ending = re.search(r"\r\n|\r|\n", text)
        self.eol = ending[0] if ending else "\n"

    def at(self, place: Place) -> int:
        """The offset of a place in the text."""
        return self.starts[place.line] + place.column

    def between(self, node: Node) -> str:
        """The text of a node, as it is written."""
        return self.text[self.at(node.start) : self.at(node.end)]

    def rows(self, rows: Sequence[str]) -> str:
        """Lines with the document's own line ends."""
        return "".join(row + self.eol for row in rows)

    def spliced(self, splices: Sequence[Splice]) -> str:
        """The text with some stretches replaced, the last first so that offsets hold."""
        text = self.text
        for start, end, new in sorted(splices, key=lambda splice: splice[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text


def edited(text: str, changes: Mapping[str, object]) -> str:
    """Return the document with the changes made; see `frontmatter.with_options`."""
    unknown = sorted(changes.keys() - set(ALL_KEYS))
    if unknown:
        raise UsageError(f"`{unknown[0]}` is no key of a roadmap.", f"The keys are {', '.join(ALL_KEYS)}.")
    said = {key: changes[key] for key in ALL_KEYS if _says(key, changes.get(key))}
    gone = changes.keys() - said.keys()
    wanted = {**{key: getattr(DEFAULTS, key) for key in gone}, **_as_read(said)}
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    page = _Page(text.removeprefix("\ufeff"))
    fenced = find(page.lines)
    splices = _created(page, said) if fenced is None else _changed(page, fenced, said, gone)
    return bom + _checked(page, page.spliced(splices), wanted)


def _says(key: str, value: object) -> bool:
    return value is not None and flow(key, value) not in EMPTY


def _as_read(said: Mapping[str, object]) -> dict[str, Any]:
    """Return the values as they will be read back; raises UsageError for one that cannot be."""
    inside = ", ".join(f"{key}: {flow(key, value)}" for key, value in said.items())
    front = read_front_matter(["---", f"roadmap: {{{inside}}}", "---"])
    if front.problems:
        raise UsageError(front.problems[0].message, front.problems[0].suggestion)
    return {key: getattr(front.options, key) for key in said}


def _checked(page: _Page, after: str, wanted: Mapping[str, Any]) -> str:
    """Return `after` if it says what the page said and what was wanted, and nothing else."""
    lines = LINE.findall(after)
    old, new = read_front_matter(page.lines), read_front_matter(lines)
    expected = replace(old.options, **wanted)
    if expected.end is None and "end" not in wanted:
        expected = replace(expected, end=new.options.end)  # it was before the start, and no longer is
    if expected.start and expected.end and expected.end < expected.start:
        title = f"The end of the plan ({expected.end}) would lie before its start ({expected.start})."
        raise UsageError(title, "Change both, or choose another day.")
    if new.options != expected or _is_yaml(page.lines) > _is_yaml(lines):
        raise _by_hand(wanted)
    return after


def _is_yaml(lines: Sequence[str]) -> bool:
    fenced = find(lines)
    return fenced is None or fenced.root is not None


def _by_hand(keys: Collection[str]) -> RoadmapUnreadable:
    title = "The front matter of this roadmap is written in a way that cannot be changed safely."
    return RoadmapUnreadable(title, f"Write {', '.join(keys)} below `roadmap:` by hand.")


def _rows(key: str, value: object, indent: str) -> list[str]:
    if key != "overrides":
        return [f"{indent}{key}: {flow(key, value)}"]
    return [f"{indent}overrides:", *_override_rows(value, f"{indent}  ")]


def _override_rows(value: object, indent: str) -> list[str]:
    return [f"{indent}- {override_line(made)}" for made in cast("Sequence[Override]", value)]


def _block(said: Mapping[str, object], indent: str) -> list[str]:
    return [row for key, value in said.items() for row in _rows(key, value, indent)]


def _created(page: _Page, said: Mapping[str, object]) -> list[Splice]:
    rows = ["---", "roadmap:", *_block(said, "  "), "---"]
    return [Splice(0, 0, page.rows(rows))] if said else []


def _changed(page: _Page, fenced: Fenced, said: Mapping[str, object], gone: Collection[str]) -> list[Splice]:
    key, block = fenced.key, fenced.block
    if fenced.broken or (block and (block.alias or not (block.is_null or block.kind == "mapping"))):
        raise _by_hand({**said, **dict.fromkeys(gone)})
    if key is None or block is None:
        return _appended(page, fenced, said)
    if block.is_null:
        rows = _block(said, " " * (key.start.column + 2))
        below = page.starts[key.start.line + 1]
        cleared = Splice(page.at(block.start), page.at(block.end), "")
        return [cleared, Splice(below, below, page.rows(rows))] if said else []
    within = _in_braces if block.style == "flow" else _in_lines
    return list(within(page, block, said, gone))


def _appended(page: _Page, fenced: Fenced, said: Mapping[str, object]) -> list[Splice]:
    """Put our block below the keys of other tools."""
    indent = " " * (fenced.root.entries[0][0].start.column if fenced.root else 0)
    fence = page.starts[fenced.close]
    rows = [f"{indent}roadmap:", *_block(said, f"{indent}  ")]
    return [Splice(fence, fence, page.rows(rows))] if said else []


def _doomed(entries: Sequence[Entry], said: Collection[str], gone: Collection[str]) -> list[bool]:
    """Tell which entries go: those to be removed, and those that the one to be set would outdo anyway."""
    names = [key.text for key, _ in entries]
    return [name in gone or (name in said and name in names[index + 1 :]) for index, name in enumerate(names)]


def _in_lines(
    page: _Page, block: Node, said: Mapping[str, object], gone: Collection[str]
) -> Iterator[Splice]:
    """Change a block whose keys stand on lines of their own."""
    for (key, node), doomed in zip(block.entries, _doomed(block.entries, said, gone), strict=True):
        if doomed:
            below = page.starts[node.last_line(page.lines) + 1]
            yield Splice(page.starts[key.start.line], below, "")
        elif key.text in said:
            yield from _rewritten(page, key, node, said[key.text])
    present = {key.text for key, _ in block.entries}
    new = {name: value for name, value in said.items() if name not in present}
    below = page.starts[block.last_line(page.lines) + 1]
    yield Splice(below, below, page.rows(_block(new, " " * block.entries[0][0].start.column)))


def _rewritten(page: _Page, key: Node, node: Node, value: object) -> Iterator[Splice]:
    """Give one key of a block another value, in the form in which it stands there."""
    if key.text == "overrides" and node.is_block and node.kind == "sequence":
        yield from _override_splices(page, node, cast("Sequence[Override]", value))
    elif node.is_block or (key.text == "overrides" and node.is_null):
        yield _replaced(page, key, node, value)
    else:
        yield _inline(page, key, node, value)


def _inline(page: _Page, key: Node, node: Node, value: object) -> Splice:
    """Exchange a value that lies between two places of a line, or is not there yet."""
    start, end = page.at(node.start), page.at(node.end)
    new = flow(key.text, value)
    if key.text == "overrides":
        broken = [page.between(item) for item in node.items if _decision(item) is None]
        new = f"[{', '.join([new[1:-1], *broken])}]"
    if start == end:
        colon = COLON.match(page.text, page.at(key.end))
        if colon is None:
            return Splice(start, end, f": {new}")
        start = end = colon.end()  # parsers differ on where nothing stands
    return Splice(start, end, new if page.text[start - 1].isspace() else f" {new}")


def _replaced(page: _Page, key: Node, node: Node, value: object) -> Splice:
    """Exchange a value that takes lines of its own; comments beside the key and between the lines stay."""
    line = page.lines[key.start.line]
    colon = COLON.match(line, key.end.column)
    if colon is None:
        raise _by_hand([key.text])
    last = node.last_line(page.lines)
    inner = page.lines[key.start.line + 1 : last + 1]
    rest = line[node.end.column :] if node.is_null else line[colon.end() :]
    if node.is_block and node.kind == "scalar":
        rest, inner = page.eol, []
    comments = "".join(row for row in inner if row.lstrip().startswith("#"))
    first, *rows = _rows(key.text, value, " " * key.start.column)
    head = first[len(" " * key.start.column + key.text) + 1 :]
    start = page.starts[key.start.line] + colon.end()
    return Splice(start, page.starts[last + 1], head + rest + comments + page.rows(rows))


def _decision(item: Node) -> Override | None:
    try:
        return override(item)
    except UnfitError:
        return None


def _override_splices(page: _Page, node: Node, value: Sequence[Override]) -> Iterator[Splice]:
    """Add, exchange and remove lines of `overrides`; lines that stay, or cannot be read, stay as they are."""
    old = [(item, made) for item in node.items if (made := _decision(item))]
    spans = [_item_lines(page, node, item) for item, _ in old]
    matcher = SequenceMatcher(None, [made for _, made in old], list(value), autojunk=False)
    indent = " " * node.start.column
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        yield from (Splice(page.starts[top], page.starts[below], "") for top, below in spans[first:last])
        rows = _override_rows(value[begin:end], indent)
        at = page.starts[_insertion(page, node, spans, first, replacing=first < last)]
        yield Splice(at, at, page.rows(rows))


def _insertion(
    page: _Page, node: Node, spans: Sequence[tuple[int, int]], index: int, *, replacing: bool
) -> int:
    """Return the line above which entry number `index` is to be written."""
    if replacing or (index == 0 and spans):
        return spans[index][0]
    return spans[index - 1][1] if spans else node.last_line(page.lines) + 1


def _item_lines(page: _Page, node: Node, item: Node) -> tuple[int, int]:
    """Return the line with the dash of an entry, and the line after its last."""
    line = item.start.line
    while page.lines[line][node.start.column : node.start.column + 1] != "-":
        line -= 1
    return line, item.last_line(page.lines) + 1


def _in_braces(
    page: _Page, block: Node, said: Mapping[str, object], gone: Collection[str]
) -> Iterator[Splice]:
    """Change a block written as `{key: value, ...}`, on one line or several."""
    entries = block.entries
    doomed = _doomed(entries, said, gone)
    last_kept = max((index for index, goes in enumerate(doomed) if not goes), default=-1)
    kept_until = page.at(entries[last_kept][1].end) if last_kept >= 0 else None
    brace = page.text.index("{", page.at(block.start)) + 1
    names = {key.text for key, _ in entries}
    new = ", ".join(f"{name}: {flow(name, value)}" for name, value in said.items() if name not in names)
    if new:
        at, comma = (brace, "") if kept_until is None else (kept_until, ", ")
        yield Splice(at, at, comma + new)
    for index, (key, node) in enumerate(entries):
        if doomed[index] and index < last_kept:
            yield Splice(page.at(key.start), page.at(entries[index + 1][0].start), "")
        elif not doomed[index] and key.text in said:
            yield _inline(page, key, node, said[key.text])
    if entries and last_kept < len(entries) - 1:
        end = page.at(entries[-1][1].end)
        comma_after = COMMA.match(page.text, end) if kept_until is None else None
        start = page.at(entries[0][0].start) if kept_until is None else kept_until
        yield Splice(start, comma_after.end() if comma_after else end, "")
