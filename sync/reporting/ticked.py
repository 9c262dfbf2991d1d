"""What `done`, `undo` and `checkin` say."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sync.app.ticking import CheckedIn, Ticked
from sync.ledger.schedules import Planned
from sync.reporting.columns import count, cut, plain
from sync.reporting.dates import full, with_weekday
from sync.reporting.page import Page
from sync.reporting.planned import planned_document

Json = dict[str, object]


def ticked_text(ticked: Ticked, page: Page) -> str:
    """How the item stands now, and how far its roadmap has come."""
    return "\n".join(_ticked(ticked, page))


def _ticked(ticked: Ticked, page: Page) -> Iterator[str]:
    standing, title = ticked.standing, cut(ticked.item.title, page.columns - 40)
    if standing is not None and standing.done:
        at = standing.since.astimezone(ticked.zone)
        since = f"{with_weekday(at)}, {at:%H:%M}"
        how = ", done" if ticked.changed else " was done already,"
        yield f"{page.paint.green('✓')} {page.paint.bold(title)}{how} {since}"
    else:
        yield f"☐ {page.paint.bold(title)} {'is open again' if ticked.changed else 'was open already'}"
    yield page.paint.dim(f"  {' · '.join([ticked.slug, *_due(ticked.item), *_counted(ticked)])}")
    if ticked.changed and ticked.ticked_on and not (standing is not None and standing.done):
        yield from (page.paint.dim(f"  {line}") for line in _still_ticked(ticked.ticked_on))


def _counted(ticked: Ticked) -> Iterator[str]:
    """How far the roadmap has come, in what this item counts to."""
    (done, total), (reached, points) = ticked.progress, ticked.milestones
    if not ticked.item.tick and ticked.item.kind in {"milestone", "deadline"}:
        yield f"{reached} of {count(points, 'milestone or deadline', 'milestones and deadlines')} reached"
    elif total:
        yield f"{done} of {total} done"


def _still_ticked(targets: Sequence[str]) -> Iterator[str]:
    """What was pushed as done stays so: a push never opens again what is ticked, whoever ticked it."""
    if "ics" in targets:
        yield "The feeds have it as done until the next `roadmap-sync export`; a push leaves ticks alone."
    services = [each for each in targets if each != "ics"]
    if services:
        yield f"On {', '.join(services)} it stays done until you open it there; a push leaves ticks alone."


def _due(item: Planned) -> Iterator[str]:
    if item.until is not None:
        yield f"due {full(item.until - timedelta(days=1))}"


def ticked_document(ticked: Ticked) -> Json:
    """The same as JSON; `done` is the time of completion, null while the item is open."""
    standing = ticked.standing
    (done, total), (reached, points) = ticked.progress, ticked.milestones
    return {
        "roadmap": ticked.slug,
        **planned_document(ticked.item),
        "done": standing.since.isoformat() if standing is not None and standing.done else None,
        "changed": ticked.changed,
        "progress": {"done": done, "total": total},
        "milestones": {"done": reached, "total": points},
        "ticked_on": list(ticked.ticked_on),
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
    return {"roadmap": made.slug, **planned_document(made.item), **told}
