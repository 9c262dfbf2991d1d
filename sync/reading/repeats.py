"""The same thing said twice is one entry: among the key dates and in its project, in a plan and a tracker."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sync.model import Kind
from sync.reading.desk import Desk
from sync.reading.draft import Draft
from sync.reading.expressions import Ordinal, PartialDate
from sync.reading.roadmap import LineRole

POINTS = frozenset({Kind.MILESTONE, Kind.DEADLINE})
WORD = re.compile(r"[^\W_]+")
STEM = 5
"""Letters by which inflected forms of a word are taken for the same (deploy, deployment)."""
TOO_COMMON = 300
"""Titles of one word beyond which it tells them apart no more; else huge documents cost the square of their size."""


def settle(desk: Desk) -> None:
    """Merge what is said twice; the first place keeps its lines pointing at the one that stays."""
    placed = list(_placed(desk.root, ()))
    _points(desk, placed)
    _periods(placed)
    _echoes(desk, placed)
    desk.roles = [_redirected(desk, role) for role in desk.roles]


Placed = tuple[Draft, tuple[Draft, ...]]
Identity = tuple[object, ...]
"""What two mentions of one period have in common."""


def _placed(draft: Draft, path: tuple[Draft, ...]) -> Iterator[Placed]:
    for child in draft.children:
        yield child, path
        yield from _placed(child, (*path, child))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, without those too short to tell anything."""
    words = WORD.findall(text.casefold())
    return frozenset(word[:STEM] for word in words if len(word) > 2 or word.isdigit() or not word.isascii())


def _points(desk: Desk, placed: list[Placed]) -> None:
    """Milestones and deadlines of one date that share their words."""
    by_date: dict[PartialDate, list[Placed]] = {}
    for draft, path in placed:
        date = _date_of(draft, path) if draft.kind in POINTS else None
        if date is not None:
            by_date.setdefault(replace(date, weekday=None, year=None), []).append((draft, path))
    for several in by_date.values():
        _merge_points(desk, several)


def _date_of(draft: Draft, path: tuple[Draft, ...]) -> PartialDate | None:
    """The day of a point as the text gives it: its own, or the last of the dated period it closes."""
    if draft.when.written is not None:
        return draft.when.written.last
    if draft.when.ordinal is None and path and path[-1].when.written is not None:
        last, above = path[-1].when.written.last, path[:-1]
        year = last.year or next(
            (y for y in (_year(each) for each in reversed(above)) if y is not None), None
        )
        return replace(last, year=year)
    return None


def _year(draft: Draft) -> int | None:
    return draft.when.written.last.year if draft.when.written is not None else None


def _merge_points(desk: Desk, several: list[Placed]) -> None:
    """Keep the point that stands deepest in the plan; the others repeat it."""
    for at, (draft, path) in enumerate(several):
        for other, other_path in several[at + 1 :]:
            if (
                draft.repeats is None
                and other.repeats is None
                and _same_point(desk, draft, path, other, other_path)
            ):
                deeper = bool(other.children) or (len(other_path) > len(path) and not draft.children)
                kept, dropped = (other, draft) if deeper else (draft, other)
                _merge(kept, dropped)
                if len(stems(dropped.title)) > len(stems(kept.title)):
                    kept.title = dropped.title


def _same_point(
    desk: Desk, draft: Draft, path: tuple[Draft, ...], other: Draft, other_path: tuple[Draft, ...]
) -> bool:
    """Whether two points of one day are one: by their words, or because both are the day of the exam."""
    years = {date.year for date in (_date_of(draft, path), _date_of(other, other_path)) if date is not None}
    if len(years - {None}) > 1:
        return False
    both_exam = all(desk.says("lead:exam", each.title) for each in (draft, other))
    return both_exam or _same_words(draft, path, other, other_path)


def _same_words(draft: Draft, path: tuple[Draft, ...], other: Draft, other_path: tuple[Draft, ...]) -> bool:
    """Whether two points of one day mean the same: their words agree, with those of the periods around them."""
    mine, theirs = stems(draft.title), stems(other.title)
    shared = mine & theirs
    if not shared:
        return False
    around = mine | stems(" ".join(each.title for each in path))
    around_other = theirs | stems(" ".join(each.title for each in other_path))
    return mine <= around_other or theirs <= around or len(shared) >= 2


def _periods(placed: list[Placed]) -> None:
    """Periods of one count, or of one name and one date."""
    known: dict[Identity, Draft] = {}
    alike: dict[Identity, list[Identity]] = defaultdict(list)
    for draft, path in placed:
        if draft.kind is not Kind.PERIOD or draft.repeats is not None:
            continue
        identity = _identity(draft, path)
        if identity is None:
            continue
        met = _met(known, alike[identity[:3]], identity)
        if met not in known:
            alike[met[:3]].append(met)
        first = known.setdefault(met, draft)
        nested = any(_kept(each) is first for each in path)
        if first is not draft and not nested and not _contains(draft, first):
            kept, dropped = (draft, first) if draft.children and not first.children else (first, draft)
            known[met] = kept
            kept.children.extend(child for child in dropped.children)
            dropped.children.clear()
            _merge(kept, dropped)


def _identity(draft: Draft, path: tuple[Draft, ...]) -> Identity | None:
    when = draft.when
    if when.ordinal is not None:
        counted = [each.when.ordinal for each in path if each.when.ordinal is not None]
        # dates beside a number do not tell two units apart: one of the mentions often leaves them out
        dated = next((each.when.written for each in reversed(path) if each.when.written is not None), None)
        return ("unit", when.ordinal, _owner(counted), dated)
    if when.written is not None:
        return ("dates", when.written, stems(draft.title))
    return None


