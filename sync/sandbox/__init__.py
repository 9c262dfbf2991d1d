"""Google Calendar and Todoist emulated over real HTTP on loopback, to try things on and to test with.

Nothing of the program itself is imported here: an emulator that shared code with what it tests
would share its mistakes.
"""

from sync.sandbox.box import Sandbox, run
from sync.sandbox.google.discovery import DescriptionMissing
from sync.sandbox.store import StoreUnreadable

__all__ = ["DescriptionMissing", "Sandbox", "StoreUnreadable", "run"]
