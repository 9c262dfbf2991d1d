"""A pull: what people did on the other side, into the ledger; nothing is written there."""

from datetime import datetime

from sync.applying.absorbing import Change, absorb
from sync.applying.looking import look
from sync.ledger.store import Ledger
from sync.planning.safety import check_reading
from sync.remote import Target


def pull(target: Target, ledger: Ledger, *, now: datetime, force: bool = False) -> tuple[Change, ...]:
    """Read the target once and return what is new there since the last look.

    Raises `UnsafePlan` for an empty answer where something must be there, unless told to believe it.
    """
    view = look(target, ledger)
    check_reading(target.name, view.reading, view.known, force=force)
    return absorb(view, ledger, now)
