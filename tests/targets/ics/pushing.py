"""Exports and pushes of small roadmaps into a folder, with a ledger of their own."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from sync.applying.looking import Request, propose
from sync.applying.pulling import pull
from sync.applying.pushing import Outcome, apply, ready
from sync.ledger.store import open_ledger
from sync.model import Schedule
from sync.planning.decisions import Action, Rules
from sync.planning.plans import Plan
from sync.planning.scopes import Scope
from sync.remote import Intent, Marker, Op, Remote, Target, imprint
from sync.targets.ics.feed import feeds
from sync.targets.ics.fields import shape
from sync.targets.ics.files import read_file, write_files
from sync.targets.ics.target import IcsTarget
from tests.contract.worlds import patient
from tests.targets.ics.plans import LATER

TODAY = date(2026, 1, 6)


class Desk:
    """A folder of feeds beside a ledger."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "feeds"
        self.state = place / "state"

    def target(self, *roadmaps: Schedule, now: datetime = LATER) -> Target:
        return IcsTarget(self.folder, roadmaps, now=now)

    def export(self, *roadmaps: Schedule, now: datetime = LATER) -> list[str]:
        made = feeds(roadmaps, previous=lambda name: read_file(self.folder, name), now=now)
        return write_files(self.folder, [(each.name, each.bytes) for each in made])

    def push(
        self, *roadmaps: Schedule, now: datetime = LATER, phase: str | None = None, **rules: bool
    ) -> list[Outcome]:
        with open_ledger(self.state) as ledger:
            target = self.target(*roadmaps, now=now)
            view = ready(target, ledger, now=now)
            plans = [propose(view, self._request(each, phase, rules)) for each in roadmaps]
            outcomes = apply(plans, target, ledger, patience=patient(), force=True)
        assert [outcome.failed for outcome in outcomes] == [()] * len(roadmaps)
        assert [outcome.stopped for outcome in outcomes] == [None] * len(roadmaps)
        return list(outcomes)

    def plan(self, roadmap: Schedule, now: datetime = LATER, **rules: bool) -> Plan:
        with open_ledger(self.state) as ledger:
            view = ready(self.target(roadmap, now=now), ledger, now=now)
            return propose(view, self._request(roadmap, None, rules))

    def pulled(self, *roadmaps: Schedule, now: datetime = LATER) -> list[tuple[str, str]]:
        with open_ledger(self.state) as ledger:
            return [
                (each.key, each.change) for each in pull(self.target(*roadmaps, now=now), ledger, now=now)
            ]

    def _request(self, roadmap: Schedule, phase: str | None, rules: Mapping[str, bool]) -> Request:
        return Request(Scope(roadmap.slug, phase), roadmap.items, TODAY, Rules(**rules))

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*.ics"))}

    def file(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def edit(self, name: str, old: str, new: str, times: int = 1) -> None:
        """Do what a person with a text editor does."""
        path = self.folder / name
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, times).encode())

    def there(self, *roadmaps: Schedule) -> dict[str, Remote]:
        return {each.marker.key: each for each in self.target(*roadmaps).read(b"").items}


def actions(plan: Plan) -> dict[str, str]:
    """What a plan does, by key; what it leaves alone is not in it."""
    return {step.key: step.action.value for step in plan.steps if step.action is not Action.LEAVE}


def left(plan: Plan) -> dict[str, str]:
    return {step.key: step.reason.value for step in plan.steps if step.action is Action.LEAVE}


def lines(data: bytes) -> Sequence[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def creations(roadmap: Schedule) -> list[Intent]:
    shaped = {each: shape(each) for each in roadmap.items}
    return [
        Intent(Op.CREATE, Marker(each.key, 1, imprint(fields)), each.key, each.uid, fields)
        for each, fields in shaped.items()
        if fields is not None
    ]
