"""Names that a person typed: what they probably meant, and which zones there are."""

from collections.abc import Iterable

NOT_A_PLACE = frozenset({"factory", "localtime", "posixrules"})
"""Entries of a zone database that stand for "whatever this machine says"."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean `x`?" for the nearest known word, "" where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  # needed for mistakes only

    spelled = {name.casefold(): name for name in known}
    typed = word.strip().casefold().replace("-", "_")
    near = get_close_matches(typed, spelled, n=1) or get_close_matches(word.strip().casefold(), spelled, n=1)
    return f"Did you mean `{spelled[near[0]]}`?" if near else ""


def is_zone(name: str) -> bool:
    """Tell whether `name` is a zone of the IANA database, spelled as it is there."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # 5 ms that a run without a named zone does not owe

    if name.casefold() in NOT_A_PLACE:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there, not a name, a folder of zones
        return False
    return True


def nearest_zone(name: str) -> str:
    """Return what to write instead of a zone that does not exist, for example for a bare city."""
    from zoneinfo import available_timezones  # noqa: PLC0415

    zones = sorted(zone for zone in available_timezones() if zone.casefold() not in NOT_A_PLACE)
    typed = name.strip().replace(" ", "_").casefold()
    same = [zone for zone in zones if typed in (zone.casefold(), zone.casefold().rpartition("/")[2])]
    suggestion = f"Did you mean `{same[0]}`?" if same else did_you_mean(typed, zones)
    return suggestion or "Write a zone as Continent/City, for example Africa/Nairobi."
