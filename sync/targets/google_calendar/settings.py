"""What a person chose about the calendar."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The part of the configuration that is about Google."""

    calendar: str = "Roadmaps"
    """The name of the calendar where one has to be made; it tells ours from other calendars of ours."""
    calendar_id: str = ""
    """Empty until it is known."""
    endpoint: str = "https://www.googleapis.com/"
    """With a slash at the end."""
    mark_done: bool = True
    """Whether title and colour of what is done are marked."""
    done_color: str = "8"
    """One of Google's event colours, "1" to "11"; empty to leave colours alone."""
    reminders: tuple[int, ...] = ()
    """Minutes before an event, at most five; none for the calendar's own."""
