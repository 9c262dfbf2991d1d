"""Who is who between two readings: each rule of matching by a case of its own."""

import pytest

from sync.model import Kind
from sync.scheduling.identity import Fresh, Known, assign, likeness, slug, uid

TASK, PERIOD = Kind.TASK, Kind.PERIOD


def fresh(place: str, title: str, number: int = 1, kind: Kind = TASK, above: str = "") -> Fresh:
    return Fresh(number, place, title, kind, above)


def known(key: str, title: str, place: str = "", kind: Kind = TASK, *, gone: bool = False) -> Known:
    return Known(f"p/{key}", place or key.split("/", maxsplit=1)[0], title, kind, gone)


def key(item: Fresh, *before: Known, retired: tuple[str, ...] = ()) -> str:
    return assign("p", [item], before, retired)[item.number].removeprefix("p/")


# --- names ---


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5+ Python programs", "5-python-programs"),
        ("  File I/O!  ", "file-i-o"),
        ("Büroklammer, Überprüfung", "buroklammer-uberprufung"),
        ("STRASSE und Straße", "strasse-und-strasse"),
        ("面接の準備", "面接の準備"),
        ("snake_case_words", "snake-case-words"),
        ("🚀", ""),
    ],
)
def test_a_name_is_letters_and_digits_joined_by_hyphens(text, name):
    assert slug(text) == name


def test_long_names_are_cut_and_stay_apart():
    one, other = (slug("read the very long chapter " * 4 + end) for end in ("one", "two"))
    assert len(one) <= 60
    assert slug("x" * 60) == "x" * 60
    assert len(slug("x" * 61)) == 60
    assert one[:40] == other[:40]
    assert one != other


def test_a_uid_is_a_uuid5_of_its_key():
    assert uid("p/week-1/read") == uid("p/week-1/read") != uid("p/week-1/notes")
    assert uid("p/week-1/read")[14] == "5"


# --- new keys ---


def test_a_new_key_is_roadmap_place_and_name():
    assert key(fresh("week-1", "Read it")) == "week-1/read-it"


def test_an_item_without_a_name_is_called_after_its_kind():
    assert key(fresh("week-1", "🚀", kind=Kind.MILESTONE)) == "week-1/milestone"


@pytest.mark.parametrize(
    ("place", "name"),
    [("week-3", "period"), ("week-3-4", "period"), ("month-1.week-3", "period"), ("2026-quarter-1", "period"),
     ("plan", "loops"), ("2026-05-04", "loops"), ("week-2-before", "loops"), ("month-1.d04", "loops")],
)  # fmt: skip
def test_a_numbered_period_is_its_number_and_another_one_its_title(place, name):
    assert key(fresh(place, "Loops", kind=PERIOD)) == f"{place}/{name}"


def test_a_key_that_was_ever_given_is_not_given_again():
    assert key(fresh("week-1", "Read"), retired=("p/week-1/read", "p/week-1/read-2")) == "week-1/read-3"
    assert (
        key(fresh("week-1", "Read"), known("week-1/read", "Sing", "week-9", kind=Kind.SESSION))
        == "week-1/read-2"
    )


def test_items_of_the_same_name_are_told_apart_by_what_they_stand_in():
    items = [fresh("week-1", "Read", at, above=above) for at, above in enumerate(("Loops", "Lists", ""))]
    assert list(assign("p", items).values()) == [
        "p/week-1/loops-read",
        "p/week-1/lists-read",
        "p/week-1/read",
    ]
    assert list(assign("p", items[::-1]).values()) == [
        "p/week-1/read",
        "p/week-1/lists-read",
        "p/week-1/loops-read",
    ]


def test_items_that_nothing_tells_apart_are_counted():
    items = [fresh("week-1", "Read", at) for at in range(3)]
    assert list(assign("p", items).values()) == ["p/week-1/read", "p/week-1/read-2", "p/week-1/read-3"]


