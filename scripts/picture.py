# ruff: noqa: INP001  # a program, not a package
"""The picture in the README: what the program prints on a terminal, colours included, as an SVG.

    python scripts/picture.py    draws docs/pictures/agenda-and-status.svg anew

The commands are real ones on the roadmaps in roadmaps/, on a fixed day, after somebody has kept to them for some weeks.
"""

import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stdout, suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sync.cli import main as roadmap_sync
from sync.reporting.columns import width

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "agenda-and-status.svg"
TODAY = "2026-01-26"
SHOWN = (("show", "--to", TODAY), ("status", "backend-team-2026", "january-2026", "system-design-week-1"))
OPEN = ("backend-team-2026/week-1/deliverable-5-python-programs-each", "block-3-proof-memory@2026-01-23")
"""What was not done although it is past: keys, or their ends."""
ENVIRON = {"TZ": "Africa/Nairobi", "COLUMNS": "100", "FORCE_COLOR": "1", "NO_COLOR": ""}

LETTER, LINE, MARGIN, BAR = 8.4, 20, 20, 34
"""Width of a column, height of a line, margin and title bar, in pixels."""
PAPER, INK, FRAME = "#1b1f25", "#e8eaed", "#2c323a"
INKS = {"31": "#ff8a80", "32": "#8fd694", "33": "#f2c14e", "36": "#7fd1e0"}
"""ECMA-48 SGR colours; the ones that the program uses."""
SGR = re.compile(r"\x1b\[(\d*)m")
GAP = re.compile(r" {2,}")
STYLE = (
    "text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; "
    "white-space: pre; }"
)


class Run(NamedTuple):
    """A piece of a line in one style."""

    column: int
    text: str
    codes: frozenset[str]


# --- what the program prints ---


def screens(folder: Path) -> list[str]:
    """What stands on the terminal: each command with its output."""
    (folder / "roadmaps").symlink_to(ROOT / "roadmaps")
    environ = dict(os.environ)
    os.environ.update(ENVIRON)
    try:
        with chdir(folder):
            for key, day in _kept_to():
                _said("done", key, "--at", f"{day}T22:00")
            return [f"\x1b[2m$\x1b[0m roadmap-sync {' '.join(words)}\n{_said(*words)}" for words in SHOWN]
    finally:
        os.environ.clear()
        os.environ.update(environ)


def _kept_to() -> Iterator[tuple[str, str]]:
    """Each item that is past, with its last day, but for those that were left open."""
    for item in json.loads(_said("show", "--json"))["items"]:
        day = (item["end"] or TODAY)[:10]
        if item["tick"] and day < TODAY and not item["key"].endswith(OPEN):
            yield item["key"], day


def _said(*words: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        roadmap_sync(["--state", "state", "--today", TODAY, *words])
    return out.getvalue()


# --- how it is drawn ---


def draw(texts: Sequence[str]) -> str:
    """The SVG of a terminal with these texts on it, one below the other."""
    lines = "\n".join(texts).rstrip("\n").split("\n")
    columns = max(width(SGR.sub("", line)) for line in lines)
    wide, high = round(2 * MARGIN + columns * LETTER), BAR + 2 * MARGIN + LINE * len(lines)
    drawn = [text for row, line in enumerate(lines) for text in _drawn(row, line)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" role="img"',
            f'  viewBox="0 0 {wide} {high}">',
            "<title>The days of three plans, and how far each has come</title>",
            f"<style>{STYLE}</style>",
            f'<rect width="{wide}" height="{high}" rx="10" fill="{PAPER}"/>',
            f'<path d="M0 {BAR}H{wide}" stroke="{FRAME}"/>',
            *(f'<circle cx="{MARGIN + 18 * at}" cy="{BAR / 2:g}" r="5" fill="{FRAME}"/>' for at in range(3)),
            *drawn,
            "</svg>",
            "",
        ]
    )


def _drawn(row: int, line: str) -> Iterator[str]:
    y = BAR + MARGIN + LINE * row + 14
    for run in runs(line):
        x, room = MARGIN + run.column * LETTER, width(run.text) * LETTER
        ink = next((INKS[code] for code in sorted(run.codes) if code in INKS), INK)
        look = ' font-weight="700"' * ("1" in run.codes) + ' opacity=".6"' * ("2" in run.codes)
        # the length is fixed, so that columns stand below each other in any font
        place = f'x="{x:g}" y="{y}" textLength="{room:g}" lengthAdjust="spacingAndGlyphs"'
        yield f'<text {place} fill="{ink}"{look}>{escape(run.text, quote=False)}</text>'


def runs(line: str) -> Iterator[Run]:
    """The pieces of a line: each in one style, and without the gaps between columns."""
    codes: frozenset[str] = frozenset()
    column = 0
    for at, part in enumerate(SGR.split(line)):
        if at % 2:
            codes = codes | {part} if part not in {"", "0"} else frozenset()
            continue
        start = 0
        for gap in [*GAP.finditer(part), None]:
            text = part[start : gap.start() if gap else None]
            blanks = len(text) - len(text.lstrip())
            if text.strip():
                yield Run(column + width(part[:start]) + blanks, text.strip(), codes)
            start = gap.end() if gap else start
        column += width(part)


def made() -> str:
    """The picture as it should be."""
    with TemporaryDirectory() as folder:
        return draw(screens(Path(folder)))


if __name__ == "__main__":
    PICTURE.write_text(made(), "utf-8")
    print(PICTURE.relative_to(ROOT))  # noqa: T201  # for who runs it
