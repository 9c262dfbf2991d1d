"""The agenda that `show` prints: day by day, times first, what lasts longer as a banner."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.model import Block, Days, Item, Kind
from sync.reporting.columns import count, cut, pad, width
from sync.reporting.dates import day_month, full, with_weekday
from sync.reporting.page import Page

SIGN = {Kind.MILESTONE: "◆", Kind.DEADLINE: "⚑", Kind.SESSION: "▪"}
LASTING = timedelta(days=2)
"""What lasts at least this long is shown as a banner on its first day and not repeated."""
MOST = 20
"""How many lines a day has before the rest is only counted."""
TIME, LENGTH = 11, 11
"""Columns for 19:00–21:30 and for 2 h 30 min."""
DAY = timedelta(days=1)


def agenda(items: Sequence[Item], days: tuple[date, date], today: date, page: Page) -> str:
    """The days from the first to the last, inclusive, that have something."""
    by_day = _by_day(items, *days)
    layout = _layout(items, page)
    blocks = ["\n".join(_day(day, by_day[day], today, layout)) for day in sorted(by_day)]
    blocks = blocks or [_nothing(items, days)]
    undated = sum(item.span is None for item in items)
    if undated:
        have = "1 item has" if undated == 1 else f"{undated} items have"
        blocks.append(page.paint.dim(f"{have} no date yet; `roadmap-sync check` says why."))
    return "\n\n".join(blocks)


def _nothing(items: Sequence[Item], days: tuple[date, date]) -> str:
    first, last = days
    told = f"Nothing from {day_month(first)} to {full(last)}."
    later = min((day for item in items for day in _days(item, last + DAY, date.max, set())), default=None)
    return f"{told} The next thing is on {with_weekday(later)}." if later is not None else told


def _by_day(items: Sequence[Item], first: date, last: date) -> Mapping[date, list[Item]]:
    """What stands on each day; banners stand on the day they begin, or on the first day shown."""
    ticked = {item.parent for item in items if "@" in item.key}
    days: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        for day in _days(item, first, last, ticked):
            days[day].append(item)
    order = {roadmap: at for at, roadmap in enumerate(dict.fromkeys(item.roadmap for item in items))}
    for each in days.values():
        each.sort(key=lambda item: _order(item, order))
    return days


def _days(item: Item, first: date, last: date, ticked: set[str | None]) -> Iterator[date]:
    if item.recurrence is not None:
        # a series whose occurrences are ticked one by one is shown by these
        if item.key not in ticked:
            yield from (day for day in item.recurrence.occurrences if first <= day <= last)
        return
    if item.span is None:
        return
    begin = item.span.first if isinstance(item.span, Days) else item.span.begin.date()
    end = item.span.last if isinstance(item.span, Days) else begin
    if begin <= last and end >= first:
        yield max(begin, first)


def _order(item: Item, roadmaps: Mapping[str, int]) -> tuple[int, str, int, int, str]:
    """Banners, then what has no time, then by the clock; roadmaps and the text decide the rest."""
    place = (roadmaps[item.roadmap], item.source.line, item.key)
    if isinstance(item.span, Block):
        return (2, f"{item.span.begin:%H:%M}", *place)
    return (0 if _lasts(item) else 1, "", *place)


def _lasts(item: Item) -> bool:
    return isinstance(item.span, Days) and item.span.until - item.span.first >= LASTING


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a page, and whether the last one names the roadmap or the period."""

    page: Page
    title: int
    where: int
    several: bool
    zone: str
    """In which the most items have their times; the others name theirs."""


def _layout(items: Sequence[Item], page: Page) -> Layout:
    room = page.columns - TIME - LENGTH - 8
    several = len({item.roadmap for item in items}) > 1
    where = min(room // 3, max((width(_place(item, several=several)) for item in items), default=0))
    zones = Counter(item.span.zone for item in items if isinstance(item.span, Block))
    return Layout(page, room - where, where, several, next((zone for zone, _ in zones.most_common(1)), ""))


def _place(item: Item, *, several: bool) -> str:
    """What an item is a part of: its roadmap among several, else the period around it."""
    if several:
        return item.roadmap
    return item.path[-1] if item.path else ""


def _day(day: date, items: Sequence[Item], today: date, layout: Layout) -> Iterator[str]:
    page = layout.page
    near = {today - DAY: "  yesterday", today: "  today", today + DAY: "  tomorrow"}.get(day, "")
    yield page.paint.bold(f"{with_weekday(day)}") + page.paint.cyan(near)
    timed = [item for item in items if isinstance(item.span, Block)]
    other = [item for item in items if not isinstance(item.span, Block)]
    yield from _lines(other, MOST - len(timed), layout)
    yield from _lines(timed, MOST - len(other), layout)


def _lines(items: Sequence[Item], room: int, layout: Layout) -> Iterator[str]:
    """The lines of some items, as many as there is room for and never fewer than half a day's."""
    shown = items if layout.page.full else items[: max(room, MOST // 2)]
    yield from (_line(item, layout) for item in shown)
    if len(items) > len(shown):
        rest = count(len(items) - len(shown), "more thing", "more things")
        yield layout.page.paint.dim(f"  {'':<{TIME}}  and {rest} on this day; -v lists them")


def _line(item: Item, layout: Layout) -> str:
    paint = layout.page.paint
    time = f"{_time(item):<{TIME}}"
    zone = cut(_other_zone(item, layout), layout.title // 2)
    title = pad(cut(f"{_sign(item)} {item.title}", layout.title - width(zone)) + zone, layout.title)
    place = cut(_place(item, several=layout.several), layout.where)
    tail = f"{_length(item):<{LENGTH}}  {place}".rstrip()
    if item.done is not None:
        return paint.green(f"  {time}  {title}  {tail}".rstrip())
    return f"  {paint.cyan(time)}  {title}  {paint.dim(tail)}".rstrip()


def _other_zone(item: Item, layout: Layout) -> str:
    """The zone of a time that is not in the zone of the others."""
    if not isinstance(item.span, Block) or item.span.zone == layout.zone:
        return ""
    return f" ({item.span.zone})"


def _sign(item: Item) -> str:
    if item.done is not None:
        return "✓"
    if item.tick:
        return "☐"
    return SIGN.get(item.kind, "━")


def _time(item: Item) -> str:
    if isinstance(item.span, Block):
        return f"{item.span.begin:%H:%M}–{item.span.end:%H:%M}"
    if isinstance(item.span, Days) and _lasts(item):
        return f"to {day_month(item.span.last)}"
    return ""


def _length(item: Item) -> str:
    if item.minutes is None:
        return ""
    hours, minutes = divmod(item.minutes, 60)
    return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"
