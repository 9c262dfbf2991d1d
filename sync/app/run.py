"""What every use case needs to know of the world."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sync.config.settings import Config


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the program."""

    config: Config
    state: Path
    cwd: Path
    today: date
    now: datetime
    """Zoned; stamps what is written."""
