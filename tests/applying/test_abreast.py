"""Targets are pushed side by side, and do not stop each other."""

from pathlib import Path
from threading import Barrier

import pytest

from sync.applying.abreast import abreast
from sync.applying.looking import Request, look, propose
from sync.applying.pushing import Outcome, apply
from sync.errors import RetryLater, RoadmapSyncError
from sync.ledger.bindings import Bindings
from sync.ledger.store import open_ledger
from sync.planning.scopes import Scope
from sync.targets.memory import MemoryTarget, Service
from tests.applying.desk import TODAY
from tests.contract.worlds import item, patient


class Named(MemoryTarget):
    def __init__(self, name: str, service: Service) -> None:
        super().__init__(service)
        self._name = name

    @property
    def name(self) -> str:
        return self._name


def test_jobs_run_at_the_same_time():
    meeting = Barrier(3, timeout=5)

    assert set(abreast(dict.fromkeys("abc", meeting.wait)).values()) == {0, 1, 2}
    assert abreast({}) == {}


def test_a_bug_in_one_job_is_raised_after_the_others_have_ended():
    ended: list[str] = []

    def bug() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        abreast({"a": bug, "b": lambda: ended.append("b")})
    assert ended == ["b"]


def test_the_failure_of_one_target_leaves_the_other_complete(tmp_path: Path):
    open_ledger(tmp_path).close()
    services = {"good": Service(), "bad": Service()}

    def dead(moment: str) -> None:
        raise RetryLater("Out of reach.", "Push again.")

    services["bad"].weather = dead

    def push(name: str) -> Outcome:
        with open_ledger(tmp_path) as ledger:
            target = Named(name, services[name])
            request = Request(Scope("plan"), [item(f"day-{n}") for n in range(20)], TODAY)
            return apply([propose(look(target, ledger), request)], target, ledger, patience=patient())[0]

    results = abreast({"good": lambda: push("good"), "bad": lambda: push("bad")})
    good, bad = results["good"], results["bad"]

    assert isinstance(good, Outcome)
    assert good.done == 20
    assert isinstance(bad, RoadmapSyncError)
    assert len(services["good"].things) == 20


def test_two_targets_write_to_one_ledger_at_the_same_time(tmp_path: Path):
    open_ledger(tmp_path).close()
    services = {"one": Service(), "two": Service()}

    def push(name: str) -> int:
        with open_ledger(tmp_path) as ledger:
            target = Named(name, services[name])
            request = Request(Scope("plan"), [item(f"day-{n}") for n in range(60)], TODAY)
            return apply([propose(look(target, ledger), request)], target, ledger, patience=patient())[0].done

    assert abreast({"one": lambda: push("one"), "two": lambda: push("two")}) == {"one": 60, "two": 60}
    with open_ledger(tmp_path) as ledger:
        assert [len(Bindings(ledger, name).all()) for name in ("one", "two")] == [60, 60]
