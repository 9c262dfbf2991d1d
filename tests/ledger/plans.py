"""A plan of a few days, as a reading would leave it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.ledger.progress import Entry, Progress
from sync.ledger.store import Ledger
from sync.model import Block, Days, Item, Kind, Schedule, Source, Span

NAIROBI = ZoneInfo("Africa/Nairobi")
MONDAY = date(2026, 1, 5)


def item(name: str, span: Span | None = None, **more: object) -> Item:
    fields: dict[str, object] = {
        "key": f"plan/{name}",
        "uid": name,
        "roadmap": "plan",
        "phase": "plan/phase-1",
        "path": (),
        "kind": Kind.TASK,
        "title": name.title(),
        "notes": "",
        "span": span,
        "source": Source("plan.md", 1, 1),
        "tick": True,
    }
    return Item(**(fields | more))  # type: ignore[arg-type]  # a test's shorthand


def day(number: int, length: int = 1) -> Days:
    first = MONDAY + timedelta(days=number - 1)
    return Days(first, first + timedelta(days=length))


def evening(number: int, hours: int = 2) -> Block:
    begin = datetime(2026, 1, 4 + number, 19, tzinfo=NAIROBI)
    return Block(begin, begin + timedelta(hours=hours), "Africa/Nairobi")


def plan(*items: Item, slug: str = "plan") -> Schedule:
    return Schedule(slug, "The Plan", "plan.md", "Africa/Nairobi", MONDAY, date(2026, 3, 1), items, (), ())


def ticked(ledger: Ledger, *names: str, hour: int = 12) -> None:
    """Tick some items on Wednesday."""
    at = datetime(2026, 1, 7, hour, tzinfo=NAIROBI)
    Progress(ledger).record(*(Entry(f"plan/{name}", "done", at, "cli") for name in names))
