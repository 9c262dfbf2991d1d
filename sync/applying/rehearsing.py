"""A push up to its plan, on a copy of the ledger: what `plan` shows has the digest of what is pushed."""

from datetime import datetime

from sync.applying.absorbing import absorb
from sync.applying.looking import View, foreseen, look
from sync.ledger.store import Ledger
from sync.remote import Target


def rehearse(target: Target, ledger: Ledger, *, now: datetime) -> View:
    """Read the target as `ready` does, and only foresee what that would send; the ledger is a copy.

    Ticks made there are in the log of that copy afterwards. Whether an empty answer is believed is left
    to `propose`.
    """
    view = foreseen(look(target, ledger))
    absorb(view, ledger, now)
    return view