def _met(known: Mapping[Identity, Draft], alike: Sequence[Identity], identity: Identity) -> Identity:
    """The identity under which a period is known already; a week of no month may be that of any one month.

    `alike` are the identities known so far that differ from it at most in their dates.
    """
    if identity[0] != "unit" or identity in known:
        return identity
    if identity[3] is None:
        return alike[0] if len(alike) == 1 else identity
    loose = (*identity[:3], None)
    return loose if loose in known else identity


def _owner(counted: list[Ordinal]) -> Ordinal | None:
    """The nearest counted unit above, inside which numbers may begin again."""
    return counted[-1] if counted else None


def _kept(draft: Draft) -> Draft:
    """The draft that stands for this one."""
    while draft.repeats is not None:
        draft = draft.repeats
    return draft


def _contains(outer: Draft, inner: Draft) -> bool:
    return any(child is inner or _contains(child, inner) for child in outer.children)


def _echoes(desk: Desk, placed: list[Placed]) -> None:
    """Boxes of a progress list that name work the plan already holds: only their done mark is taken."""
    _repeated_boxes(placed)
    _repeated_days(placed)
    if not desk.echoes:
        return
    echoes = frozenset(desk.echoes)
    by_words: dict[frozenset[str], Draft] = {}
    for draft, _ in placed:
        words = stems(draft.title)
        if words and draft.number not in echoes and draft.repeats is None:
            by_words.setdefault(words, draft)
    told = {number: stems(desk.drafts[number - 1].title) for number in desk.echoes}
    near = _near(by_words, frozenset().union(*told.values()))
    for number, words in told.items():
        echo = desk.drafts[number - 1]
        same = by_words.get(words) or _alike(by_words, near(words), words)
        if same is not None:
            _merge(same, echo)


def _alike(
    by_words: Mapping[frozenset[str], Draft], near: Iterable[frozenset[str]], words: frozenset[str]
) -> Draft | None:
    """The draft whose title says most of what an echo says; the first one where several say as much.

    They share 60 % of the words of the shorter title, and 40 % of the longer one's.
    """
    best: tuple[float, int] = (0, 0)
    found, mine = None, len(words)
    for title in near:
        theirs, shared = len(title), len(words & title)
        fewer, more = (mine, theirs) if mine < theirs else (theirs, mine)
        if 5 * shared >= 3 * fewer and 5 * shared >= 2 * more:
            draft = by_words[title]
            likeness = (shared / (mine + theirs - shared), -draft.number)
            if found is None or likeness > best:
                best, found = likeness, draft
    return found


def _near(
    titles: Collection[frozenset[str]], asked: frozenset[str]
) -> Callable[[frozenset[str]], set[frozenset[str]]]:
    """What finds the titles that share enough words with an echo to be looked at; `asked` are the words of all echoes.

    Two sets that share 40 % of the words of either also share one among the rarest 60 % of each, and
    one more, as long as both are ranked alike; so only those are kept, and only those are looked up.
    """
    common = Counter(stem for words in titles for stem in words)

    def _rarest(words: frozenset[str]) -> list[str]:
        ranked = sorted(words, key=lambda stem: (common[stem], stem))
        return ranked[: 3 * len(words) // 5 + 1]

    by_stem: dict[str, list[frozenset[str]]] = defaultdict(list)
    for words in titles:
        for stem in _rarest(words) if not asked.isdisjoint(words) else ():
            by_stem[stem].append(words)
    told = {stem: several for stem, several in by_stem.items() if len(several) <= TOO_COMMON}
    return lambda words: {theirs for stem in _rarest(words) for theirs in told.get(stem, ())}


def _repeated_days(placed: list[Placed]) -> None:
    """One task of one day in two tables; the second adds only its done mark."""
    tasks = [draft for draft, _ in placed if draft.kind is Kind.TASK and draft.when and draft.repeats is None]
    titles = Counter(draft.title.casefold() for draft in tasks)
    known: dict[object, Draft] = {}
    for draft in tasks:
        title = draft.title.casefold()
        if titles[title] > 1:  # as few do
            first = known.setdefault((title, draft.when, draft.clock, draft.part), draft)
            if first is not draft and first.line != draft.line:
                _merge(first, draft)


def _repeated_boxes(placed: list[Placed]) -> None:
    """Boxes without any place that say in full what the plan has a date for."""
    tasks = [(draft, path) for draft, path in placed if draft.kind is Kind.TASK]
    dated = [draft for draft, _ in tasks if draft.when]
    names = {draft.title.casefold() for draft in dated}
    bare = [
        draft
        for draft, path in tasks
        if draft.title.casefold() in names and not (draft.when or any(each.when for each in path))
    ]
    by_words = {stems(draft.title): draft for draft in dated} if bare else {}
    for draft in bare:
        same = by_words.get(stems(draft.title)) if draft.repeats is None else None
        if same is not None and same.title.casefold() == draft.title.casefold():
            _merge(same, draft)


def _merge(kept: Draft, dropped: Draft) -> None:
    dropped.repeats = kept
    kept.done = kept.done or dropped.done
    kept.notes.extend(note for note in dropped.notes if note not in kept.notes)
    if kept.kind is Kind.MILESTONE and dropped.kind is Kind.DEADLINE:
        kept.kind = Kind.DEADLINE
    if kept.when.written is None and dropped.when.written is not None:
        kept.when = replace(kept.when, written=dropped.when.written)


def _redirected(desk: Desk, role: LineRole | None) -> LineRole | None:
    """The role of a line with its entries replaced by the ones they repeat."""
    if role is None or not role.entries:
        return role
    numbers = tuple(dict.fromkeys(_kept(desk.drafts[number - 1]).number for number in role.entries))
    return role if numbers == role.entries else replace(role, entries=numbers)
