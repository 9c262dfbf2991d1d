"""Faults on demand: what goes wrong, at which request, before or after the write."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.sandbox.wire import Answer, Request, html_answer


@dataclass(frozen=True, slots=True)
class Fault:
    """One way for an exchange to go wrong; several fields may hold at once."""

    name: str
    answer: Answer | None = None
    """Sent instead of the true answer."""
    cut: bool = False
    """The connection is reset without one byte of answer."""
    keep: float = 1.0
    """The share of the body that arrives before the connection closes."""
    delay: float = 0.0
    """Seconds between the work and the answer."""
    twice: bool = False
    """The request is carried out two times; the second result is answered."""
    lost: bool = False
    """Inside a batch: the answer has no part for this call."""

    @property
    def hides_the_result(self) -> bool:
        """Whether the caller cannot see what the service did."""
        return self.answer is not None or self.cut or self.lost


RESET = Fault("reset", cut=True)
ANY_PART = 0
"""Every call inside a batch, counted one by one."""
TRUNCATED = Fault("truncated", keep=0.5)
TWICE = Fault("delivered twice", twice=True)
LOST_PART = Fault("part missing from the answer", lost=True)


def answering(answer: Answer, name: str = "") -> Fault:
    """Answer this, whatever was asked."""
    return Fault(name or f"answer {answer.status}", answer=answer)


def slow(seconds: float) -> Fault:
    """Let the caller wait; the answer itself is the true one."""
    return Fault(f"slow by {seconds:g} s", delay=seconds)


def html(status: int = 503) -> Fault:
    """A page of a front end where JSON was due."""
    page = f"<!DOCTYPE html><html lang=en><title>Error {status}</title><p>That's an error. Try again later."
    return answering(html_answer(page, status), f"HTML {status}")


@dataclass(slots=True)
class Planned:
    """A fault that waits for its request."""

    fault: Fault
    at: int
    """Requests to go until it strikes, 1 for the next that matches."""
    times: int
    """How many requests in a row it strikes; 0 for every one from then on."""
    part: int | None
    after: bool
    only: re.Pattern[bytes]
    struck: int = 0

    def strikes(self, request: Request) -> bool:
        """Count one request or call and say whether it is hit."""
        if not self.only.search(f"{request.method} {request.path}\n".encode() + request.body):
            return False
        self.at -= 1
        hit = self.at < 1 and (self.times == 0 or self.struck < self.times)
        self.struck += hit
        return hit

    @property
    def spent(self) -> bool:
        """Whether it will never strike again."""
        return self.times > 0 and self.struck >= self.times


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that hit, and whether the work is done first."""

    fault: Fault
    after: bool

    @property
    def works(self) -> bool:
        """Whether the request is carried out at all."""
        return self.after or not self.fault.hides_the_result


@dataclass(slots=True)
class Faults:
    """The faults that one service has in store; empty unless somebody asks."""

    only: str
    """Which requests count where nothing else is said: a pattern for `METHOD /path`."""
    planned: list[Planned] = field(default_factory=list)

    def add(
        self,
        fault: Fault,
        *,
        at: int = 1,
        times: int = 1,
        part: int | None = None,
        after: bool = False,
        only: str | None = None,
    ) -> Planned:
        """Plan a fault for the `at`-th matching request from now, `times` in a row (0: for ever).

        With `part` it hits that call inside batches instead, from 1; ANY_PART looks at all of them.
        With `after` the write is done first and its answer lost. `only` is a pattern that must be found
        in `METHOD /path` or in the body below it: an item that is never accepted, for example.
        """
        plan = Planned(fault, at, times, part, after, re.compile((only or self.only).encode(), re.MULTILINE))
        self.planned.append(plan)
        return plan

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.planned.clear()

    def strike(self, request: Request) -> Strike | None:
        """Count a request and take the first fault that hits it."""
        return self._hit([plan for plan in self.planned if plan.part is None], request)

    def strike_parts(self, calls: Sequence[Request]) -> dict[int, Strike]:
        """Count the calls of a batch and take the faults that hit them, by part number from 1."""
        hits: dict[int, Strike] = {}
        for number, call in enumerate(calls, start=1):
            hit = self._hit([plan for plan in self.planned if plan.part in (number, ANY_PART)], call)
            if hit is not None:
                hits[number] = hit
        return hits

    def _hit(self, plans: list[Planned], request: Request) -> Strike | None:
        hits = [plan for plan in plans if plan.strikes(request)]
        self.planned = [plan for plan in self.planned if not plan.spent]
        return Strike(hits[0].fault, hits[0].after) if hits else None
