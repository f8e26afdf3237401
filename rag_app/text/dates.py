"""The days of the week and the months, by their English names."""

from __future__ import annotations

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def month_number(name: str) -> int:
    """The number of an English month, by its first three letters."""
    return next(number for number, month in enumerate(MONTHS, start=1) if month[:3] == name[:3].lower())
