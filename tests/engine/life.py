"""One roadmap, one service, one or two computers, and everything that can happen to them.

The life keeps its own account of what people did, apart from the engine's, and `check` compares.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

from sync.applying.looking import Request, propose
from sync.applying.pulling import pull
from sync.applying.pushing import Outcome, apply, ready, resumed
from sync.errors import RetryLater
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import Ledger, open_ledger
from sync.model import Item
from sync.planning.decisions import Rules
from sync.planning.plans import Plan
from sync.planning.scopes import Scope
from sync.remote import Fields, Marker, fingerprint, read_imprint
from sync.targets.memory import MemoryTarget, Service, Thing
from tests.contract.worlds import patient
from tests.engine.desks import Desks
from tests.engine.faults import FaultPoints, Killed, Network
from tests.engine.wishes import TODAY, Wish, items_of

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass
class Life:
    """The account of one life."""

    folder: Path
    desks: int = 1
    group: int | None = 1
    names_deletions: bool = False
    roadmap: dict[str, Wish] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    """What people deleted on the other side; it must stay away."""
    uncertain: set[str] = field(default_factory=set)
    """What nobody can know any more whether it was deleted by us or by people."""
    edits: dict[str, dict[str, str]] = field(default_factory=dict)
    """Id of a thing to its fields as people wrote them; they must stay."""
    excused: set[tuple[str, str]] = field(default_factory=set)
    """Id and field of what was edited by hand, and may differ from the roadmap until both say the same."""
    agreed: set[tuple[str, str]] = field(default_factory=set)
    """Id and field of what both sides changed alike; only the ledger knows, until the next write."""
    unseen: set[str] = field(default_factory=set)
    """Ids of things that no ledger has seen since one was lost; nobody can tell that they were there."""
    finished: dict[str, Thing] = field(default_factory=dict)
    """Id of a thing to how it was when it was ticked."""
    known: Desks = field(default_factory=Desks)
    """What each desk surely wrote, and what its roadmap said."""
    serial: int = 0

    def __post_init__(self) -> None:
        self.service = Service(names_deletions=self.names_deletions)
        self.now = NOW

    # What the author does.

    def write(self, name: str, phase: str = "one", day: int = 1) -> None:
        self.roadmap[name] = Wish(self._text("wish"), day, phase)

    def reword(self, name: str) -> None:
        self.roadmap[name].title = self._text("wish")

    def cut(self, name: str) -> None:
        del self.roadmap[name]
        if name in self.removed:
            self.removed.discard(name)
            self.uncertain.add(name)

    def agree(self, name: str) -> None:
        """Take over into the roadmap what was edited by hand."""
        for thing in self.things(name):
            self.roadmap[name].title = thing.fields["title"]
            self._unedit(thing.id, "title")

    # What a person does on the phone.

    def tick(self, name: str) -> None:
        self.now += timedelta(minutes=1)
        for thing in self.things(name):
            if not thing.done:
                self._put(replace(thing, done=self.now))
                self.finished[thing.id] = self.service.things[thing.id]

    def edit(self, name: str, which: str = "title") -> None:
        for thing in self.things(name):
            value = self._text("hand")
            self._put(replace(thing, fields={**thing.fields, which: value}))
            self.edits.setdefault(thing.id, {})[which] = value
            self.excused.add((thing.id, which))
            if thing.id in self.finished:
                self.finished[thing.id] = self.service.things[thing.id]

    def delete(self, name: str) -> None:
        for thing in self.things(name):
            self.service.delete(thing.id)
            self.edits.pop(thing.id, None)
            self.finished.pop(thing.id, None)
            self.uncertain.discard(name)
            told = name in self.roadmap and thing.id not in self.unseen
            (self.removed if told else self.uncertain).add(name)

    # What happens on a computer.

    def done(self, name: str, desk: int = 0) -> None:
        self.now += timedelta(minutes=1)
        with self.ledger(desk) as ledger:
            Progress(ledger).record(Entry(f"plan/{name}", "done", self.now, "cli"))

    def lose_ledger(self, desk: int = 0) -> None:
        rmtree(self.folder / str(desk), ignore_errors=True)
        self.known.lose(desk)
        self.excused |= self.agreed
        if self.names_deletions:
            self.uncertain |= {key.removeprefix("plan/") for key in self.service.deleted} - self.removed
        else:
            self.unseen |= set(self.service.things)
            self.uncertain |= self.removed
            self.removed.clear()

    def push(
        self,
        desk: int = 0,
        phase: str | None = None,
        *,
        dies_at: int | None = None,
        loses: frozenset[tuple[int, str]] = frozenset(),
        rules: Rules | None = None,
    ) -> tuple[Outcome | None, int]:
        """Push, and check everything; return the outcome, None if cut short, and the fault points."""
        rules = rules or Rules()
        if rules.restore:
            self.uncertain |= self.removed
            self.removed.clear()
        before = {_name(thing) for thing in self.service.things.values()}
        if rules.prefer_roadmap:
            self.edits.clear()
            self.known.meet(desk, before)
        points, outcome = FaultPoints(dies_at), None
        try:
            outcome = self._push(desk, phase, points, Network(loses), rules)
        except (Killed, RetryLater):
            pass
        finally:
            self.service.weather = lambda moment: None
        if self.desks > 1:
            self.uncertain |= before - {_name(thing) for thing in self.service.things.values()}
        self.check()
        assert outcome is None or not outcome.failed, "an item failed though nothing was refused"
        if outcome is not None and outcome.stopped is None:
            self.check_arrived(desk, phase, rules)
        else:
            outcome = None
        if self.desks > 1:
            for made in self.items():
                self.known.say(desk, [(made.key, name, value) for name, value in self._shaped(made).items()])
        return outcome, points.passed

    def _push(
        self, desk: int, phase: str | None, points: FaultPoints, network: Network, rules: Rules
    ) -> Outcome:
        target = MemoryTarget(self.service, group=self.group)

        def weather(moment: str) -> None:
            points.reach()
            network.pass_by(moment, writing=self.service.requests != [] and applying)

        applying = False
        with self.ledger(desk) as ledger:
            points.watch(ledger)
            self.service.weather = weather

            def planned() -> list[Plan]:
                view = ready(target, ledger, now=self.now, force=True)
                return [propose(view, self.request(ledger, phase, rules))]

            agreed = planned()
            applying = True
            plans = resumed(agreed, target, ledger, planned, patience=patient())
            return apply(plans, target, ledger, patience=patient(), force=True)[0]

    def plan(self, desk: int = 0, phase: str | None = None, rules: Rules | None = None) -> Plan:
        """Return the plan as it would be shown."""
        with self.ledger(desk) as ledger:
            view = ready(MemoryTarget(self.service), ledger, now=self.now, force=True)
            return propose(view, self.request(ledger, phase, rules or Rules()))

    def pull(self, desk: int = 0) -> list[tuple[str, str]]:
        with self.ledger(desk) as ledger:
            changes = pull(MemoryTarget(self.service), ledger, now=self.now, force=True)
            return [(change.change, change.key.removeprefix("plan/")) for change in changes]

    def request(self, ledger: Ledger, phase: str | None, rules: Rules) -> Request:
        ticked = {key for key, standing in Progress(ledger).standings().items() if standing.done}
        items = [replace(made, done=made.key in ticked or None) for made in self.items()]
        scope = Scope("plan", None if phase is None else f"plan/{phase}")
        return Request(scope, items, TODAY, rules, force=True)

    def items(self) -> list[Item]:
        return items_of(self.roadmap)

    def ledger(self, desk: int = 0) -> Ledger:
        return open_ledger(self.folder / str(desk))

    def things(self, name: str) -> list[Thing]:
        return [thing for thing in self.service.things.values() if _name(thing) == name]

    def titles(self) -> dict[str, str]:
        """What a person sees on the phone, without the anchor that keeps a roadmap from being empty."""
        return {
            _name(thing): thing.fields["title"]
            for thing in self.service.things.values()
            if _name(thing) != "anchor"
        }

    # The account.

    def check(self) -> None:
        """What must hold at any moment, however a run ended."""
        names = [_name(thing) for thing in self.service.things.values()]
        assert len(names) == len(set(names)), "doubled"
        for ident, thing in self.finished.items():
            assert self.service.things.get(ident) == thing, "a finished item was touched"
        for ident, fields in self.edits.items():
            assert ident in self.service.things, "an item edited by hand was deleted"
            now = self.service.things[ident].fields
            assert {name: now[name] for name in fields} == fields, "a hand edit was overwritten"
        assert not self.removed & set(names), "what was removed by hand came back"
        self.uncertain -= set(names)

    def check_arrived(self, desk: int, phase: str | None, rules: Rules) -> None:
        """What must hold after a push that went through."""
        with self.ledger(desk) as ledger:
            ticked = {key for key, standing in Progress(ledger).standings().items() if standing.done}
        for thing in self.service.things.values():
            assert not thing.done or f"plan/{_name(thing)}" in ticked, "a tick was lost"
        for made in self.items():
            name = made.key.removeprefix("plan/")
            if phase not in (None, made.phase and made.phase.removeprefix("plan/")):
                continue
            if name in self.removed | self.uncertain:
                continue
            found = self.things(name)
            self.unseen -= {thing.id for thing in found}
            assert found or made.key in ticked, f"{name} did not arrive"
            for thing in found:
                self._check_fields(made, thing, desk)
        if phase is None:
            for thing in self.service.things.values():
                kept = (
                    thing.id in {ident for ident, _ in self.excused}
                    or thing.done
                    or not self.known.has_met(desk, _name(thing))
                    or f"plan/{_name(thing)}" in ticked
                )
                assert _name(thing) in self.roadmap or _name(thing) == "anchor" or kept, "not deleted"
            self.known.meet(desk, self.roadmap)
        again = self.plan(desk, phase, replace(rules, restore=False))
        assert again.effects == (), "a second push would do something"

    def _shaped(self, made: Item) -> Fields:
        shaped = MemoryTarget(self.service).shape(made)
        assert shaped is not None
        return shaped

    def _check_fields(self, made: Item, thing: Thing, desk: int) -> None:
        for name, value in self._shaped(made).items():
            if self.known.has_said(desk, (made.key, name, value)) and thing.fields[name] != value:
                self.excused.add((thing.id, name))
            if thing.fields[name] == value and not thing.done:
                self._agreed(thing, name)
            excused = thing.done or (thing.id, name) in self.excused
            assert excused or thing.fields[name] == value, f"{name} of {made.key} did not arrive"

    def _agreed(self, thing: Thing, name: str) -> None:
        """Both sides say the same now: no edit any more, if need be in this one ledger alone."""
        marker = Marker.parse(thing.marker)
        assert marker is not None
        if read_imprint(marker.imprint).get(name) != fingerprint(thing.fields[name]):
            self.agreed.add((thing.id, name))
            if self.desks > 1:
                return
        self.excused.discard((thing.id, name))
        self._unedit(thing.id, name)

    def _unedit(self, ident: str, which: str) -> None:
        fields = self.edits.pop(ident, {})
        fields.pop(which, None)
        if fields:
            self.edits[ident] = fields

    def _put(self, thing: Thing) -> None:
        self.service.things[thing.id] = replace(thing, version=thing.version + 1)

    def _text(self, word: str) -> str:
        self.serial += 1
        return f"{word} {self.serial}"


def _name(thing: Thing) -> str:
    marker = Marker.parse(thing.marker)
    assert marker is not None
    return marker.key.removeprefix("plan/")


def settled_life(life: Life, *names: str) -> Life:
    """Return the life with these items written and pushed."""
    for name in names:
        life.write(name)
    life.push()
    return life
