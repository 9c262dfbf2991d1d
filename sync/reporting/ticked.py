"""What `done`, `undo` and `checkin` say."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sync.app.ticking import CheckedIn, Ticked
from sync.ledger.schedules import Planned
from sync.reporting.columns import cut, plain
from sync.reporting.page import Page

Json = dict[str, object]


def ticked_text(ticked: Ticked, page: Page) -> str:
    """How the item stands now, and how far its roadmap has come."""
    return "\n".join(_ticked(ticked, page))


def _ticked(ticked: Ticked, page: Page) -> Iterator[str]:
    standing, title = ticked.standing, cut(ticked.item.title, page.columns - 40)
    if standing is not None and standing.done:
        since = f"{standing.since.astimezone(ticked.zone):%a %-d %b %Y, %H:%M}"
        how = ", done" if ticked.changed else " was done already,"
        yield f"{page.paint.green('✓')} {page.paint.bold(title)}{how} {since}"
    else:
        yield f"☐ {page.paint.bold(title)} {'is open again' if ticked.changed else 'was open already'}"
    done, total = ticked.progress
    facts = [ticked.slug, *_due(ticked.item), *([f"{done} of {total} done"] if total else [])]
    yield page.paint.dim(f"  {' · '.join(facts)}")


def _due(item: Planned) -> Iterator[str]:
    if item.until is not None:
        yield f"due {item.until - timedelta(days=1):%-d %b %Y}"


def ticked_document(ticked: Ticked) -> Json:
    """The same as JSON; `done` is the time of completion, null while the item is open."""
    standing = ticked.standing
    done, total = ticked.progress
    return {
        **_item(ticked.slug, ticked.item),
        "done": standing.since.isoformat() if standing is not None and standing.done else None,
        "changed": ticked.changed,
        "progress": {"done": done, "total": total},
    }


def checkin_text(made: CheckedIn, page: Page) -> str:
    """What was put down, and about which item."""
    entry = made.entry
    said = [f"{entry.hours:g} h"] if entry.hours is not None else []
    said += [f"energy {entry.energy}"] if entry.energy is not None else []
    said += [plain(entry.note)] if entry.note else []
    title = page.paint.bold(cut(made.item.title, page.columns - 40))
    return f"{page.paint.green('✓')} {title}: {', '.join(said)}\n{page.paint.dim(f'  {made.slug}')}"


def checkin_document(made: CheckedIn) -> Json:
    """The same as JSON."""
    entry = made.entry
    told = {"at": entry.at.isoformat(), "hours": entry.hours, "energy": entry.energy, "note": entry.note}
    return {**_item(made.slug, made.item), **told}


def _item(slug: str, item: Planned) -> Json:
    return {
        "roadmap": slug,
        "phase": item.phase,
        "key": item.key,
        "title": item.title,
        "kind": item.kind.value,
        "start": _when(item.start),
        "end": _when(item.until and item.until - timedelta(days=1)),
    }


def _when(day: date | datetime | None) -> str | None:
    return day.isoformat() if day is not None else None
