"""Front matter, as its tests read and write it."""

import re

from sync.model import Problem, Severity
from sync.reading.frontmatter import FrontMatter, read_front_matter

BLOCK = """---
title: other # mine
roadmap:   # ours
    # the first day
    start: 2026-01-05   # a Monday

    title: "Old: one"
    anchor:   # pinned
        week: 5
        # a comment inside
        date: 2026-03-02
    # before the list
    exclude: [a,
        b]  # two
    slug: plan
# the end
layout: x
---

# Plan
"""
"""Front matter with comments in all places where people write them."""


def read(text: str) -> FrontMatter:
    """The front matter of a document, its lines with their ends."""
    return read_front_matter(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))


def ours(*rows: str) -> FrontMatter:
    """Front matter with some lines under our key."""
    return read("\n".join(["---", "roadmap:", *(f"  {row}" for row in rows), "---", "# Plan"]))


def only_problem(front: FrontMatter) -> Problem:
    """The one thing that is wrong with it."""
    (problem,) = front.problems
    assert (problem.severity, problem.code) == (Severity.ERROR, "front-matter")
    return problem
