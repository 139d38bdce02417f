"""Public holidays of Japan."""

from __future__ import annotations

from datetime import date

import jpholiday


def holiday(day: date) -> str | None:
    """Return the Japanese name of the public holiday on a day, or None."""
    name: str | None = jpholiday.is_holiday_name(day)
    return name
