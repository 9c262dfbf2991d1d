"""Texts that nobody would write, and corpus documents that something happened to."""

import random
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from tests.reading.casebook import cases

PIECES = (
    "# Plan",
    "## Week 1: Read",
    "### Day 3",
    "###### deep",
    "####### seven",
    "Title\n=====",
    "Sub\n---",
    "---",
    "***",
    "**Week 2**",
    "*Phase 1 (2 weeks)*",
    "**bold",
    "~~",
    "- [ ] box",
    "- [x] done ✅",
    "- [",
    "-",
    "* [ ]",
    "+ plus",
    "1. one",
    "99999999999. far",
    "- - - a",
    "  - nested",
    "      - [ ] deeper",
    "\t- tab",
    "> quote",
    "> - [ ] quoted",
    "> > 4 May 2026",
    "| Day | Task |\n|---|---|\n| 1 | Run |",
    "| a |\n|-|",
    "|||||",
    "| Week | Mon | Tue |\n|:-:|---|---|\n| 1 | x<br>y | |",
    "```",
    "~~~",
    '```json\n{"date": "2026-01-05"}\n```',
    "```mermaid\ngantt\n  section A\n  Task :a1, 2026-01-05, 3d\n  B :after a1, 2d\n```",
    "<table><tr><td>1</td></tr></table>",
    "<table>",
    "</td>",
    "<div>\n",
    "<!-- hidden",
    "-->",
    "<b>Week 1</b>",
    "[link](http://example.org/(a))",
    "[ref]: /x",
    "![](x)",
    "&amp;&#0;&#x110000;",
    "\\",
    "`code",
    "4 May 2026: bake",
    "31 February 2026: no",
    "29.02.2027",
    "2026-13-45",
    "0000-00-00",
    "9999-12-31",
    "99/99/9999",
    "03/04",
    "Mon 4",
    "May",
    "Week 0",
    "Week 999999999",
    "Weeks 9-3",
    "Day 99999",
    "Month 5000",
    "Year 9999",
    "Q9",
    "CW 99",
    "Phase II",
    "Sprint -1",
    "T-10 days",
    "6 weeks before",
    "the week after",
    "by the end of May",
    "due",
    "25:99",
    "18:00-17:00",
    "11-12 AM EAT",
    "9 PM CST",
    "every other Friday",
    "2 mock exams per week",
    "0 times per day",
    "999 times per day",
    "90 min",
    "(2.5h)",
    "3 x 40 min",
    "1e9 hours",
    "2-3 hours on weekdays",
    "daily",
    "last Friday of the month",
    "Week A",
    "rest",
    "Success criteria",
    "## Template",
    "## Rules",
    "## Progress",
    "## Daily log",
    "Start date: 2026-01-05",
    "End: 1999-01-01",
    "Sure! Here's your plan",
    "Semana 3 (4 al 10 de mayo)",
    "第１週：調弦",
    "三月十五日",
    "2026年13月1日",
    "Неделя 2",
    "KW 14",
    "1일차",
    "Jours 4 à 6 : Examens",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "🎯",
    "☐ odd box",
    "☑",
    "---\nroadmap:\n  start: 2026-01-05\n---",
    "---\nroadmap: {start: 2026-01-05, ranges: repeat, month_length: 30}\n---",
    "---\ntitle: [\n---",
)
ENDS = ("\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "")

pieces = st.one_of(
    st.sampled_from(PIECES),
    st.text(max_size=12),
    st.from_regex(r"[-*+#>|`~ \t\[\]x0-9:.]{0,14}", fullmatch=True),
)
mixtures = st.lists(st.tuples(pieces, st.sampled_from(ENDS)), max_size=25).map(
    lambda pairs: "".join(piece + end for piece, end in pairs)
)
texts = st.one_of(mixtures, mixtures, st.text(max_size=200))


def mutated(chance: random.Random) -> str:
    """A document of the corpus after up to six accidents."""
    documents = [case.document for case in cases()]
    text = chance.choice(documents)
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(ACCIDENTS)(chance, text, documents)
    return text[:20_000]


def _spot(chance: random.Random, text: str) -> tuple[int, int]:
    first = chance.randint(0, len(text))
    return first, min(len(text), first + chance.randint(1, 12))


def _cut(chance: random.Random, text: str, _: Sequence[str]) -> str:
    first, last = _spot(chance, text)
    return text[:first] + text[last:]


def _double(chance: random.Random, text: str, _: Sequence[str]) -> str:
    first, last = _spot(chance, text)
    return text[:last] + text[first:]


def _insert(chance: random.Random, text: str, _: Sequence[str]) -> str:
    first, _last = _spot(chance, text)
    return text[:first] + chance.choice(PIECES) + chance.choice(ENDS) + text[first:]


def _scribble(chance: random.Random, text: str, _: Sequence[str]) -> str:
    first, _last = _spot(chance, text)
    return (
        text[:first]
        + chr(chance.choice((0x20, 0x2D, 0x30, 0x7C, 0x0A, 0xA0, 0x301, 0x2014, 0x1F3AF, 0x0B)))
        + text[first + 1 :]
    )


def _number(chance: random.Random, text: str, _: Sequence[str]) -> str:
    digits = [at for at, char in enumerate(text) if char.isdigit()]
    if not digits:
        return text
    at = chance.choice(digits)
    return text[:at] + chance.choice(("0", "9", "99", "31", "13", "-1", "1.5", "")) + text[at + 1 :]


def _shuffle(chance: random.Random, text: str, _: Sequence[str]) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _indent(chance: random.Random, text: str, _: Sequence[str]) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randint(1, 9) + lines[at]
    return "\n".join(lines)


def _join(chance: random.Random, text: str, documents: Sequence[str]) -> str:
    return text + chance.choice(documents)


ACCIDENTS: Sequence[Callable[[random.Random, str, Sequence[str]], str]] = (
    _cut,
    _double,
    _insert,
    _insert,
    _scribble,
    _number,
    _number,
    _shuffle,
    _indent,
    _join,
)
