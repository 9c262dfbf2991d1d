"""Keys are the heart: an item keeps its key through every edit, and no key is ever given to another item."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from sync.model import Kind
from sync.scheduling.expand import keys_of
from sync.scheduling.identity import Fresh, Known, assign, uid
from tests.scheduling.generated import EDITS, HARMLESS, Road, edits, roads
from tests.scheduling.roads import remembered

# --- without any memory ---


@given(roads(), edits(HARMLESS))
def test_an_untouched_item_keeps_its_key_without_any_memory(road: Road, changes):
    before = road.identities(road.read())
    for change, seed in changes:
        change(road, seed)
    after = road.identities(road.read())
    assert {each: before[each] for each in before.keys() & after.keys()} == {
        each: after[each] for each in before.keys() & after.keys()
    }


@given(roads(parts=True))
def test_keys_and_uids_are_unique(road: Road):
    made = road.read()
    keys = [item.key for item in made.items]
    assert len(set(keys)) == len(keys)
    assert [item.uid for item in made.items] == [uid(key) for key in keys]
    assert len({item.uid for item in made.items}) == len(keys)


@given(roads(parts=True), st.integers(0, 3))
def test_parts_of_the_same_name_keep_their_keys_when_their_tasks_change_places(road: Road, order):
    before = road.identities(road.read())
    road.shuffle = order
    assert road.identities(road.read()) == before


# --- with the memory of the readings before ---


@given(roads(parts=True), edits(EDITS, 8))
def test_an_item_keeps_its_key_through_every_edit_and_none_is_given_twice(road: Road, changes):
    made = road.read()
    known = keys_of(made)
    first = road.identities(made)
    owners = {key: each for each, key in first.items()}
    for change, seed in changes:
        change(road, seed)
        made = road.read(known)
        now = road.identities(made)
        for each, key in now.items():
            assert first.setdefault(each, key) == key, change.__name__
            assert owners.setdefault(key, each) == each, change.__name__
        assert len({item.key for item in made.items}) == len(made.items)
        known = remembered(made, known)


@given(roads(parts=True), edits(EDITS, 4), st.randoms())
def test_the_order_of_what_is_known_does_not_matter(road: Road, changes, random):
    known = keys_of(road.read())
    for change, seed in changes:
        change(road, seed)
    shuffled = list(known)
    random.shuffle(shuffled)
    assert [item.key for item in road.read(known).items] == [item.key for item in road.read(shuffled).items]


@given(roads(parts=True))
def test_reading_the_same_text_again_changes_nothing(road: Road):
    made = road.read()
    again = road.read(keys_of(made))
    assert again.items == made.items
    assert keys_of(again) == keys_of(made)


titles = st.sampled_from(["Read", "Read more", "Notes", "Chapter 3", "Chapter 4", "Büro", "", "…"])
places = st.sampled_from(["plan", "week-1", "week-2", "month-1.week-1", "2026-05-04"])
kinds = st.sampled_from(list(Kind))
fresh_items = st.lists(st.tuples(places, titles, kinds, titles), max_size=8).map(
    lambda rows: [Fresh(at, *row) for at, row in enumerate(rows)]
)
known_items = st.lists(st.tuples(places, titles, kinds, st.booleans()), max_size=8).map(
    lambda rows: [Known(f"plan/old/{at}", *row) for at, row in enumerate(rows)]
)


@given(fresh_items, known_items, st.lists(titles, max_size=3))
def test_whatever_is_known_every_item_gets_one_key_that_no_other_has(fresh, known, names):
    retired = [f"plan/week-1/{name}" for name in ("read", "notes", *names)]
    keys = assign("plan", fresh, known, retired)
    assert sorted(keys) == [item.number for item in fresh]
    assert len(set(keys.values())) == len(fresh)
    assert not set(keys.values()) & set(retired)
    assert keys == assign("plan", fresh, known[::-1], retired[::-1])


def test_keys_do_not_depend_on_the_hash_seed():
    program = """
from tests.scheduling.roads import plan
from sync.scheduling.expand import keys_of
first = plan("# P\\n## Week 1\\n- [ ] Read\\n- [ ] Notes\\n- [ ] Read", start="2026-01-05")
changed = "# P\\n## Week 1\\n- [ ] Notes\\n- [ ] Reads\\n- [ ] Read it"
again = plan(changed, known=set(keys_of(first)), start="2026-01-05")
print([item.key for item in (*first.items, *again.items)], [item.uid for item in again.items])
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
