"""What the ledger remembers of a target."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sync.ledger.bindings import Bindings, Written
from sync.ledger.keys import Keys
from sync.ledger.progress import Entry, Progress
from sync.ledger.sights import Sight, Sights
from sync.ledger.store import Ledger
from sync.planning.plans import Known, Provenance
from sync.planning.witnesses import Binding


def binding(name: str, **more: object) -> Binding:
    made = Binding(f"plan/{name}", "plan", "plan/one", name, f"id-{name}", 3, "title=AAAAAAAA", issued=5)
    return replace(made, **more)  # type: ignore[arg-type]  # a test's shorthand


def test_bindings_are_kept_per_target(ledger: Ledger):
    one, other = Bindings(ledger, "one"), Bindings(ledger, "other")
    one.remember([binding("a"), binding("b", phase=None)])

    assert one.all() == {"plan/a": binding("a"), "plan/b": binding("b", phase=None)}
    assert other.all() == {}


def test_a_revision_once_issued_stays_issued(ledger: Ledger):
    bindings = Bindings(ledger, "memory")
    bindings.remember([binding("a")])
    bindings.remember([binding("a", revision=4, issued=4, remote_id="new")])
    assert bindings.all()["plan/a"] == binding("a", revision=4, issued=5, remote_id="new")

    bindings.issue([binding("a", revision=0, imprint="", remote_id="", live=False, issued=9, title="A")])
    assert bindings.all()["plan/a"] == binding("a", revision=4, issued=9, remote_id="new", title="A")
    bindings.forget(["plan/a"])
    assert bindings.all()["plan/a"] == binding(
        "a", revision=4, issued=9, remote_id="new", title="A", live=False
    )


def test_what_was_issued_is_bound_once_it_landed(ledger: Ledger):
    bindings = Bindings(ledger, "memory")
    bindings.issue([binding("a", revision=0, imprint="", remote_id="", live=False, issued=1)])
    bindings.bind([Written("plan/a", "id-a", 1, "title=BBBBBBBB")])

    assert bindings.all() == {"plan/a": binding("a", revision=1, imprint="title=BBBBBBBB", issued=1)}


def test_a_thousand_bindings_are_one_transaction(ledger: Ledger):
    statements: list[str] = []
    run = ledger.run

    def noted(sql: str, values: Iterable[object] = ()) -> int:
        statements.append(sql)
        return run(sql, values)

    ledger.run = noted  # type: ignore[method-assign]  # listens to what is said to SQLite
    with ledger.transaction():
        Bindings(ledger, "memory").remember(binding(f"t{n}") for n in range(1000))

    assert statements == ["BEGIN IMMEDIATE", "COMMIT"]
    assert len(Bindings(ledger, "memory").all()) == 1000


def test_all_that_a_plan_needs_is_known_at_once(ledger: Ledger):
    bindings = Bindings(ledger, "memory")
    bindings.remember([binding("a")])
    bindings.note_push("plan", ["plan/one", None], Provenance("text", "reader"))
    Keys(ledger).rename("old", "plan")
    at = datetime(2026, 1, 5, tzinfo=UTC)
    Progress(ledger).record(Entry("plan/a", "done", at, "cli"), Entry("plan/b", "undone", at, "cli"))

    assert bindings.known() == Known(
        bindings={"plan/a": binding("a")},
        finished=frozenset({"plan/a"}),
        pushed={
            ("plan", "plan/one"): Provenance("text", "reader"),
            ("plan", None): Provenance("text", "reader"),
        },
        renames={"old": "plan"},
    )


def test_a_rename_hands_over_bindings_and_what_was_pushed(ledger: Ledger):
    bindings = Bindings(ledger, "memory")
    bindings.remember([binding("a")])
    bindings.note_push("plan", ["plan/one"], Provenance("text", "reader"))
    Keys(ledger).rename("plan", "study")

    assert bindings.all()["plan/a"].roadmap == "study"
    assert bindings.pushed() == {("study", "plan/one"): Provenance("text", "reader")}


def test_the_targets_own_notes_are_kept_as_bytes(ledger: Ledger):
    bindings = Bindings(ledger, "memory")
    assert bindings.mirror() == b""
    bindings.keep_mirror(b"\x00token")
    bindings.keep_mirror(b"\xfftoken")

    assert bindings.mirror() == b"\xfftoken"


def test_looks_are_kept_per_target(ledger: Ledger):
    look = Sight(present=True, done="", imprint="title=AAAAAAAA")
    Sights(ledger, "one").note({"plan/a": look})
    Sights(ledger, "one").note({"plan/a": look._replace(done="yes")})

    assert Sights(ledger, "one").all() == {"plan/a": look._replace(done="yes")}
    assert Sights(ledger, "other").all() == {}
