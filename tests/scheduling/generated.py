"""Generated roadmaps whose every line has an identity of its own, and the edits that people make to them.

What is written for a line may change; its identity does not. So a test can say which key must stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st

from sync.model import Schedule
from tests.scheduling.roads import plan

VERBS = [
    "Draw",
    "Mend",
    "Count",
    "Paint",
    "Lift",
    "Carry",
    "Polish",
    "Measure",
    "Sort",
    "Fold",
    "Boil",
    "Plant",
    "Tune",
    "Stitch",
    "Wrap",
    "Load",
]
THINGS = [
    "lighthouse",
    "oyster",
    "harness",
    "violin",
    "pumpkin",
    "quarry",
    "saddle",
    "tunnel",
    "walnut",
    "yacht",
    "zipper",
    "anvil",
    "basket",
    "candle",
    "drum",
    "engine",
    "feather",
    "glacier",
    "hammer",
    "icicle",
    "jacket",
    "kettle",
    "ladder",
    "magnet",
    "needle",
    "orchard",
    "piano",
    "quilt",
    "rocket",
    "shovel",
]
PART_TITLES = ("Read", "Notes", "Exercise")


@dataclass(frozen=True, slots=True)
class Style:
    """How one and the same plan is drawn."""

    bullet: str = "-"
    heading: str = "##"
    emoji: str = ""
    bold: bool = False
    blank: bool = True
    colon: str = ": "


STYLES = st.builds(
    Style,
    bullet=st.sampled_from("-*+"),
    heading=st.sampled_from(["##", "###"]),
    emoji=st.sampled_from(["", "📅 ", "🚀 "]),
    bold=st.booleans(),
    blank=st.booleans(),
    colon=st.sampled_from([": ", " - ", " — "]),
)


@dataclass(slots=True)
class Task:
    """A box, with the parts below it."""

    id: int
    words: str
    parts: "list[Task]" = field(default_factory=list)

    def walk(self) -> "Iterator[Task]":
        yield self
        yield from self.parts


@dataclass(slots=True)
class Week:
    """A numbered week; its topic may be empty."""

    id: int
    topic: str
    tasks: list[Task]


@dataclass(slots=True)
class Road:
    """A plan of weeks with boxes, and a list of days or not."""

    weeks: list[Week]
    days: list[Task]
    start: date = date(2026, 1, 5)
    style: Style = Style()
    numbers: Iterator[int] = field(default_factory=lambda: count(1000))
    shuffle: int = 0
    used: set[str] = field(default_factory=set)
    """Things that ever stood in the plan: the same words coming back would be the same work."""

    def text(self) -> str:
        """The document as it stands now."""
        style = self.style
        lines = [f"# {style.emoji}Field plan", ""]
        for number, week in sorted(
            enumerate(self.weeks, start=1), key=lambda pair: -pair[0] if self.shuffle % 2 else pair[0]
        ):
            title = f"Week {number}{style.colon}{week.topic}" if week.topic else f"Week {number}"
            lines.append(f"{style.heading} {style.emoji}{'**' + title + '**' if style.bold else title}")
            lines += [""] * style.blank
            tasks = week.tasks[::-1] if self.shuffle // 2 % 2 else week.tasks
            for task in tasks:
                lines += [
                    f"{style.bullet} [ ] {task.words}",
                    *(f"    {style.bullet} [ ] {part.words}" for part in task.parts),
                ]
            lines.append("")
        if self.days:
            lines += [f"{style.heading} Days", ""]
        lines += [f"{style.bullet} Day {at}: {task.words}" for at, task in enumerate(self.days, start=1)]
        return "\n".join(lines)

    def read(self, known=()) -> Schedule:
        return plan(self.text(), known=known, start=self.start)

    def boxes(self) -> list[Task]:
        return [task for week in self.weeks for task in week.tasks]

    def everything(self) -> list[Task]:
        return [each for task in [*self.boxes(), *self.days] for each in task.walk()]

    def new(self, seed: int) -> Task:
        """A task about a thing that no other is about."""
        free = [thing for thing in THINGS if thing not in self.used]
        thing = free[seed % len(free)]
        self.used.add(thing)
        return Task(next(self.numbers), f"{VERBS[seed % len(VERBS)]} the {thing} twice")

    def identities(self, made: Schedule) -> dict[int, str]:
        """Which key each line got, found by where its words stand in the document."""
        lines = self.text().split("\n")
        offset = 4  # the front matter
        keys = {
            item.source.line - offset: item.key
            for item in made.items
            if "@" not in item.key and item.key.count("/") == 2
        }
        found: dict[int, str] = {}
        tasks = self._in_order()
        for at, line in enumerate(lines, start=1):
            if at in keys and tasks and not line.startswith("#"):
                found[tasks.pop(0)] = keys[at]
            elif at in keys:
                number = int(line.partition("Week ")[2].split()[0].strip(":*"))
                found[self.weeks[number - 1].id] = keys[at]
        assert not tasks, "every line has an item"
        return found

    def _in_order(self) -> list[int]:
        weeks = self.weeks[::-1] if self.shuffle % 2 else self.weeks
        flip = self.shuffle // 2 % 2
        boxes = [task for week in weeks for task in (week.tasks[::-1] if flip else week.tasks)]
        return [each.id for task in [*boxes, *self.days] for each in task.walk()]


@st.composite
def roads(draw, *, parts: bool = False) -> Road:
    """Plans of one to four weeks, each with one to four boxes, and up to five days."""
    road = Road([], [], start=draw(st.dates(date(2025, 1, 1), date(2028, 12, 31))), style=draw(STYLES))
    numbers = road.numbers
    for _ in range(draw(st.integers(1, 4))):
        week = Week(next(numbers), draw(st.sampled_from(["", "Basics", "Water", "Review"])), [])
        road.weeks.append(week)
        for seed in draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=4)):
            task = road.new(seed)
            if parts:
                names = draw(st.lists(st.sampled_from(PART_TITLES), max_size=2, unique=True))
                task.parts = [Task(next(numbers), name) for name in names]
            week.tasks.append(task)
    for seed in draw(st.lists(st.integers(0, 10**6), max_size=5)):
        road.days.append(road.new(seed))
    return road


# --- edits: each changes one thing, and says which identities it rewrote ---


def restyle(road: Road, seed: int) -> None:
    road.style = Style(
        "-*+"[seed % 3],
        "##" if seed % 2 else "###",
        ["", "📅 ", "🚀 "][seed % 3],
        bool(seed % 5 % 2),
        bool(seed % 7 % 2),
    )


def restart(road: Road, seed: int) -> None:
    road.start += timedelta(days=seed % 200 - 100)


def reorder(road: Road, seed: int) -> None:
    road.shuffle = seed % 4


def insert(road: Road, seed: int) -> None:
    tasks = road.weeks[seed % len(road.weeks)].tasks
    tasks.insert(seed // 7 % (len(tasks) + 1), road.new(seed))


def delete(road: Road, seed: int) -> None:
    week = road.weeks[seed % len(road.weeks)]
    if len(week.tasks) > 1:
        del week.tasks[seed // 7 % len(week.tasks)]


def reword(road: Road, seed: int) -> None:
    """Another verb, a typo, or one word more."""
    tasks = [*road.boxes(), *road.days]
    task = tasks[seed % len(tasks)]
    words = task.words.split()
    kind = seed // 7 % 3
    if kind == 0:
        words[-1] = "slowly" if words[-1] == "twice" else "twice"
    elif kind == 1:
        words[2] = words[2][:3] + words[2][4:] if len(words[2]) > 5 else words[2] + "s"
    else:
        words.append("carefully")
    task.words = " ".join(words[:6])


def retitle(road: Road, seed: int) -> None:
    week = road.weeks[seed % len(road.weeks)]
    week.topic = ["Harbour", "Mountains", "Kitchen", "Review"][seed // 7 % 4] + (" again" if seed % 2 else "")


def move(road: Road, seed: int) -> None:
    """A box with its parts into another week."""
    origin = road.weeks[seed % len(road.weeks)]
    if len(origin.tasks) > 1:
        task = origin.tasks.pop(seed // 7 % len(origin.tasks))
        road.weeks[seed // 11 % len(road.weeks)].tasks.append(task)


def put_day_in_front(road: Road, seed: int) -> None:
    """A new first day: all other days get another number."""
    road.days.insert(0, road.new(seed))


def swap_days(road: Road, seed: int) -> None:
    if len(road.days) > 1:
        at = seed % (len(road.days) - 1)
        road.days[at], road.days[at + 1] = road.days[at + 1], road.days[at]


EDITS = (restyle, restart, reorder, insert, delete, reword, retitle, move, put_day_in_front, swap_days)
HARMLESS = (restyle, restart, reorder, insert, delete)
"""Edits that change no line that stays, and no place of one."""


def edits(kinds=EDITS, most: int = 6):
    return st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 10**6)), max_size=most)
