"""Reading against a floor measured in the same run: markdown-it-py with tables alone on the same text.

`python -m benchmarks.reading` prints the ratios for 1 MB and 5 MB, once of many small plans in one file and
once of a single long one, and those of the slowest documents of 100 kB; `--profile` prints the functions
that take the most time.
"""

import cProfile
import gc
import pstats
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from markdown_it import MarkdownIt

from sync.reading.reader import read
from sync.scheduling.expand import schedule
from sync.scheduling.settings import Settings
from tests.reading.casebook import cases
from tests.reading.fragments import mutated

MEGABYTE = 1_000_000
RUNS = 5
WORST_OF = 60
VOCABULARY = """
alder amber anchor apron autumn basin birch bridge candle canvas cedar chapter charcoal cinder
clay cobalt copper coral cotton ember fern flint garden glacier granite harbour hazel indigo
island ivory juniper kettle lantern ledger linen maple marble meadow mortar nutmeg orchard
paper pepper pewter pigment plaster quarry quill ribbon river saffron satin shutter silver
slate sorrel spruce tallow thistle timber velvet walnut willow
"""
WORDS = VOCABULARY.split()
DRAWN = (
    *["{}"] * 24,
    "**{}**",
    "**{}**",
    "*{}*",
    "`{}`",
    "[{0}](https://example.org/{0})",
    "🎯 {}",
    "✅ {}",
    "{},",
)


def roadmaps(size: int, seed: int = 7) -> str:
    """Roadmaps of the corpus one after another, each with other words in it, up to as many bytes."""
    chance = random.Random(seed)
    bodies = [_body(case.document) for case in cases() if "```" not in case.document]
    made: list[str] = []
    length = 0
    while length < size:
        text = _varied(chance.choice(bodies), chance) + "\n"
        made.append(text)
        length += len(text.encode())
    return "".join(made)


def _body(document: str) -> str:
    """A document without its front matter."""
    return document.partition("\n---\n")[2] if document.startswith("---\n") else document


def _varied(body: str, chance: random.Random) -> str:
    """Each line that says something with words of its own, as in real plans, where no two lines are equal."""
    lines = []
    for line in body.splitlines():
        said = line.strip().strip("|-: ")
        if not said or line.startswith("<"):
            lines.append(line)
        elif line.endswith("|"):
            lines.append(f"{line[:-1]} {_words(chance, 3)} |")
        else:
            lines.append(f"{line} {_words(chance, chance.randint(1, 9))}")
    return "\n".join(lines)


def _words(chance: random.Random, count: int) -> str:
    """Some words, drawn the way people do: now and then bold, a link, code or an emoji."""
    return " ".join(chance.choice(DRAWN).format(word) for word in chance.choices(WORDS, k=count))


def long_plan(size: int, seed: int = 7) -> str:
    """One plan of numbered weeks with boxes, a table, notes and milestones, up to as many bytes."""
    chance = random.Random(seed)
    made = ["# A long plan\n\n**Start date:** 2026-01-05\n"]
    length, week = 0, 0
    while length < size:
        week += 1
        days = "".join(
            f"| Day {7 * week - 7 + day} | {_words(chance, 4)} | {chance.randint(1, 4)} h |\n"
            for day in range(1, 8)
        )
        boxes = "".join(f"- [{chance.choice(' x')}] {_words(chance, 7)}\n" for _ in range(6))
        made.append(
            f"\n## Week {week}: {_words(chance, 3)}\n\n{_words(chance, 25)}.\n\n{boxes}  - {_words(chance, 6)}\n"
            f"- **Milestone:** {_words(chance, 5)}\n\n| Day | Topic | Time |\n|---|---|---|\n{days}"
        )
        length += len(made[-1].encode())
    return "".join(made)


def floor(text: str) -> None:
    """Parse with markdown-it-py and tables."""
    MarkdownIt("commonmark").enable("table").parse(text)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(text: str, runs: int) -> float:
    """Print the ratio of reading to the floor, interleaved; return the seconds that reading takes."""
    raw = text.encode()
    taken: dict[str, list[float]] = {"floor": [], "read": []}
    for _ in range(runs):
        taken["floor"].append(seconds(lambda: floor(text)))
        taken["read"].append(seconds(lambda: read(raw, "plan")))
    base, reading = statistics.median(taken["floor"]), statistics.median(taken["read"])
    ratio = reading / base
    print(
        f"  {len(raw) / MEGABYTE:.1f} MB: markdown-it-py {base:.2f} s, reading {reading:.2f} s, {ratio:.2f}x"
    )
    return reading


def expansion() -> None:
    """Print what dating adds for 100 kB, which is many times a person's longest plan."""
    document = read(roadmaps(MEGABYTE // 10).encode(), "plan")
    settings = Settings()

    def expand() -> None:
        schedule(document.roadmap, name="plan", file="plan.md", today=date(2026, 1, 5), settings=settings)

    print(f"0.1 MB: dating {seconds(expand):.2f} s")


def worst() -> None:
    """Print how much slower the slowest damaged documents of 100 kB are than the usual one."""
    taken = []
    for seed in range(WORST_OF):
        text = mutated(random.Random(seed))
        raw = (text + "\n") * (MEGABYTE // 10 // len(text.encode()) + 1)
        taken.append((seconds(lambda raw=raw: read(raw.encode(), "plan")), seed))  # type: ignore[misc]  # called at once
    usual = statistics.median(each for each, _ in taken)
    slow = ", ".join(f"seed {seed} {each / usual:.1f}x" for each, seed in sorted(taken)[-3:])
    print(f"0.1 MB, damaged: usual {usual:.2f} s; slowest {slow}")


FAMILIES: dict[str, Callable[[int], str]] = {"many plans": roadmaps, "one long plan": long_plan}


def profile() -> None:
    """Print the functions that take the most time of their own, and the time of all they call."""
    for name, text in FAMILIES.items():
        raw = text(MEGABYTE).encode()
        read(raw[: MEGABYTE // 100], "plan")
        watch = cProfile.Profile()
        watch.runcall(read, raw, "plan")
        print(name)
        pstats.Stats(watch).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Print everything, or the profile."""
    if "--profile" in sys.argv[1:]:
        profile()
        return
    read(roadmaps(MEGABYTE // 100).encode(), "plan")
    for name, text in FAMILIES.items():
        print(name)
        one = compare(text(MEGABYTE), RUNS)
        five = compare(text(5 * MEGABYTE), 1)
        print(f"  5 MB takes {five / one:.2f}x the time of 1 MB")
    expansion()
    worst()


if __name__ == "__main__":
    main()
