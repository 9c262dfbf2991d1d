"""Planning 20,000 items against 20,000 bindings, as a multiple of comparing two bare dicts.

Run with `python -m benchmarks.planning`. The floor compares the same fingerprints in two dicts, in
the same process; memory is the peak of the whole process, witnesses included.
"""

import gc
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from sync.ledger.bindings import Bindings
from sync.ledger.store import open_ledger
from sync.planning.comparing import make_plan
from sync.planning.decisions import Rules
from sync.planning.plans import Known
from sync.planning.scopes import Scope
from sync.planning.witnesses import Binding, Draft
from sync.remote import Fields, Marker, Reading, Remote, imprint

ITEMS = 20_000
BINDINGS = 1_000
ROUNDS = 15
PHASES = 20


def fields(number: int, title: str) -> Fields:
    """Return seven fields as a calendar has them."""
    return {
        "title": f"{title} {number}",
        "notes": f"Notes of item {number}, a sentence of the usual length and a little more.",
        "start": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "end": f"2026-{number % 12 + 1:02}-{number % 28 + 2:02}",
        "repeat": "",
        "colour": str(number % 11),
        "reminders": "popup 10",
    }


def witnesses(changed: int) -> tuple[list[Draft], Reading, Known]:
    """Build the three witnesses; every `changed`-th item moved on in the roadmap, none for 0."""
    drafts, remotes, bindings = [], [], {}
    for number in range(ITEMS):
        key, phase = f"plan/day-{number}/item", f"plan/phase-{number % PHASES}"
        then = fields(number, "Read")
        now = fields(number, "Write" if changed and number % changed == 0 else "Read")
        written = imprint(then)
        drafts.append(Draft(key, key, key, phase, now, imprint(now), past=False, done=False))
        remotes.append(Remote(f"id{number}", Marker(key, 1, written), then))
        bindings[key] = Binding(key, "plan", phase, key, f"id{number}", 1, written, issued=1)
    return drafts, Reading(tuple(remotes)), Known(bindings)


def quickest(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, in milliseconds, with the collector off."""
    times = []
    gc.disable()
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    gc.enable()
    return min(times) * 1000


def remembered(folder: Path) -> tuple[float, float]:
    """Return the milliseconds for remembering bindings in one transaction, bare and by the ledger."""
    rows = [
        Binding(
            f"plan/day-{number}/item", "plan", "plan/one", "Item", f"id{number}", 1, "a=12345678", issued=1
        )
        for number in range(BINDINGS)
    ]
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        " CREATE TABLE bindings (target, key, roadmap, phase, title, remote_id, revision, imprint, live, issued,"
        " PRIMARY KEY (target, key)) WITHOUT ROWID"
    )
    values = [("memory", *astuple(row)) for row in rows]

    def _bare() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT OR REPLACE INTO bindings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        bare.execute("COMMIT")

    with open_ledger(folder) as ledger:

        def _ours() -> None:
            with ledger.transaction():
                Bindings(ledger, "memory").remember(rows)

        times = quickest(_bare), quickest(_ours)
    bare.close()
    return times


def main() -> None:
    """Print a line for an unchanged roadmap and for changed ones, and one for the ledger."""
    print(f"{ITEMS} items against {ITEMS} bindings")
    for changed, name in ((0, "nothing changed"), (10, "one in ten changed"), (1, "all changed")):
        drafts, reading, known = witnesses(changed)
        wanted = {draft.key: draft.imprint for draft in drafts}
        written = {key: binding.imprint for key, binding in known.bindings.items()}
        floor = quickest(lambda: [key for key in wanted if written.get(key) != wanted[key]])  # noqa: B023
        ours = quickest(lambda: make_plan("memory", Scope("plan"), drafts, reading, known, rules=Rules()))  # noqa: B023
        figure = "" if changed else "   (figure: 15x)"
        print(f"  {name:20} floor {floor:6.2f} ms   plan {ours:7.2f} ms   {ours / floor:5.1f}x{figure}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )
    print(f"  peak memory          {peak:6.0f} MB   (figure: 150 MB)")
    with tempfile.TemporaryDirectory() as folder:
        floor, ours = remembered(Path(folder))
    print(f"{BINDINGS} bindings in one transaction")
    print(f"  remembered           floor {floor:6.2f} ms   ours {ours:7.2f} ms   {ours / floor:5.1f}x")


if __name__ == "__main__":
    main()
