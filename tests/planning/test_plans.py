"""Scopes, order, digest, safety: what holds for a plan as a whole."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.planning.decisions import Action, Reason, Rules, decide
from sync.planning.plans import Plan, Provenance
from sync.planning.scopes import Scope
from sync.planning.telling import tell
from sync.planning.witnesses import Binding, Draft
from sync.remote import Marker, Reading, Remote
from tests.planning.witnesses import PLAN, bound, draft, known, plan, reading, remote

ONE, TWO = Scope("plan", "plan/one"), Scope("plan", "plan/two")


def told(made: Plan) -> list[tuple[str, str]]:
    return [(str(step.action), step.key.removeprefix("plan/")) for step in made.steps]


def test_a_plan_names_creations_and_updates_in_the_order_of_the_roadmap_and_the_rest_after():
    made = plan(
        [draft("z"), draft("moved", "new"), draft("same"), draft("a")],
        reading(remote("moved"), remote("same"), remote("b-gone"), remote("a-gone")),
        known(bound("moved"), bound("same"), bound("b-gone"), bound("a-gone"), bound("0-lost")),
    )

    assert told(made) == [
        ("create", "z"), ("update", "moved"), ("create", "a"),
        ("forget", "0-lost"), ("delete", "a-gone"), ("delete", "b-gone"),
    ]  # fmt: skip
    assert made.existing == 4


def test_pushing_one_phase_leaves_the_others_out_of_all_three_witnesses():
    wanted = [draft("first"), draft("second", phase="plan/two")]
    there = reading(remote("first"), remote("gone-from-one"))
    memory = known(bound("first"), bound("gone-from-one"), bound("lost-from-one"))

    assert told(plan(wanted, there, memory, TWO)) == [("create", "second")]
    assert told(plan(wanted, there, memory, ONE)) == [
        ("delete", "gone-from-one"),
        ("forget", "lost-from-one"),
    ]


def test_an_item_that_changed_its_phase_belongs_to_the_new_one():
    wanted = [draft("task", "new", phase="plan/two"), draft("other")]
    there, memory = reading(remote("task"), remote("other")), known(bound("task"), bound("other"))

    assert told(plan(wanted, there, memory, ONE)) == []
    assert told(plan(wanted, there, memory, TWO)) == [("update", "task")]


def test_the_roadmaps_phase_counts_also_for_what_the_ledger_does_not_know():
    wanted = [draft("task", phase="plan/two")]

    assert told(plan(wanted, reading(remote("task")), known(), ONE)) == []
    assert told(plan(wanted, reading(remote("task")), known(), TWO)) == [("adopt", "task")]


def test_what_no_witness_gives_a_phase_concerns_the_whole_roadmap_alone():
    """After a loss of the ledger nobody can tell in which phase an item was that the text has no longer."""
    there = reading(remote("orphan"))

    assert told(plan([draft("task")], there, known(), ONE)) == [("create", "task")]
    assert told(plan([draft("task")], there, known(), PLAN)) == [("create", "task"), ("leave", "orphan")]


def test_what_this_ledger_never_wrote_goes_only_where_its_roadmap_is_preferred():
    made = plan([], reading(remote("orphan")), known(), rules=Rules(prefer_roadmap=True))

    assert told(made) == [("delete", "orphan")]
    assert plan([], reading(remote("orphan")), known()).steps[0].title == "orphan"


def test_other_roadmaps_on_the_same_target_are_out_of_the_scope():
    foreign = replace(remote("x"), marker=Marker("other/day-1/x", 1, ""))
    memory = known(replace(bound("y"), key="other/y", roadmap="other"))

    assert told(plan([draft("task")], reading(foreign), memory)) == [("create", "task")]


def test_a_renamed_roadmap_still_owns_what_carries_its_old_name():
    study = Scope("study")
    wanted = [replace(draft("task"), key="study/task")]

    made = plan(wanted, reading(remote("orphan")), known(renames={"plan": "study"}), study)
    assert told(made) == [("create", "study/task"), ("leave", "orphan")]


def test_a_deletion_that_the_service_names_stays_even_where_the_ledger_was_lost():
    made = plan([draft("task")], reading(removed=["task"]), known())

    assert [(step.action, step.reason) for step in made.steps] == [(Action.LEAVE, Reason.REMOVED)]
    restored = plan([draft("task")], reading(removed=["task"]), known(), rules=Rules(restore=True))
    assert told(restored) == [("create", "task")]


def test_a_deletion_of_ours_that_the_service_names_is_no_bar():
    made = plan([draft("task")], reading(removed=["task"]), known(bound("task", live=False)))

    assert told(made) == [("create", "task")]


@pytest.mark.parametrize(("revision", "step"), [(0, "create"), (1, "create"), (2, "leave")])
def test_a_deletion_of_a_later_revision_than_ours_was_not_ours(revision: int, step: str):
    """We deleted it, another computer made it anew, and then somebody removed it there."""
    made = plan(
        [draft("task")], reading(removed=["task"], revision=revision), known(bound("task", live=False))
    )

    assert told(made) == [(step, "task")]


def test_a_deletion_of_what_we_meant_to_create_and_another_computer_did_was_not_ours():
    meant = replace(bound("task", live=False), revision=0, issued=1)
    made = plan([draft("task")], reading(removed=["task"], revision=1), known(meant))

    assert told(made) == [("leave", "task")]


def test_a_deletion_elsewhere_is_not_looked_at():
    made = plan([draft("task")], reading(removed=["task", "never-wanted"]), known(), TWO)

    assert made.steps == ()


def test_what_was_ticked_anywhere_is_not_deleted_when_the_roadmap_drops_it():
    memory = known(bound("gone"), finished=frozenset({"plan/gone"}))
    made = plan([draft("task")], reading(remote("gone")), memory)

    assert [(step.action, step.reason) for step in made.steps][1] == (Action.LEAVE, Reason.HISTORY)


def test_what_we_deleted_and_nobody_wants_is_over():
    assert (
        plan([draft("task")], reading(remote("task")), known(bound("task"), bound("gone", live=False))).steps
        == ()
    )


def test_what_was_ticked_anywhere_and_is_nowhere_is_forgotten():
    memory = known(bound("gone"), finished=frozenset({"plan/gone"}))

    assert told(plan([draft("task")], reading(), memory)) == [("create", "task"), ("forget", "gone")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_copy_made_by_hand_is_left_alone_and_named(order: int):
    pair = [remote("task", "old", ident="id-task"), remote("task", "old", ident="id-copy")][::order]
    made = plan([draft("task", "new")], reading(*pair), known(bound("task", title="old")))

    assert told(made) == [("update", "task"), ("leave", "task")]
    assert [step.there.id for step in made.steps if step.there] == ["id-task", "id-copy"]
    assert (made.steps[1].reason, made.steps[1].title) == (Reason.COPY, "old")


def test_of_two_that_nobody_knows_the_first_is_taken_and_none_is_deleted():
    made = plan(
        [draft("task")],
        reading(remote("task", ident="a"), replace(remote("task", ident="b"), fields={})),
        known(),
    )

    assert [(str(step.action), step.there.id) for step in made.steps if step.there] == [
        ("adopt", "a"),
        ("leave", "b"),
    ]
    assert made.steps[1].title == "plan/task"


def test_the_digest_moves_with_every_effect_and_with_nothing_else():
    base = plan([draft("a"), draft("b")], reading(remote("b", "edited", base="b")), known(bound("b")))
    fewer_left = plan([draft("a"), draft("b")], reading(remote("b")), known(bound("b")))
    other_value = plan([draft("a", "x"), draft("b")], reading(remote("b")), known(bound("b")))
    other_scope = plan([draft("a"), draft("b")], reading(remote("b")), known(bound("b")), ONE)

    assert base.digest == fewer_left.digest
    assert len({base.digest, other_value.digest, other_scope.digest}) == 3


TEXT = Provenance("text-1", "reader-1")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, False),
        (TEXT, False),
        (Provenance("text-0", "reader-0"), False),
        (Provenance("text-1", "reader-0"), True),
    ],
    ids=["never pushed", "same reader", "other text", "other reader"],
)
def test_what_a_new_reader_makes_of_the_same_text_is_a_section_of_its_own(
    last: Provenance | None, expected: object
):
    pushed = {("plan", "plan/one"): last} if last else {}
    made = plan(
        [draft("new"), draft("moved", "x"), draft("found")],
        reading(remote("moved"), remote("gone"), remote("found"), remote("other")),
        known(bound("moved"), bound("gone"), bound("other", "plan/two"), pushed=pushed),
        provenance=TEXT,
    )

    assert {step.key: step.reread for step in made.steps} == {
        "plan/new": expected, "plan/moved": expected, "plan/gone": expected,
        "plan/found": False, "plan/other": False,
    }  # fmt: skip


def test_a_new_readers_deletion_of_what_the_ledger_lost_is_no_section_of_its_own():
    memory = known(pushed={("plan", "plan/one"): Provenance("text-1", "reader-0")})
    asked = Rules(prefer_roadmap=True)
    made = plan([draft("new")], reading(remote("gone")), memory, rules=asked, provenance=TEXT)

    assert [(step.action, step.reread) for step in made.steps] == [("create", True), ("delete", False)]


def test_a_plan_is_told_as_json_holds_it():
    made = plan(
        [draft("moved", "new"), draft("edited")],
        reading(remote("moved"), remote("edited", "by hand", base="edited")),
        known(bound("moved"), bound("edited")),
    )

    assert tell(made) == {
        "target": "memory", "roadmap": "plan", "phase": None, "digest": made.digest, "left_out": 0,
        "counts": {"create": 0, "update": 1, "delete": 0, "adopt": 0, "forget": 0, "leave": 1},
        "steps": [
            {"action": "update", "key": "plan/moved", "title": "Moved",
             "fields": {"title": {"old": "moved", "new": "new"}}, "kept": {},
             "reason": "changed in the roadmap", "section": "roadmap"},
            {"action": "leave", "key": "plan/edited", "title": "Edited", "fields": {},
             "kept": {"title": {"there": "by hand", "roadmap": "edited"}},
             "reason": "edited on the other side", "section": "roadmap"},
        ],
    }  # fmt: skip


def test_a_plan_counts_what_it_left_out_because_it_is_past():
    made = plan([replace(draft("old"), past=True), draft("new")], reading(), known())

    assert made.left_out == 1
    assert [step.key for step in made.effects] == ["plan/new"]


def test_a_plan_says_of_each_item_what_is_decided_of_it():
    """The short cut for what all agree on skips nothing about which `decide` has something to say."""
    twice = ("x", "y")
    both = (False, True)
    for wanted, found, base, last, done, live, behind in product(
        twice, twice, twice, twice, both, both, both
    ):
        want = draft("a", wanted)
        there = replace(remote("a", found, base=base), done=done)
        memory = replace(bound("a", title=last, live=live), revision=0 if behind else 1)
        steps = plan([want], reading(there), known(memory)).steps

        assert [step.verdict for step in steps] == [v for v in (decide(want, there, memory, Rules()),) if v]


NAMES = st.sampled_from(["a", "b", "c"])
TITLES = st.sampled_from(["", "x", "y"])


@given(
    st.lists(
        st.builds(draft, NAMES, TITLES, st.sampled_from(["plan/one", "plan/two"])), unique_by=lambda d: d.key
    ),
    st.lists(st.builds(lambda n, t, b: remote(n, t, base=b), NAMES, TITLES, TITLES), max_size=5),
    st.lists(
        st.builds(
            lambda n, p, live: bound(n, p, live=live),
            NAMES,
            st.sampled_from(["plan/one", None]),
            st.booleans(),
        ),
        unique_by=lambda b: b.key,
    ),
    st.sampled_from([PLAN, ONE, TWO]),
)
def test_whatever_the_witnesses_say_each_item_gets_at_most_one_effect_and_copies_none(
    wanted: list[Draft], there: list[Remote], memory: list[Binding], scope: Scope
):
    made = plan(wanted, Reading(tuple(there)), known(*memory), scope)
    touched = [step.key for step in made.effects]
    outside = {one.key for one in wanted if scope.phase not in (None, one.phase)}

    assert len(touched) == len(set(touched))
    assert not outside & {step.key for step in made.steps}
    assert all(step.reason is not Reason.COPY for step in made.effects)


def test_what_is_held_to_an_earlier_plan_is_complete_only_where_nothing_was_left_out():
    agreed = plan([draft("a", "new")], reading(remote("a")), known(bound("a")), provenance=TEXT)
    now = plan([draft("a", "new"), draft("b")], reading(remote("a")), known(bound("a")), provenance=TEXT)

    assert told(now.held_to(agreed)) == [("update", "a")]
    assert now.held_to(agreed).provenance is None
    assert now.held_to(now).provenance == TEXT
