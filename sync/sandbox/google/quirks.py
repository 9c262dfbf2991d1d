"""How the service behaves today: every limit and mood that a test may want otherwise."""

from dataclasses import dataclass
from enum import StrEnum


class Revival(StrEnum):
    """What becomes of a PUT that would bring a deleted event back; users report all three."""

    ALLOWED = "allowed"
    REFUSED_AFTER_HAND = "refused after a deletion by hand"
    REFUSED = "refused"


class Consent(StrEnum):
    """What the person does on the consent page."""

    ASKED = "asked"
    """The page is shown and somebody has to press a button."""
    GIVEN = "given"
    DENIED = "denied"


@dataclass(slots=True)
class Quirks:
    """Change a field at any time; it counts from the next request."""

    page_limit: int | None = None
    """No page holds more than this, whatever was asked for."""
    empty_pages: bool = False
    """Every other page is empty and still names a next one."""
    batch_limit: int = 50
    """Calls that one batch may hold; sources name 50 and 1000."""
    shuffled: bool = True
    """Whether the parts of a batch are carried out and answered in another order."""
    quota: int | None = 600
    """Units per minute and person, a patch counting three; None: no limit."""
    calendars_allowed: int = 60
    bare_tombstones: bool = False
    """Whether deleted events show nothing but their id."""
    revival: Revival = Revival.ALLOWED
    list_lag: int = 0
    """How many readings of the calendar list miss a new calendar."""
    consent: Consent = Consent.ASKED
    unticked: frozenset[str] = frozenset()
    """Scopes that the person refuses although the app asks for them."""
    testing: bool = False
    """Whether the app's consent screen is in testing: refresh tokens then die after seven days."""
