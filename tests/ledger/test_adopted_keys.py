"""Keys that others gave: which of ours step back for them, and when a text is to be read again."""

from pathlib import Path

import pytest

from sync.ledger.bindings import Bindings
from sync.ledger.keys import Key, Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import Ledger, open_ledger
from sync.planning.witnesses import Binding
from tests.desk import NOW


def key(name: str, latest: str = "") -> Key:
    return Key(f"plan/week-1/{name}", "week-1", "task", name, latest or name)


OURS, PUSHED, TICKED, THEIRS = key("ours"), key("pushed"), key("ticked"), key("theirs")


@pytest.fixture
def ledger(tmp_path: Path):
    """A ledger with three keys of a reading: one that was pushed, one that was ticked, and a third."""
    with open_ledger(tmp_path) as made:
        Keys(made).remember("plan", [OURS, PUSHED, TICKED])
        day = Binding(f"{PUSHED.key}@2026-01-05", "plan", None, "", "id", 1, "")
        Bindings(made, "memory").remember([day])
        Progress(made).record(Entry(TICKED.key, "done", NOW, "cli"))
        yield made


def gone(ledger: Ledger) -> set[str]:
    return {each.title for each in Keys(ledger).all_keys("plan") if each.gone}


def test_a_key_that_nobody_here_gave_lets_those_step_back_that_were_never_written_nor_ticked(ledger):
    assert Keys(ledger).adopt("plan", [THEIRS])
    assert gone(ledger) == {"ours"}


def test_what_stands_on_the_target_does_not_step_back(ledger):
    assert Keys(ledger).adopt("plan", [THEIRS, OURS])
    assert gone(ledger) == set()


def test_what_the_last_reading_did_not_find_comes_back_under_the_words_it_has_there(ledger):
    Keys(ledger).remember("plan", [PUSHED, TICKED])
    assert Keys(ledger).adopt("plan", [key("ours", "reworded elsewhere")])
    found = next(each for each in Keys(ledger).all_keys("plan") if each.key == OURS.key)
    assert (found.title, found.latest, found.gone) == ("ours", "reworded elsewhere", False)


def test_where_all_is_known_nothing_is_read_again(ledger):
    assert not Keys(ledger).adopt("plan", [OURS, PUSHED])
    assert not Keys(ledger).adopt("plan", [])
    assert gone(ledger) == set()


def test_what_was_seen_already_is_tried_again_only_where_a_line_is_new_here(ledger):
    Keys(ledger).remember("plan", [PUSHED, TICKED])
    assert not Keys(ledger).adopt("plan", [OURS])
    Keys(ledger).remember("plan", [PUSHED, TICKED, key("new")])
    assert Keys(ledger).adopt("plan", [OURS])
    assert gone(ledger) == {"new"}
