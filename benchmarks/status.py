"""How fast `status` and `done` are: `python -m benchmarks.status` prints ratios against the floor of `floors`.

Every figure is the median of whole processes, program and floor in turn, after one run that warms up.
The ledger is filled without reading anything: items, ticks, check-ins and two targets as after years of
use, under the names of five documents of the usual size.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from benchmarks.app import ROOT, TODAY, compare, floor, program, run
from sync.app.keeping import stamp_of
from sync.app.run import Run
from sync.config.settings import load_config
from sync.ledger.bindings import Bindings
from sync.ledger.keys import Key, Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.schedules import Schedules
from sync.ledger.sights import Sight, Sights
from sync.ledger.store import Ledger, open_ledger
from sync.model import Days, Item, Kind, Schedule, Source
from sync.planning.witnesses import Binding

FIRST = date(2021, 2, 8)
DAYS, PHASES = 1825, 6
"""The last day is the day before yesterday."""
PRINTS = "done=AAAAAAAA,notes=AAAAAAAA,title=AAAAAAAA,when=AAAAAAAA"


def main() -> None:
    """Measure and print."""
    print(f"{'what':<38} {'ms':>6} {'floor':>6} {'ratio':>6}   goal")
    for items in (400, 4_000):
        with TemporaryDirectory() as name:
            folder = Path(name)
            fill(folder, items)
            assert "5 roadmaps" in run(program(folder, "status"), folder)
            least = floor("standing", str(folder), TODAY)
            told = f"{5 * items:,} items, 20,000 entries"
            compare(f"status: {told}", program(folder, "status"), least, folder, 1.5)
            compare(f"status --json: {told}", program(folder, "status", "--json"), least, folder, 1.5)
            compare(
                f"done: {told}", program(folder, "done", "backend-month-3/day/task-10"), least, folder, 1.5
            )


def fill(folder: Path, number: int) -> None:
    """Make a folder of five roadmaps and a ledger that has read them, with 20,000 entries in its log."""
    copytree(ROOT / "roadmaps", folder / "roadmaps")
    config = load_config(Path("/dev/null"), cwd=folder, environ={"TZ": "Africa/Nairobi"})
    now = datetime(2026, 2, 5, 12, tzinfo=UTC)
    world = Run(config, folder / "state", folder, date.fromisoformat(TODAY), now)
    with open_ledger(world.state) as ledger, ledger.transaction():
        for path in sorted((folder / "roadmaps").iterdir()):
            made = _schedule(path.resolve(), number)
            Schedules(ledger).save(made, stamp_of(world, path.resolve()))
            keys = [Key(each.key, "day", "task", each.title, each.title) for each in made.items]
            Keys(ledger).remember(made.slug, keys)
            _push(ledger, made)
            Progress(ledger).record(*_entries(made, 4_000))


def _schedule(path: Path, number: int) -> Schedule:
    slug = path.stem
    phases = [
        _item(slug, f"{slug}/phase-{at}/period", f"Phase {at}", at * DAYS // PHASES, DAYS // PHASES, at)
        for at in range(PHASES)
    ]
    work = [
        _item(
            slug, f"{slug}/day/task-{at}", f"Task {at + 1000}", at * DAYS // number, 1, at * PHASES // number
        )
        for at in range(number)
    ]
    items = (*phases, *work)
    return Schedule(slug, slug, str(path), "Africa/Nairobi", FIRST, None, items, (), ())


def _item(slug: str, key: str, title: str, day: int, days: int, phase: int) -> Item:
    begin = FIRST + timedelta(days=day)
    return Item(
        key=key,
        uid=key,
        roadmap=slug,
        phase=f"{slug}/phase-{phase}/period",
        path=(),
        kind=Kind.TASK if days == 1 else Kind.PERIOD,
        title=title,
        notes="",
        span=Days(begin, begin + timedelta(days=days)),
        source=Source("", 1, 1),
        tick=days == 1,
    )


def _push(ledger: Ledger, made: Schedule) -> None:
    """Bind everything to two targets; of one in a hundred somebody removed the copy there."""
    for target in ("google", "todoist"):
        bound = [
            Binding(each.key, made.slug, each.phase, each.title, each.key, 1, PRINTS, issued=1)
            for each in made.items
        ]
        Bindings(ledger, target).remember(bound)
        seen = {each.key: Sight(bool(at % 100), "", PRINTS) for at, each in enumerate(made.items)}
        Sights(ledger, target).note(seen)


def _entries(made: Schedule, number: int) -> Iterator[Entry]:
    """A log of five years in which nothing happened on the first of a month.

    Half of the work is still in the text and was ticked when it was due; the rest left the text since,
    and one entry in five is a check-in.
    """
    due = [each.span.first for each in made.items if each.tick and isinstance(each.span, Days)]
    for at in range(number):
        place = at * len(due) // number // 2 * 2
        when = datetime.combine(due[place], time(16), UTC) + timedelta(seconds=at)
        key = f"{made.slug}/day/task-{place}" if at % 2 else f"{made.slug}/before/thing-{at}"
        if when.day != 1 and at % 5 == 0:
            yield Entry(key, "checkin", when, "cli", 1.5, 7, "as planned")
        elif when.day != 1:
            yield Entry(key, "done", when, "todoist")


if __name__ == "__main__":
    main()
