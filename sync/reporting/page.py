"""What the output looks like: how wide, how long, in which colours."""

from dataclasses import dataclass

from sync.reporting.palette import Palette


@dataclass(frozen=True, slots=True)
class Page:
    """The surface that text for a person is laid out on."""

    colours: bool = False
    columns: int = 100
    full: bool = False
    """Whether every line is wanted, instead of the first few and a count."""
    unicode: bool = True
    """Whether signs beyond ASCII can be shown."""

    @property
    def paint(self) -> Palette:
        """The colours, or none."""
        return Palette(colours=self.colours)
