"""How long something lasts, as RFC 5545 writes it."""

import re
from datetime import timedelta


def length(text: str) -> timedelta | None:
    """Return a DURATION (RFC 5545 3.3.6), None where it is none or not positive."""
    found = re.fullmatch(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", text)
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return timedelta(days, seconds, minutes=minutes, hours=hours, weeks=weeks) or None
