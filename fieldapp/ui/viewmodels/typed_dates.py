"""Dates and times as cadres type them: 20230105, 2023-1-5, 2023年1月5日, 1122 or 11-22 (this year), 昨天; 830, 8点半.

Everything is read; what cannot be read is kept as typed, so that nothing a person wrote is lost.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

__all__ = ["read_typed_date", "read_typed_month", "read_typed_time", "weekday_name"]

_FULL = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SHORT = re.compile(r"^(\d{1,2})[-./月](\d{1,2})日?$|^(\d{2})(\d{2})$")
_DAY = re.compile(r"^(\d{1,2})日$")
_MONTH = re.compile(r"^(\d{4})[-./年](\d{1,2})月?$|^(\d{4})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})(?:[:：.点时](\d{1,2})?分?)?(?::(\d{1,2}))?$|^(\d{1,2})(\d{2})$")
_WORDS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "大前天": 3}
_WEEKDAYS = "一二三四五六日"


def read_typed_date(text: str, today: date) -> date | None:
    """Return the date a person means, or None. A day without a year is in this year, or in the last if still to come."""
    folded = _folded(text)
    if folded in _WORDS:
        return today - timedelta(days=_WORDS[folded])
    if match := _FULL.match(folded) or _COMPACT.match(folded):
        return _date(*(int(part) for part in match.groups()))
    if match := _SHORT.match(folded):
        month, day = (int(part) for part in match.groups() if part)
        found = _date(today.year, month, day)
        return found if found is None or found <= today else _date(today.year - 1, month, day)
    if match := _DAY.match(folded):
        return _date(today.year, today.month, int(match.group(1)))
    return None


def read_typed_month(text: str) -> date | None:
    """Return the first day of the month a person means (2026-05, 202605, 2026年5月), or None."""
    match = _MONTH.match(_folded(text))
    if match is None:
        return None
    year, month = (int(part) for part in match.groups() if part)
    return _date(year, month, 1)


def read_typed_time(text: str) -> time | None:
    """Return the time of day a person means (8:30, 0830, 830, 8点半, 20时), or None."""
    match = _TIME.match(_folded(text).replace("点半", ":30"))
    if match is None:
        return None
    hour, minute, second = match.group(1) or match.group(4), match.group(2) or match.group(5), match.group(3)
    try:
        return time(int(hour), int(minute or 0), int(second or 0))
    except ValueError:
        return None


def weekday_name(day: date) -> str:
    """Return 星期三 for a date: a person who sees the weekday notices a wrong day."""
    return "星期" + _WEEKDAYS[day.weekday()]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
