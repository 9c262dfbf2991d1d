"""An entry with its days: what dating makes of the reader's tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sync.model import Days, Kind
from sync.reading.roadmap import Entry


@dataclass(slots=True, eq=False)
class Dated:
    """An entry with its days and the reasons for those that were inferred."""

    entry: Entry
    parent: "Dated | None"
    span: Days | None = None
    why: dict[str, str] = field(default_factory=dict)
    children: "list[Dated]" = field(default_factory=list)
    explicit: bool = False
    """Whether the entry has a place of its own rather than that of its period."""
    begins: date | None = None
    """Where a period begins whose end only what stands below it can tell."""
    named: Days | None = None
    """The days of its written date, whatever they became."""
    flawed: bool = False
    """Whether its own date is impossible: then it is given no other until the text is corrected."""

    def walk(self) -> "Iterator[Dated]":
        """This entry and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def periods(self) -> "list[Dated]":
        """The periods above, outermost first."""
        above = self.parent.periods() if self.parent is not None else []
        return (
            [*above, self.parent]
            if self.parent is not None and self.parent.entry.kind is Kind.PERIOD
            else above
        )


def merged(why: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Two sets of reasons in one, by field."""
    both = {field: f"{why[field]}; {more[field]}" for field in why.keys() & more.keys()}
    return {**why, **more, **both}
