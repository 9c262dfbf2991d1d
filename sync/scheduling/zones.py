"""The words people write for time zones, and the IANA zones they mean.

Abbreviations are not unique: where several zones share one, the text cannot decide and the person is asked.
Sources: the tz database's own abbreviations (`zoneinfo`, 2025) and common usage in English.
"""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

KNOWN = {
    "UTC": "UTC", "GMT": "UTC", "Z": "UTC",
    "EAT": "Africa/Nairobi", "CAT": "Africa/Maputo", "WAT": "Africa/Lagos", "SAST": "Africa/Johannesburg",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon",
    "MSK": "Europe/Moscow", "TRT": "Europe/Istanbul",
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York",
    "CDT": "America/Chicago", "CT": "America/Chicago",
    "MT": "America/Denver", "MDT": "America/Denver", "MST": "America/Denver",
    "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "AKST": "America/Anchorage", "HST": "Pacific/Honolulu",
    "BRT": "America/Sao_Paulo", "ART": "America/Argentina/Buenos_Aires",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "PHT": "Asia/Manila",
    "PKT": "Asia/Karachi", "NPT": "Asia/Kathmandu", "WIB": "Asia/Jakarta", "ICT": "Asia/Bangkok",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "ACST": "Australia/Adelaide", "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
AMBIGUOUS = {
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
}
OFFSET = re.compile(r"(?:UTC|GMT)([+-])(\d{1,2})")


def zone_of(word: str) -> str | tuple[str, ...] | None:
    """The zone a word means; several where it is ambiguous, None where nobody knows it."""
    if word in KNOWN:
        return KNOWN[word]
    if word in AMBIGUOUS:
        return AMBIGUOUS[word]
    match = OFFSET.fullmatch(word)
    if match is None:
        return None
    # POSIX turned the sign round: Etc/GMT-3 is three hours ahead of UTC (tz database, file etcetera)
    sign = "-" if match.group(1) == "+" else "+"
    name = f"Etc/GMT{sign}{int(match.group(2))}" if int(match.group(2)) else "UTC"
    return name if exists(name) else None


def exists(name: str) -> bool:
    """Whether the tz database knows a zone by this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
