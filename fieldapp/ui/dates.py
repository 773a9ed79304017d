"""Dates and moments as a person reads them: 2026-11-22, 11月22日, 今天 08:42. Stored texts are ISO."""

from __future__ import annotations

from datetime import date, datetime

from fieldapp.common.clock import CHINA
from fieldapp.ui.text import say

__all__ = ["hours_between", "long_day", "moment", "month", "short_day"]


def long_day(iso: str | None) -> str:
    """Return ``2026-11-22`` of an ISO date or moment; empty for nothing, the text itself when it is no date."""
    if not iso:
        return ""
    if len(iso) > 10:
        found = _moment(iso)
        return found.date().isoformat() if found else iso
    return iso


def short_day(iso: str | None, today: date) -> str:
    """Return ``11月22日`` within this year, the full date otherwise."""
    text = long_day(iso)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    if day.year != today.year:
        return text
    return say("{m}月{d}日", "{m}/{d}", m=day.month, d=day.day)


def moment(iso: str | None, today: date) -> str:
    """Return ``今天 08:42``, ``11月20日 08:42`` or ``2025-11-20 08:42`` in Chinese time; empty for nothing."""
    if not iso:
        return ""
    found = _moment(iso)
    if found is None:
        return iso
    clock = f"{found:%H:%M}"
    if found.date() == today:
        return say("今天 {clock}", "today {clock}", clock=clock)
    return f"{short_day(found.date().isoformat(), today)} {clock}"


def month(iso_month: str | None) -> str:
    """Return ``2026年5月`` of ``2026-05``; empty for nothing, the text itself when it is no month."""
    if not iso_month:
        return ""
    year, _, number = iso_month.partition("-")
    if not (year.isdigit() and number[:2].isdigit()):
        return iso_month
    return say("{y}年{m}月", "{y}-{m}", y=year, m=int(number[:2]))


def hours_between(iso: str, now: datetime) -> int:
    """Return the whole hours from a stored moment until ``now``; 0 when it is no moment or lies ahead."""
    found = _moment(iso)
    return max(0, int((now - found).total_seconds() // 3600)) if found else 0


def _moment(iso: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return found.astimezone(CHINA) if found.tzinfo else found.replace(tzinfo=CHINA)