# --- the same again ---


def test_the_same_words_at_the_same_place_are_the_same_item():
    assert key(fresh("week-1", "READ it!"), known("week-1/first-title", "Read it")) == "week-1/first-title"


def test_of_two_with_the_same_words_each_keeps_its_own():
    before = [known("week-1/read", "Read", "week-1/loops"), known("week-1/read-2", "Read", "week-1/lists")]
    assert key(fresh("week-1", "Read", above="Lists"), *before) == "week-1/read-2"
    assert key(fresh("week-1", "Read", above="Loops"), *before) == "week-1/read"
    assert key(fresh("week-1", "Read", above="Sets"), *before) == "week-1/read"


def test_counted_twins_keep_their_order_beyond_nine():
    before = [known(f"week-1/read{'' if at == 1 else f'-{at}'}", "Read") for at in range(1, 12)]
    items = [fresh("week-1", "Read", at) for at in range(1, 12)]
    expected = [each.key for each in before]
    assert list(assign("p", items, before[::-1]).values()) == expected


def test_a_task_that_became_a_session_keeps_its_key():
    assert key(fresh("week-1", "Read", kind=Kind.SESSION), known("week-1/read", "Read")) == "week-1/read"


def test_the_same_words_at_another_place_are_the_same_item_moved():
    assert key(fresh("week-2", "Read"), known("week-1/read", "Read")) == "week-1/read"
    assert key(fresh("week-2", "Read", kind=Kind.SESSION), known("week-1/read", "Read")) == "week-2/read"


def test_days_that_all_move_by_one_keep_their_keys_however_alike_their_neighbours_are():
    titles = ["Chapter 1", "Chapter 2", "Chapter 3"]
    before = [known(f"day-{at}/chapter-{at}", title) for at, title in enumerate(titles, start=1)]
    items = [fresh(f"day-{at}", title, at) for at, title in enumerate(["Preface", *titles], start=1)]
    keys = assign("p", items, before)
    assert [keys[item.number] for item in items] == ["p/day-1/preface", *(each.key for each in before)]


# --- reworded and moved ---


@pytest.mark.parametrize("title", ["Read the boook", "Read a book", "Read the book aloud", "read: the book"])
def test_a_reworded_item_is_recognised_where_it_stands(title):
    assert (
        key(fresh("week-1", title), known("week-1/read-the-book", "Read the book")) == "week-1/read-the-book"
    )


def test_of_very_many_reworded_items_each_is_recognised():
    verbs = ("Polish", "Carry", "Stitch", "Measure", "Plant", "Wrap")
    things = ("violin", "harness", "pumpkin", "lighthouse", "glacier")
    titles = [f"{verb} the {thing}" for verb in verbs for thing in things]
    before = [known(f"plan/{slug(title)}", title) for title in titles]
    items = [fresh("plan", f"{title} slowly", at) for at, title in enumerate(titles)]
    assert assign("p", items, before) == {at: each.key for at, each in enumerate(before)}


def test_another_item_at_the_same_place_is_new():
    assert (
        key(fresh("week-1", "Plan a trip"), known("week-1/read-the-book", "Read the book"))
        == "week-1/plan-a-trip"
    )


def test_the_most_alike_is_matched_first():
    before = [known("week-1/read-a-book", "Read a book"), known("week-1/read-a-page", "Read a page")]
    items = [fresh("week-1", "Read a long page", 1), fresh("week-1", "Read a book twice", 2)]
    assert assign("p", items, before) == {1: "p/week-1/read-a-page", 2: "p/week-1/read-a-book"}


def test_a_part_is_rather_the_reworded_part_of_its_own_task():
    before = [
        known("week-1/notes-a", "Notes one", "week-1/loops"),
        known("week-1/notes-b", "Notes one", "week-1/lists"),
    ]
    assert key(fresh("week-1", "Notes ones", above="Lists"), *before) == "week-1/notes-b"


