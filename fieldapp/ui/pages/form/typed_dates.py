"""Dates as cadres type them: 20230105, 2023-1-5, 2023.1.5, 2023年1月5日, 1-5 (this year)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

__all__ = ["read_typed_date"]

_FULL = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$")


def read_typed_date(text: str, today: date) -> date | None:
    """Return the date a person means, or None. A day without a year is in this year, or in the last if still to come."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    if match := _FULL.match(folded) or _COMPACT.match(folded):
        return _date(*(int(part) for part in match.groups()))
    if match := _SHORT.match(folded):
        month, day = (int(part) for part in match.groups())
        found = _date(today.year, month, day)
        return found if found is None or found <= today else _date(today.year - 1, month, day)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
