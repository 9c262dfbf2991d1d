"""Keys: what makes an item the same item after its text was reworded, moved, or pasted again.

A key is slug/place/name. The place is the ordinal unit (week-3), or the written date where the text knows
nothing else; the name is the slug of the title as first seen. Neither the position in the file nor a date
computed from the start is ever part of it. Items seen before are recognised by place and likeness, so that
a key follows its item; a key that was once given is never given to something else.
"""

import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2s

from sync.model import Kind

NAMESPACE = uuid.UUID("6e3c5e0e-9f0b-5b53-8b0e-2f6b7f1b7d5a")
"""The namespace of this program's uuid5; every UID follows from it and from the key."""
LONGEST_NAME = 60
NOT_WORD = re.compile(r"[\W_]+")
NUMBER = re.compile(r"\d+")
COUNTED_PLACE = re.compile(r"(?:.*[.-])?[a-z]+-\d+(?:-\d+)?")
COUNTED_TITLE = re.compile(r"\D*\d+(?:-\d+)*-?")
"""The number at the head of a period's title with all before it: the Week 4 of Week 4: Graphs."""
REWORDED = 0.5
"""Likeness from which an item at the same place counts as reworded."""
MOVED = 0.85
"""Likeness from which an item of the same kind at another place counts as moved."""
CLOSEST = 8
"""With how many others an item is compared, where there are more."""
SHORTEST_BEGINNING = 4
"""Characters from which a title that goes on as another begins is as good as the same."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item as just read."""

    number: int
    place: str
    title: str
    kind: Kind
    above: str = ""
    """The title of what it stands in, where the place does not tell that."""

    @property
    def where(self) -> str:
        """The place, and after a slash the name of what it stands in."""
        name = slug(self.above)
        return f"{self.place}/{name}" if name else self.place


@dataclass(frozen=True, slots=True)
class Known:
    """An item seen before, as it was when last seen."""

    key: str
    place: str
    """Its place; after a slash the name of what it stood in, where the place did not tell that."""
    title: str
    kind: Kind
    gone: bool = False
    """Whether an earlier reading missed it already: then only the very same words bring it back."""


def uid(key: str) -> str:
    """The bare uuid5 of a key, which RFC 7986 section 5.3 recommends as UID."""
    return str(uuid.uuid5(NAMESPACE, key))


def slug(text: str) -> str:
    """Letters and digits in lower case, joined by hyphens; accents of Latin letters fall away.

    At most 60 characters: a longer one ends in a digest of the whole, so that equal beginnings stay apart.
    """
    words = _words(text)
    if len(words) <= LONGEST_NAME:
        return words
    digest = blake2s(words.encode(), digest_size=4).hexdigest()
    return f"{words[: LONGEST_NAME - len(digest) - 1].rstrip('-')}-{digest}"


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return NOT_WORD.sub("-", unicodedata.normalize("NFC", plain)).strip("-")


def assign(
    roadmap: str, fresh: Sequence[Fresh], known: Iterable[Known] = (), retired: Iterable[str] = ()
) -> Mapping[int, str]:
    """The key of each item, by its number; `retired` are keys that must not be given again.

    What is certain is settled first: the same words at the same place, then the same words elsewhere,
    then other words at the same place, then what was both moved and reworded, and last what comes back.
    """
    # by length first, so that name-2 comes before name-10
    before = sorted(known, key=lambda each: (len(each.key), each.key))
    present, gone = [each for each in before if not each.gone], [each for each in before if each.gone]
    keys: dict[int, str] = {}
    left = _same(fresh, present, keys, lambda each: (_where(each), _words(each.title), each.kind))
    left = _same(left, present, keys, lambda each: (_place(each), _words(each.title), each.kind))
    left = _same(left, present, keys, lambda each: (_place(each), _words(each.title)))
    left = _same(left, present, keys, _topic)
    left = _alike(left, present, keys, lambda each: (_place(each), each.kind is Kind.PERIOD), _reworded)
    left = _same(left, present, keys, _number)
    left = _alike(left, present, keys, lambda each: each.kind, _moved)
    left = _same(left, gone, keys, lambda each: (_place(each), _words(each.title), each.kind))
    shared = Counter((item.place, _own_name(item)) for item in fresh)
    _name(roadmap, left, keys, shared, {each.key for each in before} | set(retired))
    return keys


def _where(item: Fresh | Known) -> str:
    return item.where if isinstance(item, Fresh) else item.place


def _place(item: Fresh | Known) -> str:
    return item.place.partition("/")[0]


def _topic(item: Fresh | Known) -> Hashable:
    """The words by which an item is known wherever it stands; of Week 4: Graphs those are the graphs."""
    words = _words(item.title)
    if item.kind is Kind.PERIOD and _is_counted(_place(item)):
        words = COUNTED_TITLE.sub("", words, count=1) or _place(item)
    return words, item.kind


def _unmatched(before: Sequence[Known], keys: Mapping[int, str]) -> list[Known]:
    used = set(keys.values())
    return [each for each in before if each.key not in used]


