"""How fast feeds are written: `python -m benchmarks.ics` prints ratios against a plain icalendar build.

The floor makes one icalendar `Calendar` of the same events and serialises it whole. Runs are
interleaved, each figure is a median, and every re-export is compared with its floor byte for byte.
"""

import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from sync.model import Block, Days, Item, Kind, Schedule, Source
from sync.shaping.moments import placed
from sync.targets.ics import feed, files

ZONE = "America/New_York"
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUNS = 3


def schedule(count: int, slug: str = "plan") -> Schedule:
    """Return a roadmap with as many items, every other one with a clock time."""
    return Schedule(
        slug,
        f"Plan {slug}",
        f"{slug}.md",
        ZONE,
        FIRST.date(),
        None,
        tuple(item(slug, n) for n in range(count)),
        (),
        (),
    )


def item(slug: str, number: int) -> Item:
    """Return one task with a title and notes of usual length."""
    key = f"{slug}/day-{number}/read"
    day = date(2026, 1, 5) + timedelta(days=number % 365)
    begin = datetime(day.year, day.month, day.day, 19, tzinfo=ZoneInfo(ZONE))
    return Item(
        key=key,
        uid=str(uuid5(NAMESPACE_URL, key)),
        roadmap=slug,
        phase=None,
        path=(),
        kind=Kind.TASK,
        title=f"Day {number}: indexes, views; and joins 📚",
        notes="Read the chapter, then write down what was new.\nTwo exercises at the end of it.",
        span=Block(begin, begin + timedelta(minutes=90), ZONE)
        if number % 2
        else Days(day, day + timedelta(days=1)),
        source=Source(f"{slug}.md", number + 1, number + 3),
        tick=True,
    )


def floor(plan: Schedule) -> bytes:
    """Return a calendar of the same events, built and serialised by icalendar alone."""
    from icalendar import Calendar, Event  # noqa: PLC0415  # timed without its import

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//floor//EN")
    for each in plan.items:
        event = Event()
        event.add("uid", each.uid)
        event.add("summary", f"☐ {each.title}")
        event.add("description", each.notes)
        begin, end = placed(each.span) if each.span else (FIRST, FIRST)
        event.add("dtstart", begin)
        event.add("dtend", end)
        for name in ("dtstamp", "created", "last-modified"):
            event.add(name, FIRST)
        event.add("sequence", 0)
        event.add("categories", [plan.title])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def export(plan: Schedule, previous: bytes | None) -> bytes:
    """Return the feed of one roadmap."""
    return feed.calendar_feed([plan], title=plan.title, previous=previous, first_stamp=FIRST, now=LATER)


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(count: int) -> None:
    """Print the ratios for a roadmap of as many items."""
    plan = schedule(count)
    changed = replace(
        plan, items=(*plan.items[:7], replace(plan.items[7], title="Something else"), *plan.items[8:])
    )
    first = export(plan, None)
    work: dict[str, Callable[[], object]] = {
        "icalendar, whole build (floor)": lambda: floor(plan),
        "first export": lambda: export(plan, None),
        "re-export, 1 changed": lambda: export(changed, first),
        "re-export, unchanged": lambda: export(plan, first),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(RUNS):
        for name, call in work.items():
            times[name].append(seconds(call))
    base = statistics.median(times["icalendar, whole build (floor)"])
    print(f"\n{count:,} events, {len(first) / 1e6:.1f} MB")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"  {name:32} {middle * 1000:9.1f} ms  {middle / base:6.3f}x")


def memory() -> None:
    """Print the peak memory of this process after all feeds of 100 roadmaps with 200 items, written twice."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for _ in range(2):
            plans = [schedule(200, f"plan-{number}") for number in range(100)]
            made = feed.feeds(plans, previous=partial(files.read_file, folder), now=LATER)
            files.write_files(folder, ((each.name, each.bytes) for each in made))
        sizes = [path.stat().st_size for path in folder.iterdir()]
    print(f"\n100 roadmaps with 20,000 items, written twice: {len(sizes)} feeds, {sum(sizes) / 1e6:.0f} MB")
    print(f"  peak memory {peak():.0f} MiB")


def peak() -> float:
    """Return the most memory that this process ever held, in MiB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # ru_maxrss counts the process that started this one too
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1024


def main() -> None:
    """Print both tables; memory is measured in a process of its own."""
    for size in (1_000, 10_000):
        compare(size)
    subprocess.run([sys.executable, "-m", "benchmarks.ics", "memory"], check=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["memory"]:
        memory()
    else:
        main()