def test_a_typo_mended_while_the_item_moves_is_recognised():
    assert key(fresh("week-2", "Polish the violin"), known("week-1/x", "Polish the violn")) == "week-1/x"
    assert (
        key(fresh("week-2", "Polish the harness"), known("week-1/x", "Polish the violin"))
        == "week-2/polish-the-harness"
    )
    assert key(fresh("week-2", "Polish it"), known("week-1/x", "Polish the violin")) == "week-2/polish-it"
    assert (
        key(fresh("week-2", "Polish the violin", kind=Kind.SESSION), known("week-1/x", "Polish the violn"))
        == "week-2/polish-the-violin"
    )


def test_a_moved_chapter_4_is_no_chapter_3():
    assert (
        key(fresh("week-2", "Chapter 4 of the book"), known("week-1/x", "Chapter 3 of the book"))
        == "week-2/chapter-4-of-the-book"
    )


# --- periods ---


def test_a_numbered_period_may_be_retitled_wholly():
    assert (
        key(
            fresh("week-3", "Week 3: Graphs", kind=PERIOD),
            known("week-3/period", "Week 3: Loops", kind=PERIOD),
        )
        == "week-3/period"
    )


def test_a_period_and_a_task_are_never_one_another():
    assert (
        key(fresh("week-3", "Week 3: Loops"), known("week-3/period", "Week 3: Loop", kind=PERIOD))
        == "week-3/week-3-loops"
    )


def test_weeks_that_get_other_numbers_take_their_keys_along():
    before = [
        known(f"week-{at}/period", f"Week {at}: {topic}", kind=PERIOD)
        for at, topic in ((1, "Loops"), (2, "Lists"))
    ]
    items = [
        fresh(f"week-{at}", f"Week {at}: {topic}", at, PERIOD)
        for at, topic in ((1, "Intro"), (2, "Loops"), (3, "Lists"))
    ]
    assert assign("p", items, before) == {1: "p/week-1/period-2", 2: "p/week-1/period", 3: "p/week-2/period"}


def test_weeks_without_a_topic_are_their_numbers():
    before = [known("week-1/period", "Week 1", kind=PERIOD), known("week-2/period", "Week 2", kind=PERIOD)]
    items = [fresh("week-2", "Week 2", 1, PERIOD), fresh("week-1", "Week 1", 2, PERIOD)]
    assert assign("p", items, before) == {1: "p/week-2/period", 2: "p/week-1/period"}


# --- gone and back ---


def test_what_is_gone_comes_back_by_its_own_words_alone():
    gone = known("week-1/read-the-book", "Read the book", gone=True)
    assert key(fresh("week-1", "Read the book"), gone) == "week-1/read-the-book"
    assert key(fresh("week-1", "Read the books"), gone) == "week-1/read-the-books"
    assert key(fresh("week-2", "Read the book"), gone) == "week-2/read-the-book"


def test_a_gone_week_is_not_the_next_one_of_its_number():
    gone = known("week-3/period", "Week 3: Loops", kind=PERIOD, gone=True)
    assert key(fresh("week-3", "Week 3: Graphs", kind=PERIOD), gone) == "week-3/period-2"


def test_who_is_there_comes_before_who_is_gone():
    there, gone = known("week-1/b", "Read"), known("week-1/a", "Read", gone=True)
    assert key(fresh("week-1", "Read"), gone, there) == "week-1/b"


# --- likeness ---


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("Read", "READ!", 1, 1),
        ("Graphs", "Graphs revisited", 0.9, 0.9),
        ("A", "A long title", 0, 0.5),
        ("Chapter 3", "Chapter 4", 0.5, 0.7),
        ("", "", 1, 1),
        ("", "Read", 0, 0),
    ],
)
def test_likeness(one, other, low, high):
    assert low <= likeness(one, other) <= high
    assert likeness(one, other) == pytest.approx(likeness(other, one), abs=0.1)