def _same(
    left: Sequence[Fresh],
    before: Sequence[Known],
    keys: dict[int, str],
    identity: Callable[[Fresh | Known], Hashable],
) -> list[Fresh]:
    """Match what is the same by some measure, in the order of the text; gives back what is left."""
    waiting: dict[Hashable, list[Known]] = {}
    for each in _unmatched(before, keys):
        waiting.setdefault(identity(each), []).append(each)
    unmatched = []
    for item in left:
        same = waiting.get(identity(item))
        if same:
            keys[item.number] = same.pop(0).key
        else:
            unmatched.append(item)
    return unmatched


def _alike(
    left: Sequence[Fresh],
    before: Sequence[Known],
    keys: dict[int, str],
    group: Callable[[Fresh | Known], Hashable],
    measure: Callable[[Fresh, Known], float],
) -> list[Fresh]:
    """Match what is alike within its group, the most alike first; gives back what is left."""
    groups: dict[Hashable, list[Known]] = {}
    for each in _unmatched(before, keys) if left else ():
        groups.setdefault(group(each), []).append(each)
    closest = {name: _Closest(known) for name, known in groups.items()}
    pairs = [
        (score, item, each)
        for item in left
        if (near := closest.get(group(item))) is not None
        for each in near.to(item.title)
        if (score := measure(item, each))
    ]
    used: set[str] = set()
    # equal likeness is settled by the order of the text and the key, never by chance
    for _, item, each in sorted(pairs, key=lambda pair: (-pair[0], pair[1].number, pair[2].key)):
        if item.number not in keys and each.key not in used:
            keys[item.number] = each.key
            used.add(each.key)
    return [item for item in left if item.number not in keys]


class _Closest:
    """Finds the few items whose titles share most with another: comparing all with all takes minutes."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = known
        self.having: dict[str, list[int]] = {}
        for at, each in enumerate(known if len(known) > CLOSEST else ()):
            for piece in _pieces(each.title):
                self.having.setdefault(piece, []).append(at)

    def to(self, title: str) -> Iterable[Known]:
        """The items closest to a title; all of them where they are few."""
        if len(self.known) <= CLOSEST:
            return self.known
        shared = Counter(at for piece in _pieces(title) for at in self.having.get(piece, ()))
        best = sorted(shared, key=lambda at: (-shared[at], at))
        return [self.known[at] for at in best[:CLOSEST]]


def _pieces(title: str) -> set[str]:
    """The runs of three letters in a title."""
    words = f"-{_words(title)}-"
    return {words[at : at + 3] for at in range(len(words) - 2)}


def _number(item: Fresh | Known) -> Hashable:
    """What tells a numbered period whatever it is called: Week 3 may get a wholly new title."""
    counted = item.kind is Kind.PERIOD and _is_counted(_place(item))
    return _place(item) if counted else id(item)


def _reworded(item: Fresh, each: Known) -> float:
    """How alike two items are that stand at the same place; 0 where they are not the same one."""
    like = likeness(item.title, each.title)
    # parts of the same task before those of another one
    return like + (item.where == each.place) if like >= REWORDED else 0


def _moved(item: Fresh, each: Known) -> float:
    like = likeness(item.title, each.title)
    return like if like >= MOVED else 0


def likeness(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1; case, accents and signs do not count.

    Chapter 3 is not Chapter 4: titles with other numbers are never more than reworded.
    """
    a, b = _words(one), _words(other)
    if a == b:
        return 1.0
    shorter, longer = sorted((a, b), key=len)
    goes_on = longer.startswith(shorter) and len(shorter) >= SHORTEST_BEGINNING
    like = 0.9 if goes_on else SequenceMatcher(None, a, b, autojunk=False).ratio()
    return like if NUMBER.findall(a) == NUMBER.findall(b) else min(like, (REWORDED + MOVED) / 2)


# --- new keys ---


def _name(
    roadmap: str,
    left: Sequence[Fresh],
    keys: dict[int, str],
    shared: Mapping[tuple[str, str], int],
    taken: set[str],
) -> None:
    """Name what was never seen: by its title, with the one above it where others share that."""
    for item in left:
        name = _own_name(item)
        wanted = f"{roadmap}/{item.place}/{name}"
        if slug(item.above) and (shared[item.place, name] > 1 or wanted in taken):
            wanted = f"{roadmap}/{item.place}/{slug(f'{item.above} {item.title}')}"
        keys[item.number] = _free(wanted, taken)
        taken.add(keys[item.number])


def _own_name(item: Fresh) -> str:
    if item.kind is Kind.PERIOD and _is_counted(item.place):
        return item.kind.value
    return slug(item.title) or item.kind.value


def _is_counted(place: str) -> bool:
    """Whether a place alone tells a period apart: week-3 does, a plain date or name does not."""
    return COUNTED_PLACE.fullmatch(place) is not None


def _free(wanted: str, taken: set[str]) -> str:
    key, count = wanted, 1
    while key in taken:
        count += 1
        key = f"{wanted}-{count}"
    return key
