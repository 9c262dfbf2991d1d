"""The sandbox: the emulated services behind one port on loopback."""

import secrets
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Protocol, Self

from sync.sandbox import store as shelf
from sync.sandbox.chance import Chance
from sync.sandbox.faults import Fault, Faults, Strike
from sync.sandbox.google.service import Google
from sync.sandbox.pages.welcome import Welcome
from sync.sandbox.phone.pages import Phone
from sync.sandbox.phone.tasks import TaskPhone
from sync.sandbox.record import Exchange, Log, exchange
from sync.sandbox.server import LOOPBACK, Delivery, LoopbackServer
from sync.sandbox.todoist.service import Todoist
from sync.sandbox.wire import Answer, Request

USER = "you@example.com"


class Service(Protocol):
    """What the sandbox needs of an emulated service."""

    name: str
    url: str
    lock: threading.RLock
    faults: Faults
    written: Callable[[], None]

    def door(self, path: str) -> str | None:
        """Must name the door that a path leads to (`api` is the one that faults and counts aim at)."""

    def answer(self, request: Request) -> Answer:
        """Must answer any request to one of its doors."""

    def mishaps(self) -> dict[str, Fault]:
        """Must name the faults that a person may order."""

    def snapshot(self) -> dict[str, Any]:
        """Must return all state as JSON."""

    def restore(self, state: dict[str, Any]) -> None:
        """Must become what a snapshot says."""


class Page(Protocol):
    """What people look at in a browser."""

    def claims(self, path: str) -> bool:
        """Must say whether a path is one of its own."""

    def answer(self, request: Request) -> Answer:
        """Must answer any request to one of them."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Sandbox:
    """Emulated services over real HTTP; a context manager that runs from `with` to its end.

    `now` must return zoned moments; all stamps, expiries and quotas follow it. The same `seed` makes
    the same ids, tokens and orders; None makes new ones. With `store` the state is read from that file
    and written back after every change. `say` is told each request in a line.

    Raises DescriptionMissing where google-api-python-client is not installed, StoreUnreadable where
    `store` is a file of another kind.
    """

    def __init__(
        self,
        port: int = 0,
        now: Callable[[], datetime] = utc_now,
        *,
        seed: int | None = 0,
        store: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] | None = None,
    ) -> None:
        chance = Chance(seed)
        self.log = Log()
        self.google = Google(USER, now, chance, self.log)
        # of its own, so that neither service's ids depend on what the other has done
        self.todoist = Todoist(USER, now, Chance(seed), self.log)
        self.services: tuple[Service, ...] = (self.google, self.todoist)
        self._pages: tuple[Page, ...] = (
            Phone(self.google, self._pulse),
            TaskPhone(self.todoist, self._pulse),
            Welcome(self.services, lambda: self.todoist.token),
        )
        self._store = store
        self._port, self._now, self._sleep = port, now, sleep
        self._server: LoopbackServer | None = None
        self._say = say
        self._lock = threading.RLock()
        if store is not None:
            self.restore(shelf.load(store))
        for service in self.services:
            service.lock = self._lock
            service.written = self._keep

    @property
    def url(self) -> str:
        """Where it can be reached, with a slash at the end: an `endpoint` as configurations want it."""
        assert self._server is not None, "a sandbox has an address only while it runs"
        return f"http://{LOOPBACK}:{self._server.port}/"

    def start(self) -> None:
        """Begin to answer; raises OSError where the port is taken."""
        self._server = LoopbackServer(
            self._port, self._deliver, lambda: self._now().astimezone(UTC), self._sleep
        )
        for service in self.services:
            service.url = self.url
        self._server.start()

    def stop(self) -> None:
        """Hang up on everybody; raises whatever went wrong inside the sandbox itself."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        if server.crashes:
            raise server.crashes[0]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def snapshot(self) -> dict[str, Any]:
        """The state of all services, as JSON."""
        with self._lock:
            return {service.name: service.snapshot() for service in self.services}

    def restore(self, state: dict[str, Any]) -> None:
        """Become what a snapshot says; services it does not name stay as they are."""
        with self._lock:
            for service in self.services:
                if service.name in state:
                    service.restore(state[service.name])

    def _pulse(self) -> str:
        """A text that changes with the state of any service."""
        return f"{self.google.account.revision}.{self.todoist.account.revision}"

    def _keep(self) -> None:
        if self._store is not None:
            shelf.save(self._store, self.snapshot())

    def _deliver(self, request: Request) -> Delivery:
        """Find who answers, let faults strike, and write the log."""
        with self._lock:
            service = next((s for s in self.services if s.door(request.path)), None)
            if service is None:
                page = next((p for p in self._pages if p.claims(request.path)), None)
                return Delivery(page.answer(request) if page else Answer(404))
            strike = service.faults.strike(request)
            answer = _worked(service, request, strike)
            if request.method != "GET":
                self._keep()
            self._note(service, request, strike, answer)
        if strike is None:
            return Delivery(answer)
        fault = strike.fault
        return Delivery(answer, cut=fault.cut, keep=fault.keep, delay=fault.delay)

    def _note(self, service: Service, request: Request, strike: Strike | None, answer: Answer) -> None:
        cut = strike is not None and strike.fault.cut
        fault = strike.fault.name if strike else ""
        place = (service.name, service.door(request.path) or "")
        entry = exchange(place, request, answer, fault, cut=cut)
        self.log.add(entry)
        if self._say is not None:
            self._say(_line(entry))


def _worked(service: Service, request: Request, strike: Strike | None) -> Answer:
    """Carry the request out as often as the fault lets it, and give the answer that is to be sent."""
    if strike is None:
        return service.answer(request)
    answer = Answer(200)
    if strike.works:
        answer = service.answer(request)
        if strike.fault.twice:
            second = service.answer(request)
            answer = Answer(second.status, second.headers, second.body, answer.calls + second.calls)
    told = strike.fault.answer or answer
    return Answer(told.status, told.headers, told.body, answer.calls)


def _line(entry: Exchange) -> str:
    """One request in a line: what was asked, how many calls it was, what was answered."""
    calls = f" ({len(entry.calls)} calls)" if len(entry.calls) > 1 else ""
    fault = f" [{entry.fault}]" if entry.fault else ""
    return f"{entry.method} {entry.path}{calls}: {entry.status or 'cut'}{fault}"


def run(
    port: int, store: Path | None, *, ready: Callable[[Sandbox], None], say: Callable[[str], None]
) -> None:
    """Run the sandbox until somebody stops it with Ctrl-C or SIGTERM.

    `ready` is called once with the sandbox, when it answers; `say` is told each request in a line. Must be
    called in the main thread. Raises what `Sandbox` raises, and OSError where the port is taken.
    """
    ended = threading.Event()

    def _end(number: int, frame: FrameType | None) -> None:
        del number, frame
        ended.set()

    before = {number: signal.signal(number, _end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(port, store=store, seed=secrets.randbits(64), say=say) as box:
            ready(box)
            ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    say("Stopped.")
