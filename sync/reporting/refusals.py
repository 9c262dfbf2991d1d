"""Targets that refused, as every command that asks several of them tells it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sync.app.pushing import Refused
from sync.reporting.page import Page


def refusals(refused: Iterable[Refused], page: Page) -> Iterator[str]:
    """A line on what is wrong with each, and one on what to do."""
    for each in refused:
        name = each.target if each.roadmap is None else f"{each.target}: {each.roadmap}"
        yield f"{page.paint.red('✗')} {page.paint.bold(name)}: {each.error.title}"
        yield page.paint.dim(f"    → {each.error.hint}")


def refusal_document(refused: Refused) -> dict[str, Any]:
    """The same as JSON; `roadmap` is null where the target as a whole is meant."""
    error = refused.error
    told = {"code": error.code, "title": error.title, "hint": error.hint}
    return {"target": refused.target, "roadmap": refused.roadmap, **told}
