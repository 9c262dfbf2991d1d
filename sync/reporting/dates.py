"""Days as people read them: 4 May 2026, without the leading zero that not every platform can leave out."""

from datetime import date


def day_month(day: date) -> str:
    """4 May."""
    return f"{day.day} {day:%b}"


def full(day: date) -> str:
    """4 May 2026."""
    return f"{day_month(day)} {day:%Y}"


def with_weekday(day: date) -> str:
    """Mon 4 May 2026."""
    return f"{day:%a} {full(day)}"
