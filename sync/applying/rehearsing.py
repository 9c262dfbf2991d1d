"""A push up to its plan, on a copy of the ledger: what `plan` shows has the digest of what is pushed."""

from datetime import datetime

from sync.applying.absorbing import absorb
from sync.applying.looking import View, foreseen, look
from sync.ledger.store import Ledger
from sync.planning.safety import check_reading
from sync.remote import Target


def rehearse(target: Target, ledger: Ledger, *, now: datetime, force: bool = False) -> View:
    """Read the target as `ready` does, and only foresee what that would send; the ledger is a copy.

    Ticks made there are in the log of that copy afterwards.

    Raises `UnsafePlan` for an empty answer where something must be there, unless `force` believes it.
    """
    view = foreseen(look(target, ledger))
    check_reading(target.name, view.reading, view.known, force=force)
    absorb(view, ledger, now)
    return view
