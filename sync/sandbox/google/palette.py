"""The colours that ids stand for, background and foreground."""

from typing import Any

INK = "#1d1d1d"

EVENT_COLOURS = {
    "1": ("#a4bdfc", INK),
    "2": ("#7ae7bf", INK),
    "3": ("#dbadff", INK),
    "4": ("#ff887c", INK),
    "5": ("#fbd75b", INK),
    "6": ("#ffb878", INK),
    "7": ("#46d6db", INK),
    "8": ("#e1e1e1", INK),
    "9": ("#5484ed", INK),
    "10": ("#51b749", INK),
    "11": ("#dc2127", INK),
}
CALENDAR_PAINTS = (
    "#ac725e #d06b64 #f83a22 #fa573c #ff7537 #ffad46 #42d692 #16a765 #7bd148 #b3dc6c #fbe983 #fad165 "
    "#92e1c0 #9fe1e7 #9fc6e7 #4986e7 #9a9cff #b99aff #c2c2c2 #cabdbf #cca6ac #f691b2 #cd74e6 #a47ae2"
)
CALENDAR_COLOURS = {
    str(number): (background, INK) for number, background in enumerate(CALENDAR_PAINTS.split(), start=1)
}
UPDATED = "2012-02-14T00:00:00.000Z"


def colours() -> dict[str, Any]:
    """What `colors.get` answers."""
    return {
        "kind": "calendar#colors",
        "updated": UPDATED,
        "calendar": _defined(CALENDAR_COLOURS),
        "event": _defined(EVENT_COLOURS),
    }


def _defined(palette: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {
        name: {"background": background, "foreground": foreground}
        for name, (background, foreground) in palette.items()
    }
