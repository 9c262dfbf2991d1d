"""Entries while they are being read: mutable here, frozen once the document is done."""

from dataclasses import dataclass, field

from sync.model import Kind
from sync.reading.cycles import Turn
from sync.reading.expressions import Clock, Length, Rate
from sync.reading.roadmap import NOWHEN, Entry, When

WORK = frozenset({Kind.TASK, Kind.SESSION})


@dataclass(slots=True)
class Draft:
    """An entry in the making."""

    number: int
    kind: Kind
    title: str
    line: int
    end_line: int
    when: When = NOWHEN
    level: int = 0
    """The level of the heading it was made from; 0 for list items and rows."""
    days: tuple[int, ...] = ()
    clock: Clock | None = None
    part: str | None = None
    length: Length | None = None
    rate: Rate | None = None
    tick: bool = False
    done: bool = False
    optional: bool = False
    deliverable: bool = False
    topic: bool = False
    rest: bool = False
    """Whether it is time off, which asks for nothing."""
    turn: Turn | None = None
    slot: int = 0
    notes: list[str] = field(default_factory=list)
    children: "list[Draft]" = field(default_factory=list)
    repeats: "Draft | None" = None
    """The entry that says the same thing; this one is dropped and its lines point there."""
    latest: "Draft | None" = None
    """The last period that was put under it."""

    def has_work(self) -> bool:
        """Whether anything below it is to be done."""
        return any(
            child.repeats is None
            and (
                child.kind in WORK
                or (child.kind is Kind.DEADLINE and child.tick)
                or (child.kind is Kind.PERIOD and (child.tick or child.has_work() or not child.children))
            )
            for child in self.children
        )

    def entry(self) -> Entry:
        """The finished entry with all below it."""
        children = tuple(child.entry() for child in self.children if child.repeats is None)
        tick = self.tick or (self.kind is Kind.PERIOD and not self.rest and not self.has_work())
        return Entry(
            self.number,
            self.kind,
            self.title,
            self.line,
            self.end_line,
            self.when,
            self.days,
            self.clock,
            self.part,
            self.length,
            self.rate,
            tick,
            self.done,
            self.optional,
            self.deliverable,
            tuple(self.notes),
            children,
            self.topic,
            self.turn,
            self.slot,
        )
