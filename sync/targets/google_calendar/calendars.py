"""Which calendar is ours: the configured one, else the one that carries our mark, else a new one; and its end."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from sync.errors import ConfigError
from sync.targets.google_calendar.client import Client
from sync.targets.google_calendar.errors import CalendarGone, FateUnknown
from sync.targets.google_calendar.settings import Settings


class Calendars:
    """Finds the calendar once, or makes it.

    Making one is not idempotent: it is never asked for twice without searching in between, and a run
    that does not know whether it was made makes no other.
    """

    def __init__(self, client: Client, settings: Settings, zone: str, found: Callable[[str], None]) -> None:
        self._client, self._name, self._zone, self._found = client, settings.calendar, zone, found
        self._known = settings.calendar_id
        self._in_doubt = False

    @property
    def mark(self) -> str:
        """What stands in the description of our calendar; calendars of other names have other marks."""
        return f"[roadmap-sync:{uuid5(NAMESPACE_URL, f'roadmap-sync:{self._name}')}]"

    def find(self) -> str | None:
        """Return its id, None where there is none yet. Raises `ConfigError` where several carry our mark."""
        if not self._known:
            marked = [
                each["id"] for each in self._client.calendars() if self.mark in each.get("description", "")
            ]
            if len(marked) > 1:
                raise ConfigError(
                    f"{len(marked)} calendars at Google are marked as {self._name!r}.",
                    f"Choose one as `calendar_id` in the configuration: {', '.join(sorted(marked))}.",
                )
            if marked:
                self._tell(marked[0])
        return self._known or None

    def make(self) -> str:
        """Make it and return its id, after a search that found none.

        Raises `FateUnknown` where no answer came, now or before: it must be searched for again.
        """
        if self._in_doubt:
            raise FateUnknown(
                "It is not known yet whether Google made the calendar.", "Push again in some minutes."
            )
        description = f"Kept by roadmap-sync from your roadmaps. {self.mark}"
        try:
            made = self._client.new_calendar(
                {"summary": self._name, "timeZone": self._zone, "description": description}
            )
        except FateUnknown:
            self._in_doubt = True
            raise
        self._tell(made)
        return made

    def drop_if_empty(self) -> str | None:
        """Delete the calendar if it bears our mark and nothing of anybody's is in it; return its name.

        None where it stays. A calendar without the mark was chosen by a person, and is theirs.
        """
        if not self._known:
            return None
        try:
            there = self._client.calendar(self._known)
            if self.mark not in there.get("description", "") or not self._client.is_empty(self._known):
                return None
            self._client.delete_calendar(self._known)
        except CalendarGone:
            there = {}  # an answer was lost, or a person was quicker
        self._tell("")
        return str(there.get("summary") or self._name)

    def _tell(self, name: str) -> None:
        self._known = name
        self._found(name)
