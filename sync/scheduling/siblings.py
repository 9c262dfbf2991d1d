"""What entries that stand side by side tell about one another's days."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from sync.model import Days, Kind, Problem, Severity
from sync.reading.roadmap import Entry
from sync.scheduling.calendar import DAY, Frame
from sync.scheduling.dated import Dated

SHORTEST_SERIES = 5
"""Dates from which one can tell that a series is regular."""


def agree(frame: Frame, siblings: list[Dated]) -> None:
    """Let siblings end where the next begins, and take out the one whose date cannot be meant."""
    _run_on(frame, siblings)
    _end_with_their_days(siblings)
    _flag_outlier(frame, siblings)


def span_below(made: Dated) -> Days | None:
    """From the first to the last of the days that the text gives to what stands below.

    Where tasks stand among them without a day, only what lies near the period's own days counts: they share those.
    """
    near = (
        made.span
        if any(child.span is None and child.entry.kind is Kind.TASK for child in made.children)
        else None
    )
    spans = [
        child.span
        for child in made.children
        if child.span is not None and _counts(child, made) and (near is None or _touches(child.span, near))
    ]
    if near is not None:
        spans.append(near)
    return Days(min(span.first for span in spans), max(span.until for span in spans)) if spans else None


def _touches(one: Days, other: Days) -> bool:
    return one.first <= other.until and other.first <= one.until


def _counts(child: Dated, parent: Dated) -> bool:
    """Whether the days of a child tell those of its parent; a milestone written behind it does not move it."""
    if not child.explicit or child.entry.kind is Kind.SESSION or child.entry.when.bound is not None:
        return False
    return parent.span is None or child.entry.kind not in {Kind.MILESTONE, Kind.DEADLINE}


def _run_on(frame: Frame, siblings: list[Dated]) -> None:
    """A section of a countdown goes on until the next one begins, the last until the event."""
    sections = [(each, each.span) for each in siblings if each.span is not None and _counts_down(each.entry)]
    event = frame.event
    if event is None:
        return
    for each, span in sections:
        offset = each.entry.when.offset
        if offset is not None and each.named is None and offset.near in {None, offset.far}:
            later = (other.first for _, other in sections if other.first > span.first)
            each.span = Days(span.first, min(later, default=max(event, span.until)))


def _counts_down(entry: Entry) -> bool:
    """Whether an entry is a section such as "4 weeks before" with something below it."""
    offset = entry.when.offset
    return offset is not None and not offset.after and entry.kind is Kind.PERIOD and bool(entry.children)


def _end_with_their_days(siblings: list[Dated]) -> None:
    """A counted period whose numbered days end before the next period begins ends there too."""
    periods = [each for each in siblings if each.entry.kind is Kind.PERIOD and each.span is not None]
    for each, following in pairwise(periods):
        days, when = span_below(each), each.entry.when
        assert each.span is not None
        assert following.span is not None
        begin = following.span.first
        if days and when.ordinal and not when.written and days.until <= begin < each.span.until:
            each.span = Days(each.span.first, begin)


def _flag_outlier(frame: Frame, siblings: list[Dated]) -> None:
    """A date far outside a regular series is kept and told, but not scheduled until it is mended."""
    series = [
        each for each in siblings if each.named is not None and each.named.until - each.named.first == DAY
    ]
    if len(series) < SHORTEST_SERIES or len(series) < len(siblings):
        return
    days = [each.span.first for each in series if each.span is not None]
    strangers = [at for at in range(len(days)) if _is_regular([*days[:at], *days[at + 1 :]])]
    if days == sorted(days) or len(strangers) != 1:
        return
    stranger = series[strangers[0]]
    told = f"{days[strangers[0]]} lies outside the series that it stands in; it is left undated."
    mend = "Correct the date in the text, or confirm it with `fix FILE:LINE --date`."
    frame.problems.append(Problem(stranger.entry.line, Severity.ERROR, "outlier", told, mend))
    stranger.span, stranger.flawed, stranger.explicit = None, True, False


def _is_regular(days: Sequence[date]) -> bool:
    """Whether days follow one another at one distance, with at most one left out between them."""
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    return min(gaps) > 0 and gaps <= {min(gaps), 2 * min(gaps)}
