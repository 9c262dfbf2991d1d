"""A roadmap of a few wishes, and the items it yields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sync.model import Days, Item
from tests.contract.worlds import item

TODAY = date(2026, 1, 5)


@dataclass
class Wish:
    """What the roadmap says about one item."""

    title: str
    day: int
    phase: str


def items_of(roadmap: Mapping[str, Wish]) -> list[Item]:
    """Return an item for each wish, and an anchor, so that the roadmap never yields nothing."""
    return [
        item(
            name, wish.title, phase=f"plan/{wish.phase}",
            span=Days(TODAY + timedelta(wish.day), TODAY + timedelta(wish.day + 1)),
        )
        for name, wish in roadmap.items()
    ] + [item("anchor", "anchor", phase="plan/one")]  # fmt: skip
