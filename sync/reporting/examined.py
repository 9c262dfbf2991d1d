"""What `doctor` says: a line for each thing that was looked at, and under it what to do."""

from collections.abc import Iterator, Sequence

from sync.app.diagnosing import Check, State
from sync.reporting.columns import count, pad, wrap
from sync.reporting.page import Page

SIGNS = {State.OK: "✓", State.WARNING: "!", State.WRONG: "✗"}


def examined_text(checks: Sequence[Check], page: Page) -> str:
    """All checks, and how many deserve a look."""
    return "\n".join(_lines(checks, page))


def _lines(checks: Sequence[Check], page: Page) -> Iterator[str]:
    widest = max(len(check.name) for check in checks)
    for check in checks:
        yield from _check(check, widest, page)
    yield ""
    numbers = {state: sum(check.state is state for check in checks) for state in State}
    bad = [
        count(numbers[State.WRONG], "thing is wrong", "things are wrong") if numbers[State.WRONG] else "",
        count(numbers[State.WARNING], "warning", "warnings") if numbers[State.WARNING] else "",
    ]
    told = ", ".join(filter(None, bad)) or "All is well"
    yield f"{_sign(max((check.state for check in checks), key=list(State).index), page)} {told}."


def _check(check: Check, widest: int, page: Page) -> Iterator[str]:
    begin = " " * (widest + 4)
    first, *more = wrap(check.found, page.columns - len(begin)) or [""]
    yield f"{_sign(check.state, page)} {page.paint.bold(pad(check.name, widest))}  {first}"
    yield from (f"{begin}{line}" for line in more)
    # what is well and can be changed all the same is for those who want to know more
    if check.next and (check.state is not State.OK or page.full):
        head, *tail = wrap(check.next, page.columns - len(begin) - 2)
        yield f"{begin}{page.paint.dim('→')} {head}"
        yield from (f"{begin}  {line}" for line in tail)


def _sign(state: State, page: Page) -> str:
    paint = {State.OK: page.paint.green, State.WARNING: page.paint.yellow, State.WRONG: page.paint.red}[state]
    return paint(SIGNS[state])


def examined_document(checks: Sequence[Check]) -> dict[str, object]:
    """The same as JSON."""
    return {
        "checks": [
            {"name": check.name, "state": check.state.value, "found": check.found, "next": check.next}
            for check in checks
        ]
    }
